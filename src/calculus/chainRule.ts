import type { MaskAlgebra } from '../core/guards.js'
import { mul, productWhere, where } from '../core/primitives.js'
import type { Operand, Primitive } from '../core/value.js'

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
  if (taken === 0) return 0
  const isMasked = taken !== 1 && !(taken === counts && Number.isFinite(partial))
  if (partial === 1) return isMasked ? where(taken, derivative, 0) : derivative
  if (derivative === 1) return isMasked ? where(taken, partial, 0) : partial
  return isMasked ? productWhere(taken, derivative, partial) : mul(derivative, partial)
}

/**
 * The masks of a sweep: 1 or 0 where that is known, and a graph where it depends on the data. Masks of the same two are
 * one node: all inputs of a layer are reached by the same users.
 */
export class Masks implements MaskAlgebra {
  private readonly conjunctions = new Map<Operand, Map<Operand, Operand>>()
  private readonly disjunctions = new Map<Operand, Map<Operand, Operand>>()

  read = (operand: Operand): Operand => operand

  both = (x: Operand, y: Operand): Operand => {
    if (x === 1 || x === y) return y
    if (x === 0 || y === 0) return 0
    return y === 1 ? x : remembered(this.conjunctions, x, y, () => where(x, y, 0))
  }

  either = (x: Operand, y: Operand): Operand => {
    if (x === 0 || x === y) return y
    if (x === 1 || y === 1) return 1
    return y === 0 ? x : remembered(this.disjunctions, x, y, () => where(x, 1, y))
  }
}

function remembered<T>(known: Map<T, Map<T, T>>, x: T, y: T, make: () => T): T {
  const ofX = known.get(x) ?? new Map<T, T>()
  known.set(x, ofX)
  const made = ofX.get(y) ?? make()
  ofX.set(y, made)
  return made
}

/** Whether the node takes operand `i`: 1, or a condition. */
export function takenOf(
  primitive: Primitive,
  i: number,
  out: Operand,
  operands: readonly Operand[],
): Operand {
  const rule = primitive.taken?.[i] ?? 1
  return rule === 1 ? 1 : rule(out, ...operands)
}
