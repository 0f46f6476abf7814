import { guardsOf, sayOf } from '../core/guards.js'
import { orderBetween } from '../core/order.js'
import { add, sum } from '../core/primitives.js'
import { checkOperands, checkValues } from '../core/refusals.js'
import { asValue, type Operand, type Value } from '../core/value.js'
import { Masks, maskedProduct, takenOf } from './chainRule.js'

/**
 * Forward mode: the rate at which `y` changes when the inputs `xs` move at the rates `xDots`, as a graph. With the
 * gradient g of `y` in `xs` that is the product g · `xDots`.
 *
 * @param y the output
 * @param xs the inputs: leaves or results inside the graph
 * @param xDots a rate for each input: a `Value` or a number. The plain number 0 says that the input stands still, and
 *   nothing is added for it.
 * @returns the constant 0 if `y` depends on no input that moves
 * @example
 * const [r, h] = [value(2), value(5)]
 * const volume = mul(mul(Math.PI, r.square()), h)
 * console.log(tangent(volume, [h], [1]).data) // 12.566370614359172
 */
export function tangent(y: Value, xs: readonly Value[], xDots: readonly Operand[]): Value {
  checkValues('tangent', [y])
  checkValues('tangent', xs)
  checkOperands('tangent', xDots)
  if (xDots.length !== xs.length) {
    throw new RangeError(`tangent: got ${xDots.length} rates for ${xs.length} inputs; wanted one for each`)
  }
  return asValue(push(orderBetween([], [y]), xs, xDots)(y))
}

/**
 * The forward sweep: the tangent of each of `nodes`, which are in topological order. As a node of the reverse sweep is
 * reached if some reached user took it, so one of this sweep moves if it takes some operand that moves; what comes from
 * any other operand is exactly 0.
 */
export function push(
  nodes: readonly Value[],
  xs: readonly Value[],
  xDots: readonly Operand[],
): (node: Value) => Operand {
  const dots = new Map<Value, Operand>()
  // When a node with a tangent moves, if not always: 0, or a graph where that depends on the data.
  const moving = new Map<Value, Operand>()
  const masks = new Masks()
  const guards = guardsOf(nodes, xs)
  const say = guards && sayOf(guards, masks)
  for (const [k, x] of xs.entries()) {
    const xDot = xDots[k]!
    if (xDot === 0) continue
    const before = dots.get(x)
    dots.set(x, before === undefined ? xDot : add(before, xDot))
  }
  for (const node of nodes) {
    const { primitive } = node
    if (primitive === null) continue
    const operands = node.inputs
    const own = dots.get(node)
    const contributions = own === undefined ? [] : [own]
    let moves: Operand = own === undefined ? 0 : 1
    let shared: readonly Operand[] | undefined
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i]!
      if (typeof operand === 'number' || primitive.partials[i] === 0) continue
      const dot = dots.get(operand)
      if (dot === undefined) continue
      shared ??= primitive.share?.(node, operands)
      const operandMoves = moving.get(operand) ?? 1
      const isTaken = masks.both(takenOf(primitive, i, node, operands), say?.(node, i) ?? 1)
      const taken = masks.both(operandMoves, isTaken)
      const partial = primitive.partial(i, node, operands, shared)
      contributions.push(maskedProduct(dot, partial, operandMoves, taken))
      moves = masks.either(moves, taken)
    }
    if (contributions.length === 0) continue
    dots.set(node, total(contributions))
    if (moves !== 1) moving.set(node, moves)
  }
  return node => dots.get(node) ?? 0
}

/** One node for any number of terms; for two, the sum as people write it. */
function total(terms: readonly Operand[]): Operand {
  return terms.length > 2 ? sum(terms) : terms.reduce((x, y) => add(x, y))
}
