/** What the playground computes, without a page. */

import { topologicalOrder, zeroGrad } from 'chainrule'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTable } from '../../examples/playground/csv.js'
import { layoutOf } from '../../examples/playground/graph/layout.js'
import { type Lesson, lessons, type ModelId } from '../../examples/playground/lessons.js'
import { forwardLines, sheetOf } from '../../examples/playground/lines.js'
import { createProblem, type Problem, showRow } from '../../examples/playground/problem.js'
import { startOf } from '../../examples/playground/start.js'
import { SPEEDS } from '../../examples/playground/state.js'
import { createTraining, type Training } from '../../examples/playground/training.js'
import { fromHash, toHash } from '../../examples/playground/url.js'
import { isComplete, receivedAfter, walkBack } from '../../examples/playground/walk.js'

const models = Object.keys(lessons) as ModelId[]

function begin(lesson: Lesson, seed = ''): { problem: Problem; training: Training; learned: boolean[] } {
  const problem = createProblem(lesson.formula, parseTable(lesson.data))
  const training = createTraining(problem, lesson.update, startOf(problem, lesson, seed), 0)
  return { problem, training, learned: problem.parameters.map(({ label }) => !lesson.fixed.includes(label!)) }
}

function parameterOf({ problem, training }: { problem: Problem; training: Training }, name: string): number {
  return training.values[problem.parameters.findIndex(({ label }) => label === name)]!
}

describe('the lessons', () => {
  // The figures that the examples check, which were computed outside chainrule.
  it('2-2-2 network: one update', () => {
    const begun = begin(lessons.network)
    expect(begun.training.loss).toBeCloseTo(0.2983711087600027, 14)
    begun.training.step(0.5, begun.learned)
    begun.training.refresh()
    expect(begun.training.loss).toBeCloseTo(0.29102777369359933, 14)
    expect(parameterOf(begun, 'w1')).toBeCloseTo(0.1497807161327628, 14)
    expect(parameterOf(begun, 'w8')).toBeCloseTo(0.5613701211079891, 14)
    expect(parameterOf(begun, 'b1')).toBe(0.35)
  })

  it('classifier: twenty passes, row by row', () => {
    const begun = begin(lessons.classifier)
    for (let i = 0; i < 200; i++) begun.training.step(0.5, begun.learned)
    expect(parameterOf(begun, 'w1')).toBeCloseTo(-1.4688375095432327, 12)
    expect(parameterOf(begun, 'b2')).toBeCloseTo(0.2765123702642716, 12)
    expect(parameterOf(begun, 'w7')).toBeCloseTo(-2.5584149848484263, 12)
  })

  it('dosage: down to a perfect fit', () => {
    const begun = begin(lessons.dosage)
    for (let i = 0; i < 10_000; i++) begun.training.step(0.03, begun.learned)
    begun.training.refresh()
    expect(begun.training.loss).toBeLessThan(1e-6)
  })

  it.each(models)('%s: a seed says where it starts', model => {
    const { problem } = begin(lessons[model])
    const start = (seed: string) => [...startOf(problem, lessons[model], seed)]
    expect(start('7')).toEqual(start('7'))
    expect(start('7')).not.toEqual(start('8'))
    expect(start('')).toEqual(problem.parameters.map(({ label }) => lessons[model].start[label!]))
  })
})

describe('training', () => {
  it('keeps a history of bounded length that ends with now', () => {
    const { training, learned } = begin(lessons.network)
    for (let i = 0; i < 5000; i++) training.step(0.5, learned)
    training.refresh()
    const { history } = training
    expect(history.length).toBeLessThanOrEqual(601)
    expect(history[0]![0]).toBe(0)
    expect(history.at(-1)).toEqual([5000, training.loss])
    const gaps = new Set(history.slice(1, -1).map(([update], i) => update - history[i]![0]))
    expect(gaps.size).toBe(1)
  })
})

describe('the backward walk', () => {
  // The walk multiplies and adds the same factors as backward() in another order.
  const RELATIVE = 1e-12

  for (const detailed of [false, true]) {
    it.each(models)(`%s: ends with the gradient${detailed ? ', every operation' : ''}`, model => {
      const { problem, training } = begin(lessons[model], '3')
      const row = problem.rows - 1
      showRow(problem, training.values, row)
      const leaves = topologicalOrder(problem.loss).filter(node => node.primitive === null)
      zeroGrad(leaves)
      problem.loss.backward()

      const sheet = sheetOf(problem, detailed)
      const values = forwardLines(sheet, new Map(leaves.map(({ label, data }) => [label!, data])))
      expect(values.get(problem.loss.label!)).toBe(problem.loss.data)
      const steps = walkBack(sheet)
      const adjoints = receivedAfter(steps, steps.length)
      for (const { label, grad } of leaves.filter(({ kind }) => kind === 'value')) {
        expect(Math.abs(adjoints.get(label!)!.sum - grad)).toBeLessThanOrEqual(RELATIVE * Math.abs(grad))
      }
      if (detailed) for (const { output } of sheet.lines) expect(output.inputs.every(isLeaf)).toBe(true)
    })
  }
})

function isLeaf(input: unknown): boolean {
  return typeof input === 'number' || (input as { primitive: unknown }).primitive === null
}

it('a sum so far is not taken for the derivative it will be', () => {
  const { problem, training } = begin(lessons.network)
  showRow(problem, training.values, 0)
  const leaves = topologicalOrder(problem.loss).filter(node => node.primitive === null)
  const sheet = sheetOf(problem, false)
  forwardLines(sheet, new Map(leaves.map(({ label, data }) => [label!, data])))
  const steps = walkBack(sheet)
  const whole = receivedAfter(steps, steps.length)
  expect([...whole.values()].every(isComplete)).toBe(true)
  for (let taken = 0; taken < steps.length; taken++) {
    for (const [name, received] of receivedAfter(steps, taken)) {
      if (isComplete(received)) expect(received.sum).toBe(whole.get(name)!.sum)
      // A line is visited only once all has come that it hands on.
    }
    const { line } = steps[taken]!
    expect(isComplete(receivedAfter(steps, taken).get(line.name)!)).toBe(true)
  }
  // Of h1, the one part is negative and the whole positive.
  const h1 = steps
    .map((_, taken) => receivedAfter(steps, taken).get('h1'))
    .find(received => received !== undefined)!
  expect([h1.parts, h1.of, h1.sum < 0, whole.get('h1')!.sum > 0]).toEqual([1, 2, true, true])
})

describe('formulas', () => {
  const table = parseTable('x, y\n1, 2\n2, 4')

  it.each([
    ['y ~ x', 'there is no parameter to learn'],
    ['a', 'this is a single name'],
    ['z ~ a * x', "'z' is no column of the data (the columns are x, y)"],
    ['y ~ a * x ~ b', "'~' stands once"],
    ['', 'there is no formula'],
  ])('%s', (formula, message) => {
    expect(() => createProblem(formula, table)).toThrow(message)
  })

  it('lets parameters be called what the page calls its own lines', () => {
    const { problem, training } = begin({
      ...lessons.formula,
      formula: 'y ~ loss * x + residual + predicted',
      data: 'x, y\n1, 2\n2, 4',
    })
    expect(problem.parameters.map(({ label }) => label)).toEqual(['loss', 'residual', 'predicted'])
    expect(sheetOf(problem, false).lines.map(({ name }) => name)).toEqual([
      'predicted_',
      'residual_',
      'loss_',
    ])
    expect(training.loss).toBeGreaterThan(0)
  })
})

describe('data', () => {
  it.each([
    ['a,b\n1,2\n3,4', 'commas'],
    ['a;b\r\n1;2\r\n\r\n3;4\r\n', 'semicolons, blank lines, Windows'],
    ['a\tb\n1\t2\n3\t4', 'tabs'],
    ['  a   b\n  1   2\n  3   4', 'blanks'],
    ['"a","b"\n1,2\n3,4', 'quotation marks'],
  ])('%j: %s', text => {
    expect(parseTable(text)).toEqual({ columns: { a: [1, 3], b: [2, 4] }, rows: 2 })
  })

  it('takes a comma for that of a decimal where semicolons or tabs separate', () => {
    const wanted = { columns: { a: [0, -1.5], b: [2.5, 0.25] }, rows: 2 }
    expect(parseTable('a;b\n0;2,5\n-1,5;,25')).toEqual(wanted)
    expect(parseTable('a\tb\n0\t2,5\n-1,5\t,25')).toEqual(wanted)
    expect(() => parseTable('a,b\n0,2,5')).toThrow('Line 2 has 3 numbers')
  })

  it.each([
    ['1,2\n3,4', 'The first line holds a number'],
    ['a,a\n1,2', 'Two columns are called “a”'],
    ['a,,b\n1,2,3', 'A column has no name'],
    ['a,b', 'no row of numbers'],
    ['a,b\n1', 'Line 2 has 1 number'],
    ['a,b\n1,2\n1,', 'Line 3: the column “b” is empty'],
    ['a,b\n1,NaN', 'which is not a number'],
  ])('complains about %j', (text, message) => {
    expect(() => parseTable(text)).toThrow(message)
  })

  it('has an end', () => {
    expect(() => parseTable(`a\n${'1\n'.repeat(2001)}`)).toThrow('this page takes up to 2000')
  })

  it('may be none', () => {
    expect(parseTable(' \n')).toEqual({ columns: {}, rows: 0 })
  })
})

describe('addresses', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  const name = fc.oneof(
    fc.stringMatching(/^[a-zA-Z_]\w{0,5}$/),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'a,b', 'a:1', '50%', '%2C', '`'),
  )
  const state = fc.constantFrom(...models).chain(model =>
    fc.record({
      model: fc.constant(model),
      formula: model === 'formula' ? fc.string({ unit: 'grapheme' }) : fc.constant(lessons[model].formula),
      data: model === 'formula' ? fc.string({ unit: 'grapheme' }) : fc.constant(lessons[model].data),
      seed: fc.string(),
      rate: fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      speed: fc.constantFrom(...SPEEDS),
      updates: fc.nat(999_999_999),
      values: fc.option(
        fc
          .uniqueArray(fc.tuple(name, number), { minLength: 1, selector: ([name]) => name })
          .map(entries => new Map(entries)),
        { nil: undefined },
      ),
      fixed: fc.uniqueArray(name),
      row: fc.nat(20_000),
      selected: name,
      walk: fc.option(fc.nat(100), { nil: undefined }),
      detailed: fc.boolean(),
    }),
  )

  it('say the whole state', () => {
    fc.assert(
      fc.property(state, state => {
        expect(fromHash(toHash(state))).toEqual(state)
      }),
    )
  })

  it('with names that every object inherits give a page that works', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']
    const formula = [
      '__proto__ = toString * hasOwnProperty + valueOf',
      'constructor = tanh(__proto__)',
      '__defineGetter__ ~ constructor * isPrototypeOf',
    ].join('\n')
    const data = 'hasOwnProperty, __defineGetter__\n1, 2\n2, 3'
    const opened = fromHash(
      toHash({ ...fromHash('#model=formula'), formula, data, values: new Map([['toString', 3]]) }),
    )
    expect(opened.values?.get('toString')).toBe(3)
    const problem = createProblem(opened.formula, parseTable(opened.data))
    expect(startOf(problem, lessons.formula, '').every(Number.isFinite)).toBe(true)
    const training = createTraining(problem, 'all rows', startOf(problem, lessons.formula, ''), 0)
    training.step(0.01, [true, true, true])
    expect(training.values.every(Number.isFinite)).toBe(true)
    const sheet = sheetOf(problem, false)
    for (const direction of ['right', 'down'] as const) {
      const { boxes } = layoutOf(sheet, direction)
      expect(boxes.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
      expect(boxes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
    }
    const keys = []
    for (const key in {}) keys.push(key)
    expect(keys).toEqual([])
  })

  it('may hold anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const { model, rate } = fromHash(`#${text}`)
        expect(models).toContain(model)
        expect(rate).toBeGreaterThan(0)
      }),
    )
  }, 60_000)
})
