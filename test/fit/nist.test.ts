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
  /** y, then x, or x1 and x2. */
  readonly rows: readonly (readonly string[])[]
}

const { problems } = JSON.parse(readFileSync(new URL('data/nist.json', import.meta.url), 'utf8')) as {
  problems: Record<string, NistProblem>
}

/** How many significant digits agree with a certified value, of which 11 are printed. */
function digits(got: number, certified: string): number {
  const expected = Number(certified)
  return Math.min(11, -Math.log10(Math.abs(got - expected) / Math.abs(expected)))
}

/** What all searches together took when they were last made better. */
const MOST_EVALUATIONS = 3913
let evaluations = 0

describe.each(Object.entries(problems))('%s', (name, problem) => {
  const columns = problem.rows[0]!.length === 2 ? ['y', 'x'] : ['y', 'x1', 'x2']
  const data = problem.rows.map(row =>
    Object.fromEntries(columns.map((column, k) => [column, Number(row[k])])),
  )
  const numbered = (numbers: readonly string[]): Record<string, number> =>
    Object.fromEntries(numbers.map((b, j) => [`b${j + 1}`, Number(b)]))

  it.each(['start1', 'start2'] as const)('from %s', which => {
    const result = fit(problem.formula, data, { start: numbered(problem[which]) })
    evaluations += result.evaluations
    expect(result.converged).toBe(true)
    expect(result.warnings).toEqual([])
    problem.certified.forEach((certified, j) => {
      const { value, standardError } = result.estimates[`b${j + 1}`]!
      expect(digits(value, certified), `b${j + 1}`).toBeGreaterThanOrEqual(10)
      // The residuals of Lanczos1 are the rounding of its data, 1e-13, and so are its errors.
      const wanted = name === 'Lanczos1' ? 3 : 10
      expect(digits(standardError, problem.stddev[j]!), `error of b${j + 1}`).toBeGreaterThanOrEqual(wanted)
    })
    expect(digits(result.sumOfSquares, problem.rss)).toBeGreaterThanOrEqual(name === 'Lanczos1' ? 2.9 : 10)
  })
})

it('all 54 searches take no more evaluations than they did', () => {
  expect(evaluations).toBeGreaterThan(0)
  expect(evaluations).toBeLessThanOrEqual(MOST_EVALUATIONS)
})
