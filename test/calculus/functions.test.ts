/** grad, jacobian and the rest, as functions of functions. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  add,
  constant,
  cos,
  dot,
  exp,
  grad,
  gradient,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  jvp,
  mul,
  prod,
  sin,
  stopGradient,
  sum,
  topologicalOrder,
  type Value,
  Value as ValueClass,
  value,
  valueAndGrad,
  vjp,
} from '../../src/index.js'

const cube = (x: Value): Value => x.pow(3)

describe('grad', () => {
  it('gives numbers for numbers and Values for Values', () => {
    const slope = grad(cube)(2)
    expectTypeOf(slope).toEqualTypeOf<number>()
    expect(slope).toBe(12)
    const x = value(2)
    const graph = grad(cube)(x)
    expectTypeOf(graph).toEqualTypeOf<Value>()
    expect(graph.data).toBe(12)
    x.data = 3
    expect(graph.forward()).toBe(27)
    expect(gradient(graph, [x])[0]!.data).toBe(18)
  })

  it('takes primitives as they are, and nests', () => {
    expect(grad(sin)(0)).toBe(1)
    expect(grad(mul)(2, 3)).toBe(3)
    expect(grad(grad(cube))(2)).toBe(12)
    expect(grad(grad(grad(grad(cube))))(2)).toBe(0)
  })

  it('has the shape of the first argument and hands on the others', () => {
    const model = ({ w, b }: { w: Value[]; b: Value }, xs: readonly number[]) =>
      (dot(w, xs) as Value).add(b).square()
    const g = grad(model)({ w: [1, 2], b: 0.5 }, [3, 4])
    expectTypeOf(g).toEqualTypeOf<{ w: number[]; b: number }>()
    expect(g).toEqual({ w: [69, 92], b: 23 })
  })

  it('takes a tree with numbers and Values: the numbers are inputs as well', () => {
    const w = value(5)
    const { a, b } = grad(({ a, b }: { a: Value; b: Value }) => a.mul(b))({ a: 2, b: w }) as {
      a: Value
      b: Value
    }
    expect([a.data, b.data]).toEqual([5, 2])
    expect(gradient(a, [w])[0]!.data).toBe(1)
  })

  it('of a constant function is 0', () => {
    expect(grad(() => 3)(2)).toBe(0)
    expect(grad((xs: Value[]) => xs[0]!)([1, 2])).toEqual([1, 0])
  })

  it('with the value beside it', () => {
    expect(valueAndGrad(cube)(2)).toEqual({ value: 8, gradient: 12 })
    const { value: y, gradient: dy } = valueAndGrad(cube)(value(2))
    expect([y.data, dy.data]).toEqual([8, 12])
  })

  it('leaves the grad of Values alone', () => {
    const w = value(2)
    grad(cube)(w)
    expect(w.grad).toBe(0)
  })

  it('refuses what is not one Value, by name', () => {
    expect(() => grad(x => [x, x] as unknown as Value)(1)).toThrow(
      'grad: the function returned an array of 2; wanted one Value (jacobian takes functions of several outputs)',
    )
    expect(() => valueAndGrad((() => {}) as never)(1 as never)).toThrow(
      'valueAndGrad: the function returned undefined',
    )
    expect(() => grad(3 as never)(1 as never)).toThrow('grad: got the number 3; wanted a function of Values')
    expect(() => grad(cube)('1' as never)).toThrow('grad: argument 1 is the string "1"')
  })
})

describe('a Value from elsewhere', () => {
  const w = value(3, 'w')

  it('throws with numbers, by its label, unless it is held constant', () => {
    expect(() => grad(x => x.mul(w))(2)).toThrow(
      /^grad: the result depends on the Value 'w', which is not among/,
    )
    expect(() => jacfwd(x => [x, x.mul(w.sin())])(2)).toThrow("jacfwd: the result depends on the Value 'w'")
    expect(() => jvp(x => x.mul(w), [2], [1])).toThrow("jvp: the result depends on the Value 'w'")
    expect(() => vjp(x => x.mul(w), 2)).toThrow("vjp: the result depends on the Value 'w'")
    expect(() => grad(x => x.mul(value(1)))(2)).toThrow('depends on a Value')
    expect(grad(x => x.mul(stopGradient(w)))(2)).toBe(3)
    expect(grad(x => x.mul(constant(3)))(2)).toBe(3)
    expect(grad(x => x.mul(w.gt(2)))(2)).toBe(1)
  })

  it('is part of the graph with Values', () => {
    const x = value(2)
    const slope = grad(x => x.square().mul(w))(x)
    expect(slope.data).toBe(12)
    expect(gradient(slope, [w])[0]!.data).toBe(4)
  })

  it('may be the input of an enclosing call, and no longer when that call is over', () => {
    let leaked: Value | undefined
    grad(x => {
      leaked = x
      return x
    })(value(1, 'outer'))
    expect(() => grad(y => y.mul(leaked!))(2)).toThrow("'outer'")
    expect(() =>
      grad(x => {
        throw new Error(`stop ${x.data}`)
      })(1),
    ).toThrow('stop 1')
  })
})

describe('nested calls are not confused', () => {
  // Siskind and Pearlmutter, "Nesting forward-mode AD in a functional framework" (2008), and what JAX's tests make of it.
  const forward = (f: (x: Value) => Value) => (x: number | Value) => jvp(f, [x], [1]).tangent
  const derivatives = { grad, jacfwd, jacrev, jvp: forward } as unknown as Record<string, typeof grad>
  for (const [outerName, outer] of Object.entries(derivatives)) {
    for (const [innerName, inner] of Object.entries(derivatives)) {
      it(`${innerName} within ${outerName}`, () => {
        // d/dx x d/dy (x + y) = 1, at a number and at x itself.
        expect(outer(x => x.mul(inner(y => x.add(y))(1)))(1)).toBe(1)
        expect(outer(x => x.mul(inner(y => x.add(y))(x)))(1)).toBe(1)
        // d/dx x d/dy (x y) = 2 x
        expect(outer(x => x.mul(inner(y => x.mul(y))(2)))(3)).toBe(6)
        expect(outer(x => x.mul(inner(y => x.mul(y))(x)))(3)).toBe(6)
        // The inner result depends on the outer variable alone.
        expect(outer(x => inner(y => x.mul(y))(3) as unknown as Value)(2)).toBe(1)
        expect(outer(x => inner(y => y.mul(y))(x))(3)).toBe(2)
        // d/dx d/dy x^2 y^3 at y = x: (2 x) (3 x^2) + x^2 (6 x) if x were the same, 6 x y^2 if not... at y fixed to 5.
        expect(outer(x => inner(y => x.square().mul(y.pow(3)))(5) as unknown as Value)(2)).toBe(2 * 2 * 75)
        // A closure made within the inner call and applied to the outer variable (Manzyuk and others, 2019).
        const shift = (offset: Value) => (f: (x: Value) => Value) => (x: Value) => f(x.add(offset))
        const d = outer(offset => {
          const once = shift(offset)
          return inner(x => once(once(sin))(x))(0) as unknown as Value
        })(0.25)
        expect(d).toBeCloseTo(-2 * Math.sin(0.5), 15)
      })
    }
  }

  it('inner calls with nothing of the outer one stay numbers', () => {
    const seen: unknown[] = []
    grad(x => {
      seen.push(grad(cube)(2))
      return x
    })(1)
    expect(seen).toEqual([12])
  })

  it('three deep', () => {
    const f = grad(x => x.mul(grad(y => x.mul(y).mul(grad(z => mul(mul(x, y), z.square()))(y)))(x)))
    // Inner: 2 x y z at z = y: 2 x y^2. Then d/dy x y 2 x y^2 = 6 x^2 y^2 at y = x: 6 x^4. Then d/dx 6 x^5 = 30 x^4.
    expect(f(2)).toBe(480)
  })
})

describe('jvp, vjp, hvp', () => {
  it('a pullback gives the shape that its arguments had when the function ran', () => {
    const at = [1, 2]
    const { pullback } = vjp((xs: Value[]) => xs[0]!.mul(xs[1]!), at)
    at.push(3)
    expect(pullback(1)).toEqual([[2, 1]])
  })

  it('jvp has the value and the tangent in the shape of the result', () => {
    expect(jvp((x, y) => x.mul(y), [2, 3], [1, 10])).toEqual({ value: 6, tangent: 23 })
    const polar = ({ r, phi }: { r: Value; phi: Value }) => ({ x: r.mul(cos(phi)), y: r.mul(sin(phi)) })
    const { value: at, tangent } = jvp(polar, [{ r: 2, phi: 0 }], [{ r: 1, phi: 1 }])
    expectTypeOf(tangent).toEqualTypeOf<{ x: number; y: number }>()
    expect([at, tangent]).toEqual([
      { x: 2, y: 0 },
      { x: 1, y: 2 },
    ])
  })

  it('gives Values where the primals or the tangents hold one', () => {
    const direction = value(2)
    const { value: y, tangent } = jvp(cube, [3], [direction] as never)
    expect([(y as unknown as Value).data, (tangent as unknown as Value).data]).toEqual([27, 54])
    direction.data = 1
    expect((tangent as unknown as Value).forward()).toBe(27)
  })

  it('vjp has the value and a pullback to be called as often as wanted', () => {
    const { value: ys, pullback } = vjp((x, y) => [x.mul(y), x.add(y)], 2, 3)
    expect(ys).toEqual([6, 5])
    expect([pullback([1, 0]), pullback([0, 1]), pullback([1, 10])]).toEqual([
      [3, 2],
      [1, 1],
      [13, 12],
    ])
    const [bar] = pullback([value(2), 0]) as Value[]
    expect(bar!.data).toBe(6)
  })

  it('hvp is the Hessian times the direction', () => {
    expect(hvp((xs: Value[]) => prod(xs) as Value, [[2, 3, 5]], [[1, 0, 0]])).toEqual([0, 5, 3])
    expect(hvp(cube, [2], [1])).toBe(12)
    const w = value(2)
    expect(gradient(hvp(cube, [w], [w]), [w])[0]!.data).toBe(24)
  })

  it('hvp speaks of itself where it is called wrongly', () => {
    const loose = hvp as (...given: unknown[]) => unknown
    expect(() => loose(3, [2], [1])).toThrow('hvp: got the number 3; wanted a function of Values')
    expect(() => loose(cube, 2, 1)).toThrow('hvp: the primals are the number 2; wanted a list')
    expect(() => loose(cube, [2], [1, 2])).toThrow('hvp: the shape of the tangents is wrong')
    expect(() => loose((x: Value) => [x], [2], [1])).toThrow('hvp: the function returned an array of 1')
    expect(() => loose(cube, ['2'], [1])).toThrow('hvp: argument 1 is the string "2"')
  })

  it('refuse other shapes, by name', () => {
    expect(() => jvp(cube, [1], [1, 2])).toThrow(
      'jvp: the shape of the tangents is wrong: got a number at [1], wanted no more numbers',
    )
    expect(() => jvp((xs: Value[]) => sum(xs) as Value, [[1, 2]], [[1]])).toThrow(
      'got no more numbers, wanted a number at [0][1]',
    )
    expect(() => jvp(cube, 1 as never, 1 as never)).toThrow(
      'jvp: the primals are the number 1; wanted a list',
    )
    expect(() => vjp(cube, 1).pullback([1] as never)).toThrow(
      'pullback: the shape of the cotangent is wrong: got a number at [0], wanted a single number',
    )
  })
})

describe('jacobian and hessian', () => {
  const polar = ([r, phi]: Value[]) => [r!.mul(cos(phi!)), r!.mul(sin(phi!)), r!]
  const expected = [
    [1, -0],
    [0, 2],
    [1, 0],
  ]

  it('have a row of entries per output, by any mode', () => {
    for (const mode of [jacfwd, jacrev, jacobian]) {
      const rows: number[][] = mode(polar)([2, 0])
      // The sign of a zero is free.
      expect(rows.map(row => row.map(x => x + 0))).toEqual(expected.map(row => row.map(x => x + 0)))
    }
  })

  it('have the shape of the result with that of the argument within', () => {
    const g = jacobian(({ a, b }: { a: Value; b: Value[] }) => ({ p: a.mul(b[0]!), q: [b[1]!] }))({
      a: 2,
      b: [3, 4],
    })
    expectTypeOf(g).toEqualTypeOf<{
      p: { a: number; b: number[] }
      q: { a: number; b: number[] }[]
    }>()
    expect(g).toEqual({ p: { a: 3, b: [2, 0] }, q: [{ a: 0, b: [0, 1] }] })
    expect(jacobian(exp)(0)).toBe(1)
  })

  it('jacobian takes the mode with fewer sweeps', () => {
    // Seen in the size of the graph: a chain of products of n inputs and 1 output, or the other way round.
    const size = (result: unknown): number => {
      const nodes = new Set<Value>()
      for (const entry of [result].flat(3) as Value[])
        for (const node of topologicalOrder(entry)) nodes.add(node)
      return nodes.size
    }
    const narrow = (xs: Value[]) => prod(xs.map(x => sin(x))) as Value
    const wide = (x: Value) => Array.from({ length: 20 }, (_, i) => sin(x.mul(i)))
    const many = Array.from({ length: 20 }, (_, i) => value(i))
    expect(size(jacobian(narrow)(many))).toBe(size(jacrev(narrow)(many)))
    expect(size(jacrev(narrow)(many))).toBeLessThan(size(jacfwd(narrow)(many)))
    expect(size(jacobian(wide)(value(1)))).toBe(size(jacfwd(wide)(value(1))))
  })

  it('hessian has the shape of the argument twice over', () => {
    const h = hessian(([x, y]: Value[]) => x!.mul(y!.square()))([2, 3])
    expectTypeOf(h).toEqualTypeOf<number[][]>()
    expect(h).toEqual([
      [0, 6],
      [6, 4],
    ])
    expect(hessian(cube)(2)).toBe(12)
    expect(hessian(({ a, b }: { a: Value; b: Value }) => add(a.mul(b), b.square()))({ a: 1, b: 2 })).toEqual({
      a: { a: 0, b: 1 },
      b: { a: 1, b: 2 },
    })
  })

  it('of Values are graphs', () => {
    const xs = [value(2), value(3)]
    const rows = hessian(([x, y]: Value[]) => x!.mul(y!.square()))(xs)
    expect(rows[1]![1]).toBeInstanceOf(ValueClass)
    xs[0]!.data = 7
    expect(rows[1]![1]!.forward()).toBe(14)
  })
})

describe('differentiating through a loop', () => {
  it('of gradient steps: the derivative of the result in the rate', () => {
    // Steps on (w - 3)^2 / 2 from 0: w_n = 3 (1 - (1 - rate)^n), so dw_n/drate = 3 n (1 - rate)^(n - 1).
    const train = (rate: Value): Value => {
      let w: Value = constant(0)
      for (let n = 0; n < 20; n++) w = w.sub(rate.mul(grad(w => w.sub(3).square().mul(0.5))(w)))
      return w
    }
    expect(grad(train)(0.1)).toBeCloseTo(60 * 0.9 ** 19, 13)
    expect(grad(grad(train))(0.1)).toBeCloseTo(-60 * 19 * 0.9 ** 18, 11)
  })

  it('takes time in proportion to the steps: an inner call does not walk what came before it', () => {
    // 100,000 steps, of which the last has a million nodes below it: walked each time, that would take an hour.
    const steps = 100_000
    const start = value(2)
    let w: Value = start
    for (let n = 0; n < steps; n++) w = w.sub(mul(1e-6, grad(w => w.square())(w)))
    const expected = (1 - 2e-6) ** steps
    // Each step rounds a few times: some 1e5 * 2^-53 in all.
    expect(Math.abs(gradient(w, [start])[0]!.data / expected - 1)).toBeLessThan(1e-10)
  }, 20_000)
})
