import { dataOf, type Value } from '../core/value.js'
import { pull } from './pullback.js'

/**
 * A bound on the rounding of `output`, of which only what depends on `xs` counts: each node rounds by an ulp, and its
 * adjoint says how much of that reaches the output. A list rounds once for each of its terms. `nodes` are in topological
 * order.
 */
export function roundingOf(nodes: readonly Value[], output: Value, xs: readonly Value[]): number {
  const adjoints = new Map<Value, number>([[output, 1]])
  pull(nodes, [output], [1], xs, (node, i, adjoint) => {
    const input = node.inputs[i]
    if (typeof input === 'object') adjoints.set(input, dataOf(adjoint))
  })
  let total = 0
  for (const [node, adjoint] of adjoints) {
    if (node.primitive === null) continue
    // A result too small for all its digits rounds by the smallest number.
    total += Math.abs(adjoint) * (Number.EPSILON * sizeOf(node) + Number.MIN_VALUE)
  }
  return total
}

/** What rounds at a node: its result; of a list, all terms that it adds. */
function sizeOf({ data, primitive, inputs }: Value): number {
  if (primitive === null || primitive.arity !== undefined) return Math.abs(data)
  const operands = inputs.map(dataOf)
  const shared = primitive.share?.(data, operands)
  return operands.reduce<number>(
    (total, x, i) => total + Math.abs(x * dataOf(primitive.partial(i, data, operands, shared))),
    Math.abs(data),
  )
}
