/** Plain functions over the primitives. They have no rules of their own, hence no derivative to get wrong. */

import type { ListResult, Result } from './primitive.js'
import { div, expm1, gt, logsumexp, mul, sigmoid, sum, where } from './primitives.js'
import { checkOperands, checkSurplus } from './refusals.js'
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

/**
 * `x` where it is positive, else `slope * x`. At 0 the derivative is `slope`.
 *
 * @param slope 0.01 unless told
 * @example
 * leakyRelu(-2, 0.1) // -0.2
 */
export function leakyRelu(x: number, slope?: number): number
export function leakyRelu(x: Value, slope?: Operand): Value
export function leakyRelu(x: Operand, slope?: Operand): Operand
export function leakyRelu(x: Operand, slope: Operand = 0.01, list?: unknown): Operand {
  refuseIndex('leakyRelu', list)
  return where(gt(x, 0), x, mul(slope, x))
}

/**
 * The exponential linear unit: `x` where it is positive, else `alpha * (e^x - 1)`.
 *
 * @param alpha 1 unless told
 * @example
 * elu(-1) // -0.6321205588285577
 */
export function elu(x: number, alpha?: number): number
export function elu(x: Value, alpha?: Operand): Value
export function elu(x: Operand, alpha?: Operand): Operand
export function elu(x: Operand, alpha: Operand = 1, list?: unknown): Operand {
  refuseIndex('elu', list)
  return where(gt(x, 0), x, mul(alpha, expm1(x)))
}

/** For a function with a second operand that may be left out: `map` hands over the index in its place. */
function refuseIndex(name: string, list: unknown): void {
  if (list === undefined) return
  throw new TypeError(
    `${name}: called by a method of arrays, whose index would be its second operand; write xs.map(x => ${name}(x))`,
  )
}

/**
 * log(e^x + e^y) without overflow or underflow.
 *
 * @example
 * logaddexp(-1000, -1000) // -999.3068528194401
 */
export function logaddexp(x: number, y: number): number
export function logaddexp(x: Value, y: Operand): Value
export function logaddexp(x: Operand, y: Value): Value
export function logaddexp(x: Operand, y: Operand): Operand
export function logaddexp(x: Operand, y: Operand, ...[index, list]: unknown[]): Operand {
  if (index !== undefined) checkSurplus('logaddexp', [x, y], index, list)
  return logsumexp([x, y])
}

/**
 * The arithmetic mean of a list.
 *
 * @throws RangeError for an empty list
 * @example
 * mean([1, 2, 6]) // 3
 */
export function mean(xs: readonly number[]): number
export function mean<const L extends readonly Operand[]>(xs: L): ListResult<L>
export function mean(xs: readonly Operand[], ...[index]: unknown[]): Operand {
  if (index !== undefined) checkSurplus('mean', [xs], index)
  checkOperands('mean', xs)
  if (xs.length === 0) throw new RangeError('mean: the list is empty; wanted at least one element')
  return div(sum(xs), xs.length)
}

/**
 * The product of a list, multiplied from the left. The product of an empty list is the number 1.
 *
 * @example
 * prod([2, 3, 5]) // 30
 */
export function prod(xs: readonly number[]): number
export function prod<const L extends readonly Operand[]>(xs: L): ListResult<L>
export function prod(xs: readonly Operand[], ...[index]: unknown[]): Operand {
  if (index !== undefined) checkSurplus('prod', [xs], index)
  checkOperands('prod', xs)
  return xs.length === 0 ? 1 : xs.reduce((total, x) => mul(total, x))
}

/**
 * The probabilities e^xi / (e^x1 + … + e^xn), without overflow. They are the partials of {@link logsumexp}.
 *
 * @example
 * softmax([1000, 1000]) // [0.5, 0.5]
 */
export function softmax(xs: readonly number[]): number[]
export function softmax(xs: readonly Value[]): Value[]
export function softmax(xs: readonly Operand[]): Operand[]
export function softmax(xs: readonly Operand[], ...[index]: unknown[]): Operand[] {
  if (index !== undefined) checkSurplus('softmax', [xs], index)
  checkOperands('softmax', xs)
  return xs.length === 0 ? [] : [...logsumexp.share!(Number.NaN, xs)]
}

/**
 * The plain functions of single operands, with the fewest and the most that they take: at run time nothing tells them
 * from those that take a list.
 */
export const functionOperands = {
  square: [1, 1],
  reciprocal: [1, 1],
  silu: [1, 1],
  leakyRelu: [1, 2],
  elu: [1, 2],
  logaddexp: [2, 2],
} as const
