/** What a running fit tells, and how it is stopped from outside. */
import { describe } from '../core/describe.js'

/** The state after a step. */
export interface Progress {
  /** How many steps have been made. */
  readonly step: number
  /** The loss, or the sum of squares. For an optimiser of one gradient a step, that before the step. */
  readonly loss: number
  /** The parameters now: the optimiser's own array, to be read and, if it is kept, copied. */
  readonly parameters: Float64Array
}

/** What every way of fitting takes besides. */
export interface ProgressOptions {
  /**
   * Called after each step, from within the loop: a fit never gives way to timers, so a display must be written from
   * here.
   */
  readonly onStep?: (progress: Progress) => void
  /** An `AbortSignal`, or anything with `aborted`: looked at after each step. What has been reached is returned. */
  readonly signal?: { readonly aborted: boolean }
}

export const PROGRESS_OPTIONS: readonly string[] = ['onStep', 'signal']

/** @throws TypeError for what cannot be called, or cannot say that it was aborted, such as the AbortController itself */
export function checkProgress(caller: string, { onStep, signal }: ProgressOptions): void {
  if (onStep !== undefined && typeof onStep !== 'function') {
    throw new TypeError(`${caller}: onStep is ${describe(onStep)}; wanted a function`)
  }
  if (signal !== undefined && typeof signal?.aborted !== 'boolean') {
    throw new TypeError(
      `${caller}: signal is ${describe(signal)}; wanted an AbortSignal, such as controller.signal`,
    )
  }
}
