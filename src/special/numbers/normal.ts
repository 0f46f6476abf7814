/** The inverses of the error function and of the normal distribution function. */

import { erf, gaussian, log, normalCdf, normalDensity } from '../../math/index.js'

const ROOT_PI_OVER_2 = 0.886226925452758

/** The x at which erf is y, |y| <= 1/2, by Halley's method: erf'' = -2x erf'. */
export function inverseErfNearZero(y: number): number {
  let x = ROOT_PI_OVER_2 * y * (1 + 0.2617993877991494 * y * y)
  for (let i = 0; i < 3; i++) {
    const step = (ROOT_PI_OVER_2 * (erf(x) - y)) / gaussian(x)
    x -= step / (1 + x * step)
  }
  return x
}

/** The x with the probability p <= 1/4 below it. The start is within 4.5e-4: Abramowitz and Stegun 26.2.23. */
function lowerQuantile(p: number): number {
  if (p === 0) return -Infinity
  const t = Math.sqrt(-2 * log(p))
  let x =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let i = 0; i < 2; i++) {
    const step = (normalCdf(x) - p) / normalDensity(x)
    x -= step / (1 + 0.5 * x * step)
  }
  return x
}

/** The x with the probability p below it. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p <= 0.25) return lowerQuantile(p)
  if (p >= 0.75) return -lowerQuantile(1 - p)
  return Math.SQRT2 * inverseErfNearZero(2 * p - 1)
}

/** The x at which erf is y. */
export function inverseErf(y: number): number {
  if (!(y >= -1 && y <= 1)) return Number.NaN
  if (Math.abs(y) <= 0.5) return inverseErfNearZero(y)
  const x = Math.SQRT1_2 * -lowerQuantile(0.5 * (1 - Math.abs(y)))
  return y < 0 ? -x : x
}
