/** Plain functions over the primitives. They have no rules of their own, hence no derivative to get wrong. */

import type { Result } from './primitive.js'
import {
  div,
  exp,
  expm1,
  gt,
  hypot,
  logsumexp,
  max,
  mul,
  sigmoid,
  stopGradient,
  sub,
  sum,
  where,
} from './primitives.js'
import type { Operand, Value } from './value.js'

/** `x * x`. */
export function square<X extends Operand>(x: X): Result<X>
export function square(x: Operand): Operand {
  return mul(x, x)
}

/** `1 / x`. */
export function reciprocal<X extends Operand>(x: X): Result<X>
export function reciprocal(x: Operand): Operand {
  return div(1, x)
}

/** The sigmoid linear unit `x * sigmoid(x)`, also called swish. */
export function silu<X extends Operand>(x: X): Result<X>
export function silu(x: Operand): Operand {
  return mul(x, sigmoid(x))
}

/** `x` where it is positive, else `slope * x`. At 0 the derivative is `slope`. */
export function leakyRelu(x: number, slope?: number): number
export function leakyRelu(x: Value, slope?: Operand): Value
export function leakyRelu(x: Operand, slope?: Operand): Operand
export function leakyRelu(x: Operand, slope: Operand = 0.01): Operand {
  return where(gt(x, 0), x, mul(slope, x))
}

/** The exponential linear unit: `x` where it is positive, else `alpha * (e^x - 1)`. */
export function elu(x: number, alpha?: number): number
export function elu(x: Value, alpha?: Operand): Value
export function elu(x: Operand, alpha?: Operand): Operand
export function elu(x: Operand, alpha: Operand = 1): Operand {
  return where(gt(x, 0), x, mul(alpha, expm1(x)))
}

/** log(e^x + e^y) without overflow or underflow. */
export function logaddexp(x: number, y: number): number
export function logaddexp(x: Value, y: Operand): Value
export function logaddexp(x: Operand, y: Value): Value
export function logaddexp(x: Operand, y: Operand): Operand
export function logaddexp(x: Operand, y: Operand): Operand {
  return logsumexp([x, y])
}

/** The arithmetic mean of a list. */
export function mean(xs: readonly number[]): number
export function mean(xs: readonly Value[]): Value
export function mean(xs: readonly Operand[]): Operand
export function mean(xs: readonly Operand[]): Operand {
  if (xs.length === 0) throw new RangeError('mean: the list is empty; wanted at least one element')
  return div(sum(xs), xs.length)
}

/** The product of a list, multiplied from the left. The product of an empty list is the number 1. */
export function prod(xs: readonly number[]): number
export function prod(xs: readonly Value[]): Value
export function prod(xs: readonly Operand[]): Operand
export function prod(xs: readonly Operand[]): Operand {
  return reduce(xs, mul, 1)
}

/** The Euclidean length of a list, without overflow. At the origin its derivative is 0. */
export function norm(xs: readonly number[]): number
export function norm(xs: readonly Value[]): Value
export function norm(xs: readonly Operand[]): Operand
export function norm(xs: readonly Operand[]): Operand {
  return xs.length === 1 ? hypot(xs[0]!, 0) : reduce(xs, hypot, 0)
}

/** The probabilities e^xi / (e^x1 + … + e^xn), without overflow. */
export function softmax(xs: readonly number[]): number[]
export function softmax(xs: readonly Value[]): Value[]
export function softmax(xs: readonly Operand[]): Operand[]
export function softmax(xs: readonly Operand[]): Operand[] {
  if (xs.length === 0) return []
  // The shift cancels in the quotient, so the derivative through it is 0 and need not be computed.
  const largest = stopGradient(reduce(xs, max, Number.NEGATIVE_INFINITY))
  const powers = xs.map(x => exp(sub(x, largest)))
  const total = sum(powers)
  return powers.map(power => div(power, total))
}

function reduce(
  xs: readonly Operand[],
  combine: (x: Operand, y: Operand) => Operand,
  empty: number,
): Operand {
  return xs.length === 0 ? empty : xs.reduce((total, x) => combine(total, x))
}
