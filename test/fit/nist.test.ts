/** The NIST reference problems of nonlinear regression, from their formulas alone, with default options. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fit } from '../../src/fit/index.js'

interface NistProblem {
  readonly level: string
  readonly formula: string
  readonly start1: readonly string[]
  readonly start2: readonly string[]
  readonly certified: readonly string[]
  readonly stddev: readonly string[]
  readonly rss: string
  readonly rsd: string
  /** y, then x. */
  readonly rows: readonly (readonly [y: string, x: string])[]
}

const { problems } = JSON.parse(readFileSync(new URL('data/nist.json', import.meta.url), 'utf8')) as {
  problems: Record<string, NistProblem>
}

/** How many significant digits agree with a certified value, of which 11 are printed. */
function digits(got: number, certified: string): number {
  const expected = Number(certified)
  return Math.min(11, -Math.log10(Math.abs(got - expected) / Math.abs(expected)))
}

describe.each(Object.entries(problems))('%s', (_name, problem) => {
  const data = problem.rows.map(([y, x]) => ({ y: Number(y), x: Number(x) }))
  const numbered = (numbers: readonly string[]): Record<string, number> =>
    Object.fromEntries(numbers.map((b, j) => [`b${j + 1}`, Number(b)]))

  it.each(['start1', 'start2'] as const)('from %s', which => {
    const result = fit(problem.formula, data, { start: numbered(problem[which]) })
    expect(result.converged).toBe(true)
    expect(result.warnings).toEqual([])
    problem.certified.forEach((certified, j) => {
      const { value, standardError } = result.estimates[`b${j + 1}`]!
      expect(digits(value, certified), `b${j + 1}`).toBeGreaterThanOrEqual(8)
      expect(digits(standardError, problem.stddev[j]!), `error of b${j + 1}`).toBeGreaterThanOrEqual(6)
    })
    expect(digits(result.sumOfSquares, problem.rss)).toBeGreaterThanOrEqual(8)
    expect(digits(result.residualStandardDeviation, problem.rsd)).toBeGreaterThanOrEqual(8)
  })
})
