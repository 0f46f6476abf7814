/** The Gamma function as Stirling's formula and what it leaves. */

import { exp, pow } from '../math/index.js'

/** B(2k) / (2k (2k - 1)), DLMF 5.11.1. */
const SERIES: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
]

/** log Gamma(a) less Stirling's formula, for a >= 10. */
export function stirlingRest(a: number): number {
  const z = 1 / (a * a)
  let sum = 0
  for (let i = SERIES.length - 1; i >= 0; i--) sum = sum * z + SERIES[i]!
  return sum / a
}

/**
 * Gamma(a) / (sqrt(2 pi) a^(a - 1/2) e^-a) for a > 0: Stirling's formula is right if this is 1. Small a are shifted up
 * to where the series holds.
 */
export function gammaStar(a: number): number {
  if (a >= 10) return exp(stirlingRest(a))
  const n = Math.ceil(10 - a)
  const top = a + n
  let product = 1
  for (let k = 0; k < n; k++) product *= top / (a + k)
  return product * pow(top / a, a - 0.5) * exp(stirlingRest(top) - n)
}
