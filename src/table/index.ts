/** Tables as people have them: CSV in its dialects, as text or as the bytes of a file, made into columns of numbers. */
import { type Line, type Lines, linesOf } from './cells.js'
import { TableError } from './error.js'
import { type DecimalMark, decimalMarksOf, isMissing, notANumber, numberOf } from './numbers.js'
import { textOf } from './text.js'

export { TableError } from './error.js'

/** What {@link readTable} has read. */
export interface Table {
  /** The columns that have a name, in the order of the file. */
  readonly names: readonly string[]
  /** How many rows there are. */
  readonly rows: number
  /**
   * The cells by the name of their column: a number, a text, or `undefined` for one that is missing. A header with a unit,
   * `time (s)`, may be called by either name where no other column has the short one.
   */
  readonly columns: { readonly [name: string]: readonly Cell[] }
  /** On which line of the file each row begins, from 1. */
  readonly lines: readonly number[]
  /** What was understood in a way that a person may want to know. */
  readonly notes: readonly string[]
}

export type Cell = number | string | undefined

/**
 * Reads a table: a line of names, then rows. Cells are separated by commas, semicolons, tabs, `|` or blanks; decimals may
 * be written with commas; lines that begin with # are comments. Empty cells, NA and the like are missing.
 *
 * @param source the text, or the bytes of a file: UTF-8, UTF-16 or Windows-1252
 * @throws TableError, with the line of the file, for a text that is no table, and for two columns of one name
 * @example
 * const table = readTable('time (s);signal\n0;10,1\n1;6,2\n2;NA\n3;2,3')
 * const { columns } = numbersOf(table, ['time', 'signal']) // the rows 1, 2 and 4
 * fit('signal ~ a * exp(-k * time)', columns, { start: { a: 10, k: 0.5 } })
 */
export function readTable(source: string | Uint8Array): Table {
  const read = linesOf(textOf(source))
  const { header, body, notes } = partsOf(read)
  const names = namesOf(header, body)
  const rows = body.map(line => fitting(line, names, header))
  const texts = names.map((_, c) => rows.map(row => row[c]!))
  const marks = decimalMarksOf(texts, read.separator)
  if (marks.includes(',')) notes.push('decimals are read with commas')
  // Without a prototype: a column may be called __proto__.
  const columns: Record<string, Cell[]> = Object.create(null)
  const known = new Set(names)
  names.forEach((name, c) => {
    if (name === '') return
    const cells = texts[c]!.map(cell => cellOf(cell, marks[c]))
    columns[name] = cells
    const short = withoutUnit(name)
    if (
      short !== undefined &&
      !known.has(short) &&
      names.every((other, o) => o === c || withoutUnit(other) !== short)
    ) {
      columns[short] = cells
    }
  })
  return {
    names: names.filter(name => name !== ''),
    rows: rows.length,
    columns,
    lines: body.map(({ number }) => number),
    notes,
  }
}

/**
 * The columns of these names as numbers. Rows in which one of them is missing are left out; what the other columns hold
 * does not matter.
 *
 * @throws TableError, with the line of the file, for a cell that is neither a number nor missing
 */
export function numbersOf(
  table: Table,
  names: Iterable<string>,
): {
  readonly columns: { readonly [name: string]: readonly number[] }
  readonly lines: readonly number[]
  /** The lines of the rows that were left out. */
  readonly leftOut: readonly number[]
} {
  const wanted = [...new Set(names)].filter(name => Object.hasOwn(table.columns, name))
  const columns: Record<string, number[]> = Object.create(null)
  for (const name of wanted) columns[name] = []
  const lines: number[] = []
  const leftOut: number[] = []
  for (let i = 0; i < table.rows; i++) {
    const cells = wanted.map(name => table.columns[name]![i])
    const text = cells.findIndex(cell => typeof cell === 'string')
    if (text >= 0) {
      throw new TableError(
        table.lines[i]!,
        `column '${wanted[text]}' holds ${notANumber(cells[text] as string)}`,
      )
    }
    if (cells.includes(undefined)) {
      leftOut.push(table.lines[i]!)
      continue
    }
    lines.push(table.lines[i]!)
    for (const [c, name] of wanted.entries()) columns[name]!.push(cells[c] as number)
  }
  return { columns, lines, leftOut }
}

/** The header and the rows below it. NumPy and others write the header as a comment. */
function partsOf({ lines, comments }: Lines): { header: Line; body: readonly Line[]; notes: string[] } {
  const [first, ...others] = lines
  if (first === undefined)
    throw new TableError(1, 'there is nothing in the file; wanted a line of names, then rows')
  const isOfNumbers = ({ cells }: Line): boolean =>
    cells.some(isNumeral) && cells.every(cell => isMissing(cell) || isNumeral(cell))
  if (isOfNumbers(first)) {
    const header = comments.filter(({ number }) => number < first.number).at(-1)
    if (header?.cells.length === first.cells.length && !isOfNumbers(header))
      return { header, body: lines, notes: [] }
    throw new TableError(
      first.number,
      'there are numbers where the names of the columns are wanted; write such a line above, as in x,y',
    )
  }
  // A line of units below the names: no number in it, and numbers below.
  const [second, third] = others
  const isOfUnits =
    second !== undefined && third !== undefined && !second.cells.some(isNumeral) && isOfNumbers(third)
  if (isOfUnits && second.cells.some(cell => !isMissing(cell))) {
    return { header: first, body: others.slice(1), notes: [`line ${second.number} is read as units`] }
  }
  if (second === undefined) throw new TableError(first.number, 'below the names there is no row of numbers')
  return { header: first, body: others, notes: [] }
}

function isNumeral(cell: string): boolean {
  return numberOf(cell, '.') !== undefined || numberOf(cell, ',') !== undefined
}

/** The names in the header; empty for a column without one. R leaves out that of the names of the rows. */
function namesOf({ number, cells }: Line, body: readonly Line[]): string[] {
  const names = cells.map(cell => cell.replace(/\s+/g, ' '))
  const isOneShort = body.every(row => row.cells.length === names.length + 1 && row.cells.at(-1) !== '')
  if (isOneShort) names.unshift('')
  for (const [i, name] of names.entries()) {
    const before =
      name === '' ? -1 : names.findIndex(other => other.normalize('NFC') === name.normalize('NFC'))
    if (before >= 0 && before < i) {
      throw new TableError(
        number,
        `columns ${before + 1} and ${i + 1} are both called '${name}'; give one another name`,
      )
    }
  }
  if (names.every(name => name === '')) throw new TableError(number, 'no column has a name')
  return names
}

/** As many cells as there are names; only a column without one may be left out, or follow empty. */
function fitting({ number, cells }: Line, names: readonly string[], header: Line): readonly string[] {
  const padded = names.map((name, i) => cells[i] ?? (name === '' ? '' : undefined))
  if (padded.every(cell => cell !== undefined) && cells.slice(names.length).every(cell => cell === ''))
    return padded
  throw new TableError(
    number,
    `got ${cells.length} cells; wanted ${names.length}, as line ${header.number} has names ` +
      '(a line of notes begins with #, and a cell with a separator in it stands in quotation marks)',
  )
}

function cellOf(cell: string, mark: DecimalMark): Cell {
  return isMissing(cell) ? undefined : (numberOf(cell, mark) ?? cell)
}

/** `time` of `time (s)`, `time [s]` and `time / s`. */
function withoutUnit(header: string): string | undefined {
  return /^(.*\S) ?(?:\([^()]*\)|\[[^[\]]*\])$|^(.*\S) \/ \S+$/
    .exec(header)
    ?.slice(1)
    .find(name => name !== undefined)
}
