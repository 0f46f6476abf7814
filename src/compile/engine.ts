import type { Program } from './program.js'

/** What becomes of the results of the rows: they are kept, or added up in the order that every engine keeps to. */
export type Reduction = 'none' | 'sum'

/** The data of the columns, in the order of `program.columns`, and the rows in the order in which they are taken. */
export interface BoundColumns {
  readonly columns: readonly Float64Array[]
  /** Row `order[i]` of the columns is row i; without it rows are taken as they stand. */
  readonly order: Int32Array | undefined
  /** Goes up when `order` or the data change, so that an engine that keeps a copy knows. */
  readonly version: number
}

/** A program made executable. */
export interface Kernel {
  /**
   * The outputs for the rows from `from` up to `to`, or once, if there are no columns (`from` is 0 and `to` 1 then).
   * With 'sum' `out` gets one number for each output, the row sum; with 'none' it gets `to - from` numbers for each output,
   * one output after another. `out` may be `inputs`. Allocates nothing.
   */
  run(
    inputs: Float64Array,
    out: Float64Array,
    bound: BoundColumns | undefined,
    from: number,
    to: number,
  ): void
  /** Gives back what is not garbage collected. The kernel is not run again. */
  dispose(): void
}

export interface Engine {
  readonly name: string
  /** Whether the engine wants elementary functions written out as steps (see `expand`). */
  readonly inlines: boolean
  /** Whether the engine works where this code runs: a page may forbid it. */
  isAvailable(): boolean
  /** `program` consists of steps; what does not depend on the row comes first (see `hoist`). */
  create(program: Program, reduction: Reduction): Kernel
}

/** The number of rows in a block of the row sum. */
export const BLOCK = 1024
