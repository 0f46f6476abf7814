/** The Gamma function as Stirling's formula and what it leaves. */

import { exp } from '../../math/index.js'
import { logPair } from './logarithm.js'
import { minus, over, type Pair, plus, sumOf, times } from './pairs.js'

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
 * to where the series holds, by pairs: ten factors and an exponent of 20 would cost ten roundings.
 */
export function gammaStar(a: number): number {
  if (a >= 10) return exp(stirlingRest(a))
  const n = Math.ceil(10 - a)
  const top = sumOf(a, n)
  let product: Pair = [1, 0]
  for (let k = 0; k < n; k++) product = times(product, over(top, sumOf(a, k)))
  const exponent = minus(times(sumOf(a, -0.5), logPair(over(top, [a, 0]))), [n, 0])
  const [high, low] = plus(exponent, [stirlingRest(top[0]), 0])
  const power = exp(high)
  return product[0] * (power + power * (low + product[1] / product[0]))
}
