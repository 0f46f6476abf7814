/** Bessel functions of whole order n, a plain number; the derivative in it is NaN (DLMF 10.6.1, 10.29.1). */

import { type Binary, tableRow as primitive } from '../core/primitive.js'
import { add, mul, sub } from '../core/primitives.js'
import type { Operand } from '../core/value.js'
import * as numbers from './numbers/bessel.js'

/** The Bessel function of the first kind, J_n(x). */
export const besselJ: Binary = /*#__PURE__*/ primitive('besselJ', {
  evaluate: numbers.besselJ,
  partials: [Number.NaN, (_out, n, x) => mul(0.5, sub(besselJ(sub(n, 1), x), besselJ(add(n, 1), x)))],
})

/** The Bessel function of the second kind, Y_n(x), for x > 0. */
export const besselY: Binary = /*#__PURE__*/ primitive('besselY', {
  evaluate: numbers.besselY,
  singular: [undefined, 'pole'],
  partials: [Number.NaN, (_out, n, x) => mul(0.5, sub(besselY(sub(n, 1), x), besselY(add(n, 1), x)))],
})

/** The modified Bessel function of the first kind, I_n(x). */
export const besselI: Binary = /*#__PURE__*/ primitive('besselI', {
  evaluate: numbers.besselI,
  partials: [Number.NaN, (_out, n, x) => mul(0.5, neighbours(besselI, n, x))],
})

/** The modified Bessel function of the second kind, K_n(x), for x > 0. */
export const besselK: Binary = /*#__PURE__*/ primitive('besselK', {
  evaluate: numbers.besselK,
  singular: [undefined, 'pole'],
  partials: [Number.NaN, (_out, n, x) => mul(-0.5, neighbours(besselK, n, x))],
})

function neighbours(f: Binary, n: Operand, x: Operand): Operand {
  return add(f(sub(n, 1), x), f(add(n, 1), x))
}
