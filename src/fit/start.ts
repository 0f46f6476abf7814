/** @throws RangeError for a search that would start from NaN or an infinity, naming the parameter */
export function checkStart(caller: string, start: Float64Array, nameOf: (parameter: number) => string): void {
  const wrong = start.findIndex(x => !Number.isFinite(x))
  if (wrong < 0) return
  const name = nameOf(wrong) === '' ? 'the parameter' : `the parameter '${nameOf(wrong)}'`
  throw new RangeError(
    `${caller}: ${name} starts at ${start[wrong]}; wanted a finite number (a leaf starts from its data)`,
  )
}
