/** Compiled programs against hand-written JavaScript: loss and full gradient, ratios within one run. And how both grow. */

import { gradient, type Value, value } from 'chainrule'
import { compile } from 'chainrule/compile'
import * as compiled from './implementations/compiled.js'
import * as hand from './implementations/hand.js'
import { paired, QUICK, sunk, THOROUGH } from './paired.js'
import { dosage, network, twoTwoTwo, twoTwoTwoData } from './problems.js'
import { type CompileResult, conditions, quick, rounded, save } from './results.js'

const engines = compiled.engineNames()
const options = quick ? QUICK : { ...THOROUGH, rounds: 40 }

const tanh = network('tanh')
const workloads: Readonly<Record<string, readonly [hand.HandDerived, compiled.Model]>> = {
  '2-2-2 network, one row': [hand.twoTwoTwoByHand(twoTwoTwo), compiled.twoTwoTwoOneRow(twoTwoTwo)],
  'dosage SSR, 3 points': [hand.dosageByHand(dosage), compiled.dosageThreePoints(dosage)],
  '2-2-2 network, 1,000 rows': overRows(1000),
  '2-2-2 network, 100,000 rows': overRows(quick ? 2000 : 100_000),
  '2-16-16-1 tanh network, 100 rows': [hand.networkByHand(tanh), compiled.networkModel(tanh)],
}

function overRows(count: number): (typeof workloads)[string] {
  const rows = twoTwoTwoData(count)
  return [hand.twoTwoTwoRowsByHand(twoTwoTwo, rows), compiled.twoTwoTwoRows(twoTwoTwo, rows)]
}

const models: CompileResult['models'][number][] = []
for (const [title, [byHand, model]] of Object.entries(workloads)) {
  const ways: Record<string, hand.HandDerived> = { hand: byHand }
  for (const engine of engines) {
    ways[engine] = compiled.evaluated(model, engine)
    checkAgreement(title, byHand, ways[engine])
  }
  const runs = Object.entries(ways).map(
    ([name, way]) => [name, () => way.evaluate() + way.gradient[0]!] as const,
  )
  const result = paired(Object.fromEntries(runs), options)
  const ratios = Object.fromEntries(engines.map(engine => [engine, rounded(result.ratio(engine, 'hand'))]))
  const microseconds = rounded(result.microseconds('hand'))
  models.push({ title, microseconds, ratios, control: rounded(result.control) })
  console.log(
    `${title}: ${JSON.stringify(ratios)} times hand-written (${microseconds} µs), control ${rounded(result.control)}`,
  )
}

function checkAgreement(title: string, byHand: hand.HandDerived, way: hand.HandDerived): void {
  const [wanted, got] = [byHand.evaluate(), way.evaluate()]
  const scale = Math.max(...byHand.gradient.map(Math.abs))
  const errors = [...way.gradient].map((slope, i) => Math.abs(slope - byHand.gradient[i]!) / scale)
  // Both round in their own order: a few ulp of the largest term for each of up to 100,000 rows.
  const error = Math.max(Math.abs(got - wanted) / wanted, ...errors)
  if (!(error < 1e-10)) throw new Error(`${title}: compiled and hand-derived figures differ by ${error}`)
}

/** Sums and products of random earlier results, mostly recent ones; the outputs are the last and its gradient. */
function randomGraph(operations: number): { output: Value; leaves: Value[] } {
  const leaves = Array.from({ length: 16 }, (_, i) => value((i + 1) / 16))
  const nodes = [...leaves]
  let state = 7
  const below = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % n
  }
  while (nodes.length < operations / 3) {
    const x = nodes[nodes.length - 1 - below(Math.min(64, nodes.length))]!
    const y =
      nodes[below(4) === 0 ? below(nodes.length) : nodes.length - 1 - below(Math.min(64, nodes.length))]!
    nodes.push([() => x.add(y), () => x.sub(y), () => x.mul(y)][below(3)]!())
  }
  return { output: nodes.at(-1)!, leaves }
}

const growth: CompileResult['growth'][number][] = []
for (const size of quick ? [1e3, 1e4] : [1e3, 1e4, 1e5, 1e6]) {
  const { output, leaves } = randomGraph(size)
  const outputs = [output, ...gradient(output, leaves)]
  for (const engine of engines) {
    const start = performance.now()
    const f = compile(outputs, { inputs: leaves, engine })
    const point = Float64Array.from(leaves, ({ data }) => data)
    const out = new Float64Array(outputs.length)
    f.run(point, out)
    const milliseconds = performance.now() - start
    const operations = f.program.instructions.length
    const nanoseconds = fastest(() => f.run(point, out), operations)
    growth.push({
      engine,
      operations,
      milliseconds: rounded(milliseconds),
      nanoseconds: rounded(nanoseconds),
    })
    f.dispose()
  }
}
console.table(growth)
save('compile', { conditions: conditions(), models, growth })
console.log(`(sink ${sunk()})`)

/** Nanoseconds an operation in the fastest of many blocks, after a warm-up: what the machine can do undisturbed. */
function fastest(run: () => void, operations: number): number {
  const calls = Math.max(1, Math.round(1e6 / operations))
  const seconds = quick ? 0.2 : 3
  let best = Number.POSITIVE_INFINITY
  for (const begin = performance.now(); performance.now() - begin < 1000 * seconds; ) {
    const start = performance.now()
    for (let i = 0; i < calls; i++) run()
    best = Math.min(best, ((performance.now() - start) * 1e6) / (calls * operations))
  }
  return best
}
