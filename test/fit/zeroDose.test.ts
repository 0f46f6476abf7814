/** Dose 0 and time 0: the base of a power is 0 whatever the parameters are, so its slope in them is 0 and no NaN. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fit } from '../../src/fit/index.js'
import {
  add,
  div,
  gammaP,
  gradient,
  lgamma,
  mul,
  pow,
  sqrt,
  sub,
  tangent,
  type Value,
  value,
} from '../../src/index.js'

interface Case {
  readonly name: string
  readonly formula: string
  readonly data: Record<string, number[]>
  readonly start?: Record<string, number>
  readonly right: {
    readonly parameters: Record<string, number>
    readonly standardErrors?: Record<string, number>
    readonly sumOfSquares?: number
  }
}

// Sources: the entries themselves; the numbers are those of R's drc or of scipy, as many digits as are given.
const cases: Case[] = JSON.parse(readFileSync(new URL('reference/zeroDose.json', import.meta.url), 'utf8'))

/** Within the rounding of the digits given, at least 4 of them; a search ends within 1e-7 of the best parameters. */
function expectDigits(got: number, expected: number): void {
  const digits = String(expected)
    .replace(/e.*|[-.]/g, '')
    .replace(/^0+/, '').length
  const relative = Math.max(1e-7, 10 ** (1 - digits))
  expect(Math.abs(got - expected), `${got} instead of ${expected}`).toBeLessThan(
    relative * Math.abs(expected),
  )
}

test.each(cases)('$name', ({ formula, data, start, right }) => {
  const result = fit(formula, data, start === undefined ? {} : { start })
  // Of Chapman and Richards the infimum lies at infinity, and the fit must say so.
  const isBounded = right.parameters.p === undefined
  expect(result.converged).toBe(isBounded)
  const warnings = result.warnings.filter(text => !text.startsWith('no start given'))
  expect(warnings.length > 0, warnings.join()).toBe(!isBounded)
  for (const [name, x] of Object.entries(right.parameters)) expectDigits(result.parameters[name]!, x)
  for (const [name, x] of Object.entries(right.standardErrors ?? {})) {
    expectDigits(result.estimates[name]!.standardError!, x)
  }
  if (isBounded && right.sumOfSquares !== undefined) expectDigits(result.sumOfSquares, right.sumOfSquares)
})

/** Nodes of value 0 for all a and b, by data: every derivative of theirs is 0. */
const still: Record<string, (a: Value, b: Value) => Value> = {
  '(0 / a) ** b': (a, b) => pow(div(0, a), b),
  'sqrt(a * 0)': a => sqrt(mul(a, 0)),
  'gammaP(b, 0 / a)': (a, b) => gammaP(b, div(0, a)),
  'lgamma(1 / (1 + (0 / a) ** b))': (a, b) => lgamma(div(1, add(1, pow(div(0, a), b)))),
  '(1 - x ** a) ** b at x = 1': (a, b) => pow(sub(1, pow(1, a)), b),
}

test.each(Object.keys(still))('%s is still at three orders', name => {
  const [a, b] = [value(2), value(0.4)]
  const y = still[name]!(a, b)
  y.backward()
  const slopes = gradient(y, [a, b])
  const seconds = slopes.flatMap(slope => gradient(slope, [a, b]))
  const thirds = seconds.flatMap(second => gradient(second, [a, b]))
  const all = [
    a.grad,
    b.grad,
    ...[...slopes, ...seconds, ...thirds, tangent(y, [a, b], [1, 2])].map(x => x.data),
  ]
  expect(all.map(Math.abs)).toEqual(all.map(() => 0))
})
