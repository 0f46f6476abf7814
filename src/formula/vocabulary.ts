/** The functions and signs of formulas. All of them are read from the table and from the plain functions over it. */

import * as core from '../core/functions.js'
import { CONSTANT } from '../core/notation.js'
import { apply } from '../core/primitive.js'
import * as primitives from '../core/primitives.js'
import { constant, type Operand, type Primitive } from '../core/value.js'
import * as special from '../special/all.js'
import { tokenPattern } from './tokens.js'

const { functionOperands, ...functions } = core
const { logBinomial, ...specialPrimitives } = special

/** What a name with brackets, or a sign, stands for. */
export interface Callable {
  readonly name: string
  /** How many operands it takes, written one after another. */
  readonly fewest: number
  readonly most: number
  readonly apply: (operands: readonly Operand[]) => Operand
  /** For a function of lists: how many lists in square brackets it takes instead, and what it does with them. */
  readonly lists?: number
  readonly applyToLists?: (...lists: (readonly Operand[])[]) => Operand
}

/** A sign before an operand or between two, and how strongly it binds. */
export interface Sign {
  readonly callable: Callable
  readonly precedence: NonNullable<Primitive['notation']>['precedence']
}

export interface Vocabulary {
  readonly callables: ReadonlyMap<string, Callable>
  readonly prefixes: ReadonlyMap<string, Sign>
  readonly infixes: ReadonlyMap<string, Sign>
  readonly tokenPattern: RegExp
}

/** The vocabulary of the table, and with it the primitives of a user: one of theirs goes before ours of that name. */
export function vocabularyOf(own: Iterable<Primitive> = []): Vocabulary {
  const callables = new Map<string, Callable>()
  const prefixes = new Map<string, Sign>()
  const infixes = new Map<string, Sign>()
  for (const [name, f] of Object.entries(functions))
    callables.set(name, plainFunction(name, f as AnyFunction))
  callables.set(
    CONSTANT,
    singles(CONSTANT, [1, 1], ([x]) => constant(x as number)),
  )
  callables.set(
    'logBinomial',
    singles('logBinomial', [2, 2], ([n, k]) => logBinomial(n!, k!)),
  )
  for (const primitive of [...Object.values(primitives), ...Object.values(specialPrimitives), ...own]) {
    const callable = primitiveCallable(primitive)
    callables.set(primitive.name, callable)
    if (primitive.notation === undefined) continue
    const { symbol, precedence } = primitive.notation
    if (primitive.arity === 1) prefixes.set(symbol, { callable, precedence })
    else infixes.set(symbol, { callable, precedence })
  }
  return { callables, prefixes, infixes, tokenPattern: tokenPattern([...prefixes.keys(), ...infixes.keys()]) }
}

type AnyFunction = (...given: unknown[]) => Operand
const someOperands: ReadonlyMap<string, readonly [number, number]> = new Map(Object.entries(functionOperands))

function plainFunction(name: string, f: AnyFunction): Callable {
  const counts = someOperands.get(name)
  if (counts !== undefined) return singles(name, counts, operands => f(...operands))
  return { ...singles(name, [0, Infinity], operands => f(operands)), lists: 1, applyToLists: f }
}

function primitiveCallable(primitive: Primitive): Callable {
  const { name, arity } = primitive
  const counts: readonly [number, number] = arity === undefined ? [0, Infinity] : [arity, arity]
  const callable = singles(name, counts, operands => apply(primitive, operands))
  if (arity !== undefined) return callable
  // A primitive is a function, which its record does not say; the `length` of one over lists says how many.
  const f = primitive as unknown as AnyFunction
  return { ...callable, lists: f.length, applyToLists: f }
}

function singles(
  name: string,
  [fewest, most]: readonly [number, number],
  apply: Callable['apply'],
): Callable {
  return { name, fewest, most, apply }
}
