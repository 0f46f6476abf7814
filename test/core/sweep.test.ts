import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import * as cr from '../../src/index.js'

type Value = cr.Value

const SMOOTH_UNARY: readonly cr.Unary[] = [
  cr.sqrt,
  cr.log,
  cr.tanh,
  cr.exp,
  cr.neg,
  cr.floor,
  cr.stopGradient,
  cr.sigmoid,
]
const SMOOTH_BINARY: readonly cr.Binary[] = [cr.add, cr.sub, cr.mul, cr.div, cr.pow, cr.gt, cr.hypot]
const UNARY = [...SMOOTH_UNARY, cr.relu, cr.abs]
const BINARY = [...SMOOTH_BINARY, cr.max, cr.min]

/** A random graph over four leaves, with shared nodes, selections, lists, plain numbers and awkward values. */
function program(seed: number, selecting: boolean): { leaves: Value[]; output: Value } {
  const random = seedrandom(`sweep ${seed}`)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const leaves = [0, 1, 2, 3].map(() => cr.value(pick([-2, -1, 0, 0.5, 1, 3])))
  const nodes: Value[] = [...leaves]
  for (let i = 0; i < 14; i++) {
    const x = pick(nodes)
    const y = random() < 0.2 ? pick([0, 1, 2, -1.5]) : pick(nodes)
    const unary = pick(selecting ? UNARY : SMOOTH_UNARY)
    const binary = pick(selecting ? BINARY : SMOOTH_BINARY)
    const kind = random()
    if (kind < 0.3) nodes.push(unary(x))
    else if (kind < 0.8) nodes.push(binary(x, y))
    else if (kind < 0.9 && selecting) nodes.push(cr.where(cr.gt(x, 0), x, y))
    else if (kind < 0.95) nodes.push(cr.sum([x, y, pick(nodes)]) as Value)
    else nodes.push(cr.dot([x, y], [pick(nodes), x]) as Value)
  }
  return { leaves, output: nodes.at(-1)! }
}

describe('backward()', () => {
  for (const selecting of [false, true]) {
    it(`gives the bits of gradient() ${selecting ? 'with' : 'without'} selections, and doubles when repeated`, () => {
      for (let seed = 0; seed < 2000; seed++) {
        const { leaves, output } = program(seed, selecting)
        const expected = cr.gradient(output, leaves).map(g => g.data)
        output.backward()
        const once = leaves.map(leaf => leaf.grad)
        // The sign of a zero is free.
        expect(once.map(g => g + 0)).toEqual(expected.map(g => g + 0))
        output.forward()
        output.backward()
        expect(leaves.map(leaf => leaf.grad)).toEqual(once.map(g => 2 * g))
      }
    })
  }

  it('starts every interior adjoint afresh, also of nodes that another output left', () => {
    const x = cr.value(3)
    const shared = x.mul(2)
    const first = shared.add(1)
    const second = cr.stopGradient(shared).add(x)
    first.backward()
    expect(shared.grad).toBe(1)
    second.backward()
    expect(shared.grad).toBe(0)
    expect(x.grad).toBe(2 + 1)
  })

  it('hands nothing on from a node that a structural zero cuts off', () => {
    const x = cr.value(0)
    const y = cr.stopGradient(x.sqrt()).add(x)
    y.backward()
    expect(x.grad).toBe(1)
  })

  it('leaves every leaf as it was when a rule throws', () => {
    const broken = cr.primitive('broken', {
      evaluate: (x: number) => x,
      partials: [
        () => {
          throw new Error('no')
        },
      ],
    })
    const [x, y] = [cr.value(1), cr.value(2)]
    x.grad = 5
    y.grad = 7
    const output = y
      .mul(2)
      .add(x)
      .add(broken(x.mul(y)))
    expect(() => output.backward()).toThrow('no')
    expect([x.grad, y.grad]).toEqual([5, 7])
    expect(() => output.backward()).toThrow('no')
    expect([x.grad, y.grad]).toEqual([5, 7])
  })

  it('works from a leaf', () => {
    const x = cr.value(1)
    x.backward()
    x.backward(3)
    expect(x.grad).toBe(4)
    const c = cr.constant(1)
    c.backward()
    expect(c.grad).toBe(0)
  })
})
