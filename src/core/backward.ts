import { nextMark, orderOf } from './order.js'
import type { Primitive } from './primitive.js'
import type { Operand, Value } from './value.js'

/** Evaluates every node below `output` again, in order, from the present `data` of the leaves. */
export function sweepForward(output: Value): void {
  const { nodes } = orderOf(output)
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    const { primitive, x, y, operands } = node
    if (primitive === null) continue
    const evaluate = primitive.evaluate as (...operands: unknown[]) => number
    if (operands === undefined) node.data = evaluate(dataOf(x!), y === undefined ? 0 : dataOf(y))
    else if (primitive.arity === undefined) node.data = evaluate(operands.map(dataOf))
    else node.data = evaluate(...operands.map(dataOf))
  }
}

/**
 * The chain rule: from the output back to the leaves, in the reverse of the topological order, each node hands
 * `adjoint * partial` to each of its inputs. A node's adjoint is gathered in its `grad`.
 *
 * - Adjoints start at -0, the exact identity of addition, so that the first contribution is stored as it is.
 * - A leaf's adjoint is finished before it is added to the `grad` the leaf held.
 * - Below a selection a contribution is `where(reached and taken, adjoint * partial, 0)`: a node is reached if some
 *   reached user took it. Where nothing in the graph selects, everything is reached.
 * - A rule that throws leaves the `grad` of every leaf as it was.
 */
export function sweepBackward(output: Value, seed: number): void {
  const { nodes, selects } = orderOf(output)
  const held: number[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.primitive === null) held.push(node.grad)
    node.grad = -0
  }
  output.grad = seed
  let complete = false
  try {
    if (selects) pullReached(nodes)
    else pullAll(nodes)
    complete = true
  } finally {
    for (let i = 0, leaf = 0; i < nodes.length; i++) {
      const node = nodes[i]!
      if (node.primitive !== null) continue
      const before = held[leaf++]!
      node.grad = complete && node.kind !== 'constant' ? before + node.grad : before
    }
  }
}

/** The sweep of a graph without selections. One and two operands are written out: this is the hot loop. */
function pullAll(nodes: readonly Value[]): void {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!
    const { primitive, x, y } = node
    if (primitive === null) continue
    if (x === undefined) {
      pull(node, primitive, node.mark)
      continue
    }
    const adjoint = node.grad
    if (typeof x !== 'number') {
      const rule = primitive.partials[0]!
      if (typeof rule === 'number') {
        if (rule !== 0) x.grad += adjoint * rule
      } else if (rule === 'out') {
        x.grad += adjoint * node.data
      } else if (rule === 'y') {
        x.grad += adjoint * dataOf(y!)
      } else {
        x.grad += adjoint * (rule as NumberRule)(node.data, x.data, y === undefined ? 0 : dataOf(y))
      }
    }
    if (y !== undefined && typeof y !== 'number') {
      const rule = primitive.partials[1]!
      if (typeof rule === 'number') {
        if (rule !== 0) y.grad += adjoint * rule
      } else if (rule === 'x') {
        y.grad += adjoint * dataOf(x)
      } else {
        y.grad += adjoint * (rule as NumberRule)(node.data, dataOf(x), y.data)
      }
    }
  }
}

/** The sweep with masks: a node is reached when it carries the mark of this sweep. */
function pullReached(nodes: readonly Value[]): void {
  const reached = nextMark()
  nodes[nodes.length - 1]!.mark = reached
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i]!
    if (node.primitive !== null) pull(node, node.primitive, reached)
  }
}

type NumberRule = (out: number, ...operands: number[]) => number

/** One node's step, for any number of operands. */
function pull(node: Value, primitive: Primitive, reached: number): void {
  const inputs = node.inputs
  const operands = inputs.map(dataOf)
  const nodeReached = node.mark === reached
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!
    if (typeof input === 'number' || primitive.partials[i] === 0) continue
    const rule = primitive.taken?.[i] ?? 1
    const taken = nodeReached && (rule === 1 || (rule as NumberRule)(node.data, ...operands) !== 0)
    if (taken) input.mark = reached
    input.grad += taken ? node.grad * (primitive.partial(i, node.data, operands) as number) : 0
  }
}

function dataOf(operand: Operand): number {
  return typeof operand === 'number' ? operand : operand.data
}
