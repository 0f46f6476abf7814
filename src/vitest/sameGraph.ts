import { topologicalOrder } from '../core/order.js'
import { type Operand, Value } from '../core/value.js'

/**
 * Whether two Values have the same numbers, labels and graphs; `undefined` for what is not two Values. vitest's own comparison
 * follows every path through a graph, of which shared nodes make exponentially many; this one looks at each node once.
 */
export function sameGraph(a: unknown, b: unknown): boolean | undefined {
  if (!(a instanceof Value && b instanceof Value)) return undefined
  // The order depends on the graph alone: in equal graphs, equal nodes stand at equal places.
  const nodes = topologicalOrder(a)
  const others = topologicalOrder(b)
  if (nodes.length !== others.length) return false
  const partners = new Map<Operand, Operand>(nodes.map((node, i) => [node, others[i]!]))
  return nodes.every((node, i) => {
    const other = others[i]!
    return (
      node.primitive === other.primitive &&
      node.kind === other.kind &&
      node.label === other.label &&
      Object.is(node.data, other.data) &&
      Object.is(node.grad, other.grad) &&
      node.inputs.length === other.inputs.length &&
      node.inputs.every((input, k) => Object.is(partners.get(input) ?? input, other.inputs[k]))
    )
  })
}
