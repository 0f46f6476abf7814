/**
 * Functions of which a part is singular, or cancels, where the whole is smooth: their derivatives are those of the whole.
 * The numbers come from mpmath (60 digits) unless a formula stands there.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objective } from '../../src/compile/index.js'
import {
  clamp,
  dot,
  exp,
  findNaN,
  grad,
  hessian,
  hypot,
  logaddexp,
  logsumexp,
  max,
  mul,
  norm,
  type Operand,
  sqrt,
  square,
  sub,
  sum,
  type Value,
  value,
  withDerivative,
} from '../../src/index.js'
import { crossEntropy } from '../../src/nn/index.js'
import { ulps } from '../support/ulp.js'

/** By mpmath, of the Matern kernel 5/2 at (0.3, 0.4). */
const MATERN = [
  [-0.9088613885221141, 0.3269218953517579],
  [0.3269218953517579, -0.718156949566922],
]

function expectClose(actual: number[][], wanted: number[][], scale: number): void {
  for (const [i, row] of wanted.entries()) {
    // Each entry adds two or three products, of this size, that round by some ulp each.
    for (const [j, x] of row.entries())
      expect(ulps(actual[i]![j]!, x, scale), `${i}, ${j}`).toBeLessThanOrEqual(8)
  }
}

describe('the Hessian of a length', () => {
  /** (I - u u^T) / r */
  function wanted(xs: readonly number[]): number[][] {
    const r = Math.sqrt(xs.reduce((total, x) => total + x * x, 0))
    return xs.map((x, i) => xs.map((y, j) => ((i === j ? 1 : 0) - (x / r) * (y / r)) / r))
  }

  it('is right wherever some of the elements are 0', () => {
    const element = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -8, max: 8 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 6 }), xs => {
        const r = norm(xs)
        fc.pre(r > 1e-3)
        expectClose(hessian((xs: Value[]) => norm(xs))(xs), wanted(xs), 1 / r)
      }),
      { numRuns: 300, seed: 13 },
    )
  })

  it('is so at the third order: -x / r^3 and its like', () => {
    const third = hessian((xs: Value[]) => grad((xs: Value[]) => norm(xs))(xs)[0]!)([5, 0, 0])
    expect(third.map(row => row.map(x => Math.round(x * 1e15) / 1e15))).toEqual([
      [0, 0, 0],
      [0, -0.04, 0],
      [0, 0, -0.04],
    ])
  })

  it('a spring at rest along an axis', () => {
    const energy = ([x, y, z, u, v, w]: Value[]): Value =>
      mul(50, square(sub(norm([sub(x!, u!), sub(y!, v!), sub(z!, w!)]), 1)))
    const found = hessian(energy)([0, 0, 1.2, 0, 0, 0])
    expect(found[0]![0]).toBeCloseTo(50 / 3, 13)
    expect(found[0]![3]).toBeCloseTo(-50 / 3, 13)
    expect(found[2]![2]).toBeCloseTo(100, 13)
    expect(found.flat().every(Number.isFinite)).toBe(true)
  })

  it('at the origin there is none, and none is made up', () => {
    for (const xs of [[0], [0, 0], [0, 0, 0]]) {
      expect(grad((xs: Value[]) => norm(xs))(xs)).toEqual(xs)
      expect(Number.isFinite(hessian((xs: Value[]) => norm(xs))(xs)[0]![0])).toBe(false)
      expect(hessian((xs: Value[]) => square(norm(xs)))(xs)[0]![0]).toBeNaN()
      expect(hessian((xs: Value[]) => dot(xs, xs))(xs)[0]![0]).toBe(2)
    }
  })

  it('of hypot in hypot is right but where the inner one is 0', () => {
    const nested = hessian(([x, y, z]: Value[]) => hypot(hypot(x!, y!), z!))
    expectClose(nested([0, 3, 4]), wanted([0, 3, 4]), 0.2)
    expectClose(nested([3, 0, 4]), wanted([3, 0, 4]), 0.2)
    expect(nested([0, 0, 5])[0]![0]).toBeNaN()
  })

  it('of a smooth kernel, written in the square of the distance', () => {
    // Matern 5/2 and 3/2 in s = r^2: the slope of either is known, and finite at 0, where that of the root is not.
    const root = (s: Operand): Operand => sqrt(mul(5, s))
    const decay = (s: Operand): Operand => exp(mul(-1, root(s)))
    const matern32 = withDerivative(
      s => mul(sum([1, root(s)]), decay(s)),
      [(_out, s) => mul(-5 / 2, decay(s))],
    )
    const matern52 = withDerivative(
      s => mul(sum([1, root(s), mul(5 / 3, s)]), decay(s)),
      [(_out, s) => mul(-5 / 6, matern32(s))],
    )
    const kernel = hessian((xs: Value[]) => matern52(dot(xs, xs)) as Value)
    expectClose(
      kernel([0, 0]),
      [
        [-5 / 3, 0],
        [0, -5 / 3],
      ],
      1,
    )
    expectClose(kernel([0.3, 0.4]), MATERN, 1)
  })
})

describe('tails of a softmax', () => {
  it('the slopes of crossEntropy are shares, not 1 less a share', () => {
    const slopes = grad((z: Value[]) => crossEntropy(z, 0))
    const wanted = [-1.706609525148813e-16, 8.533047625744065e-17, 8.533047625744065e-17]
    for (const [i, slope] of slopes([37, 0, 0]).entries())
      expect(ulps(slope, wanted[i]!)).toBeLessThanOrEqual(2)
    // Twice e^-700
    expect(ulps(slopes([700, 0, 0])[0]!, -1.971935308751954e-304)).toBeLessThanOrEqual(2)
  })

  it('the Hessian of logsumexp has p (1 - p) where p is nearly 1', () => {
    const found = hessian((z: Value[]) => logsumexp(z))([32, 0, 1])
    expect(ulps(found[0]![0]!, 4.7088936633789506e-14)).toBeLessThanOrEqual(4)
    // -p q and q (1 - q)
    expect(ulps(found[0]![1]!, -1.2664165549092983e-14)).toBeLessThanOrEqual(8)
    for (const at of [
      [800, 0],
      [0, 800, 0, -3],
      [50, 0, 0, 0, 0, 0],
    ]) {
      const rows = hessian((z: Value[]) => logsumexp(z))(at)
      // Each row sums to 0, relative to what is in it: nothing is lost beside 1.
      for (const [i, row] of rows.entries()) {
        const total = row.reduce((a, b) => a + b, 0)
        expect(Math.abs(total)).toBeLessThanOrEqual(8 * Number.EPSILON * Math.abs(row[i]!))
        expect(row[i]).toBeGreaterThanOrEqual(0)
      }
    }
  })

  it('is the same compiled', () => {
    const z = [37, 0, 0].map((x, i) => value(x, `z${i}`))
    const loss = objective(crossEntropy(z, 0), { parameters: z })
    const slopes = new Float64Array(3)
    loss([37, 0, 0], slopes)
    expect([...slopes]).toEqual(grad((z: Value[]) => crossEntropy(z, 0))([37, 0, 0]))
  })
})

describe('infinities in a softmax', () => {
  it('the largest takes all, equal ones share, and -Infinity alone adds nothing', () => {
    expect(grad((x: Value) => logsumexp([-Infinity, sub(x, Infinity)]))(1)).toBe(0)
    expect(grad(([x, y]: Value[]) => logaddexp(x!, y!))([Infinity, 1])).toEqual([1, 0])
    expect(grad(([x, y]: Value[]) => logaddexp(x!, y!))([-Infinity, 1])).toEqual([0, 1])
    expect(grad((z: Value[]) => logsumexp(z))([Infinity, 3, Infinity])).toEqual([0.5, 0, 0.5])
    expect(grad((z: Value[]) => logsumexp(z))([-Infinity, -Infinity])).toEqual([0, 0])
    expect(grad((z: Value[]) => logsumexp(z))([NaN, 3])).toEqual([NaN, NaN])
  })
})

describe('clamp with a bound that is NaN', () => {
  it.each([
    ['low', (b: Value) => clamp(0.5, sqrt(b), 2)],
    ['high', (b: Value) => clamp(0.5, -2, sqrt(b))],
  ])('%s: takes it, as max does, and findNaN names its cause', (_, f) => {
    const b = value(-1, 'b')
    const y = f(b)
    y.backward()
    expect(b.grad).toBeNaN()
    expect(grad((b: Value) => max(0.5, sqrt(b)))(-1)).toBeNaN()
    expect(String(findNaN(y))).toContain('the value of sqrt(b) is NaN')
  })
})
