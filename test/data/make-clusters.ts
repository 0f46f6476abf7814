/**
 * Writes clusters.csv, the data set of the example tests: three round clusters in the plane, far enough apart that a
 * classifier should get nearly all of them right. Run `npx tsx test/data/make-clusters.ts` to make it again.
 */
import { writeFileSync } from 'node:fs'
import { normal } from 'chainrule/nn'
import seedrandom from 'seedrandom'

const random = seedrandom('clusters')
const centres = [
  { x: 2, y: 30, name: 'low' },
  { x: 5, y: 80, name: 'middle' },
  { x: 8, y: 25, name: 'high' },
]

const lines = ['width,height,class']
for (let i = 0; i < 60; i++) {
  const { x, y, name } = centres[i % centres.length]!
  const width = normal(x, 0.8)(random, 1, 1)
  const height = normal(y, 9)(random, 1, 1)
  lines.push(`${width.toFixed(2)},${height.toFixed(1)},${name}`)
}
writeFileSync(new URL('clusters.csv', import.meta.url), `${lines.join('\n')}\n`)
