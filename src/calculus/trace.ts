import { describe } from '../core/describe.js'
import { orderBetween } from '../core/order.js'
import { mul } from '../core/primitives.js'
import { asValue, constant, dataOf, type Operand, Value } from '../core/value.js'
import { flattenFor } from './tree.js'

// Behind the typed functions of this folder trees are `unknown`: flattenFor checks them.
export type Traceable = (...inputs: never[]) => unknown

/** A function run on Values, and the graph that it recorded between its inputs and its outputs. */
export interface Trace {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  /** What lies between them, in topological order. */
  readonly nodes: readonly Value[]
  /** Whether the results are to be numbers. */
  readonly numbers: boolean
  /** Puts one thing per input into the shape of the list of arguments. */
  readonly likeArguments: (leaves: readonly unknown[]) => unknown[]
  /** Puts one thing per output into the shape of what the function returned. */
  readonly likeResult: (leaves: readonly unknown[]) => unknown
  /** The derivatives as the caller wants them: numbers, or a graph. */
  readonly finished: (results: readonly Operand[], numbers?: boolean) => Operand[]
}

/**
 * The inputs of the traces that are being recorded now, outermost first. A nested call may use those of the calls
 * around it, and nothing else that is not its own. Filled and emptied around one synchronous call.
 */
const recording = new Set<Value>()

/**
 * Runs `f` on Values of its own, one for each leaf of the arguments.
 *
 * Inputs are always new nodes, so that the variable of this call is never confused with that of another, even where
 * one call's variable is handed to the next. A number becomes a constant: to any other trace it is one. A `Value`
 * becomes its product with 1, the exact identity, so that the result still depends on it.
 *
 * @throws Error if numbers came in and the result depends on a `Value` that is no input of a call being recorded: the
 *   result would be a number, and that dependence lost
 */
export function trace(caller: string, f: Traceable, given: readonly unknown[]): Trace {
  if (typeof f !== 'function') {
    throw new TypeError(`${caller}: got ${describe(f)}; wanted a function of Values`)
  }
  const { leaves, unflatten } = flattenFor(caller, 'the argument', given)
  const inputs = leaves.map(leaf => (leaf instanceof Value ? mul(leaf, 1) : constant(leaf)))
  for (const input of inputs) recording.add(input)
  let returned: unknown
  try {
    returned = f(...(unflatten(inputs) as never[]))
  } finally {
    for (const input of inputs) recording.delete(input)
  }
  const result = flattenFor(caller, 'what the function returned', returned)
  const outputs = result.leaves.map(asValue)
  const nodes = orderBetween(inputs, outputs)
  const areNumbers = leaves.every(leaf => typeof leaf === 'number')
  const outside = areNumbers && nodes.some(isOutside) ? outsideOf(inputs, outputs) : []
  const lost = outside.find(node => !recording.has(node))
  if (lost !== undefined) {
    throw new Error(
      `${caller}: the result depends on ${named(lost)}, ` +
        'which is not among its arguments, and with numbers as arguments that would be lost. ' +
        'Hand it over as part of the first argument, hold it constant with stopGradient, or give the argument ' +
        'as a Value to get the result as one',
    )
  }
  const numbers = areNumbers && outside.length === 0
  return {
    inputs,
    outputs,
    nodes,
    numbers,
    likeArguments: unflatten,
    likeResult: result.unflatten,
    finished: (results, asNumbers = numbers) => (asNumbers ? results.map(dataOf) : results.map(asValue)),
  }
}

/** Whether a node is an input of an enclosing call, or a leaf from elsewhere: most graphs have none. */
function isOutside(node: Value): boolean {
  return recording.has(node) || (node.primitive === null && node.kind !== 'constant')
}

/** What `outputs` depend on besides `inputs`: inputs of enclosing calls, and leaves from elsewhere. */
export function outsideOf(inputs: readonly Value[], outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>(inputs)
  const pending = [...outputs]
  const found: Value[] = []
  while (pending.length > 0) {
    const node = pending.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    const { primitive } = node
    if (isOutside(node)) found.push(node)
    else if (primitive !== null) {
      node.inputs.forEach((input, i) => {
        if (typeof input !== 'number' && primitive.partials[i] !== 0) pending.push(input)
      })
    }
  }
  return found
}

/** A node in the words of a message. */
export function named({ label }: Value): string {
  return label === undefined ? 'a Value' : `the Value '${label}'`
}
