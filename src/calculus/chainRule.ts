import type { Primitive } from '../core/primitive.js'
import { mul } from '../core/primitives.js'
import type { Operand, Value } from '../core/value.js'

// What both modes need of the chain rule. A number is what is known now; a Value is what follows the data.

/** x * y, with the exact identity x * 1 = x. */
export function times(x: Operand, y: Operand): Operand {
  return y === 1 ? x : x === 1 ? y : mul(x, y)
}

/** Whether the node takes operand `i`: 1 or 0. */
export function takenOf(
  primitive: Primitive,
  i: number,
  out: Operand,
  operands: readonly Operand[],
): Operand {
  const rule = primitive.taken?.[i] ?? 1
  return rule === 1 ? 1 : rule(out, ...operands)
}

/** The nodes that can change when one of the inputs does; `nodes` are in topological order. */
export function dependents(nodes: readonly Value[], inputs: readonly Value[]): Set<Value> {
  const depends = new Set(inputs)
  for (const node of nodes) {
    const { primitive, inputs } = node
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]!
      if (typeof input === 'number' || !depends.has(input) || primitive!.partials[i] === 0) continue
      depends.add(node)
      break
    }
  }
  return depends
}
