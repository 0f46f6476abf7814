/**
 * The regularised incomplete Gamma and Beta functions, as primitives. The derivatives in the shapes are integrals, of the
 * same exactness as the functions themselves.
 */

import { type Binary, tableRow as primitive, type Ternary } from '../core/primitive.js'
import { add, div, log, log1p, mul, neg, sub } from '../core/primitives.js'
import type { Rule } from '../core/rule.js'
import type { Operand, Primitive } from '../core/value.js'
import { digamma, polygamma } from './gamma.js'
import { betaDensityAt, betaTails, gammaDensityAt, gammaTails } from './numbers/incomplete.js'
import { betaShape as betaShapeOf, gammaShape as gammaShapeOf, oddsIn } from './numbers/shapes.js'

/** The regularised incomplete Gamma function P(a, x): the probability that a Gamma variable of shape a is at most x. */
export const gammaP: Binary = /*#__PURE__*/ primitive('gammaP', {
  evaluate: (a, x) => gammaTails(a, [x, 0]).lower,
  singular: [undefined, 'branch'],
  partials: [(_out, a, x) => gammaShape(1, a, x), (_out, a, x) => gammaDensity(a, x)],
})

/** The regularised incomplete Gamma function Q(a, x) = 1 - P(a, x), with its tail. */
export const gammaQ: Binary = /*#__PURE__*/ primitive('gammaQ', {
  evaluate: (a, x) => gammaTails(a, [x, 0]).upper,
  singular: [undefined, 'branch'],
  partials: [(_out, a, x) => neg(gammaShape(1, a, x)), (_out, a, x) => neg(gammaDensity(a, x))],
})

/** x^(a - 1) e^-x / Gamma(a), the density of the Gamma distribution. */
export const gammaDensity: Binary = /*#__PURE__*/ primitive('gammaDensity', {
  evaluate: gammaDensityAt,
  singular: [undefined, 'pole'],
  partials: [
    (out, a, x) => mul(out, sub(log(x), digamma(a))),
    (out, a, x) => mul(out, sub(div(sub(a, 1), x), 1)),
  ],
})

/** The derivative of order n of `gammaP` in a. n is a whole plain number; the derivative in it is NaN. */
export const gammaShape: Ternary = /*#__PURE__*/ primitive('gammaShape', {
  evaluate: gammaShapeOf,
  singular: [undefined, undefined, 'branch'],
  partials: [
    Number.NaN,
    (_out, n, a, x) => gammaShape(add(n, 1), a, x),
    (_out, n, a, x) => mul(gammaDensity(a, x), gammaBell(n, a, x)),
  ],
})

/** The regularised incomplete Beta function I_x(a, b): the probability that a Beta variable is at most x. */
export const betaInc: Ternary = /*#__PURE__*/ primitive('betaInc', {
  evaluate: (a, b, x) => betaTails(a, b, oddsIn(x)).lower,
  singular: [undefined, undefined, 'branch'],
  partials: [
    (_out, a, b, x) => betaShape(1, 0, a, b, x),
    (_out, a, b, x) => betaShape(0, 1, a, b, x),
    (_out, a, b, x) => betaDensity(a, b, x),
  ],
})

/** x^(a - 1) (1 - x)^(b - 1) / B(a, b), the density of the Beta distribution. */
export const betaDensity: Ternary = /*#__PURE__*/ primitive('betaDensity', {
  evaluate: (a, b, x) => betaDensityAt(a, b, x, oddsIn(x)),
  singular: [undefined, undefined, 'pole'],
  partials: [
    (out, a, b, x) => mul(out, sub(log(x), sub(digamma(a), digamma(add(a, b))))),
    (out, a, b, x) => mul(out, sub(log1p(neg(x)), sub(digamma(b), digamma(add(a, b))))),
    (out, a, b, x) => mul(out, sub(div(sub(a, 1), x), div(sub(b, 1), sub(1, x)))),
  ],
})

/** A primitive of five operands. */
export interface Quinary extends Primitive {
  readonly arity: 5
  (...operands: readonly [n: Operand, m: Operand, a: Operand, b: Operand, x: Operand]): Operand
}
type Five = [n: number, m: number, a: number, b: number, x: number]
const quinary = primitive as unknown as (name: string, rule: Rule<Five>) => Quinary

/** The derivative of `betaInc` of order n in a and m in b, whole plain numbers; the derivative in them is NaN. */
export const betaShape: Quinary = /*#__PURE__*/ quinary('betaShape', {
  evaluate: betaShapeOf,
  singular: [undefined, undefined, undefined, undefined, undefined, 'branch'],
  partials: [
    Number.NaN,
    Number.NaN,
    (_out, n, m, a, b, x) => betaShape(add(n, 1), m, a, b, x),
    (_out, n, m, a, b, x) => betaShape(n, add(m, 1), a, b, x),
    (_out, n, m, a, b, x) => mul(betaDensity(a, b, x), betaBell(n, m, a, b, x)),
  ],
})

/** The derivative of order n in a of the density over the density. */
function gammaBell(n: Operand, a: Operand, x: Operand): Operand {
  const slope = (i: number): Operand => (i === 1 ? sub(log(x), digamma(a)) : neg(polygamma(i - 1, a)))
  return bell(orderOf(n), 0, slope)
}

function betaBell(n: Operand, m: Operand, a: Operand, b: Operand, x: Operand): Operand {
  const slope = (i: number, j: number): Operand => {
    const total = polygamma(i + j - 1, add(a, b))
    if (i + j === 1) {
      return i === 1 ? sub(log(x), sub(digamma(a), total)) : sub(log1p(neg(x)), sub(digamma(b), total))
    }
    return j === 0 ? sub(total, polygamma(i - 1, a)) : i === 0 ? sub(total, polygamma(j - 1, b)) : total
  }
  return bell(orderOf(n), orderOf(m), slope)
}

function orderOf(n: Operand): number {
  return typeof n === 'number' ? n : Number.NaN
}

/** The derivative of e^L over e^L, of order n in one variable and m in another, from the slopes of L. */
function bell(n: number, m: number, slope: (i: number, j: number) => Operand): Operand {
  if (n === 0 && m === 0) return 1
  if (!(n >= 0 && m >= 0)) return Number.NaN
  const [di, dj] = n > 0 ? [1, 0] : [0, 1]
  let sum: Operand | undefined
  for (let k = 0; k <= n - di; k++) {
    for (let l = 0; l <= m - dj; l++) {
      const rest = bell(n - di - k, m - dj - l, slope)
      const term = mul(choose(n - di, k) * choose(m - dj, l), mul(rest, slope(k + di, l + dj)))
      sum = sum === undefined ? term : add(sum, term)
    }
  }
  return sum!
}

function choose(n: number, k: number): number {
  let result = 1
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1)
  return result
}
