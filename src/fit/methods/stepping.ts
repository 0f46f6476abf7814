import { describe } from '../../core/describe.js'
import { checkProgress, PROGRESS_OPTIONS, type ProgressOptions } from '../progress.js'
import { significant, table } from '../report/text.js'
import type { Settled, Step } from './optimizer.js'

/** What the loop around an optimiser is told. */
export interface SteppingOptions extends ProgressOptions {
  /** Default 10,000. */
  readonly maxSteps?: number
}

export const STEPPING_OPTIONS: readonly string[] = ['maxSteps', ...PROGRESS_OPTIONS]

/** How the steps ended. */
export interface Ending {
  readonly steps: number
  /** Whether the optimiser had nothing left to do. */
  readonly converged: boolean
  /** Why it stopped, for people. */
  readonly reason: string
  /** The loss before each step; with batches, over the batch. */
  readonly history: readonly number[]
}

const REASONS: Readonly<Record<Settled, string>> = {
  step: 'the steps are smaller than asked for',
  gradient: 'the gradient is 0 to within its tolerance',
  precision: 'no step lowers the loss by more than its rounding',
  stuck: 'no step lowers the loss, though its derivatives promise one: check them, or start elsewhere',
  unbounded:
    'the loss falls without end along a direction: it has no minimum there; check its sign, or start elsewhere',
}

/**
 * The loop around an optimiser. It yields where a step is to be made, and is sent the step that was made: so losses that are
 * there at once and losses that are waited for share it.
 */
export function stepping(
  caller: string,
  parameters: Float64Array,
  options: SteppingOptions,
): Generator<void, Ending, Step> {
  const { maxSteps = 10_000, onStep, signal } = options
  checkProgress(caller, options)
  if (!(Number.isInteger(maxSteps) && maxSteps >= 0)) {
    throw new RangeError(`${caller}: maxSteps is ${describe(maxSteps)}; wanted a whole number from 0`)
  }
  const history: number[] = []
  const ending = (reason: string, converged = false): Ending => ({
    steps: history.length,
    converged,
    reason,
    history,
  })
  return (function* () {
    // The loss of a step is that before it: one that is not finite belongs to where the step before it led.
    let lastFinite = parameters.slice()
    while (signal?.aborted !== true) {
      if (history.length === maxSteps) return ending('it reached maxSteps')
      const before = parameters.slice()
      const { loss, settled } = yield
      if (!Number.isFinite(loss)) {
        parameters.set(lastFinite)
        return ending(
          loss === Number.NEGATIVE_INFINITY
            ? 'the loss became -Infinity: it has no minimum there; check its sign, or start elsewhere'
            : `the loss became ${loss}: try a smaller rate`,
        )
      }
      lastFinite = before
      history.push(loss)
      onStep?.({ step: history.length, loss, parameters })
      if (settled !== undefined)
        return ending(REASONS[settled], settled !== 'stuck' && settled !== 'unbounded')
    }
    return ending('it was told to stop')
  })()
}

/** The same with a `toString` for people: the parameters, the loss, and how the search went. */
export function printable<T extends Ending & { readonly loss: number; readonly evaluations: number }>(
  minimum: T,
  nameOf: (parameter: number) => string,
  parameters: Float64Array,
): T {
  const text = (): string => {
    const { loss, converged, steps, evaluations, reason } = minimum
    const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
    return [
      table(Array.from(parameters, (p, i) => [nameOf(i), significant(p, 6)])),
      `Loss ${significant(loss, 6)}`,
      `${converged ? 'Converged' : 'Not converged'} after ${count(steps, 'step')}, ${count(evaluations, 'evaluation')}: ${reason}`,
    ].join('\n')
  }
  return Object.defineProperty(minimum, 'toString', { value: text })
}
