/**
 * A step length that satisfies the strong Wolfe conditions: the loss falls by at least a share of what the slope
 * promised, and the slope at the end is flatter than at the start.
 * Source: Nocedal and Wright, "Numerical optimization", 2nd edition, algorithms 3.5 (bracketing) and 3.6 (zoom), with
 * the interpolation of equation 3.59. Near a minimum the first condition drowns in the rounding of the loss; there
 * the approximate form of Hager and Zhang ("A new conjugate gradient method with guaranteed descent and an efficient
 * line search", 2005, equation 4.1) looks at slopes instead.
 */

/** The loss along a direction, and its slope there. */
export interface LinePoint {
  readonly length: number
  readonly loss: number
  readonly slope: number
  /** Whether the loss has fallen for as far as was looked. */
  readonly isUnbounded?: true
}

const DECREASE = 1e-4
const CURVATURE = 0.9
const MOST_EVALUATIONS = 60

/**
 * @param evaluate the loss and slope at a step length; what it asks for is asked for in turn
 * @param start the point of length 0; its slope is negative
 * @param first the step length to try first
 * @param rounding how far a loss may be off, as a share of it
 * @returns the point accepted; or the lowest one met, if it is lower than the start and nothing satisfied the
 *   conditions; or nothing
 */
export function* lineSearch<Question>(
  evaluate: (length: number) => Generator<Question, LinePoint, number>,
  start: LinePoint,
  first: number,
  rounding: number,
): Generator<Question, LinePoint | undefined, number> {
  const noise = rounding * Math.abs(start.loss)
  // Written so that a NaN counts as not decreasing; from a point without slopes nothing could go on.
  const decreases = ({ length, loss, slope }: LinePoint): boolean =>
    Number.isFinite(slope) &&
    (loss <= start.loss + DECREASE * length * start.slope ||
      (loss <= start.loss + noise && slope <= (2 * DECREASE - 1) * start.slope))

  // `low` is the best point so far that decreases. Once `high` is known, the interval between them holds a point that
  // satisfies both conditions: the slope at `low` leads into it.
  let low = start
  let high: LinePoint | undefined
  let length = first
  for (let n = 0; n < MOST_EVALUATIONS; n++) {
    const point = yield* evaluate(length)
    if (point.loss === Number.NEGATIVE_INFINITY) return { ...point, isUnbounded: true }
    if (!decreases(point) || point.loss > low.loss + noise) {
      high = point
    } else if (Math.abs(point.slope) <= -CURVATURE * start.slope) {
      return point
    } else {
      const leadsAway = high === undefined ? point.slope >= 0 : point.slope * (high.length - low.length) >= 0
      if (leadsAway) high = low
      low = point
    }
    const next: number = high === undefined ? 4 * length : between(low, high)
    if (next === low.length || next === high?.length || next === Number.POSITIVE_INFINITY) break
    length = next
  }
  if (!(low.loss < start.loss)) return undefined
  return high === undefined ? { ...low, isUnbounded: true } : low
}

/** Where the cubic through both points and slopes is lowest, kept off the ends of the interval. */
function between(low: LinePoint, high: LinePoint): number {
  const width = high.length - low.length
  const d1 = low.slope + high.slope - (3 * (high.loss - low.loss)) / width
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - low.slope * high.slope)
  const share = 1 - (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2)
  // A point where the loss is NaN or infinite says nothing but that it is too far.
  return low.length + width * (Number.isFinite(share) ? Math.min(Math.max(share, 0.1), 0.9) : 0.1)
}
