import { describe } from '../core/describe.js'

/** Data with named columns: an array of rows, or an object of columns. */
export type Data =
  | readonly { readonly [column: string]: unknown }[]
  | { readonly [column: string]: ArrayLike<unknown> }

/** Columns of finite numbers, all of the same length. */
export interface Columns {
  readonly rows: number
  readonly columns: { readonly [name: string]: Float64Array }
}

/** The names of the columns that data has; of rows, every name that some row has. */
export function columnNames(caller: string, data: Data): string[] {
  if (Array.isArray(data)) {
    const names = new Set<string>()
    for (const [i, row] of data.entries()) {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        throw new TypeError(
          `${caller}: row ${i + 1} of the data is ${describe(row)}; wanted an object with a number for each column`,
        )
      }
      for (const name of Object.keys(row)) names.add(name)
    }
    return [...names]
  }
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(
      `${caller}: the data is ${describe(data)}; wanted an array of rows or an object of columns`,
    )
  }
  return Object.keys(data)
}

/**
 * The columns of these names.
 *
 * @throws Error where one is missing, has another length, or holds anything but finite numbers; with its name and row
 */
export function readColumns(caller: string, data: Data, names: Iterable<string>): Columns {
  const columns: Record<string, Float64Array> = Object.create(null)
  let rows = Array.isArray(data) ? data.length : undefined
  let first: string | undefined
  for (const name of names) {
    const numbers = Array.isArray(data)
      ? data.map(row => (Object.hasOwn(row, name) ? row[name] : undefined))
      : (data as { readonly [column: string]: ArrayLike<unknown> })[name]
    if (!Object.hasOwn(data, name) && !Array.isArray(data)) {
      throw new Error(`${caller}: the data has no column '${name}'; it has ${Object.keys(data).join(', ')}`)
    }
    if (typeof numbers !== 'object' || numbers === null || !('length' in numbers)) {
      throw new TypeError(`${caller}: column '${name}' is ${describe(numbers)}; wanted an array of numbers`)
    }
    rows ??= numbers.length
    first ??= name
    if (numbers.length !== rows) {
      throw new RangeError(
        `${caller}: column '${name}' has ${numbers.length} rows and column '${first}' has ${rows}; wanted the same number`,
      )
    }
    columns[name] = Float64Array.from(numbers, (x, i) => wantFinite(caller, name, x, i))
  }
  return { rows: rows ?? 0, columns }
}

function wantFinite(caller: string, name: string, x: unknown, i: number): number {
  if (typeof x === 'number' && Number.isFinite(x)) return x
  const advice = typeof x === 'string' ? 'convert text to numbers' : 'leave out rows with missing values'
  throw new Error(
    `${caller}: row ${i + 1} of column '${name}' is ${describe(x)}; wanted a finite number (${advice} before fitting)`,
  )
}
