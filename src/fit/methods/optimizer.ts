/**
 * What an optimiser is: a pure function over flat parameters. It knows nothing of graphs, data or batches; the loop
 * around it is minimize.ts.
 */
import { describe } from '../../core/describe.js'

/**
 * The loss at `parameters`. If `gradientOut` is given, its partial derivatives are written there. What goes wrong
 * inside is reported as NaN or Infinity, never thrown.
 */
export type Loss = (parameters: Float64Array, gradientOut?: Float64Array) => number

/** Why an optimiser has nothing left to do. All but `'stuck'` and `'unbounded'` count as convergence. */
export type Settled =
  /** Every component of the step was smaller than the size asked for. */
  | 'step'
  /** The gradient is 0 as far as the size of the loss and the parameters can tell. */
  | 'gradient'
  /** No step along the search direction lowers the loss by more than its rounding. */
  | 'precision'
  /** No step lowers the loss, though its derivatives promise one that does. */
  | 'stuck'
  /** The loss falls along a direction for as far as was looked. */
  | 'unbounded'

/** One step that has been made. */
export interface Step {
  /** The loss before the step, where the gradient was taken. */
  readonly loss: number
  /** Why there is nothing left to do, if there is not. */
  readonly settled?: Settled
}

/** A point at which an optimiser asks for the loss and its derivatives, to be written into its arrays. */
export interface Trial {
  /** Where the loss is wanted. */
  readonly parameters: Float64Array
  /** Where its derivatives are to be written. */
  readonly gradient: Float64Array
  /** Where the optimiser wants them, the second derivatives or what stands for them: n rows of n. */
  readonly curvature?: Float64Array
}

/** One step as a coroutine: it yields trials and is sent the loss at each. So it need not know how long answers take. */
export type Asking = Generator<Trial, Step, number>

/**
 * A way downhill. Given what to minimise and where to start, it returns a function that makes one step, in place, each
 * time it is called; what it remembers from step to step lives in that function.
 *
 * @example
 * const parameters = Float64Array.of(3)
 * const step = adam({ rate: 0.1 })(([x], gradient) => { if (gradient) gradient[0] = 2 * x!; return x! * x! }, parameters)
 * step() // { loss: 9 }, and parameters[0] is 2.9
 */
export interface Optimizer {
  (objective: Loss, parameters: Float64Array): () => Step
  /** Whether the objective may change from step to step, as it does with mini-batches. */
  readonly batches: boolean
  /** The same for a loss that is not there at once: the function returned begins a step, which asks for what it needs. */
  readonly ask: (parameters: Float64Array) => () => Asking
}

/** @throws TypeError for anything but an optimiser, such as the function that makes one */
export function checkOptimizer(caller: string, got: unknown): void {
  if (typeof got === 'function' && typeof (got as Partial<Optimizer>).batches === 'boolean') return
  const advice =
    typeof got === 'function' ? `${got.name || 'it'}(…), which makes one` : 'one such as adam({ rate: 0.1 })'
  throw new TypeError(`${caller}: the optimizer is ${describe(got)}; wanted ${advice}`)
}

/**
 * The loss and its slopes at the start, which are filled with NaN before: a loss that forgets them would seem to be at its
 * minimum, and so would one whose slopes are no numbers.
 *
 * @throws Error if the loss or a slope is not a finite number
 */
export function checkStartOf(
  caller: string,
  loss: number,
  gradient: Float64Array,
  nameOf: (parameter: number) => string,
): void {
  if (!Number.isFinite(loss)) {
    throw new Error(
      `${caller}: the loss is ${loss} at the start; choose other start values (findNaN shows where)`,
    )
  }
  const wrong = gradient.findIndex(slope => !Number.isFinite(slope))
  if (wrong < 0) return
  throw new Error(
    `${caller}: at the start the slope in ${nameOf(wrong)} is ${gradient[wrong]}${Number.isNaN(gradient[wrong]) ? ', or was not written' : ''}; ` +
      'choose other start values. A loss that is a function (parameters, gradientOut) => loss must write every slope ' +
      'into gradientOut, as what `objective` of chainrule/compile returns does',
  )
}

/** An optimiser of one and the same loss that asks, for losses that are there at once as well. */
export function optimizer(ask: Optimizer['ask']): Optimizer {
  const start = (...[objective, parameters]: Parameters<Optimizer>): ReturnType<Optimizer> => {
    const begin = ask(parameters)
    return () => {
      const asking = begin()
      let next = asking.next()
      while (next.done !== true) next = asking.next(objective(next.value.parameters, next.value.gradient))
      return next.value
    }
  }
  return Object.assign(start, { batches: false, ask })
}
