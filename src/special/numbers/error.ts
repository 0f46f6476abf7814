/** The error function scaled, its moments, and the log of the normal distribution function. */

import { beside, scaledErfcParts, squareParts } from '../../math/generated/parts.js'
import { erfc, exp, expm1, log, log1p, normalCdf, normalDensity, pow } from '../../math/index.js'
import { log1pmx, logLess } from './logarithm.js'
import { isDerivativeOrder } from './orders.js'
import { tailIntegral } from './tailIntegral.js'

const INVERSE_ROOT_PI = 0.5641895835477563
const ROOT_HALF_PI = 1.2533141373155003
const INVERSE_ROOT_2 = Math.SQRT1_2

/** e^(x^2) erfc(x). */
export function erfcx(x: number): number {
  if (x >= 28) {
    // DLMF 7.12.1.
    const z = 0.5 / (x * x)
    return (INVERSE_ROOT_PI / x) * (1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z * (1 - 9 * z)))))
  }
  if (x >= 0.5) return scaledErfcParts(x, 0)
  if (!(x > -27)) return Number.isNaN(x) ? x : Infinity
  const square = squareParts(x)
  const { tail } = beside
  const power = exp(square)
  return erfc(x) * (power + power * tail)
}

/**
 * The integral of u^n e^(-u^2 / 2 - z u) over u > 0; its derivative is that of n + 1, negative. That of n = 0 is the Mills
 * ratio. For z <= 0 by recurrence, whose terms are positive there.
 */
export function millsMoment(n: number, z: number): number {
  if (!isDerivativeOrder(n) || Number.isNaN(z)) return Number.NaN
  if (n === 0) return z < 0 ? normalCdf(-z) / normalDensity(z) : ROOT_HALF_PI * erfcx(z * INVERSE_ROOT_2)
  if (z <= 0) {
    let before = millsMoment(0, z)
    let last = 1 - z * before
    for (let k = 1; k < n; k++) [before, last] = [last, k * before - z * last]
    return last
  }
  // The factor u^n e^(-u^2 / 2 - z u) at its peak, where n / u = u + z, times the integrals above and below the peak.
  const peak = (2 * n) / (z + Math.sqrt(z * z + 4 * n))
  const above = tailIntegral(t => 0.5 * t * t - n * log1pmx(t / peak), 1 / Math.sqrt(1 + n / (peak * peak)))
  const below = tailIntegral(t => {
    const c = -expm1(-t)
    return t - n * logLess(-c, -t) + 0.5 * (peak * c) * (peak * c)
  }, 1 / Math.sqrt(n))
  return pow(peak, n) * exp(-(0.5 * peak + z) * peak) * (above + peak * below)
}

/** log of the standard normal distribution function, with both tails. */
export function logNormalCdf(x: number): number {
  if (x > 0) return log1p(-normalCdf(-x))
  if (x > -1) return log(normalCdf(x))
  return log(0.5 * erfcx(-x * INVERSE_ROOT_2)) - 0.5 * x * x
}

/** The normal density over the distribution function, 1 / millsMoment(0, -x). */
export function inverseMills(x: number): number {
  return 1 / millsMoment(0, -x)
}
