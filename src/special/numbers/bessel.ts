/**
 * Bessel functions of whole order. J and I by recurrence downwards, normalised by a sum that is known (Miller; DLMF
 * 10.74(iv)); Y by Neumann's series over them (DLMF 10.23.16), K by the integral of e^(-x cosh t) (DLMF 10.32.9); from
 * 20 on J and Y by Hankel's expansion (DLMF 10.17.3); recurrence upwards where it is stable.
 */

import { cbrt, cos, exp, expm1, log, pow, sin } from '../../math/index.js'
import { isBesselOrder } from './orders.js'

const EULER = 0.5772156649015329
/** Where Hankel's expansion has 16 digits. */
const FAR = 20

const parity = (n: number) => (n % 2 === 0 ? 1 : -1)

export function besselJ(n: number, x: number): number {
  if (!isBesselOrder(n) || Number.isNaN(x)) return Number.NaN
  if (n < 0) return parity(n) * besselJ(-n, x)
  if (x < 0) return parity(n) * besselJ(n, -x)
  if (x === Infinity) return 0
  const z = 0.25 * x * x
  if (z <= 0.5 * (n + 1)) return leadingPower(n, x) * alternatingSeries(n, -z)
  if (x < FAR || n >= x) return downwards(n, x, -1)[n]!
  return n < 2 ? hankel(n, x)[0] : upwards(n, x, hankel(0, x)[0], hankel(1, x)[0], -1)
}

export function besselY(n: number, x: number): number {
  if (!isBesselOrder(n) || !(x >= 0)) return Number.NaN
  if (n < 0) return parity(n) * besselY(-n, x)
  if (x === 0) return -Infinity
  if (x === Infinity) return 0
  const [first, second] = x < FAR ? neumann(x) : [hankel(0, x)[1], hankel(1, x)[1]]
  return upwards(n, x, first, second, -1)
}

export function besselI(n: number, x: number): number {
  if (!isBesselOrder(n) || Number.isNaN(x)) return Number.NaN
  if (n < 0) return besselI(-n, x)
  if (x < 0) return parity(n) * besselI(n, -x)
  const z = 0.25 * x * x
  if (z <= 0.5 * (n + 1)) return leadingPower(n, x) * alternatingSeries(n, z)
  return x < 720 ? downwards(n, x, 1)[n]! : Infinity
}

export function besselK(n: number, x: number): number {
  if (!isBesselOrder(n) || !(x >= 0)) return Number.NaN
  if (x === 0) return Infinity
  if (x === Infinity) return 0
  const order = Math.abs(n)
  if (x > 1) return upwards(order, x, coshIntegral(0, x), coshIntegral(1, x), 1)
  let sum = 0
  for (let k = 7; k > 0; k--) sum += besselI(2 * k, x) / k
  const zeroth = besselI(0, x)
  const first = 2 * sum - (log(0.5 * x) + EULER) * zeroth
  // The Wronskian (DLMF 10.28.2).
  return upwards(order, x, first, (1 / x - besselI(1, x) * first) / zeroth, 1)
}

/** (x / 2)^n / n! */
function leadingPower(n: number, x: number): number {
  if (n < 20) {
    let product = 1
    for (let k = 1; k <= n; k++) product *= x / 2 / k
    return product
  }
  let factorial = 1
  for (let k = 2; k <= n && factorial < Infinity; k++) factorial *= k
  if (factorial < Infinity) return pow(x / 2, n) / factorial
  let product = 1
  for (let k = 1; k <= n && product > 0; k++) product *= x / 2 / k
  return product
}

/** The sum of z^k n! / (k! (n + k)!). */
function alternatingSeries(n: number, z: number): number {
  let sum = 0
  for (let k = 24; k > 0; k--) sum = (1 + sum) * (z / (k * (n + k)))
  return 1 + sum
}

/** J or I of the orders from 0 on, the recurrence f(k - 1) = 2k / x f(k) + sign f(k + 1) run from far above. */
function downwards(n: number, x: number, sign: 1 | -1): Float64Array {
  const start = 2 * Math.ceil((Math.max(n, x) + 24 + (sign > 0 ? 0 : 12 * cbrt(Math.max(n, x)))) / 2)
  const values = new Float64Array(start + 1)
  let above = 0
  let here = 1e-300
  let sum = 0
  values[start] = here
  for (let k = start; k > 0; k--) {
    const below = ((2 * k) / x) * here + sign * above
    above = here
    here = below
    values[k - 1] = here
    if (Math.abs(here) > 1e200) {
      for (let i = k - 1; i <= start; i++) values[i]! *= 1e-300
      here *= 1e-300
      above *= 1e-300
    }
  }
  // e^x, or 1, is f(0) plus twice all, or the even ones.
  for (let k = start; k > 0; k--) if (sign > 0 || k % 2 === 0) sum += values[k]!
  const size = values[0]! + 2 * sum
  const whole = sign > 0 ? exp(x) : 1
  for (let k = 0; k <= start; k++) values[k] = (values[k]! / size) * whole
  return values
}

function upwards(n: number, x: number, first: number, second: number, sign: 1 | -1): number {
  if (n === 0) return first
  let below = first
  let here = second
  for (let k = 1; k < n; k++) {
    const above = ((2 * k) / x) * here + sign * below
    below = here
    here = above
  }
  return here
}

/** Y of the orders 0 and 1. */
function neumann(x: number): readonly [number, number] {
  // Near 0 by series, since the recurrence would overflow.
  const j = x < 1 ? Array.from({ length: 16 }, (_, n) => besselJ(n, x)) : downwards(2, x, -1)
  const l = log(0.5 * x) + EULER
  let first = 0
  let second = 0
  for (let k = Math.floor((j.length - 2) / 2); k > 0; k--) {
    const sign = parity(k)
    first += (sign * j[2 * k]!) / k
    second += (sign * (2 * k + 1) * j[2 * k + 1]!) / (k * (k + 1))
  }
  const factor = 2 / Math.PI
  return [factor * (l * j[0]! - 2 * first), factor * ((l - 1) * j[1]! - j[0]! / x - second)]
}

/** J and Y of order 0 or 1 for large x. */
function hankel(n: number, x: number): readonly [number, number] {
  const mu = 4 * n * n
  let p = 0
  let q = 0
  let term = 1
  for (let k = 0; k < 40; k++) {
    if (k % 2 === 0) p += k % 4 === 0 ? term : -term
    else q += k % 4 === 1 ? term : -term
    const next = (term * (mu - (2 * k + 1) * (2 * k + 1))) / ((k + 1) * 8 * x)
    if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) break
    term = next
  }
  const amplitude = Math.sqrt(1 / (Math.PI * x))
  // cos and sin of x - pi / 4 (2n + 1), times sqrt 2.
  const c = n === 0 ? cos(x) + sin(x) : sin(x) - cos(x)
  const s = n === 0 ? sin(x) - cos(x) : -sin(x) - cos(x)
  return [amplitude * (p * c - q * s), amplitude * (p * s + q * c)]
}

/** The trapezoidal rule, whose error is near e^(-pi^2 / step) for small x, e^(-2 pi^2 / (x step^2)) for large. */
function coshIntegral(n: 0 | 1, x: number): number {
  const step = 1 / (4 + 1.7 * Math.sqrt(x))
  let sum = 0.5
  for (let i = 1; i < 1000; i++) {
    const t = i * step
    const half = expm1(t / 2)
    // cosh t - 1 = 2 sinh(t / 2)^2
    const sinh = 0.5 * (half + half / (1 + half))
    const height = 2 * x * sinh * sinh
    if (height > 46) break
    sum += exp(-height) * (n === 0 ? 1 : 1 + 2 * sinh * sinh)
  }
  return sum * step * exp(-x)
}
