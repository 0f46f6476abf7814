// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.
// The reasons, bounds and sources are there. Adding and subtracting 6755399441055744 = 1.5 * 2^52 rounds to an integer;
// 134217729 = 2^27 + 1 splits a double into halves whose products are exact.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: coefficients are what the derivation gave

import { highWord, POWERS_OF_TWO } from '../bits.js'
import { ARCTANGENTS, COARSE_LOGARITHMS, EXPONENTIALS, LOGARITHMS, SCALED_ERFC, SINES } from './tables.js'

const ARCTANGENTS_VALUES: Float64Array = ARCTANGENTS.values
const COARSE_LOGARITHMS_VALUES: Float64Array = COARSE_LOGARITHMS.values
const EXPONENTIALS_VALUES: Float64Array = EXPONENTIALS.values
const LOGARITHMS_VALUES: Float64Array = LOGARITHMS.values
const SCALED_ERFC_VALUES: Float64Array = SCALED_ERFC.values
const SINES_VALUES: Float64Array = SINES.values

/** What a part hands over beside its value, until the next call of a part. */
export const beside: { tail: number; exponent: number } = { tail: 0, exponent: 0 }

/** e^(x + xTail) without its power of two, between 1/2 and 2, with its tail and its exponent. */
export function expParts(x: number, xTail: number): number {
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const row = n & 127
  const at = 2 * row
  const fraction = EXPONENTIALS_VALUES[at]!
  const fractionTail = EXPONENTIALS_VALUES[at + 1]!
  const r = x - k * 0.005415212347998022 - k * 1.2655086083325438e-13 + xTail
  const r2 = r * r
  const p =
    0.49999999999997574 + r * 0.16666666666666893 + r2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t1 = fraction * (fractionTail + r + r2 * p)
  const t2 = fraction + t1
  beside.tail = fraction - t2 + t1
  beside.exponent = n >> 7
  return t2
}

/** ln(x + xTail) + extra ln 2, with its tail. */
export function logParts(x: number, xTail: number, extra: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  const t1 = k + extra
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = t1 * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t2 = h + r
  const t3 = r * r
  const t4 = -0.5 * t3
  const t5 = t2 + t4
  const t6 = t5 - t2
  const t7 = t2 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + t1 * 5.497923018708371e-14
  const t8 = r * 134217729
  const t9 = t8 - (t8 - r)
  const t10 = r - t9
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t3 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t3 * t3 * (0.1428571426072578 + r * -0.12500704543852134 + t3 * 0.11111923150318452)
  const cubic = r * t3 * t12
  const t13 = h - (t2 - t7) + (r - t7) + (hTail - 0.5 * (t9 * t9 - t3 + 2 * t9 * t10 + t10 * t10) + cubic)
  const t14 = xTail * (256 * POWERS_OF_TWO[1074 - k]! * c)
  const t15 = t2 - (t5 - t6) + (t4 - t6) + t13 + (t14 - r * t14)
  const t16 = t5 + t15
  beside.tail = t5 - t16 + t15
  return t16
}

/** log2(x) + extra */
export function log2Parts(x: number, extra: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  const t1 = k + extra
  const row = (above >> 12) & 255
  const at = 3 * row
  const t2 = COARSE_LOGARITHMS_VALUES[at + 2]!
  const r = (x * POWERS_OF_TWO[1074 - k]! - COARSE_LOGARITHMS_VALUES[at]!) * COARSE_LOGARITHMS_VALUES[at + 1]!
  const t3 = t2 + r
  const t4 = t3 * 1.4426950408889634
  const t5 = t1 + t4
  const t6 = t3 * 134217729
  const t7 = t6 - (t6 - t3)
  const t8 = t3 - t7
  const t9 =
    t7 * 1.4426950514316559 -
    t4 +
    t7 * -1.0542692496784412e-8 +
    t8 * 1.4426950514316559 +
    t8 * -1.0542692496784412e-8
  const r2 = r * r
  const t10 =
    -0.250000000048237 + 0.20000003328552046 * r + r2 * (-0.16666512766166608 + 0.1412953422109866 * r)
  const curve = r2 * (-0.5 + 0.3333333333331613 * r + r2 * t10)
  const t11 = t1 - t5 + t4 + (t9 + ((t2 - t3 + r + curve) * 1.4426950408889634 + t3 * 2.0355273740931033e-17))
  return t5 + t11
}

/** log10(x) + extra log10(2) */
export function log10Parts(x: number, extra: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  const t1 = k + extra
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = t1 * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t2 = h + r
  const t3 = r * r
  const t4 = -0.5 * t3
  const t5 = t2 + t4
  const t6 = t5 - t2
  const t7 = t2 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + t1 * 5.497923018708371e-14
  const t8 = r * 134217729
  const t9 = t8 - (t8 - r)
  const t10 = r - t9
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t3 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t3 * t3 * (0.1428571426072578 + r * -0.12500704543852134 + t3 * 0.11111923150318452)
  const cubic = r * t3 * t12
  const t13 = h - (t2 - t7) + (r - t7) + (hTail - 0.5 * (t9 * t9 - t3 + 2 * t9 * t10 + t10 * t10) + cubic)
  const t14 = t2 - (t5 - t6) + (t4 - t6) + t13
  const t15 = t5 + t14
  const t16 = t15 * 0.4342944819032518
  const t17 = t15 * 134217729
  const t18 = t17 - (t17 - t15)
  const t19 = t15 - t18
  const t20 =
    t18 * 0.4342944845557213 -
    t16 +
    t18 * -2.652469466291052e-9 +
    t19 * 0.4342944845557213 +
    t19 * -2.652469466291052e-9
  return t16 + (t20 + ((t5 - t15 + t14) * 0.4342944819032518 + t15 * 1.098319650216765e-17))
}

/** What remains of x, |x| < 1.6e6, less the nearest multiple of pi / 32, with its tail; the multiple as exponent. */
export function reduceParts(x: number): number {
  const k = x * 10.185916357881302 + 6755399441055744 - 6755399441055744
  const t1 = x - k * 0.09817477036267519
  const t2 = k * 6.200584858929992e-11
  const t3 = t1 - t2
  const t4 = k * 1.407338606646661e-19
  const t5 = t3 - t4
  const t6 = t1 - t3 - t2 + (t3 - t5 - t4) - k * 2.2009749157395e-28
  const t7 = t5 + t6
  beside.tail = t5 - t7 + t6
  beside.exponent = k | 0
  return t7
}

/** The sine of multiple * pi / 32 + r + rTail, |r| <= pi / 64. */
export function sinParts(r: number, rTail: number, multiple: number): number {
  const row = multiple & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t1 = short * r
  const sum = s + t1
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t1 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  return sum - low
}

/** The cosine of multiple * pi / 32 + r + rTail, |r| <= pi / 64. */
export function cosParts(r: number, rTail: number, multiple: number): number {
  const row = (multiple + 16) & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t1 = short * r
  const sum = s + t1
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t1 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  return sum - low
}

/** The tangent of multiple * pi / 32 + r + rTail, |r| <= pi / 64. */
export function tanParts(r: number, rTail: number, multiple: number): number {
  const row = multiple & 63
  const at = 4 * row
  const s = SINES_VALUES[at]!
  const short = SINES_VALUES[at + 2]!
  const t1 = short * r
  const sum = s + t1
  const z = r * r
  const versine = z * (0.4999999999999361 + z * (-0.04166666650598721 + z * 0.0013887739766292647))
  const rest = SINES_VALUES[at + 3]!
  const beyond =
    r * z * (-0.16666666666665958 + z * (0.008333333315479894 + z * -0.0001983999302966078)) + rTail
  const low = sum - s - t1 - SINES_VALUES[at + 1]! + (s * versine - (rest * r + (short + rest) * beyond))
  const t2 = sum - low
  const row2 = (multiple + 16) & 63
  const at2 = 4 * row2
  const s2 = SINES_VALUES[at2]!
  const short2 = SINES_VALUES[at2 + 2]!
  const t3 = short2 * r
  const sum2 = s2 + t3
  const rest2 = SINES_VALUES[at2 + 3]!
  const low2 =
    sum2 - s2 - t3 - SINES_VALUES[at2 + 1]! + (s2 * versine - (rest2 * r + (short2 + rest2) * beyond))
  const t4 = sum2 - low2
  const inverse = 1 / t4
  const t5 = t2 * inverse
  const t6 = t5 * 134217729
  const q = t6 - (t6 - t5)
  const t7 = t4 * 134217729
  const t8 = t7 - (t7 - t4)
  const remainder = t2 - q * t8 - q * (t4 - t8 + (sum2 - t4 - low2))
  return q + (remainder + (sum - t2 - low)) * inverse
}

/** y (ln x + extra ln 2), with its tail. */
export function powExponent(x: number, y: number, extra: number): number {
  const above = highWord(x) - 1072037888
  const k = above >> 20
  const t1 = k + extra
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = t1 * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const c = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * c
  const t2 = h + r
  const t3 = r * r
  const t4 = -0.5 * t3
  const t5 = t2 + t4
  const t6 = t5 - t2
  const t7 = t2 - h
  const hTail = LOGARITHMS_VALUES[at + 3]! + t1 * 5.497923018708371e-14
  const t8 = r * 134217729
  const t9 = t8 - (t8 - r)
  const t10 = r - t9
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t3 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t3 * t3 * (0.1428571426072578 + r * -0.12500704543852134 + t3 * 0.11111923150318452)
  const cubic = r * t3 * t12
  const t13 = h - (t2 - t7) + (r - t7) + (hTail - 0.5 * (t9 * t9 - t3 + 2 * t9 * t10 + t10 * t10) + cubic)
  const t14 = t2 - (t5 - t6) + (t4 - t6) + t13
  const t15 = t5 + t14
  const t16 = y * t15
  const t17 = y * 134217729
  const t18 = t17 - (t17 - y)
  const t19 = t15 * 134217729
  const t20 = t19 - (t19 - t15)
  const t21 = t15 - t20
  const t22 = y - t18
  beside.tail = t18 * t20 - t16 + t18 * t21 + t22 * t20 + t22 * t21 + y * (t5 - t15 + t14)
  return t16
}

/** The angle of the point (x + xTail, y + yTail), 0 <= y <= x, with its tail. */
export function angleParts(y: number, yTail: number, x: number, xTail: number): number {
  const t1 = y / x
  const c = (t1 < 1.00390625 ? t1 : 0) + 105553116266496 - 105553116266496
  const t2 = (c * 64) | 0
  const at = 2 * t2
  const t3 = ARCTANGENTS_VALUES[at]!
  const t4 = c * x
  const t5 = y - t4
  const t6 = c * y
  const t7 = x + t6
  const inverse = 1 / t7
  const t8 = t5 * inverse
  const t9 = t8 * 134217729
  const q = t9 - (t9 - t8)
  const t10 = t3 + q
  const t11 = t7 * 134217729
  const t12 = t11 - (t11 - t7)
  const t13 = y * 134217729
  const t14 = t13 - (t13 - y)
  const remainder =
    t5 - q * t12 - q * (t7 - t12 + (x - t7 + t6 + (c * t14 - t6 + c * (y - t14) + xTail + c * yTail)))
  const t15 = x * 134217729
  const t16 = t15 - (t15 - x)
  const t17 = (remainder + (yTail - (c * t16 - t4 + c * (x - t16)) - c * xTail)) * inverse
  const t18 = q + t17
  const z = t18 * t18
  const t19 =
    -0.3333333333333333 + z * 0.1999999999999853 + z * z * (-0.1428571421415835 + z * 0.11109737451733093)
  const t20 = t3 - t10 + q + (ARCTANGENTS_VALUES[at + 1]! + (t17 + t18 * z * t19))
  const t21 = t10 + t20
  beside.tail = t10 - t21 + t20
  return t21
}

/** sqrt(x^2 + y^2) where no square over- or underflows. */
export function hypotParts(x: number, y: number): number {
  const t1 = Math.abs(x)
  const t2 = Math.abs(y)
  const t3 = Math.max(t1, t2)
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

/** x / sqrt(x^2 + y^2) where no square over- or underflows. */
export function directionCosineParts(x: number, y: number): number {
  const t1 = Math.abs(x)
  const t2 = Math.abs(y)
  const t3 = Math.max(t1, t2)
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

/** x^2 with its tail. */
export function squareParts(x: number): number {
  const t1 = x * x
  const t2 = x * 134217729
  const t3 = t2 - (t2 - x)
  const t4 = x - t3
  beside.tail = t3 * t3 - t1 + 2 * t3 * t4 + t4 * t4
  return t1
}

/** (x + xTail) (y + yTail) with its tail. */
export function productParts(x: number, xTail: number, y: number, yTail: number): number {
  const t1 = x * y
  const t2 = x * 134217729
  const t3 = t2 - (t2 - x)
  const t4 = y * 134217729
  const t5 = t4 - (t4 - y)
  const t6 = y - t5
  const t7 = x - t3
  const t8 = t3 * t5 - t1 + t3 * t6 + t7 * t5 + t7 * t6 + (xTail * y + x * yTail)
  const t9 = t1 + t8
  beside.tail = t1 - t9 + t8
  return t9
}

/** e^(x^2) erfc(x) with its tail, 1/2 <= x < 28. */
export function scaledErfcParts(x: number, xTail: number): number {
  const row = (highWord(x) - 1071644672) >> 17
  const at = 15 * row
  const t1 = SCALED_ERFC_VALUES[at + 1]!
  const t = x - SCALED_ERFC_VALUES[at]! + xTail
  const t2 = t * t
  const t3 =
    SCALED_ERFC_VALUES[at + 3]! +
    t * SCALED_ERFC_VALUES[at + 4]! +
    t2 * (SCALED_ERFC_VALUES[at + 5]! + t * SCALED_ERFC_VALUES[at + 6]!)
  const t4 = t2 * t2
  const t5 =
    SCALED_ERFC_VALUES[at + 7]! +
    t * SCALED_ERFC_VALUES[at + 8]! +
    t2 * (SCALED_ERFC_VALUES[at + 9]! + t * SCALED_ERFC_VALUES[at + 10]!)
  const t6 =
    SCALED_ERFC_VALUES[at + 11]! +
    t * SCALED_ERFC_VALUES[at + 12]! +
    t2 * (SCALED_ERFC_VALUES[at + 13]! + t * SCALED_ERFC_VALUES[at + 14]!)
  const t7 = SCALED_ERFC_VALUES[at + 2]! + t * (t3 + t4 * t5 + t4 * t4 * t6)
  const t8 = t1 + t7
  beside.tail = t1 - t8 + t7
  return t8
}
