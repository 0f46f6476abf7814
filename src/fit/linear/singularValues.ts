/**
 * The singular value decomposition of a small matrix by one-sided Jacobi rotations, which make the columns orthogonal, pair
 * by pair: A V = U S. Unlike the methods that go by way of a bidiagonal matrix, it finds singular values far below the
 * rounding of the largest one when they come from short columns; and columns do become short, since scales never fall.
 * Sources: Golub and Van Loan, "Matrix computations", 4th edition, section 8.6.3; Demmel and Veselić, "Jacobi's method is
 * more accurate than QR", 1992.
 */

import { norm } from './vectors.js'

/** A = U S V'. */
export interface SingularValues {
  /** S, largest first. */
  readonly singular: Float64Array
  /** The columns of U; zeros for a singular value of 0. */
  readonly left: readonly Float64Array[]
  /** The columns of V. */
  readonly right: readonly Float64Array[]
}

/** Each sweep squares what is left of the products, so a handful is enough; the bound is for NaN. */
const MOST_SWEEPS = 40

/** @param matrix finite numbers, by columns */
export function singularValues(matrix: readonly Float64Array[]): SingularValues {
  const pairs = matrix.map((column, j) => {
    const right = new Float64Array(matrix.length)
    right[j] = 1
    return { column: column.slice(), right }
  })
  const rounding = Number.EPSILON * matrix.length
  let rotated = true
  for (let sweep = 0; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false
    for (let j = 0; j < pairs.length; j++) {
      for (let k = j + 1; k < pairs.length; k++) {
        const x = pairs[j]!
        const y = pairs[k]!
        const a = norm(x.column)
        const b = norm(y.column)
        if (a === 0 || b === 0) continue
        const cosine = cosineOf(x.column, a, y.column, b)
        if (Math.abs(cosine) <= rounding) continue
        rotated = true
        const zeta = (b / a - a / b) / (2 * cosine)
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        rotate(x.column, y.column, t)
        rotate(x.right, y.right, t)
      }
    }
  }
  const sorted = pairs
    .map(({ column, right }) => ({ length: norm(column), column, right }))
    .sort((x, y) => y.length - x.length)
  return {
    singular: Float64Array.from(sorted, ({ length }) => length),
    left: sorted.map(({ column, length }) => column.map(x => (length === 0 ? 0 : x / length))),
    right: sorted.map(({ right }) => right),
  }
}

/** The cosine of the angle between vectors of these lengths; it cannot underflow as the product of short ones would. */
function cosineOf(x: Float64Array, a: number, y: Float64Array, b: number): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i]! / a) * y[i]!
  return total / b
}

/** Turns two vectors by the angle whose tangent is t. */
function rotate(x: Float64Array, y: Float64Array, t: number): void {
  const c = 1 / Math.sqrt(1 + t * t)
  const s = c * t
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!
    const b = y[i]!
    x[i] = c * a - s * b
    y[i] = s * a + c * b
  }
}
