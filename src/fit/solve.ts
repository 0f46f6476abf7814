import { describe } from '../core/describe.js'
import type { Value } from '../core/value.js'
import type { DataColumns } from './data.js'
import { levenbergMarquardt, type Solution } from './methods/levenbergMarquardt.js'
import type { ResidualFunctions } from './methods/point.js'
import { checkProgress, PROGRESS_OPTIONS, type ProgressOptions } from './progress.js'
import type { LeastSquaresRecord } from './report/result.js'
import { type Uncertainty, uncertainty } from './report/uncertainty.js'
import { type Names, OVERFLOW, placeOf, type Verdict, verdict, whatIsNotFinite } from './report/verdict.js'
import { residualFunctions } from './residuals.js'

/** What {@link leastSquares} and {@link fit} take besides. */
export interface SolveOptions extends ProgressOptions {
  /** The probability that an interval holds the parameter. Default 0.95. */
  readonly confidence?: number
  /** Default 2,000. */
  readonly maxIterations?: number
}

export const SOLVE_OPTIONS: readonly string[] = ['confidence', 'maxIterations', ...PROGRESS_OPTIONS]

/** A least-squares problem whose input has been checked. */
export interface Problem extends Names {
  readonly caller: string
  readonly residuals: readonly Value[]
  readonly parameters: readonly Value[]
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly data: DataColumns
}

export function checkConfidence(caller: string, confidence: unknown): void {
  if (typeof confidence === 'number' && confidence > 0 && confidence < 1) return
  throw new RangeError(
    `${caller}: confidence is ${describe(confidence)}; wanted a number between 0 and 1, such as 0.95`,
  )
}

/** Solves the problem; what the caller knows better, it overwrites in the record. */
export function solve(problem: Problem, options: SolveOptions): LeastSquaresRecord {
  const { caller, parameters, names, start, lower, upper } = problem
  const { confidence = 0.95, maxIterations = 2000, onStep, signal } = options
  checkProgress(caller, options)
  checkConfidence(caller, confidence)
  if (!(Number.isInteger(maxIterations) && maxIterations >= 0)) {
    throw new RangeError(
      `${caller}: maxIterations is ${describe(maxIterations)}; wanted a whole number from 0`,
    )
  }
  const functions = residualFunctions(problem.residuals, parameters, problem.data)
  const history: number[] = []
  try {
    const solution = levenbergMarquardt(functions, start, {
      lower,
      upper,
      maxIterations,
      report: (step, { parameters, sumOfSquares }) => {
        history.push(sumOfSquares)
        if (step > 0) onStep?.({ step, loss: sumOfSquares, parameters })
        return signal?.aborted === true
      },
    })
    if (solution === undefined) throw notFinite(problem, functions)
    const found = uncertainty(solution.linear, names)
    const said = verdict(problem, solution, found, functions)
    return recordOf(problem, confidence, history, solution, found, said)
  } finally {
    functions.dispose()
  }
}

/** What was found. */
function recordOf(
  problem: Problem,
  confidence: number,
  history: readonly number[],
  solution: Solution,
  { inverseRoot }: Uncertainty,
  verdict: Verdict,
): LeastSquaresRecord {
  const { point, iterations, evaluations, linear } = solution
  return {
    names: problem.names,
    values: [...point.parameters],
    fixed: {},
    atBound: problem.names.filter((_, j) => linear.held[j]),
    inverseRoot,
    rank: linear.rank,
    residuals: [...point.residuals],
    sumOfSquares: point.sumOfSquares,
    logWeights: 0,
    confidence,
    ...verdict,
    iterations,
    evaluations,
    history,
  }
}

/** Says what is not finite at the start. */
function notFinite(problem: Problem, functions: ResidualFunctions): Error {
  const { caller, start } = problem
  const what = whatIsNotFinite(problem, functions, start) ?? OVERFLOW
  const advice = 'choose other start values, or bounds that keep away from there'
  return new Error(
    `${caller}: ${what} at the start ${placeOf(problem, start)}; ${advice}${what === OVERFLOW ? ', or rescale the data' : ''}`,
  )
}
