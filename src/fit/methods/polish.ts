import { norm, sum } from '../linear/vectors.js'
import { type Bounds, type Point, ULPS_LOST, ulpOf } from './point.js'

/**
 * Undamped Gauss-Newton steps for as long as they get shorter. They are judged by their own length and not by the sum of
 * squares, whose rounding hides the last half of the digits of the parameters.
 */
export function polish(start: Point, bounds: Bounds, evaluate: (parameters: Float64Array) => Point): Point {
  let current = start
  let best = start
  let shortest = Number.POSITIVE_INFINITY
  let sinceShorter = 0
  for (let n = 0; n < 100; n++) {
    const linear = bounds.linearise(current)
    if (linear === undefined) break
    const step = linear.step(0)
    const length = norm(step) / (linear.lengthOf(current.parameters) || 1)
    if (!Number.isFinite(length)) break
    sinceShorter = length < 0.7 * shortest ? 0 : sinceShorter + 1
    if (length < shortest) {
      shortest = length
      best = current
    }
    if (sinceShorter === 4) break
    const next = evaluate(bounds.within(sum(current.parameters, linear.toParameters(step))))
    const rounding = ULPS_LOST * ulpOf(linear, current.parameters)
    if (!(next.sumOfSquares <= start.sumOfSquares * (1 + 1e-6) + rounding * rounding)) break
    current = next
    // So short a step is right, or rounding would have made it longer; the next one would be rounding only.
    if (length < 100 * Number.EPSILON) return current
  }
  return best
}
