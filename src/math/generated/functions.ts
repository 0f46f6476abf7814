// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.
// The reasons, bounds and sources are there. Adding and subtracting 6755399441055744 = 1.5 * 2^52 rounds to an integer;
// 134217729 = 2^27 + 1 splits a double into halves whose products are exact.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: coefficients are what the derivation gave

import { copySign, highWord, POWERS_OF_TWO } from '../bits.js'
import {
  acoshRare,
  asinhRare,
  atanhRare,
  coshRare,
  cosRare,
  directionCosineRare,
  expm1Rare,
  expRare,
  gaussianRare,
  hypotRare,
  log1pRare,
  log2Rare,
  log10Rare,
  logRare,
  logSigmoidRare,
  normalDensityRare,
  powRare,
  sech2Rare,
  sigmoidRare,
  sigmoidSlopeRare,
  sinhRare,
  sinRare,
  softplusRare,
  tanhRare,
  tanRare,
} from '../rare.js'
import { COARSE_LOGARITHMS, EXPONENTIALS, LOGARITHMS, SINES } from './tables.js'

const COARSE_LOGARITHMS_VALUES: Float64Array = COARSE_LOGARITHMS.values
const EXPONENTIALS_VALUES: Float64Array = EXPONENTIALS.values
const LOGARITHMS_VALUES: Float64Array = LOGARITHMS.values
const SINES_VALUES: Float64Array = SINES.values

/** e^x */
export function exp(x: number): number {
  if (!(Math.abs(x) < 708)) return expRare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = x - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (fractionTail + r + r2 * p)
}

/** e^x - 1 */
export function expm1(x: number): number {
  if (!(Math.abs(x) < 708)) return expm1Rare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const s = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const h = -(1 - s)
  const nearestToS = 0.5 < s ? 1 : 0
  const high = x - k * 0.005415212347998022
  const rest = k * 1.2655086083325438e-13
  const r = high - rest
  const t1 = nearestToS * r
  const sum = h + t1
  const t2 = h - s
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t3 = (s - nearestToS) * r + s * (fractionTail + fractionTail * r + (r2 * p + (high - r - rest)))
  return sum - (sum - h - t1 - (s - (h - t2) + (-1 - t2) + t3))
}

/** ln x */
export function log(x: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  if (!(Math.abs(k) < 1000)) return logRare(x)
  const row = (above >> 12) & 255
  const at = 3 * row
  const h = k * 0.6931471805598903 + COARSE_LOGARITHMS_VALUES[at + 2]!
  const r = (x * POWERS_OF_TWO[1074 - k]! - COARSE_LOGARITHMS_VALUES[at]!) * COARSE_LOGARITHMS_VALUES[at + 1]!
  const r2 = r * r
  const t1 =
    -0.250000000048237 + 0.20000003328552046 * r + r2 * (-0.16666512766166608 + 0.1412953422109866 * r)
  const curve = r2 * (-0.5 + 0.3333333333331613 * r + r2 * t1)
  return h + (r + (k * 5.497923018708371e-14 + curve))
}

/** ln(1 + x) */
export function log1p(x: number): number {
  const t1 = 1 + x
  const above = highWord(t1) - 1072037888
  const k = above >> 20
  if (!(Math.abs(k) < 1000)) return log1pRare(x)
  const row = (above >> 12) & 255
  const at = 3 * row
  const h = k * 0.6931471805598903 + COARSE_LOGARITHMS_VALUES[at + 2]!
  const r =
    (t1 - COARSE_LOGARITHMS_VALUES[at]! * POWERS_OF_TWO[k + 1074]! + (1 - t1 + x)) *
    (COARSE_LOGARITHMS_VALUES[at + 1]! * POWERS_OF_TWO[1074 - k]!)
  const r2 = r * r
  const t2 =
    -0.250000000048237 + 0.20000003328552046 * r + r2 * (-0.16666512766166608 + 0.1412953422109866 * r)
  const curve = r2 * (-0.5 + 0.3333333333331613 * r + r2 * t2)
  return copySign(h + (r + (k * 5.497923018708371e-14 + curve)), x)
}

/** The logarithm to base 2, exact for powers of 2. */
export function log2(x: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  if (!(Math.abs(k) < 1000)) return log2Rare(x)
  const row = (above >> 12) & 255
  const at = 3 * row
  const t1 = COARSE_LOGARITHMS_VALUES[at + 2]!
  const r = (x * POWERS_OF_TWO[1074 - k]! - COARSE_LOGARITHMS_VALUES[at]!) * COARSE_LOGARITHMS_VALUES[at + 1]!
  const t2 = t1 + r
  const t3 = t2 * 1.4426950408889634
  const t4 = k + t3
  const t5 = t2 * 134217729
  const t6 = t5 - (t5 - t2)
  const t7 = t2 - t6
  const t8 =
    t6 * 1.4426950514316559 -
    t3 +
    t6 * -1.0542692496784412e-8 +
    t7 * 1.4426950514316559 +
    t7 * -1.0542692496784412e-8
  const r2 = r * r
  const t9 =
    -0.250000000048237 + 0.20000003328552046 * r + r2 * (-0.16666512766166608 + 0.1412953422109866 * r)
  const curve = r2 * (-0.5 + 0.3333333333331613 * r + r2 * t9)
  const t10 = k - t4 + t3 + (t8 + ((t1 - t2 + r + curve) * 1.4426950408889634 + t2 * 2.0355273740931033e-17))
  return t4 + t10
}

/** The logarithm to base 10, exact for powers of 10. */
export function log10(x: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  if (!(Math.abs(k) < 1000)) return log10Rare(x)
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t1 = h + r
  const t2 = r * r
  const t3 = -0.5 * t2
  const t4 = t1 + t3
  const t5 = t4 - t1
  const t6 = t1 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14
  const t7 = r * 134217729
  const t8 = t7 - (t7 - r)
  const t9 = r - t8
  const t10 =
    0.3333333333333333 + r * -0.250000000000001 + t2 * (0.20000000000000298 + r * -0.1666666665123798)
  const t11 = t10 + t2 * t2 * (0.1428571426072578 + r * -0.12500704543852134 + t2 * 0.11111923150318452)
  const cubic = r * t2 * t11
  const t12 =
    t1 -
    (t4 - t5) +
    (t3 - t5) +
    (h - (t1 - t6) + (r - t6) + (hTail - 0.5 * (t8 * t8 - t2 + 2 * t8 * t9 + t9 * t9) + cubic))
  const t13 = t4 + t12
  const t14 = t13 * 0.4342944819032518
  const t15 = t13 * 134217729
  const t16 = t15 - (t15 - t13)
  const t17 = t13 - t16
  const t18 =
    t16 * 0.4342944845557213 -
    t14 +
    t16 * -2.652469466291052e-9 +
    t17 * 0.4342944845557213 +
    t17 * -2.652469466291052e-9
  return t14 + (t18 + ((t4 - t13 + t12) * 0.4342944819032518 + t13 * 1.098319650216765e-17))
}

/** The sine of x. */
export function sin(x: number): number {
  if (!(Math.abs(x) < 6400)) return sinRare(x)
  const k = x * 10.185916357881302 + 6755399441055744 - 6755399441055744
  const multiple = k | 0
  const row = multiple & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t1 = x - k * 0.09817477042452083
  const t2 = k * 1.6020900947399724e-13
  const r = t1 - t2
  const t3 = short * r
  const sum = s + t3
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const rTail = t1 - r - t2 - k * 6.601874416867142e-25
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t3 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  return sum - low
}

/** The cosine of x. */
export function cos(x: number): number {
  if (!(Math.abs(x) < 6400)) return cosRare(x)
  const k = x * 10.185916357881302 + 6755399441055744 - 6755399441055744
  const multiple = k | 0
  const row = (multiple + 16) & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t1 = x - k * 0.09817477042452083
  const t2 = k * 1.6020900947399724e-13
  const r = t1 - t2
  const t3 = short * r
  const sum = s + t3
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const rTail = t1 - r - t2 - k * 6.601874416867142e-25
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t3 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  return sum - low
}

/** The tangent of x. */
export function tan(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 6400)) return tanRare(x)
  if (t1 < 7.450580596923828e-9) return x
  const k = x * 10.185916357881302 + 6755399441055744 - 6755399441055744
  const multiple = k | 0
  const row = multiple & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t2 = x - k * 0.09817477042452083
  const t3 = k * 1.6020900947399724e-13
  const r = t2 - t3
  const t4 = short * r
  const sum = s + t4
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const rTail = t2 - r - t3 - k * 6.601874416867142e-25
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t4 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  const t5 = sum - low
  const row2 = (multiple + 16) & 63
  const at2 = 4 * row2
  const s2 = SINES_VALUES[at2]!
  const short2 = SINES_VALUES[at2 + 2]!
  const t6 = short2 * r
  const sum2 = s2 + t6
  const rest2 = SINES_VALUES[at2 + 3]!
  const low2 =
    sum2 - s2 - t6 - SINES_VALUES[at2 + 1]! + (s2 * versine - (rest2 * r + (short2 + rest2) * beyond))
  const t7 = sum2 - low2
  const inverse = 1 / t7
  const t8 = t5 * inverse
  const t9 = t8 * 134217729
  const q = t9 - (t9 - t8)
  const t10 = t7 * 134217729
  const t11 = t10 - (t10 - t7)
  const remainder = t5 - q * t11 - q * (t7 - t11 + (sum2 - t7 - low2))
  return q + (remainder + (sum - t5 - low)) * inverse
}

/** (e^x - e^-x) / (e^x + e^-x) */
export function tanh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 354)) return tanhRare(x)
  const t2 = -2 * t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const s = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const h = s - 1
  const nearestToS = s + 6755399441055744 - 6755399441055744
  const high = t2 - k * 0.005415212347998022
  const rest = k * 1.2655086083325438e-13
  const r = high - rest
  const t3 = nearestToS * r
  const sum = h + t3
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t4 = (s - nearestToS) * r + s * (fractionTail + fractionTail * r + (r2 * p + (high - r - rest)))
  const t5 = s - (h + 1) + t4 - (sum - h - t3)
  const upper = sum + 201326594 - 201326592
  const lower = 2 - upper + sum + t5
  const inverse = 1 / (upper + lower)
  const t6 = (sum + t5) * inverse
  const t7 = t6 * 134217729
  const q = t7 - (t7 - t6)
  const remainder = sum - q * upper + t5 - q * lower
  return copySign(q + remainder * inverse, x)
}

/** 1 / cosh(x)^2, the derivative of tanh */
export function sech2(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 354)) return sech2Rare(x)
  let t2: number
  if (t1 < 0.00390625) {
    const z = x * x
    t2 = 1 - (z - z * (z * (0.6666666666666666 - 0.37777777777777777 * z)))
  } else {
    const t3 = -2 * t1
    const k = t3 * 184.6649652337873 + 6755399441055744 - 6755399441055744
    const n = k | 0
    const row = n & 127
    const at = 2 * row
    const fraction = EXPONENTIALS_VALUES[at]!
    const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
    const fractionTail = EXPONENTIALS_VALUES[at + 1]!
    const r = t3 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
    const r2 = r * r
    const p =
      0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
    const t4 = power * (fractionTail + r + r2 * p)
    const t5 = power + t4
    const t6 = 1 + t5
    const inverse = 1 / t6
    const t7 = 1 * inverse
    const t8 = t7 * 134217729
    const q = t8 - (t8 - t7)
    const t9 = q * q
    const t10 = t5 * t9
    const t11 = t5 * 134217729
    const t12 = t11 - (t11 - t5)
    const t13 = t9 * 134217729
    const t14 = t13 - (t13 - t9)
    const t15 = t9 - t14
    const t16 = t5 - t12
    const t17 = power - t5 + t4
    const t18 = t6 * 134217729
    const t19 = t18 - (t18 - t6)
    const remainder = 1 - q * t19 - q * (t6 - t19 + (1 - t6 + t5 + t17))
    const t20 = remainder * inverse
    const t21 = t12 * t14 - t10 + t12 * t15 + t16 * t14 + t16 * t15 + (t17 * t9 + t5 * (t20 * (q + q + t20)))
    t2 = 4 * (t10 + t21)
  }
  return t2
}

/** (e^x - e^-x) / 2 */
export function sinh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 690)) return sinhRare(x)
  if (t1 < 3.725290298461914e-9) return x
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const s = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const h = -(1 - s)
  const high = t1 - k * 0.005415212347998022
  const rest = k * 1.2655086083325438e-13
  const r = high - rest
  const sum = h + r
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t2 = s - h - 1 + (h * r + s * (fractionTail + fractionTail * r + (r2 * p + (high - r - rest))))
  const t3 = -(sum - h - r - t2)
  const t4 = sum + t3
  const t5 = 1 + t4
  const inverse = 1 / t5
  const t6 = t4 * inverse
  const t7 = t6 * 134217729
  const q = t7 - (t7 - t6)
  const t8 = t4 + q
  const t9 = sum - t4 + t3
  const t10 = t5 * 134217729
  const t11 = t10 - (t10 - t5)
  const t12 = t5 - 1
  const remainder = t4 - q * t11 - q * (t5 - t11 + (1 - (t5 - t12) + (t4 - t12) + t9))
  return copySign(0.5 * (t8 + (t4 - t8 + q + (t9 + (remainder + t9) * inverse))), x)
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 690)) return coshRare(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t2 = power * (fractionTail + r + r2 * p)
  const t3 = power + t2
  const inverse = 1 / t3
  const t4 = 1 * inverse
  const t5 = t4 * 134217729
  const q = t5 - (t5 - t4)
  const t6 = t3 + q
  const t7 = power - t3 + t2
  const t8 = t3 * 134217729
  const t9 = t8 - (t8 - t3)
  const remainder = 1 - q * t9 - q * (t3 - t9 + t7)
  return 0.5 * (t6 + (t3 - t6 + q + (t7 + remainder * inverse)))
}

/** ln(x + sqrt(x^2 + 1)) */
export function asinh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 268435456)) return asinhRare(x)
  if (t1 < 3.725290298461914e-9) return x
  const t2 = t1 * t1
  const t3 = 1 + t2
  const t4 = Math.sqrt(t3)
  const t5 = t4 * t4
  const t6 = t4 * 134217729
  const t7 = t6 - (t6 - t4)
  const t8 = t4 - t7
  const t9 = t3 - 1
  const t10 = t1 * 134217729
  const t11 = t10 - (t10 - t1)
  const t12 = t1 - t11
  const t13 =
    t3 -
    t5 -
    (t7 * t7 - t5 + 2 * t7 * t8 + t8 * t8) +
    (1 - (t3 - t9) + (t2 - t9) + (t11 * t11 - t2 + 2 * t11 * t12 + t12 * t12))
  const t14 = t13 / (t4 + t4)
  const t15 = t4 + t14
  const t16 = t1 + t15
  const above = highWord(t16) - 1072037888
  const k = above >> 20
  const z256 = t16 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t17 = h + r
  const t18 = r * r
  const t19 = -0.5 * t18
  const t20 = t17 + t19
  const t21 = t20 - t17
  const t22 = t17 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14
  const t23 = r * 134217729
  const t24 = t23 - (t23 - r)
  const t25 = r - t24
  const t26 =
    0.3333333333333333 + r * -0.250000000000001 + t18 * (0.20000000000000298 + r * -0.1666666665123798)
  const t27 = t26 + t18 * t18 * (0.1428571426072578 + r * -0.12500704543852134 + t18 * 0.11111923150318452)
  const cubic = r * t18 * t27
  const t28 =
    h - (t17 - t22) + (r - t22) + (hTail - 0.5 * (t24 * t24 - t18 + 2 * t24 * t25 + t25 * t25) + cubic)
  const t29 = t16 - t1
  const t30 = (t1 - (t16 - t29) + (t15 - t29) + (t4 - t15 + t14)) * (256 * POWERS_OF_TWO[1074 - k]! * c)
  const t31 = t17 - (t20 - t21) + (t19 - t21) + t28 + (t30 - r * t30)
  const t32 = t20 + t31
  return copySign(t32 + (t20 - t32 + t31), x)
}

/** ln(x + sqrt(x^2 - 1)) */
export function acosh(x: number): number {
  if (!(1 < x)) return acoshRare(x)
  if (!(x < 268435456)) return acoshRare(x)
  const t1 = x * x
  const t2 = t1 + -1
  const t3 = Math.sqrt(t2)
  const t4 = t3 * t3
  const t5 = t3 * 134217729
  const t6 = t5 - (t5 - t3)
  const t7 = t3 - t6
  const t8 = t2 - t1
  const t9 = x * 134217729
  const t10 = t9 - (t9 - x)
  const t11 = x - t10
  const t12 =
    t2 -
    t4 -
    (t6 * t6 - t4 + 2 * t6 * t7 + t7 * t7) +
    (t1 - (t2 - t8) + (-1 - t8) + (t10 * t10 - t1 + 2 * t10 * t11 + t11 * t11))
  const t13 = t12 / (t3 + t3)
  const t14 = t3 + t13
  const t15 = x + t14
  const above = highWord(t15) - 1072037888
  const k = above >> 20
  const z256 = t15 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t16 = h + r
  const t17 = r * r
  const t18 = -0.5 * t17
  const t19 = t16 + t18
  const t20 = t19 - t16
  const t21 = t16 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14
  const t22 = r * 134217729
  const t23 = t22 - (t22 - r)
  const t24 = r - t23
  const t25 =
    0.3333333333333333 + r * -0.250000000000001 + t17 * (0.20000000000000298 + r * -0.1666666665123798)
  const t26 = t25 + t17 * t17 * (0.1428571426072578 + r * -0.12500704543852134 + t17 * 0.11111923150318452)
  const cubic = r * t17 * t26
  const t27 =
    h - (t16 - t21) + (r - t21) + (hTail - 0.5 * (t23 * t23 - t17 + 2 * t23 * t24 + t24 * t24) + cubic)
  const t28 = t15 - x
  const t29 = (x - (t15 - t28) + (t14 - t28) + (t3 - t14 + t13)) * (256 * POWERS_OF_TWO[1074 - k]! * c)
  const t30 = t16 - (t19 - t20) + (t18 - t20) + t27 + (t29 - r * t29)
  const t31 = t19 + t30
  return t31 + (t19 - t31 + t30)
}

/** ln((1 + x) / (1 - x)) / 2 */
export function atanh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 1)) return atanhRare(x)
  if (t1 < 3.725290298461914e-9) return x
  const t2 = t1 + t1
  const t3 = -t1
  const t4 = 1 + t3
  const inverse = 1 / t4
  const t5 = t2 * inverse
  const t6 = t5 * 134217729
  const q = t6 - (t6 - t5)
  const t7 = t4 * 134217729
  const t8 = t7 - (t7 - t4)
  const t9 = t4 - 1
  const remainder = t2 - q * t8 - q * (t4 - t8 + (1 - (t4 - t9) + (t3 - t9)))
  const t10 = remainder * inverse
  const t11 = q + t10
  const t12 = 1 + t11
  const above = highWord(t12) - 1072037888
  const k = above >> 20
  const z256 = t12 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t13 = h + r
  const t14 = r * r
  const t15 = -0.5 * t14
  const t16 = t13 + t15
  const t17 = t16 - t13
  const t18 = t13 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14
  const t19 = r * 134217729
  const t20 = t19 - (t19 - r)
  const t21 = r - t20
  const t22 =
    0.3333333333333333 + r * -0.250000000000001 + t14 * (0.20000000000000298 + r * -0.1666666665123798)
  const t23 = t22 + t14 * t14 * (0.1428571426072578 + r * -0.12500704543852134 + t14 * 0.11111923150318452)
  const cubic = r * t14 * t23
  const t24 =
    h - (t13 - t18) + (r - t18) + (hTail - 0.5 * (t20 * t20 - t14 + 2 * t20 * t21 + t21 * t21) + cubic)
  const t25 = t12 - 1
  const t26 = (1 - (t12 - t25) + (t11 - t25) + (q - t11 + t10)) * (256 * POWERS_OF_TWO[1074 - k]! * c)
  const t27 = t13 - (t16 - t17) + (t15 - t17) + t24 + (t26 - r * t26)
  const t28 = t16 + t27
  return copySign(0.5 * (t28 + (t16 - t28 + t27)), x)
}

/** x^y */
export function pow(x: number, y: number): number {
  const t1 = Math.floor(y) === y
  const t2 = t1 ? Math.abs(x) : x
  const above = highWord(t2) - 1072037888
  const k = above >> 20
  if (!(Math.abs(k) < 1000)) return powRare(x, y)
  if (!(Math.abs(y) < 18446744073709552000)) return powRare(x, y)
  const z256 = t2 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t3 = h + r
  const t4 = r * r
  const t5 = -0.5 * t4
  const t6 = t3 + t5
  const t7 = t6 - t3
  const t8 = t3 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14
  const t9 = r * 134217729
  const t10 = t9 - (t9 - r)
  const t11 = r - t10
  const t12 =
    0.3333333333333333 + r * -0.250000000000001 + t4 * (0.20000000000000298 + r * -0.1666666665123798)
  const t13 = t12 + t4 * t4 * (0.1428571426072578 + r * -0.12500704543852134 + t4 * 0.11111923150318452)
  const cubic = r * t4 * t13
  const t14 = h - (t3 - t8) + (r - t8) + (hTail - 0.5 * (t10 * t10 - t4 + 2 * t10 * t11 + t11 * t11) + cubic)
  const t15 = t3 - (t6 - t7) + (t5 - t7) + t14
  const t16 = t6 + t15
  const t17 = y * t16
  if (!(Math.abs(t17) < 708)) return powRare(x, y)
  const k2 = t17 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n2 = k2 | 0
  const row2 = n2 & 127
  const at2 = 2 * row2
  const fraction = EXPONENTIALS_VALUES[at2]!
  const power = fraction * POWERS_OF_TWO[(n2 >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at2 + 1]!
  const t18 = y * 134217729
  const t19 = t18 - (t18 - y)
  const t20 = t16 * 134217729
  const t21 = t20 - (t20 - t16)
  const t22 = t16 - t21
  const t23 = y - t19
  const r2 =
    t17 -
    k2 * 0.005415212347998022 -
    k2 * 1.2655086083325438e-13 +
    (t19 * t21 - t17 + t19 * t22 + t23 * t21 + t23 * t22 + y * (t6 - t16 + t15))
  const r22 = r2 * r2
  const p =
    0.49999999999997574 + r2 * 0.16666666666666893 + r22 * (0.04166667964910274 + r2 * 0.008333334514837976)
  const t24 = power + power * (fractionTail + r2 + r22 * p)
  let t25: number
  if (t1) {
    const t26 = 0.5 * y
    t25 = Math.floor(t26) === t26 ? t24 : copySign(t24, x)
  } else {
    t25 = t24
  }
  return t25
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: number): number {
  if (!(Math.abs(x) < 708)) return sigmoidRare(x)
  const t1 = -x
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t2 = power * (fractionTail + r + r2 * p)
  const E = power + t2
  return 1 / (x < 0 ? power + (1 + t2) : 1 + E)
}

/** e^-x / (1 + e^-x)^2, the derivative of sigmoid */
export function sigmoidSlope(x: number): number {
  if (!(Math.abs(x) < 708)) return sigmoidSlopeRare(x)
  const t1 = -x
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t2 = power * (fractionTail + r + r2 * p)
  const E = power + t2
  const t3 = 1 / (x < 0 ? power + (1 + t2) : 1 + E)
  return E * t3 * t3
}

/** ln(1 + e^x) */
export function softplus(x: number): number {
  if (!(Math.abs(x) < 708)) return softplusRare(x)
  const t1 = -x
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const E = power + power * (fractionTail + r + r2 * p)
  const F = 1 / E
  const t2 = 1 + F
  const above = highWord(t2) - 1072037888
  const k2 = above >> 20
  const row2 = (above >> 12) & 255
  const at2 = 3 * row2
  const h = k2 * 0.6931471805598903 + COARSE_LOGARITHMS_VALUES[at2 + 2]!
  const r3 =
    (t2 - COARSE_LOGARITHMS_VALUES[at2]! * POWERS_OF_TWO[k2 + 1074]! + (1 - t2 + F)) *
    (COARSE_LOGARITHMS_VALUES[at2 + 1]! * POWERS_OF_TWO[1074 - k2]!)
  const r22 = r3 * r3
  const t3 =
    -0.250000000048237 + 0.20000003328552046 * r3 + r22 * (-0.16666512766166608 + 0.1412953422109866 * r3)
  const curve = r22 * (-0.5 + 0.3333333333331613 * r3 + r22 * t3)
  return h + (r3 + (k2 * 5.497923018708371e-14 + curve))
}

/** ln(1 / (1 + e^-x)) = -softplus(-x) */
export function logSigmoid(x: number): number {
  if (!(Math.abs(x) < 708)) return logSigmoidRare(x)
  const t1 = -(-x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const E = power + power * (fractionTail + r + r2 * p)
  const F = 1 / E
  const t2 = 1 + F
  const above = highWord(t2) - 1072037888
  const k2 = above >> 20
  const row2 = (above >> 12) & 255
  const at2 = 3 * row2
  const h = k2 * 0.6931471805598903 + COARSE_LOGARITHMS_VALUES[at2 + 2]!
  const r3 =
    (t2 - COARSE_LOGARITHMS_VALUES[at2]! * POWERS_OF_TWO[k2 + 1074]! + (1 - t2 + F)) *
    (COARSE_LOGARITHMS_VALUES[at2 + 1]! * POWERS_OF_TWO[1074 - k2]!)
  const r22 = r3 * r3
  const t3 =
    -0.250000000048237 + 0.20000003328552046 * r3 + r22 * (-0.16666512766166608 + 0.1412953422109866 * r3)
  const curve = r22 * (-0.5 + 0.3333333333331613 * r3 + r22 * t3)
  return -(h + (r3 + (k2 * 5.497923018708371e-14 + curve)))
}

/** e^-x^2, the derivative of erf but for its factor 2 / sqrt(pi) */
export function gaussian(x: number): number {
  if (!(Math.abs(x) < 26)) return gaussianRare(x)
  const t1 = x * x
  const t2 = -t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const t3 = x * 134217729
  const t4 = t3 - (t3 - x)
  const t5 = x - t4
  const r =
    t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 - (t4 * t4 - t1 + 2 * t4 * t5 + t5 * t5)
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (fractionTail + r + r2 * p)
}

/** e^(-x^2 / 2) / sqrt(2 pi) */
export function normalDensity(x: number): number {
  if (!(Math.abs(x) < 37)) return normalDensityRare(x)
  const t1 = x * x
  const t2 = -0.5 * t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const t3 = x * 134217729
  const t4 = t3 - (t3 - x)
  const t5 = x - t4
  const r =
    t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 + -0.5 * (t4 * t4 - t1 + 2 * t4 * t5 + t5 * t5)
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (fractionTail + r + r2 * p)
  const t7 = power + t6
  const t8 = t7 * 0.3989422804014327
  const t9 = t7 * 134217729
  const t10 = t9 - (t9 - t7)
  const t11 = t7 - t10
  const t12 =
    t10 * 0.3989422768354416 -
    t8 +
    t10 * 3.5659911135077493e-9 +
    t11 * 0.3989422768354416 +
    t11 * 3.5659911135077493e-9
  return t8 + (t12 + ((power - t7 + t6) * 0.3989422804014327 + t7 * -2.49232720227773e-17))
}

/** sqrt(x^2 + y^2) */
export function hypot(x: number, y: number): number {
  const t1 = Math.abs(x)
  const t2 = Math.abs(y)
  const t3 = Math.max(t1, t2)
  if (!(4.909093465297727e-91 < t3)) return hypotRare(x, y)
  if (!(t3 < 3.273390607896142e150)) return hypotRare(x, y)
  const t4 = t3 * t3
  const t5 = Math.min(t1, t2)
  const t6 = t5 * t5
  const t7 = t4 + t6
  const t8 = Math.sqrt(t7)
  const t9 = t8 * t8
  const t10 = t8 * 134217729
  const t11 = t10 - (t10 - t8)
  const t12 = t8 - t11
  const t13 = t3 * 134217729
  const t14 = t13 - (t13 - t3)
  const t15 = t3 - t14
  const t16 = t5 * 134217729
  const t17 = t16 - (t16 - t5)
  const t18 = t5 - t17
  const t19 =
    t4 - t7 + t6 + (t14 * t14 - t4 + 2 * t14 * t15 + t15 * t15 + (t17 * t17 - t6 + 2 * t17 * t18 + t18 * t18))
  return t8 + (t7 - t9 - (t11 * t11 - t9 + 2 * t11 * t12 + t12 * t12) + t19) / (t8 + t8)
}

/** x / hypot(x, y), the derivative of hypot(x, y) by x; 0 at the origin */
export function directionCosine(x: number, y: number): number {
  const t1 = Math.abs(x)
  const t2 = Math.abs(y)
  const t3 = Math.max(t1, t2)
  if (!(4.909093465297727e-91 < t3)) return directionCosineRare(x, y)
  if (!(t3 < 3.273390607896142e150)) return directionCosineRare(x, y)
  if (!(3.8725919148493183e-121 < t1)) return directionCosineRare(x, y)
  const t4 = t3 * t3
  const t5 = Math.min(t1, t2)
  const t6 = t5 * t5
  const t7 = t4 + t6
  const t8 = Math.sqrt(t7)
  const inverse = 1 / t8
  const t9 = x * inverse
  const t10 = t9 * 134217729
  const q = t10 - (t10 - t9)
  const t11 = t8 * 134217729
  const t12 = t11 - (t11 - t8)
  const t13 = t8 - t12
  const t14 = t8 * t8
  const t15 = t3 * 134217729
  const t16 = t15 - (t15 - t3)
  const t17 = t3 - t16
  const t18 = t5 * 134217729
  const t19 = t18 - (t18 - t5)
  const t20 = t5 - t19
  const t21 =
    t4 - t7 + t6 + (t16 * t16 - t4 + 2 * t16 * t17 + t17 * t17 + (t19 * t19 - t6 + 2 * t19 * t20 + t20 * t20))
  const remainder =
    x - q * t12 - q * (t13 + (t7 - t14 - (t12 * t12 - t14 + 2 * t12 * t13 + t13 * t13) + t21) / (t8 + t8))
  return q + remainder * inverse
}
