import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import type { Primitive } from '../core/primitive.js'
import { add, mul, where } from '../core/primitives.js'
import { constant, type Operand, Value } from '../core/value.js'

/**
 * The gradient of `output` with respect to each of `inputs`, as a graph: Values that can be differentiated again,
 * evaluated again with `forward()`, printed or compiled. It performs the operations of `backward()` in the same
 * order, so both give the same bits. An input that the output does not depend on gets the constant 0.
 *
 * @example
 * const x = value(2, 'x')
 * const [dy] = gradient(x.pow(3), [x])
 * const [ddy] = gradient(dy!, [x])
 * console.log(dy!.data, ddy!.data) // 12 12
 */
export function gradient(output: Value, inputs: readonly Value[]): Value[] {
  checkArguments(output, inputs)
  const nodes = topologicalOrder(output)
  const depends = dependents(nodes, inputs)
  const adjoints = new Map<Value, Operand>([[output, 1]])
  // When a node counts: 1 or 0, as a number where that is known and as a graph where it depends on the data.
  const reached = new Map<Value, Operand>([[output, 1]])

  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n]!
    const adjoint = adjoints.get(node)
    const { primitive } = node
    if (primitive === null || adjoint === undefined) continue
    const operands = node.inputs
    const nodeReached = reached.get(node)!
    const shared = primitive.share?.(node, operands)
    for (let i = 0; i < operands.length; i++) {
      const input = operands[i]!
      if (typeof input === 'number' || !depends.has(input) || primitive.partials[i] === 0) continue
      const taken = both(nodeReached, takenOf(primitive, i, node, operands))
      const product = times(adjoint, primitive.partial(i, node, operands, shared))
      const contribution = taken === 1 ? product : where(taken, product, 0)
      const sum = adjoints.get(input)
      adjoints.set(input, sum === undefined ? contribution : add(sum, contribution))
      reached.set(input, either(reached.get(input) ?? 0, taken))
    }
  }
  return inputs.map(input => {
    const adjoint = adjoints.get(input) ?? 0
    return typeof adjoint === 'number' ? constant(adjoint) : adjoint
  })
}

/** The nodes through which the output can change when one of the inputs does. */
export function dependents(nodes: readonly Value[], inputs: readonly Value[]): Set<Value> {
  const depends = new Set(inputs)
  for (const node of nodes) {
    const { primitive } = node
    const moves = node.inputs.some(
      (input, i) => typeof input !== 'number' && depends.has(input) && primitive!.partials[i] !== 0,
    )
    if (moves) depends.add(node)
  }
  return depends
}

function takenOf(primitive: Primitive, i: number, out: Value, operands: readonly Operand[]): Operand {
  const rule = primitive.taken?.[i] ?? 1
  return rule === 1 ? 1 : rule(out, ...operands)
}

/** x * y, with the exact identity x * 1 = x. */
function times(x: Operand, y: Operand): Operand {
  return y === 1 ? x : x === 1 ? y : mul(x, y)
}

function both(x: Operand, y: Operand): Operand {
  if (x === 1 || x === y) return y
  return y === 1 ? x : where(x, y, 0)
}

function either(x: Operand, y: Operand): Operand {
  if (x === 0 || x === y) return y
  if (x === 1 || y === 1) return 1
  return where(x, 1, y)
}

function checkArguments(output: unknown, inputs: unknown): void {
  if (!(output instanceof Value)) {
    throw new TypeError(`gradient: the output is ${describe(output)}; wanted a Value`)
  }
  if (!Array.isArray(inputs)) {
    throw new TypeError(`gradient: the inputs are ${describe(inputs)}; wanted an array of Values`)
  }
  for (const [i, input] of inputs.entries()) {
    if (!(input instanceof Value)) {
      throw new TypeError(`gradient: input ${i + 1} is ${describe(input)}; wanted a Value`)
    }
  }
}
