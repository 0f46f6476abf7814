/**
 * log |Gamma| and its derivatives: a power series around 2 (DLMF 5.7.3), recurrence to it, Stirling's series beyond 10
 * (DLMF 5.11.1, 5.15.8), reflection for negative numbers (DLMF 5.5.3, 5.5.4, 5.15.6).
 */

import { cos, log, log1p, pow, sin } from '../../math/index.js'
import { BERNOULLI, ZETA_LESS_1 } from './constants.js'
import { log1pmx } from './logarithm.js'
import { isDerivativeOrder } from './orders.js'
import { stirlingRest } from './stirling.js'

const EULER = 0.5772156649015329
const ONE_LESS_EULER = 0.42278433509846713
const HALF_LOG_2_PI_LESS_HALF = 0.4189385332046727

/** sin(pi x), by angles of at most pi / 4 that are exact before the multiplication. */
export function sinPi(x: number): number {
  const turn = x - 2 * Math.round(x / 2)
  const r = Math.abs(turn) > 0.5 ? Math.sign(turn) - turn : turn
  if (Math.abs(r) <= 0.25) return sin(Math.PI * r)
  const value = cos(Math.PI * (0.5 - Math.abs(r)))
  return r < 0 ? -value : value
}

/** cos(pi x). */
export function cosPi(x: number): number {
  const turn = Math.abs(x - 2 * Math.round(x / 2))
  const r = turn > 0.5 ? 1 - turn : turn
  const value = r <= 0.25 ? cos(Math.PI * r) : sin(Math.PI * (0.5 - r))
  return turn > 0.5 ? -value : value
}

/** log |Gamma(x)|. Infinity at 0 and at negative whole numbers. */
export function logGamma(x: number): number {
  if (x >= 10)
    return x < Infinity ? (x - 0.5) * (log(x) - 1) + (HALF_LOG_2_PI_LESS_HALF + stirlingRest(x)) : x
  if (x >= 2.5) {
    let product = 1
    let y = x
    while (y >= 2.5) {
      y -= 1
      product *= y
    }
    return log(product) + aroundTwo(y - 2)
  }
  if (x >= 1.5) return aroundTwo(x - 2)
  if (x >= 0.5) return logGamma1p(x - 1)
  if (x > 0) return logGamma1p(x) - log(x)
  if (Number.isInteger(x) || x === -Infinity) return Infinity
  if (Number.isNaN(x)) return x
  return log(Math.PI / Math.abs(x * sinPi(x))) - logGamma(-x)
}

/** log Gamma(1 + t) for |t| <= 1/2: log Gamma(2 + t) - log(1 + t), less the terms in t that cancel. */
export function logGamma1p(t: number): number {
  return t * slopeFromTwo(t, -EULER) - log1pmx(t)
}

/** log Gamma(2 + t) for |t| <= 1/2. */
function aroundTwo(t: number): number {
  return t * slopeFromTwo(t, ONE_LESS_EULER)
}

/** (log Gamma(2 + t) - (1 - gamma - first) t) / t. */
function slopeFromTwo(t: number, first: number): number {
  let sum = 0
  for (let i = ZETA_LESS_1.length - 1; i >= 0; i--) sum = ZETA_LESS_1[i]! / (i + 2) - t * sum
  return first + t * sum
}

/** The derivative of log Gamma. NaN at 0 and at negative whole numbers. */
export function digamma(x: number): number {
  if (x >= 10) return x < Infinity ? log(x) - (0.5 + bernoulliTail(x) / x) / x : x
  if (x > 0) {
    if (x >= 2.5) {
      let y = x
      let sum = 0
      while (y >= 2.5) {
        y -= 1
        sum += 1 / y
      }
      return sum + digammaAroundTwo(y - 2)
    }
    if (x >= 1.5) return digammaAroundTwo(x - 2)
    return x >= 0.5 ? digammaAroundTwo(x - 1) - 1 / x : digammaAroundTwo(x) - 1 / (1 + x) - 1 / x
  }
  if (Number.isInteger(x) || x === -Infinity || Number.isNaN(x)) return Number.NaN
  return digamma(1 - x) - (Math.PI * cosPi(x)) / sinPi(x)
}

function digammaAroundTwo(t: number): number {
  let sum = 0
  for (let i = ZETA_LESS_1.length - 1; i >= 0; i--) sum = ZETA_LESS_1[i]! - t * sum
  return ONE_LESS_EULER + t * sum
}

/** The sum of B(2k) / (2k x^(2k - 2)). */
function bernoulliTail(x: number): number {
  const z = 1 / (x * x)
  let sum = 0
  for (let k = 9; k > 0; k--) sum = sum * z + BERNOULLI[k - 1]! / (2 * k)
  return sum
}

/** log x - digamma(x), which is near 1 / (2x) for large x. */
export function logLessDigamma(x: number): number {
  return x >= 10 ? (0.5 + bernoulliTail(x) / x) / x : log(x) - digamma(x)
}

/** The derivative of order n of digamma; NaN unless n is a whole number, 0 or more. */
export function polygamma(n: number, x: number): number {
  if (!isDerivativeOrder(n) || Number.isNaN(x)) return Number.NaN
  if (n === 0) return digamma(x)
  if (x <= 0) return reflectedPolygamma(n, x)
  if (x === Infinity) return 0
  // n! is left to the end, and where it is too large the whole is an infinity anyway.
  let sum = 0
  let y = x
  while (y < n + 12) {
    sum += pow(y, -n - 1)
    y += 1
  }
  const z = 1 / (y * y)
  let term = 1
  let series = 1 / n + 0.5 / y
  for (let k = 1; k <= 12; k++) {
    // (2k + n - 1)! / ((2k)! n! y^2k)
    term =
      k === 1 ? (z * (n + 1)) / 2 : (term * z * (2 * k + n - 1) * (2 * k + n - 2)) / (2 * k * (2 * k - 1))
    series += BERNOULLI[k - 1]! * term
  }
  sum += series * pow(y, -n)
  return (n % 2 === 1 ? 1 : -1) * timesFactorial(sum, n)
}

function timesFactorial(x: number, n: number): number {
  let product = x
  for (let k = 2; k <= n; k++) product *= k
  return product
}

/** (-1)^n polygamma(n, 1 - x) less the derivative of pi cot(pi x), a polynomial in the cotangent. */
function reflectedPolygamma(n: number, x: number): number {
  if (Number.isInteger(x) || x === -Infinity) return n % 2 === 1 && x !== -Infinity ? Infinity : Number.NaN
  const c = cosPi(x) / sinPi(x)
  // The derivative of c^k in pi x is -k c^(k-1) (1 + c^2).
  let coefficients = [0, 1]
  for (let order = 0; order < n; order++) {
    const next = new Array<number>(coefficients.length + 1).fill(0)
    for (let k = 1; k < coefficients.length; k++) {
      next[k - 1]! -= k * coefficients[k]!
      next[k + 1]! -= k * coefficients[k]!
    }
    coefficients = next
  }
  let slope = 0
  for (let k = coefficients.length - 1; k >= 0; k--) slope = slope * c + coefficients[k]!
  return (n % 2 === 1 ? -1 : 1) * polygamma(n, 1 - x) - pow(Math.PI, n + 1) * slope
}

/** log B(a, b) for positive a and b, by Stirling's formula and what it leaves: no large terms cancel. */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return a === 0 || b === 0 ? Infinity : Number.NaN
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large)
  if (small < 10) return logGamma(small) + logGammaRatio(large, small)
  const total = a + b
  const stirling = stirlingRest(a) + stirlingRest(b) - stirlingRest(total)
  const sizes = 0.5 * log((2 * Math.PI * (1 + small / large)) / small)
  return sizes + stirling - small * log(1 + large / small) - large * log1p(small / large)
}

/** log(Gamma(x) / Gamma(x + d)) for x >= 10. */
function logGammaRatio(x: number, d: number): number {
  return stirlingRest(x) - stirlingRest(x + d) - (x - 0.5) * log1p(d / x) - d * (log(x + d) - 1)
}
