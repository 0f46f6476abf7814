/**
 * How compiled programs grow: graphs of a thousand to a million operations with their gradients, on every engine, each
 * held against the graph itself; then ten thousand programs alive at once.
 *
 *     npm run growth:compile -- [largest size = 1000000] [programs = 10000]
 */

import '../src/index.js'
import { gradient } from '../src/calculus/gradient.js'
import { engines } from '../src/compile/engines/engines.js'
import { type CompileOptions, compile } from '../src/compile/index.js'
import { value } from '../src/core/value.js'
import { shapes } from '../test/support/growth.js'
import { backwardGradient } from '../test/support/rows.js'
import { same } from '../test/support/ulp.js'

const [largest = 1_000_000, programs = 10_000] = process.argv.slice(2).map(Number)
const names = engines.map(({ name }) => name as NonNullable<CompileOptions['engine']>)
let wrong = 0

for (const [shape, make] of Object.entries(shapes)) {
  const growth = []
  for (let size = 1000; size <= largest; size *= 10) {
    const { output, leaves } = make(size)
    const point = Float64Array.from(leaves, ({ data }) => data)
    const wanted = [output.data, ...backwardGradient(output, leaves)]
    for (const engine of names) {
      const start = performance.now()
      const outputs = [output, ...gradient(output, leaves)]
      const recorded = performance.now()
      const f = compile(outputs, { inputs: leaves, engine })
      const out = f.run(point)
      const end = performance.now()
      const isRight = f.engine === engine && wanted.every((x, i) => same(out[i]!, x))
      if (!isRight) wrong++
      const operations = f.program.instructions.length
      growth.push({
        size,
        engine,
        operations,
        'gradient ms': Math.round(recorded - start),
        'compile + first run ms': Math.round(end - recorded),
        'ns an operation': Number((fastest(() => f.run(point, out)) / operations).toFixed(2)),
        bits: isRight ? 'same' : 'WRONG',
      })
      f.dispose()
    }
  }
  console.log(shape)
  console.table(growth)
}

const alive = []
for (const engine of names) {
  const before = process.memoryUsage().rss
  const start = performance.now()
  const made = Array.from({ length: programs }, (_, i) => {
    const x = value(0, 'x')
    return compile(x.mul(i).exp(), { inputs: [x], engine })
  })
  const compiled = performance.now()
  const x = value(0.001)
  const isRight = made.every((program, i) => program.run([0.001])[0] === x.mul(i).exp().data)
  if (!isRight) wrong++
  alive.push({
    engine,
    programs,
    'ms each': Number(((compiled - start) / programs).toFixed(3)),
    'KB each': Math.round((process.memoryUsage().rss - before) / programs / 1024),
    bits: isRight ? 'same' : 'WRONG',
  })
  for (const program of made) program.dispose()
}
console.table(alive)
process.exitCode = wrong === 0 ? 0 : 1

/** Nanoseconds of a run: the fastest of many, after a warm-up. */
function fastest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (const begin = performance.now(); performance.now() - begin < 500; ) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best * 1e6
}
