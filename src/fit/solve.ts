import { describe } from '../core/describe.js'
import type { Value } from '../core/value.js'
import type { Columns } from './data.js'
import type { LinearModel } from './linear/linearModel.js'
import {
  levenbergMarquardt,
  type ResidualFunctions,
  roundingOf,
  type Solution,
  type Stopped,
} from './methods/levenbergMarquardt.js'
import { checkProgress, type ProgressOptions } from './progress.js'
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
  let solution: Solution | undefined
  try {
    solution = levenbergMarquardt(functions, start, {
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
  } finally {
    functions.dispose()
  }
  const { point, stopped, iterations, evaluations, linear } = solution
  const { inverseRoot, undetermined } = uncertainty(linear, names)
  const warnings: string[] = []
  if (undetermined.length > 0) {
    warnings.push(
      `the residuals do not determine ${undetermined.join(', ')}: other values fit as well (the Jacobian is singular)`,
    )
  }
  const rounding = roundingOf(linear, point.parameters)
  if (point.residuals.length > linear.rank && point.sumOfSquares <= rounding * rounding) {
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

/** F with F F' = (J'J)^-1: the rows of V / S / scale. A parameter that a singular direction moves is undetermined. */
function uncertainty(
  { singular, right, scale, rank, held }: LinearModel,
  names: readonly string[],
): { inverseRoot: number[][]; undetermined: string[] } {
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
