/** What a person writes to make a primitive: its value, and how the value changes with each operand. */

import type { Double } from '../math/steps.js'
import type { Notation } from './notation.js'
import type { LeavesRule, Operand, Singularity } from './value.js'

/**
 * The partial derivative of a primitive with respect to one operand, written with primitives, so that one rule gives
 * numbers from numbers and a graph from Values. A partial that is an operand, or the result itself, is written by its
 * name: those of `x * y` are `'y'` and `'x'`. A plain number is a constant partial; the plain number 0 says that the
 * result does not depend on the operand at all, and nothing is added for it.
 */
export type PartialRule<Operands extends readonly Operand[]> =
  | number
  | 'x'
  | 'y'
  | 'out'
  | ((out: Operand, ...operands: Operands) => Operand)

/**
 * Whether a selecting primitive takes an operand: a condition as `where` reads it, so that 0 and NaN say no. The
 * derivative of a selection is the selection of the derivatives: what is not taken gets exactly 0, however wild the
 * partials below it are.
 */
export type TakenRule<Operands extends readonly Operand[]> =
  | 1
  | ((out: Operand, ...operands: Operands) => Operand)

/** What the records of all primitives may say. */
interface RuleCommon {
  /** For each operand, whether the rule has a singularity at some value of it. */
  readonly singular?: readonly (Singularity | ((...operands: Operand[]) => Singularity))[]
  /**
   * For each operand, when it leaves something to the others: 0 where it decides the result alone, as a factor of 0 does or
   * an infinite term. For a list there are two rules: of the factor that stands half the list apart, and of any other operand.
   */
  readonly leavesOpen?: readonly (1 | LeavesRule)[]
  /** For an operation that is written with a sign of its own. */
  readonly notation?: Notation
}

/** The record of a primitive with a fixed number of operands; `Numbers` is `[number]`, `[number, number]`, … */
export interface Rule<Numbers extends readonly number[]> extends RuleCommon {
  /** Numbers in, number out. It never throws: it follows IEEE 754. */
  readonly evaluate: (...operands: Numbers) => number
  /** One partial per operand. */
  readonly partials: { readonly [I in keyof Numbers]: PartialRule<OperandsLike<Numbers>> }
  /** For a primitive that selects: when each operand is taken. */
  readonly taken?: { readonly [I in keyof Numbers]: TakenRule<OperandsLike<Numbers>> }
  /** The partials as textbooks write them, where numerical care makes `partials` read otherwise. Shown, never run. */
  readonly textbook?: { readonly [I in keyof Numbers]: PartialRule<OperandsLike<Numbers>> }
}

/** The record of a primitive over a list of operands of any length. */
export interface VariadicRule extends RuleCommon {
  /** A list of numbers in, number out. It never throws: it follows IEEE 754. */
  readonly evaluate: (operands: readonly number[]) => number
  /** The partial with respect to operand `i`; `shared` is what `share` returned for this node. */
  readonly partial: (
    i: number,
    out: Operand,
    operands: readonly Operand[],
    shared: readonly Operand[],
  ) => Operand
  /** What the partials of one node have in common, so that it is computed once and not for every operand. */
  readonly share?: (out: Operand, operands: readonly Operand[]) => readonly Operand[]
  /** What `evaluate` does to a list that is not empty, as IEEE steps. Without it, it is called. */
  readonly steps?: (operands: readonly Double[]) => Double
  /** For a function of two lists: checks them and makes one list of operands of them. */
  readonly gather?: (...lists: (readonly Operand[])[]) => readonly Operand[]
}

type OperandsLike<Numbers extends readonly number[]> = { [I in keyof Numbers]: Operand }

/** All rules in one loose form, behind the typed overloads of `primitive`: here the arity is a number and not a type. */
export interface AnyRule extends RuleCommon {
  readonly evaluate: (...operands: never[]) => number
  readonly partials?: readonly PartialRule<Operand[]>[] | undefined
  readonly partial?: VariadicRule['partial'] | undefined
  readonly share?: VariadicRule['share']
  readonly taken?: readonly TakenRule<Operand[]>[]
  readonly textbook?: readonly PartialRule<Operand[]>[]
  readonly steps?: (...operands: never[]) => Double
  readonly gather?: VariadicRule['gather']
}

// The rules that the names 'out', 'x' and 'y' stand for. A sweep knows these functions when it sees them and need not
// call them.
export const theResult = (out: Operand): Operand => out
export const theFirst = (_out: Operand, x: Operand): Operand => x
export const theSecond = (_out: Operand, _x: Operand, y: Operand): Operand => y
