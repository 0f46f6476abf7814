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
  exp,
  gt,
  le,
  log,
  lt,
  max,
  min,
  mul,
  neg,
  relu,
  sin,
  sqrt,
  sub,
  where,
} from '../../src/core/primitives.js'
import { type Operand, Value, value } from '../../src/core/value.js'
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

type Step = (operands: readonly Operand[]) => Operand
interface Instruction {
  readonly inputs: readonly number[]
  readonly masked: Step
  /** The same with every selection replaced by what it takes at these operands. */
  readonly taken: Step
}

const numberOf = (operand: Operand) => (operand instanceof Value ? operand.data : operand)

const smooth: readonly (readonly [arity: number, step: Step])[] = [
  [2, ([x, y]) => add(x!, y!)],
  [2, ([x, y]) => sub(x!, y!)],
  [2, ([x, y]) => mul(x!, y!)],
  [2, ([x, y]) => div(x!, y!)],
  [1, ([x]) => sqrt(x!)],
  [1, ([x]) => log(x!)],
  [1, ([x]) => sin(x!)],
  [1, ([x]) => exp(x!)],
  [1, ([x]) => neg(x!)],
]

/** The mean of two operands: what a tie of max and min takes. Twice the half of the same number is exact. */
const halves = (x: Operand, y: Operand) => add(mul(0.5, x), mul(0.5, y))

const selecting: readonly (readonly [arity: number, masked: Step, taken: Step])[] = [
  [4, ([a, b, x, y]) => where(gt(a!, b!), x!, y!), ([a, b, x, y]) => (numberOf(a!) > numberOf(b!) ? x! : y!)],
  [4, ([a, b, x, y]) => where(lt(a!, b!), x!, y!), ([a, b, x, y]) => (numberOf(a!) < numberOf(b!) ? x! : y!)],
  [2, ([x, y]) => max(x!, y!), ([x, y]) => larger(x!, y!)],
  [2, ([x, y]) => min(x!, y!), ([x, y]) => neg(larger(neg(x!), neg(y!)))],
  [1, ([x]) => relu(x!), ([x]) => (numberOf(x!) <= 0 ? 0 : x!)],
  [
    1,
    ([x]) => abs(x!),
    ([x]) =>
      numberOf(x!) > 0 ? x! : numberOf(x!) < 0 ? neg(x!) : numberOf(x!) === 0 ? 0 : mul(x!, Number.NaN),
  ],
  [1, ([x]) => clamp(x!, -1, 2), ([x]) => (numberOf(x!) < -1 ? -1 : numberOf(x!) > 2 ? 2 : x!)],
]

function larger(x: Operand, y: Operand): Operand {
  // Both operands of max are taken where they cannot be compared.
  if (Number.isNaN(numberOf(x)) || Number.isNaN(numberOf(y))) return add(x, y)
  if (numberOf(x) === numberOf(y)) return halves(x, y)
  return numberOf(x) > numberOf(y) ? x : y
}

function run(program: readonly Instruction[], leaves: readonly Value[], form: 'masked' | 'taken'): Value {
  const results: Operand[] = [...leaves]
  for (const instruction of program) {
    results.push(instruction[form](instruction.inputs.map(i => results[i]!)))
  }
  const last = results.at(-1)!
  return last instanceof Value ? last : (where(1, last, leaves[0]!) as Value)
}

describe('2,000 random programs', () => {
  const draw = random(20_261_122)
  const below = (n: number) => Math.floor(n * draw.unit())
  // Few different numbers, so that ties, zeros, poles and edges of domains are frequent.
  const points = [-2, -1, 0, 0, 0.5, 1, 4]

  function makeProgram(): Instruction[] {
    const program: Instruction[] = []
    const length = 3 + below(9)
    for (let n = 0; n < length; n++) {
      const selects = draw.unit() < 0.4
      const [arity, masked, taken] = selects
        ? selecting[below(selecting.length)]!
        : [...smooth[below(smooth.length)]!, undefined]
      // Mostly recent results, so that little of the program is dead.
      const available = 3 + n
      const inputs = Array.from({ length: arity }, () =>
        draw.unit() < 0.6 ? Math.max(0, available - 1 - below(3)) : below(available),
      )
      program.push({ inputs, masked, taken: taken ?? masked })
    }
    return program
  }

  /** Two sums of the same terms in another order: equal up to rounding, and NaN or infinite together. */
  const agree = (a: number, b: number, size: number) =>
    same(a, b) || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-12 * size)

  const makeLeaves = (at: readonly number[]) => at.map(x => value(x))
  const sizeOf = (numbers: readonly number[]) => numbers.reduce((size, x) => Math.max(size, Math.abs(x)), 1)

  it('have the derivatives of the branches taken, by both engines, at both orders', () => {
    const counted = { compared: 0, wild: 0, selecting: 0 }
    for (let n = 0; n < 2000; n++) {
      const program = makeProgram()
      const at = [0, 1, 2].map(() => points[below(points.length)]!)
      const maskedLeaves = makeLeaves(at)
      const takenLeaves = makeLeaves(at)
      const masked = run(program, maskedLeaves, 'masked')
      const taken = run(program, takenLeaves, 'taken')
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
        const size = sizeOf(plain.first.filter(Number.isFinite))
        for (const [i, derivative] of first.entries()) {
          expect(agree(derivative, plain.first[i]!, size), `${what}: ${first} should be ${plain.first}`).toBe(
            true,
          )
        }
        const second = hessian(masked, maskedLeaves, differentiate).flat()
        const expected = plain.second.flat()
        const secondSize = sizeOf(expected.filter(Number.isFinite)) * size
        for (const [i, derivative] of second.entries()) {
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
      const out = run(program, leaves, 'masked')
      const derivatives = gradient(out, leaves)
      for (const [i, leaf] of leaves.entries()) leaf.data = to![i]!
      const freshLeaves = makeLeaves(to!)
      const fresh = run(program, freshLeaves, 'masked')
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
