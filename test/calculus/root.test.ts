import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  add,
  cbrt,
  checkGradients,
  cos,
  grad,
  gradient,
  hessian,
  jvp,
  mul,
  root,
  sin,
  sub,
  tangent,
  type Value,
  value,
} from '../../src/index.js'
import { ulps } from '../support/ulp.js'

const cube = (p: Value): Value => root((u, p) => u.pow(3).sub(p), p, 1)

/** Kepler's equation E - e sin E = m. */
const kepler = (m: Value, e: Value): Value =>
  root((E, [m, e]) => E.sub(mul(e, sin(E))).sub(m), [m, e] as [Value, Value], 1)

describe('root', () => {
  it('arrives at solutions at 0 and near it, where rounding is larger than they are', () => {
    expect(root(u => sub(u.exp().sub(1), 1e-20), [], 0)).toBe(1e-20)
    const p = value(1e-20)
    const u = root((u, p) => u.exp().sub(1).sub(p), p, 0)
    expect([u.data, gradient(u, [p])[0]!.data]).toEqual([1e-20, 1])
    // The rounding of 1 + u is 2^-53, and so are the steps that are left.
    expect(Math.abs(root(u => add(cos(u), u).add(sin(u)).sub(1), [], 0.3))).toBeLessThan(2 ** -50)
  })

  it('does not take steps that go astray for such an arrival', () => {
    expect(() => root(u => u.mul(1e12).atan(), [], 2e-12)).toThrow('does not arrive')
  })

  it('has the value and the derivatives of the solution, to the fourth order, in both modes', () => {
    let [byReverse, byForward, exact] = [cube, cube, cbrt as (p: Value) => Value]
    for (let order = 0; order <= 4; order++) {
      const expected = exact(value(5)).data
      // Newton's method ends within a rounding or two of the root, and each derivative multiplies a few such numbers.
      for (const f of [byReverse, byForward]) {
        expect(Math.abs(f(value(5)).data / expected - 1)).toBeLessThan(2e-15 * (order + 1) ** 2)
      }
      const [r, f, e] = [byReverse, byForward, exact]
      byReverse = p => gradient(r(p), [p])[0]!
      byForward = p => tangent(f(p), [p], [1])
      exact = p => gradient(e(p), [p])[0]!
    }
  })

  it('agrees with backward(), forward() and differences', () => {
    const [m, e] = [value(1, 'm'), value(0.1, 'e')]
    const E = kepler(m, e)
    // E' = 1 / (1 - e cos E) in m, sin E / (1 - e cos E) in e.
    const slope = 1 / (1 - 0.1 * Math.cos(E.data))
    E.backward()
    expect(m.grad).toBeCloseTo(slope, 14)
    expect(e.grad).toBeCloseTo(slope * Math.sin(E.data), 14)
    expect(checkGradients(kepler, [1, 0.1], { order: 2 }).correct).toBe(true)
    const dE = gradient(E, [m])[0]!
    m.data = 2
    expect(E.forward()).toBe(kepler(value(2), value(0.1)).data)
    expect(dE.forward()).toBeCloseTo(1 / (1 - 0.1 * Math.cos(E.data)), 14)
  })

  it('solves for several unknowns at once, in any tree', () => {
    // Two circles: the distance from the origin is a, that from (1, 0) is b.
    const meet = (a: Value, b: Value) =>
      root(
        ({ x, y }, { a, b }) => [
          x.square().add(y.square()).sub(a.square()),
          x.sub(1).square().add(y.square()).sub(b.square()),
        ],
        { a, b },
        { x: 0.5, y: 0.5 },
      )
    const { x, y } = meet(value(0.8), value(0.7))
    // x = (1 + a^2 - b^2) / 2, y = sqrt(a^2 - x^2)
    expect(x.data).toBeCloseTo(0.575, 15)
    expect(y.data).toBeCloseTo(Math.sqrt(0.64 - 0.575 ** 2), 15)
    expect(
      checkGradients((a, b) => meet(a, b).x.mul(meet(a, b).y.exp()), [0.8, 0.7], { order: 2 }).correct,
    ).toBe(true)
    const byHand = (a: Value, b: Value): Value => {
      const x = add(1, a.square()).sub(b.square()).mul(0.5)
      return a.square().sub(x.square()).sqrt()
    }
    const third = (f: (a: Value, b: Value) => Value) =>
      grad((b: Value) => hessian((a: Value) => f(a, b))(0.8) as unknown as Value)(0.7)
    const expected = third(byHand)
    expect(Math.abs(third((a, b) => meet(a, b).y) / expected - 1)).toBeLessThan(1e-12)
  })

  it('exchanges rows where a pivot is 0', () => {
    const [x, y] = root(([x, y], [p]) => [y!.sub(p!), x!.add(y!).sub(3)], [value(1)], [0, 0])
    expect([x!.data, y!.data]).toEqual([2, 1])
    const p = value(1)
    const [u] = root(([x, y], [p]) => [y!.sub(p!), x!.add(y!).sub(3)], [p], [0, 0])
    expect(gradient(u!, [p])[0]!.data).toBe(-1)
  })

  it('is the derivative of a fixed point too, whatever found it', () => {
    // u = cos(p u), iterated for a start.
    let u = 1
    for (let n = 0; n < 200; n++) u = Math.cos(0.5 * u)
    const fixed = (p: Value): Value => root((u, p) => sub(cos(p.mul(u)), u), p, u)
    expect(fixed(value(0.5)).data).toBeCloseTo(u, 15)
    const slope = (-u * Math.sin(0.5 * u)) / (1 + 0.5 * Math.sin(0.5 * u))
    expect(grad(fixed)(0.5)).toBeCloseTo(slope, 14)
    expect(jvp(fixed, [0.5], [2]).tangent).toBeCloseTo(2 * slope, 14)
  })

  it('gives numbers for numbers', () => {
    const u = root((u, p) => u.square().sub(p), 2, 1)
    expectTypeOf(u).toEqualTypeOf<number>()
    expect(u).toBeCloseTo(Math.SQRT2, 15)
    expectTypeOf(root((u, p) => u.square().sub(p), value(2), 1)).toEqualTypeOf<Value>()
  })

  it('does not walk what came before: a thousand implicit steps', () => {
    // Backward Euler for u' = -u^2: each step solves v + h v^2 = u.
    const h = 0.001
    const start = value(1)
    let u: Value = start
    for (let n = 0; n < 1000; n++) u = root((v, u) => v.add(mul(h, v.square())).sub(u), u, u.data)
    let [v, slope] = [1, 1]
    for (let n = 0; n < 1000; n++) {
      v = (-1 + Math.sqrt(1 + 4 * h * v)) / (2 * h)
      slope /= 1 + 2 * h * v
    }
    expect(u.data).toBeCloseTo(v, 11)
    expect(gradient(u, [start])[0]!.data).toBeCloseTo(slope, 11)
  }, 20_000)

  it('refuses what it cannot solve, by name', () => {
    expect(() => root((u, p) => [u, p], value(1), 0)).toThrow('root: got 2 residuals for 1 unknowns')
    expect(() => root(u => u.square().add(1), value(1), 0.5)).toThrow(
      "root: Newton's method does not arrive from 0.5",
    )
    expect(() => root((u: Value, p: Value) => u.sub(p), value(1), value(1) as never)).toThrow(
      'root: the start is an object of class Value; wanted a number',
    )
    const w = value(2, 'w')
    expect(() => root((u: Value): Value => u.sub(w), value(1), 0)).toThrow(
      "root: the result depends on the Value 'w'",
    )
    expect(() => grad(w => root(u => u.sub(w), 1, 0) as unknown as Value)(2)).toThrow(
      'root: the residuals depend on a Value of an enclosing call that is not among the parameters',
    )
  })
})

describe('unknowns of unlike size', () => {
  it('of a triangular system each end at their own digits', () => {
    const slope = (ps: readonly Value[]) =>
      root(([u, v], [U, p]) => [sub(u!, U!), sub(v!.pow(3), p!)], ps, [0.9e10, 1])[1]!
    const [u, v] = root(([u, v], [U, p]) => [sub(u!, U!), sub(v!.pow(3), p!)], [1e10, 1e-3], [0.9e10, 1])
    expect(u).toBe(1e10)
    expect(ulps(v!, 0.1)).toBeLessThanOrEqual(2)
    // p^(-2/3) / 3 and -2 p^(-5/3) / 9
    expect(ulps(grad(slope)([1e10, 1e-3])[1]!, 33.333333333333336)).toBeLessThanOrEqual(8)
    expect(ulps(hessian(slope)([1e10, 1e-3])[1]![1]!, -22222.222222222223)).toBeLessThanOrEqual(16)
  })

  it('of a long triangle, each from the one before, span two hundred orders of magnitude', () => {
    // u1 = p, u(k+1) = u(k)^2: p^(2^k), with slope 2^k p^(2^k - 1).
    const chain = (p: Value) =>
      root(
        (us, p) => us.map((u, k) => (k === 0 ? u.sub(p) : u.sub(us[k - 1]!.square()))),
        p,
        new Array<number>(9).fill(1),
      )
    const last = (p: Value) => chain(p)[8]!
    expect(ulps(last(value(0.12)).data, 0.12 ** 256)).toBeLessThanOrEqual(512)
    expect(ulps(grad(last)(0.12), 256 * 0.12 ** 255)).toBeLessThanOrEqual(1024)
  })

  // h^2 = K a, h + a = c: an acid that dissociates. Values and slopes in K by mpmath (50 digits), of these doubles.
  it.each([
    [1e-16, 1, 9.99999995e-9, 49999999.5, -2.5e23],
    [1e-14, 0.1, 3.162277160168419e-8, 1581138.330084249, -7.905694150420652e19],
    [1e-16, 55.5, 7.44983220787567e-8, 372491610.1437835, -1.8624580532189176e24],
  ])('of a conservation law: K = %d, c = %d', (K, c, h, slope, bend) => {
    const solve = (K: Value): Value =>
      root(([h, a], K) => [h!.square().sub(mul(K, a!)), add(h!, a!).sub(c)], K, [1e-6, 1])[0]!
    expect(
      ulps(root(([h, a], K) => [h!.square().sub(mul(K, a!)), add(h!, a!).sub(c)], K, [1e-6, 1])[0]!, h),
    ).toBeLessThanOrEqual(2)
    expect(ulps(grad(solve)(K), slope)).toBeLessThanOrEqual(8)
    expect(ulps(grad(grad(solve))(K), bend)).toBeLessThanOrEqual(16)
  })

  it('in any units: a system scaled by powers of two has the same digits, scaled', () => {
    const solve = (a: number, b: number) =>
      root(
        ([u, v]) => [u!.mul(a).square().add(v!.mul(b)).sub(3), u!.mul(a).mul(v!.mul(b)).sub(1)],
        [],
        [1.4 / a, 0.6 / b],
      ).map((x, k) => x * (k === 0 ? a : b))
    const plain = solve(1, 1)
    for (const [a, b] of [
      [2 ** 60, 1],
      [2 ** -40, 2 ** 50],
      [2 ** 90, 2 ** -90],
    ] as const) {
      for (const [k, x] of solve(a, b).entries()) expect(ulps(x, plain[k]!)).toBeLessThanOrEqual(2)
    }
  })

  it('throws where it does not arrive: no root, a pole', () => {
    expect(() => root(u => u.square().add(1), [], 0.3)).toThrow('does not arrive')
    expect(() => root(([u, v]) => [u!.sub(1e10), v!.exp().add(1)], [], [1, 1])).toThrow('does not arrive')
  })
})
