/** Graphs of any size, for tests and scripts of growth. */

import { logsumexp, relu, sub, sum } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { random } from './points.js'

export interface Graph {
  readonly output: Value
  readonly leaves: readonly Value[]
}

/** Of about this many operations together with their gradient. */
export type Shape = (size: number) => Graph

export const shapes = {
  /** Each operation consumes the one before. */
  chain(size) {
    const leaves = [value(0.5, 'x'), value(-0.3, 'y')]
    let output = leaves[0]!
    for (let i = 0; i < size / 4; i++)
      output = i % 2 === 0 ? output.mul(leaves[1]!) : output.add(leaves[i % 3 === 0 ? 0 : 1]!)
    return { output, leaves }
  },

  'wide sum'(size) {
    const leaves = Array.from({ length: size / 4 }, (_, i) => value(1 / (i + 1)))
    return { output: sum(leaves.map(leaf => leaf.mul(leaf))) as Value, leaves }
  },

  /** Sums, differences and products of random earlier results, mostly recent ones, that stay of the size of the leaves. */
  'random graph'(size) {
    const leaves = Array.from({ length: 16 }, (_, i) => value((i + 1) / 34))
    const nodes = [...leaves]
    const { unit } = random(7)
    const below = (n: number): number => Math.floor(unit() * n)
    const recent = (): Value => nodes[nodes.length - 1 - below(Math.min(64, nodes.length))]!
    while (nodes.length < size / 6) {
      const [x, y] = [recent(), below(4) === 0 ? nodes[below(nodes.length)]! : recent()]
      const [p, q] = [leaves[below(16)]!, leaves[below(16)]!]
      nodes.push([() => x.add(y).mul(p), () => x.sub(y), () => x.mul(p).add(q)][below(3)]!())
    }
    return { output: nodes.at(-1)!, leaves }
  },

  /** The classifier of 8 x 8 images, over as many images as make up the size: 2,410 parameters. */
  '64-32-10 network'(size) {
    const leaves: Value[] = []
    const parameters = (count: number, phase: number): Value[] => {
      const made = Array.from({ length: count }, (_, j) => value(Math.sin(7 * phase + 3 * j) / 8))
      leaves.push(...made)
      return made
    }
    const layers = [65, 33].map((count, layer) =>
      Array.from({ length: layer === 0 ? 32 : 10 }, (_, i) => parameters(count, i)),
    )
    const apply = (layer: readonly Value[][], inputs: readonly (Value | number)[]): Value[] =>
      layer.map(weights => sum([...inputs.map((x, j) => weights[j]!.mul(x)), weights.at(-1)!]) as Value)
    const images = Array.from({ length: Math.max(1, Math.round(size / 14_000)) }, (_, image) => {
      const pixels = Array.from({ length: 64 }, (_, i) => ((i + 5 * image) % 17) / 16)
      const hidden = apply(layers[0]!, pixels).map(h => relu(h) as Value)
      const scores = apply(layers[1]!, hidden)
      return sub(logsumexp(scores) as Value, scores[image % 10]!) as Value
    })
    return { output: sum(images) as Value, leaves }
  },
} satisfies Record<string, Shape>
