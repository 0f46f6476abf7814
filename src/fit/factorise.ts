/**
 * A tall matrix as Q U S V': Householder reflections reduce it to a triangle, and ml-matrix decomposes the triangle.
 * The reflections are ours because ml-matrix has no way to apply Q' to further vectors without building Q, and takes
 * many times as long for a hundred thousand rows (docs/fitting.md).
 */

import { SingularValueDecomposition } from 'ml-matrix'

export interface Factorised {
  /** The singular values, largest first. */
  readonly singular: Float64Array
  /** V, a row per column of the matrix. */
  readonly right: readonly (readonly number[])[]
  /** (Q U)' vector: its coordinates along the left singular vectors. */
  project(vector: Float64Array): Float64Array
}

/**
 * Factorises a matrix of finite numbers stored by columns, at least as many rows as columns. The matrix is overwritten:
 * it keeps the reflections. Source: Golub and Van Loan, "Matrix computations", 4th edition, section 5.2.2.
 */
export function factorise(matrix: Float64Array, rows: number, columns: number): Factorised {
  const diagonal = new Float64Array(columns)
  // Reflection j is x - v (v.x) / halfSquare, with v in column j of the matrix, from the diagonal down.
  const halfSquares = new Float64Array(columns)
  for (let j = 0; j < columns; j++) {
    const from = j * rows
    let square = 0
    for (let i = j; i < rows; i++) square += matrix[from + i]! * matrix[from + i]!
    if (square === 0) continue
    const length = Math.sqrt(square)
    const head = matrix[from + j]!
    diagonal[j] = head > 0 ? -length : length
    matrix[from + j] = head - diagonal[j]!
    halfSquares[j] = length * (length + Math.abs(head))
    for (let k = j + 1; k < columns; k++) reflect(j, matrix, k * rows)
  }

  function reflect(j: number, target: Float64Array, offset: number): void {
    const from = j * rows
    let product = 0
    for (let i = j; i < rows; i++) product += matrix[from + i]! * target[offset + i]!
    const factor = product / halfSquares[j]!
    for (let i = j; i < rows; i++) target[offset + i]! -= factor * matrix[from + i]!
  }

  const triangle = Array.from({ length: columns }, (_, i) =>
    Array.from({ length: columns }, (_, j) => (i > j ? 0 : i === j ? diagonal[j]! : matrix[j * rows + i]!)),
  )
  const {
    diagonal: singular,
    leftSingularVectors,
    rightSingularVectors,
  } = new SingularValueDecomposition(triangle)
  const left = leftSingularVectors.to2DArray()
  return {
    singular: Float64Array.from(singular),
    right: rightSingularVectors.to2DArray(),
    project(vector) {
      const reflected = vector.slice()
      for (let j = 0; j < columns; j++) if (halfSquares[j] !== 0) reflect(j, reflected, 0)
      return Float64Array.from(singular, (_, k) => {
        let total = 0
        for (let i = 0; i < columns; i++) total += left[i]![k]! * reflected[i]!
        return total
      })
    },
  }
}
