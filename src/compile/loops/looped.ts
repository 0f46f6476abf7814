import type { Address, ConstantOperation, LoadOperation, Program } from '../program/program.js'

/**
 * A program as straight blocks and loops, in the order in which it was recorded, so its bits are kept. Values go from one
 * block to another through memory; within a block they have no place there.
 */
export interface Looped {
  /** What runs once, for all rows. */
  readonly once: readonly Item[]
  /** What runs for every row; empty without columns. */
  readonly rows: readonly Item[]
  /** Memory `once`: the inputs, then these constants, then values, all of them doubles. */
  readonly inputs: number
  readonly constants: Float64Array
  readonly onceSize: number
  /** Memory `row`, of one row: the columns, then values. */
  readonly columns: number
  readonly rowSize: number
  readonly outputs: number
  /** How many instructions stand in the blocks. */
  readonly length: number
}

export type Item = Block | Loop

/** Straight-line code. Its program reads memory by loads, and has an output for each store and each carried value. */
export interface Block {
  readonly kind: 'block'
  readonly program: Program
  /** Where the first outputs go, those of the program; the rest are what the loop carries. */
  readonly stores: readonly Address[]
}

export interface Loop {
  readonly kind: 'loop'
  /** How often the body runs: a number, or by running number of the loop around, one for each time it is entered. */
  readonly count: number | Int32Array
  /** Only a loop whose body is one block carries values. */
  readonly carried: readonly Carried[]
  readonly items: readonly Item[]
  /** Whether no iteration needs what another one has computed. */
  readonly isParallel: boolean
}

/** A value that an iteration hands to the next. */
export interface Carried {
  /** What the first iteration is handed. */
  readonly initial: LoadOperation | ConstantOperation
  /** Where the last value goes when the loop ends, if anything needs it. */
  readonly final: Address | undefined
}
