/** log(1 + x) - x, in which the logarithm has lost its first term: the exponent of every density near its mode. */

import { beside, logParts } from '../../math/generated/parts.js'
import { log1p } from '../../math/index.js'
import { minus, over, type Pair, plus, times } from './pairs.js'

/** The coefficients 1/3, 1/5, ... of (atanh s - s) / s^3. */
const ATANH: readonly number[] = Array.from({ length: 13 }, (_, i) => 1 / (2 * i + 3))

/** (atanh s - s) / s^3 as a power series in z = s^2. */
function atanhRest(z: number): number {
  let sum = 0
  for (let i = ATANH.length - 1; i >= 0; i--) sum = sum * z + ATANH[i]!
  return sum
}

/** log(1 + x) - x. With s = x / (2 + x) it is 2 atanh(s) - x = 2 (atanh(s) - s) - x s. */
export function log1pmx(x: number): number {
  return logLess(x, undefined)
}

/** log(1 + x) - x, given the logarithm if it is known. */
export function logLess(x: number, logarithm: number | undefined): number {
  if (!(x > -0.35 && x < 0.55)) return (logarithm ?? log1p(x)) - x
  const s = x / (2 + x)
  return s * (2 * s * s * atanhRest(s * s) - x)
}

/** log(1 + x) - x as a pair, given x and 1 + x as pairs, to 60 bits. */
export function log1pmxPair(x: Pair, onePlusX: Pair): Pair {
  if (Math.abs(x[0]) > 0.1) return minus(logPair(onePlusX), x)
  const s = over(x, plus(x, [2, 0]))
  const cube = s[0] * s[0] * s[0]
  return minus([2 * cube * atanhRest(s[0] * s[0]), 0], times(x, s))
}

/** The natural logarithm of a pair, to 60 bits. */
export function logPair([x, low]: Pair): Pair {
  if (x < 2 ** -1000) {
    const logarithm = logParts(x * 2 ** 80, low * 2 ** 80, -80)
    return [logarithm, beside.tail]
  }
  const logarithm = logParts(x, low, 0)
  return [logarithm, beside.tail]
}
