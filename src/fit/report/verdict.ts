/** The one place that decides whether a search has converged, and what a reader of its result should know. */

import { inner, norm } from '../linear/vectors.js'
import { type Solution, type Stopped, UNFINISHED } from '../methods/levenbergMarquardt.js'
import { isLevel, type ResidualFunctions, ulpOf } from '../methods/point.js'
import { significant } from './text.js'
import type { Uncertainty } from './uncertainty.js'

/** What messages call the parameters and the residuals. */
export interface Names {
  readonly names: readonly string[]
  readonly start: Float64Array
  /** Says of a residual which it is. */
  readonly nameOf: (residual: number) => string
}

export interface Verdict {
  readonly converged: boolean
  readonly reason: string
  readonly warnings: readonly string[]
}

export function verdict(
  problem: Names,
  solution: Solution,
  uncertainty: Uncertainty,
  functions: ResidualFunctions,
): Verdict {
  const obstacle = obstacleOf(problem, solution, functions)
  return {
    converged: obstacle === undefined,
    reason: obstacle ?? REASONS[solution.stopped],
    warnings: warningsOf(problem, solution, uncertainty, functions),
  }
}

const REASONS: Readonly<Record<Stopped, string>> = {
  exact: 'the residuals are 0',
  gradient: 'the residuals are orthogonal to all that the parameters can change',
  decrease: 'the sum of squares no longer falls',
  step: 'the parameters no longer move',
  stuck: 'no step lowers the sum of squares any further',
  slow: 'hundreds of iterations lowered the sum of squares by less than a hundredth',
  iterations: 'it reached maxIterations',
  interrupted: 'it was told to stop',
}

/** A parameter that has grown by this factor is on its way to infinity, as far as a reader is concerned. */
const RUN_OFF = 1e6
/** The model is flat in a parameter if doubling it would change the residuals by less than this share of them. */
const FLAT = 1e-6

/** Why the search did not converge, and what to try; nothing where it did. */
function obstacleOf(
  problem: Names,
  { point, stopped, linear, first, refused }: Solution,
  functions: ResidualFunctions,
) {
  const { names, start } = problem
  const { parameters, sumOfSquares } = point
  const which = (holds: (j: number) => boolean) =>
    names.filter((_, j) => linear.held[j] !== true && holds(j)).join(', ')

  if (stopped === 'interrupted') return REASONS.interrupted
  if (UNFINISHED.includes(stopped)) {
    const gone = which(j => Math.abs(parameters[j]!) > RUN_OFF * Math.max(Math.abs(start[j]!), 1))
    const advice =
      gone === ''
        ? 'allow more iterations, start nearer, or simplify the model'
        : `${gone} ran off: give bounds, start elsewhere, or simplify the model`
    return `${REASONS[stopped]} before the sum of squares was level, at ${placeOf(problem, parameters)}; ${advice}`
  }
  const isFlat = linear.held.every((isHeld, j) => isHeld || linear.lengths[j] === 0)
  if (sumOfSquares > 0 && isFlat && linear.held.includes(false)) {
    return `the model is flat: no residual changes with ${which(() => true)} at ${placeOf(problem, parameters)}; start elsewhere`
  }
  const isDone = isLevel(point, linear)
  const flat = which(j =>
    isDone
      ? linear.lengths[j] === 0 && first.lengths[j]! > 0
      : linear.lengths[j]! * (Math.abs(parameters[j]!) || 1) <= FLAT * Math.sqrt(sumOfSquares),
  )
  if (flat !== '') {
    return `the model is flat in ${flat} at ${placeOf(problem, parameters)}, where the search has led; start elsewhere, or give bounds`
  }
  if (isDone) return undefined
  const wall = refused === undefined ? undefined : whatIsNotFinite(problem, functions, refused.parameters)
  if (refused !== undefined && wall !== undefined) {
    return `the way down is blocked: ${wall} at ${placeOf(problem, refused.parameters)}; keep away from there by bounds, or start elsewhere`
  }
  const steepest = linear.slopes.indexOf(Math.max(...linear.slopes))
  return (
    `no step lowers the sum of squares, though its slope in ${names[steepest]} is not 0 at ${placeOf(problem, parameters)}: ` +
    'the model jumps, or bends too sharply there; start elsewhere, or rescale the parameters'
  )
}

/** `a = 1, k = 2.5`. */
export function placeOf({ names }: Names, parameters: Float64Array): string {
  return names.map((name, j) => `${name} = ${significant(parameters[j]!, 6)}`).join(', ')
}

export const OVERFLOW = 'the sum of squares is too large for a double'

/** Says which residual or derivative is not a finite number. */
export function whatIsNotFinite(
  { names, nameOf }: Names,
  { rows, residuals, jacobian }: ResidualFunctions,
  parameters: Float64Array,
): string | undefined {
  const values = new Float64Array(rows)
  residuals(parameters, values)
  const wrong = values.findIndex(r => !Number.isFinite(r))
  if (wrong >= 0) return `${nameOf(wrong)} is ${values[wrong]}`
  const slopes = new Float64Array(rows * names.length)
  jacobian(parameters, slopes)
  const wrongSlope = slopes.findIndex(slope => !Number.isFinite(slope))
  if (wrongSlope >= 0) {
    return `the derivative of ${nameOf(wrongSlope % rows)} in ${names[Math.floor(wrongSlope / rows)]} is ${slopes[wrongSlope]}`
  }
  if (!Number.isFinite(inner(values, values))) return OVERFLOW
  const large = names.find((_, j) => !Number.isFinite(norm(slopes.subarray(j * rows, (j + 1) * rows))))
  return large === undefined
    ? undefined
    : `the derivatives in ${large} are too large for doubles to hold their squares`
}

function warningsOf(
  { names }: Names,
  solution: Solution,
  uncertainty: Uncertainty,
  functions: ResidualFunctions,
): string[] {
  const { point, linear } = solution
  const { undetermined } = uncertainty
  const curvature = curvatures(solution, uncertainty, functions)
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
  return warnings
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
