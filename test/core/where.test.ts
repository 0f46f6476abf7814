/**
 * The derivative of `where` is `where` of the derivatives: a program with selections has the derivatives of the
 * program without them in which each is replaced by the operand it takes, however wild the rest is.
 */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import {
  abs,
  add,
  clamp,
  div,
  gt,
  le,
  log,
  max,
  min,
  mul,
  neg,
  relu,
  sqrt,
  sub,
  where,
} from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import {
  agree,
  BRANCH_POINTS,
  type Instruction,
  randomBranches,
  runBranches,
  sizeOf,
} from '../support/branches.js'
import { random } from '../support/points.js'
import { backwardGradient, forwardGradient, graphGradient, hessian } from '../support/rows.js'
import { same } from '../support/ulp.js'

const engines = [
  ['backward()', backwardGradient],
  ['gradient()', graphGradient],
  ['tangent()', forwardGradient],
] as const

describe.each(engines)('by %s', (_name, differentiate) => {
  /** f and its first two derivatives at x. */
  function orders(f: (x: Value) => Value, x: number): number[] {
    const leaf = value(x)
    const out = f(leaf)
    return [out.data, differentiate(out, [leaf])[0]!, hessian(out, [leaf], differentiate)[0]![0]!]
  }

  it.each([
    [
      'the root of a positive part',
      (x: Value) => where(gt(x, 0), sqrt(x), 0),
      [
        [-1, 0, 0, 0],
        [0, 0, 0, 0],
        [4, 2, 0.25, -1 / 32],
      ],
    ],
    [
      'below a product',
      (x: Value) => where(gt(x, 0), mul(x, sqrt(x)), 0),
      [
        [-1, 0, 0, 0],
        [0, 0, 0, 0],
        [4, 8, 3, 0.375],
      ],
    ],
    [
      'log beside the identity',
      (x: Value) => where(gt(x, 0), log(x), x),
      [
        [-1, -1, 1, 0],
        [0, 0, 1, 0],
        [4, Math.log(4), 0.25, -0.0625],
      ],
    ],
    [
      'the last branch taken',
      (x: Value) => where(le(x, 0), 0, sqrt(x)),
      [
        [-1, 0, 0, 0],
        [0, 0, 0, 0],
        [4, 2, 0.25, -1 / 32],
      ],
    ],
    [
      'nested',
      (x: Value) => where(gt(x, 0), where(gt(x, 1), sqrt(sub(x, 1)), 0), log(neg(x))),
      [
        [1, 0, 0, 0],
        [5, 2, 0.25, -1 / 32],
        [-2, Math.log(2), -0.5, -0.25],
      ],
    ],
    [
      'max over a root',
      (x: Value) => max(sqrt(x), 1),
      [
        [0, 1, 0, 0],
        [4, 2, 0.25, -1 / 32],
      ],
    ],
    [
      'min under a pole',
      (x: Value) => min(div(1, abs(x)), 1),
      [
        [0, 1, 0, 0],
        [2, 0.5, -0.25, 0.25],
      ],
    ],
    [
      'relu of a root less 1',
      (x: Value) => relu(sub(sqrt(x), 1)),
      [
        [0, 0, 0, 0],
        [4, 1, 0.25, -1 / 32],
      ],
    ],
    [
      'clamp of a log',
      (x: Value) => clamp(log(x), 0, 1),
      [
        [0, 0, 0, 0],
        [2, Math.log(2), 0.5, -0.25],
        [Infinity, 1, 0, 0],
      ],
    ],
    ['a branch that is NaN', (x: Value) => where(gt(x, 0), x, sqrt(sub(-1, mul(x, x)))), [[3, 3, 1, 0]]],
  ] as const)('%s', (_what, f, points) => {
    for (const [x, ...expected] of points) {
      const actual = orders(f, x)
      expect(
        actual.every((number, i) => same(number, expected[i]!)),
        `at ${x}: ${actual} should be ${expected}`,
      ).toBe(true)
    }
  })

  it('a node reached past the selection as well keeps what comes that way', () => {
    // sqrt(x) is not taken, but also used directly: its slope at 0 is honestly infinite.
    const at = (x: number) => orders(leaf => add(where(gt(leaf, 0), sqrt(leaf), 0), sqrt(leaf)), x)
    expect(at(0)[1]).toBe(Infinity)
    expect(at(4)).toEqual([4, 0.5, -1 / 16])
    // The same node under both: reached by its taken user only.
    const shared = orders(leaf => {
      const root = sqrt(leaf)
      return add(where(gt(leaf, 0), root, 0), where(gt(leaf, 0), 1, mul(root, 2)))
    }, 0)
    expect(shared[1]).toBe(Infinity)
  })

  it('masks nothing else', () => {
    // An adjoint that merely has the value 0 carries second derivatives.
    expect(orders(x => sub(x, 3).pow(2), 3)).toEqual([0, 0, 2])
    expect(orders(x => mul(sub(x, 3), sub(x, 3)), 3)).toEqual([0, 0, 2])

    const [x, y] = [value(0), value(0)]
    expect(hessian(x.mul(2).mul(y), [x, y], differentiate)).toEqual([
      [0, 2],
      [2, 0],
    ])

    // y sqrt(x) at the origin: 0 * Infinity is NaN, and the mixed derivative infinite. Neither may become a 0.
    const [a, b] = [value(0), value(0)]
    const product = b.mul(a.sqrt())
    expect(differentiate(product, [a, b])).toEqual([NaN, 0])
    expect(hessian(product, [a, b], differentiate)[1]).toEqual([Infinity, 0])
    const one = value(1)
    expect(differentiate(one.mul(a.sqrt()), [a, one])).toEqual([Infinity, 0])
  })

  it('is what a comparison selects by, which has no derivative itself', () => {
    const x = value(2)
    expect(differentiate(gt(x, 1).mul(x), [x])).toEqual([1])
    expect(differentiate(gt(x, 3).mul(x), [x])).toEqual([0])
    expect(differentiate(where(x, mul(x, x), 0), [x])).toEqual([4])
  })
})

// ── Random programs ─────────────────────────────────────────────────────────────────────────────────────────────

describe('2,000 random programs', () => {
  const draw = random(20_261_122)
  const below = (n: number) => Math.floor(n * draw.unit())
  const points = BRANCH_POINTS
  const makeProgram = (): Instruction[] => randomBranches(draw)
  const makeLeaves = (at: readonly number[]) => at.map(x => value(x))

  it('have the derivatives of the branches taken, by both engines, at both orders', () => {
    const counted = { compared: 0, wild: 0, selecting: 0 }
    for (let n = 0; n < 2000; n++) {
      const program = makeProgram()
      const at = [0, 1, 2].map(() => points[below(points.length)]!)
      const maskedLeaves = makeLeaves(at)
      const takenLeaves = makeLeaves(at)
      const masked = runBranches(program, maskedLeaves, 'masked')
      const taken = runBranches(program, takenLeaves, 'taken')
      // The programs agree where they are defined. A NaN that reaches a selection has no branch to compare with.
      if (Number.isNaN(taken.data)) continue
      expect(masked.data, `program ${n}`).toBe(taken.data)
      const plainBy = (differentiate: typeof backwardGradient) => ({
        first: differentiate(taken, takenLeaves),
        second: hessian(taken, takenLeaves, differentiate),
      })
      const byReverse = plainBy(backwardGradient)
      for (const [engine, differentiate] of engines) {
        // What is infinite in one mode may be Infinity - Infinity in the other: forward mode is held against itself.
        const plain = differentiate === forwardGradient ? plainBy(forwardGradient) : byReverse
        const what = `program ${n} at ${at} by ${engine}\n${masked}`
        const first = differentiate(masked, maskedLeaves)
        const size = sizeOf(plain.first)
        for (const [i, derivative] of first.entries()) {
          if (isStill(derivative, plain.first[i]!)) continue
          expect(agree(derivative, plain.first[i]!, size), `${what}: ${first} should be ${plain.first}`).toBe(
            true,
          )
        }
        const second = hessian(masked, maskedLeaves, differentiate).flat()
        const expected = plain.second.flat()
        const secondSize = sizeOf(expected) * size
        for (const [i, derivative] of second.entries()) {
          if (isStill(derivative, expected[i]!)) continue
          expect(
            agree(derivative, expected[i]!, secondSize),
            `${what}: ${second} should be ${expected}`,
          ).toBe(true)
        }
      }
      counted.compared++
      if (masked.toString() !== taken.toString()) counted.selecting++
      if (![...byReverse.first, ...byReverse.second.flat()].every(Number.isFinite)) counted.wild++
    }
    // The comparison must not be empty: many programs select, and many have infinite or undefined derivatives.
    expect(counted.compared).toBeGreaterThan(1000)
    expect(counted.selecting).toBeGreaterThan(700)
    expect(counted.wild).toBeGreaterThan(100)
  }, 30_000)

  it('evaluated again elsewhere, take the other branches', () => {
    let moved = 0
    for (let n = 0; n < 300; n++) {
      const program = makeProgram()
      const [from, to] = [0, 1].map(() => [0, 1, 2].map(() => points[below(points.length)]!))
      const leaves = makeLeaves(from!)
      const out = runBranches(program, leaves, 'masked')
      const derivatives = gradient(out, leaves)
      for (const [i, leaf] of leaves.entries()) leaf.data = to![i]!
      const freshLeaves = makeLeaves(to!)
      const fresh = runBranches(program, freshLeaves, 'masked')
      expect(out.forward()).toBe(fresh.data)
      const expected = backwardGradient(fresh, freshLeaves)
      const again = derivatives.map(derivative => derivative.forward())
      expect(
        again.every((x, i) => same(x, expected[i]!)),
        `program ${n}: ${again} should be ${expected}`,
      ).toBe(true)
      if (from!.some((x, i) => x !== to![i])) moved++
    }
    expect(moved).toBeGreaterThan(200)
  })
})

/** What hangs on an operand not taken is still, its slope 0; the plain program cannot know, and may have Infinity - Infinity. */
function isStill(derivative: number, plain: number): boolean {
  return derivative === 0 && Number.isNaN(plain)
}
