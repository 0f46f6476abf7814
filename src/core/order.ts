import type { Operand, Value } from './value.js'

/** A topological order from one output: every node stands after its inputs and the output stands last. */
export interface Order {
  readonly nodes: readonly Value[]
  /** Whether some node selects among its operands (`where`, `max`, `relu`, …), so that sweeps must mask. */
  readonly selects: boolean
}

let lastMark = 0

/** A number that no node carries yet: a traversal puts it on the nodes it has seen, instead of keeping a set. */
export function nextMark(): number {
  return ++lastMark
}

/**
 * The order in which the graph below `output` is evaluated, and whose reverse is the order of the backward sweep:
 * depth first, operands from the left, each node once, after its inputs; leaves, which nothing waits for, as soon as
 * they are met. It depends on the graph alone, so that everything that follows it adds in the same order and gives
 * the same bits. Linear, and without recursion.
 *
 * @example
 * for (const node of topologicalOrder(loss)) console.log(node.label, node.data)
 */
export function topologicalOrder(output: Value): readonly Value[] {
  return orderOf(output).nodes
}

/** The order from `output`, computed once and kept with it. */
export function orderOf(output: Value): Order {
  output.order ??= computeOrder(output)
  return output.order
}

// A node on the stack is in one of three states: new (it carries an older mark), open (-done: its inputs stand above
// it on the stack) or done. A shared node may stand on the stack several times; the later copies find it done. A leaf
// has no inputs to wait for and never goes on the stack.
function computeOrder(output: Value): Order {
  const done = nextMark()
  const nodes: Value[] = []
  const stack: Value[] = [output]
  let selects = false

  function visit(operand: Operand): void {
    if (typeof operand === 'number' || operand.mark === done) return
    if (operand.primitive === null) {
      operand.mark = done
      nodes.push(operand)
    } else {
      stack.push(operand)
    }
  }

  while (stack.length > 0) {
    const node = stack[stack.length - 1]!
    if (node.mark === done) {
      stack.pop()
    } else if (node.mark === -done) {
      stack.pop()
      node.mark = done
      nodes.push(node)
      if (node.primitive?.taken !== undefined) selects = true
    } else {
      node.mark = -done
      const { x, y, operands } = node
      if (operands !== undefined) {
        for (let i = operands.length - 1; i >= 0; i--) visit(operands[i]!)
      } else {
        if (y !== undefined) visit(y)
        if (x !== undefined) visit(x)
      }
    }
  }
  return { nodes, selects }
}
