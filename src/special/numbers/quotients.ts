/** Quotients that hold at 0, and all their derivatives. */

import { exp, expm1 } from '../../math/index.js'
import { cosPi, sinPi } from './gamma.js'
import { isDerivativeOrder } from './orders.js'

/** The derivative of order n of (e^x - 1) / x: the integral of t^n e^(x t) over [0, 1]. */
export function exprelSlope(n: number, x: number): number {
  if (!isDerivativeOrder(n) || Number.isNaN(x)) return Number.NaN
  if (n === 0) return exprel(x)
  if (Math.abs(x) > 60 + 2 * n) {
    if (x === Infinity) return x
    const power = exp(x)
    let moment = exprel(x)
    for (let k = 1; k <= n; k++) moment = (power - k * moment) / x
    return x === -Infinity ? 0 : moment
  }
  // Positive terms on either side (DLMF 13.2.39).
  let sum = 0
  let term = 1
  if (x < 0) {
    term = 1 / (n + 1)
    for (let k = 1; term > 1e-18 * sum; k++) {
      sum += term
      term *= -x / (n + 1 + k)
    }
    return exp(x) * sum
  }
  for (let k = 0; term / (n + 1 + k) > 1e-18 * sum; k++) {
    sum += term / (n + 1 + k)
    term *= x / (k + 1)
  }
  return sum
}

function exprel(x: number): number {
  if (x === 0) return 1
  if (x === Infinity) return x
  if (x < 709) return expm1(x) / x
  const root = exp(x / 2)
  return (root / x) * root
}

/** The derivative of order n of sin(pi x) / (pi x). */
export function sincSlope(n: number, x: number): number {
  if (!isDerivativeOrder(n) || Number.isNaN(x)) return Number.NaN
  if (!Number.isFinite(x)) return 0
  if (n === 0) return x === 0 ? 1 : sinPi(x) / (Math.PI * x)
  const z = Math.PI * x
  let size = 1
  for (let k = 0; k < n; k++) size *= Math.PI
  if (Math.abs(z) <= n + 2) return size * sincSeries(n, z)
  // c and s: the integrals of t^n cos(z t) and t^n sin(z t) over [0, 1], by parts.
  const cosine = cosPi(x)
  const sine = sinPi(x)
  let c = sine / z
  const half = sinPi(x / 2)
  let s = (2 * half * half) / z
  for (let k = 1; k <= n; k++) [c, s] = [(sine - k * s) / z, (k * c - cosine) / z]
  return size * [c, -s, -c, s][n % 4]!
}

/** The integral of t^n cos(z t + n pi / 2) over [0, 1]. */
function sincSeries(n: number, z: number): number {
  const isOdd = n % 2 === 1
  let term = isOdd ? -z : 1
  if (n % 4 > 1) term = -term
  let sum = 0
  for (let k = isOdd ? 1 : 0; k < 80; k += 2) {
    sum += term / (n + 1 + k)
    term *= (-z * z) / ((k + 1) * (k + 2))
  }
  return sum
}
