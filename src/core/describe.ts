/** Says in an error message what was got: `undefined`, `the string "3"`, `an array of 2`. */
export function describe(got: unknown): string {
  if (got === null || got === undefined) return String(got)
  if (typeof got === 'string') return `the string ${JSON.stringify(got)}`
  if (typeof got === 'bigint') return `the bigint ${got}n`
  if (typeof got === 'number' || typeof got === 'boolean') return `the ${typeof got} ${got}`
  if (Array.isArray(got)) return `an array of ${got.length}`
  if (typeof got === 'function') return `the function ${got.name || '(anonymous)'}`
  if (typeof got === 'symbol') return 'a symbol'
  const name = (got as object).constructor?.name
  return name === undefined || name === 'Object' ? 'an object' : `an object of class ${name}`
}
