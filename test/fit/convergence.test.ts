/** A search says that it converged only where it has, and otherwise what stands in its way. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import { sub } from '../../src/core/primitives.js'
import { type Fit, fit } from '../../src/fit/index.js'
import { parseFormula } from '../../src/formula/index.js'

/** Everyday models, with parameters that make a sensible curve over 1 to 12. */
const models: readonly (readonly [formula: string, truth: Readonly<Record<string, number>>])[] = [
  ['y ~ a * exp(-k * x)', { a: 10, k: 0.4 }],
  ['y ~ a * exp(-k * x) + c', { a: 10, k: 0.6, c: 2 }],
  ['y ~ a * exp(-k * x) + b * exp(-l * x)', { a: 10, k: 2, b: 4, l: 0.2 }],
  ['y ~ a / (1 + exp(b - k * x))', { a: 80, b: 5, k: 1 }],
  ['y ~ c + (d - c) / (1 + (x / E) ** b)', { c: 2, d: 20, E: 4, b: 1.3 }],
  ['y ~ V * x / (K + x)', { V: 200, K: 3 }],
  ['y ~ V * x**n / (K**n + x**n)', { V: 10, K: 4, n: 2 }],
  ['y ~ a * exp(-((x - m) / s)**2) + c', { a: 5, m: 5, s: 2, c: 1 }],
  ['y ~ a / (1 + ((x - m) / g)**2)', { a: 5, m: 6, g: 2 }],
  ['y ~ a * x**b', { a: 2, b: 1.5 }],
  ['y ~ a * exp(-b * exp(-k * x))', { a: 50, b: 5, k: 0.5 }],
  ['y ~ L * (1 - exp(-k * (x - t0)))', { L: 60, k: 0.3, t0: -0.5 }],
  ['y ~ a * sin(w * x + f) + c', { a: 3, w: 1.5, f: 0.7, c: 5 }],
  ['y ~ A * exp(-E / (8.314 * (273 + x)))', { A: 1e6, E: 4e4 }],
  ['y ~ a * (1 - exp(-(x / s)**k))', { a: 5, s: 4, k: 2 }],
  ['y ~ (a + b * x) / (1 + c * x)', { a: 1, b: 2, c: 0.3 }],
  ['y ~ w2 * softplus(w1 * x + b1) + b2', { w2: 2, w1: -0.7, b1: 3, b2: 1 }],
]
const x = Array.from({ length: 20 }, (_, i) => 1 + (11 * i) / 19)

/** Residuals and their slopes at parameters, straight from the formula. */
function slopesAt(formula: string, data: Record<string, number[]>, at: Readonly<Record<string, number>>) {
  const { response, expression, leaves } = parseFormula(formula, { columns: Object.keys(data) })
  const names = Object.keys(leaves).filter(name => Object.hasOwn(at, name))
  const parameters = names.map(name => leaves[name]!)
  const residual = sub(response!, expression)
  const program = compile([residual, ...gradient(residual, parameters)], { inputs: parameters })
  const rows = Object.values(data)[0]!.length
  const out = program.bind(data).run(names.map(name => at[name]!))
  program.dispose()
  const columns = Array.from({ length: 1 + names.length }, (_, k) => out.slice(k * rows, (k + 1) * rows))
  return { residuals: columns[0]!, slopes: new Map(names.map((name, j) => [name, columns[1 + j]!])) }
}

/** The largest cosine between the residuals and what a parameter that is free to move changes: 0 at a minimum. */
function slopeOf(
  formula: string,
  data: Record<string, number[]>,
  { parameters }: Fit,
  bounds: Readonly<Record<string, readonly [number, number]>> = {},
): number {
  const { residuals, slopes } = slopesAt(formula, data, parameters)
  const cosines = Array.from(slopes, ([name, column]) => {
    const product = column.reduce((total, s, i) => total + s * residuals[i]!, 0)
    const [low, high] = bounds[name] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    const leadsOut = product > 0 ? parameters[name]! <= low : parameters[name]! >= high
    const length = Math.hypot(...column)
    return leadsOut || length === 0 ? 0 : Math.abs(product) / (length * Math.hypot(...residuals))
  })
  return Math.max(...cosines)
}

describe('converged and no warning means that the sum of squares is level', () => {
  const share = fc.double({ min: -2, max: 2, noNaN: true })
  const noise = fc.array(fc.integer({ min: -70, max: 70 }), { minLength: 20, maxLength: 20 })

  it.each(models)('%s', { timeout: 60_000 }, (formula, truth) => {
    const names = Object.keys(truth)
    const clean = slopesAt(`y ~ 0 * y + ${formula.slice(4)}`, { x, y: x.map(() => 0) }, truth).residuals.map(
      r => -r,
    )
    const spread = Math.max(...clean) - Math.min(...clean)
    fc.assert(
      fc.property(
        fc.array(share, { minLength: names.length, maxLength: names.length }),
        fc.constantFrom(1, 1, 1, -1),
        noise,
        fc.boolean(),
        (shares, sign, noise, isBounded) => {
          const y = Array.from(
            clean,
            (y, i) => y + spread * (0.0005 * noise[i]! + (i % 3 === 0 ? 0.01 : -0.01)),
          )
          const start = Object.fromEntries(
            names.map((name, j) => [name, truth[name]! * 10 ** shares[j]! * (j === 0 ? sign : 1)]),
          )
          const [name] = names as [string]
          const bounds = isBounded
            ? {
                [name]: [
                  start[name]! - Math.abs(start[name]!),
                  start[name]! + Math.abs(start[name]!),
                ] as const,
              }
            : {}
          let result: Fit
          try {
            result = fit(formula, { x, y }, { start, bounds })
          } catch (error) {
            expect(String(error)).toMatch(/at the start .*; choose other start values/)
            return
          }
          expect(result.reason).not.toBe('')
          if (!result.converged)
            expect(result.reason).toMatch(/; (start elsewhere|keep away|allow more|.* ran off)/)
          else if (result.warnings.length === 0) {
            expect(slopeOf(formula, { x, y }, result, bounds)).toBeLessThanOrEqual(1e-6)
          }
        },
      ),
      { numRuns: 20, seed: 13, endOnFailure: true },
    )
  })
})

const logistic = 'y ~ a / (1 + exp(b - k * x))'
const growth = { x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], y: [4, 9, 18, 35, 55, 68, 75, 78, 79, 80] }

describe('a search goes on where its scales have misled it', () => {
  it.each([
    ['columns of the Jacobian grow by ten orders of magnitude in a step', { a: 1, b: 30, k: 0.1 }],
    ['a parameter starts at 0', { a: 1, b: 0, k: 0 }],
    ['all but one', { a: 80, b: 100, k: 1 }],
  ])('%s', (_name, start) => {
    const result = fit(logistic, growth, { start })
    expect(result.sumOfSquares).toBeCloseTo(2.31741982, 7)
    expect(result.converged).toBe(true)
    expect(result.warnings).toEqual([])
  })

  it('a column is rounding only', () => {
    const data = {
      t: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24],
      lnN: [
        -0.2006, 0.1922, 0.1587, 1.529, 5.9421, 8.8024, 13.3749, 16.1457, 20.2299, 20.8575, 21.6272, 20.5114,
        21.3943,
      ],
    }
    const baranyi =
      'h = t + (1/MU)*log(exp(-MU*t)+exp(-MU*lag)-exp(-MU*(t+lag))); lnN ~ Y0 + MU*h - log1p(expm1(MU*h)*exp(Y0-Ymax))'
    expect(fit(baranyi, data).sumOfSquares).toBeCloseTo(1.842461250384959, 10)
  })
})

describe('a search that does not converge says why, where, and what to try', () => {
  it('the model is flat at the start', () => {
    const data = { x: [400, 600, 800, 1000, 1200, 1400, 1600], y: [0, 0, 0.13, 0.35, 0.75, 0.89, 0.91] }
    const result = fit('y ~ 1 / (1 + exp(-b * (x - a)))', data, { start: { a: 1, b: 1 } })
    expect(result).toMatchObject({
      converged: false,
      reason: 'the model is flat: no residual changes with b, a at b = 1, a = 1; start elsewhere',
    })
    expect(String(result)).toContain('Not converged after 0 iterations')
  })

  it('the model became flat on the way', () => {
    const data = { x: [36, 40, 44, 48, 52, 56, 60], y: [4, 6, 26, 55, 112, 267, 669] }
    const result = fit('y ~ a * exp(-b * x) + c', data, { start: { a: 1, b: 1, c: 1 } })
    expect(result.converged).toBe(false)
    expect(result.reason).toMatch(/^the model is flat in .*, where the search has led; start elsewhere/)
  })

  it('what is not finite lies in the way', () => {
    // The best k is below 1, where the root of k - 1 is no number.
    const data = { x: [0, 1, 2, 3], y: [-1, 0.1, 0.9, 2.1] }
    const result = fit('y ~ a * x + sqrt(k - 1)**2', data, { start: { a: 1, k: 3 } })
    expect(result.converged).toBe(false)
    expect(result.reason).toMatch(/^the way down is blocked: .* row 0 .*; keep away from there by bounds/)
  })

  it('squares overflow on the way', () => {
    const x = Array.from({ length: 33 }, (_, i) => 1980 + i)
    const y = [
      1, 1, 1, 3, 3, 5, 8, 8, 9, 12, 15, 24, 33, 44, 62, 68, 81, 87, 102, 114, 123, 135, 144, 158, 172, 188,
      197, 224, 234, 254, 278, 312, 317,
    ]
    const result = fit('y ~ a * x**b', { x, y }, { start: { a: 1, b: 1 } })
    expect(result.converged).toBe(false)
    const scaled = fit('y ~ a * (x / 2000)**b', { x, y }, { start: { a: 1, b: 1 } })
    expect(scaled.sumOfSquares).toBeCloseTo(8122.98, 2)
    expect(scaled.warnings).toEqual([])
  })

  it('the steps run out', () => {
    const { converged, reason } = fit(logistic, growth, { start: { a: 1, b: 1, k: 1 }, maxIterations: 2 })
    expect(converged).toBe(false)
    expect(reason).toMatch(/^it reached maxIterations before the sum of squares was level, at a = /)
  })
})

it('a fit that a constant beats has a warning', () => {
  const data = { x: [0.02, 0.06, 0.1, 0.2, 0.5, 1.1], y: [50, 100, 125, 154, 178, 190] }
  const wrong = fit('y ~ V * x / (K + x)', data, { start: { V: 12, K: -0.4 } })
  expect(wrong.warnings).toContainEqual(
    expect.stringMatching(/^a constant fits better \(SSR 1\.3\d+e\+4 instead of/),
  )
  expect(fit('y ~ V * x / (K + x)', data, { start: { V: 100, K: 0.1 } }).warnings).toEqual([])
  expect(fit('y ~ m', { y: data.y }, { start: { m: 1 } }).warnings).toEqual([])
  expect(fit('y ~ m', { y: [1e9, 1e9, 1e9 + 1e-6] }, { start: { m: 1 } }).warnings.join()).not.toContain(
    'constant',
  )
  // With weights, the constant is the weighted mean.
  const weights = [1, 1, 1, 1e-9, 1e-9, 1e-9]
  expect(fit('y ~ m', { y: data.y }, { start: { m: 1 }, weights }).warnings).toEqual([])
})
