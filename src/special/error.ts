/** The error function and the normal distribution: scaled, in the log, and inverted, as primitives. */

import { type Binary, tableRow as primitive, type Unary } from '../core/primitive.js'
import { add, div, gaussian, lt, mul, neg, normalDensity, sub, where } from '../core/primitives.js'
import type { Operand } from '../core/value.js'
import * as numbers from './numbers/error.js'
import * as inverse from './numbers/normal.js'

/** The scaled complementary error function e^(x^2) erfc(x), which does not underflow for large x. */
export const erfcx: Unary = /*#__PURE__*/ primitive('erfcx', {
  evaluate: numbers.erfcx,
  // 2x out - 2 / sqrt(pi), which cancels for x > 0.
  partials: [
    (out, x) =>
      where(
        lt(x, 0),
        sub(mul(mul(2, x), out), TWO_OVER_ROOT_PI),
        mul(-TWO_OVER_ROOT_PI, millsMoment(1, mul(Math.SQRT2, x))),
      ),
  ],
  textbook: [(out, x) => sub(mul(mul(2, x), out), TWO_OVER_ROOT_PI)],
})

const TWO_OVER_ROOT_PI = 1.1283791670955126

/**
 * The integral of u^n e^(-u^2 / 2 - z u) over u > 0: for n = 0 the Mills ratio, and for each further n the derivative of
 * that before, negative. n is a whole plain number; the derivative in it is NaN.
 */
export const millsMoment: Binary = /*#__PURE__*/ primitive('millsMoment', {
  evaluate: numbers.millsMoment,
  partials: [Number.NaN, (_out, n, z) => neg(millsMoment(add(n, 1), z))],
})

/** The log of the distribution function of the standard normal distribution, with both tails. */
export const logNormalCdf: Unary = /*#__PURE__*/ primitive('logNormalCdf', {
  evaluate: numbers.logNormalCdf,
  partials: [(_out, x) => inverseMills(x)],
  textbook: [(out, x) => div(normalDensity(x), out)],
})

/** normalDensity(x) / normalCdf(x), the inverse Mills ratio, the derivative of `logNormalCdf`. */
export const inverseMills: Unary = /*#__PURE__*/ primitive('inverseMills', {
  evaluate: numbers.inverseMills,
  partials: [(out, x) => neg(mul(out, millsLag(out, x)))],
  textbook: [(out, x) => neg(mul(out, add(x, out)))],
})

/** x + inverseMills(x), which cancels for x < 0: there it is the mean of u in the integral of the Mills ratio. */
function millsLag(out: Operand, x: Operand): Operand {
  return where(lt(x, 0), div(millsMoment(1, neg(x)), millsMoment(0, neg(x))), add(x, out))
}

/** The inverse of the error function, for -1 <= y <= 1. */
export const erfinv: Unary = /*#__PURE__*/ primitive('erfinv', {
  evaluate: inverse.inverseErf,
  singular: ['pole'],
  partials: [out => div(0.5 / INVERSE_ROOT_PI, gaussian(out))],
})

const INVERSE_ROOT_PI = 0.5641895835477563

/** The inverse of `normalCdf`: the x below which a standard normal variable lies with probability p, 0 <= p <= 1. */
export const normalQuantile: Unary = /*#__PURE__*/ primitive('normalQuantile', {
  evaluate: inverse.normalQuantile,
  singular: ['pole'],
  partials: [out => div(1, normalDensity(out))],
})
