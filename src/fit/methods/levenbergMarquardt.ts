/**
 * Levenberg-Marquardt for min |r(p)|^2, on plain numbers.
 *
 * - Scaling: each parameter is measured in units of the largest norm its Jacobian column has had.
 * - A trust region bounds the scaled step. Source of both: Moré, "The Levenberg-Marquardt algorithm: implementation and
 *   theory", 1978, as in MINPACK's lmder; here the damping is found from the singular values.
 * - Each step is bent by the geodesic acceleration, from the exact second derivative along the step; a step that bends
 *   too much is rejected. Source: Transtrum and Sethna, "Improvements to the Levenberg-Marquardt algorithm for nonlinear
 *   least-squares minimization", 2012.
 * - At the end undamped Gauss-Newton steps polish the parameters. They are judged by their own length and not by the sum
 *   of squares, whose rounding hides the last half of the digits of the parameters.
 * - Bounds: a parameter at its bound that its slope or the step would take beyond is held for that step; a parameter
 *   that a step takes across its bound ends there. Where no step is left, the conditions of a constrained minimum hold.
 */

import { type Derivatives, LinearModel } from '../linear/linearModel.js'
import { triangular } from '../linear/triangle.js'
import { inner, norm } from '../linear/vectors.js'

/** Residuals and their derivatives. Every function writes numbers, finite or not, and never throws. */
export interface ResidualFunctions {
  /** How many residuals there are. */
  readonly rows: number
  readonly residuals: (parameters: Float64Array, out: Float64Array) => void
  /** d residual / d parameter, by columns: `out[j * rows + i]` for residual i and parameter j. */
  readonly jacobian: (parameters: Float64Array, out: Float64Array) => void
  /** The second derivative of every residual along `velocity`. */
  readonly acceleration: (parameters: Float64Array, velocity: Float64Array, out: Float64Array) => void
}

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
}

/** Parameters, and what they give. */
export interface Point {
  readonly parameters: Float64Array
  readonly residuals: Float64Array
  readonly sumOfSquares: number
}

const DECREASE_TOLERANCE = 1e-12
const STEP_TOLERANCE = 1e-12
const GRADIENT_TOLERANCE = 1e-10
/** The first radius, in units of the scaled start. */
const FIRST_RADIUS = 100
/** A step is rejected if twice its acceleration is longer than this share of its velocity. */
const MOST_BENDING = 0.75
const LEAST_GAIN = 1e-4
const MOST_TRIALS = 60

/** @returns nothing if the residuals or their derivatives are not finite at the start */
export function levenbergMarquardt(
  functions: ResidualFunctions,
  start: Float64Array,
  options: SearchOptions,
): Solution | undefined {
  const { rows } = functions
  const size = start.length
  const { lower, upper, maxIterations, report } = options
  const known = new WeakMap<Point, Derivatives>()
  let evaluations = 0

  let point = evaluate(start.slice())
  if (!Number.isFinite(point.sumOfSquares) || derivativesAt(point) === undefined) return undefined
  let linear = linearise(point)
  let radius: number | undefined
  let iterations = 0
  let stopped: Stopped | undefined = report(0, point) ? 'interrupted' : undefined
  while (stopped === undefined) {
    if (point.sumOfSquares === 0) stopped = 'exact'
    else if (norm(linear.along) <= GRADIENT_TOLERANCE * Math.sqrt(point.sumOfSquares)) stopped = 'gradient'
    else if (iterations === maxIterations) stopped = 'iterations'
    else {
      iterations++
      stopped = iterate()
      if (report(iterations, point)) stopped = 'interrupted'
    }
  }
  if (stopped !== 'interrupted' && stopped !== 'iterations') point = polish()
  return { point, stopped, iterations, evaluations, linear: linearise(point) }

  /** Tries shorter and shorter steps until one is good: then `point` and `linear` are the next ones. */
  function iterate(): Stopped | undefined {
    const { parameters, sumOfSquares } = point
    let here = linear
    radius ??= FIRST_RADIUS * (here.lengthOf(parameters) || 1)
    for (let trials = 0; trials < MOST_TRIALS; trials++) {
      const damping = dampingFor(here, radius)
      const straight = here.step(damping)
      const velocity = here.toParameters(straight)
      if (velocity.some((v, j) => leadsBeyond(j, v))) {
        const held = velocity.map((v, j) => (here.held[j] || leadsBeyond(j, v) ? 1 : 0))
        here = new LinearModel(derivativesAt(point)!, Array.from(held, Boolean), here.scale)
        continue
      }
      const bend = bendOf(velocity, damping)
      const bentVelocity = bend === undefined ? velocity : sum(velocity, here.toParameters(bend), 0.5)
      const tooBent = bend !== undefined && 2 * norm(bend) > MOST_BENDING * norm(straight)
      const wanted = sum(parameters, bentVelocity)
      const next = evaluate(within(wanted))
      const clipped = next.parameters.some((p, j) => p !== wanted[j])
      const step = clipped ? sum(next.parameters, parameters, -1) : bentVelocity

      const linearChange = straight.reduce(
        (total, x, k) => total + x * here.singular[k]! * (x * here.singular[k]!),
        0,
      )
      const shortening = damping * inner(straight, straight)
      const predicted = clipped ? here.gain(step) : linearChange + 2 * shortening
      const gained = sumOfSquares - next.sumOfSquares
      const gain = predicted > 0 ? gained / predicted : -1

      const decreaseIsSmall = Math.max(predicted, Math.abs(gained)) <= DECREASE_TOLERANCE * sumOfSquares
      const stepIsSmall = here.lengthOf(step) <= STEP_TOLERANCE * here.lengthOf(parameters)
      if (!clipped && (decreaseIsSmall || stepIsSmall)) {
        if (gained > 0 && derivativesAt(next) !== undefined) point = next
        return decreaseIsSmall ? 'decrease' : 'step'
      }

      const accepted =
        Number.isFinite(next.sumOfSquares) &&
        gain > LEAST_GAIN &&
        !tooBent &&
        derivativesAt(next) !== undefined
      const length = norm(straight)
      if (iterations === 1 && trials === 0) radius = Math.min(radius, length)
      if (!accepted || gain <= 0.25) radius = shrinkage() * Math.min(radius, 10 * length)
      else if (damping === 0 || gain >= 0.75) radius = 2 * length
      if (accepted) {
        point = next
        linear = linearise(next, here.scale)
        return undefined
      }

      /** Where a parabola through both sums of squares and the first slope is lowest, between 0.1 and 0.5. */
      function shrinkage(): number {
        if (!Number.isFinite(next.sumOfSquares) || next.sumOfSquares >= 100 * sumOfSquares) return 0.1
        if (next.sumOfSquares < sumOfSquares) return 0.5
        const slope = -(linearChange + shortening) / sumOfSquares
        const share = (0.5 * slope) / (slope + 0.5 * (1 - next.sumOfSquares / sumOfSquares))
        return Math.min(Math.max(share, 0.1), 0.5)
      }
    }
    return 'stuck'

    function leadsBeyond(j: number, change: number): boolean {
      return (change < 0 && parameters[j]! <= lower[j]!) || (change > 0 && parameters[j]! >= upper[j]!)
    }

    /** The second-order correction of a step, twice; nothing where it is not finite. */
    function bendOf(velocity: Float64Array, damping: number): Float64Array | undefined {
      const second = new Float64Array(rows)
      functions.acceleration(parameters, velocity, second)
      const bend = here.stepFor(second, damping)
      return bend.every(Number.isFinite) ? bend : undefined
    }
  }

  /** Undamped Gauss-Newton steps from `point`, for as long as they get shorter. */
  function polish(): Point {
    let current = point
    let best = point
    let shortest = Number.POSITIVE_INFINITY
    let sinceShorter = 0
    for (let n = 0; n < 100 && derivativesAt(current) !== undefined; n++) {
      const here = linearise(current)
      const step = here.step(0)
      const size = here.lengthOf(current.parameters)
      const length = norm(step) / (size || 1)
      if (!Number.isFinite(length)) break
      sinceShorter = length < 0.7 * shortest ? 0 : sinceShorter + 1
      if (length < shortest) {
        shortest = length
        best = current
      }
      if (sinceShorter === 4) break
      const next = evaluate(within(sum(current.parameters, here.toParameters(step))))
      // Twenty ulps: models of many operations lose some more than their last one does.
      const rounding = 20 * ulpOf(here, current.parameters)
      if (!(next.sumOfSquares <= point.sumOfSquares * (1 + 1e-6) + rounding * rounding)) break
      current = next
      // So short a step is right, or rounding would have made it longer; the next one would be rounding only.
      if (length < 100 * Number.EPSILON) return current
    }
    return best
  }

  function evaluate(parameters: Float64Array): Point {
    evaluations++
    const residuals = new Float64Array(rows)
    functions.residuals(parameters, residuals)
    return { parameters, residuals, sumOfSquares: inner(residuals, residuals) }
  }

  /** The derivatives at a point; nothing if they are not finite. */
  function derivativesAt(at: Point): Derivatives | undefined {
    const before = known.get(at)
    if (before !== undefined) return before
    const matrix = new Float64Array(rows * size)
    functions.jacobian(at.parameters, matrix)
    const { triangle, project } = triangular(matrix, rows, size)
    if (!triangle.every(column => column.every(Number.isFinite))) return undefined
    const derivatives = { triangle, project, projected: project(at.residuals) }
    known.set(at, derivatives)
    return derivatives
  }

  /** The linear model at a point, in which a parameter at its bound is held if its slope leads beyond. */
  function linearise(at: Point, leastScale?: Float64Array): LinearModel {
    const derivatives = derivativesAt(at)!
    const { triangle, projected } = derivatives
    const held = Array.from(at.parameters, (p, j) => {
      // J' r = R' Q' r
      const slope = inner(triangle[j]!, projected)
      return (p <= lower[j]! && slope > 0) || (p >= upper[j]! && slope < 0)
    })
    return new LinearModel(derivatives, held, leastScale)
  }

  function within(parameters: Float64Array): Float64Array {
    return parameters.map((p, j) => Math.min(Math.max(p, lower[j]!), upper[j]!))
  }
}

/** An ulp of the size of J p: residuals inherit the rounding of what they are differences of. */
export function ulpOf(model: LinearModel, parameters: Float64Array): number {
  return Number.EPSILON * model.sizeOf(parameters)
}

/**
 * The damping with which the step is as long as the radius, within a tenth; 0 if the undamped step is not longer.
 * Newton's iteration on 1 / length, as Moré's section 5, with the singular values in place of a factorisation a trial.
 */
function dampingFor(model: LinearModel, radius: number): number {
  const { singular, along } = model
  if (norm(model.step(0)) <= 1.1 * radius) return 0
  let low = 0
  let high = norm(singular.map((s, k) => s * along[k]!)) / radius
  let damping = 1e-3 * high
  for (let n = 0; n < 40; n++) {
    const step = model.step(damping)
    const length = norm(step)
    if (Math.abs(length - radius) <= 0.1 * radius) break
    const fall = step.reduce((total, x, k) => total + (x * x) / (singular[k]! * singular[k]! + damping), 0)
    if (length > radius) low = Math.max(low, damping)
    else high = Math.min(high, damping)
    damping += ((length - radius) / radius) * ((length * length) / fall)
    if (!(low < damping && damping < high)) damping = Math.max(1e-3 * high, Math.sqrt(low * high))
  }
  return damping
}

/** x + factor * y. */
function sum(x: Float64Array, y: Float64Array, factor = 1): Float64Array {
  return x.map((a, i) => a + factor * y[i]!)
}
