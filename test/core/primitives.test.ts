/**
 * Every row of the table, and what it needs is read from the row: a new row is tested before anyone writes a test.
 * The reference values come from definitions and samples (test/reference); a row without is tried in its domain.
 */
import { describe, expect, it } from 'vitest'
import { committed, generate } from '../../scripts/generate-table.js'
import { gradient } from '../../src/calculus/gradient.js'
import { type Binary, primitive, type Ternary, type Unary, type Variadic } from '../../src/core/primitive.js'
import { add, div, exp, max, mul, neg, stopGradient, where } from '../../src/core/primitives.js'
import { type Operand, type Primitive, Value, value } from '../../src/core/value.js'
import * as chainrule from '../../src/index.js'
import { definitions } from '../reference/definitions.js'
import { difference } from '../support/differences.js'
import { type ReferenceSample, reference } from '../support/reference.js'
import { apply, backwardGradient, graphGradient, hessian, rows, symmetric } from '../support/rows.js'
import { samplesOf } from '../support/samples.js'
import { same, ulps } from '../support/ulp.js'

/**
 * How far a result may lie from the reference, in units in the last place of the size of the terms added.
 *
 * - A value is one elementary function, at most 0.85 ulp off (docs/accuracy.md), so it is one of the two doubles
 *   around the true one; the reference is the nearer of them. Sums over a list round once for each element.
 * - A first partial is a product or quotient of up to three values, each rounding by a half: 2.
 * - A second partial adds two or three products of such: 4.
 */
const VALUE_ULPS = 1
const FIRST_ULPS = 2
const SECOND_ULPS = 4

type Points = readonly (readonly number[])[]

function leavesAt(sample: readonly number[]): Value[] {
  return sample.map((x, i) => value(x, `x${i}`))
}

function recordAt(row: Primitive, sample: readonly number[]): { leaves: Value[]; out: Value } {
  const leaves = leavesAt(sample)
  return { leaves, out: apply(row, leaves) as Value }
}

/** A failure that names the row, the point, the entry and both numbers. */
function expectWithin(
  bound: number,
  actual: number,
  expected: number,
  scale: number | undefined,
  what: string,
): void {
  const distance = ulps(actual, expected, scale)
  expect(distance, `${what} is ${actual}, should be ${expected}: ${distance} ulp`).toBeLessThanOrEqual(bound)
}

function expectSame(actual: readonly number[], expected: readonly number[], what: string): void {
  const equal = actual.length === expected.length && actual.every((x, i) => same(x, expected[i]!))
  expect(equal, `${what}: ${actual.join(', ')} should be ${expected.join(', ')}`).toBe(true)
}

function testRow(
  row: Primitive,
  samples: readonly ReferenceSample[] | undefined,
  at: Points = samplesOf(row),
): void {
  describe(row.name, () => {
    if (samples !== undefined) testReference(row, samples)
    // The one row whose derivative is not that of its value.
    if (row !== stopGradient) testDifferences(row, samples, at)
    if (row.textbook !== undefined) testTextbook(row, at)
    testForms(row, at)
    testEngines(row, at)
  })
}

function testReference(row: Primitive, samples: readonly ReferenceSample[]): void {
  it.each(samples)('has the value and the derivatives of its definition at $at', sample => {
    const n = sample.at.length
    const { leaves, out } = recordAt(row, sample.at)
    const scale = (...key: number[]) => sample.scales?.[key.sort().join('')]
    const at = `${row.name}(${sample.at.join(', ')})`

    expectWithin(VALUE_ULPS, out.data, sample.value, scale(), at)
    const first = backwardGradient(out, leaves)
    for (const [i, expected] of sample.first.entries()) {
      // At a jump there is no derivative to compare with; the library's is 0, for these rows are step functions.
      if (expected === null) expect(first[i]).toBe(0)
      else expectWithin(FIRST_ULPS, first[i]!, expected, scale(i), `partial ${i} of ${at}`)
    }
    const second = hessian(out, leaves, backwardGradient)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const expected = symmetric(sample.second, i, j, n)
        if (expected === null) expect(second[i]![j]).toBe(0)
        else expectWithin(SECOND_ULPS, second[i]![j]!, expected, scale(i, j), `partial ${i}, ${j} of ${at}`)
      }
    }
  })
}

function testDifferences(row: Primitive, samples: readonly ReferenceSample[] | undefined, at: Points): void {
  // Where the value overflows there is nothing to take differences of; the reference covers it, and where it has no slope
  // there is none.
  const points = at
    .map((sample, k) => ({ sample, k }))
    .filter(({ sample }) => Number.isFinite(recordAt(row, sample).out.data))
    .filter(({ k }) => samples?.[k]?.first.some(slope => slope !== null) ?? true)
  it.each(points)('has the slopes of differences at $sample', ({ sample, k }) => {
    const known = samples?.[k]
    const n = sample.length
    const { leaves, out } = recordAt(row, sample)
    const first = backwardGradient(out, leaves)
    const second = hessian(out, leaves, backwardGradient)
    const nearest = Math.min(...sample.filter(x => x !== 0).map(Math.abs))
    const moved = (i: number, x: number) => sample.map((unmoved, k) => (k === i ? x : unmoved))

    for (let i = 0; i < n; i++) {
      if (known?.first[i] === null) continue
      const slope = difference(
        x => apply(row, moved(i, x)) as number,
        sample[i]!,
        nearest,
        known?.scales?.[''],
      )
      expectSlope(first[i]!, slope, `partial ${i} of ${row.name}(${sample.join(', ')})`)
      for (let j = 0; j < n; j++) {
        if (known !== undefined && symmetric(known.second, i, j, n) === null) continue
        const slopeOfPartial = difference(
          x => {
            const there = recordAt(row, moved(j, x))
            return backwardGradient(there.out, there.leaves)[i]!
          },
          sample[j]!,
          nearest,
          known?.scales?.[i],
        )
        expectSlope(second[i]![j]!, slopeOfPartial, `partial ${i}, ${j} of ${row.name}(${sample.join(', ')})`)
      }
    }
  })
}

function expectSlope(actual: number, { slope, error }: { slope: number; error: number }, what: string): void {
  // No difference can say that a derivative overflows, nor be taken among the subnormals.
  if (Math.abs(actual) === Infinity || error === Number.POSITIVE_INFINITY) return
  const off = Math.abs(actual - slope)
  expect(off, `${what} is ${actual}, differences say ${slope} +- ${error}`).toBeLessThanOrEqual(
    4 * error + 1e-9 * Math.abs(actual),
  )
}

/** What textbooks write differs by rounding alone, which in a tail is all there is: hence the 1 in the scale. */
function testTextbook(row: Primitive, at: Points): void {
  it('has textbook partials that agree with those it runs', () => {
    for (const sample of at) {
      const out = apply(row, sample) as number
      row.textbook!.forEach((rule, i) => {
        const shown = typeof rule === 'number' ? rule : (rule(out, ...sample) as number)
        const run = row.partial(i, out, sample) as number
        expectWithin(4, shown, run, Math.max(1, Math.abs(run)), `the textbook partial at ${sample}`)
      })
    }
  })
}

function testForms(row: Primitive, at: Points): void {
  it('takes numbers, Values and every mixture of them, as a function and as a method', () => {
    for (const sample of at) {
      const number = apply(row, sample)
      expect(typeof number).toBe('number')
      const whole = recordAt(row, sample)
      const wholeGradient = backwardGradient(whole.out, whole.leaves)
      // Bit i of the pattern says whether operand i is a Value.
      for (let pattern = 1; pattern < 1 << sample.length; pattern++) {
        const isValue = (i: number) => ((pattern >> i) & 1) === 1
        const operands = sample.map((x, i): Operand => (isValue(i) ? value(x) : x))
        const out = apply(row, operands)
        expect(out).toBeInstanceOf(Value)
        const node = out as Value
        expect(node.data).toBe(number)
        expect(node.primitive).toBe(row)
        expect(node.inputs).toEqual(operands)

        const leaves = operands.filter(operand => operand instanceof Value)
        const expected = wholeGradient.filter((_, i) => isValue(i))
        expectSame(
          backwardGradient(node, leaves),
          expected,
          `${row.name}(${sample.join(', ')}) pattern ${pattern}`,
        )

        const [first, ...rest] = operands
        if (row.arity !== undefined && first instanceof Value && row.name in first) {
          const byMethod = (first as unknown as Record<string, (...rest: Operand[]) => Value>)[row.name]!(
            ...rest,
          )
          expect(byMethod.data).toBe(number)
          expect(byMethod.primitive).toBe(row)
          expect(byMethod.inputs).toEqual(operands)
        }
      }
    }
  })

  it('takes no further arguments but those that map and reduce hand over', () => {
    const call = row as unknown as (...given: unknown[]) => Operand
    for (const sample of at) {
      const expected = apply(row, sample) as number
      if (row.arity === undefined) {
        const half = sample.length / 2
        const lists = row.length === 1 ? [sample] : [sample.slice(0, half), sample.slice(half)]
        expect(call(...lists, 5, [6])).toBe(expected)
        expect((call(...lists.map(leavesAt), 5, [value(6)]) as Value).data).toBe(expected)
        expect(() => call(...lists, value(5))).toThrow(`${row.name}(`)
        continue
      }
      expect(call(...sample, 5, [6, 7])).toBe(expected)
      const leaves = leavesAt(sample)
      const node = call(...leaves, 5, [6, 7]) as Value
      expect(() => call(...leaves, value(5))).toThrow(`${row.name}(`)
      expect(node.data).toBe(expected)
      expect(node.inputs).toEqual(leaves)
    }
  })
}

function testEngines(row: Primitive, at: Points): void {
  it.each(at.map(sample => ({ sample })))(
    'gives the same bits by backward() and gradient(), twice, at $sample',
    ({ sample }) => {
      const { leaves, out } = recordAt(row, sample)
      expectSame(graphGradient(out, leaves), backwardGradient(out, leaves), 'first order')
      const byGraph = hessian(out, leaves, graphGradient)
      const bySweep = hessian(out, leaves, backwardGradient)
      for (const [i, entries] of byGraph.entries()) expectSame(entries, bySweep[i]!, `second order, row ${i}`)
    },
  )

  it('gives the bits of a fresh recording by forward()', () => {
    for (const from of at) {
      const { leaves, out } = recordAt(row, from)
      const derivatives = gradient(out, leaves)
      const seconds = derivatives.map(derivative => gradient(derivative, leaves))
      for (const to of at) {
        if (to.length !== from.length) continue
        const fresh = recordAt(row, to)
        for (const [i, leaf] of leaves.entries()) leaf.data = to[i]!
        expect(out.forward()).toBe(fresh.out.data)
        const way = `${row.name}: ${from.join(', ')} -> ${to.join(', ')}`
        expectSame(backwardGradient(out, leaves), backwardGradient(fresh.out, fresh.leaves), way)
        const again = derivatives.map(derivative => derivative.forward())
        expectSame(again, graphGradient(fresh.out, fresh.leaves), way)
        const hessianAgain = seconds.map(entries => entries.map(entry => entry.forward()))
        const hessianFresh = hessian(fresh.out, fresh.leaves, graphGradient)
        for (const [i, entries] of hessianAgain.entries()) expectSame(entries, hessianFresh[i]!, way)
      }
    }
  })
}

describe('the reference', () => {
  it('covers exactly the definitions and the samples of the table', () => {
    const inTable = rows
      .filter(row => definitions[row.name]?.definition !== undefined)
      .map(row => [row.name, definitions[row.name]])
    const inFile = Object.entries(reference).map(([name, { definition, samples }]) => [
      name,
      { definition, samples: samples.map(sample => sample.at) },
    ])
    expect(
      Object.fromEntries(inFile),
      'test/reference/primitives.json is out of date: npm run generate:reference',
    ).toEqual(Object.fromEntries(inTable))
  })

  it('leaves out only the row that is no function of its operand', () => {
    // The derivative of what stopGradient computes is 1; its own is 0, and special-values.test.ts says so.
    expect(Object.keys(definitions).filter(name => definitions[name]!.definition === undefined)).toEqual([
      'stopGradient',
    ])
  })

  it('lacks derivatives only at jumps, where the policy sets them to 0', () => {
    const jumps = Object.entries(reference).flatMap(([name, { samples }]) =>
      samples
        .filter(sample => sample.first.includes(null) || sample.second.includes(null))
        .map(sample => `${name}(${sample.at.join(', ')})`),
    )
    expect(jumps).toEqual(['ceil(1e+300)', 'floor(1e+300)', 'productWhere(0, 2, 3)', 'where(0, 2, 3)'])
  })
})

describe('the table', () => {
  it('exports every row by its name, those of fixed arity as methods too, and keeps its helpers to itself', () => {
    const exported = chainrule as unknown as Record<string, unknown>
    const helpers = rows.filter(row => exported[row.name] === undefined)
    expect(helpers.map(({ name }) => name).sort()).toEqual([
      'directionCosine',
      'fraction',
      'oneMinusSquare',
      'powOfDifference',
      'productWhere',
      'sech2',
      'shiftedExp',
      'sigmoidSlope',
    ])
    for (const row of rows) {
      expect(row).toBeTypeOf('function')
      const isPublic = !helpers.includes(row)
      expect(exported[row.name]).toBe(isPublic ? row : undefined)
      expect(typeof (Value.prototype as unknown as Record<string, unknown>)[row.name]).toBe(
        isPublic && row.arity !== undefined ? 'function' : 'undefined',
      )
    }
  })

  it('has written down what follows from it', () => {
    for (const [name, text] of Object.entries(generate()))
      expect(committed(name), `src/${name} is out of date: npm run generate:table`).toBe(text)
  })

  it('has samples in every row, of its arity', () => {
    for (const row of rows) {
      const samples = samplesOf(row)
      expect(samples.length, row.name).toBeGreaterThan(0)
      for (const sample of samples) {
        if (row.arity !== undefined) expect(sample, row.name).toHaveLength(row.arity)
      }
    }
  })

  it('can be handed to map and reduce', () => {
    expect([0, 1].map(exp as (x: number) => number)).toEqual([1, Math.E])
    expect([3, 9, 4].reduce(max as (x: number, y: number) => number)).toBe(9)
    const xs = [value(3), value(9), value(4)]
    const largest = xs.reduce(max as (x: Value, y: Value) => Value)
    largest.backward()
    expect(xs.map(x => x.grad)).toEqual([0, 1, 0])
  })
})

for (const row of rows) testRow(row, reference[row.name]?.samples)

/** Tests a primitive where its reference values are. */
function testAt(row: Primitive, samples: readonly ReferenceSample[]): void {
  testRow(
    row,
    samples,
    samples.map(sample => sample.at),
  )
}

describe('a primitive made by a user', () => {
  const cube: Unary = primitive('cube', {
    evaluate: x => x * x * x,
    partials: [(_out, x) => mul(3, mul(x, x))],
  })
  /** x / y where that is positive, else 0: partials that are functions, and a selection. */
  const ratio: Binary = primitive('ratio', {
    evaluate: (x, y) => Math.max(x / y, 0),
    partials: [(_out, _x, y) => div(1, y), (out, _x, y) => neg(div(out, y))],
    taken: [(out: Operand) => where(out, 1, 0), (out: Operand) => where(out, 1, 0)],
  })
  const blend: Ternary = primitive('blend', {
    evaluate: (x, y, z) => x * z + y,
    partials: [(_out, _x, _y, z) => z, 1, 'x'],
  })
  const squares: Variadic = primitive('squares', {
    evaluate: xs => xs.reduce((total, x) => total + x * x, 0),
    partial: (i, _out, xs) => add(xs[i]!, xs[i]!),
  })

  testAt(cube, [
    { at: [2], value: 8, first: [12], second: [12] },
    { at: [-0.5], value: -0.125, first: [0.75], second: [-3] },
    { at: [0], value: 0, first: [0], second: [0] },
  ])
  testAt(ratio, [
    { at: [3, 4], value: 0.75, first: [0.25, -0.1875], second: [0, -0.0625, 0.09375] },
    { at: [-3, 4], value: 0, first: [0, 0], second: [0, 0, 0] },
  ])
  testAt(blend, [{ at: [2, 3, 5], value: 13, first: [5, 1, 2], second: [0, 0, 1, 0, 0, 0] }])
  testAt(squares, [
    { at: [1, 2, 3], value: 14, first: [2, 4, 6], second: [2, 0, 0, 2, 0, 2] },
    { at: [4], value: 16, first: [8], second: [2] },
  ])

  it('prints by its name and is called by it', () => {
    const x = value(2, 'x')
    expect(blend(cube(x), 1, squares([x, 3])).toString()).toBe('blend(cube(x), 1, squares(x, 3))')
    expect((cube as unknown as { name: string }).name).toBe('cube')
  })
})
