import { takenOf } from '../calculus/chainRule.js'
import type { Notation } from '../core/notation.js'
import { add, mul, neg, pow, sub } from '../core/primitives.js'
import type { NameOf } from '../core/print.js'
import type { Operand, Value } from '../core/value.js'
import { dataOf } from '../core/value.js'

/**
 * A formula as plain data: a number, the name of a node, an operation on formulas, a derivative that is only named, or
 * a parameter after its update. It is small: functions that make one give up on what would be long.
 */
export type Formula = number | string | Operation | NamedDerivative | Updated

/**
 * An operation on formulas.
 *
 * @example
 * const product: Operation = { operation: 'mul', notation: { symbol: '*', precedence: 2 }, operands: ['w', 3] } // w * 3
 */
export interface Operation {
  /** The name of the primitive. */
  readonly operation: string
  /** How it is written, if it has a sign of its own; otherwise it is a call. */
  readonly notation?: Notation
  /** Of a sum or a product any number. */
  readonly operands: readonly Formula[]
}

/** The derivative of one node by another, by their names: dE / dw is `{ of: 'E', by: 'w' }`. */
export interface NamedDerivative {
  /** What is differentiated. */
  readonly of: string
  /** By what. */
  readonly by: string
  /** Where both occur: whether it is the whole derivative, or the direct one, with what lies on other paths held fixed. */
  readonly extent?: 'whole' | 'direct'
}

/** A parameter after a step down its slope, by its name: w+ is `{ updated: 'w' }`. */
export interface Updated {
  /** The name of the parameter. */
  readonly updated: string
}

/** Longer formulas teach nothing. It also bounds the recursion over formulas. */
const MOST_NODES = 40
/** So much of a sum or a product is written out. */
const MOST_TERMS = 6
const MOST_FACTORS = 12

/** The formula of a node, with the names of those that have one; `undefined` if it is long. */
export function formulaOf(node: Operand, nameOf: NameOf): Formula | undefined {
  let left = MOST_NODES
  const write = (operand: Operand, isRoot: boolean): Formula | undefined => {
    if (typeof operand === 'number') return operand
    const name = isRoot ? undefined : nameOf(operand)
    if (name !== undefined) return name
    if (operand.primitive === null) return operand.data
    const { inputs, primitive } = operand
    // A first power comes from the rule for powers, where it is right to leave it.
    if (primitive === pow && inputs[1] === 1) return write(inputs[0]!, false)
    left -= 1 + inputs.length
    if (left < 0) return undefined
    const operands: Formula[] = []
    for (const input of inputs) {
      const written = write(input, false)
      if (written === undefined) return undefined
      operands.push(written)
    }
    return operation(primitive, operands)
  }
  return write(node, true)
}

/** coefficient * factor * factor * … */
interface Product {
  readonly coefficient: number
  readonly factors: readonly Formula[]
}

/**
 * The derivative of one waypoint by another as a formula: the chain rule along the stretches between them, written
 * with the partials as textbooks have them, like terms added up. `undefined` if it is long.
 *
 * @param within the nodes of the stretches, from the waypoint down, each before what it is computed from
 */
export function derivativeFormula(within: readonly Value[], to: Value, nameOf: NameOf): Formula | undefined {
  const sums = new Map<Value, Map<string, Product>>()
  const put = (node: Value, product: Product): void => {
    const sum = sums.get(node) ?? new Map<string, Product>()
    sums.set(node, sum)
    const key = JSON.stringify(product.factors)
    const coefficient = (sum.get(key)?.coefficient ?? 0) + product.coefficient
    sum.set(key, { ...product, coefficient })
  }
  put(within[0]!, { coefficient: 1, factors: [] })
  const stretch = new Set(within)
  for (const node of within) {
    const sum = sums.get(node)
    if (sum === undefined) continue
    const { primitive, inputs } = node
    const operands = inputs.map(dataOf)
    for (const [i, input] of inputs.entries()) {
      if (typeof input === 'number' || !(input === to || stretch.has(input))) continue
      if (primitive!.partials[i] === 0) continue
      if (!takenOf(primitive!, i, node.data, operands)) {
        put(input, { coefficient: 0, factors: [] })
        continue
      }
      const partial = productOf(textbookPartial(node, i), nameOf)
      if (partial === undefined) return undefined
      for (const { coefficient, factors } of sum.values()) {
        put(input, {
          coefficient: coefficient * partial.coefficient,
          factors: [...factors, ...partial.factors],
        })
      }
      const now = [...sums.get(input)!.values()]
      if (now.length > MOST_TERMS || now.some(({ factors }) => factors.length > MOST_FACTORS))
        return undefined
    }
  }
  return sumOf([...(sums.get(to)?.values() ?? [])])
}

function textbookPartial(node: Value, i: number): Operand {
  const { inputs } = node
  const primitive = node.primitive!
  const rule = primitive.textbook?.[i]
  if (rule === undefined) return primitive.partial(i, node, inputs)
  return typeof rule === 'number' ? rule : rule(node, ...inputs)
}

/** A partial with its products taken apart, so that numbers in it can be multiplied with those of others. */
function productOf(partial: Operand, nameOf: NameOf): Product | undefined {
  let coefficient = 1
  const factors: Formula[] = []
  const pending: Operand[] = [partial]
  while (pending.length > 0) {
    const next = pending.pop()!
    if (typeof next === 'number') {
      coefficient *= next
      continue
    }
    const { primitive, inputs } = next
    const name = nameOf(next)
    if (name === undefined && primitive === neg) {
      coefficient = -coefficient
      pending.push(inputs[0]!)
    } else if (name === undefined && primitive === mul) {
      pending.push(inputs[1]!, inputs[0]!)
    } else {
      const written = name ?? formulaOf(next, nameOf)
      if (written === undefined || factors.length === MOST_FACTORS) return undefined
      if (typeof written === 'number') coefficient *= written
      else factors.push(written)
    }
  }
  return { coefficient, factors }
}

function sumOf(products: readonly Product[]): Formula {
  const terms = products.filter(({ coefficient }) => coefficient !== 0)
  if (terms.length === 0) return 0
  return terms.slice(1).reduce<Formula>((sum, { coefficient, factors }) => {
    const term = timesAll({ coefficient: Math.abs(coefficient), factors })
    return operation(coefficient < 0 ? sub : add, [sum, term])
  }, timesAll(terms[0]!))
}

function timesAll({ coefficient, factors: [first, ...rest] }: Product): Formula {
  if (first === undefined) return coefficient
  if (coefficient === 1) return productFormula([first, ...rest])
  if (coefficient === -1) return productFormula([operation(neg, [first]), ...rest])
  return productFormula([coefficient, first, ...rest])
}

export function productFormula(factors: readonly Formula[]): Formula {
  return factors.length === 1 ? factors[0]! : operation(mul, factors)
}

export function differenceFormula(x: Formula, y: Formula): Formula {
  return operation(sub, [x, y])
}

/** Sums and products may have any number of operands here. */
function operation(
  { name, notation }: { name: string; notation: Notation | undefined },
  operands: readonly Formula[],
): Operation {
  return { operation: name, ...(notation !== undefined && { notation }), operands }
}
