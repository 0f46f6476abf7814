// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.
// The reasons, bounds and sources are there. Adding and subtracting 6755399441055744 = 1.5 * 2^52 rounds to an integer;
// 134217729 = 2^27 + 1 splits a double into halves whose products are exact.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: coefficients are what the derivation gave

import { copySign, highWord, POWERS_OF_TWO } from '../bits.js'
import {
  acoshRare,
  acosRare,
  asinhRare,
  asinRare,
  atan2Rare,
  atanhRare,
  atanRare,
  cbrtRare,
  coshRare,
  cosRare,
  directionCosineRare,
  erfcRare,
  erfRare,
  expm1Rare,
  expRare,
  gaussianRare,
  hypotRare,
  log1pRare,
  log2Rare,
  log10Rare,
  logRare,
  logSigmoidRare,
  normalCdfRare,
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
import { ARCTANGENTS, COARSE_LOGARITHMS, EXPONENTIALS, LOGARITHMS, SCALED_ERFC, SINES } from './tables.js'

const ARCTANGENTS_VALUES: Float64Array = ARCTANGENTS.values
const COARSE_LOGARITHMS_VALUES: Float64Array = COARSE_LOGARITHMS.values
const EXPONENTIALS_VALUES: Float64Array = EXPONENTIALS.values
const LOGARITHMS_VALUES: Float64Array = LOGARITHMS.values
const SCALED_ERFC_VALUES: Float64Array = SCALED_ERFC.values
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

/** The cube root of x. */
export function cbrt(x: number): number {
  const t1 = Math.abs(x)
  if (!(0 < t1)) return cbrtRare(x)
  if (!(t1 < Number.POSITIVE_INFINITY)) return cbrtRare(x)
  const t2 = t1 < 2.2250738585072014e-308
  const normal = t2 ? t1 * 18014398509481984 : t1
  const q = Math.floor(((highWord(normal) >> 20) - 1023) / 3)
  const m = normal * POWERS_OF_TWO[((-3 * q) | 0) + 1074]!
  const t3 =
    0.44923535603151815 + m * (-0.0837931461330643 + m * (0.0095866750457866 + m * -0.0004322490973097708))
  const start = 0.6272666372360632 + m * t3
  const t4 = start * start * start
  const t5 = start * ((t4 + 2 * m) / (2 * t4 + m))
  const t6 = t5 * 134217729
  const t = t6 - (t6 - t5)
  const t7 = t * t
  const t8 = t7 * 134217729
  const t9 = t8 - (t8 - t7)
  const rho = (m - t9 * t - (t7 - t9) * t) / (t7 * t)
  const t10 = (t + t * rho * (0.3333333333333333 - rho * 0.1111111111111111)) * POWERS_OF_TWO[(q | 0) + 1074]!
  return copySign(t10 * (t2 ? 0.000003814697265625 : 1), x)
}

/** The arcsine of x. */
export function asin(x: number): number {
  const t1 = Math.abs(x)
  if (!(3.725290298461914e-9 < t1)) return asinRare(x)
  if (!(t1 < 1)) return asinRare(x)
  const t2 = t1 * t1
  const t3 = -t2
  const t4 = 1 + t3
  const t5 = Math.sqrt(t4)
  const t6 = t5 < t1
  const t7 = t6 ? t5 : t1
  const t8 = t6 ? t1 : t5
  const t9 = t7 / t8
  const c = (t9 < 1.00390625 ? t9 : 0) + 105553116266496 - 105553116266496
  const t10 = (c * 64) | 0
  const at = 2 * t10
  const t11 = ARCTANGENTS_VALUES[at]!
  const t12 = c * t8
  const t13 = t7 - t12
  const t14 = c * t7
  const t15 = t8 + t14
  const inverse = 1 / t15
  const t16 = t13 * inverse
  const t17 = t16 * 134217729
  const q = t17 - (t17 - t16)
  const t18 = t11 + q
  const t19 = t15 * 134217729
  const t20 = t19 - (t19 - t15)
  const t21 = t7 * 134217729
  const t22 = t21 - (t21 - t7)
  const t23 = t5 * t5
  const t24 = t5 * 134217729
  const t25 = t24 - (t24 - t5)
  const t26 = t5 - t25
  const t27 = t4 - 1
  const t28 = t1 * 134217729
  const t29 = t28 - (t28 - t1)
  const t30 = t1 - t29
  const t31 =
    t4 -
    t23 -
    (t25 * t25 - t23 + 2 * t25 * t26 + t26 * t26) +
    (1 - (t4 - t27) + (t3 - t27) - (t29 * t29 - t2 + 2 * t29 * t30 + t30 * t30))
  const t32 = t31 / (t5 + t5)
  const t33 = t6 ? 0 : t32
  const t34 = t6 ? t32 : 0
  const remainder =
    t13 - q * t20 - q * (t15 - t20 + (t8 - t15 + t14 + (c * t22 - t14 + c * (t7 - t22) + t33 + c * t34)))
  const t35 = t8 * 134217729
  const t36 = t35 - (t35 - t8)
  const t37 = (remainder + (t34 - (c * t36 - t12 + c * (t8 - t36)) - c * t33)) * inverse
  const t38 = q + t37
  const z = t38 * t38
  const t39 =
    -0.3333333333333333 + z * 0.1999999999999853 + z * z * (-0.1428571421415835 + z * 0.11109737451733093)
  const t40 = t11 - t18 + q + (ARCTANGENTS_VALUES[at + 1]! + (t37 + t38 * z * t39))
  const t41 = t18 + t40
  let t42: number
  if (t6) {
    const t43 = 1.5707963267948966 - t41
    t42 = t43 + (1.5707963267948966 - t43 - t41 + (6.123233995736766e-17 - (t18 - t41 + t40)))
  } else {
    t42 = t41
  }
  return copySign(t42, x)
}

/** The arccosine of x. */
export function acos(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 1)) return acosRare(x)
  const t2 = x * x
  const t3 = -t2
  const t4 = 1 + t3
  const t5 = Math.sqrt(t4)
  const t6 = t1 < t5
  const t7 = x < 0
  const t8 = t6 ? t1 : t5
  const t9 = t6 ? t5 : t1
  const t10 = t8 / t9
  const c = (t10 < 1.00390625 ? t10 : 0) + 105553116266496 - 105553116266496
  const t11 = (c * 64) | 0
  const at = 2 * t11
  const t12 = ARCTANGENTS_VALUES[at]!
  const t13 = c * t9
  const t14 = t8 - t13
  const t15 = c * t8
  const t16 = t9 + t15
  const inverse = 1 / t16
  const t17 = t14 * inverse
  const t18 = t17 * 134217729
  const q = t18 - (t18 - t17)
  const t19 = t12 + q
  const t20 = t16 * 134217729
  const t21 = t20 - (t20 - t16)
  const t22 = t8 * 134217729
  const t23 = t22 - (t22 - t8)
  const t24 = t5 * t5
  const t25 = t5 * 134217729
  const t26 = t25 - (t25 - t5)
  const t27 = t5 - t26
  const t28 = t4 - 1
  const t29 = x * 134217729
  const t30 = t29 - (t29 - x)
  const t31 = x - t30
  const t32 =
    t4 -
    t24 -
    (t26 * t26 - t24 + 2 * t26 * t27 + t27 * t27) +
    (1 - (t4 - t28) + (t3 - t28) - (t30 * t30 - t2 + 2 * t30 * t31 + t31 * t31))
  const t33 = t32 / (t5 + t5)
  const t34 = t6 ? t33 : 0
  const t35 = t6 ? 0 : t33
  const remainder =
    t14 - q * t21 - q * (t16 - t21 + (t9 - t16 + t15 + (c * t23 - t15 + c * (t8 - t23) + t34 + c * t35)))
  const t36 = t9 * 134217729
  const t37 = t36 - (t36 - t9)
  const t38 = (remainder + (t35 - (c * t37 - t13 + c * (t9 - t37)) - c * t34)) * inverse
  const t39 = q + t38
  const z = t39 * t39
  const t40 =
    -0.3333333333333333 + z * 0.1999999999999853 + z * z * (-0.1428571421415835 + z * 0.11109737451733093)
  const t41 = t12 - t19 + q + (ARCTANGENTS_VALUES[at + 1]! + (t38 + t39 * z * t40))
  const t42 = t19 + t41
  const t43 = t19 - t42 + t41
  let t44: number
  if (t6) {
    const t45 = t7 ? -t42 : t42
    const t46 = 1.5707963267948966 - t45
    t44 = t46 + (1.5707963267948966 - t46 - t45 + (6.123233995736766e-17 - (t7 ? -t43 : t43)))
  } else {
    let t47: number
    if (t7) {
      const t48 = 3.141592653589793 - t42
      t47 = t48 + (3.141592653589793 - t48 - t42 + (1.2246467991473532e-16 - t43))
    } else {
      t47 = t42
    }
    t44 = t47
  }
  return t44
}

/** The arctangent of x. */
export function atan(x: number): number {
  const t1 = Math.abs(x)
  if (!(3.725290298461914e-9 < t1)) return atanRare(x)
  if (!(t1 < 1152921504606847000)) return atanRare(x)
  const t2 = 1 < t1
  const t3 = t2 ? 1 : t1
  const t4 = t2 ? t1 : 1
  const t5 = t3 / t4
  const c = (t5 < 1.00390625 ? t5 : 0) + 105553116266496 - 105553116266496
  const t6 = (c * 64) | 0
  const at = 2 * t6
  const t7 = ARCTANGENTS_VALUES[at]!
  const t8 = c * t4
  const t9 = t3 - t8
  const t10 = c * t3
  const t11 = t4 + t10
  const inverse = 1 / t11
  const t12 = t9 * inverse
  const t13 = t12 * 134217729
  const q = t13 - (t13 - t12)
  const t14 = t7 + q
  const t15 = t11 * 134217729
  const t16 = t15 - (t15 - t11)
  const t17 = t3 * 134217729
  const t18 = t17 - (t17 - t3)
  const t19 = t2 ? 0 : 0
  const t20 = c * t19
  const remainder =
    t9 - q * t16 - q * (t11 - t16 + (t4 - t11 + t10 + (c * t18 - t10 + c * (t3 - t18) + t19 + t20)))
  const t21 = t4 * 134217729
  const t22 = t21 - (t21 - t4)
  const t23 = (remainder + (t19 - (c * t22 - t8 + c * (t4 - t22)) - t20)) * inverse
  const t24 = q + t23
  const z = t24 * t24
  const t25 =
    -0.3333333333333333 + z * 0.1999999999999853 + z * z * (-0.1428571421415835 + z * 0.11109737451733093)
  const t26 = t7 - t14 + q + (ARCTANGENTS_VALUES[at + 1]! + (t23 + t24 * z * t25))
  const t27 = t14 + t26
  let t28: number
  if (t2) {
    const t29 = 1.5707963267948966 - t27
    t28 = t29 + (1.5707963267948966 - t29 - t27 + (6.123233995736766e-17 - (t14 - t27 + t26)))
  } else {
    t28 = t27
  }
  return copySign(t28, x)
}

/** The angle of the point (y, x), from -pi to pi. */
export function atan2(x: number, y: number): number {
  const t1 = Math.abs(y)
  const t2 = Math.abs(x)
  const t3 = Math.max(t1, t2)
  if (!(4.909093465297727e-91 < t3)) return atan2Rare(x, y)
  if (!(t3 < 3.273390607896142e150)) return atan2Rare(x, y)
  if (!(t3 * 8.673617379884035e-19 < Math.min(t1, t2))) return atan2Rare(x, y)
  const t4 = t1 < t2
  const t5 = y < 0
  const t6 = t4 ? t1 : t2
  const t7 = t4 ? t2 : t1
  const t8 = t6 / t7
  const c = (t8 < 1.00390625 ? t8 : 0) + 105553116266496 - 105553116266496
  const t9 = (c * 64) | 0
  const at = 2 * t9
  const t10 = ARCTANGENTS_VALUES[at]!
  const t11 = c * t7
  const t12 = t6 - t11
  const t13 = c * t6
  const t14 = t7 + t13
  const inverse = 1 / t14
  const t15 = t12 * inverse
  const t16 = t15 * 134217729
  const q = t16 - (t16 - t15)
  const t17 = t10 + q
  const t18 = t14 * 134217729
  const t19 = t18 - (t18 - t14)
  const t20 = t6 * 134217729
  const t21 = t20 - (t20 - t6)
  const t22 = t4 ? 0 : 0
  const t23 = c * t22
  const remainder =
    t12 - q * t19 - q * (t14 - t19 + (t7 - t14 + t13 + (c * t21 - t13 + c * (t6 - t21) + t22 + t23)))
  const t24 = t7 * 134217729
  const t25 = t24 - (t24 - t7)
  const t26 = (remainder + (t22 - (c * t25 - t11 + c * (t7 - t25)) - t23)) * inverse
  const t27 = q + t26
  const z = t27 * t27
  const t28 =
    -0.3333333333333333 + z * 0.1999999999999853 + z * z * (-0.1428571421415835 + z * 0.11109737451733093)
  const t29 = t10 - t17 + q + (ARCTANGENTS_VALUES[at + 1]! + (t26 + t27 * z * t28))
  const t30 = t17 + t29
  const t31 = t17 - t30 + t29
  let t32: number
  if (t4) {
    const t33 = t5 ? -t30 : t30
    const t34 = 1.5707963267948966 - t33
    t32 = t34 + (1.5707963267948966 - t34 - t33 + (6.123233995736766e-17 - (t5 ? -t31 : t31)))
  } else {
    let t35: number
    if (t5) {
      const t36 = 3.141592653589793 - t30
      t35 = t36 + (3.141592653589793 - t36 - t30 + (1.2246467991473532e-16 - t31))
    } else {
      t35 = t30
    }
    t32 = t35
  }
  return copySign(t32, x)
}

/** The error function, 2 / sqrt(pi) times the integral of e^-t^2 from 0 to x. */
export function erf(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 6)) return erfRare(x)
  const t2 = 0.5 < t1
  let t3: number
  if (t2) {
    const b = t2 && t1 < 27.5 ? t1 : 0.5
    const t4 = b * b
    const t5 = -t4
    const k = t5 * 184.6649652337873 + 6755399441055744 - 6755399441055744
    const n = k | 0
    const row = n & 127
    const at = 2 * row
    const fraction = EXPONENTIALS_VALUES[at]!
    const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
    const fractionTail = EXPONENTIALS_VALUES[at + 1]!
    const t6 = b * 134217729
    const t7 = t6 - (t6 - b)
    const t8 = b - t7
    const r =
      t5 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 - (t7 * t7 - t4 + 2 * t7 * t8 + t8 * t8)
    const r2 = r * r
    const p =
      0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
    const t9 = power * (fractionTail + r + r2 * p)
    const t10 = power + t9
    const row2 = (highWord(b) - 1071644672) >> 17
    const at2 = 15 * row2
    const t11 = SCALED_ERFC_VALUES[at2 + 1]!
    const t = b - SCALED_ERFC_VALUES[at2]! + 0
    const t12 = t * t
    const t13 =
      SCALED_ERFC_VALUES[at2 + 3]! +
      t * SCALED_ERFC_VALUES[at2 + 4]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 5]! + t * SCALED_ERFC_VALUES[at2 + 6]!)
    const t14 = t12 * t12
    const t15 =
      SCALED_ERFC_VALUES[at2 + 7]! +
      t * SCALED_ERFC_VALUES[at2 + 8]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 9]! + t * SCALED_ERFC_VALUES[at2 + 10]!)
    const t16 =
      SCALED_ERFC_VALUES[at2 + 11]! +
      t * SCALED_ERFC_VALUES[at2 + 12]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 13]! + t * SCALED_ERFC_VALUES[at2 + 14]!)
    const t17 = SCALED_ERFC_VALUES[at2 + 2]! + t * (t13 + t14 * t15 + t14 * t14 * t16)
    const t18 = t11 + t17
    const t19 = t10 * t18
    const t20 = t10 * 134217729
    const t21 = t20 - (t20 - t10)
    const t22 = t18 * 134217729
    const t23 = t22 - (t22 - t18)
    const t24 = t18 - t23
    const t25 = t10 - t21
    const t26 =
      t21 * t23 -
      t19 +
      t21 * t24 +
      t25 * t23 +
      t25 * t24 +
      ((power - t10 + t9) * t18 + t10 * (t11 - t18 + t17))
    const t27 = t19 + t26
    const t28 = 1 - t27
    t3 = copySign(t28 + (1 - t28 - t27 - (t19 - t27 + t26)), x)
  } else {
    const z = x * x
    const t29 = z * z
    const t30 =
      -0.37612638903183754 + z * 0.11283791670954915 + t29 * (-0.02686617064501486 + z * 0.005223977622282805)
    const t31 = t29 * t29
    const t32 =
      -0.0008548326538021211 +
      z * 0.00012055287890704445 +
      t29 * (-0.00001492306532249807 + z * 0.0000016372475498294883)
    t3 = x + x * (0.1283791670955126 + z * (t30 + t31 * t32 + t31 * t31 * -1.463136864934315e-7))
  }
  return t3
}

/** 1 - erf(x), accurate in its tail. */
export function erfc(x: number): number {
  if (!(-6 < x)) return erfcRare(x)
  if (!(x < 26)) return erfcRare(x)
  const t1 = Math.abs(x)
  const t2 = 0.5 < t1
  let t3: number
  if (t2) {
    const b = t2 && t1 < 27.5 ? t1 : 0.5
    const t4 = b * b
    const t5 = -t4
    const k = t5 * 184.6649652337873 + 6755399441055744 - 6755399441055744
    const n = k | 0
    const row = n & 127
    const at = 2 * row
    const fraction = EXPONENTIALS_VALUES[at]!
    const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
    const fractionTail = EXPONENTIALS_VALUES[at + 1]!
    const t6 = b * 134217729
    const t7 = t6 - (t6 - b)
    const t8 = b - t7
    const r =
      t5 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 - (t7 * t7 - t4 + 2 * t7 * t8 + t8 * t8)
    const r2 = r * r
    const p =
      0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
    const t9 = power * (fractionTail + r + r2 * p)
    const t10 = power + t9
    const row2 = (highWord(b) - 1071644672) >> 17
    const at2 = 15 * row2
    const t11 = SCALED_ERFC_VALUES[at2 + 1]!
    const t = b - SCALED_ERFC_VALUES[at2]! + 0
    const t12 = t * t
    const t13 =
      SCALED_ERFC_VALUES[at2 + 3]! +
      t * SCALED_ERFC_VALUES[at2 + 4]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 5]! + t * SCALED_ERFC_VALUES[at2 + 6]!)
    const t14 = t12 * t12
    const t15 =
      SCALED_ERFC_VALUES[at2 + 7]! +
      t * SCALED_ERFC_VALUES[at2 + 8]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 9]! + t * SCALED_ERFC_VALUES[at2 + 10]!)
    const t16 =
      SCALED_ERFC_VALUES[at2 + 11]! +
      t * SCALED_ERFC_VALUES[at2 + 12]! +
      t12 * (SCALED_ERFC_VALUES[at2 + 13]! + t * SCALED_ERFC_VALUES[at2 + 14]!)
    const t17 = SCALED_ERFC_VALUES[at2 + 2]! + t * (t13 + t14 * t15 + t14 * t14 * t16)
    const t18 = t11 + t17
    const t19 = t10 * t18
    const t20 = t10 * 134217729
    const t21 = t20 - (t20 - t10)
    const t22 = t18 * 134217729
    const t23 = t22 - (t22 - t18)
    const t24 = t18 - t23
    const t25 = t10 - t21
    const t26 =
      t21 * t23 -
      t19 +
      t21 * t24 +
      t25 * t23 +
      t25 * t24 +
      ((power - t10 + t9) * t18 + t10 * (t11 - t18 + t17))
    const t27 = t19 + t26
    let t28: number
    if (0 < x) {
      t28 = t27
    } else {
      const t29 = 2 - t27
      t28 = t29 + (2 - t29 - t27 - (t19 - t27 + t26))
    }
    t3 = t28
  } else {
    const t30 = 1 * x
    const t31 = 1 - t30
    const z = x * x
    const t32 = z * z
    const t33 =
      -0.37612638903183754 + z * 0.11283791670954915 + t32 * (-0.02686617064501486 + z * 0.005223977622282805)
    const t34 = t32 * t32
    const t35 =
      -0.0008548326538021211 +
      z * 0.00012055287890704445 +
      t32 * (-0.00001492306532249807 + z * 0.0000016372475498294883)
    const t36 = 1 * (x * (0.1283791670955126 + z * (t33 + t34 * t35 + t34 * t34 * -1.463136864934315e-7)))
    t3 = t31 + (1 - t31 - t30 - t36)
  }
  return t3
}

/** The distribution function of the standard normal distribution. */
export function normalCdf(x: number): number {
  if (!(Math.abs(x) < 37)) return normalCdfRare(x)
  const t1 = -x
  const t2 = t1 * 0.7071067811865476
  const t3 = t1 * 134217729
  const t4 = t3 - (t3 - t1)
  const t5 = t1 - t4
  const t6 =
    t4 * 0.7071067839860916 -
    t2 +
    t4 * -2.7995440410322203e-9 +
    t5 * 0.7071067839860916 +
    t5 * -2.7995440410322203e-9
  const t7 = t6 + t1 * -4.833646656726457e-17
  const t8 = t2 + t7
  const t9 = Math.abs(t8)
  const t10 = 0.5 < t9
  const t11 = t2 - t8 + t7
  let t12: number
  if (t10) {
    const t13 = t8 < 0
    const t14 = x * x
    const t15 = -(0.5 * t14)
    const k = t15 * 184.6649652337873 + 6755399441055744 - 6755399441055744
    const n = k | 0
    const row = n & 127
    const at = 2 * row
    const fraction = EXPONENTIALS_VALUES[at]!
    const power = fraction * POWERS_OF_TWO[(n >> 7) + 1074]!
    const fractionTail = EXPONENTIALS_VALUES[at + 1]!
    const t16 = x * 134217729
    const t17 = t16 - (t16 - x)
    const t18 = x - t17
    const r =
      t15 -
      k * 0.005415212347998022 -
      k * 1.2655086083325438e-13 -
      0.5 * (t17 * t17 - t14 + 2 * t17 * t18 + t18 * t18)
    const r2 = r * r
    const p =
      0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
    const t19 = power * (fractionTail + r + r2 * p)
    const t20 = power + t19
    const b = t10 && t9 < 27.5 ? t9 : 0.5
    const row2 = (highWord(b) - 1071644672) >> 17
    const at2 = 15 * row2
    const t21 = SCALED_ERFC_VALUES[at2 + 1]!
    const t = b - SCALED_ERFC_VALUES[at2]! + (t13 ? -t11 : t11)
    const t22 = t * t
    const t23 =
      SCALED_ERFC_VALUES[at2 + 3]! +
      t * SCALED_ERFC_VALUES[at2 + 4]! +
      t22 * (SCALED_ERFC_VALUES[at2 + 5]! + t * SCALED_ERFC_VALUES[at2 + 6]!)
    const t24 = t22 * t22
    const t25 =
      SCALED_ERFC_VALUES[at2 + 7]! +
      t * SCALED_ERFC_VALUES[at2 + 8]! +
      t22 * (SCALED_ERFC_VALUES[at2 + 9]! + t * SCALED_ERFC_VALUES[at2 + 10]!)
    const t26 =
      SCALED_ERFC_VALUES[at2 + 11]! +
      t * SCALED_ERFC_VALUES[at2 + 12]! +
      t22 * (SCALED_ERFC_VALUES[at2 + 13]! + t * SCALED_ERFC_VALUES[at2 + 14]!)
    const t27 = SCALED_ERFC_VALUES[at2 + 2]! + t * (t23 + t24 * t25 + t24 * t24 * t26)
    const t28 = t21 + t27
    const t29 = t20 * t28
    const t30 = t20 * 134217729
    const t31 = t30 - (t30 - t20)
    const t32 = t28 * 134217729
    const t33 = t32 - (t32 - t28)
    const t34 = t28 - t33
    const t35 = t20 - t31
    const t36 =
      t31 * t33 -
      t29 +
      t31 * t34 +
      t35 * t33 +
      t35 * t34 +
      ((power - t20 + t19) * t28 + t20 * (t21 - t28 + t27))
    const t37 = t29 + t36
    const t38 = 0.5 * t37
    let t39: number
    if (t13) {
      const t40 = 1 - t38
      t39 = t40 + (1 - t40 - t38 - 0.5 * (t29 - t37 + t36))
    } else {
      t39 = t38
    }
    t12 = t39
  } else {
    const t41 = 0.5 * t8
    const t42 = 0.5 - t41
    const z = t8 * t8
    const t43 = z * z
    const t44 =
      -0.37612638903183754 + z * 0.11283791670954915 + t43 * (-0.02686617064501486 + z * 0.005223977622282805)
    const t45 = t43 * t43
    const t46 =
      -0.0008548326538021211 +
      z * 0.00012055287890704445 +
      t43 * (-0.00001492306532249807 + z * 0.0000016372475498294883)
    const t47 =
      t8 * (0.1283791670955126 + z * (t44 + t45 * t46 + t45 * t45 * -1.463136864934315e-7)) +
      1.13 * (1 - z) * t11
    t12 = t42 + (0.5 - t42 - t41 - 0.5 * t47)
  }
  return t12
}
