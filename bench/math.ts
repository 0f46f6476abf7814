/**
 * The elementary functions against `Math`: time per value as paired ratios, ours / `Math`, so below 1 is faster.
 * Blocks are interleaved A B B A, and a ratio is the median over all rounds; the control times `Math` against itself
 * in the same way. Calls are independent, as in a loop over rows. Two lanes are the same steps in a compiled program
 * over rows.
 *
 *     npm run bench:math [-- rounds [function ...]]
 */

import { setFlagsFromString } from 'node:v8'
import { compile } from '../src/compile/index.js'
import { tableRow } from '../src/core/primitive.js'
import { column } from '../src/index.js'
import { definitions } from '../src/math/definitions/index.js'
import * as math from '../src/math/index.js'
import { random } from '../test/support/points.js'
import { median } from './paired.js'

// WebAssembly is optimised at once, not by a thread that a busy machine may hold up: until then lanes take about twice as long.
setFlagsFromString('--no-liftoff')

type Unary = (x: number) => number
type Binary = (x: number, y: number) => number
type Block = () => number

const SIZE = 4096
const REPEATS = 12
const [count = '60', ...wanted] = process.argv.slice(2)
const rounds = Number(count)

/** What a user would write with `Math`, and the range of arguments. */
const cases: Record<string, readonly [Unary | Binary, number, number]> = {
  exp: [Math.exp, -10, 10],
  expm1: [Math.expm1, -3, 3],
  log: [Math.log, 0.01, 100],
  log1p: [Math.log1p, -0.9, 10],
  tanh: [Math.tanh, -5, 5],
  sin: [Math.sin, -10, 10],
  cos: [Math.cos, -10, 10],
  pow: [Math.pow, 0.1, 10],
  sigmoid: [(x: number) => 1 / (1 + Math.exp(-x)), -10, 10],
  softplus: [(x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), -10, 10],
  logSigmoid: [(x: number) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))), -10, 10],
  log2: [Math.log2, 0.01, 100],
  log10: [Math.log10, 0.01, 100],
  tan: [Math.tan, -10, 10],
  sinh: [Math.sinh, -5, 5],
  cosh: [Math.cosh, -5, 5],
  asinh: [Math.asinh, -10, 10],
  acosh: [Math.acosh, 1, 10],
  atanh: [Math.atanh, -1, 1],
  asin: [Math.asin, -1, 1],
  acos: [Math.acos, -1, 1],
  atan: [Math.atan, -5, 5],
  atan2: [Math.atan2, 0.1, 10],
  cbrt: [Math.cbrt, -10, 10],
  hypot: [Math.hypot, 0.1, 10],
}

let blocks = 0

/** A loop of its own for every function: engines reuse code, and what they learnt of its calls, for equal sources. */
function block(f: Unary | Binary, xs: Float64Array, ys: Float64Array): Block {
  const operands = f.length === 2 ? 'xs[i], ys[i]' : 'xs[i]'
  const body = `/* ${blocks++} */ return () => { let s = 0; for (let k = 0; k < ${REPEATS}; k++) for (let i = 0; i < ${SIZE}; i++) s += f(${operands}); return s }`
  return new Function('f', 'xs', 'ys', body)(f, xs, ys) as Block
}

let sink = 0

function time(run: Block): number {
  const start = process.hrtime.bigint()
  sink += run()
  return Number(process.hrtime.bigint() - start) / (REPEATS * SIZE)
}

/** The median ratio b / a over interleaved blocks, and the median time of b in nanoseconds. */
function compare(a: Block, b: Block): readonly [number, number] {
  for (let i = 0; i < 10; i++) sink += a() + b()
  const ratios: number[] = []
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const a1 = time(a)
    const b1 = time(b)
    const b2 = time(b)
    const a2 = time(a)
    ratios.push((b1 + b2) / (a1 + a2))
    times.push((b1 + b2) / 2)
  }
  return [median(ratios), median(times)]
}

console.log('function    Math/Math  ours/Math  ours ns   lanes/Math  lanes ns  times faster')
for (const [name, [twin, low, high]] of Object.entries(cases)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const r = random(3)
  const xs = Float64Array.from({ length: SIZE }, () => low + (high - low) * r.unit())
  const ys = Float64Array.from({ length: SIZE }, () => low + (high - low) * r.unit())
  const theirs = block(twin, xs, ys)
  const [control] = compare(theirs, block(twin, xs, ys))
  const ours = (math as unknown as Record<string, Unary>)[name]!
  const [ratio, time] = compare(theirs, block(ours, xs, ys))
  let line = `${name.padEnd(12)}${control.toFixed(3).padStart(8)}${ratio.toFixed(3).padStart(11)}${time.toFixed(2).padStart(9)}`
  const definition = definitions.find(other => other.name === name)
  if (definition !== undefined) {
    const labels = definition.parameters
    const rule = { evaluate: ours, partials: labels.map(() => 0) }
    const row = tableRow(name, rule as never) as unknown as (...columns: unknown[]) => never
    const program = compile(row(...labels.map(label => column(label))), { inputs: [], engine: 'wasm' })
    const bound = program.bind(labels.length === 2 ? { x: xs, y: ys } : { x: xs })
    const none = new Float64Array(0)
    const out = new Float64Array(SIZE)
    const [inLanes, ns] = compare(theirs, () => {
      for (let k = 0; k < REPEATS; k++) bound.run(none, out)
      return out[0]!
    })
    line += `${inLanes.toFixed(3).padStart(12)}${ns.toFixed(2).padStart(10)}${(1 / inLanes).toFixed(2).padStart(11)}`
  }
  console.log(line)
}
if (Number.isNaN(sink)) console.log('')
