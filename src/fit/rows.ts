/** The one place where fitting meets the evaluation of graphs over rows. */

import { sum } from '../core/primitives.js'
import { topologicalOrder } from '../core/order.js'
import type { Value } from '../core/value.js'
import type { Columns } from './data.js'

/** Outputs of a graph, row by row: `out[k * rows + i]` is output k in row i. */
export type RowFunction = (inputs: Float64Array, out: Float64Array) => void

export function rowFunction(outputs: readonly Value[], inputs: readonly Value[], { rows, columns }: Columns): RowFunction {
  const all = sum(outputs)
  const feeds = topologicalOrder(all).filter(node => node.kind === 'column')
  return (numbers, out) => {
    inputs.forEach((input, i) => { input.data = numbers[i]! })
    for (let i = 0; i < rows; i++) {
      for (const feed of feeds) feed.data = columns[feed.label!]![i]!
      all.forward()
      outputs.forEach((output, k) => { out[k * rows + i] = output.data })
    }
  }
}
