import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as distributions from '../../src/special/distributions.js'

const byName = new Map(Object.entries(distributions))

const { student, chiSquared, fisher } = JSON.parse(
  readFileSync(new URL('reference/distributions.json', import.meta.url), 'utf8'),
) as Record<'student' | 'chiSquared' | 'fisher', number[][]>

/** Some 20 roundings of positive terms; the exponents, up to 700, are computed to 60 bits. */
const TOLERANCE = 1e-14

function expectNear(got: number, wanted: number, what: string): void {
  expect(Math.abs(got / wanted - 1), `${what}: ${got}, wanted ${wanted}`).toBeLessThan(TOLERANCE)
}

describe.each([
  ['student', student],
  ['chiSquared', chiSquared],
  ['fisher', fisher],
] as const)('%s', (name, rows) => {
  const f = (kind: string) => byName.get(`${name}${kind}`) as (...given: number[]) => number

  it('both tails, from 1e-300, against high precision', () => {
    expect(rows.length).toBeGreaterThan(100)
    for (const row of rows) {
      const parameters = row.slice(0, -3)
      const [x, lower, upper] = row.slice(-3) as [number, number, number]
      expectNear(f('Cdf')(x, ...parameters), lower, `cdf of ${row}`)
      expectNear(f('Tail')(x, ...parameters), upper, `tail of ${row}`)
    }
  })

  it('the quantile of the smaller tail, which has the digits, gives the point back', () => {
    for (const row of rows) {
      const parameters = row.slice(0, -3)
      const [x, lower, upper] = row.slice(-3) as [number, number, number]
      // Near the median of Student's t the probability has lost the digits of the point.
      if (name === 'student' && upper > 0.3) continue
      if (lower < upper) expectNear(f('Quantile')(lower, ...parameters), x, `quantile of ${row}`)
      else expectNear(f('TailQuantile')(upper, ...parameters), x, `tail quantile of ${row}`)
    }
  })
})

it("Student's t of one degree of freedom is the Cauchy distribution, of two algebraic", () => {
  for (const t of [1e-18, 1e-5, 0.3, 1, 17, 1e30, 1e250]) {
    expectNear(distributions.studentTail(t, 1), Math.atan2(1, t) / Math.PI, `df 1, ${t}`)
    const root = Math.hypot(Math.SQRT2, t)
    if (t < 1e150) expectNear(distributions.studentTail(t, 2), 1 / root / (root + t), `df 2, ${t}`)
  }
  for (const p of [1e-300, 1e-9, 0.2, 0.4, 0.5 - 2 ** -40, 1 - 2 ** -53]) {
    const c = p - 0.5
    expectNear(distributions.studentQuantile(p, 2), (2 * c * Math.SQRT2) / Math.sqrt(4 * p * (1 - p)), `${p}`)
  }
})

it('a Gamma variable of shape 1 is exponential, in every tail and scale', () => {
  for (const x of [1e-300, 2 ** -20, 0.5, 2, 40, 690]) {
    expectNear(distributions.gammaTail(3 * x, 1, 3), Math.exp(-x), `tail ${x}`)
    expectNear(distributions.gammaCdf(3 * x, 1, 3), -Math.expm1(-x), `cdf ${x}`)
    if (x > 0.1) expectNear(distributions.gammaTailQuantile(Math.exp(-x), 1, 0.25), x / 4, `quantile ${x}`)
  }
})

it('a Beta variable with a shape 1 has powers as tails', () => {
  for (const x of [1e-200, 2 ** -20, 0.25, 0.75, 1 - 2 ** -30]) {
    for (const a of [0.5, 1, 3.7, 1000]) {
      if (x ** a < 1e-300 || (1 - x) ** a < 1e-300) continue
      expectNear(distributions.betaCdf(x, a, 1), x ** a, `${x}^${a}`)
      expectNear(distributions.betaTail(x, 1, a), (1 - x) ** a, `(1 - ${x})^${a}`)
    }
  }
  expectNear(distributions.betaQuantile(0.25, 2, 1), 0.5, 'x^2')
  expectNear(distributions.betaTailQuantile(0.25, 1, 2), 0.5, '(1 - x)^2')
})

it('infinitely many degrees of freedom make the normal distribution', () => {
  expect(distributions.studentCdf(-1.96, Infinity)).toBe(0.024997895148220435)
  expectNear(distributions.studentQuantile(0.975, Infinity), 1.959963984540054, 'normal')
})

it('the ends of the range, and what lies outside', () => {
  expect(distributions.studentQuantile(0, 3)).toBe(-Infinity)
  expect(distributions.studentQuantile(1, 3)).toBe(Infinity)
  expect(distributions.studentQuantile(0.5, 3)).toBe(0)
  expect(distributions.chiSquaredQuantile(0, 3)).toBe(0)
  expect(distributions.chiSquaredQuantile(1, 3)).toBe(Infinity)
  expect(distributions.betaQuantile(1, 2, 3)).toBe(1)
  expect(distributions.fisherCdf(-1, 2, 3)).toBe(0)
  expect(distributions.fisherTail(Infinity, 2, 3)).toBe(0)
  expect(distributions.chiSquaredTail(1e308, 3)).toBe(0)
  expect(distributions.betaCdf(2, 2, 3)).toBe(1)
  for (const bad of [0, -1, Number.NaN]) {
    expect(distributions.studentCdf(1, bad)).toBeNaN()
    expect(distributions.chiSquaredTail(1, bad)).toBeNaN()
    expect(distributions.gammaCdf(1, 2, bad)).toBeNaN()
    expect(distributions.fisherTail(1, 3, bad)).toBeNaN()
    expect(distributions.betaQuantile(0.5, bad, 1)).toBeNaN()
  }
  for (const bad of [-0.1, 1.1, Number.NaN]) {
    expect(distributions.studentQuantile(bad, 3)).toBeNaN()
    expect(distributions.fisherQuantile(bad, 3, 4)).toBeNaN()
    expect(distributions.gammaQuantile(bad, 3)).toBeNaN()
  }
})
