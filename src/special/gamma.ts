/** The Gamma function and its kin, as primitives. */

import { type Binary, tableRow as primitive, type Unary } from '../core/primitive.js'
import { add, log1p, neg, sub } from '../core/primitives.js'
import type { Operand } from '../core/value.js'
import * as numbers from './numbers/gamma.js'

/** log |Gamma(x)|. Infinity at 0 and at negative whole numbers. */
export const lgamma: Unary = /*#__PURE__*/ primitive('lgamma', {
  evaluate: numbers.logGamma,
  singular: ['pole'],
  partials: [(_out, x) => digamma(x)],
})

/** The digamma function, the derivative of `lgamma`. NaN at 0 and at negative whole numbers. */
export const digamma: Unary = /*#__PURE__*/ primitive('digamma', {
  evaluate: numbers.digamma,
  singular: ['pole'],
  partials: [(_out, x) => polygamma(1, x)],
})

/**
 * The polygamma function, the derivative of order n of `digamma`: `polygamma(1, x)` is trigamma. n is a whole plain number;
 * the derivative in it is NaN.
 */
export const polygamma: Binary = /*#__PURE__*/ primitive('polygamma', {
  evaluate: numbers.polygamma,
  singular: [undefined, 'pole'],
  partials: [Number.NaN, (_out, n, x) => polygamma(add(n, 1), x)],
})

/** log B(a, b), the log of the Beta function of positive a and b. */
export const lbeta: Binary = /*#__PURE__*/ primitive('lbeta', {
  evaluate: numbers.logBeta,
  singular: ['pole', 'pole'],
  partials: [
    (_out, a, b) => sub(digamma(a), digamma(add(a, b))),
    (_out, a, b) => sub(digamma(b), digamma(add(a, b))),
  ],
})

/** The log of the binomial coefficient n over k, of real numbers 0 <= k <= n: -log(n + 1) - lbeta(n - k + 1, k + 1). */
export function logBinomial(n: number, k: number): number
export function logBinomial(n: Operand, k: Operand): Operand
export function logBinomial(n: Operand, k: Operand): Operand {
  return sub(neg(log1p(n)), lbeta(add(sub(n, k), 1), add(k, 1)))
}
