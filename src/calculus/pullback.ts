import { dependents, guardsOf, sayOf } from '../core/guards.js'
import { orderBetween } from '../core/order.js'
import { add } from '../core/primitives.js'
import { checkOperands, checkValues } from '../core/refusals.js'
import { asValue, type Operand, type Value } from '../core/value.js'
import { Masks, maskedProduct, takenOf } from './chainRule.js'

/**
 * Reverse mode: what the cotangents `yBars` of the outputs `ys` come to at each of `xs`, as a graph. With the Jacobian
 * J of `ys` in `xs` that is the product `yBars` J, for the price of one sweep: `gradient(y, xs)` is
 * `pullback([y], [1], xs)`.
 *
 * @param ys the outputs
 * @param yBars a cotangent for each output: a `Value` or a number. The plain number 0 leaves an output out.
 * @param xs the inputs: leaves or results inside the graph
 * @returns one `Value` per input; the constant 0 for an input that no output depends on
 * @example
 * const [a, b] = [value(2), value(3)]
 * const [aBar, bBar] = pullback([mul(a, b), add(a, b)], [1, 10], [a, b])
 * console.log(aBar!.data, bBar!.data) // 13 12
 */
export function pullback(ys: readonly Value[], yBars: readonly Operand[], xs: readonly Value[]): Value[] {
  checkValues('pullback', ys)
  checkOperands('pullback', yBars)
  checkValues('pullback', xs)
  if (yBars.length !== ys.length) {
    throw new RangeError(
      `pullback: got ${yBars.length} cotangents for ${ys.length} outputs; wanted one for each`,
    )
  }
  return pull(orderBetween([], ys), ys, yBars, xs).map(asValue)
}

/** Sees each adjoint as it grows: `adjoint` is that of operand `i` of `node`, with what the node has just added. */
export type Watch = (node: Value, i: number, adjoint: Operand) => void

/**
 * The reverse sweep that `pullback` and `gradient` share. It performs the operations of `backward()` in the same order,
 * so both give the same bits. `nodes` are all that lie between `xs` and `ys`, in topological order.
 */
export function pull(
  nodes: readonly Value[],
  ys: readonly Value[],
  yBars: readonly Operand[],
  xs: readonly Value[],
  watch?: Watch,
): Operand[] {
  const depends = dependents(nodes, xs)
  const adjoints = new Map<Value, Operand>()
  // When a node with an adjoint counts, if not always: 0, or a graph where that depends on the data.
  const reached = new Map<Value, Operand>()
  const masks = new Masks()
  const guards = guardsOf(nodes, xs)
  const say = guards && sayOf(guards, masks)
  const accumulate = (node: Value, contribution: Operand, taken: Operand): void => {
    const sum = adjoints.get(node)
    adjoints.set(node, sum === undefined ? contribution : add(sum, contribution))
    const counts = sum === undefined ? taken : masks.either(reached.get(node) ?? 1, taken)
    if (counts !== 1) reached.set(node, counts)
    else if (sum !== undefined) reached.delete(node)
  }
  for (const [k, y] of ys.entries()) if (yBars[k] !== 0) accumulate(y, yBars[k]!, 1)
  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n]!
    const adjoint = adjoints.get(node)
    const { primitive } = node
    if (primitive === null || adjoint === undefined || !depends.has(node)) continue
    const operands = node.inputs
    const nodeReached = reached.get(node) ?? 1
    const shared = primitive.share?.(node, operands)
    for (let i = 0; i < operands.length; i++) {
      const input = operands[i]!
      if (typeof input === 'number' || !depends.has(input) || primitive.partials[i] === 0) continue
      const isTaken = masks.both(takenOf(primitive, i, node, operands), say?.(node, i) ?? 1)
      const taken = masks.both(nodeReached, isTaken)
      const partial = primitive.partial(i, node, operands, shared)
      accumulate(input, maskedProduct(adjoint, partial, nodeReached, taken), taken)
      watch?.(node, i, adjoints.get(input)!)
    }
  }
  return xs.map(x => adjoints.get(x) ?? 0)
}
