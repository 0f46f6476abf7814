/** A matrix of any height as Q R: Householder reflections fold it, block by block, into a triangle. */

/** Q R. */
export interface Triangular {
  /** R, by columns. They keep the lengths, and the products with each other, that the columns of the matrix had. */
  readonly triangle: readonly Float64Array[]
  /** Q' vector, as far as R reaches: as many coordinates as columns. */
  project(vector: Float64Array): Float64Array
}

/** So many rows of a few columns stay in the processor's first cache. */
const BLOCK = 256

/**
 * Factorises a matrix stored by columns. The matrix is overwritten: it keeps the reflections. Entries other than 0 have squares
 * that are normal doubles.
 *
 * The triangle starts as zeros; each block of rows B is put under it, and reflections make it vanish. Since the triangle
 * is one already, reflection j touches its row j and the block alone: its vector is (head, column j of B).
 * Source: Golub and Van Loan, "Matrix computations", 4th edition, sections 5.1 and 5.2.
 */
export function triangular(matrix: Float64Array, rows: number, columns: number): Triangular {
  const triangle = Array.from({ length: columns }, () => new Float64Array(columns))
  const blocks = Array.from({ length: Math.ceil(rows / BLOCK) }, (_, i) => {
    const first = i * BLOCK
    return new Reflections(matrix, rows, first, Math.min(BLOCK, rows - first))
  })
  for (const block of blocks) for (const column of triangle) block.append(column)
  return {
    triangle,
    project(vector) {
      const rest = vector.slice()
      const coordinates = new Float64Array(columns)
      for (const block of blocks) block.apply(coordinates, rest, 0)
      return coordinates
    },
  }
}

/** The reflections that fold a block of rows: x - v (v.x) / halfSquare. The heads of the v stand here, the rest in the matrix. */
class Reflections {
  private readonly heads: number[] = []
  private readonly halfSquares: number[] = []

  private readonly matrix: Float64Array
  private readonly rows: number
  private readonly first: number
  private readonly size: number

  constructor(matrix: Float64Array, rows: number, first: number, size: number) {
    this.matrix = matrix
    this.rows = rows
    this.first = first
    this.size = size
  }

  /** Makes the reflection that turns the next column, with `top` above its rows of the block, into zeros below the diagonal. */
  append(top: Float64Array): void {
    const j = this.heads.length
    const square = this.apply(top, this.matrix, j * this.rows)
    const corner = top[j]!
    const length = Math.sqrt(corner * corner + square)
    const head = corner > 0 ? corner + length : corner - length
    this.heads.push(head)
    // Nothing is reflected where there is nothing to turn.
    this.halfSquares.push(square === 0 ? Number.POSITIVE_INFINITY : length * Math.abs(head))
    if (square !== 0) top[j] = corner > 0 ? -length : length
  }

  /**
   * Applies all reflections there are to the vector that begins at a place of an array, with `top` above its rows of the
   * block. The product with the next reflection is taken while this one is applied, so that numbers are fetched once.
   *
   * @returns the square of what is left in the block
   */
  apply(top: Float64Array, vector: Float64Array, place: number): number {
    const { matrix, rows, first, size, heads, halfSquares } = this
    const count = heads.length
    const at = place + first
    let product = count === 0 ? inner(vector, at, vector, at, size) : inner(matrix, first, vector, at, size)
    for (let j = 0; j < count; j++) {
      const factor = (heads[j]! * top[j]! + product) / halfSquares[j]!
      top[j]! -= factor * heads[j]!
      const here = j * rows + first
      product =
        j + 1 < count
          ? subtract(vector, at, factor, matrix, here, matrix, here + rows, size)
          : subtract(vector, at, factor, matrix, here, vector, at, size)
    }
    return product
  }
}

// In both loops four sums at a time: one alone would wait for each addition.

/** The inner product of `size` numbers from place `a` of `x` and from place `b` of `y`. */
function inner(x: Float64Array, a: number, y: Float64Array, b: number, size: number): number {
  let t0 = 0
  let t1 = 0
  let t2 = 0
  let t3 = 0
  let i = 0
  for (; i + 3 < size; i += 4) {
    t0 += x[a + i]! * y[b + i]!
    t1 += x[a + i + 1]! * y[b + i + 1]!
    t2 += x[a + i + 2]! * y[b + i + 2]!
    t3 += x[a + i + 3]! * y[b + i + 3]!
  }
  for (; i < size; i++) t0 += x[a + i]! * y[b + i]!
  return t0 + t1 + (t2 + t3)
}

/** y -= factor * x, and the inner product of the new y with z, which may be y itself. */
function subtract(
  y: Float64Array,
  b: number,
  factor: number,
  x: Float64Array,
  a: number,
  z: Float64Array,
  c: number,
  size: number,
): number {
  let t0 = 0
  let t1 = 0
  let t2 = 0
  let t3 = 0
  let i = 0
  for (; i + 3 < size; i += 4) {
    const y0 = y[b + i]! - factor * x[a + i]!
    const y1 = y[b + i + 1]! - factor * x[a + i + 1]!
    const y2 = y[b + i + 2]! - factor * x[a + i + 2]!
    const y3 = y[b + i + 3]! - factor * x[a + i + 3]!
    y[b + i] = y0
    y[b + i + 1] = y1
    y[b + i + 2] = y2
    y[b + i + 3] = y3
    t0 += y0 * z[c + i]!
    t1 += y1 * z[c + i + 1]!
    t2 += y2 * z[c + i + 2]!
    t3 += y3 * z[c + i + 3]!
  }
  for (; i < size; i++) {
    y[b + i]! -= factor * x[a + i]!
    t0 += y[b + i]! * z[c + i]!
  }
  return t0 + t1 + (t2 + t3)
}
