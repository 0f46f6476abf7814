/** A function value, with the selections that led to it (see `selectionsOf`). */
export interface Sample {
  readonly value: number
  readonly selections: string
}

/**
 * A derivative from the rules, held against differences of the function along a line.
 *
 * **Step.** The central difference D(h) = (f(x+h) - f(x-h)) / 2h errs by h^2 f'''/6. Richardson's extrapolation
 * (4 D(h/2) - D(h)) / 3 removes that term and leaves h^4 f'''''/480, while rounding adds about eps |f| / h: the two
 * balance near h = eps^(1/5), about 2^-10. So h starts at 2^-10 max(1, |x|) and is divided by 8 up to five times, then
 * the same relative to |x| alone, for as long as the two numbers disagree: a function that is strongly curved, or
 * whose domain ends nearby, needs a smaller step, and a wrong derivative agrees with none.
 *
 * **Tolerance.** |reverse - difference| <= tolerance * the larger of the two + the rounding noise, 8 eps (|f| + |f'| |x|) / h.
 * A step whose noise exceeds 1 % of both numbers proves nothing and is passed over, unless both are noise themselves.
 *
 * **Kinks.** Where the selections taken differ on the two sides down to the smallest step, the point is at a kink:
 * any value between the one-sided slopes is accepted.
 */
export interface SlopeComparison {
  /** From the rules, by the chain rule. */
  readonly reverse: number
  /** From differences of the function (for a second derivative: of the first). */
  readonly difference: number
  /** |reverse - difference|; at a kink, the distance to the range of slopes. */
  readonly error: number
  /** What was allowed. */
  readonly allowed: number
  readonly correct: boolean
  /** The slopes on the two sides, where the function has a kink at the point. */
  readonly kink?: { readonly left: number; readonly right: number }
}

/** Compares `reverse` with the slope of `f` at 0; `scale` is the size of what `f` moves. */
export function compareSlope(
  f: (t: number) => Sample,
  reverse: number,
  scale: number,
  tolerance: number,
): SlopeComparison {
  let best: SlopeComparison | undefined
  let smooth = false
  const steps = stepsFor(scale)
  for (const h of steps) {
    const [farLeft, left, right, farRight] = [f(-h), f(-h / 2), f(h / 2), f(h)]
    if (farLeft.selections !== farRight.selections || left.selections !== right.selections) continue
    smooth = true
    const coarse = (farRight.value - farLeft.value) / (2 * h)
    const fine = (right.value - left.value) / h
    const difference = (4 * fine - coarse) / 3
    const size = Math.max(Math.abs(farRight.value), Math.abs(farLeft.value)) + Math.abs(difference) * scale
    const noise = (8 * Number.EPSILON * size) / h
    const larger = Math.max(Math.abs(reverse), Math.abs(difference))
    const error = Math.abs(reverse - difference)
    const allowed = tolerance * larger + noise
    const tells = noise <= 0.01 * larger || larger <= noise
    const comparison = { reverse, difference, error, allowed, correct: tells && error <= allowed }
    if (comparison.correct) return comparison
    if (best === undefined || error < best.error || Number.isNaN(best.error)) best = comparison
  }
  return smooth ? best! : compareKink(f, reverse, steps.at(-1)!, tolerance)
}

function compareKink(
  f: (t: number) => Sample,
  reverse: number,
  h: number,
  tolerance: number,
): SlopeComparison {
  const middle = f(0).value
  // Extrapolated as above; a one-sided difference errs by h f''/2.
  const left = (2 * (middle - f(-h / 2).value)) / (h / 2) - (middle - f(-h).value) / h
  const right = (2 * (f(h / 2).value - middle)) / (h / 2) - (f(h).value - middle) / h
  const low = Math.min(left, right)
  const high = Math.max(left, right)
  const noise = (8 * Number.EPSILON * Math.abs(middle)) / h
  const allowed = tolerance * Math.max(Math.abs(low), Math.abs(high)) + noise
  const error = Math.max(low - reverse, reverse - high, 0)
  const difference = (left + right) / 2
  return { reverse, difference, error, allowed, correct: error <= allowed, kink: { left, right } }
}

function stepsFor(scale: number): number[] {
  const sizes = scale > 0 && scale < 1 ? [1, scale] : [Math.max(1, scale)]
  return sizes.flatMap(size => [0, 1, 2, 3, 4, 5].map(k => size * 2 ** (-10 - 3 * k)))
}
