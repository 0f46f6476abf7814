/** Laws that bind forward mode and reverse mode, on random graphs with selections. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  abs,
  add,
  clamp,
  cos,
  div,
  exp,
  floor,
  gradient,
  gt,
  log,
  logsumexp,
  max,
  min,
  mul,
  neg,
  type Operand,
  pow,
  pullback,
  relu,
  sigmoid,
  sin,
  sqrt,
  sub,
  sum,
  tangent,
  tanh,
  Value,
  value,
  where,
} from '../../src/index.js'
import { same } from '../support/ulp.js'

// ── Random graphs ───────────────────────────────────────────────────────────────────────────────────────────────

type Step = readonly [arity: number, apply: (xs: readonly Operand[]) => Operand]

/** Steps that keep numbers of ordinary size, so that sums of many terms can be compared. */
const smooth: readonly Step[] = [
  [2, ([x, y]) => add(x!, y!)],
  [2, ([x, y]) => sub(x!, y!)],
  [2, ([x, y]) => mul(sin(x!), y!)],
  [2, ([x, y]) => div(x!, add(1, mul(y!, y!)))],
  [1, ([x]) => tanh(x!)],
  [1, ([x]) => sigmoid(x!)],
  [1, ([x]) => cos(x!)],
  [1, ([x]) => exp(neg(mul(x!, x!)))],
  [2, ([x, y]) => pow(x!, sin(y!))],
  [1, ([x]) => pow(sin(x!), 3)],
  [1, ([x]) => pow(x!, 1 / 3)],
  [3, xs => logsumexp(xs)],
  [3, xs => sum(xs)],
]
const selecting: readonly Step[] = [
  [3, ([c, x, y]) => where(gt(c!, 0), x!, y!)],
  [2, ([x, y]) => where(gt(x!, 0), mul(sqrt(x!), y!), 0)],
  [2, ([x, y]) => where(gt(x!, 0), log(x!), y!)],
  [2, ([x, y]) => max(x!, y!)],
  [2, ([x, y]) => min(x!, y!)],
  [1, ([x]) => relu(x!)],
  [1, ([x]) => abs(x!)],
  [1, ([x]) => clamp(x!, -1, 1)],
  [1, ([x]) => floor(x!)],
]

interface Instruction {
  readonly step: Step
  readonly operands: readonly number[]
}

const INPUTS = 3
const program = fc.array(
  fc
    .constantFrom(...smooth, ...selecting)
    .chain(step =>
      fc.array(fc.nat(), { minLength: step[0], maxLength: step[0] }).map(operands => ({ step, operands })),
    ),
  { minLength: 1, maxLength: 12 },
)
/** Few different numbers, none tiny: zeros and ties are frequent, and terms are of ordinary size. */
const entry = fc.integer({ min: -16, max: 16 }).map(n => n / 8)
const vector = fc.tuple(entry, entry, entry)
const runs = { seed: 20261122, numRuns: 2000 }

function record(instructions: readonly Instruction[], at: readonly number[]): { xs: Value[]; ys: Value[] } {
  const xs = at.map((x, i) => value(x, `x${i}`))
  const results: Operand[] = [...xs]
  for (const { step, operands } of instructions) {
    results.push(step[1](operands.map(i => results[results.length - 1 - (i % Math.min(results.length, 5))]!)))
  }
  return {
    xs,
    ys: results
      .slice(INPUTS)
      .filter(y => y instanceof Value)
      .slice(-2),
  }
}

/** Sums in another order: relative to the terms, which are those of `scale`. */
function expectClose(a: number, b: number, scale: number, out: string): void {
  const agree = same(a, b) || Math.abs(a - b) <= 1e-11 * Math.max(1, scale)
  expect(agree, `${a} and ${b} in\n${out}`).toBe(true)
}

const size = (numbers: readonly number[]): number => numbers.reduce((s, x) => s + Math.abs(x), 0)
const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((s, x, i) => s + x * b[i]!, 0)
const finite = (numbers: readonly number[]): boolean => numbers.every(Number.isFinite)

describe('on random graphs', () => {
  it('forward mode and reverse mode are transposes: yBar (J xDot) = (yBar J) xDot', () => {
    let compared = 0
    fc.assert(
      fc.property(program, vector, vector, vector, (instructions, at, xDots, bars) => {
        const { xs, ys } = record(instructions, at)
        const yBars = bars.slice(0, ys.length)
        const yDots = ys.map(y => tangent(y, xs, xDots).data)
        const xBars = pullback(ys, yBars, xs).map(bar => bar.data)
        if (!finite(yDots) || !finite(xBars)) return
        expectClose(
          product(yBars, yDots),
          product(xBars, xDots),
          size(yDots) + size(xBars),
          String(ys.at(-1)),
        )
        if (size(yDots) > 0) compared++
      }),
      runs,
    )
    expect(compared).toBeGreaterThan(runs.numRuns / 3)
  })

  it('the tangent along one input is that entry of the gradient, NaN and infinities too', () => {
    fc.assert(
      fc.property(program, vector, (instructions, at) => {
        const { xs, ys } = record(instructions, at)
        const y = ys.at(-1)!
        const slopes = gradient(y, xs).map(slope => slope.data)
        for (const [i, x] of xs.entries()) {
          const slope = tangent(y, [x], [1]).data
          if (Number.isFinite(slope) !== Number.isFinite(slopes[i]!)) {
            // Infinity - Infinity in one mode may be a sum that was infinite before in the other; never a finite one.
            expect(`${slope} and ${slopes[i]}`).toBe('both finite or neither')
          }
          if (Number.isFinite(slope)) expectClose(slope, slopes[i]!, size(slopes), String(y))
        }
      }),
      runs,
    )
  })

  it('forward over reverse, reverse over forward and reverse over reverse agree; mixed partials are symmetric', () => {
    let compared = 0
    fc.assert(
      fc.property(program, vector, (instructions, at) => {
        const { xs, ys } = record(instructions.slice(0, 8), at)
        const y = ys.at(-1)!
        const slopes = gradient(y, xs)
        const reverseOverReverse = slopes.map(slope => gradient(slope, xs).map(d => d.data))
        const forwardOverReverse = slopes.map(slope => xs.map(x => tangent(slope, [x], [1]).data))
        const reverseOverForward = xs.map(x => gradient(tangent(y, [x], [1]), xs).map(d => d.data))
        const all = [reverseOverReverse, forwardOverReverse, reverseOverForward].flat(2)
        if (!finite(all)) return
        const scale = size(all)
        for (let i = 0; i < INPUTS; i++) {
          for (let j = 0; j < INPUTS; j++) {
            const expected = reverseOverReverse[i]![j]!
            expectClose(forwardOverReverse[i]![j]!, expected, scale, String(y))
            expectClose(reverseOverForward[i]![j]!, expected, scale, String(y))
            expectClose(reverseOverReverse[j]![i]!, expected, scale, String(y))
          }
        }
        if (scale > 0) compared++
      }),
      { ...runs, numRuns: 1000 },
    )
    expect(compared).toBeGreaterThan(300)
  })
})

// ── Selections in forward mode ──────────────────────────────────────────────────────────────────────────────────

describe('forward mode', () => {
  const steps = {
    forward: (y: Value, x: Value): Value => tangent(y, [x], [1]),
    reverse: (y: Value, x: Value): Value => gradient(y, [x])[0]!,
  }
  /** f and its first three derivatives at x, each taken in its own mode. */
  function orders(f: (x: Value) => Value, x: number, modes: readonly (keyof typeof steps)[]): number[] {
    const leaf = value(x)
    const found = [f(leaf)]
    for (const mode of modes) found.push(steps[mode](found.at(-1)!, leaf))
    return found.map(({ data }) => data)
  }
  const mixtures = [
    ['forward', 'forward', 'forward'],
    ['forward', 'reverse', 'forward'],
    ['reverse', 'forward', 'reverse'],
    ['reverse', 'reverse', 'reverse'],
  ] as const

  it.each(mixtures)('takes where of the derivatives: %s, %s, %s', (...modes) => {
    const rootOrZero = (x: Value) => where(gt(x, 0), sqrt(x), 0)
    const powerOrZero = (x: Value) => where(gt(x, 0), mul(x, sqrt(x)), 0)
    const logOrSelf = (x: Value) => where(gt(x, 0), log(x), x)
    for (const x of [-1, 0]) {
      expect(orders(rootOrZero, x, modes)).toEqual([0, 0, 0, 0])
      expect(orders(powerOrZero, x, modes)).toEqual([0, 0, 0, 0])
      expect(orders(logOrSelf, x, modes)).toEqual([x, 1, 0, 0])
    }
    expect(orders(rootOrZero, 4, modes)).toEqual([2, 1 / 4, -1 / 32, 3 / 256])
    expect(orders(powerOrZero, 4, modes)).toEqual([8, 3, 3 / 8, -3 / 64])
    expect(orders(logOrSelf, 4, modes)).toEqual([Math.log(4), 1 / 4, -1 / 16, 1 / 32])
  })

  it('masks above a selection as reverse mode masks below: nothing taken moves', () => {
    // sqrt'(0) is infinite, but the operand of the root is the constant 0 here.
    for (const step of Object.values(steps)) {
      const x = value(-1)
      expect(step(sqrt(relu(x)), x).data).toBe(0)
      expect(step(sqrt(where(gt(x, 0), x, 0)), x).data).toBe(0)
      expect(step(sqrt(relu(x)).add(x), x).data).toBe(1)
      x.data = 0
      expect(step(sqrt(where(gt(x, -1), x, 0)), x).data).toBe(Infinity)
    }
  })

  it.each(mixtures)('masks nothing else: %s, %s, %s', (...modes) => {
    expect(orders(x => sub(x, 3).pow(2), 3, modes)).toEqual([0, 0, 2, 0])
    const [x, y] = [value(0), value(0)]
    const [first, second] = modes
    expect(steps[second](steps[first](x.mul(2).mul(y), x), y).data).toBe(2)
    // y sqrt(x) at the origin: 0 * Infinity stays NaN, and the mixed derivative infinite.
    const product = y.mul(x.sqrt())
    expect(steps[first](product, x).data).toBeNaN()
    expect(steps[second](steps[first](product, y), x).data).toBe(Infinity)
  })

  it('reads the condition of a selection as where does: 0 and NaN say no, any other number yes', () => {
    for (const [condition, slope] of [
      [0.3, 4],
      [-2, 4],
      [0, 5],
      [NaN, 5],
    ] as const) {
      const [c, x] = [value(condition), value(2)]
      const y = where(c, where(c, mul(x, x), sqrt(sub(x, 3))), mul(x, 5))
      y.backward()
      expect([x.grad, steps.forward(y, x).data, steps.reverse(y, x).data]).toEqual([slope, slope, slope])
      expect(steps.reverse(steps.forward(y, x), x).data).toBe(slope === 4 ? 2 : 0)
    }
  })

  it('leaves out an input that stands still, by the plain number 0', () => {
    const [x, y] = [value(0), value(3)]
    const f = x.sqrt().add(y)
    expect(tangent(f, [x, y], [0, 1]).data).toBe(1)
    expect(tangent(f, [x, y], [value(0), 1]).data).toBeNaN()
  })

  it('takes inputs inside the graph, repeated ones, the output itself, and none', () => {
    const x = value(3)
    const square = x.mul(x)
    const y = square.mul(square).add(x)
    expect(tangent(y, [square], [1]).data).toBe(18)
    expect(tangent(y, [square, x], [1, 1]).data).toBe(18 + 109)
    expect(tangent(y, [x, x], [1, 2]).data).toBe(3 * 109)
    expect(tangent(y, [y], [5]).data).toBe(5)
    expect(tangent(y, [], []).data).toBe(0)
    expect(tangent(y, [value(1)], [1]).kind).toBe('constant')
  })
})

describe('pullback', () => {
  it('of several outputs adds what each hands back', () => {
    const [a, b] = [value(2), value(3)]
    const bars = pullback([mul(a, b), add(a, b), a], [1, 10, 100], [a, b])
    expect(bars.map(bar => bar.data)).toEqual([113, 12])
  })

  it('takes outputs inside the graph of others, repeated ones, and Values as cotangents', () => {
    const x = value(3)
    const y = x.mul(x)
    const z = y.sin()
    const bar = value(2)
    expect(pullback([y, z, y], [1, 0, bar], [x])[0]!.data).toBe(18)
    const [out] = pullback([z], [bar], [x])
    expect(gradient(out!, [bar])[0]!.data).toBe(gradient(z, [x])[0]!.data)
  })

  it('and tangent refuse lists that do not fit, by name', () => {
    const x = value(1)
    expect(() => pullback([x], [1, 2], [x])).toThrow(
      'pullback: got 2 cotangents for 1 outputs; wanted one for each',
    )
    expect(() => pullback(x as never, [1], [x])).toThrow('pullback: got an object of class Value')
    expect(() => pullback([x], ['1' as never], [x])).toThrow('pullback(?): the operand is the string "1"')
    expect(() => pullback([x], [1], [2 as never])).toThrow('pullback: element 1 is the number 2')
    expect(() => tangent(x, [x], [])).toThrow('tangent: got 0 rates for 1 inputs; wanted one for each')
    expect(() => tangent(3 as never, [x], [1])).toThrow('tangent: element 1 is the number 3')
  })
})
