/**
 * Writes test/math/reference.json, from which the tests know the truth: for each function rows of the arguments, the
 * double nearest to the true value, and how many ulps the truth lies above it.
 *
 *     npm run store:reference
 */

import { writeFileSync } from 'node:fs'
import { arity, names, points } from '../../test/support/points.js'
import { compileReference, reference } from './compiled.js'

const COUNT = 130

function rowsOf(name: string): number[][] {
  const width = arity(name)
  // Without the special values, which have tests of their own
  const xs = points(name, 20_000, 5).slice(-COUNT * width)
  const records = new Float64Array(3 * COUNT)
  for (let i = 0; i < COUNT; i++) {
    records[3 * i] = xs[width * i]!
    records[3 * i + 1] = xs[width * i + width - 1]!
  }
  const stored = reference(records, name, 'truth')
  const rows = Array.from({ length: COUNT }, (_, i) => [
    ...xs.slice(width * i, width * (i + 1)),
    stored[2 * i]!,
    Number(stored[2 * i + 1]!.toFixed(4)),
  ])
  return rows.filter(row => row.every(Number.isFinite))
}

compileReference()
const entries = names.map(
  name =>
    `  "${name}": [\n${rowsOf(name)
      .map(row => `    ${JSON.stringify(row)}`)
      .join(',\n')}\n  ]`,
)
writeFileSync(new URL('../../test/math/reference.json', import.meta.url), `{\n${entries.join(',\n')}\n}\n`)
