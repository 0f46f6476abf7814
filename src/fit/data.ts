import { describe } from '../core/describe.js'

/** Data with named columns: an array of rows, or an object of columns. */
export type Data =
  | readonly { readonly [column: string]: unknown }[]
  | { readonly [column: string]: ArrayLike<unknown> }

/** DataColumns of finite numbers, all of the same length. */
export interface DataColumns {
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
          `${caller}: row ${i} of the data is ${describe(row)}; wanted an object with a number for each column`,
        )
      }
      for (const name of Object.keys(row)) names.add(name)
    }
    return [...names]
  }
  if (typeof data !== 'object' || data === null || data instanceof Map) {
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
export function readColumns(caller: string, data: Data, names: Iterable<string>): DataColumns {
  const known = columnNames(caller, data)
  const columns: Record<string, Float64Array> = Object.create(null)
  let first: { readonly name: string; readonly rows: number } | undefined
  for (const name of names) {
    if (!known.includes(name)) {
      const has = known.length === 0 ? 'none' : known.join(', ')
      throw new Error(`${caller}: the data has no column '${name}'; it has ${has}`)
    }
    const cells = columnOf(data, name)
    if (!isList(cells)) {
      throw new TypeError(`${caller}: column '${name}' is ${describe(cells)}; wanted an array of numbers`)
    }
    first ??= { name, rows: cells.length }
    if (cells.length !== first.rows) {
      throw new RangeError(
        `${caller}: column '${name}' has ${cells.length} rows and column '${first.name}' has ${first.rows}; ` +
          'wanted the same number',
      )
    }
    columns[name] = finiteNumbers(caller, name, cells)
  }
  return { rows: first?.rows ?? rowsOf(data), columns }
}

function columnOf(data: Data, name: string): ArrayLike<unknown> {
  if (!Array.isArray(data)) return (data as { readonly [column: string]: ArrayLike<unknown> })[name]!
  return data.map(row => (Object.hasOwn(row, name) ? row[name] : undefined))
}

/** How many rows there are, for a reader that uses no column. */
function rowsOf(data: Data): number {
  return Array.isArray(data) ? data.length : (Object.values(data).find(isList)?.length ?? 0)
}

function isList(x: unknown): x is ArrayLike<unknown> {
  return Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView))
}

function finiteNumbers(caller: string, name: string, cells: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) {
    const x = cells[i]
    if (typeof x !== 'number' || !Number.isFinite(x)) {
      const isMissing = x === undefined || x === null || typeof x === 'number'
      const advice = isMissing ? 'leave out rows with missing values' : 'convert it, or leave the row out'
      throw new Error(
        `${caller}: row ${i} of column '${name}' is ${describe(x)}; wanted a finite number (${advice}; rows count from 0)`,
      )
    }
    numbers[i] = x
  }
  return numbers
}
