/**
 * A program: straight-line code in single assignment form, which everything behind the graph reads. It speaks in
 * primitives first (listings and SQL read that), and in IEEE steps after `expand` (engines read that).
 */

import type { Primitive } from '../../core/value.js'
import type { Table } from '../../math/generated/tables.js'
import type { Kind, Operation as StepName } from '../../math/steps.js'

/** What an instruction does with its operands. Operations are shared: two equal ones may be the same object. */
export type Operation =
  | ConstantOperation
  | InputOperation
  | ColumnOperation
  | PrimitiveOperation
  | StepOperation
  | HostOperation
  | RescueOperation
  | LoadOperation
  | CarriedOperation

/** A number known when the program is made. Its bits count: 0 and -0 are different constants. */
export interface ConstantOperation {
  readonly kind: 'constant'
  /** Only doubles before `expand`. */
  readonly result: Kind
  /** The number. */
  readonly value: number
}

/** A number that the caller hands over with each run: element `index` of the inputs. */
export interface InputOperation {
  readonly kind: 'input'
  readonly index: number
}

/** One number per row: column `index` of the bound data. */
export interface ColumnOperation {
  readonly kind: 'column'
  readonly index: number
}

/** A number in memory, in a block of a program with loops (`loops/`). */
export interface LoadOperation {
  readonly kind: 'load'
  readonly address: Address
  readonly result: Kind
}

/**
 * A place in memory, as a sum of a start and a stride times the iteration number of each loop around, outermost first. With a
 * table the start stands there, under the running number of the `level` outermost loops together: how many
 * iterations the innermost of them has begun since the outermost was entered.
 */
export interface Address {
  readonly memory: 'once' | 'row' | 'output'
  readonly start: number
  readonly table: Int32Array | undefined
  readonly level: number
  readonly strides: readonly number[]
}

/** What the previous iteration of the loop around a block hands over: the value that it carries under this number. */
export interface CarriedOperation {
  readonly kind: 'carried'
  readonly index: number
  readonly result: Kind
}

/** A row of the table, or a primitive made by a user. Only before `expand`. */
export interface PrimitiveOperation {
  readonly kind: 'primitive'
  readonly primitive: Primitive
}

/** A step of `math/steps.ts`; only after `expand`. Its result is a double, a 32-bit integer or a condition. */
export interface StepOperation {
  readonly kind: 'step'
  readonly step: Exclude<StepName, 'parameter' | 'constant' | 'call'>
  /** What kind of value it gives. */
  readonly result: Kind
  /** A mask, a distance, the number of a bit, the column of a table: see the step. */
  readonly value: number
  /** A second such number: see the step. */
  readonly extra: number
  /** Of a look-up, the table. */
  readonly table: Table | undefined
}

/** A function that runs on the host, one row at a time: of doubles, to a double. Only after `expand`. */
export interface HostOperation {
  readonly kind: 'host'
  readonly name: string
  /** Whether the function takes its operands as one list, of any length. */
  readonly isOfList: boolean
  readonly evaluate: (...operands: never[]) => number
}

/**
 * The operands are a value, then `arity` operands of a function, then conditions. The result is the value in rows in
 * which every condition holds, and `evaluate` of the function's operands, on the host, in the others. Only after `expand`.
 */
export interface RescueOperation {
  readonly kind: 'rescue'
  readonly name: string
  readonly arity: number
  readonly evaluate: (...operands: never[]) => number
}

/**
 * One line of a program: an operation on the results of earlier ones. Its place in the list stands for its result.
 *
 * @example
 * program.instructions[2] // { operation: { kind: 'primitive', primitive: sigmoid }, operands: [1], label: undefined }
 */
export interface Instruction {
  /** What is done. */
  readonly operation: Operation
  /** The places of the operands in the list, all before this one. */
  readonly operands: readonly number[]
  /** The user's name for the value, if it has one. */
  readonly label: string | undefined
}

/**
 * Outputs as straight-line code over inputs and columns. Places are indices into `instructions`.
 *
 * @example
 * const { program } = compile([x.mul(x)], { inputs: [x] })
 * String(program)
 * // %0 = input x        [1]
 * // %1 = mul %0 %0      [out]
 * // return %1
 */
export interface Program {
  /** In the order in which they are carried out. */
  readonly instructions: readonly Instruction[]
  /** The places of the results. */
  readonly outputs: readonly number[]
  /** The names of the inputs, for listings and errors; `undefined` where the user gave none. */
  readonly inputs: readonly (string | undefined)[]
  /** The labels by which columns are bound. */
  readonly columns: readonly string[]
}

/** What an instruction computes. */
export function kindOf({ operation }: Instruction): Kind {
  return 'result' in operation ? operation.result : 'double'
}
