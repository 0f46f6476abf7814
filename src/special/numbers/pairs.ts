/**
 * Numbers as an unevaluated sum of two doubles, about 32 digits: for exponents, whose absolute error is the relative
 * error of the result. Sources: T. J. Dekker, Numer. Math. 18 (1971) 224; D. E. Knuth, TAOCP 2, 4.2.2.
 */

/** `[high, low]`, high the rounded sum. */
export type Pair = readonly [high: number, low: number]

/** The exact sum of two doubles. */
export function sumOf(x: number, y: number): Pair {
  const high = x + y
  const part = high - x
  return [high, x - (high - part) + (y - part)]
}

/** The exact product of two doubles, if nothing overflows or underflows. */
export function productOf(x: number, y: number): Pair {
  const high = x * y
  const xHigh = upperHalf(x)
  const yHigh = upperHalf(y)
  const xLow = x - xHigh
  const yLow = y - yHigh
  return [high, xHigh * yHigh - high + xHigh * yLow + xLow * yHigh + xLow * yLow]
}

/** x rounded to 26 bits; above 2^996 it would overflow, and such numbers are left whole. */
function upperHalf(x: number): number {
  if (Math.abs(x) > 2 ** 990) return x
  const t = x * 134217729
  return t - (t - x)
}

export function plus([x, xLow]: Pair, [y, yLow]: Pair): Pair {
  const [high, low] = sumOf(x, y)
  return renormalized(high, low + (xLow + yLow))
}

export function minus(x: Pair, y: Pair): Pair {
  return plus(x, [-y[0], -y[1]])
}

export function times([x, xLow]: Pair, [y, yLow]: Pair): Pair {
  const [high, low] = productOf(x, y)
  return renormalized(high, low + (x * yLow + xLow * y))
}

export function over(x: Pair, y: Pair): Pair {
  const first = x[0] / y[0]
  const remainder = minus(x, times(y, [first, 0]))
  return renormalized(first, remainder[0] / y[0])
}

function renormalized(x: number, y: number): Pair {
  const high = x + y
  return [high, x - high + y]
}
