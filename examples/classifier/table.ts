/** Reads a CSV file of numbers whose last column is the class; every complaint says where. */

import { readFileSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse/sync'
import type { Row } from './network.js'

export interface Table {
  /** The names of the number columns: from the header, or x1, x2, … */
  readonly inputs: readonly string[]
  /** The classes that occur, in order. */
  readonly classes: readonly string[]
  readonly rows: readonly Row[]
}

/** What is wrong with a file, for the person who made it. */
export class TableError extends Error {}

export function readTable(file: string): Table {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new TableError(`${file}: there is no such file`)
    if (code === 'EISDIR') throw new TableError(`${file}: this is a folder; wanted a CSV file`)
    throw new TableError(`${file}: cannot be read (${String(code ?? error)})`)
  }
  return parseTable(text, file)
}

interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

export function parseTable(text: string, file: string): Table {
  const lines = split(text, file)
  const first = lines[0]
  if (first === undefined) {
    throw new TableError(`${file}: the file is empty; wanted rows of numbers, with the class last`)
  }
  const width = first.cells.length
  if (width < 2) {
    throw new TableError(
      `${file}, line ${first.number}: only one column; wanted numbers and then the class, separated by commas`,
    )
  }

  const header = isHeader(first, lines.slice(1)) ? first.cells : undefined
  const body = header === undefined ? lines : lines.slice(1)
  const place = (line: number, column: number): string => {
    const name = header?.[column - 1] ?? ''
    return `${file}, line ${line}, column ${column}${name === '' ? '' : ` (${name})`}`
  }
  if (body.length === 0) {
    throw new TableError(
      `${file}: nothing follows the header in line ${first.number}; wanted rows of numbers`,
    )
  }

  const labels: string[] = []
  const inputs: number[][] = []
  for (const { number, cells } of body) {
    if (cells.length !== width) {
      const short = cells.length < width
      const what = short ? `the row ends after ${cells.length}` : `the row has ${cells.length}`
      const where = place(number, short ? cells.length + 1 : width + 1)
      throw new TableError(`${where}: ${what} columns; line ${first.number} has ${width}`)
    }
    cells.forEach((cell, i) => {
      if (isMissing(cell)) {
        const shown = cell === '' ? '' : ` ("${cell}")`
        throw new TableError(`${place(number, i + 1)}: the value is missing${shown}`)
      }
      if (i < width - 1 && toNumber(cell) === undefined) {
        throw new TableError(`${place(number, i + 1)}: "${cell}" is not a number`)
      }
    })
    inputs.push(cells.slice(0, -1).map(cell => toNumber(cell)!))
    // 1 and 1.0 are the same class.
    const label = cells[width - 1]!
    labels.push(String(toNumber(label) ?? label))
  }

  const classes = [...new Set(labels)].sort(byNumberThenText)
  if (classes.length < 2) {
    const last = body.at(-1)!.number
    throw new TableError(
      `${place(body[0]!.number, width)}: every row down to line ${last} has the class "${classes[0]}"; ` +
        'wanted at least two classes',
    )
  }
  return {
    inputs: Array.from({ length: width - 1 }, (_, i) => header?.[i] || `x${i + 1}`),
    classes,
    rows: inputs.map((numbers, i) => ({ inputs: numbers, classIndex: classes.indexOf(labels[i]!) })),
  }
}

function split(text: string, file: string): Line[] {
  try {
    const records = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true, // so that we can say which line is ragged
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return records.map(({ info, record }) => ({ number: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const what =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark opens here and is never closed'
        : 'a quotation mark stands where none is allowed'
    throw new TableError(`${file}, line ${Number(error.lines)}, column ${Number(error.column) + 1}: ${what}`)
  }
}

/** A header holds no number, and its last cell names the column of classes and is not itself one of them. */
function isHeader({ cells }: Line, below: readonly Line[]): boolean {
  const last = cells.at(-1)
  if (last === '' || cells.some(cell => toNumber(cell) !== undefined)) return false
  return !below.some(line => line.cells.length === cells.length && line.cells.at(-1) === last)
}

function isMissing(cell: string): boolean {
  return /^(\?|na|n\/a|nan|null)?$/i.test(cell)
}

function toNumber(cell: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return undefined
  const number = Number(cell)
  return Number.isFinite(number) ? number : undefined
}

function byNumberThenText(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference)) return difference
  return a < b ? -1 : 1
}
