import type { Operand, Value } from '../../core/value.js'

/**
 * Which entries of a matrix can differ from 0, row by row and from the left. Entry k of the values stands in row `rows[k]`
 * and column `columns[k]` (triplets); row i has the entries from `rowStarts[i]` up to `rowStarts[i + 1]` (compressed sparse
 * rows, CSR).
 */
export interface Pattern {
  /** The numbers of rows and columns of the matrix. */
  readonly shape: readonly [rows: number, columns: number]
  /** The row of each entry. */
  readonly rows: Int32Array
  /** The column of each entry. */
  readonly columns: Int32Array
  /** One more than there are rows. */
  readonly rowStarts: Int32Array
}

/**
 * Which outputs depend on which inputs: the pattern of the Jacobian. A partial that is the number 0 in the table, such as
 * that of a comparison, is no dependence; any other is one, whatever its value. Each output is followed down to the inputs
 * on its own: the work is that of the parts of the graph below the outputs, added up, and the memory that of the pattern.
 */
export function patternOf(outputs: readonly Operand[], inputs: readonly Value[]): Pattern {
  const columnOf = new Map(inputs.map((input, j) => [input, j]))
  const lastRow = new Map<Value, number>()
  const rowStarts = new Int32Array(outputs.length + 1)
  const rows: number[] = []
  const columns: number[] = []
  outputs.forEach((output, i) => {
    const found: number[] = []
    const pending: Value[] = []
    const visit = (operand: Operand): void => {
      if (typeof operand === 'number' || lastRow.get(operand) === i) return
      lastRow.set(operand, i)
      const column = columnOf.get(operand)
      if (column === undefined) pending.push(operand)
      else found.push(column)
    }
    visit(output)
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const { inputs: operands, primitive } = node
      for (let k = 0; k < operands.length; k++) if (primitive!.partials[k] !== 0) visit(operands[k]!)
    }
    for (const column of found.sort((a, b) => a - b)) {
      rows.push(i)
      columns.push(column)
    }
    rowStarts[i + 1] = columns.length
  })
  return {
    shape: [outputs.length, inputs.length],
    rows: Int32Array.from(rows),
    columns: Int32Array.from(columns),
    rowStarts,
  }
}

/** The transposed matrix, and for each of its entries the place that it has in the given one. */
export function transposed({ shape, rows, columns }: Pattern): { pattern: Pattern; places: Int32Array } {
  const rowStarts = new Int32Array(shape[1] + 1)
  for (const column of columns) rowStarts[column + 1]! += 1
  for (let i = 0; i < shape[1]; i++) rowStarts[i + 1]! += rowStarts[i]!
  const next = rowStarts.slice()
  const places = new Int32Array(columns.length)
  columns.forEach((column, k) => {
    places[next[column]!++] = k
  })
  const pattern: Pattern = {
    shape: [shape[1], shape[0]],
    rows: places.map(k => columns[k]!),
    columns: places.map(k => rows[k]!),
    rowStarts,
  }
  return { pattern, places }
}

/** The largest number of entries in a row. */
export function longestRow({ rowStarts }: Pattern): number {
  let longest = 0
  for (let i = 1; i < rowStarts.length; i++) longest = Math.max(longest, rowStarts[i]! - rowStarts[i - 1]!)
  return longest
}
