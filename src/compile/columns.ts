import { describe } from '../core/describe.js'
import type { BoundColumns } from './engines/engine.js'

/** The data of a program's columns: for each label one number per row. */
export type ColumnData = Readonly<Record<string, ArrayLike<number>>>

/** A copy of the data, in the order of the program's columns, that can be put into another order of rows. */
export class Columns implements BoundColumns {
  readonly rows: number
  columns: readonly Float64Array[]
  version = 0
  private readonly original: readonly Float64Array[]

  /** @throws Error for a missing or unknown column, or columns of different lengths */
  constructor(labels: readonly string[], data: ColumnData) {
    if (labels.length === 0) {
      throw new Error('bind: the program has no columns; run it without binding')
    }
    if (typeof data !== 'object' || data === null || Array.isArray(data) || data instanceof Map) {
      throw new TypeError(
        `bind: got ${describe(data)}; wanted an object with ${listed(labels)}, one array each`,
      )
    }
    const unknown = Object.keys(data).find(label => !labels.includes(label))
    if (unknown !== undefined) {
      throw new RangeError(`bind: the program has no column '${unknown}'; it has ${listed(labels)}`)
    }
    this.original = labels.map(label => numbersOf(label, given(data, label), labels))
    this.rows = this.original[0]!.length
    this.original.forEach(({ length }, i) => {
      if (length !== this.rows) {
        throw new RangeError(
          `bind: column '${labels[i]}' has ${length} rows and column '${labels[0]}' ${this.rows}; ` +
            'wanted as many in each',
        )
      }
    })
    this.columns = this.original
  }

  /** Row i becomes row `order[i]` of the data as they were bound. */
  permute(order: ArrayLike<number>): void {
    const { rows, original } = this
    if (order?.length !== rows) {
      throw new RangeError(
        `permute: the order has ${order?.length} rows; wanted ${rows}, as many as are bound`,
      )
    }
    const seen = new Uint8Array(rows)
    for (let i = 0; i < rows; i++) {
      const row = order[i]!
      if (seen[row] !== 0) {
        const fault = seen[row] === 1 ? 'stands twice' : `is none of 0 to ${rows - 1}`
        throw new RangeError(
          `permute: row ${row}, at place ${i} of the order, ${fault}; wanted each row once`,
        )
      }
      seen[row] = 1
    }
    if (this.columns === original) this.columns = original.map(column => new Float64Array(column.length))
    this.columns.forEach((column, c) => {
      const from = original[c]!
      for (let i = 0; i < rows; i++) column[i] = from[order[i]!]!
    })
    this.version += 1
  }
}

/** The data under a label; what every object inherits, such as `constructor`, is none. */
function given(data: ColumnData, label: string): ArrayLike<number> | undefined {
  return label in Object.prototype && !Object.hasOwn(data, label) ? undefined : data[label]
}

function numbersOf(
  label: string,
  data: ArrayLike<number> | undefined,
  labels: readonly string[],
): Float64Array {
  if (data === undefined) {
    throw new RangeError(`bind: there are no data for column '${label}'; wanted ${listed(labels)}`)
  }
  if (typeof data !== 'object' || typeof data?.length !== 'number') {
    throw new TypeError(
      `bind: the data of column '${label}' are ${describe(data)}; wanted an array of numbers`,
    )
  }
  for (let i = 0; i < data.length; i++) {
    if (typeof data[i] === 'number') continue
    throw new TypeError(`bind: row ${i} of column '${label}' is ${describe(data[i])}; wanted a number`)
  }
  return Float64Array.from(data)
}

function listed(labels: readonly string[]): string {
  const names = labels.map(label => `'${label}'`).join(', ')
  return labels.length === 1 ? `the column ${names}` : `the columns ${names}`
}
