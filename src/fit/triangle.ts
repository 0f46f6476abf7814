/** A matrix of any height as Q R: Householder reflections fold it, block by block, into a triangle. */

export interface Triangular {
  /** R, square, by rows. The columns keep the lengths, and the products with each other, that they had. */
  readonly triangle: readonly Float64Array[]
  /** Q' vector, as far as R reaches: as many coordinates as columns. */
  project(vector: Float64Array): Float64Array
}

/** So many rows of a few columns stay in the processor's first cache. */
const BLOCK = 256

/**
 * Factorises a matrix stored by columns. The matrix is overwritten: it keeps the reflections.
 *
 * The triangle starts as zeros; each block of rows B is put under it, and reflections make it vanish. Since the triangle
 * is one already, reflection j touches its row j and the block alone: its vector is (head, column j of B).
 * Source: Golub and Van Loan, "Matrix computations", 4th edition, sections 5.1 and 5.2.
 */
export function triangular(matrix: Float64Array, rows: number, columns: number): Triangular {
  const triangle = Array.from({ length: columns }, () => new Float64Array(columns))
  const blocks = Math.ceil(rows / BLOCK)
  // Reflection j of a block is x - v (v.x) / halfSquare; a halfSquare of 0 stands for none.
  const heads = new Float64Array(blocks * columns)
  const halfSquares = new Float64Array(blocks * columns)

  for (let block = 0; block < blocks; block++) {
    const first = block * BLOCK
    const end = Math.min(first + BLOCK, rows)
    for (let j = 0; j < columns; j++) {
      const from = j * rows
      const row = triangle[j]!
      const corner = row[j]!
      const square = product(matrix, from, matrix, from, first, end)
      if (square === 0) continue
      const length = Math.sqrt(corner * corner + square)
      const head = corner > 0 ? corner + length : corner - length
      const halfSquare = length * Math.abs(head)
      row[j] = corner > 0 ? -length : length
      heads[block * columns + j] = head
      halfSquares[block * columns + j] = halfSquare
      for (let k = j + 1; k < columns; k++) {
        const factor = (head * row[k]! + product(matrix, from, matrix, k * rows, first, end)) / halfSquare
        row[k]! -= factor * head
        subtract(matrix, from, matrix, k * rows, first, end, factor)
      }
    }
  }

  return {
    triangle,
    project(vector) {
      const rest = vector.slice()
      const coordinates = new Float64Array(columns)
      for (let block = 0; block < blocks; block++) {
        const first = block * BLOCK
        const end = Math.min(first + BLOCK, rows)
        for (let j = 0; j < columns; j++) {
          const head = heads[block * columns + j]!
          const halfSquare = halfSquares[block * columns + j]!
          if (halfSquare === 0) continue
          const from = j * rows
          const factor = (head * coordinates[j]! + product(matrix, from, rest, 0, first, end)) / halfSquare
          coordinates[j]! -= factor * head
          subtract(matrix, from, rest, 0, first, end, factor)
        }
      }
      return coordinates
    },
  }
}

/**
 * The inner product of rows `first` to `end` of the columns that begin at `a` in `x` and at `b` in `y`. Four sums at a
 * time: one alone would wait for each addition.
 */
function product(x: Float64Array, a: number, y: Float64Array, b: number, first: number, end: number): number {
  let [t0, t1, t2, t3] = [0, 0, 0, 0]
  let i = first
  for (; i + 3 < end; i += 4) {
    t0 += x[a + i]! * y[b + i]!
    t1 += x[a + i + 1]! * y[b + i + 1]!
    t2 += x[a + i + 2]! * y[b + i + 2]!
    t3 += x[a + i + 3]! * y[b + i + 3]!
  }
  for (; i < end; i++) t0 += x[a + i]! * y[b + i]!
  return t0 + t1 + (t2 + t3)
}

/** y -= factor * x. */
function subtract(
  x: Float64Array,
  a: number,
  y: Float64Array,
  b: number,
  first: number,
  end: number,
  factor: number,
): void {
  for (let i = first; i < end; i++) y[b + i]! -= factor * x[a + i]!
}
