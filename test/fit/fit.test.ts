import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { primitive } from '../../src/core/primitive.js'
import { add, div, mul, neg } from '../../src/core/primitives.js'
import { type Data, Fit, type FitOptions, fit } from '../../src/fit/index.js'

const reference = JSON.parse(readFileSync(new URL('reference/puromycin.json', import.meta.url), 'utf8'))
const { conc, rate, weights } = reference as { conc: number[]; rate: number[]; weights: number[] }
const MICHAELIS_MENTEN = 'rate ~ Vm * conc / (K + conc)'
const start = { Vm: 200, K: 0.05 }

/** The parameters are solved for to about half an ulp times the condition; 1e-11 leaves out its last three digits. */
function expectClose(got: unknown, expected: unknown, tolerance = 1e-11): void {
  const [g, e] = [got, expected].map(x => [x].flat(3)) as [number[], number[]]
  expect(g.length).toBe(e.length)
  e.forEach((x, i) => {
    expect(Math.abs(g[i]! - x), `${g[i]} instead of ${x}`).toBeLessThanOrEqual(tolerance * Math.abs(x))
  })
}

describe.each([
  ['plain', {}],
  ['weighted', { weights }],
] as const)('statistics, %s, against 20 digits', (which, options) => {
  const expected = reference[which]
  const result = fit(MICHAELIS_MENTEN, { conc, rate }, { start, ...options })
  const { Vm, K } = result.estimates

  it('parameters and their uncertainty', () => {
    expect(result.names).toEqual(['Vm', 'K'])
    expectClose(result.parameters.Vm, expected.parameters.Vm)
    expectClose(result.parameters.K, expected.parameters.K)
    expectClose([Vm!.standardError, K!.standardError], expected.standardErrors)
    expectClose([Vm!.t, K!.t], expected.t)
    // p-values and quantiles of the package are good to 1e-10 and better.
    expectClose([Vm!.pValue, K!.pValue], expected.pValues, 1e-9)
    expectClose([Vm!.interval, K!.interval], expected.intervals)
    expectClose(result.covariance, expected.covariance)
    const [[a, c], [, b]] = expected.covariance
    expectClose(result.correlation, [1, c / Math.sqrt(a * b), c / Math.sqrt(a * b), 1])
  })

  it('the whole fit', () => {
    expectClose(result.sumOfSquares, expected.sumOfSquares)
    expectClose(result.residualStandardDeviation, expected.residualStandardDeviation)
    expect(result.degreesOfFreedom).toBe(10)
    expectClose(result.logLikelihood, expected.logLikelihood)
    expectClose(result.aic, expected.aic)
    expectClose(result.bic, expected.bic)
    // A small residual is the difference of numbers near 200.
    result.residuals.forEach((r, i) => {
      expect(Math.abs(r - expected.residuals[i])).toBeLessThan(1e-10)
    })
    expect(result.history.at(-1)).toBeGreaterThanOrEqual(result.sumOfSquares)
    expect(result.history.length).toBe(result.iterations + 1)
  })

  it('leaves a column alone that is called as the column of weights would be', () => {
    const weights = [1, 4, 9]
    const y = [1, 2.5, 2.9]
    const plain = fit('y ~ a * x', { x: [1, 2, 3], y }, { weights, start: { a: 1 } })
    const named = fit('y ~ a * `√weight`', { '√weight': [1, 2, 3], y }, { weights, start: { a: 1 } })
    expect(named.estimates).toEqual(plain.estimates)
  })

  it('predictions', () => {
    const { values, standardErrors, confidence, prediction } = result.predict([
      { conc: expected.prediction.conc },
    ])
    const { value, standardError, low, high } = expected.prediction
    expectClose([values[0], standardErrors[0]], [value, standardError])
    expectClose([prediction.low[0], prediction.high[0]], [low, high])
    expectClose(
      (confidence.high[0]! - confidence.low[0]!) / (prediction.high[0]! - prediction.low[0]!),
      standardError / Math.sqrt(standardError ** 2 + expected.residualStandardDeviation ** 2),
    )
  })
})

it('prints a table like that of summary(nls(…)) in R', () => {
  // Estimates, errors, t and p as in R's own example of nls for these data.
  expect(String(fit(MICHAELIS_MENTEN, { conc, rate }, { start }))).toBe(`\
Formula: rate ~ Vm * conc / (K + conc)

Parameters:
     Estimate  Std. Error  t value  Pr(>|t|)  95% from        to
Vm    212.684       6.947    30.61  3.24e-11     197.2    228.16
K   0.0641213    0.008281    7.743   1.57e-5   0.04567  0.082572

Residual standard error: 10.93 on 10 degrees of freedom
SSR 1195.45, AIC 95.271, BIC 96.7257
Converged after 7 iterations, 15 evaluations: the sum of squares no longer falls`)
})

describe('ways to write the same problem', () => {
  const plain = fit(MICHAELIS_MENTEN, { conc, rate }, { start })
  const same: readonly [string, string, Data, FitOptions][] = [
    ['rows', MICHAELIS_MENTEN, conc.map((c, i) => ({ conc: c, rate: rate[i], note: 'text' })), { start }],
    [
      'typed arrays',
      MICHAELIS_MENTEN,
      { conc: Float64Array.from(conc), rate: Int32Array.from(rate) },
      { start },
    ],
    ['intermediates', 'top = Vm * conc\nrate ~ top / (K + conc)', { conc, rate }, { start }],
    ['weights of 1', MICHAELIS_MENTEN, { conc, rate, w: rate.map(() => 1) }, { start, weights: 'w' }],
    ['wide bounds', MICHAELIS_MENTEN, { conc, rate }, { start, bounds: { Vm: [0, 1e4], K: [0, Infinity] } }],
  ]
  it.each(same)('%s', (_name, formula, data, options) => {
    const result = fit(formula, data, options)
    expect(result.parameters).toEqual(plain.parameters)
    expect(result.covariance).toEqual(plain.covariance)
  })

  it('an expression on the left side', () => {
    const x = [1, 2, 3, 4]
    const y = x.map(x => Math.exp(0.5 * x - 1))
    const { parameters } = fit('log(y) ~ a * x + b', { x, y })
    expect(parameters.a).toBeCloseTo(0.5, 12)
    expect(parameters.b).toBeCloseTo(-1, 12)
  })
})

describe('fixed parameters and bounds', () => {
  it('a fixed parameter keeps its value and costs no freedom', () => {
    const result = fit(MICHAELIS_MENTEN, { conc, rate }, { start: { Vm: 200 }, fixed: { K: 0.06 } })
    expect(result.parameters.K).toBe(0.06)
    expect(result.degreesOfFreedom).toBe(11)
    expect(result.estimates.K).toMatchObject({ standardError: 0, interval: [0.06, 0.06] })
    // Linear in Vm: its least-squares value in closed form.
    const u = conc.map(c => c / (0.06 + c))
    const exact = u.reduce((t, x, i) => t + x * rate[i]!, 0) / u.reduce((t, x) => t + x * x, 0)
    expect(result.parameters.Vm).toBeCloseTo(exact, 10)
    expect(String(result)).toMatch(/^K +0.06 +fixed$/m)
  })

  it('a bound in the way is where the parameter ends, and the others are as if it were fixed there', () => {
    const bounded = fit(MICHAELIS_MENTEN, { conc, rate }, { start, bounds: { K: [0, 0.06] } })
    const fixed = fit(MICHAELIS_MENTEN, { conc, rate }, { start: { Vm: 200 }, fixed: { K: 0.06 } })
    expect(bounded.parameters.K).toBe(0.06)
    expectClose(bounded.parameters.Vm, fixed.parameters.Vm)
    expectClose(bounded.estimates.Vm!.standardError, fixed.estimates.Vm!.standardError)
    expect(bounded.estimates.K!.standardError).toBeNaN()
    expect(bounded.degreesOfFreedom).toBe(fixed.degreesOfFreedom)
    expect(bounded.warnings).toEqual(['K ended at a bound: the other standard errors take it as known'])
    expect(String(bounded)).toMatch(/^K +0.06 +at bound$/m)
  })

  it('no parameter ever leaves its bounds on the way', () => {
    // Rosenbrock's valley, with the minimum (1, 1) outside.
    const seen: number[] = []
    const data = { zero: [0, 0], first: [1, 0] }
    const formula = 'zero ~ first * 10 * (q - p**2) + (1 - first) * (1 - p)'
    const result = fit(formula, data, {
      start: { p: -1.2, q: 1 },
      bounds: { p: [-2, 0.5], q: [-1, 2] },
      onStep: ({ parameters }) => seen.push(parameters[1]!),
    })
    expect(Math.max(...seen)).toBeLessThanOrEqual(0.5)
    expect(result.parameters.p).toBe(0.5)
    expect(result.parameters.q).toBeCloseTo(0.25, 10)
  })

  it('linear fits with box bounds meet the conditions of a constrained minimum', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true }).map(x => Math.round(x * 64) / 64)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number), { minLength: 6, maxLength: 12 }),
        number,
        number,
        (points, a, b) => {
          const x = points.map(([x], i) => x + i)
          const y = points.map(([, y]) => y)
          const bounds = { a: [Math.min(a, b) - 0.25, Math.max(a, b) + 0.25], b: [-0.5, 0.5] } as const
          const result = fit('y ~ a * x + b', { x, y }, { start: { a, b: 0 }, bounds })
          const slopes = {
            a: result.residuals.reduce((t, r, i) => t - r * x[i]!, 0),
            b: result.residuals.reduce((t, r) => t - r, 0),
          }
          for (const name of ['a', 'b'] as const) {
            const [low, high] = bounds[name]
            const p = result.parameters[name]!
            // A slope of the size of rounding: 12 terms of at most 15 * 40.
            if (p > low) expect(slopes[name]).toBeLessThan(1e-8)
            if (p < high) expect(slopes[name]).toBeGreaterThan(-1e-8)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('data that cannot be fitted', () => {
  const x = [1, 2, 3]
  const y = [1, 3, 2]
  const cases: readonly [string, string, unknown, FitOptions, string][] = [
    ['no rows', 'y ~ a * x', [], {}, 'fit: the data has no rows; wanted at least one'],
    ['empty columns', 'y ~ a * x', { x: [], y: [] }, {}, 'fit: the data has no rows; wanted at least one'],
    [
      'no data',
      'y ~ a * x',
      null,
      {},
      'fit: the data is null; wanted an array of rows or an object of columns',
    ],
    [
      'a row that is none',
      'y ~ a * x',
      [{ x: 1, y: 2 }, 3],
      {},
      'fit: row 1 of the data is the number 3; wanted an object with a number for each column',
    ],
    [
      'ragged columns',
      'y ~ a * x',
      { x, y: [1, 2] },
      {},
      "fit: column 'x' has 3 rows and column 'y' has 2; wanted the same number",
    ],
    [
      'ragged rows',
      'y ~ a * x',
      [{ x: 1, y: 2 }, { y: 3 }],
      {},
      "fit: row 1 of column 'x' is undefined; wanted a finite number (leave out rows with missing values; rows count from 0)",
    ],
    [
      'text',
      'y ~ a * x',
      { x: [1, '2', 3], y },
      {},
      'fit: row 1 of column \'x\' is the string "2"; wanted a finite number (convert it, or leave the row out; rows count from 0)',
    ],
    [
      'NaN',
      'y ~ a * x',
      { x, y: [1, Number.NaN, 2] },
      {},
      "fit: row 1 of column 'y' is the number NaN; wanted a finite number (leave out rows with missing values; rows count from 0)",
    ],
    [
      'an equals sign',
      'y = a * x + b',
      { x, y },
      {},
      "fit: the formula has no '~'; wanted 'response ~ model', such as 'y ~ a * x + b' ('=' names a line)",
    ],
    ['no formula', '', { x, y }, {}, "fit: the formula has no '~'"],
    [
      'bounds that are no pair',
      'y ~ a * x',
      { x, y },
      { bounds: { a: 5 } } as unknown as FitOptions,
      'fit: bounds.a is the number 5; wanted two numbers, [least, greatest]',
    ],
    [
      'bounds of text',
      'y ~ a * x',
      { x, y },
      { bounds: { a: ['0', '3'] } } as unknown as FitOptions,
      'fit: bounds.a is an array of 2; wanted two numbers',
    ],
    [
      'bounds that are none',
      'y ~ a * x',
      { x, y },
      { bounds: 5 } as unknown as FitOptions,
      'fit: bounds is the number 5; wanted an object by parameter',
    ],
    [
      'options that are none',
      'y ~ a * x',
      { x, y },
      5 as unknown as FitOptions,
      'fit: the options are the number 5; wanted an object',
    ],
    [
      'confidence as text',
      'y ~ a * x',
      { x, y },
      { confidence: '0.95' } as unknown as FitOptions,
      'fit: confidence is the string "0.95"; wanted a number between 0 and 1',
    ],
    [
      'onStep that is none',
      'y ~ a * x',
      { x, y },
      { onStep: 5 } as unknown as FitOptions,
      'fit: onStep is the number 5; wanted a function',
    ],
    [
      'a controller for its signal',
      'y ~ a * x',
      { x, y },
      { signal: new AbortController() } as unknown as FitOptions,
      'fit: signal is an object of class AbortController; wanted an AbortSignal, such as controller.signal',
    ],
    [
      'a map of columns',
      'y ~ a * x',
      new Map([['x', x]]),
      {},
      'fit: the data is an object of class Map; wanted an array of rows',
    ],
    [
      'truth values',
      'y ~ a * x',
      { x: [true, false, true], y },
      {},
      "fit: row 0 of column 'x' is the boolean true; wanted a finite number (convert it, or leave the row out; rows count from 0)",
    ],
    [
      'bytes without a type',
      'y ~ a * x',
      { x: new DataView(new ArrayBuffer(24)), y },
      {},
      "fit: column 'x' is an object of class DataView; wanted an array of numbers",
    ],
    [
      'no tilde',
      'a * x',
      { x, y },
      {},
      "fit: the formula has no '~'; wanted 'response ~ model', such as 'y ~ a * x + b'",
    ],
    [
      'a misspelt response',
      'Y ~ a * x',
      { x, y },
      {},
      "fit: 'Y' on the left side of '~' is not a column; the data has x, y",
    ],
    [
      'a constant response',
      '1 ~ a * x',
      { x, y },
      {},
      "fit: the left side of '~' names no column; wanted what is observed",
    ],
    [
      'no parameter',
      'y ~ 2 * x',
      { x, y },
      {},
      "fit: every name in the formula is a column or fixed; wanted the parameters that are to be found, written out: 'y ~ a + b * x'",
    ],
    [
      'a start for nobody',
      'y ~ alpha * x',
      { x, y },
      { start: { alhpa: 1 } },
      "fit: start.alhpa: 'alhpa' is not in the formula; did you mean 'alpha'?",
    ],
    [
      'a start for a column',
      'y ~ a * x',
      { x, y },
      { start: { x: 1 } },
      "fit: start.x: 'x' is a column of the data, not a parameter",
    ],
    [
      'a start that is text',
      'y ~ a * x',
      { x, y },
      { start: { a: '1' as unknown as number } },
      'fit: start.a is the string "1"; wanted a finite number',
    ],
    [
      'a fixed column',
      'y ~ a * x',
      { x, y },
      { fixed: { x: 1 } },
      "fit: fixed.x: 'x' is a column of the data, not a parameter",
    ],
    [
      'fixed and started',
      'y ~ a * x',
      { x, y },
      { fixed: { a: 1 }, start: { a: 1 } },
      "fit: 'a' has a start and is fixed; wanted one of them",
    ],
    [
      'bounds the wrong way',
      'y ~ a * x',
      { x, y },
      { bounds: { a: [2, 0] } },
      'fit: bounds.a is [2, 0]; wanted the least value, then a greater one',
    ],
    [
      'a start outside',
      'y ~ a * x',
      { x, y },
      { bounds: { a: [2, 3] } },
      'fit: a starts at 1, outside of its bounds [2, 3]',
    ],
    [
      'a weight of 0',
      'y ~ a * x',
      { x, y },
      { weights: [1, 0, 1] },
      'fit: the weight of row 1 is 0; wanted a positive number (leave the row out instead; rows count from 0)',
    ],
    [
      'too few weights',
      'y ~ a * x',
      { x, y },
      { weights: [1] },
      'fit: there are 1 weights for 3 rows; wanted one each',
    ],
    [
      'weights nowhere',
      'y ~ a * x',
      { x, y },
      { weights: 'w' },
      "fit: the data has no column 'w'; it has x, y",
    ],
    [
      'NaN at the start',
      'y ~ a * log(x - k)',
      { x, y },
      { start: { a: 1, k: 2.5 } },
      'fit: the residual of row 0 (y = 1, x = 1) is NaN at the start a = 1, k = 2.5; choose other start values, or bounds that keep away from there',
    ],
    [
      'no slope at the start',
      'y ~ a * sqrt(k * x)',
      { x, y },
      { start: { a: 1, k: 0 } },
      'fit: the derivative of the residual of row 0 (y = 1, x = 1) in k is -Infinity at the start a = 1, k = 0; choose other start values, or bounds that keep away from there',
    ],
    [
      'confidence of 95',
      'y ~ a * x',
      { x, y },
      { confidence: 95 },
      'fit: confidence is the number 95; wanted a number between 0 and 1, such as 0.95',
    ],
  ]
  it.each(cases)('%s', (_name, formula, data, options, message) => {
    expect(() => fit(formula, data as Data, options)).toThrow(message)
    expect(() => fit(formula, data as Data, options)).toThrow(/^fit: /)
  })

  it('a wrong formula is shown with a caret', () => {
    expect(() => fit('y ~ a * sofplus(x)', { x, y })).toThrow(/softplus[\s\S]*\^/)
  })

  it('names of JavaScript objects are names like others', () => {
    const { parameters } = fit('__proto__ ~ constructor * toString', [
      JSON.parse('{"__proto__": 2, "toString": 1}'),
      JSON.parse('{"__proto__": 4, "toString": 2}'),
    ])
    expect(parameters.constructor).toBe(2)
  })
})

describe('names', () => {
  const data = { x: [0, 1, 2, 3], y: [2.1, 1.2, 0.8, 0.4] }
  const named = fit('y ~ a * exp(-k * x)', data, { start: { a: 2, k: 1 } })

  it.each(['e', 'pi'])('%s is a parameter where an option names it', name => {
    const formula = `y ~ a * exp(-${name} * x)`
    const started = fit(formula, data, { start: { a: 2, [name]: 1 } })
    expect(started.parameters[name]).toBe(named.parameters.k)
    expect(started.warnings).toEqual([])
    const bounded = fit(formula, data, { start: { a: 2 }, bounds: { [name]: [0, 9] } })
    expectClose(bounded.parameters[name], named.parameters.k)
    expect(fit(formula, data, { start: { a: 2 }, fixed: { [name]: 1 } }).parameters[name]).toBe(1)
    const again = Fit.fromJSON(JSON.stringify(started))
    expect(again.predict({ x: [4] })).toEqual(started.predict({ x: [4] }))
    expect(again.predict({ x: [4] })).toEqual(named.predict({ x: [4] }))
  })

  it('e as a number is warned of, but not as the base of a power, nor where it is a parameter or a column', () => {
    const warned = (formula: string, more: object = {}) =>
      fit(formula, { ...data, ...more }, { start: { a: 2 } }).warnings.filter(w =>
        w.startsWith("'e' in the formula"),
      )
    expect(warned('y ~ a * exp(-e * x)')).toHaveLength(1)
    expect(warned('y ~ a * x / e')).toHaveLength(1)
    expect(warned('y ~ a * 2 * e * x')).toHaveLength(1)
    expect(warned('y ~ a * e**(-x)')).toEqual([])
    expect(warned('y ~ a * exp(-`e` * x)')).toEqual([])
    expect(warned('y ~ a * e', { e: data.x })).toEqual([])
    expect(warned('y ~ a * x + pi')).toEqual([])
  })

  it('a start for a constant that the formula does not use is an error', () => {
    expect(() => fit('y ~ a * x', data, { start: { e: 3 } })).toThrow("'e' is not in the formula")
  })

  it('columns that the formula does not use never matter, whatever they are called and hold', () => {
    const odd = { '': ['r1'], 'a b': null, constructor: 'text', __proto__: 1, '~': [], k2: [Number.NaN] }
    const rows = data.x.map((x, i) => ({ x, y: data.y[i]!, '': `r${i}`, note: null }))
    for (const given of [{ ...data, ...odd } as unknown as Data, rows]) {
      const { parameters } = fit('y ~ a * exp(-k * x)', given, { start: { a: 2, k: 1 } })
      expect(parameters).toEqual(named.parameters)
    }
  })
})

describe('data that leave doubts', () => {
  const t = [1, 2, 3, 4, 5, 6]
  const hardly = ({ warnings }: Fit): string[] =>
    warnings.flatMap(warning => /^the residuals hardly determine (.*) here/.exec(warning)?.[1] ?? [])

  it('a start on a plateau, from where no slope leads away', () => {
    const y = [0.1, 0.2, 0.45, 0.6, 0.8, 0.9]
    const model = 'y ~ 1 / (1 + exp(-(t - m) * s))'
    const stuck = fit(model, { t, y }, { start: { m: 3, s: 100 } })
    expect(stuck.estimates.s!.standardError).toBeNaN()
    expect(stuck.warnings[0]).toContain('do not determine m, s')
    expect(fit(model, { t, y }, { start: { m: 3, s: 1 } }).warnings).toEqual([])
  })

  it('a parameter that ran off to where the model is nearly flat', () => {
    const data = { X: [10, 30, 50, 70, 100, 125], Y: [155, 250, 270, 330, 320, 323] }
    const gone = fit('Y ~ Q * b * X / (1 + b * X)', data, { start: { Q: 1, b: 1 } })
    expect(hardly(gone)).toEqual(['b'])
    expect(gone.converged).toBe(false)
    expect(fit('Y ~ Q * b * X / (1 + b * X)', data, { start: { Q: 300, b: 0.1 } }).warnings).toEqual([])
  })

  it('a parameter of a linear model is never one, however near to 0 it is', () => {
    const y = [1, -1, 2, 0, -2, 1].map((noise, i) => 3 * t[i]! + noise)
    expect(fit('y ~ a * t + b', { t, y }, { start: { a: 1, b: 1 } }).warnings).toEqual([])
    const centred = { t: [-2, -1, 0, 1, 2], y: [-2, -1.5, 1, 0.5, 2] }
    const result = fit('y ~ a * t + b', centred, { start: { a: 1, b: 1e-3 } })
    expect(Math.abs(result.estimates.b!.t)).toBeLessThan(1e-10)
    expect(result.warnings).toEqual([])
  })

  it('a column that is mistyped on the right side', () => {
    const n = [61, 36, 22, 14, 8, 5]
    const start = { N0: 50, lambda: 1, T: 1 }
    expect(fit('n ~ N0 * exp(-lambda * T)', { t, n }, { start }).warnings).toContain(
      'the right side uses no column; T: did you mean t?',
    )
    expect(fit('n ~ a * b', { t, n }, { start: { a: 1, b: 1 } }).warnings).toContain(
      'the right side uses no column',
    )
    expect(fit('n ~ mean', { t, n }, { start: { mean: 1 } }).warnings).toEqual([])
  })

  it('fewer rows than parameters', () => {
    const result = fit('y ~ a + b * x + c * x**2', { x: [1, 2], y: [1, 4] }, { start: { a: 1, b: 1, c: 1 } })
    expect(result.sumOfSquares).toBeLessThan(1e-28)
    expect(result.estimates.a!.standardError).toBeNaN()
    expect(result.warnings).toEqual([
      'the residuals do not determine a, b, c: other values fit as well (the Jacobian is singular)',
      'no degrees of freedom are left (residuals: 2, parameters: 3): there are no standard errors',
    ])
  })

  it('one row', () => {
    const result = fit('y ~ a * x', { x: [2], y: [3] }, { start: { a: 1 } })
    expect(result.parameters.a).toBe(1.5)
    expect(result.warnings).toEqual([
      'no degrees of freedom are left (residuals: 1, parameters: 1): there are no standard errors',
    ])
    expect(String(result)).toContain('on 0 degrees of freedom')
  })

  it('parameters that the data cannot tell apart; the others keep their errors', () => {
    const x = [0, 1, 2, 3]
    const y = [1.1, 2.9, 5.2, 6.9]
    const twins = fit('y ~ a * x + b * x + c', { x, y }, { start: { a: 1, b: 1, c: 1 } })
    const plain = fit('y ~ a * x + c', { x, y }, { start: { a: 1, c: 1 } })
    expect(twins.warnings).toEqual([
      'the residuals do not determine a, b: other values fit as well (the Jacobian is singular)',
    ])
    expect(twins.estimates.a!.standardError).toBeNaN()
    expect(twins.parameters.a! + twins.parameters.b!).toBeCloseTo(plain.parameters.a!, 12)
    expectClose(twins.estimates.c!.standardError, plain.estimates.c!.standardError)
  })

  it('a parameter that does nothing', () => {
    const result = fit('y ~ a * x + 0 * k', { x: [1, 2, 3], y: [1, 2, 3.5] }, { start: { a: 1, k: 7 } })
    expect(result.parameters.k).toBe(7)
    expect(result.warnings[0]).toContain('do not determine k:')
  })

  it('a constant column', () => {
    const result = fit('y ~ a * x + b', { x: [2, 2, 2], y: [1, 2, 3] }, { start: { a: 1, b: 1 } })
    expect(result.warnings).toContain('column x has the same value in every row')
    expect(result.warnings[0]).toContain('do not determine a, b')
  })

  it('no start', () => {
    expect(fit('y ~ a * x', { x: [1, 2], y: [1, 3] }).warnings).toEqual([
      'no start given for a: started at 1',
    ])
  })

  it('a model that is NaN next to the start', () => {
    // log(x - k) ends at k = 1: the steps there must shrink and turn back.
    const x = [1.5, 2, 3, 4, 6]
    const result = fit(
      'y ~ a * log(x - k)',
      { x, y: x.map(x => 2 * Math.log(x - 1.4)) },
      { start: { a: 1, k: -5 } },
    )
    expect(result.parameters.a).toBeCloseTo(2, 8)
    expect(result.parameters.k).toBeCloseTo(1.4, 8)
  })

  it('a model without a column, and a linear one, have second derivatives of 0', () => {
    const { parameters, estimates } = fit('y ~ m', { y: [1, 2, 6] })
    expect(parameters.m).toBe(3)
    expect(estimates.m!.standardError).toBeCloseTo(Math.sqrt(14 / 2 / 3), 12)
  })
})

describe('stopping', () => {
  it('an aborted signal ends the search, and the result says so', () => {
    const controller = new AbortController()
    const result = fit(
      MICHAELIS_MENTEN,
      { conc, rate },
      {
        start: { Vm: 1, K: 1 },
        signal: controller.signal,
        onStep: ({ step, loss, parameters }) => {
          expect(parameters.length).toBe(2)
          expect(loss).toBeGreaterThan(0)
          if (step === 2) controller.abort()
        },
      },
    )
    expect(result.iterations).toBe(2)
    expect(result.converged).toBe(false)
    expect(result.reason).toBe('it was told to stop')
    const before = fit(MICHAELIS_MENTEN, { conc, rate }, { start, signal: controller.signal })
    expect(before.parameters).toEqual(start)
  })

  it('so does the greatest number of iterations', () => {
    const result = fit(MICHAELIS_MENTEN, { conc, rate }, { start: { Vm: 1, K: 1 }, maxIterations: 1 })
    expect(result).toMatchObject({ iterations: 1, converged: false })
    expect(result.reason).toMatch(/^it reached maxIterations .* Vm = 1\.29373, K = 0\.457074; allow more/)
  })
})

describe('toJSON and fromJSON', () => {
  it('give the same object, and predictions with the same bits', () => {
    const result = fit(MICHAELIS_MENTEN, { conc, rate }, { start: { Vm: 200 }, fixed: { K: 0.06 }, weights })
    const again = Fit.fromJSON(JSON.stringify(result))
    expect(again).toEqual(result)
    const at = { conc: [0.01, 0.3, 5] }
    expect(again.predict(at)).toEqual(result.predict(at))
    expect(String(again)).toBe(String(result))
  })

  it('keep NaN, -0 and infinity', () => {
    const result = fit('y ~ a * x + k', { x: [1], y: [2] }, { start: { a: 1 }, fixed: { k: -0 } })
    const again = Fit.fromJSON(JSON.parse(JSON.stringify(result)))
    expect(again).toEqual(result)
    expect(Object.is(again.parameters.k, -0)).toBe(true)
  })

  it('other JSON is refused', () => {
    expect(() => Fit.fromJSON('{"formula": "y ~ a"}')).toThrow(
      "Fit.fromJSON: the format is undefined; wanted 'chainrule fit 1'",
    )
  })
})

describe('what rounding leaves', () => {
  const x = [0, 1, 2, 3, 4]
  const noise = [0.1, -0.1, 0.2, 0.1, -0.2]
  const perfect = (result: Fit) =>
    result.warnings.filter(warning => warning.startsWith('an essentially perfect fit'))

  // R warns of both in summary.lm; 0.1 and its multiples leave residuals of an ulp or two.
  it.each([
    ['a line', 'y ~ a * x + b', x.map(x => 0.1 * x + 0.7)],
    ['a decay', 'y ~ a * exp(-b * x)', x.map(x => 2 * Math.exp(-0.3 * x))],
    ['a line of 10^8', 'y ~ a * x + b', x.map(x => 1e8 * (0.1 * x + 0.7))],
    ['nothing', 'y ~ a * x + b * x ** 2', x.map(() => 0)],
  ])('is a perfect fit, and the result says so: %s', (_name, formula, y) => {
    const result = fit(formula, { x, y }, { start: { a: 1, b: 1 } })
    expect(perfect(result)).toHaveLength(1)
    expect(String(result)).toContain('Warning: an essentially perfect fit')
  })

  it('noise of 8 ulps is none, and noise below an ulp is one', () => {
    const far = (size: number) =>
      fit(
        'y ~ a * x + b',
        { x: [0, 1, 2, 3, 4, 5], y: [1, -1, 2, 0, -2, 1].map((sign, i) => 1e12 + i + sign * size) },
        { start: { a: 1, b: 1 } },
      )
    expect(far(1e-3).warnings).toEqual([])
    expect(perfect(far(1e-5))).toHaveLength(1)
  })

  it.each([1, 1e-12])('noise of 0.1 times %d is none', size => {
    const y = x.map((x, i) => 0.1 * x + 0.7 + size * noise[i]!)
    expect(fit('y ~ a * x + b', { x, y }, { start: { a: 1, b: 1 } }).warnings).toEqual([])
  })

  it.each([
    ['y', 1, 1e-200],
    ['x', 1e-200, 1],
    ['y', 1, 1e-160],
  ])('a column %s whose squares leave the doubles is named', (name, scaleX, scaleY) => {
    const data = { x: x.map(x => x * scaleX), y: x.map((x, i) => (2 * x + noise[i]!) * scaleY) }
    expect(fit('y ~ a * x + b', data, { start: { a: 1, b: 0 } }).warnings).toContain(
      `column ${name} holds numbers whose squares are too large or too small for doubles: rescale it`,
    )
  })

  it('and where they overflow at once it is an error', () => {
    const data = { x, y: x.map(x => (2 * x + 1) * 1e200) }
    expect(() => fit('y ~ a * x + b', data, { start: { a: 1, b: 0 } })).toThrow(
      'fit: the sum of squares is too large for a double at the start a = 1, b = 0; choose other start values, ' +
        'or bounds that keep away from there, or rescale the data',
    )
  })
})

it('fromJSON wants all that toJSON writes', () => {
  expect(() => Fit.fromJSON({ format: 'chainrule fit 1' })).toThrow(
    'Fit.fromJSON: there is no formula; wanted',
  )
  const { warnings: _, ...record } = fit('y ~ a * x', { x: [1, 2], y: [1, 3] }).toJSON() as Record<
    string,
    unknown
  >
  expect(() => Fit.fromJSON(record)).toThrow('Fit.fromJSON: there is no warnings; wanted what toJSON writes')
})

describe('fromJSON checks what every field is', () => {
  const record = fit('y ~ a * x', { x: [1, 2], y: [1, 3] }).toJSON() as Record<string, unknown>
  it.each([
    ['formula', 5],
    ['columns', 'x'],
    ['names', [1]],
    ['values', ['1']],
    ['values', [1, 2]],
    ['fixed', [1]],
    ['fixed', { k: '1' }],
    ['atBound', {}],
    ['inverseRoot', [1]],
    ['inverseRoot', [[1, 2]]],
    ['rank', -1],
    ['residuals', null],
    ['sumOfSquares', '3'],
    ['logWeights', true],
    ['confidence', 95],
    ['converged', 1],
    ['reason', null],
    ['iterations', 0.5],
    ['evaluations', 'many'],
    ['history', [null]],
    ['warnings', [5]],
  ])('%s: %j', (field, wrong) => {
    const json = JSON.stringify({ ...record, [field]: wrong })
    expect(() => Fit.fromJSON(json)).toThrow(/^Fit\.fromJSON: .*; wanted what toJSON writes$/)
    expect(() => Fit.fromJSON(json)).toThrow(field)
  })
})

describe('primitives of the caller', () => {
  const mm = primitive('mm', {
    evaluate: (x: number, k: number) => x / (k + x),
    partials: [
      (_, x, k) => div(k, mul(add(k, x), add(k, x))),
      (_, x, k) => neg(div(x, mul(add(k, x), add(k, x)))),
    ],
  })
  const primitives = [mm]
  const own = fit('rate ~ Vm * mm(conc, K)', { conc, rate }, { start, primitives })

  it('are called by their names in the formula', () => {
    const written = fit(MICHAELIS_MENTEN, { conc, rate }, { start })
    expectClose(own.parameters.Vm, written.parameters.Vm)
    expectClose(own.estimates.K!.standardError, written.estimates.K!.standardError)
    expectClose([...own.predict({ conc: [0.5] }).values], [...written.predict({ conc: [0.5] }).values])
  })

  it('are given again to what comes from JSON', () => {
    const copy = Fit.fromJSON(JSON.stringify(own), { primitives })
    expect(copy.predict({ conc: [0.5] })).toEqual(own.predict({ conc: [0.5] }))
    expect(() => Fit.fromJSON(JSON.stringify(own)).predict({ conc: [0.5] })).toThrow('mm')
  })
})
