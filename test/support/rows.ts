import { gradient } from '../../src/calculus/gradient.js'
import { tangent } from '../../src/calculus/tangent.js'
import * as table from '../../src/core/primitives.js'
import type { Operand, Primitive, Value } from '../../src/core/value.js'
import { upperIndex } from './reference.js'

/** Every entry of the table, with those of its helpers. */
export const rows: readonly Primitive[] = Object.values(table)

/** Calls a primitive with a flat list of operands, as its node keeps them, whatever form its arguments take. */
export function apply(row: Primitive, operands: readonly Operand[]): Operand {
  const call = row as unknown as (...given: unknown[]) => Operand
  if (row.arity !== undefined) return call(...operands)
  if (row.length === 1) return call(operands)
  const half = operands.length / 2
  return call(operands.slice(0, half), operands.slice(half))
}

/** Primitives are functions, though the type of the record does not say so. */
declare module '../../src/core/value.js' {
  interface Primitive {
    readonly length: number
  }
}

/** The gradient of `output` by backward(), without what the leaves held before. */
export function backwardGradient(output: Value, leaves: readonly Value[], seed = 1): number[] {
  for (const leaf of leaves) leaf.grad = 0
  output.backward(seed)
  return leaves.map(leaf => leaf.grad)
}

/** The gradient of `output` by gradient(), as numbers. */
export function graphGradient(output: Value, leaves: readonly Value[]): number[] {
  return gradient(output, leaves).map(derivative => derivative.data)
}

/** The gradient of `output` by tangent(), one leaf after the other, as numbers. */
export function forwardGradient(output: Value, leaves: readonly Value[]): number[] {
  return leaves.map(leaf => tangent(output, [leaf], [1]).data)
}

/** The whole Hessian by applying `order1` as a graph and `order2` to each entry of it. */
export function hessian(
  output: Value,
  leaves: readonly Value[],
  differentiate: (output: Value, leaves: readonly Value[]) => number[],
): number[][] {
  return gradient(output, leaves).map(derivative => differentiate(derivative, leaves))
}

/** The entry (i, j) of a symmetric matrix of which the upper triangle is given. */
export function symmetric<T>(upper: readonly T[], i: number, j: number, n: number): T {
  return upper[i <= j ? upperIndex(i, j, n) : upperIndex(j, i, n)]!
}
