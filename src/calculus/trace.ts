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
  } catch (error) {
    throw inWordsOf(caller, given, error)
  } finally {
    for (const input of inputs) recording.delete(input)
  }
  const result = flattenFor(caller, 'what the function returned', returned)
  if (result.leaves.every(isNumber)) checkConstant(caller, f, leaves.map(dataOf), unflatten, result.leaves)
  const outputs = result.leaves.map(asValue)
  const nodes = orderBetween(inputs, outputs)
  const areNumbers = leaves.every(isNumber)
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

/** An error of the function traced; where it took a list or an object for a `Value`, in words that say so. */
function inWordsOf(caller: string, given: readonly unknown[], error: unknown): unknown {
  const place = given.findIndex(argument => typeof argument !== 'number' && !(argument instanceof Value))
  if (place < 0 || !(error instanceof TypeError && /is not a function/.test(error.message))) return error
  const [kind, advice] = Array.isArray(given[place])
    ? ['an array of Values', '([x, y]) => x.mul(y), or functions of lists, such as sum(xs)']
    : ['an object of Values', '({ w, b }) => w.add(b)']
  return new TypeError(
    `${caller}: ${error.message}. Argument ${place + 1} is ${kind}, which has no methods of a Value: take its elements, as in ${advice}`,
    { cause: error },
  )
}

/**
 * Throws where plain numbers that a function has returned move with its arguments: it computed with their `data`, and
 * that dependence is in no graph. A constant and a step do not move, on one side at least.
 */
function checkConstant(
  caller: string,
  f: Traceable,
  at: readonly number[],
  unflatten: (leaves: readonly Value[]) => unknown,
  results: readonly unknown[],
): void {
  const moved = [2 ** -20, -(2 ** -20)].map(step => {
    try {
      const there = at.map(x => constant(x + step * Math.max(1, Math.abs(x))))
      return flattenFor(caller, 'the result', f(...(unflatten(there) as never[]))).leaves
    } catch {
      return results
    }
  })
  const k = results.findIndex((x, k) => moved.every(there => isNumber(there[k]) && !Object.is(there[k], x)))
  if (k < 0) return
  throw new Error(
    `${caller}: the function returned ${results[k]}, a number that changes with its arguments: a derivative is that of ` +
      'Values. Return a Value: x.mul(2), and not x.data * 2',
  )
}

const isNumber = (leaf: unknown): leaf is number => typeof leaf === 'number'

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
