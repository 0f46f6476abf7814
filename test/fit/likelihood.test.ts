import { describe, expect, test } from 'vitest'
import type { Family } from '../../src/fit/likelihood/family.js'
import * as families from '../../src/fit/likelihood/family.js'
import { fitFamily } from '../../src/fit/likelihood/fitFamily.js'
import problems from './reference/likelihood.json' with { type: 'json' }

const familyOf = ({ family, trials }: { family: string; trials?: string }): Family =>
  (families as unknown as Record<string, (options?: object) => Family>)[family]!(
    trials === undefined ? {} : { trials },
  )

describe.each(problems)('$name', problem => {
  const { formula, data, event, parameters, standardErrors, logLikelihood } = problem
  const result = fitFamily(formula, data as never, {
    family: familyOf(problem),
    ...(event !== undefined && { event }),
  })

  test('parameters', () => {
    expect(result.converged).toBe(true)
    for (const [name, right] of Object.entries(parameters)) {
      // The search ends where the likelihood is rounding: about 1e-8 of a standard error before the last step, which squares it.
      const error = (standardErrors as Record<string, number>)[name]!
      expect(Math.abs(result.parameters[name]! - right!)).toBeLessThan(1e-8 * error)
    }
  })

  test('standard errors and likelihood', () => {
    for (const [name, right] of Object.entries(standardErrors)) {
      expect(result.estimates[name]!.standardError / right!).toBeCloseTo(1, 8)
    }
    expect(result.logLikelihood / logLikelihood).toBeCloseTo(1, 12)
  })
})

describe.each(
  problems.flatMap(problem => (problem.profile ? [{ ...problem, profile: problem.profile }] : [])),
)('$name: the profile of $profile.name', problem => {
  test('ends where the likelihood says', () => {
    const { formula, data, event, profile } = problem
    const result = fitFamily(formula, data as never, {
      family: familyOf(problem),
      ...(event !== undefined && { event }),
    })
    const { interval, points } = result.profile(profile.name)
    const error = result.estimates[profile.name]!.standardError
    // The search ends at 1e-10 of a standard error.
    for (const [k, end] of interval.entries()) {
      expect(Math.abs(end - profile.interval[k]!)).toBeLessThan(1e-8 * error)
    }
    expect(points.every(({ z }, i) => i === 0 || z > points[i - 1]!.z)).toBe(true)
  })
})
