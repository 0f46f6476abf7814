/** Time and bytes a node, from a thousand nodes to a million. Wants --expose-gc. */

import { sum, topologicalOrder, type Value, value, zeroGrad } from 'chainrule'
import { median, paired, QUICK, sunk, THOROUGH } from './paired.js'
import { conditions, type GrowthResult, quick, rounded, save } from './results.js'

/** A graph of about `n` nodes and a leaf of it. */
type Shape = (n: number) => { readonly output: Value; readonly leaf: Value }

const shapes: Readonly<Record<string, Shape>> = {
  /** Each node consumes the one before. */
  chain: n => {
    const leaf = value(0.9999999)
    let output: Value = leaf
    for (let i = 1; i < n; i++) output = output.mul(leaf)
    return { output, leaf }
  },
  /** One `sum` of n leaves. */
  'wide sum': n => {
    const leaves = Array.from({ length: n - 1 }, (_, i) => value(1 / (i + 1)))
    return { output: sum(leaves), leaf: leaves[0]! }
  },
  /** n / 2 leaves, added one after another. */
  'nested adds': n => {
    const leaf = value(1)
    let output: Value = leaf
    for (let i = 1; i < n / 2; i++) output = output.add(value(1 / (i + 1)))
    return { output, leaf }
  },
  /** A rotation by one radian, step after step: each step uses both results of the one before twice. */
  ladder: n => {
    const leaf = value(1)
    const [cos, sin] = [Math.cos(1), Math.sin(1)]
    let [x, y]: [Value, Value] = [leaf, value(0.5)]
    for (let i = 0; i < n / 6; i++) {
      ;[x, y] = [x.mul(cos).sub(y.mul(sin)), x.mul(sin).add(y.mul(cos))]
    }
    return { output: x.add(y), leaf }
  },
}
const SIZES = quick ? [1e3, 1e4] : [1e3, 1e4, 1e5, 1e6]
const [smallest, largest] = [SIZES[0]!, SIZES.at(-1)!]
/** How many graphs or sweeps of `n` nodes make about as much work as a tenth of the largest. */
const timesOver = (n: number): number => Math.max(1, Math.round(largest / 10 / n))
const options = quick ? QUICK : { ...THOROUGH, rounds: 20 }

const gc = globalThis.gc
if (gc === undefined) throw new Error('growth: run node with --expose-gc')

const results: GrowthResult['shapes'][number][] = []
for (const [name, shape] of Object.entries(shapes)) {
  const sizes = SIZES.map(n => measure(shape, n))
  const again = (n: number): (() => number) => {
    const { output, leaf } = shape(n)
    const nodes = topologicalOrder(output).length
    const times = timesOver(n)
    return () => {
      for (let i = 0; i < times; i++) sweep(output, leaf)
      return leaf.grad / (times * nodes)
    }
  }
  const result = paired({ smallest: again(smallest), largest: again(largest) }, options)
  // The larger graph did ten times the work of a call on the smaller one.
  const work = largest / (smallest * timesOver(smallest))
  const largestToSmallest = rounded(result.ratio('largest', 'smallest') / work)
  const control = rounded(result.control)
  results.push({ name, sizes, largestToSmallest, control })
  console.log(
    `${name}: forward() + backward() a node, largest / smallest ${largestToSmallest}, control ${control}`,
  )
  console.table(sizes)
}
save('growth', { conditions: conditions(), shapes: results })
console.log(`(sink ${sunk()})`)

function sweep(output: Value, leaf: Value): void {
  zeroGrad([leaf])
  output.forward()
  output.backward()
}

/** Medians over fresh graphs; as many of the small ones as make up the large. */
function measure(shape: Shape, n: number): GrowthResult['shapes'][number]['sizes'][number] {
  const repetitions = quick ? 2 : Math.max(5, Math.min(300, 2e6 / n))
  const record: number[] = []
  const firstBackward: number[] = []
  const backward: number[] = []
  const forwardBackward: number[] = []
  let nodes = 0
  for (let i = 0; i < repetitions; i++) {
    const start = performance.now()
    const { output, leaf } = shape(n)
    const recorded = performance.now()
    output.backward()
    const first = performance.now()
    output.backward()
    const second = performance.now()
    sweep(output, leaf)
    const end = performance.now()
    nodes = topologicalOrder(output).length
    for (const [list, time] of [
      [record, recorded - start],
      [firstBackward, first - recorded],
      [backward, second - first],
      [forwardBackward, end - second],
    ] as const) {
      list.push((time * 1e6) / nodes)
    }
  }
  // Several small graphs at once, so that what else the heap does is nothing beside them.
  const graphs = timesOver(n)
  gc!()
  const before = process.memoryUsage().heapUsed
  const kept = Array.from({ length: graphs }, () => shape(n))
  gc!()
  const bytes = (process.memoryUsage().heapUsed - before) / graphs
  for (const { output } of kept) output.backward()
  gc!()
  const bytesWithOrder = (process.memoryUsage().heapUsed - before) / graphs
  if (!kept.every(({ output }) => Number.isFinite(output.data))) throw new Error('growth: a graph overflowed')
  return {
    nodes,
    record: rounded(median(record)),
    firstBackward: rounded(median(firstBackward)),
    backward: rounded(median(backward)),
    forwardBackward: rounded(median(forwardBackward)),
    bytes: rounded(bytes / nodes),
    bytesWithOrder: rounded(bytesWithOrder / nodes),
  }
}
