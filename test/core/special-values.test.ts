/**
 * Kinks, ties, zeros, infinities, NaN and the ends of the range. The expected numbers follow from IEEE 754, from
 * limits, or from the stated policy (docs/primitives.md); none is copied from the library's output.
 */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import * as table from '../../src/core/primitives.js'
import type { Primitive } from '../../src/core/value.js'
import { type Value, value } from '../../src/core/value.js'
import { apply, backwardGradient, graphGradient, hessian } from '../support/rows.js'
import { same, ulps } from '../support/ulp.js'

const MAX = Number.MAX_VALUE
const MIN = Number.MIN_VALUE
/** The smallest normal double. */
const NORMAL = 2 ** -1022

type Table = typeof table
/** [operands, value, first partials, upper triangle or diagonal of the second partials] */
type Case = readonly [readonly number[], number, (readonly number[])?, (readonly number[])?]

const cases: { readonly [Name in keyof Table]?: readonly Case[] } = {
  // Arithmetic.
  add: [
    [[-0, -0], -0, [1, 1]],
    [[0, -0], 0, [1, 1]],
    [[Infinity, -Infinity], NaN, [1, 1]],
    [[MAX, MAX], Infinity, [1, 1]],
  ],
  sub: [
    [[-0, 0], -0, [1, -1]],
    [[Infinity, Infinity], NaN, [1, -1]],
    [[MIN, MIN], 0, [1, -1]],
  ],
  mul: [
    [[0, -3], -0, [-3, 0], [0, 1, 0]],
    [[0, Infinity], NaN, [Infinity, 0], [0, 1, 0]],
    [[MIN, 0.5], 0, [0.5, MIN], [0, 1, 0]],
  ],
  div: [
    [[1, 0], Infinity, [Infinity, -Infinity]],
    [[1, -0], -Infinity, [-Infinity, -Infinity]],
    [[0, 0], NaN, [Infinity, NaN]],
    [[1, Infinity], 0, [0, 0], [0, 0, 0]],
  ],
  neg: [
    [[0], -0, [-1], [0]],
    [[Infinity], -Infinity, [-1], [0]],
    [[NaN], NaN, [-1], [0]],
  ],
  // With Values as exponents; plain exponents stand below.
  pow: [
    [[0, 2], 0, [0, 0]],
    [[0, 3], 0, [0, 0]],
    [[0, 1], 0, [1, 0]],
    [[0, 0], 1, [0, -Infinity]],
    [[0, -1], Infinity, [-Infinity, -Infinity]],
    [[-2, 3], -8, [12, NaN]],
    [[-2, 2], 4, [-4, NaN]],
    [[-2, -1], -0.5, [-0.25, NaN]],
    [[-2, 0.5], NaN, [NaN, NaN]],
    [[4, 0], 1, [0, Math.log(4)], [0, 0.25, Math.log(4) ** 2]],
    [[1, 5], 1, [5, 0], [20, 1, 0]],
    [[NaN, 0], 1, [0, NaN]],
    [[2, NaN], NaN, [NaN, NaN]],
    [[Infinity, 0], 1, [0, Infinity]],
  ],
  sqrt: [
    [[0], 0, [Infinity], [-Infinity]],
    [[-0], -0, [-Infinity]],
    [[-1], NaN, [NaN]],
    [[Infinity], Infinity, [0], [-0]],
    [[MIN], 2 ** -537, [2 ** 536], [-Infinity]],
  ],
  cbrt: [
    [[0], 0, [Infinity]],
    [[-8], -2, [1 / 12], [1 / 144]],
    [[-0], -0, [Infinity]],
    [[-Infinity], -Infinity, [0]],
  ],
  // Exponentials and logarithms.
  exp: [
    [[-Infinity], 0, [0], [0]],
    [[Infinity], Infinity, [Infinity], [Infinity]],
    [[1000], Infinity, [Infinity], [Infinity]],
    [[-1000], 0, [0], [0]],
    [[-0], 1, [1], [1]],
    [[NaN], NaN, [NaN], [NaN]],
  ],
  expm1: [
    [[-0], -0, [1], [1]],
    [[MIN], MIN, [1], [1]],
    [[1e-20], 1e-20, [1], [1]],
    [[-Infinity], -1, [0], [0]],
    [[Infinity], Infinity, [Infinity], [Infinity]],
  ],
  log: [
    [[0], -Infinity, [Infinity], [-Infinity]],
    [[1], 0, [1], [-1]],
    [[-1], NaN, [-1], [-1]],
    [[Infinity], Infinity, [0], [0]],
    [[2 ** -1022], -1022 * Math.LN2, [2 ** 1022], [-Infinity]],
  ],
  log1p: [
    [[-0], -0, [1], [-1]],
    [[MIN], MIN, [1], [-1]],
    [[1e-20], 1e-20, [1], [-1]],
    [[-1], -Infinity, [Infinity], [-Infinity]],
    [[-2], NaN, [-1], [-1]],
    [[Infinity], Infinity, [0], [0]],
  ],
  log2: [
    [[2 ** -1074], -1074],
    [[2 ** 1023], 1023],
    [[0], -Infinity, [Infinity]],
  ],
  log10: [
    [[1e22], 22],
    [[1e-5], -5],
    [[0], -Infinity, [Infinity]],
  ],
  // Logistic.
  sigmoid: [
    [[0], 0.5, [0.25], [0]],
    [[-745], MIN, [MIN], [MIN]],
    [[1000], 1, [0], [0]],
    [[-1000], 0, [0], [0]],
    [[Infinity], 1, [0], [0]],
    [[-Infinity], 0, [0], [0]],
    [[NaN], NaN, [NaN], [NaN]],
    // e^-40 to the last digit, where 1 - out would give 0.
    [[40], 1, [4.248354255291589e-18], [-4.248354255291589e-18]],
  ],
  logSigmoid: [
    [[0], -Math.LN2, [0.5], [-0.25]],
    [[-1000], -1000, [1], [0]],
    [[1000], -0, [0], [0]],
    [[-Infinity], -Infinity, [1], [0]],
    [[Infinity], -0, [0], [0]],
  ],
  softplus: [
    [[0], Math.LN2, [0.5], [0.25]],
    [[1000], 1000, [1], [0]],
    [[-745], MIN, [MIN], [MIN]],
    [[-1000], 0, [0], [0]],
    [[Infinity], Infinity, [1], [0]],
    [[-Infinity], 0, [0], [0]],
  ],
  tanh: [
    [[-0], -0, [1], [0]],
    // 4 e^-40 and twice that; 1 - tanh(20)^2 would be 0.
    [[20], 1, [4 * 4.248354255291589e-18], [-8 * 4.248354255291589e-18]],
    [[Infinity], 1, [0], [0]],
    [[-Infinity], -1, [0], [0]],
    [[MIN], MIN, [1], [-2 * MIN]],
  ],
  sech2: [
    [[0], 1, [0], [-2]],
    [[Infinity], 0, [0], [0]],
    [[1000], 0, [0], [0]],
  ],
  relu: [
    [[0], 0, [0], [0]],
    [[-0], 0, [0], [0]],
    [[MIN], MIN, [1], [0]],
    [[-MIN], 0, [0], [0]],
    [[Infinity], Infinity, [1], [0]],
    [[-Infinity], 0, [0], [0]],
    [[NaN], NaN, [1], [0]],
  ],
  gelu: [
    [[0], 0, [0.5], [Math.sqrt(2 / Math.PI)]],
    [[-Infinity], -0],
    [[Infinity], Infinity],
    [[100], 100, [1], [0]],
    [[-100], -0, [0], [0]],
  ],
  // The normal distribution.
  erf: [
    [[-0], -0, [2 / Math.sqrt(Math.PI)], [0]],
    [[Infinity], 1, [0]],
    [[-Infinity], -1, [0]],
    [[30], 1, [0], [0]],
  ],
  erfc: [
    [[0], 1, [-2 / Math.sqrt(Math.PI)], [0]],
    [[Infinity], 0, [0]],
    [[-Infinity], 2, [0]],
    [[30], 0, [0], [0]],
  ],
  gaussian: [
    [[0], 1, [0], [-2]],
    [[Infinity], 0],
    [[-40], 0, [0], [0]],
  ],
  normalDensity: [
    [[0], 1 / Math.sqrt(2 * Math.PI), [0], [-1 / Math.sqrt(2 * Math.PI)]],
    [[Infinity], 0],
    [[50], 0, [0], [0]],
  ],
  normalCdf: [
    [[0], 0.5, [1 / Math.sqrt(2 * Math.PI)], [0]],
    [[Infinity], 1, [0]],
    [[-Infinity], 0, [0]],
    [[50], 1, [0], [0]],
  ],
  // Circular and hyperbolic functions.
  sin: [
    [[-0], -0, [1], [0]],
    [[MIN], MIN, [1], [-MIN]],
    [[Infinity], NaN, [NaN]],
  ],
  cos: [
    [[0], 1, [0], [-1]],
    [[-Infinity], NaN, [NaN]],
  ],
  tan: [
    [[-0], -0, [1], [0]],
    [[Infinity], NaN, [NaN]],
  ],
  asin: [
    [[1], Math.PI / 2, [Infinity]],
    [[-1], -Math.PI / 2, [Infinity]],
    [[-0], -0, [1], [0]],
    [[2], NaN, [NaN]],
  ],
  acos: [
    [[1], 0, [-Infinity]],
    [[-1], Math.PI, [-Infinity]],
    [[2], NaN, [NaN]],
  ],
  atan: [
    [[-0], -0, [1], [0]],
    [[Infinity], Math.PI / 2, [0], [0]],
    [[MAX], Math.PI / 2, [0], [0]],
  ],
  // The ordinate comes first.
  atan2: [
    [[0, -1], Math.PI, [-1, 0]],
    [[-0, -1], -Math.PI, [-1, 0]],
    [[0, 1], 0, [1, 0], [0, -1, 0]],
    [[3, 0], Math.PI / 2, [0, -1 / 3]],
    [[0, -0], Math.PI],
    [[NaN, 1], NaN, [NaN, NaN]],
  ],
  sinh: [
    [[-0], -0, [1], [0]],
    [[-Infinity], -Infinity, [Infinity], [-Infinity]],
    [[720], Infinity, [Infinity], [Infinity]],
  ],
  cosh: [
    [[0], 1, [0], [1]],
    [[-Infinity], Infinity, [-Infinity], [Infinity]],
  ],
  asinh: [
    [[-0], -0, [1], [0]],
    [[Infinity], Infinity, [0], [0]],
    [[-Infinity], -Infinity, [0], [0]],
  ],
  acosh: [
    [[1], 0, [Infinity]],
    [[0.5], NaN, [NaN]],
    [[Infinity], Infinity, [0]],
  ],
  atanh: [
    [[-0], -0, [1], [0]],
    [[1], Infinity, [Infinity]],
    [[-1], -Infinity, [Infinity]],
    [[2], NaN],
  ],
  oneMinusSquare: [
    [[1], 0, [-2], [-2]],
    [[-1], 0, [2], [-2]],
    [[Infinity], -Infinity, [-Infinity], [-2]],
    [[2 ** -60], 1, [-(2 ** -59)], [-2]],
  ],
  hypot: [
    [[0, 0], 0, [0, 0]],
    [[-0, 0], 0, [0, 0]],
    [[0, -2], 2, [0, -1], [0.5, 0, 0]],
    [[Infinity, NaN], Infinity],
    [[Infinity, 1], Infinity, [1, 0]],
    [[3 * MIN, 4 * MIN], 5 * MIN, [0.6, 0.8]],
    [[3 * 2 ** 1020, 4 * 2 ** 1020], 5 * 2 ** 1020, [0.6, 0.8]],
    [[NaN, 1], NaN, [NaN, NaN]],
  ],
  directionCosine: [
    [[0, 0], 0],
    [[-2, 0], -1, [0, 0]],
    [[0, 2], 0, [0.5, 0]],
    [[3 * 2 ** 1020, -4 * 2 ** 1020], 0.6],
  ],
  // Piecewise functions.
  abs: [
    [[0], 0, [0], [0]],
    [[-0], 0, [0], [0]],
    [[-MIN], MIN, [-1], [0]],
    [[-Infinity], Infinity, [-1], [0]],
    [[NaN], NaN, [NaN]],
  ],
  sign: [
    [[0], 0, [0], [0]],
    [[-0], -0, [0], [0]],
    [[-Infinity], -1, [0], [0]],
    [[NaN], NaN, [0], [0]],
  ],
  floor: [
    [[-0.5], -1, [0], [0]],
    [[3], 3, [0], [0]],
    [[-0], -0, [0], [0]],
    [[Infinity], Infinity, [0], [0]],
  ],
  ceil: [
    [[-0.5], -0, [0], [0]],
    [[3], 3, [0], [0]],
    [[NaN], NaN, [0], [0]],
  ],
  max: [
    [[2, 2], 2, [0.5, 0.5], [0, 0, 0]],
    [[0, -0], 0, [0.5, 0.5], [0, 0, 0]],
    [[-Infinity, 3], 3, [0, 1], [0, 0, 0]],
    [[Infinity, Infinity], Infinity, [0.5, 0.5], [0, 0, 0]],
    [[NaN, 1], NaN],
  ],
  min: [
    [[2, 2], 2, [0.5, 0.5], [0, 0, 0]],
    [[0, -0], -0, [0.5, 0.5], [0, 0, 0]],
    [[-Infinity, 3], -Infinity, [1, 0], [0, 0, 0]],
    [[1, NaN], NaN],
  ],
  clamp: [
    [[0, 0, 1], 0, [1, 0, 0], [0, 0, 0, 0, 0, 0]],
    [[1, 0, 1], 1, [1, 0, 0], [0, 0, 0, 0, 0, 0]],
    [[-MIN, 0, 1], 0, [0, 1, 0], [0, 0, 0, 0, 0, 0]],
    [[1 + 2 ** -52, 0, 1], 1, [0, 0, 1], [0, 0, 0, 0, 0, 0]],
    [[-Infinity, 0, 1], 0, [0, 1, 0]],
    [[Infinity, 0, 1], 1, [0, 0, 1]],
    // Bounds that cross: min(max(x, low), high) is high.
    [[0, 3, 2], 2, [0, 0, 1]],
    [[NaN, 0, 1], NaN],
  ],
  gt: [
    [[1, 1], 0, [0, 0]],
    [[0, -0], 0, [0, 0]],
    [[NaN, 0], 0, [0, 0]],
  ],
  ge: [
    [[1, 1], 1, [0, 0]],
    [[-0, 0], 1, [0, 0]],
    [[NaN, NaN], 0, [0, 0]],
  ],
  lt: [
    [[1, 1], 0, [0, 0]],
    [[0, NaN], 0, [0, 0]],
    [[-Infinity, Infinity], 1, [0, 0]],
  ],
  le: [
    [[1, 1], 1, [0, 0]],
    [[0, NaN], 0, [0, 0]],
    [[2, 1], 0, [0, 0]],
  ],
  eq: [
    [[0, -0], 1, [0, 0]],
    [[NaN, NaN], 0, [0, 0]],
    [[Infinity, Infinity], 1, [0, 0]],
  ],
  ne: [
    [[0, -0], 0, [0, 0]],
    [[NaN, NaN], 1, [0, 0]],
    [[Infinity, Infinity], 0, [0, 0]],
  ],
  where: [
    [[NaN, 2, 3], 3, [0, 0, 1]],
    [[-0, 2, 3], 3, [0, 0, 1]],
    [[MIN, 2, 3], 2, [0, 1, 0]],
    [[-Infinity, 2, NaN], 2, [0, 1, 0]],
    [[0, NaN, 3], 3, [0, 0, 1]],
  ],
  stopGradient: [
    [[3], 3, [0], [0]],
    [[NaN], NaN, [0], [0]],
  ],
  // Lists.
  sum: [
    [[-0, -0], -0, [1, 1]],
    // From the left: the 1 is lost beside 1e16.
    [[1e16, 1, -1e16], 0, [1, 1, 1]],
    [[Infinity, -Infinity], NaN, [1, 1]],
  ],
  dot: [
    [[1e16, 1, -1e16, 1, 1, 1], 0, [1, 1, 1, 1e16, 1, -1e16]],
    [[0, Infinity], NaN, [Infinity, 0]],
  ],
  logsumexp: [
    [[-Infinity, 0], 0, [0, 1]],
    [[-1000, -1000], -1000 + Math.LN2],
    [[1000, -1000], 1000, [1, 0]],
    [[Infinity, 0], Infinity],
    [[NaN, 0], NaN, [NaN, NaN]],
    [[7], 7, [1], [0]],
  ],
}

/** A few ulp of a number written here as an expression, itself rounded once or twice. */
const ROUNDING = 3

function expectClose(actual: number, expected: number, what: string): void {
  const close = same(actual, expected) || (expected !== 0 && ulps(actual, expected) <= ROUNDING)
  expect(close, `${what} is ${actual}, should be ${expected}`).toBe(true)
}

describe.each(Object.entries(cases))('%s', (name, list) => {
  const row = (table as unknown as Record<string, Primitive>)[name]!

  const named = list.map(([operands, expected, first, second]) => ({ operands, expected, first, second }))
  it.each(named)('at $operands is $expected', ({ operands, expected, first, second }) => {
    const leaves = operands.map(x => value(x))
    const out = apply(row, leaves) as Value
    const what = `${name}(${operands.join(', ')})`
    // The sign of a zero counts in a value; a derivative's is free.
    if (expected === 0) expect(out.data, what).toBe(expected)
    expectClose(out.data, expected, what)
    for (const differentiate of [backwardGradient, graphGradient]) {
      if (first === undefined) continue
      for (const [i, derivative] of differentiate(out, leaves).entries()) {
        expectClose(derivative, first[i]!, `partial ${i} of ${what}`)
      }
      if (second === undefined) continue
      const entries = hessian(out, leaves, differentiate)
      const upper = entries.flatMap((line, i) => line.slice(i))
      for (const [k, derivative] of upper.entries()) {
        expectClose(derivative, second[k]!, `second partial ${k} of ${what}`)
      }
    }
  })
})

it('are given for rows of the table only', () => {
  for (const name of Object.keys(cases)) expect(Object.keys(table)).toContain(name)
})

/** The derivatives of f at x up to the given order, by gradient() of gradient(). */
function derivatives(f: (x: Value) => Value, x: number, order: number): number[] {
  const leaf = value(x)
  const found: number[] = []
  for (let y = f(leaf); found.length <= order; y = gradient(y, [leaf])[0]!) found.push(y.data)
  return found
}

describe('pow with a plain exponent', () => {
  it('is a polynomial for integers, at 0 and left of it, at every order', () => {
    expect(derivatives(x => x.pow(2), 0, 4)).toEqual([0, 0, 2, 0, 0])
    expect(derivatives(x => x.pow(2), -3, 3)).toEqual([9, -6, 2, 0])
    expect(derivatives(x => x.pow(3), -2, 4)).toEqual([-8, 12, -12, 6, 0])
    expect(derivatives(x => x.pow(4), 0, 5).map(Math.abs)).toEqual([0, 0, 0, 0, 24, 0])
  })

  it('with exponent 0 is the constant 1, of everything', () => {
    for (const x of [0, -0, 5, -5, Infinity, NaN]) expect(derivatives(y => y.pow(0), x, 2)).toEqual([1, 0, 0])
  })

  it('with a negative integer follows the sign of the base', () => {
    expect(derivatives(x => x.pow(-1), -2, 2)).toEqual([-0.5, -0.25, -0.25])
    expect(derivatives(x => x.pow(-2), -2, 1)).toEqual([0.25, 0.25])
    expect(derivatives(x => x.pow(-1), -0, 0)).toEqual([-Infinity])
    expect(derivatives(x => x.pow(-2), 0, 1)).toEqual([Infinity, -Infinity])
  })

  it('with a fraction is NaN left of 0 and has the slope of the root at 0', () => {
    expect(derivatives(x => x.pow(0.5), -1, 1)).toEqual([NaN, NaN])
    expect(derivatives(x => x.pow(0.5), 0, 1)).toEqual([0, Infinity])
    expect(derivatives(x => x.pow(1.5), 0, 2)).toEqual([0, 0, Infinity])
  })

  it('has the zeros, infinities and NaN of y x^(y - 1) where that is 0, infinite or undefined', () => {
    const bases = [0, -0, -2, -Infinity, Infinity, MIN, 1e-310, 1e-160, 1e160, MAX, NaN]
    for (const y of [0.1, 1 / 3, 0.5, 2.5, -0.3, -1.7, 3, -3, 1e17, -1e17, 1e-20]) {
      for (const x of bases) {
        const plain = y * table.pow(x, y - 1)
        const [, slope] = derivatives(x => x.pow(y), x, 1)
        if (Number.isFinite(plain) && plain !== 0) {
          // The rounding of y - 1 counts |log x| < 746 times, and among the subnormals there are few digits.
          expect(Math.abs(slope! - plain), `${x} ** ${y}`).toBeLessThanOrEqual(1e-12 * Math.abs(plain) + MIN)
        } else expect(slope! + 0, `${x} ** ${y}`).toBe(plain + 0)
      }
    }
  })

  it('gives integer powers exactly where they are representable', () => {
    expect(value(3).pow(33).data).toBe(5559060566555523)
    expect(value(-7).pow(17).data).toBe(-232630513987207)
    expect(value(10).pow(22).data).toBe(1e22)
  })

  it('keeps its derivative in the base when a Value is the exponent', () => {
    // d/dx x^y is exact for a negative base; only the slope in y is undefined there.
    const [x, y] = [value(-3), value(4)]
    expect(backwardGradient(x.pow(y), [x, y])).toEqual([-108, NaN])
  })
})

describe('accuracy near 0 and in the tails', () => {
  it('log1p and expm1 keep every digit of a small argument', () => {
    // log1p(x) = x - x^2/2 + …, expm1(x) = x + x^2/2 + …: to double precision for x = 2^-30.
    const x = 2 ** -30
    expect(value(x).log1p().data).toBe(x - x * x * 0.5 + (x * x * x) / 3)
    expect(value(x).expm1().data).toBe(x + x * x * 0.5 + (x * x * x) / 6)
  })

  it('sigmoid and softplus are the same power of e far left', () => {
    for (let x = -745; x < -40; x += 7.25) {
      const e = value(x).exp().data
      const leaf = value(x)
      // The bounds of test/math/accuracy.test.ts, and half an ulp for e itself
      expect(ulps(leaf.sigmoid().data, e)).toBeLessThanOrEqual(2.5)
      expect(ulps(leaf.softplus().data, e)).toBeLessThanOrEqual(2.5)
      expect(backwardGradient(leaf.softplus(), [leaf])).toEqual([leaf.sigmoid().data])
      expect(ulps(backwardGradient(leaf.sigmoid(), [leaf])[0]!, e)).toBeLessThanOrEqual(5.5)
    }
  })

  it('softplus(x) - softplus(-x) is x', () => {
    for (const x of [0.1, 1, 5, 30, 100, 700]) {
      const [above, below] = [value(x).softplus().data, value(-x).softplus().data]
      // Each is within 2 ulp (test/math/accuracy.test.ts), and 2^-52 is at least one; their difference rounds once more.
      const error = 2 ** -52 * (2 * above + 2 * below + x)
      expect(Math.abs(above - below - x), `at ${x}`).toBeLessThanOrEqual(error)
    }
  })

  it('densities are flat far out, at every order', () => {
    for (const f of [table.gaussian, table.normalDensity, table.normalCdf, table.erf, table.gelu]) {
      for (const x of [1e155, -1e155, MAX, Infinity, -Infinity]) {
        const [, slope, ...rest] = derivatives(x => f(x), x, 4).map(Math.abs)
        expect([slope, ...rest], `${f.name} at ${x}`).toEqual([f === table.gelu && x > 0 ? 1 : 0, 0, 0, 0])
      }
    }
  })

  it('gelu and its slope keep their tail at -20', () => {
    // x Phi(x) with Phi(-20) = phi(20) / 20 (1 - 1/20^2 + 3/20^4 - 15/20^6 + …), the asymptotic series.
    const phi = value(20).normalDensity().data
    let series = 0
    let term = 1
    for (let k = 1; k < 20; k++) {
      series += term
      term *= -(2 * k - 1) / 400
    }
    const leaf = value(-20)
    expect(ulps(leaf.gelu().data, -phi * series)).toBeLessThanOrEqual(3)
    const slope = (phi / 20) * series - 20 * phi
    expect(ulps(backwardGradient(leaf.gelu(), [leaf])[0]!, slope)).toBeLessThanOrEqual(4)
  })

  it('relu(x) and max(x, 0) differ at 0 only, as documented', () => {
    const x = value(0)
    expect(backwardGradient(x.relu(), [x])).toEqual([0])
    expect(backwardGradient(x.max(0), [x])).toEqual([0.5])
    expect(backwardGradient(x.max(x), [x])).toEqual([1])
    expect(backwardGradient(x.min(x), [x])).toEqual([1])
    for (const off of [NORMAL, -NORMAL]) {
      const near = value(off)
      expect(backwardGradient(near.max(0), [near])).toEqual(backwardGradient(near.relu(), [near]))
    }
  })

  it('empty lists give the neutral number', () => {
    expect(table.sum([])).toBe(0)
    expect(table.dot([], [])).toBe(0)
    expect(table.logsumexp([])).toBe(-Infinity)
  })

  it('logsumexp of two is the softplus of their difference, tails included', () => {
    for (const x of [-700, -40, -1, 0, 1, 40]) {
      // Both are within 0.85 ulp of the true value, so they are neighbours at most.
      expect(ulps(table.logsumexp([0, x]), table.softplus(x)), `at ${x}`).toBeLessThanOrEqual(1)
    }
  })
})
