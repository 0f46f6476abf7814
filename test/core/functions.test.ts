import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import {
  elu,
  leakyRelu,
  logaddexp,
  mean,
  prod,
  reciprocal,
  silu,
  softmax,
  square,
} from '../../src/core/functions.js'
import { logsumexp, norm, sum } from '../../src/core/primitives.js'
import { type Operand, Value, value } from '../../src/core/value.js'
import { difference } from '../support/differences.js'
import { backwardGradient, graphGradient, hessian } from '../support/rows.js'
import { ulps } from '../support/ulp.js'

const e = Math.exp
const sigma = (x: number) => 1 / (1 + e(-x))

/** Each with its formula, first and second derivative, as a person writes them. */
const unary: readonly {
  name: string
  f: (x: Operand) => Operand
  formula: (x: number) => number
  first: (x: number) => number
  second: (x: number) => number
}[] = [
  { name: 'square', f: square, formula: x => x * x, first: x => 2 * x, second: () => 2 },
  {
    name: 'reciprocal',
    f: reciprocal,
    formula: x => 1 / x,
    first: x => -1 / x ** 2,
    second: x => 2 / x ** 3,
  },
  {
    name: 'silu',
    f: silu,
    formula: x => x * sigma(x),
    first: x => sigma(x) + x * sigma(x) * sigma(-x),
    second: x => sigma(x) * sigma(-x) * (2 + x * (sigma(-x) - sigma(x))),
  },
  {
    name: 'leakyRelu',
    f: x => leakyRelu(x),
    formula: x => (x > 0 ? x : 0.01 * x),
    first: x => (x > 0 ? 1 : 0.01),
    second: () => 0,
  },
  {
    name: 'leakyRelu with slope 0.2',
    f: x => leakyRelu(x, 0.2),
    formula: x => (x > 0 ? x : 0.2 * x),
    first: x => (x > 0 ? 1 : 0.2),
    second: () => 0,
  },
  {
    name: 'elu',
    f: x => elu(x),
    formula: x => (x > 0 ? x : e(x) - 1),
    first: x => (x > 0 ? 1 : e(x)),
    second: x => (x > 0 ? 0 : e(x)),
  },
  {
    name: 'elu with alpha 2',
    f: x => elu(x, 2),
    formula: x => (x > 0 ? x : 2 * (e(x) - 1)),
    first: x => (x > 0 ? 1 : 2 * e(x)),
    second: x => (x > 0 ? 0 : 2 * e(x)),
  },
]

describe.each(unary)('$name', ({ f, formula, first, second }) => {
  it.each([-3.5, -0.5, 0.25, 2, 30])('at %d', at => {
    const x = value(at)
    const y = f(x) as Value
    expect(f(at)).toBe(y.data)
    expect(y.data).toBeCloseTo(formula(at), 13)
    for (const differentiate of [backwardGradient, graphGradient]) {
      expect(differentiate(y, [x])[0]).toBeCloseTo(first(at), 12)
      expect(hessian(y, [x], differentiate)[0]![0]).toBeCloseTo(second(at), 12)
    }
  })
})

describe('kinks', () => {
  it('leakyRelu and elu have the slope of the left branch at 0', () => {
    const x = value(0)
    expect(backwardGradient(leakyRelu(x, 0.3), [x])).toEqual([0.3])
    expect(backwardGradient(elu(x, 2), [x])).toEqual([2])
  })

  it('elu does not overflow in the branch not taken', () => {
    const x = value(1000)
    expect(backwardGradient(elu(x), [x])).toEqual([1])
    expect(hessian(elu(x), [x], graphGradient)).toEqual([[0]])
  })

  it('differentiates with respect to the parameter as well', () => {
    const [x, slope] = [value(-2), value(0.1)]
    expect(backwardGradient(leakyRelu(x, slope), [x, slope])).toEqual([0.1, -2])
    expect(backwardGradient(elu(x, slope), [slope])[0]).toBeCloseTo(e(-2) - 1, 14)
  })
})

describe('of lists', () => {
  const numbers = [3, -1.5, 2, 0.5]
  const lists: readonly [string, (xs: readonly Operand[]) => Operand, number][] = [
    ['mean', mean, 1],
    ['prod', prod, -4.5],
    ['norm', norm, Math.sqrt(9 + 2.25 + 4 + 0.25)],
    ['logaddexp', xs => logaddexp(xs[0]!, xs[1]!), Math.log(e(3) + e(-1.5))],
    ['the second softmax weight', xs => softmax(xs)[1]!, e(-1.5) / (e(3) + e(-1.5) + e(2) + e(0.5))],
  ]

  it.each(lists)('%s: value, and derivatives against differences', (_name, f, expected) => {
    const xs = numbers.map(x => value(x))
    const y = f(xs) as Value
    expect(y).toBeInstanceOf(Value)
    expect(f(numbers)).toBe(y.data)
    expect(ulps(y.data, expected)).toBeLessThanOrEqual(4)
    for (const differentiate of [backwardGradient, graphGradient]) {
      const slopes = differentiate(y, xs)
      const curvature = hessian(y, xs, differentiate)
      for (let j = 0; j < xs.length; j++) {
        const at = (x: number) => numbers.map((unmoved, k) => (k === j ? x : unmoved))
        const first = difference(x => f(at(x)) as number, numbers[j]!, 0.5)
        expect(Math.abs(slopes[j]! - first.slope)).toBeLessThanOrEqual(4 * first.error + 1e-12)
        for (let i = 0; i < xs.length; i++) {
          const slopeAt = (x: number) => {
            const moved = at(x).map(z => value(z))
            return backwardGradient(f(moved) as Value, moved)[i]!
          }
          const second = difference(slopeAt, numbers[j]!, 0.5)
          expect(Math.abs(curvature[i]![j]! - second.slope)).toBeLessThanOrEqual(4 * second.error + 1e-12)
        }
      }
    }
  })

  it('of one element', () => {
    const x = value(-3)
    expect(mean([x]).data).toBe(-3)
    expect(prod([x])).toBe(x)
    expect(backwardGradient(norm([x]), [x])).toEqual([-1])
    expect(norm([-3])).toBe(3)
    expect(softmax([x]).map(p => p.data)).toEqual([1])
  })

  it('of none', () => {
    expect(prod([])).toBe(1)
    expect(norm([])).toBe(0)
    expect(softmax([])).toEqual([])
    expect(() => mean([])).toThrow(new RangeError('mean: the list is empty; wanted at least one element'))
  })

  it('take Values and numbers together', () => {
    const x = value(2)
    expect(backwardGradient(mean([x, 5]) as Value, [x])).toEqual([0.5])
    expect(backwardGradient(prod([3, x, 5]) as Value, [x])).toEqual([15])
    expect(softmax([x, 2]).map(p => (p as Value).data)).toEqual([0.5, 0.5])
  })

  it('norm neither overflows nor underflows, and has derivative 0 at the origin', () => {
    expect(ulps(norm([3e200, 4e200]), 5e200)).toBeLessThanOrEqual(1)
    expect(ulps(norm([3e-200, 4e-200]), 5e-200)).toBeLessThanOrEqual(1)
    const origin = [value(0), value(0), value(0)]
    expect(backwardGradient(norm(origin), origin)).toEqual([0, 0, 0])
  })

  it('softmax sums to 1, of any size of numbers, and its derivatives sum to 0', () => {
    for (const shift of [0, 1000, -1000, 1e300]) {
      const xs = [value(shift), value(shift), value(shift - Math.abs(shift))]
      const ps = softmax(xs)
      expect(ps.reduce((total, p) => total + p.data, 0)).toBeCloseTo(1, 15)
      expect(ps[0]!.data).toBe(shift === 0 ? 1 / 3 : 0.5)
      expect(backwardGradient(ps[0]!, xs).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 15)
      expect(backwardGradient(sum(ps), xs).every(slope => Math.abs(slope) < 1e-16)).toBe(true)
    }
  })

  it('logaddexp keeps its tails', () => {
    expect(logaddexp(0, -800)).toBe(0)
    expect(logaddexp(-800, 0)).toBe(0)
    expect(logaddexp(1000, 1000)).toBe(1000 + Math.LN2)
    expect(ulps(logaddexp(0, -40), e(-40))).toBeLessThanOrEqual(1)
  })
})

describe('lists', () => {
  const bad: [string, unknown][] = [
    ['undefined', undefined],
    ['the string "3"', '3'],
    ['an object', {}],
  ]

  it.each(Object.entries({ mean, prod, norm, softmax }))(
    '%s wants an array of Values and numbers, without holes',
    (name, f) => {
      const call = f as unknown as (xs: unknown) => unknown
      for (const [words, xs] of bad) {
        expect(() => call(xs)).toThrow(`${name}: got ${words}; wanted an array of Values or numbers`)
      }
      // biome-ignore lint/suspicious/noSparseArray: the hole is the point
      expect(() => call([2, , 3])).toThrow(
        `${name}(2, ?, 3): operand 2 is undefined; wanted a Value or a number`,
      )
      expect(() => call([value(1, 'w'), '3'])).toThrow(`${name}(w, ?): operand 2 is the string "3"`)
    },
  )
})

describe('logsumexp and softmax of large entries', () => {
  it.each([1e6, 1e12, 1e16, -1e16])('halves at %d, for numbers and for Values, to the second order', x => {
    const xs = [value(x), value(x)]
    const y = logsumexp(xs)
    y.backward()
    expect(xs.map(({ grad }) => grad)).toEqual([0.5, 0.5])
    const slopes = gradient(y, xs)
    expect(slopes.map(({ data }) => data)).toEqual([0.5, 0.5])
    // p (1 - p) and -p p
    expect(gradient(slopes[0]!, xs).map(({ data }) => data)).toEqual([0.25, -0.25])
    expect(softmax([x, x])).toEqual([0.5, 0.5])
  })
})
