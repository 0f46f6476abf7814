import type { Primitive } from '../core/primitive.js'
import { mul, where } from '../core/primitives.js'
import type { Operand, Value } from '../core/value.js'

/**
 * What goes along an edge of the graph, in either direction: `derivative * partial` if the edge is `taken`, else exactly
 * 0. The derivative is 0 already where it does not `count`, and then needs no mask before a finite number.
 */
export function maskedProduct(
  derivative: Operand,
  partial: Operand,
  counts: Operand,
  taken: Operand,
): Operand {
  const product = partial === 1 ? derivative : derivative === 1 ? partial : mul(derivative, partial)
  return taken === 1 || (taken === counts && Number.isFinite(partial)) ? product : where(taken, product, 0)
}

// Masks: 1 or 0, as a number where that is known and as a graph where it depends on the data.

export function both(x: Operand, y: Operand): Operand {
  if (x === 1 || x === y) return y
  return y === 1 ? x : where(x, y, 0)
}

export function either(x: Operand, y: Operand): Operand {
  if (x === 0 || x === y) return y
  if (x === 1 || y === 1) return 1
  return where(x, 1, y)
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
