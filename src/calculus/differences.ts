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
 * divided by 8 up to five times, then the same relative to |x| alone, and to the length in which the steepest part of
 * the function changes by 1: for a function that is strongly curved or whose domain ends nearby.
 *
 * **Tolerance.** |reverse - difference| <= tolerance * the larger of the two + the uncertainty of the difference. That is
 * its rounding noise, and how far it is from the difference with half the step and from that with the next step. The noise
 * is a bound from the graph: what all its nodes round, each as far as it reaches the result. At any step at which the two
 * numbers agree but for tolerance and noise, they agree; otherwise the difference that is most certain counts.
 *
 * A difference that is uncertain by more than a tenth of both numbers cannot tell right from wrong: the derivative
 * then counts as not checked, and as not correct.
 *
 * **Kinks.** Where the selections taken differ on the two sides at every step, the point is at a kink: any value between
 * the one-sided slopes is accepted. These are extrapolated to the point, each from its own side, since a slope may itself
 * have a kink there, as that of x |x|. A jump at the point itself is no slope.
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

/** What is known of a function along a line before any difference is taken. */
export interface Along {
  /** The size of what moves. */
  readonly scale: number
  /** A bound on what rounding adds to a value. */
  readonly rounding: number
  /** The slope of the steepest part of the function: over the inverse of it, that part changes by 1. */
  readonly steepest: number
  /** A bound on the rounding of the derivative from the rules: asked for when the two disagree. */
  readonly roundingOfReverse: () => number
}

/** Compares `reverse` with the slope of `f` at 0. */
export function compareSlope(
  f: (t: number) => Sample,
  reverse: number,
  along: Along,
  tolerance: number,
): SlopeComparison {
  // The values at the step may be larger than that at the point.
  const noiseAt = (h: number, { size }: Slope): number =>
    (8 * (along.rounding + Number.EPSILON * (size + Math.abs(reverse) * along.scale))) / h
  const negligible = NEGLIGIBLE * Math.min(1, along.rounding / Number.EPSILON)
  const judged = (slope: Slope, uncertainty: number): SlopeComparison =>
    judge(reverse, slope, tolerance, uncertainty, negligible)
  let best: SlopeComparison | undefined
  const consider = (comparison: SlopeComparison): void => {
    // Not `<`: a difference that is not finite is worse than any other.
    if (best === undefined || !(best.allowed <= comparison.allowed)) best = comparison
  }
  const ladders = laddersFor(along)
  for (const ladder of ladders) {
    let before: { readonly slope: Slope; readonly uncertainty: number } | undefined
    for (const h of ladder) {
      const slope = centralSlope(f, h)
      if (slope === undefined) continue
      const noise = noiseAt(h, slope)
      const close = judged(slope, Math.min(noise, CLOSE * tolerance * Math.abs(reverse)))
      if (close.correct) return close
      if (before !== undefined) {
        const moved = Math.abs(slope.middle - before.slope.middle)
        consider(judged(before.slope, before.uncertainty + moved))
      }
      before = { slope, uncertainty: noise + slope.spread }
    }
    // Of the last there is no next one: a step more would be rounding alone.
    if (before !== undefined) consider(judged(before.slope, 8 * before.uncertainty))
  }
  if (best === undefined) {
    for (const h of ladders.flat()) {
      const slope = kinkedSlope(f, h)
      if (slope !== undefined) consider(judged(slope, KINK_NOISE * noiseAt(h, slope) + slope.spread))
    }
  }
  if (best === undefined)
    return judged({ middle: Number.NaN, spread: Number.NaN, size: Number.NaN }, Number.NaN)
  if (best.correct || !best.checked) return best
  // Digits that cancelled in the derivative are not there to be wrong.
  const allowed = best.allowed + along.roundingOfReverse()
  return { ...best, allowed, correct: best.error <= allowed }
}

/**
 * The slope by differences, how far two approximations of it are apart, and the size of the values; on both sides of a
 * kink, each.
 */
interface Slope {
  readonly middle: number
  readonly spread: number
  readonly size: number
  readonly kink?: { readonly left: number; readonly right: number }
}

/** By Richardson's extrapolation. Undefined where the two sides are different pieces of the function. */
function centralSlope(f: (t: number) => Sample, h: number): Slope | undefined {
  const [farLeft, left, right, farRight] = [f(-h), f(-h / 2), f(h / 2), f(h)]
  if (farLeft.selections !== farRight.selections || left.selections !== right.selections) return undefined
  const coarse = (farRight.value - farLeft.value) / (2 * h)
  const fine = (right.value - left.value) / h
  const size = Math.max(Math.abs(farLeft.value), Math.abs(farRight.value))
  return { middle: (4 * fine - coarse) / 3, spread: Math.abs(fine - coarse) / 3, size }
}

/**
 * From each side four points of its own, since the value at the kink belongs to neither side if the function jumps there:
 * three slopes, extrapolated to the point. Undefined where a side is not one piece.
 */
function kinkedSlope(f: (t: number) => Sample, h: number): Slope | undefined {
  const [left, right] = [slopeFrom(f, -h), slopeFrom(f, h)]
  if (left === undefined || right === undefined) return undefined
  return {
    middle: (left.middle + right.middle) / 2,
    spread: Math.max(left.spread, right.spread),
    size: Math.max(left.size, right.size),
    kink: { left: left.middle, right: right.middle },
  }
}

/** The slope at the point, from the side of `step`. */
function slopeFrom(f: (t: number) => Sample, step: number): Slope | undefined {
  const [a, b, c, d] = [f(step), f(step / 2), f(step / 4), f(step / 8)]
  if (a.selections !== d.selections) return undefined
  const far = (a.value - b.value) / (step / 2)
  const middle = (b.value - c.value) / (step / 4)
  const near = (c.value - d.value) / (step / 8)
  const [first, second] = [2 * middle - far, 2 * near - middle]
  const slope = (4 * second - first) / 3
  return { middle: slope, spread: Math.abs(slope - second), size: Math.abs(a.value) }
}

function judge(
  reverse: number,
  { middle, kink }: Slope,
  tolerance: number,
  uncertainty: number,
  negligible: number,
): SlopeComparison {
  const difference = middle
  const [low, high] =
    kink === undefined ? [middle, middle] : [Math.min(kink.left, kink.right), Math.max(kink.left, kink.right)]
  // Not Math.max alone: NaN on either side is an error.
  const error = Number.isNaN(low + high) ? Number.NaN : Math.max(low - reverse, reverse - high, 0)
  const larger = Math.max(Math.abs(reverse), Math.abs(difference))
  const allowed = tolerance * larger + uncertainty
  // Two numbers that are both within the uncertainty of 0 agree, if the uncertainty itself is next to nothing.
  const isNext = allowed < negligible || allowed < SMALLEST_NORMAL
  const checked = Number.isFinite(allowed) && (error === 0 || uncertainty <= larger / 10 || isNext)
  const comparison = { reverse, difference, error, allowed, checked, correct: checked && error <= allowed }
  return kink === undefined ? comparison : { ...comparison, kink }
}

/** Of a function of size 1, and in proportion of smaller ones, the slope that rounding at the first step cannot be told from 0: 2^-52 / 2^-10, and some. */
const NEGLIGIBLE = 1e-10
/** The slopes below have no digits of their own. */
const SMALLEST_NORMAL = 2 ** -1022
/** Times the tolerance: noise of that size does not hide a fault. */
const CLOSE = 10
/** Of the extrapolation from one side: the last of its slopes has an eighth of the step, and counts 8/3. */
const KINK_NOISE = 16

function laddersFor({ scale, steepest }: Along): number[][] {
  const sizes = [Math.max(1, scale)]
  if (scale > 0 && scale < 1) sizes.push(scale)
  const length = 1 / steepest
  if (length > 0 && length < Math.min(...sizes) / 8) sizes.push(length)
  // Smaller steps would hardly move what moves.
  const least = scale * 2 ** -42
  return sizes.map(size => [0, 1, 2, 3, 4, 5].map(k => size * 2 ** (-10 - 3 * k)).filter(h => h >= least))
}
