import { guardsOf, holdsStill } from './guards.js'
import { isRecorded, type Operand, type Order, type Recorded, type Value } from './value.js'

let lastMark = 0

/**
 * A number above every mark that a node carries: a traversal puts it on the nodes it has seen, instead of keeping a
 * set. After 2^30 of them V8 keeps marks as boxed doubles, which is slower and still right.
 */
export function nextMark(): number {
  return ++lastMark
}

/**
 * Makes marks up to `last` old: for a traversal that puts not one mark but a number on every node, from the mark that it
 * has drawn upwards.
 */
export function endMarksAt(last: number): void {
  lastMark = Math.max(lastMark, last)
}

/**
 * Throws if a traversal has put marks on nodes of this order since `mark` was drawn: a rule that sweeps, sorts or
 * prints Values of the very graph in which it is being run. Graphs of its own a rule may do with as it likes.
 */
export function checkUntouched(order: Order, mark: number): void {
  if (lastMark === mark) return
  for (const node of [...order.leaves, ...order.results]) {
    if (Math.abs(node.mark) <= mark) continue
    throw new Error(
      `backward: a rule has swept or printed ${node.label ?? 'a node'} of the graph in which it was run; ` +
        'a rule may only use the operands it is given',
    )
  }
}

/**
 * The order in which the graph below `output` is evaluated, and whose reverse is the order of the backward sweep: the
 * leaves, then depth first, operands from the left, each node once, after its inputs. It depends on the graph alone,
 * so that everything that follows it adds in the same order and gives the same bits. Linear, and without recursion.
 *
 * @example
 * for (const node of topologicalOrder(loss)) console.log(node.label, node.data)
 */
export function topologicalOrder(output: Value): readonly Value[] {
  const { leaves, results } = orderOf(output)
  return leaves.concat(results)
}

/** The order from several outputs, without what lies below `inputs`: these stand among the leaves. */
export function orderBetween(inputs: readonly Value[], outputs: readonly Value[]): readonly Value[] {
  const { leaves, results } = computeOrder(outputs, inputs)
  return leaves.concat(results)
}

/** The order from `output`, computed once and kept with it. */
export function orderOf(output: Value): Order {
  output.order ??= computeOrder([output])
  return output.order
}

/**
 * Depth first, with a stack of its own: a chain of a million nodes is no depth. A node on the stack is in one of three
 * states, which its mark tells:
 *
 *     an older mark    new
 *     -done            open: its inputs stand above it on the stack
 *     done             in the order
 *
 * A shared node may stand on the stack several times; the later copies find it done. A leaf has no inputs to wait for and
 * never goes on the stack.
 */
function computeOrder(outputs: readonly Value[], inputs: readonly Value[] = []): Order {
  const done = nextMark()
  const leaves: Value[] = []
  const results: Recorded[] = []
  const stack: Recorded[] = []
  let selects = false
  // What guards take: a singularity, and something still, by data or since it is not taken.
  let isSingular = false
  let hasData = false

  function visit(operand: Operand): void {
    if (typeof operand === 'number' || operand.mark === done) return
    if (isRecorded(operand)) {
      stack.push(operand)
    } else {
      operand.mark = done
      leaves.push(operand)
      if (operand.kind === 'column') hasData = true
    }
  }

  for (const input of inputs) {
    if (input.mark === done) continue
    input.mark = done
    leaves.push(input)
  }
  for (let i = outputs.length - 1; i >= 0; i--) visit(outputs[i]!)
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!
    if (node.mark === done) {
      stack.pop()
    } else if (node.mark === -done) {
      stack.pop()
      node.mark = done
      results.push(node)
      // A result that was an output itself once, such as a running total, need not keep its own copy.
      node.order = undefined
      const { taken, singular } = node.primitive
      if (taken !== undefined) selects = true
      if (singular !== undefined) isSingular = true
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
  const mayBeStill = isSingular && (hasData || selects || results.some(holdsStill))
  const guards = mayBeStill && inputs.length === 0 ? guardsOf(leaves.concat(results)) : undefined
  return { leaves, results, selects, guards, held: [] }
}
