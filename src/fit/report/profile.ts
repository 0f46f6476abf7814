/** The best fit with one parameter held at a value. */
export interface Constrained {
  /** How much worse it is, in units in which a parabola gives the square of the distance in standard errors. */
  readonly excess: number
  /** The other parameters there: where the search for the next value starts. */
  readonly others: Float64Array
}

/** How well each value of a parameter fits when the others are fitted anew. */
export interface Profile {
  /** The values that the data do not refuse; an end is infinite where the excess stays below what refuses a value. */
  readonly interval: readonly [low: number, high: number]
  /** The points looked at, by value: z is the signed root of the excess, a straight line if the model is linear. */
  readonly points: readonly { readonly value: number; readonly z: number }[]
}

/** An end is looked for as far as this many standard errors. */
const FAR = 1000

/**
 * The interval of values whose excess is at most width^2: a likelihood interval, exact where the standard error is only
 * the slope of the profile at its bottom. Its ends are found by the secant method on z, kept within a bracket.
 * Source: Bates and Watts, "Nonlinear regression analysis and its applications", 1988, section 6.1.
 *
 * @param constrained the best fit with the parameter at `x`, started from `others`; `undefined` where there is none
 */
export function profile(
  best: { readonly value: number; readonly standardError: number; readonly others: Float64Array },
  width: number,
  constrained: (x: number, others: Float64Array) => Constrained | undefined,
): Profile {
  const points = [{ value: best.value, z: 0 }]
  const ends = [-1, 1].map(side => {
    let { others } = best
    /** z - width at so many standard errors from the best value; NaN where nothing fits. */
    const at = (distance: number): number => {
      const x = best.value + side * distance * best.standardError
      const fit = constrained(x, others)
      if (fit === undefined || !(fit.excess >= 0)) return Number.NaN
      others = fit.others
      const z = Math.sqrt(fit.excess)
      points.push({ value: x, z: side * z })
      return z - width
    }
    let [low, atLow] = [0, -width]
    let high = width
    let atHigh = at(high)
    while (atHigh < 0) {
      ;[low, atLow] = [high, atHigh]
      high *= 2
      if (high > FAR * width) return side * Number.POSITIVE_INFINITY
      atHigh = at(high)
    }
    // A value where the model is not finite is refused as well: the bracket shrinks to where it begins.
    for (let n = 0; n < 60 && high - low > 1e-10 * high; n++) {
      const secant = low - (atLow * (high - low)) / (atHigh - atLow)
      const isInside = secant > low && secant < high && n % 4 !== 3
      const middle = isInside ? secant : (low + high) / 2
      const atMiddle = at(middle)
      if (Math.abs(atMiddle) <= 1e-10) {
        low = high = middle
      } else if (atMiddle < 0) {
        ;[low, atLow] = [middle, atMiddle]
      } else {
        ;[high, atHigh] = [middle, atMiddle]
      }
    }
    return best.value + side * ((low + high) / 2) * best.standardError
  })
  return {
    interval: [ends[0]!, ends[1]!],
    points: points.sort((a, b) => a.value - b.value),
  }
}
