import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import type { Primitive } from '../core/value.js'
import { dataOf, Value, value } from '../core/value.js'
import { takenOf } from './chainRule.js'
import { pull } from './pullback.js'
import { sourceOf } from './trackSources.js'

/** Where a computation stopped being finite. */
export interface NotFinite {
  /** The node whose value is not finite; or the one whose rule made an adjoint that is not. */
  readonly node: Value
  /** Which of the two. */
  readonly what: 'value' | 'adjoint'
  /** The operand whose adjoint it is: its place among the node's inputs. */
  readonly operand: number | undefined
  /** The value or the adjoint: NaN, Infinity or -Infinity. */
  readonly number: number
  /** The node in terms of its operands, such as `log(net)`. */
  readonly formula: string
  /** The numbers that went in. */
  readonly operands: readonly number[]
  /** The line of source that made the node, if that was tracked (see {@link trackSources}). */
  readonly source: string | undefined
  /** All of this in words. */
  toString(): string
}

/**
 * Where NaN or an infinity came from: the first node in evaluation order whose value is not finite; if all are, the
 * first node of the reverse sweep that hands on an adjoint which is not. `undefined` if everything is finite.
 *
 * It looks at the numbers of the last recording or `forward()`, and changes nothing. What a selection does not take
 * does not count: `where(x > 0, log(x), x)` at -1 is in order.
 *
 * @example
 * const loss = log(value(-1, 'x')).square()
 * console.log(String(findNaN(loss)))
 * // the value of log(x) is NaN
 * //   x = -1
 */
export function findNaN(output: Value): NotFinite | undefined {
  if (!(output instanceof Value)) {
    throw new TypeError(`findNaN: got ${describe(output)}; wanted a Value`)
  }
  const nodes = topologicalOrder(output)
  const node = firstNotFinite(nodes)
  return node === undefined ? firstAdjointNotFinite(output, nodes) : reportOf(node, 'value', node.data)
}

/** The first of `nodes`, in topological order, that is not finite and that its users take up to the last of them. */
function firstNotFinite(nodes: readonly Value[]): Value | undefined {
  const taken = new Set<Value>([nodes.at(-1)!])
  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n]!
    const { primitive, inputs } = node
    if (primitive === null || !taken.has(node)) continue
    const operands = primitive.taken === undefined ? [] : inputs.map(dataOf)
    inputs.forEach((input, i) => {
      if (typeof input !== 'number' && takenOf(primitive, i, node.data, operands)) taken.add(input)
    })
  }
  return nodes.find(node => !Number.isFinite(node.data) && taken.has(node))
}

function firstAdjointNotFinite(output: Value, nodes: readonly Value[]): NotFinite | undefined {
  let found: NotFinite | undefined
  const leaves = nodes.filter(({ kind }) => kind === 'value' || kind === 'column')
  pull(nodes, [output], [1], leaves, (node, i, adjoint) => {
    if (found !== undefined || Number.isFinite(dataOf(adjoint))) return
    found = reportOf(node, 'adjoint', dataOf(adjoint), i)
  })
  return found
}

function reportOf(node: Value, what: NotFinite['what'], number: number, operand?: number): NotFinite {
  const names = node.inputs.map((input, i) => (typeof input === 'number' ? undefined : nameOf(input, i)))
  const operands = node.inputs.map(dataOf)
  const formula =
    node.primitive === null ? (node.label ?? 'a leaf') : formulaOf(node.primitive, operands, names)
  const labelled = node.primitive === null || node.label === undefined ? '' : `${node.label} = `
  const lines = [
    what === 'value'
      ? `the value of ${labelled}${formula} is ${number}`
      : `the adjoint of ${names[operand!]} becomes ${number} in ${labelled}${formula}`,
    ...operands.flatMap((x, i) => (names[i] === undefined ? [] : [`  ${names[i]} = ${x}`])).slice(0, SHOWN),
  ]
  if (node.primitive === null && Number.isNaN(number)) {
    lines.push(
      '  it is a leaf: set its data, and call forward() (names in a formula, and columns, start as NaN)',
    )
  }
  const source = sourceOf(node)
  if (source !== undefined) lines.push(`  made by ${source}`)
  const text = lines.join('\n')
  return { node, what, operand, number, formula, operands, source, toString: () => text }
}

/** Operands of a long list that a report names. */
export const SHOWN = 6

function nameOf(input: Value, i: number): string {
  return input.label ?? `operand ${i + 1}`
}

/**
 * One operation as a formula over its operands, without what these are made of: leaves of their names stand in, and one
 * without a name is a number.
 */
export function formulaOf(
  primitive: Primitive,
  operands: readonly number[],
  names: readonly (string | undefined)[],
): string {
  if (operands.length > SHOWN) return `${primitive.name}(… ${operands.length} operands)`
  const standIns = operands.map((x, i) => (names[i] === undefined ? x : value(x, names[i])))
  return String(new Value(Number.NaN, undefined, primitive, undefined, undefined, standIns))
}
