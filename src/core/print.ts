import { ATOM, CONSTANT, nameText, numberText, operandStrengths, UNARY } from './notation.js'
import { topologicalOrder } from './order.js'
import { dataOf, type Operand, Value } from './value.js'

declare module './value.js' {
  interface Value {
    /** The formula of this node, with shared nodes as named lines of their own before it. */
    toString(): string
  }
}

Value.prototype.toString = function () {
  return print(this)
}

/** What `console.log` shows in Node: the numbers, without the graph behind them. */
Object.defineProperty(Value.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Value): string {
    const name = this.label ?? this.primitive?.name
    return `Value(${name === undefined ? '' : `${name}: `}data ${this.data}, grad ${this.grad})`
  },
})

/**
 * The formula of a node. A node that several others use, or that carries a label, gets a line of its own before the
 * formula that uses it; a leaf without a label is called x1, x2, …. The last line is the node itself. Linear in the
 * size of the graph, at any depth.
 *
 * It is the language of `parseFormula`, which reads it back to the same operations in the same order. Constants are
 * written as their numbers, but for two kinds: one with a label has a line, and one in an operation on constants alone
 * says `constant(2)`, since an operation on numbers alone would be read as its result.
 *
 * @example
 * h = sigmoid(w * x + b)
 * loss = (h - 0.5) ** 2
 */
export function print(output: Value): string {
  const nodes = topologicalOrder(output)
  const nameOf = namesOf(nodes)
  if (output.primitive === null && !isDefined(output)) return partsOf(output, nameOf).join('')
  const lines: string[] = []
  for (const node of nodes) {
    if (!isDefined(node)) continue
    const name = nameOf(node)
    if (name !== undefined) lines.push(`${nameText(name)} = ${formulaOf(node, nameOf)}`)
    else if (node === output) lines.push(formulaOf(node, nameOf))
  }
  return lines.join('\n')
}

/** Whether a node is computed by the text, not left to the reader to feed. */
function isDefined(node: Value): boolean {
  return node.primitive !== null || (node.kind === 'constant' && node.label !== undefined)
}

/** The name under which a node is printed; `undefined` for one that is written out where it is used. */
export type NameOf = (node: Value) => string | undefined

/**
 * Names the labelled nodes and the results with several users at once, and leaves when they are first asked for,
 * which is in reading order. A name is given to one node only, and one made up never takes a label from its owner.
 */
export function namesOf(nodes: readonly Value[]): NameOf {
  const labels = new Set(nodes.map(node => node.label))
  const given = new Set<string>()
  const names = new Map<Value, string>()
  const give = (node: Value, candidates: Iterable<string>): void => {
    for (const candidate of candidates) {
      if (given.has(candidate) || (candidate !== node.label && labels.has(candidate))) continue
      given.add(candidate)
      names.set(node, candidate)
      return
    }
  }
  // For a label that several nodes carry: w, then w_2, w_3, …, each looked for from where the last was found.
  const further = new Map<string, Iterable<string>>()
  const giveLabel = (node: Value, label: string): void => {
    let candidates = further.get(label)
    if (candidates === undefined) {
      candidates = numbered(`${label}_`, 2)
      further.set(label, candidates)
      give(node, [label])
    } else {
      give(node, candidates)
    }
  }
  const leafNames = numbered('x')
  const resultNames = numbered('t')
  const shared = sharedNodes(nodes)
  for (const node of nodes) {
    if (!isDefined(node)) continue
    if (node.label !== undefined) giveLabel(node, node.label)
    else if (shared.has(node)) give(node, resultNames)
  }
  return node => {
    if (node.primitive === null && !names.has(node)) {
      if (node.label !== undefined) giveLabel(node, node.label)
      else if (node.kind !== 'constant') give(node, leafNames)
    }
    return names.get(node)
  }
}

/** `x1`, `x2`, …: one after another over several loops, since nothing ends the iterator. */
function numbered(stem: string, first = 1): Iterable<string> {
  let i = first - 1
  return { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: `${stem}${++i}` }) }) }
}

function sharedNodes(nodes: readonly Value[]): Set<Value> {
  const used = new Set<Value>()
  const shared = new Set<Value>()
  for (const node of nodes) {
    for (const input of node.inputs) {
      if (typeof input === 'number') continue
      if (used.has(input)) shared.add(input)
      used.add(input)
    }
  }
  return shared
}

/** What is still to be written: a piece of text, or an operand that must bind at least so strongly. */
type Pending = string | { readonly operand: Operand; readonly strength: number }

function formulaOf(root: Value, nameOf: NameOf): string {
  const text: string[] = []
  const pending: Pending[] = expand(root, nameOf)
  while (pending.length > 0) {
    const next = pending.pop()!
    if (typeof next === 'string') {
      text.push(next)
      continue
    }
    const { operand, strength } = next
    const parts = typeof operand === 'number' ? [numberText(operand)] : partsOf(operand, nameOf)
    const own = strengthOf(operand, nameOf)
    // One by one: a list of a hundred thousand operands is too long for the arguments of one call.
    if (own < strength) pending.push(')')
    for (const part of parts) pending.push(part)
    if (own < strength) pending.push('(')
  }
  return text.join('')
}

function partsOf(node: Value, nameOf: NameOf): Pending[] {
  const name = nameOf(node)
  if (name !== undefined) return [nameText(name)]
  return node.primitive === null ? [numberText(node.data)] : expand(node, nameOf)
}

/** One step of writing a node, last piece first, as the stack wants it. */
function expand(node: Value, nameOf: NameOf): Pending[] {
  if (node.primitive === null) return [constantText(node.data)]
  const { inputs } = node
  const { name, notation } = node.primitive
  const onConstants = inputs.every(input => typeof input === 'number' || input.kind === 'constant')
  const written = (operand: Operand, strength: number): Pending => {
    const kept = onConstants && typeof operand !== 'number' && nameOf(operand) === undefined
    return kept ? constantText(operand.data) : { operand, strength }
  }
  if (notation === undefined) {
    const listed = inputs.flatMap((operand, i) => [i === 0 ? '' : ', ', written(operand, 0)])
    return [')', ...listed.reverse(), `${nameText(name)}(`]
  }
  const { symbol, precedence } = notation
  const [x, y] = inputs
  if (y === undefined) return [written(x!, precedence), symbol]
  const [left, right] = operandStrengths(precedence)
  return [written(y, right), ` ${symbol} `, written(x!, left)]
}

function constantText(data: number): string {
  return `${CONSTANT}(${numberText(data)})`
}

function strengthOf(operand: Operand, nameOf: NameOf): number {
  if (typeof operand !== 'number') {
    if (nameOf(operand) !== undefined) return ATOM
    if (operand.primitive !== null) return operand.primitive.notation?.precedence ?? ATOM
  }
  const data = dataOf(operand)
  return data < 0 || Object.is(data, -0) ? UNARY : ATOM
}
