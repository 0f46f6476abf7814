// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: coefficients are what the derivation gave
// biome-ignore-all lint/complexity/useMathMinMax: a select and Math.max differ for NaN

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
  sinhRare,
  sinRare,
  softplusRare,
  tanhRare,
  tanRare,
} from '../rare.js'
import { CIRCULAR_TAILS, EXPONENTIALS, LOGARITHMS } from '../tables.js'

const CIRCULAR_TAILS_VALUES: Float64Array = CIRCULAR_TAILS.values
const EXPONENTIALS_VALUES: Float64Array = EXPONENTIALS.values
const LOGARITHMS_VALUES: Float64Array = LOGARITHMS.values

/** e^x */
export function exp(x: number): number {
  if (!(Math.abs(x) < 708)) return expRare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const at = 2 * t1
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = x - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t2 = r * r
  const t3 =
    0.49999999999997574 + r * 0.16666666666666893 + t2 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[at + 1]! + (r + t2 * t3))
}

/** e^x - 1 */
export function expm1(x: number): number {
  if (!(Math.abs(x) < 708)) return expm1Rare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const at = 2 * t1
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const s = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t2 = x - k * 0.005415212347998022
  const t3 = k * 1.2655086083325438e-13
  const r = t2 - t3
  const sum = h + r
  const t4 = h - s
  const t5 = EXPONENTIALS_VALUES[at + 1]!
  const t6 = r * r
  const t7 =
    0.49999999999997574 + r * 0.16666666666666893 + t6 * (0.04166667964910274 + r * 0.008333334514837976)
  const t8 =
    sum - h - r - (s - (h - t4) + (-1 - t4) + (h * r + s * (t5 + t5 * r + (t6 * t7 + (t2 - r - t3)))))
  return sum - t8
}

/** ln x */
export function log(x: number): number {
  const k = (highWord(x) - 1072037888) >> 20
  if (!(Math.abs(k) < 1000)) return logRare(x)
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t1 =
    -0.2499999999240016 + r * (0.1999999998329586 + r * (-0.16667306176316915 + r * 0.14286499136364514))
  const t2 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 +
    r * r * (-0.5 + r * (0.3333333333333343 + r * t1))
  return h + (r + t2)
}

/** ln(1 + x) */
export function log1p(x: number): number {
  const t1 = 1 + x
  const k = (highWord(t1) - 1072037888) >> 20
  if (!(Math.abs(k) < 1000)) return log1pRare(x)
  const z256 = t1 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const t2 = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * t2
  const t3 = (1 - t1 + x) * (256 * POWERS_OF_TWO[1074 - k]! * t2)
  const t4 =
    -0.2499999999240016 + r * (0.1999999998329586 + r * (-0.16667306176316915 + r * 0.14286499136364514))
  const t5 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 +
    (t3 - r * t3) +
    r * r * (-0.5 + r * (0.3333333333333343 + r * t4))
  return copySign(h + (r + t5), x)
}

/** The logarithm to base 2, exact for powers of 2. */
export function log2(x: number): number {
  const k = (highWord(x) - 1072037888) >> 20
  if (!(Math.abs(k) < 1000)) return log2Rare(x)
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t1 = h + r
  const t2 = r * r
  const t3 = -0.5 * t2
  const t4 = t1 + t3
  const t5 = t4 - t1
  const t6 = t1 - h
  const t7 = r * 134217729
  const t8 = t7 - (t7 - r)
  const t9 = r - t8
  const t10 =
    LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14 - 0.5 * (t8 * t8 - t2 + 2 * t8 * t9 + t9 * t9)
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t2 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t2 * t2 * (0.1428571426072578 + r * -0.12500704543852134 + t2 * 0.11111923150318452)
  const t13 = t1 - (t4 - t5) + (t3 - t5) + (h - (t1 - t6) + (r - t6) + (t10 + r * t2 * t12))
  const t14 = t4 + t13
  const t15 = t14 * 1.4426950408889634
  const t16 = t14 * 134217729
  const t17 = t16 - (t16 - t14)
  const t18 = 1.4426950408889634 * 134217729
  const t19 = t18 - (t18 - 1.4426950408889634)
  const t20 = 1.4426950408889634 - t19
  const t21 = t14 - t17
  const t22 =
    t17 * t19 -
    t15 +
    t17 * t20 +
    t21 * t19 +
    t21 * t20 +
    ((t4 - t14 + t13) * 1.4426950408889634 + t14 * 2.0355273740931033e-17)
  return t15 + t22
}

/** The logarithm to base 10, exact for powers of 10. */
export function log10(x: number): number {
  const k = (highWord(x) - 1072037888) >> 20
  if (!(Math.abs(k) < 1000)) return log10Rare(x)
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t1 = h + r
  const t2 = r * r
  const t3 = -0.5 * t2
  const t4 = t1 + t3
  const t5 = t4 - t1
  const t6 = t1 - h
  const t7 = r * 134217729
  const t8 = t7 - (t7 - r)
  const t9 = r - t8
  const t10 =
    LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14 - 0.5 * (t8 * t8 - t2 + 2 * t8 * t9 + t9 * t9)
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t2 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t2 * t2 * (0.1428571426072578 + r * -0.12500704543852134 + t2 * 0.11111923150318452)
  const t13 = t1 - (t4 - t5) + (t3 - t5) + (h - (t1 - t6) + (r - t6) + (t10 + r * t2 * t12))
  const t14 = t4 + t13
  const t15 = t14 * 0.4342944819032518
  const t16 = t14 * 134217729
  const t17 = t16 - (t16 - t14)
  const t18 = 0.4342944819032518 * 134217729
  const t19 = t18 - (t18 - 0.4342944819032518)
  const t20 = 0.4342944819032518 - t19
  const t21 = t14 - t17
  const t22 =
    t17 * t19 -
    t15 +
    t17 * t20 +
    t21 * t19 +
    t21 * t20 +
    ((t4 - t14 + t13) * 0.4342944819032518 + t14 * 1.098319650216765e-17)
  return t15 + t22
}

/** The sine of x. */
export function sin(x: number): number {
  if (!(Math.abs(x) < 16000)) return sinRare(x)
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = (quadrant & 1) !== 0
  const t2 = x - k * 1.5707963267923333
  const t3 = k * 2.5633441515905732e-12
  const t4 = t2 - t3
  const t5 = k * 3.9455541665632055e-24 - (t2 - t4 - t3)
  const r = t4 - t5
  const z = r * r
  const t6 = 0.5 * z
  const t7 = 1 - t6
  const rTail = t4 - r - t5
  let t8: number
  if (t1) {
    t8 = r * rTail - (1 - t7 - t6)
  } else {
    t8 = t6 * rTail - rTail
  }
  const t9 = quadrant & 1
  const at = 6 * t9
  const t10 =
    CIRCULAR_TAILS_VALUES[at + 3]! + z * (CIRCULAR_TAILS_VALUES[at + 4]! + z * CIRCULAR_TAILS_VALUES[at + 5]!)
  const t11 =
    CIRCULAR_TAILS_VALUES[at]! +
    z * (CIRCULAR_TAILS_VALUES[at + 1]! + z * (CIRCULAR_TAILS_VALUES[at + 2]! + z * t10))
  const t12 = (t1 ? t7 : r) - (t8 - (t1 ? z * z : z * r) * t11)
  return (quadrant & 2) !== 0 ? -t12 : t12
}

/** The cosine of x. */
export function cos(x: number): number {
  if (!(Math.abs(x) < 16000)) return cosRare(x)
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = quadrant + 1
  const t2 = (t1 & 1) !== 0
  const t3 = x - k * 1.5707963267923333
  const t4 = k * 2.5633441515905732e-12
  const t5 = t3 - t4
  const t6 = k * 3.9455541665632055e-24 - (t3 - t5 - t4)
  const r = t5 - t6
  const z = r * r
  const t7 = 0.5 * z
  const t8 = 1 - t7
  const rTail = t5 - r - t6
  let t9: number
  if (t2) {
    t9 = r * rTail - (1 - t8 - t7)
  } else {
    t9 = t7 * rTail - rTail
  }
  const t10 = t1 & 1
  const at = 6 * t10
  const t11 =
    CIRCULAR_TAILS_VALUES[at + 3]! + z * (CIRCULAR_TAILS_VALUES[at + 4]! + z * CIRCULAR_TAILS_VALUES[at + 5]!)
  const t12 =
    CIRCULAR_TAILS_VALUES[at]! +
    z * (CIRCULAR_TAILS_VALUES[at + 1]! + z * (CIRCULAR_TAILS_VALUES[at + 2]! + z * t11))
  const t13 = (t2 ? t8 : r) - (t9 - (t2 ? z * z : z * r) * t12)
  return (t1 & 2) !== 0 ? -t13 : t13
}

/** The tangent of x. */
export function tan(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 16000)) return tanRare(x)
  if (t1 < 7.450580596923828e-9) return x
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t2 = (quadrant & 1) !== 0
  const t3 = x - k * 1.5707963267923333
  const t4 = k * 2.5633441515905732e-12
  const t5 = t3 - t4
  const t6 = k * 3.9455541665632055e-24 - (t3 - t5 - t4)
  const r = t5 - t6
  const z = r * r
  const t7 = 0.5 * z
  const t8 = 1 - t7
  const t9 =
    0.00002480158728944418 +
    z * (-2.755731434087428e-7 + z * (2.0875721654575356e-9 + z * -1.1359560998996632e-11))
  const rTail = t5 - r - t6
  const t10 = r * 134217729
  const t11 = t10 - (t10 - r)
  const t12 = r - t11
  const t13 =
    z * z * (0.0416666666666666 + z * (-0.0013888888888874066 + z * t9)) -
    (r * rTail - (1 - t8 - t7) + 0.5 * (t11 * t11 - z + 2 * t11 * t12 + t12 * t12))
  const t14 = t8 + t13
  const t15 =
    -0.00019841269829770563 +
    z * (0.0000027557313678397227 + z * (-2.505075591517207e-8 + z * 1.5896663721225916e-10))
  const t16 = z * r * (-0.16666666666666632 + z * (0.00833333333332237 + z * t15)) - (t7 * rTail - rTail)
  const t17 = r + t16
  const t18 = t2 ? -t14 : t17
  const t19 = t2 ? t17 : t14
  const t20 = 1 / t19
  const t21 = t18 * t20
  const t22 = t21 * 134217729
  const t23 = t22 - (t22 - t21)
  const t24 = t19 * 134217729
  const t25 = t24 - (t24 - t19)
  const t26 = r - t17 + t16
  const t27 = t8 - t14 + t13
  return t23 + (t18 - t23 * t25 - t23 * (t19 - t25 + (t2 ? t26 : t27)) + (t2 ? -t27 : t26)) * t20
}

/** (e^x - e^-x) / (e^x + e^-x) */
export function tanh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 354)) return tanhRare(x)
  const t2 = -2 * t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const s = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t4 = t2 - k * 0.005415212347998022
  const t5 = k * 1.2655086083325438e-13
  const r = t4 - t5
  const sum = h + r
  const t6 = EXPONENTIALS_VALUES[at + 1]!
  const t7 = r * r
  const t8 =
    0.49999999999997574 + r * 0.16666666666666893 + t7 * (0.04166667964910274 + r * 0.008333334514837976)
  const t9 = -(sum - h - r - (s - (1 + h) + (h * r + s * (t6 + t6 * r + (t7 * t8 + (t4 - r - t5))))))
  const t10 = sum + t9
  const t11 = -t10
  const t12 = 2 + t10
  const t13 = 1 / t12
  const t14 = t11 * t13
  const t15 = t14 * 134217729
  const t16 = t15 - (t15 - t14)
  const t17 = t12 + 201326592 - 201326592
  const t18 = sum - t10 + t9
  const t19 = copySign(t16 + (t11 - t16 * t17 - t16 * (t12 - t17 + (2 - t12 + t10 + t18)) - t18) * t13, x)
  return t19
}

/** 1 / cosh(x)^2, the derivative of tanh */
export function sech2(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 354)) return sech2Rare(x)
  const t2 = -2 * t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = 1 + t7
  const t9 = 1 / t8
  const t10 = 1 * t9
  const t11 = t10 * 134217729
  const t12 = t11 - (t11 - t10)
  const t13 = t12 * t12
  const t14 = t7 * t13
  const t15 = t7 * 134217729
  const t16 = t15 - (t15 - t7)
  const t17 = t13 * 134217729
  const t18 = t17 - (t17 - t13)
  const t19 = t13 - t18
  const t20 = t7 - t16
  const t21 = power - t7 + t6
  const t22 = t8 * 134217729
  const t23 = t22 - (t22 - t8)
  const t24 = (1 - t12 * t23 - t12 * (t8 - t23 + (1 - t8 + t7 + t21))) * t9
  const t25 =
    t16 * t18 - t14 + t16 * t19 + t20 * t18 + t20 * t19 + (t21 * t13 + t7 * (t24 * (t12 + t12 + t24)))
  return 4 * (t14 + t25)
}

/** (e^x - e^-x) / 2 */
export function sinh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 690)) return sinhRare(x)
  if (t1 < 3.725290298461914e-9) return x
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const at = 2 * t2
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const s = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t3 = t1 - k * 0.005415212347998022
  const t4 = k * 1.2655086083325438e-13
  const r = t3 - t4
  const sum = h + r
  const t5 = EXPONENTIALS_VALUES[at + 1]!
  const t6 = r * r
  const t7 =
    0.49999999999997574 + r * 0.16666666666666893 + t6 * (0.04166667964910274 + r * 0.008333334514837976)
  const t8 = -(sum - h - r - (s - h - 1 + (h * r + s * (t5 + t5 * r + (t6 * t7 + (t3 - r - t4))))))
  const t9 = sum + t8
  const t10 = 1 + t9
  const t11 = 1 / t10
  const t12 = t9 * t11
  const t13 = t12 * 134217729
  const t14 = t13 - (t13 - t12)
  const t15 = t9 + t14
  const t16 = sum - t9 + t8
  const t17 = t10 * 134217729
  const t18 = t17 - (t17 - t10)
  const t19 = t10 - 1
  const t20 = t16 + (t9 - t14 * t18 - t14 * (t10 - t18 + (1 - (t10 - t19) + (t9 - t19) + t16)) + t16) * t11
  return copySign(0.5 * (t15 + (t9 - t15 + t14 + t20)), x)
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 690)) return coshRare(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const at = 2 * t2
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t3 = r * r
  const t4 =
    0.49999999999997574 + r * 0.16666666666666893 + t3 * (0.04166667964910274 + r * 0.008333334514837976)
  const t5 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t3 * t4))
  const t6 = power + t5
  const t7 = 1 / t6
  const t8 = 1 * t7
  const t9 = t8 * 134217729
  const t10 = t9 - (t9 - t8)
  const t11 = t6 + t10
  const t12 = power - t6 + t5
  const t13 = t6 * 134217729
  const t14 = t13 - (t13 - t6)
  return 0.5 * (t11 + (t6 - t11 + t10 + (t12 + (1 - t10 * t14 - t10 * (t6 - t14 + t12)) * t7)))
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
  const k = (highWord(t16) - 1072037888) >> 20
  const z256 = t16 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const t17 = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * t17
  const t18 = h + r
  const t19 = r * r
  const t20 = -0.5 * t19
  const t21 = t18 + t20
  const t22 = t21 - t18
  const t23 = t18 - h
  const t24 = r * 134217729
  const t25 = t24 - (t24 - r)
  const t26 = r - t25
  const t27 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t25 * t25 - t19 + 2 * t25 * t26 + t26 * t26)
  const t28 =
    0.3333333333333333 + r * -0.250000000000001 + t19 * (0.20000000000000298 + r * -0.1666666665123798)
  const t29 = t28 + t19 * t19 * (0.1428571426072578 + r * -0.12500704543852134 + t19 * 0.11111923150318452)
  const t30 = t16 - t1
  const t31 = (t1 - (t16 - t30) + (t15 - t30) + (t4 - t15 + t14)) * (256 * POWERS_OF_TWO[1074 - k]! * t17)
  const t32 =
    t18 - (t21 - t22) + (t20 - t22) + (h - (t18 - t23) + (r - t23) + (t27 + r * t19 * t29)) + (t31 - r * t31)
  const t33 = t21 + t32
  return copySign(t33 + (t21 - t33 + t32), x)
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
  const k = (highWord(t15) - 1072037888) >> 20
  const z256 = t15 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const t16 = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * t16
  const t17 = h + r
  const t18 = r * r
  const t19 = -0.5 * t18
  const t20 = t17 + t19
  const t21 = t20 - t17
  const t22 = t17 - h
  const t23 = r * 134217729
  const t24 = t23 - (t23 - r)
  const t25 = r - t24
  const t26 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t24 * t24 - t18 + 2 * t24 * t25 + t25 * t25)
  const t27 =
    0.3333333333333333 + r * -0.250000000000001 + t18 * (0.20000000000000298 + r * -0.1666666665123798)
  const t28 = t27 + t18 * t18 * (0.1428571426072578 + r * -0.12500704543852134 + t18 * 0.11111923150318452)
  const t29 = t15 - x
  const t30 = (x - (t15 - t29) + (t14 - t29) + (t3 - t14 + t13)) * (256 * POWERS_OF_TWO[1074 - k]! * t16)
  const t31 =
    t17 - (t20 - t21) + (t19 - t21) + (h - (t17 - t22) + (r - t22) + (t26 + r * t18 * t28)) + (t30 - r * t30)
  const t32 = t20 + t31
  return t32 + (t20 - t32 + t31)
}

/** ln((1 + x) / (1 - x)) / 2 */
export function atanh(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 1)) return atanhRare(x)
  if (t1 < 3.725290298461914e-9) return x
  const t2 = t1 + t1
  const t3 = -t1
  const t4 = 1 + t3
  const t5 = 1 / t4
  const t6 = t2 * t5
  const t7 = t6 * 134217729
  const t8 = t7 - (t7 - t6)
  const t9 = t4 * 134217729
  const t10 = t9 - (t9 - t4)
  const t11 = t4 - 1
  const t12 = (t2 - t8 * t10 - t8 * (t4 - t10 + (1 - (t4 - t11) + (t3 - t11)))) * t5
  const t13 = t8 + t12
  const t14 = 1 + t13
  const k = (highWord(t14) - 1072037888) >> 20
  const z256 = t14 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const t15 = LOGARITHMS_VALUES[at]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * t15
  const t16 = h + r
  const t17 = r * r
  const t18 = -0.5 * t17
  const t19 = t16 + t18
  const t20 = t19 - t16
  const t21 = t16 - h
  const t22 = r * 134217729
  const t23 = t22 - (t22 - r)
  const t24 = r - t23
  const t25 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t23 * t23 - t17 + 2 * t23 * t24 + t24 * t24)
  const t26 =
    0.3333333333333333 + r * -0.250000000000001 + t17 * (0.20000000000000298 + r * -0.1666666665123798)
  const t27 = t26 + t17 * t17 * (0.1428571426072578 + r * -0.12500704543852134 + t17 * 0.11111923150318452)
  const t28 = t14 - 1
  const t29 = (1 - (t14 - t28) + (t13 - t28) + (t8 - t13 + t12)) * (256 * POWERS_OF_TWO[1074 - k]! * t15)
  const t30 =
    t16 - (t19 - t20) + (t18 - t20) + (h - (t16 - t21) + (r - t21) + (t25 + r * t17 * t27)) + (t29 - r * t29)
  const t31 = t19 + t30
  return copySign(0.5 * (t31 + (t19 - t31 + t30)), x)
}

/** x^y */
export function pow(x: number, y: number): number {
  const k = (highWord(x) - 1072037888) >> 20
  if (!(Math.abs(k) < 1000)) return powRare(x, y)
  if (!(Math.abs(y) < 18446744073709552000)) return powRare(x, y)
  const z256 = x * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t1 = h + r
  const t2 = r * r
  const t3 = -0.5 * t2
  const t4 = t1 + t3
  const t5 = t4 - t1
  const t6 = t1 - h
  const t7 = r * 134217729
  const t8 = t7 - (t7 - r)
  const t9 = r - t8
  const t10 =
    LOGARITHMS_VALUES[at + 3]! + k * 5.497923018708371e-14 - 0.5 * (t8 * t8 - t2 + 2 * t8 * t9 + t9 * t9)
  const t11 =
    0.3333333333333333 + r * -0.250000000000001 + t2 * (0.20000000000000298 + r * -0.1666666665123798)
  const t12 = t11 + t2 * t2 * (0.1428571426072578 + r * -0.12500704543852134 + t2 * 0.11111923150318452)
  const t13 = t1 - (t4 - t5) + (t3 - t5) + (h - (t1 - t6) + (r - t6) + (t10 + r * t2 * t12))
  const t14 = t4 + t13
  const t15 = y * t14
  if (!(Math.abs(t15) < 708)) return powRare(x, y)
  const k2 = t15 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n2 = k2 | 0
  const t16 = n2 & 127
  const at2 = 2 * t16
  const fraction = EXPONENTIALS_VALUES[at2]!
  const exponent2 = n2 >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const t17 = y * 134217729
  const t18 = t17 - (t17 - y)
  const t19 = t14 * 134217729
  const t20 = t19 - (t19 - t14)
  const t21 = t14 - t20
  const t22 = y - t18
  const r2 =
    t15 -
    k2 * 0.005415212347998022 -
    k2 * 1.2655086083325438e-13 +
    (t18 * t20 - t15 + t18 * t21 + t22 * t20 + t22 * t21 + y * (t4 - t14 + t13))
  const t23 = r2 * r2
  const t24 =
    0.49999999999997574 + r2 * 0.16666666666666893 + t23 * (0.04166667964910274 + r2 * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[at2 + 1]! + (r2 + t23 * t24))
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 708)) return sigmoidRare(x)
  const t2 = x < 0
  const t3 = -t1
  const k = t3 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t4 = n & 127
  const at = 2 * t4
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t3 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t5 = r * r
  const t6 =
    0.49999999999997574 + r * 0.16666666666666893 + t5 * (0.04166667964910274 + r * 0.008333334514837976)
  const t7 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t5 * t6))
  const t8 = power + t7
  const t9 = t2 ? t8 : 1
  const t10 = 1 + t8
  const t11 = 1 / t10
  const t12 = t9 * t11
  const t13 = t12 * 134217729
  const t14 = t13 - (t13 - t12)
  const t15 = t10 + 201326592 - 201326592
  const t16 = power - t8 + t7
  return t14 + (t9 - t14 * t15 - t14 * (t10 - t15 + (1 - t10 + t8 + t16)) + (t2 ? t16 : 0)) * t11
}

/** ln(1 + e^x) */
export function softplus(x: number): number {
  const t1 = Math.abs(x)
  if (!(t1 < 708)) return softplusRare(x)
  const t2 = -t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = power - t7 + t6
  let t9: number
  if (x < -20) {
    t9 = t7 + (t8 - 0.5 * t7 * t7)
  } else {
    const t10 = 0 < x ? x : 0
    const t11 = 1 + t7
    const k2 = (highWord(t11) - 1072037888) >> 20
    const z256 = t11 * POWERS_OF_TWO[1082 - k2]!
    const n2 = z256 + 6755399441055744 - 6755399441055744
    const row = (n2 | 0) & 255
    const at2 = 4 * row
    const h = k2 * 0.6931471805598903 + LOGARITHMS_VALUES[at2 + 2]!
    const t12 = t10 + h
    const t13 = t12 - t10
    const t14 = LOGARITHMS_VALUES[at2]!
    const r2 = LOGARITHMS_VALUES[at2 + 1]! + (z256 - n2) * t14
    const t15 = (1 - t11 + t7 + t8) * (256 * POWERS_OF_TWO[1074 - k2]! * t14)
    const t16 =
      -0.2499999999240016 + r2 * (0.1999999998329586 + r2 * (-0.16667306176316915 + r2 * 0.14286499136364514))
    const t17 =
      LOGARITHMS_VALUES[at2 + 3]! +
      k2 * 5.497923018708371e-14 +
      (t15 - r2 * t15) +
      r2 * r2 * (-0.5 + r2 * (0.3333333333333343 + r2 * t16))
    t9 = t12 + (t10 - (t12 - t13) + (h - t13) + (r2 + t17))
  }
  return t9
}

/** ln(1 / (1 + e^-x)) = -softplus(-x) */
export function logSigmoid(x: number): number {
  if (!(Math.abs(x) < 708)) return logSigmoidRare(x)
  const t1 = -x
  const t2 = -Math.abs(t1)
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = power - t7 + t6
  let t9: number
  if (t1 < -20) {
    t9 = t7 + (t8 - 0.5 * t7 * t7)
  } else {
    const t10 = 0 < t1 ? t1 : 0
    const t11 = 1 + t7
    const k2 = (highWord(t11) - 1072037888) >> 20
    const z256 = t11 * POWERS_OF_TWO[1082 - k2]!
    const n2 = z256 + 6755399441055744 - 6755399441055744
    const row = (n2 | 0) & 255
    const at2 = 4 * row
    const h = k2 * 0.6931471805598903 + LOGARITHMS_VALUES[at2 + 2]!
    const t12 = t10 + h
    const t13 = t12 - t10
    const t14 = LOGARITHMS_VALUES[at2]!
    const r2 = LOGARITHMS_VALUES[at2 + 1]! + (z256 - n2) * t14
    const t15 = (1 - t11 + t7 + t8) * (256 * POWERS_OF_TWO[1074 - k2]! * t14)
    const t16 =
      -0.2499999999240016 + r2 * (0.1999999998329586 + r2 * (-0.16667306176316915 + r2 * 0.14286499136364514))
    const t17 =
      LOGARITHMS_VALUES[at2 + 3]! +
      k2 * 5.497923018708371e-14 +
      (t15 - r2 * t15) +
      r2 * r2 * (-0.5 + r2 * (0.3333333333333343 + r2 * t16))
    t9 = t12 + (t10 - (t12 - t13) + (h - t13) + (r2 + t17))
  }
  return -t9
}

/** e^-x^2, the derivative of erf but for its factor 2 / sqrt(pi) */
export function gaussian(x: number): number {
  if (!(Math.abs(x) < 26)) return gaussianRare(x)
  const t1 = x * x
  const t2 = -t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const t4 = x * 134217729
  const t5 = t4 - (t4 - x)
  const t6 = x - t5
  const r =
    t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 - (t5 * t5 - t1 + 2 * t5 * t6 + t6 * t6)
  const t7 = r * r
  const t8 =
    0.49999999999997574 + r * 0.16666666666666893 + t7 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[at + 1]! + (r + t7 * t8))
}

/** e^(-x^2 / 2) / sqrt(2 pi) */
export function normalDensity(x: number): number {
  if (!(Math.abs(x) < 37)) return normalDensityRare(x)
  const t1 = x * x
  const t2 = -0.5 * t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const fraction = EXPONENTIALS_VALUES[at]!
  const exponent2 = n >> 7
  const power = fraction * POWERS_OF_TWO[exponent2 + 1074]!
  const t4 = x * 134217729
  const t5 = t4 - (t4 - x)
  const t6 = x - t5
  const r =
    t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 + -0.5 * (t5 * t5 - t1 + 2 * t5 * t6 + t6 * t6)
  const t7 = r * r
  const t8 =
    0.49999999999997574 + r * 0.16666666666666893 + t7 * (0.04166667964910274 + r * 0.008333334514837976)
  const t9 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t7 * t8))
  const t10 = power + t9
  const t11 = t10 * 0.3989422804014327
  const t12 = t10 * 134217729
  const t13 = t12 - (t12 - t10)
  const t14 = 0.3989422804014327 * 134217729
  const t15 = t14 - (t14 - 0.3989422804014327)
  const t16 = 0.3989422804014327 - t15
  const t17 = t10 - t13
  const t18 =
    t13 * t15 -
    t11 +
    t13 * t16 +
    t17 * t15 +
    t17 * t16 +
    ((power - t10 + t9) * 0.3989422804014327 + t10 * -2.49232720227773e-17)
  return t11 + t18
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
  const t9 = 1 / t8
  const t10 = x * t9
  const t11 = t10 * 134217729
  const t12 = t11 - (t11 - t10)
  const t13 = t8 * 134217729
  const t14 = t13 - (t13 - t8)
  const t15 = t8 - t14
  const t16 = t8 * t8
  const t17 = t3 * 134217729
  const t18 = t17 - (t17 - t3)
  const t19 = t3 - t18
  const t20 = t5 * 134217729
  const t21 = t20 - (t20 - t5)
  const t22 = t5 - t21
  const t23 =
    t4 - t7 + t6 + (t18 * t18 - t4 + 2 * t18 * t19 + t19 * t19 + (t21 * t21 - t6 + 2 * t21 * t22 + t22 * t22))
  const t24 = t12 * (t15 + (t7 - t16 - (t14 * t14 - t16 + 2 * t14 * t15 + t15 * t15) + t23) / (t8 + t8))
  return t12 + (x - t12 * t14 - t24) * t9
}
