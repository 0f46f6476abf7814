import { compile } from '../compile/index.js'
import { orderBetween } from '../core/order.js'
import type { Value } from '../core/value.js'
import type { DataColumns } from './data.js'

/** A fit runs its programs some tens of times: over fewer rows than this, generating code costs more than it saves. */
export const FEW_ROWS = 2000

/** The labels of the columns in the graphs below these outputs, in the order in which they are met. */
export function columnsBelow(outputs: readonly Value[]): string[] {
  const columns = orderBetween([], outputs).filter(({ kind }) => kind === 'column')
  return [...new Set(columns.map(({ label }) => label!))]
}

/** Outputs of a graph in every row of the data. */
export interface RowFunction {
  /** Writes output k in row i to `out[k * rows + i]`. */
  readonly run: (inputs: Float64Array, out: Float64Array) => void
  readonly dispose: () => void
}

/**
 * Compiles outputs over data. Unlike `compile`, it takes data with columns that the outputs do not use, and repeats
 * outputs that use none once a row: a derivative may be a constant though the model is not.
 */
export function rowFunction(
  outputs: readonly Value[],
  inputs: readonly Value[],
  { rows, columns }: DataColumns,
): RowFunction {
  const compiled = compile(outputs, { inputs, engine: rows < FEW_ROWS ? 'interpreter' : 'auto' })
  const dispose = (): void => compiled.dispose()
  const labels = compiled.program.columns
  if (labels.length > 0) {
    const bound = compiled.bind(Object.fromEntries(labels.map(label => [label, columns[label]!])))
    return { run: (numbers, out) => void bound.run(numbers, out), dispose }
  }
  const run = (numbers: Float64Array, out: Float64Array): void => {
    const once = compiled.run(numbers)
    once.forEach((result, k) => {
      out.fill(result, k * rows, (k + 1) * rows)
    })
  }
  return { run, dispose }
}
