/**
 * Levenberg-Marquardt for min |r(p)|^2, on plain numbers.
 *
 * - Scaling: each parameter is measured in units of the largest norm its Jacobian column has had.
 * - A trust region bounds the scaled step. Source of both: Moré, "The Levenberg-Marquardt algorithm: implementation and
 *   theory", 1978, as in MINPACK's lmder; here the damping is found from the singular values.
 * - Each step is bent by the geodesic acceleration, from the exact second derivative along the step; a step that bends
 *   too much is refused. Source: Transtrum and Sethna, "Improvements to the Levenberg-Marquardt algorithm for nonlinear
 *   least-squares minimization", 2012.
 * - Where steps have become small and the slope has not, the scales mislead: a column that nearly vanishes makes steps too long, and
 *   one that has grown makes the region too small. The search then goes on with changes measured as shares of the
 *   parameters.
 * - Bounds: a parameter at its bound that its slope or the step would take beyond is held for that step; a parameter
 *   that a step takes across its bound ends there. Where no step is left, the conditions of a constrained minimum hold.
 */

import type { LinearModel } from '../linear/linearModel.js'
import { norm } from '../linear/vectors.js'
import { Bounds, isLevel, Point, type ResidualFunctions } from './point.js'
import { polish } from './polish.js'
import { isGood, nextRadius, type Step, trustedStep } from './trustRegion.js'

/** Bounds and ends of a search. */
export interface SearchOptions {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly maxIterations: number
  /** Told where the search is at the start, as iteration 0, and after each iteration; returning true ends it. */
  readonly report: (iteration: number, point: Point) => boolean
}

/** Why the search ended. */
export type Stopped =
  /** The sum of squares is 0. */
  | 'exact'
  /** The residuals are orthogonal to every direction the parameters can move them in, to 10 digits. */
  | 'gradient'
  /** Neither the sum of squares nor its prediction changes in the first 12 digits. */
  | 'decrease'
  /** The step does not change the first 12 digits of the scaled parameters. */
  | 'step'
  /** No step, however small, lowers the sum of squares. */
  | 'stuck'
  /** Hundreds of iterations have lowered the sum of squares by less than a hundredth. */
  | 'slow'
  | 'iterations'
  | 'interrupted'

/** Where a search has ended. */
export interface Solution {
  readonly point: Point
  readonly stopped: Stopped
  readonly iterations: number
  /** How often residuals were evaluated. */
  readonly evaluations: number
  /** The derivatives at the end. */
  readonly linear: LinearModel
  /** The derivatives at the start. */
  readonly first: LinearModel
  /** Where the last step that was refused would have led. */
  readonly refused: Point | undefined
}

const DECREASE_TOLERANCE = 1e-12
const STEP_TOLERANCE = 1e-12
const GRADIENT_TOLERANCE = 1e-10
/** The first radius, in units of the scaled start. */
const FIRST_RADIUS = 100
const MOST_TRIALS = 60
const MOST_REGROUPINGS = 30
/** So many iterations must lower the sum of squares by a hundredth: otherwise parameters run off to infinity. */
const PATIENCE = 400

/** @returns nothing if the residuals or their derivatives are not finite at the start */
export function levenbergMarquardt(
  functions: ResidualFunctions,
  start: Float64Array,
  { lower, upper, maxIterations, report }: SearchOptions,
): Solution | undefined {
  const bounds = new Bounds(lower, upper)
  let evaluations = 0
  const evaluate = (parameters: Float64Array): Point => {
    evaluations++
    return new Point(functions, parameters)
  }
  let point = evaluate(start.slice())
  const first = bounds.linearise(point)
  if (first === undefined) return undefined
  let linear = first
  let radius = FIRST_RADIUS * (linear.lengthOf(point.parameters) || 1)
  let iterations = 0
  let trials = 0
  let refused: Point | undefined
  const history = [point.sumOfSquares]
  let regroupings = 0
  let regroupedAt = Number.POSITIVE_INFINITY

  let stopped = report(0, point) ? 'interrupted' : settled()
  while (stopped === undefined) {
    const step = trustedStep(functions, point, linear, radius, bounds)
    const next = evaluate(step.parameters)
    const [before, after] = [point.sumOfSquares, next.sumOfSquares]
    const end = negligible(step, before, after)
    const isBetter = end === undefined ? isGood(step, before, after) : after < before
    const ahead = isBetter ? bounds.linearise(next, linear.scale) : undefined
    if (evaluations === 2) radius = Math.min(radius, step.straightLength)
    radius = nextRadius(radius, step, before, after, ahead !== undefined)
    if (ahead === undefined) {
      refused = next
      trials++
    } else {
      point = next
      linear = ahead
      trials = 0
    }
    stopped = end ?? (trials === MOST_TRIALS ? 'stuck' : undefined)
    if (stopped !== undefined && regroup()) stopped = undefined
    else if (stopped === undefined && ahead === undefined) continue
    iterations++
    history.push(point.sumOfSquares)
    if (report(iterations, point)) stopped = 'interrupted'
    stopped ??= settled()
  }
  if (!UNFINISHED.includes(stopped)) point = polish(point, bounds, evaluate)
  return {
    point,
    stopped,
    iterations,
    evaluations,
    linear: bounds.linearise(point) ?? linear,
    first,
    refused,
  }

  /** Whether a step is so small that the search is at its end. */
  function negligible(step: Step, before: number, after: number): Stopped | undefined {
    if (step.isClipped) return undefined
    if (Math.max(step.predicted, Math.abs(before - after)) <= DECREASE_TOLERANCE * before) return 'decrease'
    return step.length <= STEP_TOLERANCE * linear.lengthOf(point.parameters) ? 'step' : undefined
  }

  /** Whether there is nothing to be gained from here on. */
  function settled(): Stopped | undefined {
    if (point.sumOfSquares === 0) return 'exact'
    if (norm(linear.along) <= GRADIENT_TOLERANCE * Math.sqrt(point.sumOfSquares)) return 'gradient'
    if (iterations === maxIterations) return 'iterations'
    const past = history[iterations - PATIENCE]
    return past !== undefined && point.sumOfSquares > 0.99 * past ? 'slow' : undefined
  }

  /** Begins anew from a slope, with changes measured as shares of the parameters; not twice from one sum of squares. */
  function regroup(): boolean {
    const plain = bounds.linearise(point)
    if (plain === undefined || isLevel(point, plain)) return false
    if (regroupings === MOST_REGROUPINGS || point.sumOfSquares >= regroupedAt) return false
    regroupings++
    regroupedAt = point.sumOfSquares
    radius = plain.lengthOf(point.parameters) || 1
    linear =
      bounds.linearise(
        point,
        point.parameters.map(p => radius / (Math.abs(p) || 1)),
      ) ?? linear
    return true
  }
}

/** Ends that say nothing of where the search is. */
export const UNFINISHED: readonly Stopped[] = ['slow', 'iterations', 'interrupted']
