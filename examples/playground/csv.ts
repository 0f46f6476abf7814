/** Data as it is pasted: a header, then rows of numbers, separated by commas, semicolons, tabs or blanks as the header is. */

export interface Table {
  readonly columns: Readonly<Record<string, readonly number[]>>
  readonly rows: number
}

/** What is wrong with pasted data, for the person who pasted them. */
export class TableError extends Error {}

/** Every row is a point on paper, and the loss of all is drawn at sixty places in every frame. */
const MOST_ROWS = 2000

export const NO_DATA: Table = { columns: {}, rows: 0 }

export function parseTable(text: string): Table {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ number: i + 1, line: line.trim() }))
    .filter(({ line }) => line !== '')
  const [header, ...body] = lines
  if (header === undefined) return NO_DATA
  const names = cellsOf(header.line, header.line)
  if (names.some(name => toNumber(name) !== undefined)) {
    throw new TableError(
      'The first line holds a number; it should name the columns, as in “x, y”, so that the formula can use them.',
    )
  }
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) throw new TableError(`Two columns are called “${twice}”; give one another name.`)
  if (names.includes('')) throw new TableError('A column has no name in the first line.')
  if (body.length === 0) {
    throw new TableError('There is a line of names, but no row of numbers below it.')
  }
  if (body.length > MOST_ROWS) {
    throw new TableError(`There are ${body.length} rows; this page takes up to ${MOST_ROWS}.`)
  }
  const columns = names.map((): number[] => [])
  for (const { number, line } of body) {
    const cells = cellsOf(line, header.line)
    if (cells.length !== names.length) {
      throw new TableError(
        `Line ${number} has ${cells.length} numbers, and the first line names ${names.length} columns.`,
      )
    }
    for (const [i, cell] of cells.entries()) {
      const parsed = toNumber(cell)
      if (parsed === undefined) {
        const what = cell === '' ? 'is empty' : `holds “${cell}”, which is not a number`
        throw new TableError(`Line ${number}: the column “${names[i]}” ${what}.`)
      }
      columns[i]!.push(parsed)
    }
  }
  return { columns: Object.fromEntries(names.map((name, i) => [name, columns[i]!])), rows: body.length }
}

/** Cells are separated as those of the first line are; only then may a comma be that of a decimal, as in 2,5. */
function cellsOf(line: string, header: string): string[] {
  const separator = [';', '\t', ','].find(sign => header.includes(sign))
  const cells = separator === undefined ? line.split(/\s+/) : line.split(separator)
  return cells.map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
}

function toNumber(cell: string): number | undefined {
  return /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell.replace(',', '.')) : undefined
}
