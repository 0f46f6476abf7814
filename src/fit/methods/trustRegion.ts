import type { LinearModel } from '../linear/linearModel.js'
import { inner, norm, sum } from '../linear/vectors.js'
import type { Bounds, Point, ResidualFunctions } from './point.js'

/** A step is refused if twice its acceleration is longer than this share of its velocity. */
const MOST_BENDING = 0.75
/** A step is refused if it gains less than this share of what the linear model predicts. */
const LEAST_GAIN = 1e-4

/** A step within the trust region, and what the linear model says of it. */
export interface Step {
  readonly parameters: Float64Array
  /** How far it goes in units of the scales: without its bend, and with it. */
  readonly straightLength: number
  readonly length: number
  readonly isDamped: boolean
  readonly isTooBent: boolean
  /** Whether a bound cuts it short. */
  readonly isClipped: boolean
  /** By how much the sum of squares falls, if the model were linear. */
  readonly predicted: number
  /** Half the slope of the sum of squares along the straight step. */
  readonly slope: number
}

/** The step of the damped linear model that is as long as the radius, bent by the acceleration along it and cut at the bounds. */
export function trustedStep(
  { acceleration, rows }: ResidualFunctions,
  point: Point,
  linear: LinearModel,
  radius: number,
  bounds: Bounds,
): Step {
  const damping = dampingFor(linear, radius)
  const { model, straight, velocity } = bounds.step(point, linear, damping)
  const second = new Float64Array(rows)
  acceleration(point.parameters, velocity, second)
  const bend = model.stepFor(second, damping)
  const hasBend = bend.every(Number.isFinite)
  const change = hasBend ? sum(velocity, model.toParameters(bend), 0.5) : velocity
  const wanted = sum(point.parameters, change)
  const parameters = bounds.within(wanted)
  const isClipped = parameters.some((p, j) => p !== wanted[j])
  const step = isClipped ? sum(parameters, point.parameters, -1) : change

  const moved = straight.map((x, k) => x * model.singular[k]!)
  const linearChange = inner(moved, moved)
  const shortening = damping * inner(straight, straight)
  return {
    parameters,
    straightLength: norm(straight),
    length: model.lengthOf(step),
    isDamped: damping > 0,
    isTooBent: hasBend && 2 * norm(bend) > MOST_BENDING * norm(straight),
    isClipped,
    predicted: isClipped ? model.gain(step) : linearChange + 2 * shortening,
    slope: -(linearChange + shortening),
  }
}

/** Whether a step to a point with this sum of squares is good enough. */
export function isGood(step: Step, before: number, after: number): boolean {
  return !step.isTooBent && gainOf(step, before, after) > LEAST_GAIN
}

/** The radius after a step, which was taken or not. */
export function nextRadius(
  radius: number,
  step: Step,
  before: number,
  after: number,
  isTaken: boolean,
): number {
  const gain = gainOf(step, before, after)
  if (!isTaken || gain <= 0.25) return shrinkage() * Math.min(radius, 10 * step.straightLength)
  return !step.isDamped || gain >= 0.75 ? 2 * step.straightLength : radius

  /** Where a parabola through both sums of squares and the first slope is lowest, between 0.1 and 0.5. */
  function shrinkage(): number {
    if (!Number.isFinite(after) || after >= 100 * before) return 0.1
    if (after < before) return 0.5
    const slope = step.slope / before
    const share = (0.5 * slope) / (slope + 0.5 * (1 - after / before))
    return Math.min(Math.max(share, 0.1), 0.5)
  }
}

/** What the sum of squares fell by, as a share of what was predicted. */
function gainOf({ predicted }: Step, before: number, after: number): number {
  return predicted > 0 ? (before - after) / predicted : -1
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
