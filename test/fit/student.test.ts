import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { halfWidth, twoSided } from '../../src/fit/report/student.js'

const { quantiles, tails } = JSON.parse(
  readFileSync(new URL('reference/student.json', import.meta.url), 'utf8'),
) as {
  quantiles: { dof: number; confidence: number; halfWidth: number }[]
  tails: { dof: number; t: number; twoSided: number }[]
}

// What the package reaches, and far more than an interval shows.
const TOLERANCE = 1e-11

it.each(quantiles)('the half-width for $confidence with $dof degrees of freedom', row => {
  expect(Math.abs(halfWidth(row.confidence, row.dof) / row.halfWidth - 1)).toBeLessThan(TOLERANCE)
})

it.each(tails)('the probability beyond $t with $dof degrees of freedom', row => {
  // Below the smallest normal double there are fewer digits.
  expect(Math.abs(twoSided(row.t, row.dof) - row.twoSided)).toBeLessThanOrEqual(
    Math.max(TOLERANCE * row.twoSided, 1e-300),
  )
  expect(twoSided(-row.t, row.dof)).toBe(twoSided(row.t, row.dof))
})

it('without degrees of freedom there are none', () => {
  expect(halfWidth(0.95, 0)).toBeNaN()
  expect(twoSided(2, 0)).toBeNaN()
})
