import { div, mul, sub } from '../core/primitives.js'
import type { Operand } from '../core/value.js'
import { dataOf } from '../core/value.js'

/**
 * Solves `matrix` x = `right` by Gaussian elimination with row exchange, on numbers as on graphs: for the few unknowns
 * of an implicit function, for which a graph of n^3 / 3 steps is small. Rows are exchanged by the size of their numbers
 * now. A graph evaluated again elsewhere keeps that exchange: it is as exact, but for rounding, unless a pivot
 * becomes 0 there. A singular matrix gives NaN and infinities.
 */
export function linearSolve(
  matrix: readonly (readonly Operand[])[],
  right: readonly Operand[],
): readonly Operand[] {
  const rows = matrix.map((row, i) => [...row, right[i]!])
  const n = rows.length
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++) if (size(rows[i]![k]!) > size(rows[pivot]![k]!)) pivot = i
    const [top, below] = [rows[pivot]!, rows[k]!]
    rows[k] = top
    rows[pivot] = below
    for (let i = k + 1; i < n; i++) rows[i] = eliminated(rows[i]!, top, k)
  }
  const solution: Operand[] = []
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k]![n]!
    for (let j = k + 1; j < n; j++) rest = less(rest, rows[k]![j]!, solution[j]!)
    solution[k] = div(rest, rows[k]![k]!)
  }
  return solution
}

/** `row` less so much of `top` that column k vanishes; a plain 0 there needs nothing. */
function eliminated(row: readonly Operand[], top: readonly Operand[], k: number): Operand[] {
  const head = row[k]!
  if (head === 0) return [...row]
  const factor = div(head, top[k]!)
  return row.map((x, j) => (j <= k ? 0 : less(x, factor, top[j]!)))
}

/** x - y * z, where a plain 0 adds no node. */
function less(x: Operand, y: Operand, z: Operand): Operand {
  return y === 0 || z === 0 ? x : sub(x, mul(y, z))
}

function size(x: Operand): number {
  return Math.abs(dataOf(x))
}
