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

import { type Factorised, factorise } from './factorise.js'

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

export interface SolverOptions {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly maxIterations: number
  /** Told the sum of squares after each iteration; it may stop the search by returning true. */
  readonly afterIteration: (iteration: number, point: Point) => boolean
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

export interface Solution {
  readonly point: Point
  readonly stopped: Stopped
  readonly iterations: number
  /** How often residuals were evaluated. */
  readonly evaluations: number
  /** The derivatives at the end; `undefined` if they are not finite there. */
  readonly linear: Linear | undefined
}

/** Parameters, and what they give. */
export interface Point {
  readonly parameters: Float64Array
  readonly residuals: Float64Array
  readonly sumOfSquares: number
}

/** The residuals near a point: r + J v, with J = Q U S V' diag(scale). */
export interface Linear extends Factorised {
  readonly scale: Float64Array
  /** (Q U)' r. */
  readonly along: Float64Array
  /** The length of the part of r that the parameters can change, over the length of r. */
  readonly offset: number
  /** How many singular values are above rounding. */
  readonly rank: number
  /** The parameters held at a bound. */
  readonly held: readonly boolean[]
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

export function levenbergMarquardt(
  functions: ResidualFunctions,
  start: Float64Array,
  options: SolverOptions,
): Solution {
  const { rows } = functions
  const size = start.length
  const { lower, upper, maxIterations, afterIteration } = options
  let evaluations = 0

  let point = evaluate(start.slice())
  let linear = linearise(point, new Float64Array(size))
  let radius: number | undefined
  let stopped: Stopped | undefined
  let iterations = 0
  if (!Number.isFinite(point.sumOfSquares) || linear === undefined) {
    return { point, stopped: 'stuck', iterations, evaluations, linear: undefined }
  }
  while (stopped === undefined) {
    if (point.sumOfSquares === 0) stopped = 'exact'
    else if (linear.offset <= GRADIENT_TOLERANCE) stopped = 'gradient'
    else if (iterations === maxIterations) stopped = 'iterations'
    else {
      iterations++
      stopped = iterate()
      if (afterIteration(iterations, point)) stopped = 'interrupted'
    }
  }
  if (stopped !== 'interrupted' && stopped !== 'iterations') point = polish()
  return { point, stopped, iterations, evaluations, linear: linearise(point) }

  /** Tries shorter and shorter steps until one is good: then `point` and `linear` are the next ones. */
  function iterate(): Stopped | undefined {
    const { parameters, sumOfSquares } = point
    const { scale } = linear!
    let here = linear!
    if (radius === undefined) {
      const length = norm(scaled(parameters, scale))
      radius = FIRST_RADIUS * (length > 0 ? length : 1)
    }
    for (let trials = 0; trials < MOST_TRIALS; trials++) {
      const { singular, along, rank } = here
      const damping = dampingFor(singular, along, rank, radius)
      const straight = dampedStep(here, along, damping)
      const velocity = toParameters(straight, here)
      const outward = velocity.map((v, j) => (v < 0 && atLower(j) ? 1 : v > 0 && atUpper(j) ? 1 : 0))
      if (outward.includes(1)) {
        // As finite as before: fewer columns of the same derivatives.
        here = linearise(
          point,
          scale,
          here.held.map((held, j) => held || outward[j] === 1),
        )!
        continue
      }
      const bend = accelerationOf(velocity, here, damping)
      const whole = velocity.map((v, j) => v + 0.5 * (bend === undefined ? 0 : bend.acceleration[j]!))
      const tooBent = bend !== undefined && 2 * bend.length > MOST_BENDING * norm(straight)
      const next = evaluate(within(parameters.map((p, j) => p + whole[j]!)))
      const clipped = next.parameters.some((p, j) => p !== parameters[j]! + whole[j]!)
      const step = clipped ? next.parameters.map((p, j) => p - parameters[j]!) : whole

      const linearChange = squareOf(straight, singular)
      const predicted = clipped
        ? gainOfLinearModel(step, here)
        : linearChange + 2 * damping * squareOf(straight)
      const gained = sumOfSquares - next.sumOfSquares
      const gain = predicted > 0 ? gained / predicted : -1
      let accepted = Number.isFinite(next.sumOfSquares) && gain > LEAST_GAIN && !tooBent

      const decreaseIsSmall =
        predicted <= DECREASE_TOLERANCE * sumOfSquares &&
        Math.abs(gained) <= DECREASE_TOLERANCE * sumOfSquares
      const stepIsSmall = norm(scaled(step, scale)) <= STEP_TOLERANCE * norm(scaled(parameters, scale))
      if (!clipped && (decreaseIsSmall || stepIsSmall)) {
        if (gained > 0) point = next
        return decreaseIsSmall ? 'decrease' : 'step'
      }
      if (accepted) {
        const there = linearise(next, scale)
        if (there === undefined) accepted = false
        else linear = there
      }

      const length = norm(straight)
      if (iterations === 1 && trials === 0) radius = Math.min(radius, length)
      if (!accepted || gain <= 0.25) {
        radius = shrinkage() * Math.min(radius, 10 * length)
      } else if (damping === 0 || gain >= 0.75) {
        radius = 2 * length
      }
      if (accepted) {
        point = next
        return undefined
      }

      /** Where a parabola through both sums of squares and the first slope is lowest, between 0.1 and 0.5. */
      function shrinkage(): number {
        if (!Number.isFinite(next.sumOfSquares) || next.sumOfSquares >= 100 * sumOfSquares) return 0.1
        if (next.sumOfSquares < sumOfSquares) return 0.5
        const slope = -(linearChange + damping * squareOf(straight)) / sumOfSquares
        const share = (0.5 * slope) / (slope + 0.5 * (1 - next.sumOfSquares / sumOfSquares))
        return Math.min(Math.max(share, 0.1), 0.5)
      }
    }
    return 'stuck'

    function atLower(j: number): boolean {
      return parameters[j]! <= lower[j]!
    }
    function atUpper(j: number): boolean {
      return parameters[j]! >= upper[j]!
    }
  }

  /** The second-order correction of a step, and its scaled length; `undefined` where it is not finite. */
  function accelerationOf(velocity: Float64Array, here: Linear, damping: number) {
    const second = new Float64Array(heightOf(rows, size))
    functions.acceleration(point.parameters, velocity, second.subarray(0, rows))
    if (!second.every(Number.isFinite)) return undefined
    const bend = dampedStep(here, here.project(second), damping)
    return { acceleration: toParameters(bend, here), length: norm(bend) }
  }

  /** Undamped Gauss-Newton steps from `point`, for as long as they get shorter. */
  function polish(): Point {
    let current = point
    let best = point
    let shortest = Number.POSITIVE_INFINITY
    let sinceShorter = 0
    for (let n = 0; n < 100; n++) {
      const here = linearise(current)
      if (here === undefined) break
      const step = dampedStep(here, here.along, 0)
      const size = norm(scaled(current.parameters, here.scale))
      const length = norm(step) / (size > 0 ? size : 1)
      if (!Number.isFinite(length)) break
      sinceShorter = length < 0.7 * shortest ? 0 : sinceShorter + 1
      if (length < shortest) {
        shortest = length
        best = current
      }
      if (sinceShorter === 4) break
      const change = toParameters(step, here)
      const next = evaluate(within(current.parameters.map((p, j) => p + change[j]!)))
      // Residuals inherit the rounding of what they are differences of: some ulps of the size of J p.
      const rounding = 20 * Number.EPSILON * size
      if (!(next.sumOfSquares <= point.sumOfSquares * (1 + 1e-6) + rounding * rounding)) break
      current = next
      if (length < 2 * Number.EPSILON) return current
    }
    return best
  }

  function evaluate(parameters: Float64Array): Point {
    evaluations++
    const residuals = new Float64Array(rows)
    functions.residuals(parameters, residuals)
    return { parameters, residuals, sumOfSquares: squareOf(residuals) }
  }

  /**
   * The derivatives at a point, or nothing if they are not finite. Scales never fall below `leastScale`; `alsoHeld`
   * are held besides the parameters at a bound whose slope leads beyond.
   */
  function linearise(
    at: Point,
    leastScale?: Float64Array,
    alsoHeld?: readonly boolean[],
  ): Linear | undefined {
    const { parameters, residuals } = at
    const height = heightOf(rows, size)
    const matrix = new Float64Array(height * size)
    functions.jacobian(parameters, matrix.subarray(0, rows * size))
    // With fewer rows than parameters the columns move apart, to make room for rows of zeros.
    if (height > rows) for (let j = size - 1; j >= 0; j--) moveColumn(matrix, j, rows, height)

    const scale = new Float64Array(size)
    const held: boolean[] = []
    for (let j = 0; j < size; j++) {
      const columnOf = matrix.subarray(j * height, j * height + rows)
      let square = 0
      let slope = 0
      for (let i = 0; i < rows; i++) {
        square += columnOf[i]! * columnOf[i]!
        slope += columnOf[i]! * residuals[i]!
      }
      if (!Number.isFinite(square)) return undefined
      const p = parameters[j]!
      held.push(alsoHeld?.[j] || (p <= lower[j]! && slope > 0) || (p >= upper[j]! && slope < 0))
      scale[j] = Math.max(Math.sqrt(square), leastScale?.[j] ?? 0) || 1
      if (held[j]) columnOf.fill(0)
      else for (let i = 0; i < rows; i++) columnOf[i]! /= scale[j]!
    }
    const factorised = factorise(matrix, height, size)
    const padded = new Float64Array(height)
    padded.set(residuals)
    const along = factorised.project(padded)
    const cutoff = factorised.singular[0]! * Number.EPSILON * 10 * size
    return {
      ...factorised,
      scale,
      held,
      along,
      offset: at.sumOfSquares === 0 ? 0 : norm(along) / Math.sqrt(at.sumOfSquares),
      rank: factorised.singular.filter(s => s > cutoff).length,
    }
  }

  function within(parameters: Float64Array): Float64Array {
    return parameters.map((p, j) => Math.min(Math.max(p, lower[j]!), upper[j]!))
  }
}

/** How many rows the matrix to factorise has: it must not be wider than high. */
function heightOf(rows: number, size: number): number {
  return Math.max(rows, size)
}

function moveColumn(matrix: Float64Array, j: number, rows: number, height: number): void {
  matrix.copyWithin(j * height, j * rows, (j + 1) * rows)
  matrix.fill(0, j * height + rows, (j + 1) * height)
}

/**
 * The damping with which the step is as long as the radius, within a tenth; 0 if the undamped step is not longer.
 * Newton's iteration on 1 / length, as Moré's section 5, with the singular values in place of a factorisation a trial.
 */
function dampingFor(singular: Float64Array, along: Float64Array, rank: number, radius: number): number {
  let undamped = 0
  let steepest = 0
  for (let k = 0; k < rank; k++) {
    const s = singular[k]!
    undamped += (along[k]! / s) * (along[k]! / s)
    steepest += s * along[k]! * (s * along[k]!)
  }
  if (Math.sqrt(undamped) <= 1.1 * radius) return 0
  let low = 0
  let high = Math.sqrt(steepest) / radius
  let damping = 1e-3 * high
  for (let n = 0; n < 40; n++) {
    let square = 0
    let fall = 0
    for (let k = 0; k < rank; k++) {
      const denominator = singular[k]! * singular[k]! + damping
      const q = (singular[k]! * along[k]!) / denominator
      square += q * q
      fall += (q * q) / denominator
    }
    const length = Math.sqrt(square)
    if (Math.abs(length - radius) <= 0.1 * radius) break
    if (length > radius) low = Math.max(low, damping)
    else high = Math.min(high, damping)
    damping += ((length - radius) / radius) * (square / fall)
    if (!(low < damping && damping < high)) damping = Math.max(1e-3 * high, Math.sqrt(low * high))
  }
  return damping
}

/** -S / (S^2 + damping) * along: a step in coordinates along the right singular vectors. */
function dampedStep({ singular, rank }: Linear, along: Float64Array, damping: number): Float64Array {
  return along.map((a, k) => (k < rank ? (-singular[k]! * a) / (singular[k]! * singular[k]! + damping) : 0))
}

/** V step / scale: from coordinates along the right singular vectors to parameters. */
function toParameters(step: Float64Array, { right, scale, held }: Linear): Float64Array {
  return scale.map((scale, j) => {
    if (held[j]) return 0
    let total = 0
    for (let k = 0; k < step.length; k++) total += right[j]![k]! * step[k]!
    return total / scale
  })
}

/** |r|^2 - |r + J step|^2. */
function gainOfLinearModel(step: Float64Array, { singular, right, scale, along }: Linear): number {
  let gain = 0
  for (let k = 0; k < singular.length; k++) {
    let change = 0
    for (let j = 0; j < step.length; j++) change += right[j]![k]! * scale[j]! * step[j]!
    change *= singular[k]!
    gain -= change * (2 * along[k]! + change)
  }
  return gain
}

function scaled(parameters: Float64Array, scale: Float64Array): Float64Array {
  return parameters.map((p, j) => p * scale[j]!)
}

function norm(x: Float64Array): number {
  return Math.sqrt(squareOf(x))
}

/** The sum of squares of x, or of x times the weights. */
function squareOf(x: Float64Array, weights?: Float64Array): number {
  let total = 0
  for (let i = 0; i < x.length; i++) {
    const term = weights === undefined ? x[i]! : x[i]! * weights[i]!
    total += term * term
  }
  return total
}
