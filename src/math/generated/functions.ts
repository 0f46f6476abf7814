// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.

import { POWERS_OF_TWO, copySign, highWord } from '../bits.js'
import {
  acoshRare,
  asinhRare,
  atanhRare,
  cosRare,
  coshRare,
  directionCosineRare,
  expRare,
  expm1Rare,
  gaussianRare,
  hypotRare,
  log10Rare,
  log1pRare,
  log2Rare,
  logRare,
  logSigmoidRare,
  normalDensityRare,
  powRare,
  sech2Rare,
  sigmoidRare,
  sinRare,
  sinhRare,
  softplusRare,
  tanRare,
  tanhRare,
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
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
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
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t2 = x - k * 0.005415212347998022
  const t3 = k * 1.2655086083325438e-13
  const r = t2 - t3
  const sum = h + r
  const t4 = h - s
  const t5 = r * r
  const t6 =
    0.49999999999997574 + r * 0.16666666666666893 + t5 * (0.04166667964910274 + r * 0.008333334514837976)
  const t7 = EXPONENTIALS_VALUES[at + 1]! + EXPONENTIALS_VALUES[at + 1]! * r + (t5 * t6 + (t2 - r - t3))
  return sum - (sum - h - r - (s - (h - t4) + (-1 - t4) + (h * r + s * t7)))
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
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t2 = (1 - t1 + x) * (256 * POWERS_OF_TWO[1074 - k]! * LOGARITHMS_VALUES[at]!)
  const t3 =
    -0.2499999999240016 + r * (0.1999999998329586 + r * (-0.16667306176316915 + r * 0.14286499136364514))
  const t4 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 +
    (t2 - r * t2) +
    r * r * (-0.5 + r * (0.3333333333333343 + r * t3))
  return copySign(h + (r + t4), x)
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
  const t2 = x - k * 1.5707963267959713
  const t3 = k * -1.074634655497831e-12
  const t4 = t2 - t3
  const t5 = k * 6.36831716351095e-25 - (t2 - t4 - t3)
  const r = t4 - t5
  const z = r * r
  const t6 = 0.5 * z
  const t7 = 1 - t6
  const t8 = quadrant & 1
  const at = 6 * t8
  const t9 =
    CIRCULAR_TAILS_VALUES[at + 3]! + z * (CIRCULAR_TAILS_VALUES[at + 4]! + z * CIRCULAR_TAILS_VALUES[at + 5]!)
  const t10 =
    CIRCULAR_TAILS_VALUES[at]! +
    z * (CIRCULAR_TAILS_VALUES[at + 1]! + z * (CIRCULAR_TAILS_VALUES[at + 2]! + z * t9))
  const rTail = t4 - r - t5
  let t11: number
  if (t1) {
    t11 = 1 - t7 - t6 - r * rTail
  } else {
    t11 = rTail - t6 * rTail
  }
  const t12 =
    (quadrant & 2) !== 0
      ? -((t1 ? t7 : r) - (-((t1 ? z * z : z * r) * t10) - t11))
      : (t1 ? t7 : r) - (-((t1 ? z * z : z * r) * t10) - t11)
  return t12
}

/** The cosine of x. */
export function cos(x: number): number {
  if (!(Math.abs(x) < 16000)) return cosRare(x)
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = quadrant + 1
  const t2 = (t1 & 1) !== 0
  const t3 = x - k * 1.5707963267959713
  const t4 = k * -1.074634655497831e-12
  const t5 = t3 - t4
  const t6 = k * 6.36831716351095e-25 - (t3 - t5 - t4)
  const r = t5 - t6
  const z = r * r
  const t7 = 0.5 * z
  const t8 = 1 - t7
  const t9 = t1 & 1
  const at = 6 * t9
  const t10 =
    CIRCULAR_TAILS_VALUES[at + 3]! + z * (CIRCULAR_TAILS_VALUES[at + 4]! + z * CIRCULAR_TAILS_VALUES[at + 5]!)
  const t11 =
    CIRCULAR_TAILS_VALUES[at]! +
    z * (CIRCULAR_TAILS_VALUES[at + 1]! + z * (CIRCULAR_TAILS_VALUES[at + 2]! + z * t10))
  const rTail = t5 - r - t6
  let t12: number
  if (t2) {
    t12 = 1 - t8 - t7 - r * rTail
  } else {
    t12 = rTail - t7 * rTail
  }
  const t13 =
    (t1 & 2) !== 0
      ? -((t2 ? t8 : r) + ((t2 ? z * z : z * r) * t11 + t12))
      : (t2 ? t8 : r) + ((t2 ? z * z : z * r) * t11 + t12)
  return t13
}

/** The tangent of x. */
export function tan(x: number): number {
  if (!(Math.abs(x) < 16000)) return tanRare(x)
  if (Math.abs(x) < 7.450580596923828e-9) return x
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = (quadrant & 1) !== 0
  const t2 = x - k * 1.5707963267959713
  const t3 = k * -1.074634655497831e-12
  const t4 = t2 - t3
  const t5 = k * 6.36831716351095e-25 - (t2 - t4 - t3)
  const r = t4 - t5
  const z = r * r
  const t6 = 0.5 * z
  const t7 = 1 - t6
  const t8 =
    0.00002480158728944418 +
    z * (-2.755731434087428e-7 + z * (2.0875721654575356e-9 + z * -1.1359560998996632e-11))
  const rTail = t4 - r - t5
  const t9 = r * 134217729
  const t10 = t9 - (t9 - r)
  const t11 = r - t10
  const t12 =
    z * z * (0.0416666666666666 + z * (-0.0013888888888874066 + z * t8)) +
    (1 - t7 - t6 - r * rTail - 0.5 * (t10 * t10 - z + 2 * t10 * t11 + t11 * t11))
  const t13 = t7 + t12
  const t14 =
    -0.00019841269829770563 +
    z * (0.0000027557313678397227 + z * (-2.505075591517207e-8 + z * 1.5896663721225916e-10))
  const t15 = z * r * (-0.16666666666666632 + z * (0.00833333333332237 + z * t14)) + (rTail - t6 * rTail)
  const t16 = r + t15
  const t17 = t1 ? -t13 : t16
  const t18 = t1 ? t16 : t13
  const t19 = 1 / t18
  const t20 = t17 * t19
  const t21 = t20 * 134217729
  const t22 = t21 - (t21 - t20)
  const t23 = t18 * 134217729
  const t24 = t23 - (t23 - t18)
  const t25 = r - t16 + t15
  const t26 = t7 - t13 + t12
  return t22 + (t17 - t22 * t24 - t22 * (t18 - t24 + (t1 ? t25 : t26)) + (t1 ? -t26 : t25)) * t19
}

/** (e^x - e^-x) / (e^x + e^-x) */
export function tanh(x: number): number {
  if (!(Math.abs(x) < 354)) return tanhRare(x)
  const t1 = -2 * Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const at = 2 * t2
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t3 = t1 - k * 0.005415212347998022
  const t4 = k * 1.2655086083325438e-13
  const r = t3 - t4
  const sum = h + r
  const t5 = r * r
  const t6 =
    0.49999999999997574 + r * 0.16666666666666893 + t5 * (0.04166667964910274 + r * 0.008333334514837976)
  const t7 = EXPONENTIALS_VALUES[at + 1]! + EXPONENTIALS_VALUES[at + 1]! * r + (t5 * t6 + (t3 - r - t4))
  const t8 = -(sum - h - r - (s - (1 + h) + (h * r + s * t7)))
  const t9 = sum + t8
  const t10 = -t9
  const t11 = 2 + t9
  const t12 = 1 / t11
  const t13 = t10 * t12
  const t14 = t13 * 134217729
  const t15 = t14 - (t14 - t13)
  const t16 = t11 + 201326592 - 201326592
  const t17 = sum - t9 + t8
  return copySign(t15 + (t10 - t15 * t16 - t15 * (t11 - t16 + (2 - t11 + t9 + t17)) - t17) * t12, x)
}

/** 1 / cosh(x)^2, the derivative of tanh */
export function sech2(x: number): number {
  if (!(Math.abs(x) < 354)) return sech2Rare(x)
  const t1 = -2 * Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const at = 2 * t2
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t3 = r * r
  const t4 =
    0.49999999999997574 + r * 0.16666666666666893 + t3 * (0.04166667964910274 + r * 0.008333334514837976)
  const t5 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t3 * t4))
  const t6 = power + t5
  const t7 = 1 + t6
  const t8 = 1 / t7
  const t9 = 1 * t8
  const t10 = t9 * 134217729
  const t11 = t10 - (t10 - t9)
  const t12 = t11 * t11
  const t13 = t6 * t12
  const t14 = t6 * 134217729
  const t15 = t14 - (t14 - t6)
  const t16 = t12 * 134217729
  const t17 = t16 - (t16 - t12)
  const t18 = t12 - t17
  const t19 = t6 - t15
  const t20 = power - t6 + t5
  const t21 = t7 * 134217729
  const t22 = t21 - (t21 - t7)
  const t23 = (1 - t11 * t22 - t11 * (t7 - t22 + (1 - t7 + t6 + t20))) * t8
  const t24 =
    t15 * t17 - t13 + t15 * t18 + t19 * t17 + t19 * t18 + (t20 * t12 + t6 * (t23 * (t11 + t11 + t23)))
  return 4 * (t13 + t24)
}

/** (e^x - e^-x) / 2 */
export function sinh(x: number): number {
  if (!(Math.abs(x) < 690)) return sinhRare(x)
  if (Math.abs(x) < 3.725290298461914e-9) return x
  const k = Math.abs(x) * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const at = 2 * t1
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t2 = Math.abs(x) - k * 0.005415212347998022
  const t3 = k * 1.2655086083325438e-13
  const r = t2 - t3
  const sum = h + r
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = EXPONENTIALS_VALUES[at + 1]! + EXPONENTIALS_VALUES[at + 1]! * r + (t4 * t5 + (t2 - r - t3))
  const t7 = -(sum - h - r - (s - h - 1 + (h * r + s * t6)))
  const t8 = sum + t7
  const t9 = 1 + t8
  const t10 = 1 / t9
  const t11 = t8 * t10
  const t12 = t11 * 134217729
  const t13 = t12 - (t12 - t11)
  const t14 = t8 + t13
  const t15 = sum - t8 + t7
  const t16 = t9 * 134217729
  const t17 = t16 - (t16 - t9)
  const t18 = t9 - 1
  const t19 = t15 + (t8 - t13 * t17 - t13 * (t9 - t17 + (1 - (t9 - t18) + (t8 - t18) + t15)) + t15) * t10
  return copySign(0.5 * (t14 + (t8 - t14 + t13 + t19)), x)
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  if (!(Math.abs(x) < 690)) return coshRare(x)
  const k = Math.abs(x) * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const at = 2 * t1
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = Math.abs(x) - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t2 = r * r
  const t3 =
    0.49999999999997574 + r * 0.16666666666666893 + t2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t4 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t2 * t3))
  const t5 = power + t4
  const t6 = 1 / t5
  const t7 = 1 * t6
  const t8 = t7 * 134217729
  const t9 = t8 - (t8 - t7)
  const t10 = t5 + t9
  const t11 = power - t5 + t4
  const t12 = t5 * 134217729
  const t13 = t12 - (t12 - t5)
  return 0.5 * (t10 + (t5 - t10 + t9 + (t11 + (1 - t9 * t13 - t9 * (t5 - t13 + t11)) * t6)))
}

/** ln(x + sqrt(x^2 + 1)) */
export function asinh(x: number): number {
  if (!(Math.abs(x) < 268435456)) return asinhRare(x)
  if (Math.abs(x) < 3.725290298461914e-9) return x
  const t1 = Math.abs(x) * Math.abs(x)
  const t2 = 1 + t1
  const t3 = Math.abs(x) + Math.sqrt(t2)
  const k = (highWord(t3) - 1072037888) >> 20
  const z256 = t3 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t4 = h + r
  const t5 = r * r
  const t6 = -0.5 * t5
  const t7 = t4 + t6
  const t8 = t7 - t4
  const t9 = t4 - h
  const t10 = r * 134217729
  const t11 = t10 - (t10 - r)
  const t12 = r - t11
  const t13 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t11 * t11 - t5 + 2 * t11 * t12 + t12 * t12)
  const t14 =
    0.3333333333333333 + r * -0.250000000000001 + t5 * (0.20000000000000298 + r * -0.1666666665123798)
  const t15 = t14 + t5 * t5 * (0.1428571426072578 + r * -0.12500704543852134 + t5 * 0.11111923150318452)
  const t16 = t3 - Math.abs(x)
  const t17 = Math.sqrt(t2) * Math.sqrt(t2)
  const t18 = Math.sqrt(t2) * 134217729
  const t19 = t18 - (t18 - Math.sqrt(t2))
  const t20 = Math.sqrt(t2) - t19
  const t21 = t2 - 1
  const t22 = Math.abs(x) * 134217729
  const t23 = t22 - (t22 - Math.abs(x))
  const t24 = Math.abs(x) - t23
  const t25 =
    t2 -
    t17 -
    (t19 * t19 - t17 + 2 * t19 * t20 + t20 * t20) +
    (1 - (t2 - t21) + (t1 - t21) + (t23 * t23 - t1 + 2 * t23 * t24 + t24 * t24))
  const t26 =
    (Math.abs(x) - (t3 - t16) + (Math.sqrt(t2) - t16) + t25 / (Math.sqrt(t2) + Math.sqrt(t2))) *
    (256 * POWERS_OF_TWO[1074 - k]! * LOGARITHMS_VALUES[at]!)
  const t27 = t4 - (t7 - t8) + (t6 - t8) + (h - (t4 - t9) + (r - t9) + (t13 + r * t5 * t15)) + (t26 - r * t26)
  const t28 = t7 + t27
  return copySign(t28 + (t7 - t28 + t27), x)
}

/** ln(x + sqrt(x^2 - 1)) */
export function acosh(x: number): number {
  if (!(1 < x)) return acoshRare(x)
  if (!(x < 268435456)) return acoshRare(x)
  const t1 = x * x
  const t2 = -1
  const t3 = t1 + t2
  const t4 = x + Math.sqrt(t3)
  const k = (highWord(t4) - 1072037888) >> 20
  const z256 = t4 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t5 = h + r
  const t6 = r * r
  const t7 = -0.5 * t6
  const t8 = t5 + t7
  const t9 = t8 - t5
  const t10 = t5 - h
  const t11 = r * 134217729
  const t12 = t11 - (t11 - r)
  const t13 = r - t12
  const t14 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t12 * t12 - t6 + 2 * t12 * t13 + t13 * t13)
  const t15 =
    0.3333333333333333 + r * -0.250000000000001 + t6 * (0.20000000000000298 + r * -0.1666666665123798)
  const t16 = t15 + t6 * t6 * (0.1428571426072578 + r * -0.12500704543852134 + t6 * 0.11111923150318452)
  const t17 = t4 - x
  const t18 = Math.sqrt(t3) * Math.sqrt(t3)
  const t19 = Math.sqrt(t3) * 134217729
  const t20 = t19 - (t19 - Math.sqrt(t3))
  const t21 = Math.sqrt(t3) - t20
  const t22 = t3 - t1
  const t23 = x * 134217729
  const t24 = t23 - (t23 - x)
  const t25 = x - t24
  const t26 =
    t3 -
    t18 -
    (t20 * t20 - t18 + 2 * t20 * t21 + t21 * t21) +
    (t1 - (t3 - t22) + (t2 - t22) + (t24 * t24 - t1 + 2 * t24 * t25 + t25 * t25))
  const t27 =
    (x - (t4 - t17) + (Math.sqrt(t3) - t17) + t26 / (Math.sqrt(t3) + Math.sqrt(t3))) *
    (256 * POWERS_OF_TWO[1074 - k]! * LOGARITHMS_VALUES[at]!)
  const t28 =
    t5 - (t8 - t9) + (t7 - t9) + (h - (t5 - t10) + (r - t10) + (t14 + r * t6 * t16)) + (t27 - r * t27)
  const t29 = t8 + t28
  return t29 + (t8 - t29 + t28)
}

/** ln((1 + x) / (1 - x)) / 2 */
export function atanh(x: number): number {
  if (!(Math.abs(x) < 1)) return atanhRare(x)
  if (Math.abs(x) < 3.725290298461914e-9) return x
  const t1 = Math.abs(x) + Math.abs(x)
  const t2 = -Math.abs(x)
  const t3 = 1 + t2
  const t4 = 1 / t3
  const t5 = t1 * t4
  const t6 = t5 * 134217729
  const t7 = t6 - (t6 - t5)
  const t8 = t3 * 134217729
  const t9 = t8 - (t8 - t3)
  const t10 = t3 - 1
  const t11 = (t1 - t7 * t9 - t7 * (t3 - t9 + (1 - (t3 - t10) + (t2 - t10)))) * t4
  const t12 = t7 + t11
  const t13 = 1 + t12
  const k = (highWord(t13) - 1072037888) >> 20
  const z256 = t13 * POWERS_OF_TWO[1082 - k]!
  const n = z256 + 6755399441055744 - 6755399441055744
  const row = (n | 0) & 255
  const at = 4 * row
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[at + 2]!
  const r = LOGARITHMS_VALUES[at + 1]! + (z256 - n) * LOGARITHMS_VALUES[at]!
  const t14 = h + r
  const t15 = r * r
  const t16 = -0.5 * t15
  const t17 = t14 + t16
  const t18 = t17 - t14
  const t19 = t14 - h
  const t20 = r * 134217729
  const t21 = t20 - (t20 - r)
  const t22 = r - t21
  const t23 =
    LOGARITHMS_VALUES[at + 3]! +
    k * 5.497923018708371e-14 -
    0.5 * (t21 * t21 - t15 + 2 * t21 * t22 + t22 * t22)
  const t24 =
    0.3333333333333333 + r * -0.250000000000001 + t15 * (0.20000000000000298 + r * -0.1666666665123798)
  const t25 = t24 + t15 * t15 * (0.1428571426072578 + r * -0.12500704543852134 + t15 * 0.11111923150318452)
  const t26 = t13 - 1
  const t27 =
    (1 - (t13 - t26) + (t12 - t26) + (t7 - t12 + t11)) *
    (256 * POWERS_OF_TWO[1074 - k]! * LOGARITHMS_VALUES[at]!)
  const t28 =
    t14 - (t17 - t18) + (t16 - t18) + (h - (t14 - t19) + (r - t19) + (t23 + r * t15 * t25)) + (t27 - r * t27)
  const t29 = t17 + t28
  return copySign(0.5 * (t29 + (t17 - t29 + t28)), x)
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
  const exponent2 = n2 >> 7
  const power = EXPONENTIALS_VALUES[at2]! * POWERS_OF_TWO[exponent2 + 1074]!
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
  if (!(Math.abs(x) < 708)) return sigmoidRare(x)
  const t1 = x < 0
  const t2 = -Math.abs(x)
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const at = 2 * t3
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = 1 + t7
  const q = (t1 ? t7 : 1) / t8
  const t9 = power - t7 + t6
  return q + ((t1 ? t9 : 0) - q * (1 - t8 + t7 + t9)) * (t1 ? 1 - q : q)
}

/** ln(1 + e^x) */
export function softplus(x: number): number {
  if (!(Math.abs(x) < 708)) return softplusRare(x)
  const t1 = -Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const at = 2 * t2
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t3 = r * r
  const t4 =
    0.49999999999997574 + r * 0.16666666666666893 + t3 * (0.04166667964910274 + r * 0.008333334514837976)
  const t5 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t3 * t4))
  const t6 = power + t5
  const t7 = power - t6 + t5
  let t8: number
  if (x < -20) {
    t8 = t6 + (t7 - 0.5 * t6 * t6)
  } else {
    const t9 = 0 < x ? x : 0
    const t10 = 1 + t6
    const k2 = (highWord(t10) - 1072037888) >> 20
    const z256 = t10 * POWERS_OF_TWO[1082 - k2]!
    const n2 = z256 + 6755399441055744 - 6755399441055744
    const row = (n2 | 0) & 255
    const at2 = 4 * row
    const h = k2 * 0.6931471805598903 + LOGARITHMS_VALUES[at2 + 2]!
    const t11 = t9 + h
    const t12 = t11 - t9
    const r2 = LOGARITHMS_VALUES[at2 + 1]! + (z256 - n2) * LOGARITHMS_VALUES[at2]!
    const t13 = (1 - t10 + t6 + t7) * (256 * POWERS_OF_TWO[1074 - k2]! * LOGARITHMS_VALUES[at2]!)
    const t14 =
      -0.2499999999240016 + r2 * (0.1999999998329586 + r2 * (-0.16667306176316915 + r2 * 0.14286499136364514))
    const t15 =
      LOGARITHMS_VALUES[at2 + 3]! +
      k2 * 5.497923018708371e-14 +
      (t13 - r2 * t13) +
      r2 * r2 * (-0.5 + r2 * (0.3333333333333343 + r2 * t14))
    t8 = t11 + (t9 - (t11 - t12) + (h - t12) + (r2 + t15))
  }
  return t8
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
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
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
    const r2 = LOGARITHMS_VALUES[at2 + 1]! + (z256 - n2) * LOGARITHMS_VALUES[at2]!
    const t14 = (1 - t11 + t7 + t8) * (256 * POWERS_OF_TWO[1074 - k2]! * LOGARITHMS_VALUES[at2]!)
    const t15 =
      -0.2499999999240016 + r2 * (0.1999999998329586 + r2 * (-0.16667306176316915 + r2 * 0.14286499136364514))
    const t16 =
      LOGARITHMS_VALUES[at2 + 3]! +
      k2 * 5.497923018708371e-14 +
      (t14 - r2 * t14) +
      r2 * r2 * (-0.5 + r2 * (0.3333333333333343 + r2 * t15))
    t9 = t12 + (t10 - (t12 - t13) + (h - t13) + (r2 + t16))
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
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
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
  const t1 = -0.5
  const t2 = x * x
  const t3 = t1 * t2
  const k = t3 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t4 = n & 127
  const at = 2 * t4
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[at]! * POWERS_OF_TWO[exponent2 + 1074]!
  const t5 = x * 134217729
  const t6 = t5 - (t5 - x)
  const t7 = x - t6
  const r =
    t3 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 + t1 * (t6 * t6 - t2 + 2 * t6 * t7 + t7 * t7)
  const t8 = r * r
  const t9 =
    0.49999999999997574 + r * 0.16666666666666893 + t8 * (0.04166667964910274 + r * 0.008333334514837976)
  const t10 = power * (EXPONENTIALS_VALUES[at + 1]! + (r + t8 * t9))
  const t11 = power + t10
  const t12 = t11 * 0.3989422804014327
  const t13 = t11 * 134217729
  const t14 = t13 - (t13 - t11)
  const t15 = 0.3989422804014327 * 134217729
  const t16 = t15 - (t15 - 0.3989422804014327)
  const t17 = 0.3989422804014327 - t16
  const t18 = t11 - t14
  const t19 =
    t14 * t16 -
    t12 +
    t14 * t17 +
    t18 * t16 +
    t18 * t17 +
    ((power - t11 + t10) * 0.3989422804014327 + t11 * -2.49232720227773e-17)
  return t12 + t19
}

/** sqrt(x^2 + y^2) */
export function hypot(x: number, y: number): number {
  if (!(4.909093465297727e-91 < Math.max(Math.abs(x), Math.abs(y)))) return hypotRare(x, y)
  if (!(Math.max(Math.abs(x), Math.abs(y)) < 3.273390607896142e150)) return hypotRare(x, y)
  const t1 = Math.max(Math.abs(x), Math.abs(y)) * Math.max(Math.abs(x), Math.abs(y))
  const t2 = Math.min(Math.abs(x), Math.abs(y)) * Math.min(Math.abs(x), Math.abs(y))
  const t3 = t1 + t2
  const t4 = Math.sqrt(t3) * Math.sqrt(t3)
  const t5 = Math.sqrt(t3) * 134217729
  const t6 = t5 - (t5 - Math.sqrt(t3))
  const t7 = Math.sqrt(t3) - t6
  const t8 = Math.max(Math.abs(x), Math.abs(y)) * 134217729
  const t9 = t8 - (t8 - Math.max(Math.abs(x), Math.abs(y)))
  const t10 = Math.max(Math.abs(x), Math.abs(y)) - t9
  const t11 = Math.min(Math.abs(x), Math.abs(y)) * 134217729
  const t12 = t11 - (t11 - Math.min(Math.abs(x), Math.abs(y)))
  const t13 = Math.min(Math.abs(x), Math.abs(y)) - t12
  const t14 =
    t1 - t3 + t2 + (t9 * t9 - t1 + 2 * t9 * t10 + t10 * t10 + (t12 * t12 - t2 + 2 * t12 * t13 + t13 * t13))
  const t15 = (t3 - t4 - (t6 * t6 - t4 + 2 * t6 * t7 + t7 * t7) + t14) / (Math.sqrt(t3) + Math.sqrt(t3))
  return Math.sqrt(t3) + t15
}

/** x / hypot(x, y), the derivative of hypot(x, y) by x; 0 at the origin */
export function directionCosine(x: number, y: number): number {
  if (!(4.909093465297727e-91 < Math.max(Math.abs(x), Math.abs(y)))) return directionCosineRare(x, y)
  if (!(Math.max(Math.abs(x), Math.abs(y)) < 3.273390607896142e150)) return directionCosineRare(x, y)
  if (!(3.8725919148493183e-121 < Math.abs(x))) return directionCosineRare(x, y)
  const t1 = Math.max(Math.abs(x), Math.abs(y)) * Math.max(Math.abs(x), Math.abs(y))
  const t2 = Math.min(Math.abs(x), Math.abs(y)) * Math.min(Math.abs(x), Math.abs(y))
  const t3 = t1 + t2
  const t4 = 1 / Math.sqrt(t3)
  const t5 = x * t4
  const t6 = t5 * 134217729
  const t7 = t6 - (t6 - t5)
  const t8 = Math.sqrt(t3) * 134217729
  const t9 = t8 - (t8 - Math.sqrt(t3))
  const t10 = Math.sqrt(t3) - t9
  const t11 = Math.sqrt(t3) * Math.sqrt(t3)
  const t12 = Math.max(Math.abs(x), Math.abs(y)) * 134217729
  const t13 = t12 - (t12 - Math.max(Math.abs(x), Math.abs(y)))
  const t14 = Math.max(Math.abs(x), Math.abs(y)) - t13
  const t15 = Math.min(Math.abs(x), Math.abs(y)) * 134217729
  const t16 = t15 - (t15 - Math.min(Math.abs(x), Math.abs(y)))
  const t17 = Math.min(Math.abs(x), Math.abs(y)) - t16
  const t18 =
    t1 - t3 + t2 + (t13 * t13 - t1 + 2 * t13 * t14 + t14 * t14 + (t16 * t16 - t2 + 2 * t16 * t17 + t17 * t17))
  const t19 = (t3 - t11 - (t9 * t9 - t11 + 2 * t9 * t10 + t10 * t10) + t18) / (Math.sqrt(t3) + Math.sqrt(t3))
  return t7 + (x - t7 * t9 - t7 * (t10 + t19)) * t4
}
