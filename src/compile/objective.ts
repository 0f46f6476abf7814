import { gradient } from '../calculus/gradient.js'
import { flatten, type Tree } from '../calculus/tree.js'
import { checkOptions, describe } from '../core/describe.js'
import { Value } from '../core/value.js'
import { type ColumnData, Columns } from './columns.js'
import {
  type Bound,
  type CompiledProgram,
  type CompileOptions,
  compileProgram,
  type ListedProgram,
} from './compile.js'
import type { EngineName } from './engines/engine.js'
import type { NotFiniteInstruction } from './findNaN.js'

/**
 * What {@link objective} is told besides the loss.
 *
 * @example
 * objective(loss, { parameters: net.parameters, reduce: 'mean' })
 */
export interface ObjectiveOptions extends Pick<CompileOptions, 'engine' | 'lanes'> {
  /** The leaves that a run is given and that the gradient is taken with respect to: a list or a tree. */
  readonly parameters: Tree<Value>
  /** What becomes of the losses of the rows; `'sum'` if it is left out. */
  readonly reduce?: 'sum' | 'mean'
}

/** A loss as a function of its parameters, which gives the gradient with it. */
export interface Objective {
  /**
   * The loss at these parameters. With `gradientOut` the gradient is written there; it may be `parameters` itself.
   */
  (parameters: ArrayLike<number>, gradientOut?: Float64Array): number
  /** The name of the engine that runs. */
  readonly engine: EngineName
  /** The program of the loss and its gradient. */
  readonly program: ListedProgram
  /**
   * Where NaN or an infinity in the loss or its gradient comes from: the first instruction whose result is not finite. If the
   * loss is finite, that is one of an adjoint.
   */
  findNaN(parameters: ArrayLike<number>): NotFiniteInstruction | undefined
  /** The loss over these rows: see `Compiled.bind`. */
  bind(columns: ColumnData): BoundObjective
  /** Frees what the engine holds: see `Compiled.dispose`. */
  dispose(): void
}

/** The loss over the rows of a data set, or a range of them. */
export interface BoundObjective {
  /** The loss over the rows from `from` up to, not including, `to`; over all rows if they are left out. */
  (parameters: ArrayLike<number>, gradientOut?: Float64Array, from?: number, to?: number): number
  /** The name of the engine that runs. */
  readonly engine: EngineName
  /** How many rows the data have. */
  readonly rows: number
  /** The same as {@link Objective.findNaN}, in the first row where something is not finite. */
  findNaN(parameters: ArrayLike<number>): NotFiniteInstruction | undefined
  /** Puts the rows into another order: see `Bound.permute`. */
  permute(order: ArrayLike<number>): void
}

/**
 * Compiles a loss together with its gradient.
 *
 * @example
 * const [w, b] = [value(0, 'w'), value(0, 'b')]
 * const error = w.mul(column('x')).add(b).sub(column('y'))
 * const loss = objective(error.square(), { parameters: [w, b] }).bind({ x: [1, 2], y: [3, 5] })
 * const slope = new Float64Array(2)
 * loss([0, 0], slope) // 34, and slope is [-26, -16]
 */
export function objective(loss: Value, options: ObjectiveOptions): Objective {
  if (!(loss instanceof Value))
    throw new TypeError(`objective: the loss is ${describe(loss)}; wanted a Value`)
  if (options?.parameters === undefined) {
    throw new TypeError(
      'objective: got no parameters; wanted { parameters: [...] }, the leaves to differentiate by',
    )
  }
  checkOptions('objective', options, ['parameters', 'reduce', 'engine', 'lanes'])
  const { parameters, reduce = 'sum', ...others } = options
  if (reduce !== 'sum' && reduce !== 'mean') {
    throw new RangeError(`objective: reduce is ${describe(reduce)}; wanted 'sum' or 'mean'`)
  }
  const compiling = { ...others, inputs: parameters, reduce }
  const leaves = flatten(parameters as readonly Value[]).leaves
  const both = compileProgram([loss, ...gradient(loss, leaves)], compiling)
  // Only the callers that want no gradient pay for a program without it. A loss that no column is in counts once per row
  // nevertheless where one is in its slopes, which only the program of both can tell.
  let alone: CompiledProgram | undefined
  const valueOnly = (): CompiledProgram => {
    if (alone === undefined) {
      alone = compileProgram(loss, compiling)
      if (alone.program.columns.length === 0 && both.program.columns.length > 0) {
        alone.dispose()
        alone = both
      }
    }
    return alone
  }
  const results = new Float64Array(1 + leaves.length)
  // Not the same: a primitive may ask for the loss alone while a run with the gradient goes on.
  const resultsAlone = new Float64Array(results.length)

  function hand(gradientOut: Float64Array): number {
    for (let i = 0; i < leaves.length; i++) gradientOut[i] = results[i + 1]!
    return results[0]!
  }

  function checkOut(gradientOut: unknown): void {
    if (gradientOut instanceof Float64Array && gradientOut.length >= leaves.length) return
    throw wrongGradient(gradientOut, leaves.length)
  }

  function outputName(output: number): string {
    if (output === 0) return 'the loss'
    return `the slope in ${leaves[output - 1]!.label ?? `parameter ${output - 1}`}`
  }

  function evaluate(parameters: ArrayLike<number>, gradientOut?: Float64Array): number {
    if (gradientOut === undefined) return valueOnly().runFirst(parameters, NO_GRADIENT)
    checkOut(gradientOut)
    return both.runFirst(parameters, gradientOut)
  }

  function bind(data: ColumnData): BoundObjective {
    const columns = new Columns(both.program.columns, data)
    const bound = both.over(columns)
    let boundAlone: Bound | undefined
    const evaluateRows = (
      parameters: ArrayLike<number>,
      gradientOut?: Float64Array,
      from?: number,
      to?: number,
    ): number => {
      if (gradientOut === undefined) {
        boundAlone ??= valueOnly().over(columns)
        return boundAlone.run(parameters, resultsAlone, from, to)[0]!
      }
      checkOut(gradientOut)
      bound.run(parameters, results, from, to)
      return hand(gradientOut)
    }
    return Object.assign(evaluateRows, {
      engine: bound.engine,
      rows: bound.rows,
      findNaN: (parameters: ArrayLike<number>) => both.findNaNIn(columns, parameters, outputName),
      permute: bound.permute,
    })
  }

  return Object.assign(evaluate, {
    engine: both.engine,
    program: both.program,
    findNaN: (parameters: ArrayLike<number>) => both.findNaN(parameters, outputName),
    bind,
    dispose: () => {
      both.dispose()
      alone?.dispose()
      // A program that is disposed of says so; without it a call without a gradient would compile another
      alone = both
    },
  })
}

const NO_GRADIENT = new Float64Array(0)

function wrongGradient(gradientOut: unknown, count: number): Error {
  const got = gradientOut instanceof Float64Array ? `of length ${gradientOut.length}` : describe(gradientOut)
  return new RangeError(`objective: gradientOut is ${got}; wanted a Float64Array of ${count} or more`)
}
