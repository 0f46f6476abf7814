import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objective } from '../../src/compile/index.js'
import {
  adam,
  type FitOptions,
  fit,
  gradientDescent,
  type LeastSquaresOptions,
  type LossOptions,
  lbfgs,
  leastSquares,
  type MinimizeOptions,
  minimize,
  minimizeAsync,
  momentum,
  type Optimizer,
} from '../../src/fit/index.js'
import { type LinePoint, lineSearch } from '../../src/fit/methods/lineSearch.js'
import {
  column,
  constant,
  log,
  mul,
  softplus,
  sqrt,
  square,
  sub,
  type Value,
  value,
} from '../../src/index.js'

/** Hours of study, and whether the examination was passed: a data set of textbooks on logistic regression. */
const hours = [
  0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
]
const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]

function logistic(): { loss: Value; parameters: { slope: Value; intercept: Value } } {
  const parameters = { slope: value(0, 'slope'), intercept: value(0, 'intercept') }
  const logit = parameters.slope.mul(column('hours')).add(parameters.intercept)
  // -log likelihood of one row: softplus(logit) - passed * logit.
  return { loss: sub(softplus(logit), mul(column('passed'), logit)), parameters }
}

describe('logistic regression', () => {
  it('has the published coefficients and meets the likelihood equations', () => {
    const { loss, parameters } = logistic()
    const result = minimize(loss, { parameters, data: { hours, passed } })
    expect(result.converged).toBe(true)
    const { slope, intercept } = result.parameters
    // As printed for these data (Wikipedia, "Logistic regression"): 1.5046, -4.0777, log likelihood -8.02988.
    expect(slope.toFixed(4)).toBe('1.5046')
    expect(intercept.toFixed(4)).toBe('-4.0777')
    expect(result.loss.toFixed(5)).toBe('8.02988')
    const errors = hours.map((x, i) => 1 / (1 + Math.exp(-slope * x - intercept)) - passed[i]!)
    // Newton's correction for such a gradient is below 1e-9 of the parameters.
    expect(Math.abs(errors.reduce((t, e) => t + e, 0))).toBeLessThan(1e-8)
    expect(Math.abs(errors.reduce((t, e, i) => t + e * hours[i]!, 0))).toBeLessThan(1e-8)
    expect([parameters.slope.data, parameters.intercept.data]).toEqual([slope, intercept])
  })

  it('finds the same by rows, by the mean, and through a compiled objective', () => {
    const rows = hours.map((h, i) => ({ hours: h, passed: passed[i]!, name: `student ${i}` }))
    const first = logistic()
    const expected = minimize(first.loss, { parameters: first.parameters, data: { hours, passed } })
    const second = logistic()
    expect(minimize(second.loss, { parameters: second.parameters, data: rows })).toEqual(expected)
    const third = logistic()
    const bound = objective(third.loss, { parameters: third.parameters }).bind({ hours, passed })
    expect(minimize(bound, { parameters: { slope: 0, intercept: 0 } })).toEqual(expected)
    const fourth = logistic()
    const mean = minimize(fourth.loss, { parameters: fourth.parameters, data: rows, reduce: 'mean' })
    expect(mean.loss).toBeCloseTo(expected.loss / 20, 12)
  })
})

describe('mini-batches', () => {
  const run = (seed: string | number | undefined, batchSize = 6) => {
    const { loss, parameters } = logistic()
    return minimize(loss, {
      parameters,
      data: { hours, passed },
      reduce: 'mean',
      optimizer: adam({ rate: 0.1 }),
      batchSize,
      maxSteps: 400,
      ...(seed !== undefined && { seed }),
    })
  }

  it('the same seed gives the same bits, another one others', () => {
    expect(run('a')).toEqual(run('a'))
    expect(run(1)).toEqual(run('1'))
    expect(run(undefined)).toEqual(run(undefined))
    expect(run('a').parameters).not.toEqual(run('b').parameters)
  })

  it('come near the minimum', () => {
    expect(run('a').loss).toBeLessThan(8.02988 / 20 + 0.02)
  })

  it('an epoch takes each row once, the rest in a smaller batch', () => {
    // The loss of a row is its own number, whatever the parameter: history shows which rows were in a batch.
    const n = [1, 2, 4, 8, 16]
    const p = value(0, 'p')
    const { history } = minimize(p.mul(0).add(column('n')), {
      parameters: [p],
      data: { n },
      optimizer: gradientDescent({ rate: 1 }),
      batchSize: 2,
      maxSteps: 30,
    })
    const bits = (x: number): number => x.toString(2).replaceAll('0', '').length
    for (let epoch = 0; epoch < 10; epoch++) {
      const batches = history.slice(3 * epoch, 3 * epoch + 3)
      expect(batches.map(bits)).toEqual([2, 2, 1])
      expect(batches.reduce((a, b) => a + b)).toBe(31)
    }
    expect(new Set(history).size).toBeGreaterThan(6)
  })

  it('a batch as large as the data is all of it, in some order', () => {
    expect(run('a', 100).history[0]).toBeCloseTo(Math.LN2, 14)
  })
})

describe('stopping', () => {
  const parabola = () => {
    const x = value(3, 'x')
    return { x, loss: x.mul(x) }
  }

  it('gradient descent ends after a step below the size asked for', () => {
    const { x, loss } = parabola()
    const result = minimize(loss, {
      parameters: [x],
      optimizer: gradientDescent({ rate: 0.25, stepBelow: 0.1 }),
    })
    // x halves at each step: steps of 1.5, 0.75, …, the fifth is 0.09375.
    expect(result).toMatchObject({ steps: 5, parameters: [3 / 32], converged: true })
    expect(result.reason).toBe('the steps are smaller than asked for')
    expect(result.history).toEqual([9, 9 / 4, 9 / 16, 9 / 64, 9 / 256])
    expect(result.loss).toBe(9 / 1024)
    expect(result.evaluations).toBe(7)
  })

  it('after maxSteps', () => {
    const { x, loss } = parabola()
    const result = minimize(loss, { parameters: { x }, optimizer: momentum({ rate: 0.1 }), maxSteps: 3 })
    expect(result).toMatchObject({ steps: 3, converged: false, reason: 'it reached maxSteps' })
  })

  it('when the signal is aborted, with what was reached', () => {
    const { x, loss } = parabola()
    const controller = new AbortController()
    const result = minimize(loss, {
      parameters: [x],
      optimizer: gradientDescent({ rate: 0.25 }),
      signal: controller.signal,
      onStep: ({ step, parameters }) => {
        expect(parameters[0]).toBe(3 / 2 ** step)
        if (step === 2) controller.abort()
      },
    })
    expect(result).toMatchObject({
      steps: 2,
      parameters: [0.75],
      converged: false,
      reason: 'it was told to stop',
    })
    expect(x.data).toBe(0.75)
  })

  it('where the loss is no number, with the last parameters that gave one', () => {
    // From 1 the slope of x^2 - log(x) is 1: the step of 3 ends at -2, where there is no logarithm.
    const x = value(1, 'x')
    const optimizer = gradientDescent({ rate: 3 })
    const result = minimize(x.mul(x).sub(x.log()), { parameters: [x], optimizer })
    expect(result).toMatchObject({ steps: 1, converged: false, parameters: [1], loss: 1 })
    expect(result.reason).toBe('the loss became NaN: try a smaller rate')
  })
})

describe('what cannot be minimised', () => {
  const x = value(1, 'x')
  const withColumn = x.mul(column('c'))
  const cases: readonly [string, () => unknown, string][] = [
    [
      'NaN at the start',
      () => minimize(x.sub(2).log(), { parameters: [x] }),
      'minimize: the loss is NaN at the start',
    ],
    ['no parameters', () => minimize(x.mul(x), { parameters: [] }), 'minimize: there are no parameters'],
    [
      'columns without data',
      () => minimize(withColumn, { parameters: [x] }),
      'minimize: the loss has columns; wanted { data } with c',
    ],
    [
      'a missing column',
      () => minimize(withColumn, { parameters: [x], data: { d: [1] } }),
      "minimize: the data has no column 'c'; it has d",
    ],
    [
      'no rows',
      () => minimize(withColumn, { parameters: [x], data: { c: [] } }),
      'minimize: the data has no rows',
    ],
    [
      'batches for L-BFGS',
      () => minimize(withColumn, { parameters: [x], data: { c: [1] }, batchSize: 1 }),
      'minimize: this optimizer wants the same loss at every step',
    ],
    [
      'batches without columns',
      () => minimize(x.mul(x), { parameters: [x], batchSize: 1, optimizer: adam() }),
      'minimize: batchSize is given, but the loss has no columns',
    ],
    [
      'an empty batch',
      () => minimize(withColumn, { parameters: [x], data: { c: [1] }, batchSize: 0, optimizer: adam() }),
      'minimize: batchSize is the number 0; wanted a whole number from 1',
    ],
    ['an unlisted leaf', () => minimize(x.mul(value(2, 'k')), { parameters: [x] }), "'k'"],
    [
      'numbers for a graph',
      () => minimize(x.mul(x), { parameters: [1] as unknown as Value[] }),
      'minimize: a parameter is the number 1; for a loss that is a Value, wanted its leaves',
    ],
    [
      'Values for a function',
      () => minimize(() => 0, { parameters: [x] as unknown as number[] }),
      'for a function, wanted the numbers to start from',
    ],
    [
      'no loss',
      () => minimize(3 as unknown as Value, { parameters: [x] }),
      'minimize: the loss is the number 3; wanted a Value or a function of parameters',
    ],
    [
      'half a step',
      () => minimize(x.mul(x), { parameters: [x], maxSteps: 0.5 }),
      'minimize: maxSteps is the number 0.5; wanted a whole number from 0',
    ],
    [
      'a rate of 0',
      () => gradientDescent({ rate: 0 }),
      'gradientDescent: rate is the number 0; wanted a positive number',
    ],
    [
      'a momentum of 1',
      () => momentum({ rate: 1, momentum: 1 }),
      'momentum: momentum is the number 1; wanted a number from 0, below 1',
    ],
    [
      'decays of 2',
      () => adam({ decays: [2, 0.9] }),
      'adam: decays[0] is the number 2; wanted a number from 0, below 1',
    ],
    ['no memory', () => lbfgs({ memory: 0 }), 'lbfgs: memory is the number 0; wanted a whole number from 1'],
    [
      'a tolerance of -1',
      () => lbfgs({ gradientTolerance: -1 }),
      'lbfgs: gradientTolerance is the number -1; wanted a number from 0',
    ],
    [
      'a rounding that is not a number',
      () => lbfgs({ rounding: Number.NaN }),
      'lbfgs: rounding is the number NaN; wanted a number from 0',
    ],
  ]
  it.each(cases)('%s', (_name, run, message) => {
    expect(run).toThrow(message)
  })
})

describe('the line search', () => {
  const searchAlong = (phi: (t: number) => LinePoint, start: LinePoint, first: number) => {
    const evaluate = function* (length: number): Generator<LinePoint, LinePoint, number> {
      const point = phi(length)
      yield point
      return point
    }
    const search = lineSearch(evaluate, start, first, 4 * Number.EPSILON)
    let next = search.next()
    while (next.done !== true) next = search.next(next.value.loss)
    return next.value
  }

  it('meets the strong Wolfe conditions on random quartics, from any first length', () => {
    const coefficient = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(coefficient, coefficient, fc.integer({ min: -6, max: 6 }), (a, b, exponent) => {
        // phi(t) = t^4/4 + a t^3 + b t^2 - t: it falls at 0 and grows in the end.
        const phi = (t: number) => ({
          length: t,
          loss: t ** 4 / 4 + a * t ** 3 + b * t ** 2 - t,
          slope: t ** 3 + 3 * a * t ** 2 + 2 * b * t - 1,
        })
        const found = searchAlong(phi, phi(0), 10 ** exponent)!
        expect(found.loss).toBeLessThanOrEqual(-1e-4 * found.length)
        expect(Math.abs(found.slope)).toBeLessThanOrEqual(0.9)
      }),
    )
  })

  it('turns back where the loss is not a number', () => {
    const phi = (t: number) => ({ length: t, loss: -Math.log(1 - t) - 2 * t, slope: 1 / (1 - t) - 2 })
    const found = searchAlong(phi, phi(0), 1000)!
    expect(found.length).toBeLessThan(1)
    expect(Math.abs(found.slope)).toBeLessThanOrEqual(0.9)
  })

  it('finds nothing where nothing falls', () => {
    expect(
      searchAlong(t => ({ length: t, loss: t, slope: 1 }), { length: 0, loss: 0, slope: -1 }, 1),
    ).toBeUndefined()
  })
})

it('a function that writes no gradient is not taken to be at its minimum', () => {
  const loss = ([x, y]: Float64Array) => (x! - 3) ** 2 + y! ** 2
  expect(() => minimize(loss, { parameters: [0, 0] })).toThrow(
    'minimize: at the start the slope in [0] is NaN, or was not written; choose other start values. A loss that is a function',
  )
})

describe('an optimizer that is none', () => {
  const x = value(1, 'x')
  const run = (optimizer: unknown) => () =>
    minimize(x.mul(x), { parameters: [x], optimizer: optimizer as Optimizer })

  it.each([
    ['adam without brackets', adam, 'the optimizer is the function adam; wanted adam(…), which makes one'],
    [
      'a name',
      'adam' as unknown,
      'the optimizer is the string "adam"; wanted one such as adam({ rate: 0.1 })',
    ],
    ['nothing', null, 'the optimizer is null; wanted one such as'],
    ['options', { rate: 0.1 }, 'the optimizer is an object; wanted one such as'],
  ])('%s', async (_name, optimizer, message) => {
    expect(run(optimizer)).toThrow(`minimize: ${message}`)
    await expect(
      minimizeAsync(async () => 0, { parameters: [1], optimizer: optimizer as Optimizer }),
    ).rejects.toThrow(`minimizeAsync: ${message}`)
  })

  it('and where the loss is not finite at the start, says so', () => {
    const y = value(-1, 'y')
    expect(() => minimize(y.log(), { parameters: [y] })).toThrow('minimize: the loss is NaN at the start')
    expect(() => minimize(y.log(), { parameters: [y], optimizer: adam() })).toThrow(
      'minimize: the loss is NaN',
    )
    expect(y.data).toBe(-1)
  })
})

describe('parameters that say nothing', () => {
  const [unset, x] = [value(Number.NaN, 'unset'), value(1, 'x')]

  it('a start that is not a number is named', () => {
    const wrong = "the parameter 'unset' starts at NaN; wanted a finite number (a leaf starts from its data)"
    expect(() => minimize(unset.square(), { parameters: [unset] })).toThrow(`minimize: ${wrong}`)
    expect(() => leastSquares([unset.sub(1)], { parameters: [unset] })).toThrow(`leastSquares: ${wrong}`)
    expect(() => minimize(() => 0, { parameters: { a: Number.NaN } })).toThrow(
      "minimize: the parameter 'a' starts",
    )
    expect(() => minimize(() => 0, { parameters: Number.POSITIVE_INFINITY })).toThrow(
      'minimize: the parameter starts at Infinity',
    )
  })

  it('a loss that none of them is in', () => {
    expect(() => minimize(constant(5), { parameters: [x] })).toThrow(
      'minimize: the loss depends on none of the parameters',
    )
    expect(() => minimize(value(2, 'other').square(), { parameters: [x] })).toThrow('none of the parameters')
  })
})

describe('options that there are not', () => {
  const x = value(1, 'x')

  it('are refused, with the nearest that there is', async () => {
    const data = { t: [1, 2], y: [1, 2] }
    expect(() => fit('y ~ a * t', data, { starts: { a: 1 } } as FitOptions)).toThrow(
      "fit: there is no option 'starts'; did you mean 'start'?",
    )
    expect(() => minimize(x.square(), { parameters: [x], maxstep: 5 } as LossOptions<Value[]>)).toThrow(
      "minimize: there is no option 'maxstep'; did you mean 'maxSteps'?",
    )
    expect(() => minimize(() => 0, { parameters: [1], data } as MinimizeOptions<number[]>)).toThrow(
      "minimize: there is no option 'data'; wanted parameters, optimizer, maxSteps, onStep, signal",
    )
    expect(() => leastSquares([x], { parameters: [x], maxIteration: 5 } as LeastSquaresOptions)).toThrow(
      "leastSquares: there is no option 'maxIteration'; did you mean 'maxIterations'?",
    )
    await expect(
      minimizeAsync(async () => 0, { parameters: [1], onstep: () => {} } as MinimizeOptions<number[]>),
    ).rejects.toThrow("minimizeAsync: there is no option 'onstep'; did you mean 'onStep'?")
  })
})

describe('a loss without a minimum, or without slopes', () => {
  const x = value(1, 'x')
  const from = (start: number, loss: Value) => {
    x.data = start
    return minimize(loss, { parameters: [x] })
  }

  it.each([
    ['a line', x.mul(1)],
    ['a parabola upside down', x.mul(x).neg()],
    ['a logarithm', log(x)],
  ])('%s falls without end', (_name, loss) => {
    const { converged, reason, evaluations } = from(1, loss)
    expect(converged).toBe(false)
    expect(reason).toMatch(
      /^the loss (falls without end|became -Infinity).*: it has no minimum there; check its sign/,
    )
    expect(evaluations).toBeLessThan(200)
  })

  it('slopes that are no numbers are not taken for flat ones', () => {
    const kinked = sqrt(x.mul(x)).add(square(x.sub(3)))
    expect(() => from(0, kinked)).toThrow('minimize: at the start the slope in x is NaN')
    expect(from(1, kinked).parameters[0]).toBeCloseTo(2.5, 9)
    // The slope of the root is infinite at 0, and beyond there is no number.
    expect(() => from(0, sqrt(x))).toThrow('minimize: at the start the slope in x is Infinity')
  })

  it('a step to where the loss has no slope is not taken', () => {
    // sqrt(x^2) has no slope at 0, where the first steps of this search would end.
    const found = from(1, sqrt(x.mul(x)).add(x.mul(x)))
    expect(found.parameters[0]).not.toBe(0)
    expect(Math.abs(found.parameters[0]!)).toBeLessThan(1e-9)
  })

  it('String() is a table for people', () => {
    expect(String(from(1, square(x.sub(3))))).toBe(
      'x  3\nLoss 0\nConverged after 3 steps, 5 evaluations: the gradient is 0 to within its tolerance',
    )
  })
})
