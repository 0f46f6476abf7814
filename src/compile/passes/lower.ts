import { endMarksAt, nextMark } from '../../core/order.js'
import type { Operand, Primitive, Value } from '../../core/value.js'
import { Builder } from '../program/builder.js'
import type { Operation, PrimitiveOperation, Program } from '../program/program.js'

/**
 * A recorded graph as a program over primitives. Every node becomes at most one instruction, after its operands;
 * what the graph holds twice stands in the program once. The leaves are the listed inputs, the columns, found in the
 * graph and numbered as they are met, and constants.
 *
 * @throws Error for a leaf that is none of these
 */
export function lower(outputs: readonly Operand[], inputs: readonly Value[]): Program {
  const builder = new Builder()
  const columns = new Map<string, number>()
  const primitives = new Map<Primitive, PrimitiveOperation>()
  // A placed node carries its place, counted from `start`, which is above the marks of all nodes.
  const start = nextMark()

  function leaf(node: Value): Operation {
    if (node.kind === 'constant') return { kind: 'constant', result: 'double', value: node.data }
    if (node.kind !== 'column') throw unlisted(node, inputs)
    const label = node.label!
    const index = columns.get(label) ?? columns.size
    columns.set(label, index)
    return { kind: 'column', index }
  }

  function placeOf(operand: Operand): number {
    if (typeof operand !== 'number') return operand.mark - start
    return builder.place({ kind: 'constant', result: 'double', value: operand }, [])
  }

  function operationOf(primitive: Primitive): PrimitiveOperation {
    let operation = primitives.get(primitive)
    if (operation === undefined) {
      operation = { kind: 'primitive', primitive }
      primitives.set(primitive, operation)
    }
    return operation
  }

  // An array for each node would be garbage at once: `inputs` is not asked for.
  function operandsOf({ x, y, operands }: Value): number[] {
    if (operands !== undefined) return operands.map(placeOf)
    if (y !== undefined) return [placeOf(x!), placeOf(y)]
    return x === undefined ? [] : [placeOf(x)]
  }

  // Depth first, operands from the left; a node is placed when it is met again with its operands placed. One walk for
  // all outputs: their graphs are mostly the same.
  const stack: Value[] = []
  const visit = (operand: Operand | undefined): void => {
    if (typeof operand === 'object' && operand.mark < start) stack.push(operand)
  }
  function follow(output: Operand): void {
    visit(output)
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!
      const before = stack.length
      if (node.mark < start) {
        const { x, y, operands, primitive } = node
        if (operands === undefined) {
          visit(y)
          visit(x)
        } else for (let i = operands.length - 1; i >= 0; i--) visit(operands[i])
        if (stack.length > before) continue
        const operation = primitive === null ? leaf(node) : operationOf(primitive)
        node.mark = start + builder.place(operation, operandsOf(node), node.label)
      }
      stack.pop()
    }
  }

  try {
    inputs.forEach((input, index) => {
      input.mark = start + builder.place({ kind: 'input', index }, [], input.label)
    })
    for (const output of outputs) follow(output)
    return {
      outputs: outputs.map(placeOf),
      instructions: builder.instructions,
      inputs: inputs.map(({ label }) => label),
      columns: [...columns.keys()],
    }
  } finally {
    endMarksAt(start + builder.instructions.length)
  }
}

function unlisted({ label, data }: Value, inputs: readonly Value[]): Error {
  const name = label === undefined ? `a leaf without a label (its data is ${data})` : `the leaf '${label}'`
  const listed = inputs.length === 0 ? 'no inputs are listed' : 'it is not among the inputs'
  const column = label === undefined ? 'name' : label
  return new Error(
    `compile: the outputs depend on ${name}, but ${listed}. List it, so that every run is given its value; make it ` +
      `a column, with column('${column}'), if it has one value per row; or make it a constant, with constant(${data})`,
  )
}
