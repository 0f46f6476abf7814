/**
 * Error-free transformations: sums and products as an unevaluated pair, `high` the rounded result and `low` its
 * rounding error (Dekker 1971, Knuth 1969). They need no fused multiply-add.
 */

import { add, constant, type Double, div, mul, named, type Operand, sqrt, sub } from './steps.js'

export interface ExactPair {
  readonly high: Double
  readonly low: Double
}

export interface Pair {
  readonly high: Double
  readonly low: Operand
}

function plusLow(x: Double, low: Operand): Double {
  return low === 0 ? x : add(x, low)
}

/** x + y exactly, when |x| >= |y| or x = 0. */
export function fastTwoSum(x: Operand, y: Operand): ExactPair {
  const high = add(x, y)
  return { high, low: add(sub(x, high), y) }
}

/** x - y exactly, when |x| >= |y| or x - y is a double. */
export function fastTwoDifference(x: Double, y: Double): ExactPair {
  const high = sub(x, y)
  return { high, low: sub(sub(x, high), y) }
}

/** x + y exactly, whichever is larger. */
export function twoSum(x: Operand, y: Operand): ExactPair {
  const high = add(x, y)
  const part = sub(high, x)
  return { high, low: add(sub(x, sub(high, part)), sub(y, part)) }
}

/** 2^27 + 1 */
const SPLITTER = 134217729

/** x as the sum of two doubles of at most 26 bits each, for |x| < 2^996. */
export function split(x: Double): ExactPair {
  if (x.operation === 'constant') {
    const large = x.value * SPLITTER
    const upper = large - (large - x.value)
    return { high: constant(upper), low: constant(x.value - upper) }
  }
  const c = mul(x, SPLITTER)
  const high = sub(c, sub(c, x))
  return { high, low: sub(x, high) }
}

/** Adding it to a number from 1 to 2 rounds to a multiple of 2^-25. */
const FROM_1_TO_2 = 1.5 * 2 ** 27

/** x * y exactly, away from over- and underflow. */
export function twoProduct(x: Double, y: Double): ExactPair {
  const high = mul(x, y)
  const a = split(x)
  const b = split(y)
  const low = add(
    add(add(sub(mul(a.high, b.high), high), mul(a.high, b.low)), mul(a.low, b.high)),
    mul(a.low, b.low),
  )
  return { high, low }
}

/** c * x exactly, for a c of at most 26 bits. */
export function shortTimes(c: Double, x: Double): ExactPair {
  const high = mul(c, x)
  const { high: h, low: l } = split(x)
  return { high, low: add(sub(mul(c, h), high), mul(c, l)) }
}

/** x * x exactly. */
export function twoSquare(x: Double): ExactPair {
  const high = mul(x, x)
  const { high: h, low: l } = split(x)
  return { high, low: add(add(sub(mul(h, h), high), mul(mul(2, h), l)), mul(l, l)) }
}

/** The product of two pairs to about 2^-100. */
export function product(x: Pair, y: Pair): Pair {
  const { high, low } = twoProduct(x.high, y.high)
  const crossed =
    x.low === 0 ? mul(x.high, y.low) : plusLow(mul(x.low, y.high), y.low === 0 ? 0 : mul(x.high, y.low))
  return { high, low: add(low, crossed) }
}

/**
 * The quotient of two pairs to about 2^-75: q has 26 bits, so that its product with either half of the divisor, and
 * the remainder, are exact. The low part is up to 2^-26 of the high part: add them once, at the end.
 */
export function quotient(x: Pair, y: Pair): Pair {
  const inverse = named('inverse', div(1, y.high))
  const q = named('q', split(mul(x.high, inverse)).high)
  const divisor = split(y.high)
  const remainder = named(
    'remainder',
    sub(sub(x.high, mul(q, divisor.high)), mul(q, plusLow(divisor.low, y.low))),
  )
  return { high: q, low: mul(plusLow(remainder, x.low), inverse) }
}

/**
 * x / (whole + y) for a divisor from 1 to 2 and low parts of up to 2^-8 of the high ones, to about 2^-60. The divisor is
 * taken apart while it is added up: what is left out of its upper 26 bits is small, and need not be exact. q comes from
 * both parts of x, so that the remainder is small too and rounding it cannot make the quotient step back.
 */
export function quotientBySum(x: Pair, whole: number, y: Pair): Pair {
  const upper = named('upper', sub(add(y.high, whole + FROM_1_TO_2), FROM_1_TO_2))
  const rest = named('lower', plusLow(add(sub(whole, upper), y.high), y.low))
  const inverse = named('inverse', div(1, add(upper, rest)))
  const q = named('q', split(mul(plusLow(x.high, x.low), inverse)).high)
  const remainder = named('remainder', sub(plusLow(sub(x.high, mul(q, upper)), x.low), mul(q, rest)))
  return { high: q, low: mul(remainder, inverse) }
}

/** The square root of a positive pair, away from underflow, to about 2^-100. */
export function squareRoot(x: Pair): Pair {
  const high = sqrt(x.high)
  const square = twoSquare(high)
  const remainder = plusLow(sub(sub(x.high, square.high), square.low), x.low)
  return { high, low: div(remainder, add(high, high)) }
}

/** The pair with its high part rounded to the sum. */
export function normalize({ high, low }: Pair): ExactPair {
  return fastTwoSum(high, low)
}

/** The double nearest to the pair. */
export function round({ high, low }: Pair): Double {
  return add(high, low)
}
