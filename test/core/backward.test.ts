import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { zeroGrad } from '../../src/core/backward.js'
import { primitive } from '../../src/core/primitive.js'
import { add, dot, mul, sum } from '../../src/core/primitives.js'
import { constant, type Operand, Value, value } from '../../src/core/value.js'

describe('accumulation', () => {
  it('adds into the leaves and starts every other node afresh', () => {
    const [x, w, b] = [value(2, 'x'), value(3, 'w'), value(1, 'b')]
    const product = x.mul(w)
    const y = product.add(b).pow(2)
    y.backward()
    // dy/d(product) = 2 * 7
    expect([x.grad, w.grad, b.grad, product.grad, y.grad]).toEqual([42, 28, 14, 14, 1])
    y.backward()
    expect([x.grad, w.grad, b.grad, product.grad, y.grad]).toEqual([84, 56, 28, 14, 1])
  })

  it('adds the gradients of several outputs over shared nodes', () => {
    const x = value(3)
    const shared = x.mul(x)
    shared.add(1).backward()
    shared.mul(2).backward()
    expect(x.grad).toBe(6 + 12)
    expect(shared.grad).toBe(2)
  })

  it('adds what reaches a node along several paths', () => {
    const x = value(5)
    const y = x.add(x).mul(x)
    y.backward()
    expect(x.grad).toBe(20)
  })

  it('scales by the seed, also by 0 and by a negative one', () => {
    for (const seed of [0, -2.5, 1e300]) {
      const x = value(3)
      const y = x.mul(4)
      y.backward(seed)
      expect([x.grad, y.grad]).toEqual([4 * seed, seed])
    }
  })

  it('of a leaf is its seed, and it accumulates like any leaf', () => {
    const x = value(3)
    x.backward()
    x.backward(2)
    expect(x.grad).toBe(3)
  })

  it('finishes the adjoint of a leaf before adding it once', () => {
    // 1 + 2^-53 + 2^-53: one after another both small terms would be lost.
    const x = value(1)
    const tiny = 2 ** -53
    x.grad = 1
    add(x.mul(tiny), x.mul(tiny)).backward()
    expect(x.grad).toBe(1 + 2 ** -52)
  })

  it('takes contributions in reverse order of the nodes, then in operand order', () => {
    // The last user is visited first: (1e16 + 1) - 1e16 = 0, where another order would give 1.
    const x = value(1)
    const [first, second, third] = [x.mul(-1e16), x.mul(1), x.mul(1e16)]
    sum([first, second, third]).backward()
    expect(x.grad).toBe(0)
    const y = value(1)
    dot([1e16, 1, -1e16], [y, y, y]).backward()
    expect(y.grad).toBe(0)
    const z = value(1)
    dot([1e16, -1e16, 1], [z, z, z]).backward()
    expect(z.grad).toBe(1)
  })

  it('gives constants and numbers nothing', () => {
    const [x, c] = [value(2), constant(5)]
    x.mul(c).mul(7).backward()
    expect([x.grad, c.grad]).toEqual([35, 0])
  })

  it('leaves a leaf alone that the output does not depend on', () => {
    const [x, other] = [value(2), value(3)]
    other.grad = 9
    x.mul(2).backward()
    expect(other.grad).toBe(9)
  })

  it('starts from zero again after zeroGrad', () => {
    const x = value(2)
    const y = x.mul(x)
    y.backward()
    zeroGrad([x])
    y.backward()
    expect(x.grad).toBe(4)
  })

  it('uses the values of the last forward()', () => {
    const x = value(2)
    const y = x.mul(x)
    x.data = 10
    expect(y.data).toBe(4)
    expect(y.forward()).toBe(100)
    y.backward()
    expect(x.grad).toBe(20)
    expect(x.forward()).toBe(10)
  })
})

describe('a rule that throws in the sweep', () => {
  let fail = true
  const fragile = primitive('fragile', {
    evaluate: (x: number) => x,
    partials: [
      (_out, x) => {
        if (fail) throw new Error('no derivative today')
        return x
      },
    ],
  })

  it.each([
    ['without selections', (x: Value) => x],
    ['with selections', (x: Value) => x.relu()],
    ['below a list', (x: Value): Operand => sum([x, 1])],
  ])('leaves the gradients of the leaves as they were: %s', (_what, wrap) => {
    const [x, c] = [value(2), value(3)]
    x.grad = 0.5
    const y = wrap(add(mul(3, x), fragile(x.mul(c))) as Value) as Value
    fail = true
    expect(() => y.backward()).toThrow('no derivative today')
    expect([x.grad, c.grad]).toEqual([0.5, 0])
    fail = false
    y.backward()
    // d/dx (3x + f(xc)) with f' = 6: 3 + 6 * 3.
    expect([x.grad, c.grad]).toEqual([0.5 + 21, 12])
  })
})

it('rules see operands in their order, and Values where a graph is made', () => {
  const seen: unknown[][] = []
  const spy = primitive('spy', {
    evaluate: (x: number, y: number, z: number) => x + y + z,
    partials: [
      (...given: Operand[]) => {
        seen.push(given)
        return 1
      },
      0,
      1,
    ],
  })
  const x = value(1)
  const out = spy(x, 2, 3)
  out.backward()
  expect(seen).toEqual([[6, 1, 2, 3]])
  gradient(out, [x])
  expect(seen[1]).toEqual([out, x, 2, 3])
  expect(seen[1]![1]).toBeInstanceOf(Value)
})

describe('a rule that works on the graph in which it is run', () => {
  const meddling = (meddle: () => void) =>
    primitive('meddling', {
      evaluate: (x: number) => x * x,
      partials: [
        (_out: Operand, x: Operand) => {
          meddle()
          return mul(2, x)
        },
      ],
    })

  it('is refused, and the leaves keep what they held', () => {
    const x = value(2)
    const h = x.mul(3).as('h')
    const y = meddling(() => h.toString())(h)
      .add(h)
      .add(x)
    expect(() => y.backward()).toThrow('backward: a rule has swept or printed')
    expect(x.grad).toBe(0)
  })

  it('may sweep graphs of its own', () => {
    const x = value(2)
    meddling(() => value(5).square().backward())(x).backward()
    expect(x.grad).toBe(4)
  })
})

describe('memory', () => {
  it('keeps one order for a running total, not one for every output that it was', () => {
    let total = value(0).add(1)
    total.backward()
    const first = total
    total = total.add(1)
    total.backward()
    expect(first.order).toBeUndefined()
    expect(total.order).toBeDefined()
  })
})
