import { describe } from '../core/describe.js'
import type { Value } from '../core/value.js'
import type { Columns } from './data.js'
import type { LinearModel } from './linear/linearModel.js'
import { inner, norm } from './linear/vectors.js'
import {
  levenbergMarquardt,
  type ResidualFunctions,
  type Solution,
  type Stopped,
  ulpOf,
} from './methods/levenbergMarquardt.js'
import { checkProgress, PROGRESS_OPTIONS, type ProgressOptions } from './progress.js'
import type { LeastSquaresRecord } from './report/result.js'
import { significant } from './report/text.js'
import { residualFunctions } from './residuals.js'

/** What {@link leastSquares} and {@link fit} take besides. */
export interface SolveOptions extends ProgressOptions {
  /** The probability that an interval holds the parameter. Default 0.95. */
  readonly confidence?: number
  /** Default 10,000. */
  readonly maxIterations?: number
}

export const SOLVE_OPTIONS: readonly string[] = ['confidence', 'maxIterations', ...PROGRESS_OPTIONS]

/** A least-squares problem whose input has been checked. */
export interface Problem {
  readonly caller: string
  readonly residuals: readonly Value[]
  readonly parameters: readonly Value[]
  readonly names: readonly string[]
  readonly start: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly data: Columns
  /** Says of a residual which it is, for a message. */
  readonly nameOf: (residual: number) => string
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
  const { confidence = 0.95, maxIterations = 10_000, onStep, signal } = options
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
    return recordOf(problem, confidence, history, solution, found, curvatures(solution, found, functions))
  } finally {
    functions.dispose()
  }
}

/** What was found, with what a reader of it should know. */
function recordOf(
  { names }: Problem,
  confidence: number,
  history: readonly number[],
  { point, stopped, iterations, evaluations, linear }: Solution,
  { inverseRoot, undetermined }: Uncertainty,
  curvature: readonly number[],
): LeastSquaresRecord {
  const warnings: string[] = []
  if (undetermined.length > 0) {
    warnings.push(
      `the residuals do not determine ${undetermined.join(', ')}: other values fit as well (the Jacobian is singular)`,
    )
  }
  const rounding = PERFECT_ULPS * ulpOf(linear, point.parameters)
  const isPerfect = point.residuals.length > linear.rank && point.sumOfSquares <= rounding * rounding
  const hardly = names.filter((_, j) => !isPerfect && !(curvature[j]! <= MOST_CURVATURE))
  if (hardly.length > 0) {
    warnings.push(
      `the residuals hardly determine ${hardly.join(', ')} here: the standard errors reach far beyond where the model is ` +
        'nearly linear (a singular gradient); start elsewhere, or simplify the model',
    )
  }
  if (isPerfect) {
    warnings.push(
      'an essentially perfect fit: the residuals are no larger than rounding makes them, ' +
        'so that standard errors, intervals, AIC and BIC say nothing',
    )
  }
  if (point.residuals.length <= linear.rank) {
    warnings.push(
      `no degrees of freedom are left (residuals: ${point.residuals.length}, parameters: ${names.length}): ` +
        'there are no standard errors',
    )
  }
  const atBound = names.filter((_, j) => linear.held[j])
  if (atBound.length > 0) {
    warnings.push(`${atBound.join(', ')} ended at a bound: the other standard errors take it as known`)
  }
  return {
    names,
    values: [...point.parameters],
    fixed: {},
    atBound,
    inverseRoot,
    rank: linear.rank,
    residuals: [...point.residuals],
    sumOfSquares: point.sumOfSquares,
    logWeights: 0,
    confidence,
    converged: !UNFINISHED.includes(stopped),
    reason: REASONS[stopped],
    iterations,
    evaluations,
    history,
    warnings,
  }
}

/**
 * The data, the terms of the prediction, and what is made of them are each rounded by half an ulp; these add up to less than
 * two ulps. Noise of some ulps of the data is more, and its standard errors are right.
 */
const PERFECT_ULPS = 2

/**
 * 1 is where the linear model and its intervals begin to fail. The reference problems of NIST reach 28 (MGH17); a start on a
 * plateau, where slopes are 1e-20 and less, gives 1e20 and more.
 */
const MOST_CURVATURE = 1000

const UNFINISHED: readonly Stopped[] = ['iterations', 'interrupted']

const REASONS: Readonly<Record<Stopped, string>> = {
  exact: 'the residuals are 0',
  gradient: 'the residuals are orthogonal to all that the parameters can change',
  decrease: 'the sum of squares no longer falls',
  step: 'the parameters no longer move',
  stuck: 'no step lowers the sum of squares any further',
  iterations: 'it reached maxIterations',
  interrupted: 'it was told to stop',
}

/** Says what is not finite at the start. */
function notFinite(
  { caller, names, start, nameOf }: Problem,
  { rows, residuals, jacobian }: ResidualFunctions,
): Error {
  const values = new Float64Array(rows)
  residuals(start, values)
  const slopes = new Float64Array(rows * start.length)
  jacobian(start, slopes)
  const wrong = values.findIndex(r => !Number.isFinite(r))
  const wrongSlope = slopes.findIndex(slope => !Number.isFinite(slope))
  const isOverflow = wrong < 0 && wrongSlope < 0
  const what =
    wrong >= 0
      ? `${nameOf(wrong)} is ${values[wrong]}`
      : wrongSlope >= 0
        ? `the derivative of ${nameOf(wrongSlope % rows)} in ${names[Math.floor(wrongSlope / rows)]} is ${slopes[wrongSlope]}`
        : 'the sum of squares is too large for a double'
  const at = names.map((name, j) => `${name} = ${significant(start[j]!, 6)}`).join(', ')
  return new Error(
    `${caller}: ${what} at the start ${at}; choose other start values, or bounds that keep away from there${isOverflow ? ', or rescale the data' : ''}`,
  )
}

interface Uncertainty {
  readonly inverseRoot: readonly (readonly number[])[]
  readonly undetermined: readonly string[]
}

/**
 * For each parameter, how much the model bends over its standard error: the step along which the parameter moves by that
 * changes the predictions by the residual standard deviation s; the length of their second derivative along it, over s, is the
 * relative curvature of Bates and Watts, "Relative curvature measures of nonlinearity", 1980. 0 where there is no
 * standard error, or one smaller than the parameter, which is then determined.
 */
function curvatures(
  { point, linear }: Solution,
  { inverseRoot }: Uncertainty,
  { rows, acceleration }: ResidualFunctions,
): number[] {
  const s = Math.sqrt(point.sumOfSquares / (rows - linear.rank))
  const bend = new Float64Array(rows)
  return inverseRoot.map((row, j) => {
    const length = norm(row)
    if (!(s < Number.POSITIVE_INFINITY && s * length > Math.abs(point.parameters[j]!))) return 0
    const step = Float64Array.from(inverseRoot, other => (s * inner(other, row)) / length || 0)
    acceleration(point.parameters, step, bend)
    return norm(bend) / s
  })
}

/** F with F F' = (J'J)^-1: the rows of V / S / scale. A parameter that a singular direction moves is undetermined. */
function uncertainty(
  { singular, right, scale, rank, held }: LinearModel,
  names: readonly string[],
): Uncertainty {
  const undetermined: string[] = []
  const inverseRoot = names.map((name, j) => {
    if (held[j]) return names.map(() => 0)
    const row = right.map(column => column[j]!)
    // Singular directions are known to about half the digits.
    if (row.some((v, k) => k >= rank && Math.abs(v) > 1e-8)) {
      undetermined.push(name)
      return names.map(() => Number.NaN)
    }
    return row.map((v, k) => (k < rank ? v / (singular[k]! * scale[j]!) : 0))
  })
  return { inverseRoot, undetermined }
}
