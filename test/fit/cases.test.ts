/** Fits of people's data: each ends right, or says that it does not. From no start all parameters start at 1. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Fit, fit } from '../../src/fit/index.js'

interface Case {
  readonly name: string
  readonly class: string
  readonly formula: string
  readonly data: Record<string, number[]>
  readonly start: Record<string, number> | null
  readonly right: { readonly sumOfSquares?: number; readonly parameters?: Record<string, number> }
}

const { cases } = JSON.parse(readFileSync(new URL('data/cases.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}

function isRight({ right }: Case, { sumOfSquares, parameters }: Fit): boolean {
  // Right values are printed with six digits at least.
  if (right.sumOfSquares !== undefined) return sumOfSquares <= right.sumOfSquares * (1 + 1e-5) + 1e-20
  return Object.entries(right.parameters!).every(
    ([name, p]) => Math.abs(parameters[name]! - p) <= 1e-5 * Math.abs(p),
  )
}

/** Kinds that end right from the start given: those whose slopes are 0 though a factor is infinite. */
const REACHED = ['A']
/** Its least sum of squares is reached only as A goes to infinity. */
const INFIMUM = 'Chapman-Richards, age 0'

describe('no case is silently wrong', () => {
  it.each(cases.map(one => [one.class[0], one.name, one] as const))('%s. %s', (_kind, _name, one) => {
    let result: Fit
    try {
      result = fit(one.formula, one.data, one.start === null ? {} : { start: one.start })
    } catch (error) {
      expect(String(error)).toMatch(/at the start .*; choose other start values/)
      return
    }
    if (isRight(one, result)) return
    if (one.name !== INFIMUM) expect(REACHED).not.toContain(one.class[0])
    const doubts = result.warnings.filter(warning => !warning.startsWith('no start given'))
    expect(result.converged && doubts.length === 0).toBe(false)
    if (!result.converged)
      expect(result.reason).toMatch(/; (start elsewhere|keep away|allow more|.* ran off)/)
  })
})

it.each(['Arrhenius, parameters a and e', '4PL with the parameter names of drc (b, c, d, e)'])(
  '%s: right where e is said to be a parameter',
  name => {
    const one = cases.find(one => one.name === name)!
    expect(isRight(one, fit(one.formula, one.data, { start: { e: 3 } }))).toBe(true)
  },
)
