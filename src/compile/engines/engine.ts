import type { Looped } from '../loops/looped.js'
import type { Program } from '../program/program.js'

/** What becomes of the results of the rows: they are kept, or added up in the order that every engine keeps to. */
export type Reduction = 'none' | 'sum'

/** The data of the columns, in the order of `program.columns`. */
export interface BoundColumns {
  readonly columns: readonly Float64Array[]
  readonly rows: number
  /** Goes up when the data change, so that an engine that keeps a copy knows. */
  readonly version: number
}

/** A program made executable. */
export interface Kernel {
  /**
   * The outputs for the rows from `from` up to `to`, or once, if there are no columns (`bound` is undefined, `from` 0 and
   * `to` 1 then). With 'sum' `out` gets one number for each output, the row sum; with 'none' it gets `to - from` numbers
   * for each output, one output after another. `out` may share memory with `inputs`: every input is read before the first
   * result is written. What a run allocates does not grow with the number of runs: at most a copy of the columns, which
   * further runs use as well, and objects that are garbage when it returns.
   */
  run(
    inputs: Float64Array,
    out: Float64Array,
    bound: BoundColumns | undefined,
    from: number,
    to: number,
  ): void
  /**
   * Of a program without columns: the first output, with the others in `rest`. For an engine that keeps its results in
   * memory of its own, and so can hand them out like this at no cost.
   */
  runFirst?(inputs: Float64Array, rest: Float64Array): number
  /** Gives back what is not garbage collected. The kernel is not run again. */
  dispose(): void
}

export interface KernelOptions {
  readonly reduction: Reduction
  /** How many rows are taken at a time, where the engine has a choice. */
  readonly lanes: 1 | 2 | undefined
}

/** What `engine` may ask for by name, and what it is told that it got. */
export type EngineName = 'wasm' | 'javascript' | 'interpreter'

export interface Engine {
  readonly name: EngineName
  /** Programs of more instructions run faster on the tape of the interpreter: measured (docs/design.md). */
  readonly longest: number
  /** Whether the engine works where this code runs: a page may forbid it. */
  isAvailable(): boolean
  create(forms: Forms, options: KernelOptions): Kernel
  /** The same off the main thread, for an engine that can. */
  createAsync?(forms: Forms, options: KernelOptions): Promise<Kernel>
}

/** What engines take a program from. */
export interface Forms {
  /** As it was recorded, over steps and calls. */
  readonly steps: Program
  /** The same as blocks and loops, with calls of elementary functions written out. */
  looped(): Looped
}

/**
 * The row sum. Row i of a range goes to accumulator i mod 4 within blocks of 1,024 rows; a block is
 * (a0 + a2) + (a1 + a3); blocks are added from the left. Accumulators start at -0, the identity of addition. So the sum
 * does not depend on how many rows an engine takes at a time.
 */
export const BLOCK = 1024
