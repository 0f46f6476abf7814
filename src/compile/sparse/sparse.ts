import { pull } from '../../calculus/pullback.js'
import { push } from '../../calculus/tangent.js'
import { flatten, type Tree } from '../../calculus/tree.js'
import { describe } from '../../core/describe.js'
import { orderBetween, topologicalOrder } from '../../core/order.js'
import { asValue, type Operand, Value } from '../../core/value.js'
import { type Compiled, type CompileOptions, compile, inputsOf } from '../compile.js'
import { colourColumns, starColouring } from './colouring.js'
import { longestRow, type Pattern, patternOf, transposed } from './pattern.js'

/** A matrix of derivatives, compiled: `run` gives the entries of the pattern, in its order. */
export interface SparseMatrix extends Compiled {
  /** Where the entries stand that `run` gives. */
  readonly pattern: Pattern
  /** How many sweeps the derivatives took: one for the rows or columns of each colour. */
  readonly colours: number
}

/**
 * The Jacobian of the outputs with respect to the inputs, without the entries that are always 0. Columns, or rows, that
 * have no entry side by side share one sweep.
 *
 * @example
 * const xs = [value(1, 'a'), value(2, 'b'), value(3, 'c')]
 * const slopes = sparseJacobian([xs[0].mul(xs[1]), xs[1].sin()], { inputs: xs })
 * slopes.pattern // rows [0, 0, 1], columns [0, 1, 1]
 * slopes.run([1, 2, 3]) // [2, 1, cos(2)]
 *
 * @throws Error for a leaf that is neither listed, nor a column, nor a constant
 */
export function sparseJacobian(outputs: Tree<number | Value>, options: CompileOptions): SparseMatrix {
  const ys = flatten(outputs as readonly Value[]).leaves.map(asValue)
  const xs = inputsOf(options)
  const pattern = patternOf(ys, xs)
  const { entries, colours } = jacobianEntries(ys, xs, pattern)
  return Object.assign(compile(entries, options), { pattern, colours })
}

/**
 * The Hessian of the output with respect to the inputs, without the entries that are always 0: an input that the output is
 * linear in has none. Both halves of the matrix are given, and equal.
 *
 * @example
 * const xs = [value(1, 'a'), value(2, 'b'), value(3, 'c')]
 * const curvature = sparseHessian(xs[0].mul(xs[1]).add(xs[2].square()), { inputs: xs })
 * curvature.pattern // rows [0, 1, 2], columns [1, 0, 2]
 * curvature.run([1, 2, 3]) // [1, 1, 2]
 *
 * @throws Error for a leaf that is neither listed, nor a column, nor a constant
 */
export function sparseHessian(output: Value, options: CompileOptions): SparseMatrix {
  if (!(output instanceof Value)) {
    throw new TypeError(`sparseHessian: the output is ${describe(output)}; wanted a Value`)
  }
  const xs = inputsOf(options)
  const slopes = pull(topologicalOrder(output), [output], [1], xs)
  const pattern = patternOf(slopes, xs)
  const { pattern: mirrored, places } = transposed(pattern)
  const isSymmetric = pattern.columns.every(
    (column, k) => column === mirrored.columns[k] && pattern.rows[k] === mirrored.rows[k],
  )
  // Only rules that are no derivatives, as withDerivative allows, make another matrix than the Jacobian of the gradient.
  const { entries, colours } = isSymmetric
    ? symmetricEntries(slopes, xs, pattern, places)
    : jacobianEntries(slopes.map(asValue), xs, pattern)
  return Object.assign(compile(entries, options), { pattern, colours })
}

interface Entries {
  readonly entries: Operand[]
  readonly colours: number
}

/** Forward sweeps over the columns or reverse sweeps over the rows, whichever are fewer. */
function jacobianEntries(ys: readonly Value[], xs: readonly Value[], pattern: Pattern): Entries {
  const { rows, columns } = pattern
  const { pattern: byColumn } = transposed(pattern)
  const nodes = orderBetween(xs, ys)
  // There are at least as many colours of columns as entries in a row, and of rows as in a column.
  const isForward = longestRow(pattern) <= longestRow(byColumn)
  const first = isForward ? colourColumns(pattern, byColumn) : colourColumns(byColumn, pattern)
  const least = isForward ? longestRow(byColumn) : longestRow(pattern)
  const other =
    first.count <= least
      ? undefined
      : isForward
        ? colourColumns(byColumn, pattern)
        : colourColumns(pattern, byColumn)
  const usesOther = other !== undefined && other.count < first.count
  const { colours, count } = usesOther ? other : first
  if (isForward !== usesOther) {
    const sweeps = directions(colours, count).map(xDots => push(nodes, xs, xDots))
    return { entries: Array.from(rows, (i, k) => sweeps[colours[columns[k]!]!]!(ys[i]!)), colours: count }
  }
  const sweeps = directions(colours, count).map(yBars => pull(nodes, ys, yBars, xs))
  return { entries: Array.from(rows, (i, k) => sweeps[colours[i]!]![columns[k]!]!), colours: count }
}

/** The Jacobian of the gradient; `mirrored` says for each entry where its mirror image stands. */
function symmetricEntries(
  slopes: readonly Operand[],
  xs: readonly Value[],
  pattern: Pattern,
  mirrored: Int32Array,
): Entries {
  const { rows, columns } = pattern
  const star = starColouring(pattern)
  // As few colours of columns are better: every entry is read from its own row, so that equal entries have equal code.
  const own = longestRow(pattern) <= star.count ? colourColumns(pattern, pattern) : star
  const { colours, count } = own.count <= star.count ? own : star
  const nodes = orderBetween(xs, slopes.map(asValue))
  const sweeps = directions(colours, count).map(xDots => push(nodes, xs, xDots))
  const isAlone = aloneInTheirColour(pattern, colours, count)
  const entries = Array.from(rows, (i, k) => {
    // Both halves are read from one place, so that they are equal.
    const upper = i <= columns[k]! ? k : mirrored[k]!
    const read = isAlone[upper] === 1 ? upper : mirrored[upper]!
    const slope = slopes[rows[read]!]!
    return typeof slope === 'number' ? 0 : sweeps[colours[columns[read]!]!]!(slope)
  })
  return { entries, colours: count }
}

/** For each entry 1 if no other entry of its row stands in a column of the same colour. */
function aloneInTheirColour({ rowStarts, columns }: Pattern, colours: Int32Array, count: number): Uint8Array {
  const isAlone = new Uint8Array(columns.length)
  const seen = new Int32Array(count)
  for (let i = 1; i < rowStarts.length; i++) {
    const row = columns.subarray(rowStarts[i - 1], rowStarts[i])
    for (const j of row) seen[colours[j]!]! += 1
    row.forEach((j, k) => {
      isAlone[rowStarts[i - 1]! + k] = seen[colours[j]!] === 1 ? 1 : 0
    })
    for (const j of row) seen[colours[j]!] = 0
  }
  return isAlone
}

/** For each colour the sum of the directions that have it. */
function directions(colours: Int32Array, count: number): number[][] {
  const all = Array.from({ length: count }, () => Array.from(colours, () => 0))
  colours.forEach((colour, i) => {
    if (colour !== -1) all[colour]![i] = 1
  })
  return all
}
