import { compile } from '../compile/index.js'
import { topologicalOrder } from '../core/order.js'
import type { Value } from '../core/value.js'
import type { Columns } from './data.js'

/** A fit runs its programs some tens of times: over fewer rows than this, generating code costs more than it saves. */
const FEW_ROWS = 2000

/** The labels of the columns in the graphs below these outputs, in the order in which they are met. */
export function columnsBelow(outputs: readonly Value[]): string[] {
  const leaves = outputs.flatMap(output => topologicalOrder(output).filter(({ kind }) => kind === 'column'))
  return [...new Set(leaves.map(({ label }) => label!))]
}

/** Outputs of a graph in every row of the data: `out[k * rows + i]` is output k in row i. */
export type RowFunction = (inputs: Float64Array, out: Float64Array) => void

/**
 * Compiles outputs over data. Unlike `compile`, it takes data with columns that the outputs do not use, and repeats
 * outputs that use none once a row: a derivative may be a constant though the model is not.
 */
export function rowFunction(
  outputs: readonly Value[],
  inputs: readonly Value[],
  { rows, columns }: Columns,
): RowFunction {
  const compiled = compile(outputs, { inputs, engine: rows < FEW_ROWS ? 'interpreter' : 'auto' })
  const labels = compiled.program.columns
  if (labels.length > 0) {
    const bound = compiled.bind(Object.fromEntries(labels.map(label => [label, columns[label]!])))
    return (numbers, out) => {
      bound.run(numbers, out)
    }
  }
  return (numbers, out) => {
    const once = compiled.run(numbers)
    once.forEach((result, k) => {
      out.fill(result, k * rows, (k + 1) * rows)
    })
  }
}
