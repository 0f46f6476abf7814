/** Products, quotients and logs that hold where their plain composition does not, Lambert's W and the remainder. */

import { type Binary, tableRow as primitive, type Unary } from '../core/primitive.js'
import { add, div, exp, expm1, floor, log, log1p, neg, sub } from '../core/primitives.js'
import * as math from '../math/index.js'
import * as lambert from './numbers/lambert.js'
import { exprelSlope as exprelSlopeOf, sincSlope as sincSlopeOf } from './numbers/quotients.js'

/** x log y, and 0 for x = 0 whatever y: the term of a log-likelihood in which nothing was counted. */
export const xlogy: Binary = /*#__PURE__*/ primitive('xlogy', {
  evaluate: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * math.log(y)),
  singular: [undefined, 'pole'],
  partials: [(_out, _x, y) => log(y), (_out, x, y) => xdivy(x, y)],
})

/** x log(1 + y), and 0 for x = 0 whatever y. */
export const xlog1py: Binary = /*#__PURE__*/ primitive('xlog1py', {
  evaluate: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x * math.log1p(y)),
  singular: [undefined, 'pole'],
  partials: [(_out, _x, y) => log1p(y), (_out, x, y) => xdivy(x, add(1, y))],
})

/** x / y, and 0 for x = 0 whatever y. */
export const xdivy: Binary = /*#__PURE__*/ primitive('xdivy', {
  evaluate: (x, y) => (x === 0 && !Number.isNaN(y) ? 0 : x / y),
  partials: [(_out, _x, y) => div(1, y), (out, _x, y) => neg(xdivy(out, y))],
})

/** log(1 - e^-x) for x > 0: the log of a probability from that of its complement. */
export const log1mexp: Unary = /*#__PURE__*/ primitive('log1mexp', {
  evaluate: x => (x < Math.LN2 ? math.log(-math.expm1(-x)) : math.log1p(-math.exp(-x))),
  // 1 / (e^x - 1), whose own derivative would overflow.
  singular: ['pole'],
  partials: [(_out, x) => div(exp(neg(x)), neg(expm1(neg(x))))],
  textbook: [(_out, x) => div(1, expm1(x))],
})

/** (e^x - 1) / x, and 1 at 0: the relative error exponential of GSL and SciPy. */
export const exprel: Unary = /*#__PURE__*/ primitive('exprel', {
  evaluate: x => exprelSlopeOf(0, x),
  partials: [(_out, x) => exprelSlope(1, x)],
  textbook: [(out, x) => div(sub(exp(x), out), x)],
})

/** The derivative of order n of `exprel`. n is a whole plain number; the derivative in it is NaN. */
export const exprelSlope: Binary = /*#__PURE__*/ primitive('exprelSlope', {
  evaluate: exprelSlopeOf,
  partials: [Number.NaN, (_out, n, x) => exprelSlope(add(n, 1), x)],
})

/** sin(pi x) / (pi x), and 1 at 0, as in NumPy and Julia; sin(t) / t is `sinc(t / pi)`. */
export const sinc: Unary = /*#__PURE__*/ primitive('sinc', {
  evaluate: x => sincSlopeOf(0, x),
  partials: [(_out, x) => sincSlope(1, x)],
})

/** The derivative of order n of `sinc`. n is a whole plain number; the derivative in it is NaN. */
export const sincSlope: Binary = /*#__PURE__*/ primitive('sincSlope', {
  evaluate: sincSlopeOf,
  partials: [Number.NaN, (_out, n, x) => sincSlope(add(n, 1), x)],
})

/** Lambert's W, the w >= -1 with w e^w = x, for x >= -1/e. */
export const lambertW: Unary = /*#__PURE__*/ primitive('lambertW', {
  evaluate: lambert.lambertW,
  singular: ['branch'],
  partials: [(out, x) => div(exp(neg(out)), lambertWPlus1(x))],
  textbook: [out => div(exp(neg(out)), add(1, out))],
})

/** 1 + lambertW(x), with the digits near -1/e. */
export const lambertWPlus1: Unary = /*#__PURE__*/ primitive('lambertWPlus1', {
  evaluate: lambert.lambertWPlus1,
  partials: [(out, x) => div(exp(neg(lambertW(x))), out)],
})

/** The remainder x - y floor(x / y), exact, with the sign of y: as `%` of Python, not as that of JavaScript. */
export const mod: Binary = /*#__PURE__*/ primitive('mod', {
  evaluate: (x, y) => {
    const rest = x % y
    return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest
  },
  // The whole number (x - out) / y, which floor(x / y) may miss by rounding.
  partials: [1, (out, x, y) => neg(floor(add(div(sub(x, out), y), 0.5)))],
  textbook: [1, (_out, x, y) => neg(floor(div(x, y)))],
})
