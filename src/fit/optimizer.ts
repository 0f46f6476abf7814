/**
 * What an optimiser is: a pure function over flat parameters. It knows nothing of graphs, data or batches; the loop
 * around it is minimize.ts.
 */

/**
 * The loss at `parameters`. If `gradientOut` is given, its partial derivatives are written there. What goes wrong
 * inside is reported as NaN or Infinity, never thrown.
 */
export type Objective = (parameters: Float64Array, gradientOut?: Float64Array) => number

/** Why an optimiser has nothing left to do. */
export type Settled =
  /** Every component of the step was smaller than the size asked for. */
  | 'step'
  /** The gradient is 0 as far as the size of the loss and the parameters can tell. */
  | 'gradient'
  /** No step along the search direction lowers the loss by more than its rounding. */
  | 'precision'

/** One step that has been made. */
export interface Step {
  /** The loss before the step, where the gradient was taken. */
  readonly loss: number
  readonly settled?: Settled
}

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
  (objective: Objective, parameters: Float64Array): () => Step
  /** Whether the objective may change from step to step, as it does with mini-batches. */
  readonly batches: boolean
}
