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
 * balance near h = eps^(1/5), about 2^-10. So h starts at 2^-10 max(1, |x|). If the two numbers disagree there, h is
 * divided by 8 up to five times, then the same relative to |x| alone, for a function that is strongly curved or whose
 * domain ends nearby; and the difference that is most certain is the one that counts.
 *
 * **Tolerance.** |reverse - difference| <= tolerance * the larger of the two + the uncertainty of the difference, which
 * is its rounding noise, 8 eps (|f| + |f'| |x|) / h, and how far it moved from the step before.
 *
 * A difference that is uncertain by more than a tenth of both numbers cannot tell right from wrong: the derivative
 * then counts as not checked, and as not correct.
 *
 * **Kinks.** Where the selections taken differ on the two sides down to the smallest step, the point is at a kink: any
 * value between the one-sided slopes is accepted. A jump at the point itself is no slope.
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
  /** Agreed, within what was allowed. */
  readonly correct: boolean
  /** False where the difference is too uncertain to tell, or not finite: then `correct` is false as well. */
  readonly checked: boolean
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
  const steps = stepsFor(scale)
  let best: SlopeComparison | undefined
  let previous: number | undefined
  for (const h of steps) {
    const [farLeft, left, right, farRight] = [f(-h), f(-h / 2), f(h / 2), f(h)]
    if (farLeft.selections !== farRight.selections || left.selections !== right.selections) continue
    const coarse = (farRight.value - farLeft.value) / (2 * h)
    const fine = (right.value - left.value) / h
    const difference = (4 * fine - coarse) / 3
    const size = Math.max(Math.abs(farRight.value), Math.abs(farLeft.value)) + Math.abs(difference) * scale
    const uncertainty = (8 * Number.EPSILON * size) / h + Math.abs(difference - (previous ?? fine))
    const comparison = judge(reverse, difference, Math.abs(reverse - difference), tolerance, uncertainty)
    if (comparison.error <= comparison.allowed - uncertainty) return comparison
    // Not `<`: a difference that is not finite is worse than any other.
    if (best === undefined || !(best.allowed <= comparison.allowed)) best = comparison
    previous = difference
  }
  return best ?? compareKink(f, reverse, steps.at(-1)!, tolerance)
}

function judge(
  reverse: number,
  difference: number,
  error: number,
  tolerance: number,
  uncertainty: number,
): SlopeComparison {
  const larger = Math.max(Math.abs(reverse), Math.abs(difference))
  const allowed = tolerance * larger + uncertainty
  // Two numbers that are both within the uncertainty of 0 agree, if the uncertainty itself is next to nothing.
  const checked =
    Number.isFinite(allowed) && (error === 0 || uncertainty <= larger / 10 || allowed < NEGLIGIBLE)
  return { reverse, difference, error, allowed, checked, correct: checked && error <= allowed }
}

/** The slope of a function of size 1 that rounding at the first step cannot be told from 0: 2^-52 / 2^-10, and some. */
const NEGLIGIBLE = 1e-10

function compareKink(
  f: (t: number) => Sample,
  reverse: number,
  h: number,
  tolerance: number,
): SlopeComparison {
  // Each from two points on its own side: the value at the kink belongs to neither side if the function jumps there.
  const [farLeft, left, right, farRight] = [f(-h).value, f(-h / 2).value, f(h / 2).value, f(h).value]
  const slopes = { left: (left - farLeft) / (h / 2), right: (farRight - right) / (h / 2) }
  const low = Math.min(slopes.left, slopes.right)
  const high = Math.max(slopes.left, slopes.right)
  const error = Math.max(low - reverse, reverse - high, 0)
  const size = Math.max(...[farLeft, left, right, farRight].map(Math.abs))
  const noise = (8 * Number.EPSILON * size) / h
  return { ...judge(reverse, (low + high) / 2, error, tolerance, noise), kink: slopes }
}

function stepsFor(scale: number): number[] {
  const sizes = scale > 0 && scale < 1 ? [1, scale] : [Math.max(1, scale)]
  return sizes.flatMap(size => [0, 1, 2, 3, 4, 5].map(k => size * 2 ** (-10 - 3 * k)))
}
