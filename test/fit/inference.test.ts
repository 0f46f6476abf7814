/** What is made of a fit: derived quantities, comparisons, likelihoods of one's own. */
import { describe, expect, test } from 'vitest'
import { binomial, compare, estimate, fit, poisson, weibull } from '../../src/fit/index.js'
import { column, value } from '../../src/index.js'
import reference from './reference/compare.json' with { type: 'json' }

const x = [0, 1, 2, 3, 4, 5]
const y = [10.1, 6.2, 3.6, 2.3, 1.4, 0.8]
const decay = fit('y ~ a * exp(-k * x)', { x, y }, { start: { a: 10, k: 0.5 } })

describe('compare', () => {
  test('the F-test of least squares', () => {
    const { data, F, p } = reference.squares
    const smaller = fit('loss ~ a + b * flow', data)
    const larger = fit('loss ~ a + b * flow + c * temperature', data)
    const { test: said, models } = compare(smaller, larger)
    expect(said!.name).toBe('F')
    // The reference solves normal equations: about ten digits.
    expect(said!.statistic / F).toBeCloseTo(1, 9)
    expect(said!.pValue / p).toBeCloseTo(1, 8)
    expect(models[0]!.weight + models[1]!.weight).toBeCloseTo(1, 15)
    expect(compare(larger, smaller).test).toEqual(said)
  })

  test('the likelihood-ratio test', () => {
    const { data, ratio, p, aic, bic } = reference.counts
    const few = fit('executions ~ exp(a)', data, { family: poisson() })
    const more = fit('executions ~ exp(a + b * south)', data, { family: poisson() })
    const { test: said, models } = compare(few, more)
    expect(said!.name).toBe('likelihood ratio')
    // A difference of two likelihoods of about 50, which the reference has to some 1e-12.
    expect(said!.statistic / ratio).toBeCloseTo(1, 10)
    expect(said!.pValue / p).toBeCloseTo(1, 9)
    for (const [i, model] of models.entries()) {
      expect(model.aic / aic[i]!).toBeCloseTo(1, 12)
      expect(model.bic / bic[i]!).toBeCloseTo(1, 12)
    }
  })

  test('refuses what cannot be compared', () => {
    const shorter = fit('y ~ a * exp(-k * x)', { x: x.slice(1), y: y.slice(1) })
    expect(() => compare(decay)).toThrow('compare: wanted two fits or more')
    expect(() => compare(decay, shorter)).toThrow('the fits have 6 and 5 observations')
    expect(() => compare(decay, {} as never)).toThrow('compare: argument 2 is an object')
  })
})

describe('likelihoods', () => {
  const rate = (start: number) => {
    const leaf = value(start, 'rate')
    const t = column('t')
    return estimate(leaf.mul(t).sub(leaf.log()), { parameters: [leaf], data: { t: [0.2, 1.7, 0.9, 1.2] } })
  }

  test('one of your own: exponential times have a rate of 1 / mean, with an error of rate / sqrt(n)', () => {
    const { rate: found } = rate(0.1).estimates
    expect(found!.value).toBeCloseTo(1, 14)
    expect(found!.standardError).toBeCloseTo(0.5, 14)
  })

  test('the profile of it is where n (r - 1 - log r) is z^2 / 2', () => {
    const { interval } = rate(1).profile('rate')
    for (const end of interval) {
      // The search for an end stops at 1e-10 of a standard error.
      expect(8 * (end - 1 - Math.log(end))).toBeCloseTo(1.959963984540054 ** 2, 8)
    }
  })

  test('separated classes have no estimate, and say so', () => {
    const data = { x: [1, 2, 3, 4, 5, 6], y: [0, 0, 0, 1, 1, 1] }
    const { warnings } = fit('y ~ sigmoid(a + b * x)', data, { family: binomial() })
    expect(warnings.join()).toMatch('far from a parabola')
  })

  test('parameters that only their sum determines', () => {
    const { warnings, estimates } = fit('y ~ exp(a + b)', { y: [1, 5, 7, 12] }, { family: poisson() })
    expect(warnings).toEqual(['the likelihood does not determine a, b: other values are as likely'])
    expect(estimates.a!.standardError).toBeNaN()
  })

  test.each([
    [
      { y: [1.5, 5] },
      { family: poisson() },
      'the left side is 1.5 in row 0; the family poisson wants a whole number',
    ],
    [{ y: [1, 5] }, { family: poisson }, 'wanted one such as poisson() (call it: poisson())'],
    [{ y: [1, 5], e: [1, 2] }, { family: weibull(), event: 'e' }, "column 'e' is 2 in row 1"],
    [{ y: [1, 5], e: [1, 1] }, { family: poisson(), event: 'e' }, 'poisson takes no censored rows'],
    [{ y: [1, 5] }, { family: poisson(), bounds: {} }, "there is no option 'bounds'"],
  ])('refuses %j', (data, options, message) => {
    expect(() => fit('y ~ exp(a)', data as never, options as never)).toThrow(message)
  })
})
