/**
 * Every primitive of fixed arity, and the plain functions of one or two Values, as methods of `Value`: `x.mul(y)` is
 * `mul(x, y)`. The types are derived from the functions themselves, so that a new row of the table needs nothing
 * here; documentation and go-to-definition land on the row.
 *
 * To import this module is to install them. Every entry point that hands out Values does so, and package.json lists these
 * as having an effect, so that no bundler drops it; chainrule/mini does without.
 */
import './backward.js'
import * as functions from './functions.js'
import * as primitives from './generated/public.js'
import type { Binary, Ternary, Unary } from './primitive.js'
import './print.js'
import { surplusError } from './refusals.js'
import { type Operand, Value } from './value.js'

type Primitives = typeof primitives
type FunctionName = keyof typeof functions.functionOperands

/** The method that a function becomes: its first operand is `this`. */
type Method<F> = F extends (x: Operand, ...others: infer Others) => Operand
  ? (...others: Others) => Value
  : never

// Rows are told apart by their interface: looking into their signatures here would lead back to Value itself.
type PrimitiveMethods = {
  [Name in keyof Primitives as Primitives[Name] extends Unary | Binary | Ternary ? Name : never]: Method<
    Primitives[Name]
  >
}
type FunctionMethods = { [Name in FunctionName]: Method<(typeof functions)[Name]> }

declare module './value.js' {
  interface Value extends PrimitiveMethods, FunctionMethods {}
}

function install(name: string, most: number, f: (x: Operand, ...others: unknown[]) => Operand): void {
  // Nothing calls a method for every element of a list, so that a number too many is a mistake here.
  const ofOne = function (this: Value, surplus?: unknown): Operand {
    if (surplus !== undefined) throw surplusError(name, [this], surplus)
    return f(this)
  }
  const ofMore = function (this: Value, y?: Operand, z?: Operand, surplus?: unknown): Operand {
    return surplus === undefined ? f(this, y, z) : f(this, y, z, surplus)
  }
  Object.defineProperty(Value.prototype, name, { value: most === 1 ? ofOne : ofMore })
}

for (const [name, primitive] of Object.entries(primitives)) {
  if (primitive.arity !== undefined) install(name, primitive.arity, primitive as (x: Operand) => Operand)
}
for (const [name, f] of Object.entries(functions)) {
  if (!Object.hasOwn(functions.functionOperands, name)) continue
  install(name, functions.functionOperands[name as FunctionName][1], f as (x: Operand) => Operand)
}
