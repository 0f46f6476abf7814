/** The inner product of two vectors of one length, added from the left. */
export function inner(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!
  return total
}

/** The Euclidean length of a vector, for numbers whose squares are doubles. */
export function norm(x: ArrayLike<number>): number {
  return Math.sqrt(inner(x, x))
}

/** x + factor * y. */
export function sum(x: Float64Array, y: Float64Array, factor = 1): Float64Array {
  return x.map((a, i) => a + factor * y[i]!)
}
