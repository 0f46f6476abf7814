/** Expressions of fitted parameters: the delta method. */
import { describe, expect, it } from 'vitest'
import { Fit, fit } from '../../src/fit/index.js'

const data = { x: [0, 1, 2, 3, 4, 5], y: [2.1, 1.2, 0.8, 0.4, 0.3, 0.1] }
const formula = 'y ~ a * exp(-k * x)'
const result = fit(formula, data, { start: { a: 2, k: 1 } })
/** Two roads to one number differ by some roundings of the fit, of condition 10. */
const CLOSE = 1e-11

function expectSame(got: number, expected: number): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(CLOSE * Math.abs(expected))
}

describe('derive', () => {
  it('of a parameter is its estimate', () => {
    const { value, standardError, interval } = result.estimates.k!
    const derived = result.derive('k')
    expect(derived.value).toBe(value)
    expectSame(derived.standardError, standardError)
    expectSame(derived.interval[0], interval[0])
    expectSame(derived.interval[1], interval[1])
  })

  it('is what the fit says whose parameter is the expression', () => {
    const half = fit('y ~ a * exp(-log(2) / h * x)', data, { start: { a: 2, h: 1 } })
    const derived = result.derive('log(2) / k')
    expectSame(derived.value, half.parameters.h!)
    expectSame(derived.standardError, half.estimates.h!.standardError)
    expectSame(derived.interval[0], half.estimates.h!.interval[0])
  })

  it('of the curve is what predict says', () => {
    const { values, standardErrors, confidence } = result.predict({ x: [2.5] }, { confidence: 0.8 })
    const derived = result.derive('a * exp(-k * 2.5)', { confidence: 0.8 })
    expectSame(derived.value, values[0]!)
    expectSame(derived.standardError, standardErrors[0]!)
    expectSame(derived.interval[1], confidence.high[0]!)
  })

  it('takes fixed parameters as known, and knows a fit from JSON', () => {
    const fixed = fit(formula, data, { start: { k: 1 }, fixed: { a: 2 } })
    expect(fixed.derive('a').standardError).toBe(0)
    expectSame(fixed.derive('a * k').standardError, 2 * fixed.estimates.k!.standardError)
    expect(Fit.fromJSON(JSON.stringify(fixed)).derive('a * k')).toEqual(fixed.derive('a * k'))
  })

  it('tells a sum that is determined from parameters that are not', () => {
    const twins = fit('y ~ (a + 0 * b) * exp(-k * x)', data, { start: { a: 2, b: 1, k: 1 } })
    expect(twins.derive('b').standardError).toBeNaN()
    expectSame(twins.derive('a / k').standardError, result.derive('a / k').standardError)
  })

  it('refuses other names, and formulas', () => {
    expect(() => result.derive('log(2) / K')).toThrow(
      "derive: 'K' is not a parameter; wanted an expression of a, k, such as 'log(2) / a'",
    )
    expect(() => result.derive('y ~ k')).toThrow('derive: ')
    expect(() => result.derive('k', { confidence: 95 })).toThrow('derive: confidence is the number 95')
  })
})
