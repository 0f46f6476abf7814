/**
 * Measures every elementary function against libquadmath, writes an error plot for each to reports/accuracy and the
 * table of largest errors to docs/accuracy.md. Needs a C compiler with libquadmath.
 *
 *     npm run measure:accuracy [-- points [function ...]]
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as math from '../../src/math/index.js'
import { arity, names, points } from '../../test/support/points.js'
import { compileReference, reference } from './compiled.js'
import { plot } from './plot.js'

interface Measured {
  readonly name: string
  readonly count: number
  readonly worst: number
  readonly at: readonly number[]
  /** The share of results that are the doubles nearest to the truth. */
  readonly nearest: number
}

const BATCH = 1_000_000
const functions = math as unknown as Record<string, (x: number, y?: number) => number>
const folder = fileURLToPath(new URL('../../reports/accuracy/', import.meta.url))

function errors(name: string, xs: Float64Array): Float64Array {
  const f = functions[name]!
  const width = arity(name)
  const records = new Float64Array((3 * xs.length) / width)
  for (let i = 0, j = 0; i < xs.length; i += width, j += 3) {
    const x = xs[i]!
    const y = width === 2 ? xs[i + 1]! : 0
    records.set([x, y, f(x, y)], j)
  }
  return reference(records, name)
}

function measure(name: string, count: number): Measured {
  const width = arity(name)
  let worst = -1
  let at: readonly number[] = []
  let nearest = 0
  let first: { readonly xs: Float64Array; readonly ulps: Float64Array } | undefined
  for (let done = 0; done < count; done += BATCH) {
    const xs = points(name, Math.min(BATCH, count - done), 1 + done)
    const ulps = errors(name, xs)
    first ??= { xs, ulps }
    ulps.forEach((error, i) => {
      if (error <= 0.5) nearest++
      if (error > worst) {
        worst = error
        at = [...xs.subarray(width * i, width * (i + 1))]
      }
    })
  }
  if (first !== undefined) writeFileSync(join(folder, `${name}.svg`), plot(name, first.xs, first.ulps, width))
  return { name, count, worst, at, nearest: nearest / count }
}

function toMarkdown(rows: readonly Measured[]): string {
  const lines = rows.map(({ name, count, worst, at, nearest }) => {
    const share = `${(100 * nearest).toFixed(2)} %`
    return `| ${name} | ${worst.toFixed(4)} | ${at.join(', ')} | ${share} | ${count.toLocaleString('en')} |`
  })
  return `# Accuracy of the elementary functions

The largest error found, in units in the last place (ulp) of the true value, against libquadmath. A correctly rounded
result has at most 0.5. The arguments are those of \`test/support/points.ts\`, dense where a function is hard, special
values included. Written by \`npm run measure:accuracy\`, which also draws the errors of every function into
\`reports/accuracy/\`.

| function | largest error | at | correctly rounded | points |
|---|---|---|---|---|
${lines.join('\n')}
`
}

const [count = '4000000', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
compileReference()
const rows: Measured[] = []
for (const name of wanted.length === 0 ? names : wanted) {
  const row = measure(name, Number(count))
  rows.push(row)
  console.log(name.padEnd(16), row.worst.toFixed(4), `${(100 * row.nearest).toFixed(2)} %`, row.at.join(' '))
}
if (wanted.length === 0) {
  const table = fileURLToPath(new URL('../../docs/accuracy.md', import.meta.url))
  writeFileSync(table, toMarkdown(rows))
}
