/**
 * checkGradients, measured: right functions at scales from 1e-12 to 1e12 raise no false alarm, and faults put into them are
 * found.
 */
import { describe, expect, it } from 'vitest'
import { type CheckReport, compareGradients } from '../../src/calculus/checkGradients.js'
import type { Value } from '../../src/index.js'
import * as cr from '../../src/index.js'
import { crossEntropy } from '../../src/nn/index.js'

type F = (...xs: Value[]) => Value
interface Case {
  readonly name: string
  readonly f: F
  readonly at: readonly number[]
}

const SCALES = [1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9, 1e12]

/** Functions of numbers of size 1. */
const functions: readonly (readonly [name: string, f: F, at: readonly number[]])[] = [
  ['polynomial', x => x!.mul(3).add(x!.pow(3)).sub(2), [0.7]],
  ['sine', x => cr.sin(x!), [1.3]],
  ['quotient', (x, y) => x!.div(y!.add(2)), [0.4, 1.1]],
  ['reciprocal', x => cr.div(1, x!), [1.2]],
  ['saturation', (b, k) => b!.mul(2).div(k!.add(2)), [1, 3]],
  ['exponential', (x, y) => cr.exp(x!.mul(y!).neg()), [0.8, 0.6]],
  ['logarithm', x => cr.log(x!), [0.9]],
  ['root', (x, y) => cr.sqrt(x!.square().add(y!.square())), [0.3, 0.4]],
  ['cube root', x => cr.cbrt(x!), [1.7]],
  ['power', (x, y) => cr.pow(x!, y!), [1.4, 2.3]],
  ['softplus', (x, y) => cr.softplus(x!.mul(2).add(y!)), [0.3, -1]],
  ['net', (x, w) => cr.tanh(cr.tanh(x!.mul(w!)).mul(w!).add(0.1)), [0.5, -0.8]],
  ['sum', (x, y, z) => cr.sum([x!.mul(y!), y!.mul(z!), cr.cos(z!)]), [0.2, 0.5, 0.9]],
  ['logsumexp', (x, y, z) => cr.logsumexp([x!, y!, z!]), [0.1, 0.9, -0.4]],
  ['length', (x, y, z) => cr.norm([x!, y!, z!]), [0.5, 0, -0.7]],
  ['piecewise', (x, y) => cr.max(x!.square(), y!.mul(0.1)), [1.3, 0.2]],
]

/** Each in units of its operands, as people write the same model in metres and in micrometres. */
const scaled: Case[] = functions.flatMap(([name, f, at]) =>
  SCALES.map(scale => ({
    name: `${name}, in units of ${scale}`,
    f: (...xs: Value[]) => f(...xs.map(x => x.div(scale))),
    at: at.map(x => x * scale),
  })),
)

/** Where digits cancel, slopes have kinks, or sizes are unlike. */
const hard: Case[] = [
  { name: 'sin(x / 1e-9)', f: x => cr.sin(x!.div(1e-9)), at: [1.3e-9] },
  { name: 'saturation of small numbers', f: (b, k) => b!.mul(2e-9).div(k!.add(2e-9)), at: [1, 3e-9] },
  { name: '1 / x', f: x => cr.div(1, x!), at: [1e-8] },
  { name: 'cbrt', f: x => cr.cbrt(x!), at: [1e-12] },
  { name: 'x |x|', f: x => x!.mul(x!.abs()), at: [0] },
  { name: 'x^2 sign(x)', f: x => x!.square().mul(cr.sign(x!)), at: [0] },
  { name: '(x - y) |x - y|', f: (x, y) => x!.sub(y!).mul(x!.sub(y!).abs()), at: [0.3, 0.3] },
  { name: 'relu cubes', f: x => cr.relu(x!).pow(3).sub(cr.relu(x!.neg()).pow(3)), at: [0] },
  {
    name: 'Huber at its bend',
    f: x => cr.where(cr.lt(x!.abs(), 1), x!.square().mul(0.5), x!.abs().sub(0.5)),
    at: [1],
  },
  { name: 'cross entropy of a sure class', f: (...xs) => crossEntropy(xs, 0), at: [30, 0, 0] },
  { name: 'the same by difference', f: (a, b, c) => cr.logsumexp([a!, b!, c!]).sub(a!), at: [60, 0, 0] },
  { name: '1 - sigmoid', f: x => cr.sub(1, cr.sigmoid(x!)), at: [30] },
  { name: 'sine beside 1e8', f: x => cr.sin(x!).add(1e8).sub(1e8), at: [0.8] },
  { name: 'square of 1e-162', f: x => x!.square(), at: [1e-162] },
]

const cases = [...scaled, ...hard]

/** A factor of the derivative in one operand: 1 % too large, of the other sign, none, half of it. */
const FAULTS = [1.01, -1, 0, 0.5]

function reportOf({ f, at }: Case, wrong?: number, factor = 1): CheckReport {
  const fault = cr.primitive('fault', { evaluate: x => x, partials: [factor] })
  return compareGradients(
    ((...xs: Value[]) => f(...xs.map((x, i) => (i === wrong ? fault(x) : x)))) as never,
    at,
  )
}

describe('checkGradients, over functions of which the derivatives are right', () => {
  const reports = cases.map(tried => ({ name: tried.name, report: reportOf(tried) }))

  it('calls none wrong', () => {
    const wrong = reports.filter(({ report }) =>
      report.entries.some(entry => entry.checked && !entry.correct),
    )
    expect(wrong.map(({ name, report }) => `${name}: ${report}`)).toEqual([])
  })

  it('cannot check 5 of them at most', () => {
    const unchecked = reports.filter(({ report }) => !report.correct)
    expect(cases.length).toBeGreaterThanOrEqual(154)
    expect(
      unchecked.length,
      unchecked.map(({ name, report }) => `${name}: ${report}`).join('\n'),
    ).toBeLessThanOrEqual(5)
  })
})

it('checkGradients finds 98 % of the faults put into them', () => {
  const missed: string[] = []
  let count = 0
  for (const tried of cases) {
    const slopes = reportOf(tried).entries
    for (const i of tried.at.keys()) {
      // Of a slope of 0 any factor makes 0.
      if (slopes[i]!.reverse === 0) continue
      for (const factor of FAULTS) {
        count++
        if (reportOf(tried, i, factor).correct)
          missed.push(`${tried.name}, operand ${i + 1}, ${factor} times`)
      }
    }
  }
  expect(count).toBeGreaterThan(629)
  expect(missed.length / count, missed.join('\n')).toBeLessThanOrEqual(0.02)
}, 120_000)

it('second derivatives too small for digits of their own are no fault', () => {
  const tiny = (x: Value): Value => x.square().mul(5e-324)
  expect(compareGradients(tiny as never, 0.5, { order: 2 }).correct).toBe(true)
  expect(
    compareGradients(((x: Value) => x.mul(1e-160).square().mul(1e-3)) as never, 0.7, { order: 2 }).correct,
  ).toBe(true)
})
