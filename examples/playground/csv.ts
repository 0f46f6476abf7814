/** Data as it is pasted. Which of its columns are wanted, and so have to be numbers, the formula says. */

import { numbersOf, readTable, TableError } from 'chainrule/fit'

export { TableError } from 'chainrule/fit'

export interface Pasted {
  /** Every name that a formula may call a column by. */
  readonly names: readonly string[]
  readonly notes: readonly string[]
  /** The headers of the columns that none of these names calls. */
  others(names: readonly string[]): readonly string[]
  /** The columns of these names, without the rows in which a value is missing. */
  take(names: readonly string[]): Table
}

export interface Table {
  readonly columns: Readonly<Record<string, readonly number[]>>
  readonly rows: number
  /** The lines of what was pasted that are left out. */
  readonly leftOut: readonly number[]
}

/** Every row is a point on paper, and the loss of all is drawn at sixty places in every frame. */
const MOST_ROWS = 2000

/** @throws TableError with the line, for data that are no table */
export function parseTable(text: string): Pasted {
  if (text.trim() === '')
    return { names: [], notes: [], others: () => [], take: () => ({ columns: {}, rows: 0, leftOut: [] }) }
  const table = readTable(text)
  if (table.rows > MOST_ROWS) {
    throw new TableError(
      table.lines[MOST_ROWS]!,
      `there are ${table.rows} rows; this page takes up to ${MOST_ROWS}`,
    )
  }
  return {
    names: Object.keys(table.columns),
    notes: table.notes,
    others: used =>
      table.names.filter(header => !used.some(name => table.columns[name] === table.columns[header])),
    take(names) {
      const { columns, lines, leftOut } = numbersOf(table, names)
      if (names.length > 0 && lines.length === 0) {
        throw new TableError(leftOut[0]!, 'in every row a value is missing that the formula uses')
      }
      return { columns, rows: lines.length, leftOut }
    },
  }
}
