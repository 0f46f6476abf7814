/** The principal branch of Lambert's W, W e^W = x. Source: R. M. Corless et al., Adv. Comput. Math. 5 (1996) 329. */

import { exp, expm1, log } from '../../math/index.js'
import { plus, productOf } from './pairs.js'

const E_HIGH = Math.E
const E_LOW = 1.4456468917292502e-16

/** W(x): NaN below -1/e. */
export function lambertW(x: number): number {
  if (x < -0.25) return lambertWPlus1(x) - 1
  if (!(x < Infinity)) return x
  if (Math.abs(x) < 1e-100) return x
  let w = x < 2 ? x / (1 + x * (x < 0 ? 1.3 : 0.6)) : log(x) - log(log(x) + 0.3)
  for (let i = 0; i < 20; i++) {
    // Halley's step for w - x e^-w.
    const f = w - x * exp(-w)
    const step = f / (w + 1 - (0.5 * (w + 2) * f) / (w + 1))
    w -= step
    if (Math.abs(step) < 1e-6 * Math.abs(w)) break
  }
  // A last step of Newton's, in which only the residual counts.
  return w - (w - x * exp(-w)) / (1 + w)
}

/** 1 + W(x), with the digits that it loses near -1/e, where it is as the square root of 1 + e x. */
export function lambertWPlus1(x: number): number {
  if (!(x < -0.25)) return 1 + lambertW(x)
  const [high, low] = productOf(E_HIGH, x)
  const q = plus([high, low + E_LOW * x], [1, 0])[0]
  if (!(q > 0)) return q > -1e-16 ? 0 : Number.NaN
  // v with 1 + (v - 1) e^v = q: v^2 / 2 + v^3 / 3 + ...
  const p = Math.sqrt(2 * q)
  let v = p * (1 - p * (1 / 3 - p * (11 / 72)))
  for (let i = 0; i < 20; i++) {
    const step = (residual(v) - q) / (v * exp(v))
    v -= step
    if (Math.abs(step) < 1e-9 * v) break
  }
  return v
}

/** 1 + (v - 1) e^v: for small v the sum of (k - 1) v^k / k!. */
function residual(v: number): number {
  if (v > 0.5) return v + (v - 1) * expm1(v)
  let sum = 0
  for (let k = 18; k >= 2; k--) sum = (k - 1) / factorial(k) + v * sum
  return sum * v * v
}

function factorial(k: number): number {
  let product = 1
  for (let i = 2; i <= k; i++) product *= i
  return product
}
