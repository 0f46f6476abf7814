/** What the playground computes, without a page. */

import { parseFormula, topologicalOrder, zeroGrad } from 'chainrule'
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
import { inPageWords, namesSaid, rewritten } from '../../examples/playground/typed.js'
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

describe('your own formula', () => {
  const line = { ...lessons.formula, start: {}, formula: 'weight ~ m * height + c' }
  const data = 'height, weight\n150, 52\n160, 58\n165, 63\n170, 66\n180, 75\n190, 82'

  it('is fitted in a few steps, where descent diverges', () => {
    const problem = createProblem(line.formula, parseTable(data))
    const start = startOf(problem, line, '')
    const training = createTraining(problem, 'all rows', start, 0)
    const said = Array.from({ length: 20 }, () => training.step(0.01, [true, true], 'fit')).find(Boolean)
    training.refresh()
    expect(said).toMatch(/^Converged after \d iterations?\./)
    // The straight line through these points, from its normal equations in exact arithmetic, to the digits of a fit.
    expect(training.values[0]).toBeCloseTo(0.7689795918367347, 9)
    expect(training.values[1]).toBeCloseTo(-64.08571428571429, 7)

    const descent = createTraining(problem, 'all rows', start, 0)
    while (Number.isFinite(descent.loss)) {
      descent.step(0.01, [true, true])
      descent.refresh()
    }
    descent.recover()
    expect(Number.isFinite(descent.loss)).toBe(true)
    expect(descent.values.every(Number.isFinite)).toBe(true)
  })

  it('keeps what is not learnt, and goes on from where a person has put it', () => {
    const problem = createProblem(line.formula, parseTable(data))
    const training = createTraining(problem, 'all rows', [1, -60], 0)
    while (training.step(0.01, [true, false], 'fit') === undefined);
    expect(training.values[1]).toBe(-60)
    training.values[1] = -50
    expect(training.step(0.01, [true, false], 'fit')).toBeUndefined()
    expect(training.values[1]).toBe(-50)
    expect(training.step(0.01, [false, false], 'fit')).toBe('No parameter is ticked to be learnt.')
  })
})

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
  it('may have text, other columns and rows with a gap, where the formula does not want them', () => {
    const pasted = parseTable('time (s);signal;who\n0;5,02;A\n1;;B\n2;1,77;C\n3;NA;D\n5;0,77;E')
    const problem = createProblem('signal ~ a * exp(-k * time)', pasted)
    expect(problem.table).toEqual({
      columns: { time: [0, 2, 5], signal: [5.02, 1.77, 0.77] },
      rows: 3,
      leftOut: [3, 5],
    })
    expect(pasted.others(problem.columns)).toEqual(['who'])
    expect(pasted.notes).toEqual(['decimals are read with commas'])
    expect(() => createProblem('signal ~ a * who', pasted)).toThrow("line 2: column 'who' holds “A”")
  })

  it.each([
    ['1,2\n3,4', 'numbers where the names of the columns are wanted'],
    ['a,a\n1,2', "columns 1 and 2 are both called 'a'"],
    ['a,b', 'below the names there is no row'],
    [`a\n${'1\n'.repeat(2001)}`, 'this page takes up to 2000'],
  ])('%#: says what is wrong', (text, message) => {
    expect(() => parseTable(text)).toThrow(message)
  })

  it('says where a value is missing in every row', () => {
    expect(() => createProblem('y ~ a * x', parseTable('x,y\n1,\n2,NA'))).toThrow(
      'line 2: in every row a value is missing that the formula uses',
    )
  })

  it('may be none', () => {
    expect(parseTable(' \n').take([])).toEqual({ columns: {}, rows: 0, leftOut: [] })
  })
})

describe('formulas as people type them', () => {
  it.each([
    ['y ~ a*x^2', 'y ~ a*x**2'],
    ['y ~ 2x + 3(x + 1)', 'y ~ 2 * x + 3 * (x + 1)'],
    ['y ~ (a + 1)(x − b)', 'y ~ (a + 1) * (x - b)'],
    ['y ~ a·x² ÷ 2', 'y ~ a*x ** 2 / 2'],
    ['y ~ a × 1.5e3x', 'y ~ a * 1.5e3 * x'],
    ['y ~ a·x⁻¹²', 'y ~ a*x ** -12'],
    ['y ~ `2x^` · a', 'y ~ `2x^` * a'],
  ])('%s', (typed, wanted) => {
    expect(() => parseFormula(typed)).toThrow()
    expect(rewritten(typed, ['x', 'y'])).toBe(wanted)
  })

  it('are left alone where there is nothing to mend, or it would not help', () => {
    for (const typed of ['y ~ x2 * log10(x) + 1e5', 'y ~ a ^', 'y ~ sofplus(x)']) {
      expect(rewritten(typed, ['x', 'y'])).toBeUndefined()
    }
  })

  it('get no advice for programmers', () => {
    for (const text of [`${'('.repeat(2000)}`, 'no_such(x)']) {
      let message = ''
      try {
        parseFormula(text)
      } catch (error) {
        message = inPageWords((error as Error).message)
      }
      expect(message).not.toBe('')
      expect(message).not.toContain('{')
    }
  })

  it('have their names said, so that one that is mistyped is seen', () => {
    expect(
      namesSaid('y ~ a * exp(-e * tme) + 1e5', {
        parameters: ['a', 'tme'],
        columns: ['y'],
        unused: ['time'],
      }),
    ).toEqual(['Data: y', 'Parameters: a, tme', 'Constants: e = 2.718…', 'Columns not used: time'])
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
      method: fc.constantFrom('descent' as const, 'fit' as const),
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
