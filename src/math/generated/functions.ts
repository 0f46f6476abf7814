// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.

import { POWERS_OF_TWO, highWord } from '../bits.js'
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
import { EXPONENTIALS, LOGARITHMS } from '../tables.js'

const EXPONENTIALS_VALUES: Float64Array = EXPONENTIALS.values
const LOGARITHMS_VALUES: Float64Array = LOGARITHMS.values

/** e^x */
export function exp(x: number): number {
  if (!(Math.abs(x) < 708)) return expRare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t1]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = x - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t2 = r * r
  const t3 =
    0.49999999999997574 + r * 0.16666666666666893 + t2 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[2 * t1 + 1]! + (r + t2 * t3))
}

/** e^x - 1 */
export function expm1(x: number): number {
  if (!(Math.abs(x) < 708)) return expm1Rare(x)
  const k = x * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[2 * t1]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t2 = x - k * 0.005415212347998022
  const t3 = k * 1.2655086083325438e-13
  const r = t2 - t3
  const sum = h + r
  const t4 = h - s
  const t5 = r * r
  const t6 =
    0.49999999999997574 + r * 0.16666666666666893 + t5 * (0.04166667964910274 + r * 0.008333334514837976)
  const t7 =
    EXPONENTIALS_VALUES[2 * t1 + 1]! + EXPONENTIALS_VALUES[2 * t1 + 1]! * r + (t5 * t6 + (t2 - r - t3))
  return sum - (sum - h - r - (s - (h - t4) + (-1 - t4) + (h * r + s * t7)))
}

/** ln x */
export function log(x: number): number {
  if (!(2.2250738585072014e-308 <= x)) return logRare(x)
  if (!(x < Number.POSITIVE_INFINITY)) return logRare(x)
  const t1 = (highWord(x) - 1072037888) | 0
  const k = t1 >> 20
  const row = (t1 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = x * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t2 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t3 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const r = t2 + t3
  const t4 = h + r
  const t5 = h - t4 + r + (t2 - r + t3 + (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14))
  const t6 = r * r
  const t7 =
    0.3333333333333333 + r * -0.2500000000000057 + t6 * (0.20000000000001683 + r * -0.1666666661790225)
  const t8 = t7 + t6 * t6 * (0.14285714206734246 + r * -0.12501252563246104 + t6 * 0.11112554791997391)
  return t4 + (t5 + (r * t6 * t8 - 0.5 * t6))
}

/** ln(1 + x) */
export function log1p(x: number): number {
  if (!(-1 < x)) return log1pRare(x)
  if (!(x < 1.0715086071862673e301)) return log1pRare(x)
  if (Math.abs(x) < 5.551115123125783e-17) return x
  const t1 = 1 + x
  const t2 = (highWord(t1) - 1072037888) | 0
  const k = t2 >> 20
  const row = (t2 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t1 * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t3 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t4 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t5 = t1 - 1
  const t6 = (1 - (t1 - t5) + (x - t5)) * POWERS_OF_TWO[1074 - k]! * LOGARITHMS_VALUES[3 * row]!
  const t7 = t4 + t6
  const r = t3 + t7
  const t8 = h + r
  const t9 = t3 - r + t7 + (t4 - t7 + t6) + (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14)
  const t10 = r * r
  const t11 =
    0.3333333333333333 + r * -0.2500000000000057 + t10 * (0.20000000000001683 + r * -0.1666666661790225)
  const t12 = t11 + t10 * t10 * (0.14285714206734246 + r * -0.12501252563246104 + t10 * 0.11112554791997391)
  return t8 + (h - t8 + r + t9 + (r * t10 * t12 - 0.5 * t10))
}

/** The logarithm to base 2, exact for powers of 2. */
export function log2(x: number): number {
  if (!(2.2250738585072014e-308 <= x)) return log2Rare(x)
  if (!(x < Number.POSITIVE_INFINITY)) return log2Rare(x)
  const t1 = (highWord(x) - 1072037888) | 0
  const k = t1 >> 20
  const row = (t1 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = x * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t2 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t3 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const r = t2 + t3
  const t4 = h + r
  const t5 = r * r
  const t6 = -0.5 * t5
  const t7 = t4 + t6
  const t8 = t7 - t4
  const t9 = t2 - r + t3
  const t10 = r * 134217729
  const t11 = t10 - (t10 - r)
  const t12 = r - t11
  const t13 =
    t9 -
    r * t9 +
    (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14) -
    0.5 * (t11 * t11 - t5 + 2 * t11 * t12 + t12 * t12)
  const t14 =
    0.3333333333333333 + r * -0.2500000000000057 + t5 * (0.20000000000001683 + r * -0.1666666661790225)
  const t15 = t14 + t5 * t5 * (0.14285714206734246 + r * -0.12501252563246104 + t5 * 0.11112554791997391)
  const t16 = t4 - (t7 - t8) + (t6 - t8) + (h - t4 + r + (t13 + r * t5 * t15))
  const t17 = t7 + t16
  const t18 = t17 * 1.4426950408889634
  const t19 = t17 * 134217729
  const t20 = t19 - (t19 - t17)
  const t21 = 1.4426950408889634 * 134217729
  const t22 = t21 - (t21 - 1.4426950408889634)
  const t23 = 1.4426950408889634 - t22
  const t24 = t17 - t20
  const t25 =
    t20 * t22 -
    t18 +
    t20 * t23 +
    t24 * t22 +
    t24 * t23 +
    ((t7 - t17 + t16) * 1.4426950408889634 + t17 * 2.0355273740931033e-17)
  return t18 + t25
}

/** The logarithm to base 10, exact for powers of 10. */
export function log10(x: number): number {
  if (!(2.2250738585072014e-308 <= x)) return log10Rare(x)
  if (!(x < Number.POSITIVE_INFINITY)) return log10Rare(x)
  const t1 = (highWord(x) - 1072037888) | 0
  const k = t1 >> 20
  const row = (t1 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = x * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t2 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t3 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const r = t2 + t3
  const t4 = h + r
  const t5 = r * r
  const t6 = -0.5 * t5
  const t7 = t4 + t6
  const t8 = t7 - t4
  const t9 = t2 - r + t3
  const t10 = r * 134217729
  const t11 = t10 - (t10 - r)
  const t12 = r - t11
  const t13 =
    t9 -
    r * t9 +
    (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14) -
    0.5 * (t11 * t11 - t5 + 2 * t11 * t12 + t12 * t12)
  const t14 =
    0.3333333333333333 + r * -0.2500000000000057 + t5 * (0.20000000000001683 + r * -0.1666666661790225)
  const t15 = t14 + t5 * t5 * (0.14285714206734246 + r * -0.12501252563246104 + t5 * 0.11112554791997391)
  const t16 = t4 - (t7 - t8) + (t6 - t8) + (h - t4 + r + (t13 + r * t5 * t15))
  const t17 = t7 + t16
  const t18 = t17 * 0.4342944819032518
  const t19 = t17 * 134217729
  const t20 = t19 - (t19 - t17)
  const t21 = 0.4342944819032518 * 134217729
  const t22 = t21 - (t21 - 0.4342944819032518)
  const t23 = 0.4342944819032518 - t22
  const t24 = t17 - t20
  const t25 =
    t20 * t22 -
    t18 +
    t20 * t23 +
    t24 * t22 +
    t24 * t23 +
    ((t7 - t17 + t16) * 0.4342944819032518 + t17 * 1.098319650216765e-17)
  return t18 + t25
}

/** The sine of x. */
export function sin(x: number): number {
  if (!(Math.abs(x) < 1600000)) return sinRare(x)
  if (Math.abs(x) < 7.450580596923828e-9) return x
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = x - k * 1.5707963267341256
  const t2 = -(k * 6.077100506303966e-11)
  const t3 = t1 + t2
  const t4 = -(k * 2.0222662487111665e-21)
  const t5 = t3 + t4
  const t6 = t3 - t1
  const t7 = t5 - t3
  const t8 = t1 - (t3 - t6) + (t2 - t6) + (t3 - (t5 - t7) + (t4 - t7)) - k * 8.4784276603689e-32
  const r = t5 + t8
  const z = r * r
  const t9 = 0.5 * z
  const t10 = z * z
  const t11 = t10 * t10
  const rTail = t5 - r + t8
  let t12: number
  if ((quadrant & 1) !== 0) {
    const t13 = 1 - t9
    const t14 =
      0.0416666666666666 +
      z * -0.0013888888888874066 +
      t10 * (0.00002480158728944418 + z * -2.755731434087428e-7)
    const t15 =
      1 - t13 - t9 + (t10 * (t14 + t11 * (2.0875721654575356e-9 + z * -1.1359560998996632e-11)) - r * rTail)
    t12 = t13 + t15
  } else {
    const t16 =
      -0.16666666666666632 +
      z * 0.00833333333332237 +
      t10 * (-0.00019841269829770563 + z * 0.0000027557313678397227)
    const t17 =
      z * r * (t16 + t11 * (-2.505075591517207e-8 + z * 1.5896663721225916e-10)) + (rTail - t9 * rTail)
    t12 = r + t17
  }
  return (quadrant & 2) !== 0 ? -t12 : t12
}

/** The cosine of x. */
export function cos(x: number): number {
  if (!(Math.abs(x) < 1600000)) return cosRare(x)
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = (quadrant + 1) | 0
  const t2 = x - k * 1.5707963267341256
  const t3 = -(k * 6.077100506303966e-11)
  const t4 = t2 + t3
  const t5 = -(k * 2.0222662487111665e-21)
  const t6 = t4 + t5
  const t7 = t4 - t2
  const t8 = t6 - t4
  const t9 = t2 - (t4 - t7) + (t3 - t7) + (t4 - (t6 - t8) + (t5 - t8)) - k * 8.4784276603689e-32
  const r = t6 + t9
  const z = r * r
  const t10 = 0.5 * z
  const t11 = z * z
  const t12 = t11 * t11
  const rTail = t6 - r + t9
  let t13: number
  if ((t1 & 1) !== 0) {
    const t14 = 1 - t10
    const t15 =
      0.0416666666666666 +
      z * -0.0013888888888874066 +
      t11 * (0.00002480158728944418 + z * -2.755731434087428e-7)
    const t16 =
      1 - t14 - t10 + (t11 * (t15 + t12 * (2.0875721654575356e-9 + z * -1.1359560998996632e-11)) - r * rTail)
    t13 = t14 + t16
  } else {
    const t17 =
      -0.16666666666666632 +
      z * 0.00833333333332237 +
      t11 * (-0.00019841269829770563 + z * 0.0000027557313678397227)
    const t18 =
      z * r * (t17 + t12 * (-2.505075591517207e-8 + z * 1.5896663721225916e-10)) + (rTail - t10 * rTail)
    t13 = r + t18
  }
  return (t1 & 2) !== 0 ? -t13 : t13
}

/** The tangent of x. */
export function tan(x: number): number {
  if (!(Math.abs(x) < 1600000)) return tanRare(x)
  if (Math.abs(x) < 7.450580596923828e-9) return x
  const k = x * 0.6366197723675814 + 6755399441055744 - 6755399441055744
  const quadrant = k | 0
  const t1 = (quadrant & 1) !== 0
  const t2 = x - k * 1.5707963267341256
  const t3 = -(k * 6.077100506303966e-11)
  const t4 = t2 + t3
  const t5 = -(k * 2.0222662487111665e-21)
  const t6 = t4 + t5
  const t7 = t4 - t2
  const t8 = t6 - t4
  const t9 = t2 - (t4 - t7) + (t3 - t7) + (t4 - (t6 - t8) + (t5 - t8)) - k * 8.4784276603689e-32
  const r = t6 + t9
  const z = r * r
  const t10 = 0.5 * z
  const t11 = 1 - t10
  const t12 = z * z
  const t13 =
    0.0416666666666666 +
    z * -0.0013888888888874066 +
    t12 * (0.00002480158728944418 + z * -2.755731434087428e-7)
  const t14 = t12 * t12
  const rTail = t6 - r + t9
  const t15 =
    1 - t11 - t10 + (t12 * (t13 + t14 * (2.0875721654575356e-9 + z * -1.1359560998996632e-11)) - r * rTail)
  const t16 = r * 134217729
  const t17 = t16 - (t16 - r)
  const t18 = r - t17
  const t19 = t15 - 0.5 * (t17 * t17 - z + 2 * t17 * t18 + t18 * t18)
  const t20 = t11 + t19
  const t21 =
    -0.16666666666666632 +
    z * 0.00833333333332237 +
    t12 * (-0.00019841269829770563 + z * 0.0000027557313678397227)
  const t22 =
    z * r * (t21 + t14 * (-2.505075591517207e-8 + z * 1.5896663721225916e-10)) + (rTail - t10 * rTail)
  const t23 = r + t22
  const t24 = t1 ? -t20 : t23
  const t25 = t1 ? t23 : t20
  const t26 = 1 / t25
  const t27 = t24 * t26
  const t28 = t27 * 134217729
  const t29 = t28 - (t28 - t27)
  const t30 = t25 * 134217729
  const t31 = t30 - (t30 - t25)
  const t32 = r - t23 + t22
  const t33 = t11 - t20 + t19
  return t29 + (t24 - t29 * t31 - t29 * (t25 - t31 + (t1 ? t32 : t33)) + (t1 ? -t33 : t32)) * t26
}

/** (e^x - e^-x) / (e^x + e^-x) */
export function tanh(x: number): number {
  if (!(Math.abs(x) < 354)) return tanhRare(x)
  if (Math.abs(x) < 3.725290298461914e-9) return x
  const t1 = -2 * Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[2 * t2]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t3 = t1 - k * 0.005415212347998022
  const t4 = k * 1.2655086083325438e-13
  const r = t3 - t4
  const sum = h + r
  const t5 = h - s
  const t6 = r * r
  const t7 =
    0.49999999999997574 + r * 0.16666666666666893 + t6 * (0.04166667964910274 + r * 0.008333334514837976)
  const t8 =
    EXPONENTIALS_VALUES[2 * t2 + 1]! + EXPONENTIALS_VALUES[2 * t2 + 1]! * r + (t6 * t7 + (t3 - r - t4))
  const t9 = -(sum - h - r - (s - (h - t5) + (-1 - t5) + (h * r + s * t8)))
  const t10 = sum + t9
  const t11 = -t10
  const t12 = 2 + t10
  const t13 = 1 / t12
  const t14 = t11 * t13
  const t15 = t14 * 134217729
  const t16 = t15 - (t15 - t14)
  const t17 = t12 * 134217729
  const t18 = t17 - (t17 - t12)
  const t19 = sum - t10 + t9
  const t20 = t16 + (t11 - t16 * t18 - t16 * (t12 - t18 + (2 - t12 + t10 + t19)) - t19) * t13
  return x < 0 ? -t20 : t20
}

/** 1 / cosh(x)^2, the derivative of tanh */
export function sech2(x: number): number {
  if (!(Math.abs(x) < 354)) return sech2Rare(x)
  const t1 = -2 * Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t2]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t3 = r * r
  const t4 =
    0.49999999999997574 + r * 0.16666666666666893 + t3 * (0.04166667964910274 + r * 0.008333334514837976)
  const t5 = power * (EXPONENTIALS_VALUES[2 * t2 + 1]! + (r + t3 * t4))
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
  const exponent2 = n >> 7
  const s = EXPONENTIALS_VALUES[2 * t1]! * POWERS_OF_TWO[exponent2 + 1074]!
  const h = -(1 - s)
  const t2 = Math.abs(x) - k * 0.005415212347998022
  const t3 = k * 1.2655086083325438e-13
  const r = t2 - t3
  const sum = h + r
  const t4 = h - s
  const t5 = r * r
  const t6 =
    0.49999999999997574 + r * 0.16666666666666893 + t5 * (0.04166667964910274 + r * 0.008333334514837976)
  const t7 =
    EXPONENTIALS_VALUES[2 * t1 + 1]! + EXPONENTIALS_VALUES[2 * t1 + 1]! * r + (t5 * t6 + (t2 - r - t3))
  const t8 = -(sum - h - r - (s - (h - t4) + (-1 - t4) + (h * r + s * t7)))
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
  const t21 = 0.5 * (t15 + (t9 - t15 + t14 + t20))
  return x < 0 ? -t21 : t21
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  if (!(Math.abs(x) < 690)) return coshRare(x)
  const k = Math.abs(x) * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t1 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t1]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = Math.abs(x) - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t2 = r * r
  const t3 =
    0.49999999999997574 + r * 0.16666666666666893 + t2 * (0.04166667964910274 + r * 0.008333334514837976)
  const t4 = power * (EXPONENTIALS_VALUES[2 * t1 + 1]! + (r + t2 * t3))
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
  const t4 = (highWord(t3) - 1072037888) | 0
  const k = t4 >> 20
  const row = (t4 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t3 * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t5 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t6 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t7 = t3 - Math.abs(x)
  const t8 = Math.sqrt(t2) * Math.sqrt(t2)
  const t9 = Math.sqrt(t2) * 134217729
  const t10 = t9 - (t9 - Math.sqrt(t2))
  const t11 = Math.sqrt(t2) - t10
  const t12 = t2 - 1
  const t13 = Math.abs(x) * 134217729
  const t14 = t13 - (t13 - Math.abs(x))
  const t15 = Math.abs(x) - t14
  const t16 =
    t2 -
    t8 -
    (t10 * t10 - t8 + 2 * t10 * t11 + t11 * t11) +
    (1 - (t2 - t12) + (t1 - t12) + (t14 * t14 - t1 + 2 * t14 * t15 + t15 * t15))
  const t17 =
    (Math.abs(x) - (t3 - t7) + (Math.sqrt(t2) - t7) + t16 / (Math.sqrt(t2) + Math.sqrt(t2))) *
    POWERS_OF_TWO[1074 - k]!
  const t18 = t17 * LOGARITHMS_VALUES[3 * row]!
  const t19 = t6 + t18
  const r = t5 + t19
  const t20 = h + r
  const t21 = t5 - r + t19 + (t6 - t19 + t18) + (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14)
  const t22 = r * r
  const t23 =
    0.3333333333333333 + r * -0.2500000000000057 + t22 * (0.20000000000001683 + r * -0.1666666661790225)
  const t24 = t23 + t22 * t22 * (0.14285714206734246 + r * -0.12501252563246104 + t22 * 0.11112554791997391)
  const t25 = t20 + (h - t20 + r + t21 + (r * t22 * t24 - 0.5 * t22))
  return x < 0 ? -t25 : t25
}

/** ln(x + sqrt(x^2 - 1)) */
export function acosh(x: number): number {
  if (!(1 < x)) return acoshRare(x)
  if (!(x < 268435456)) return acoshRare(x)
  const t1 = x * x
  const t2 = -1
  const t3 = t1 + t2
  const t4 = x + Math.sqrt(t3)
  const t5 = (highWord(t4) - 1072037888) | 0
  const k = t5 >> 20
  const row = (t5 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t4 * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t6 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t7 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t8 = t4 - x
  const t9 = Math.sqrt(t3) * Math.sqrt(t3)
  const t10 = Math.sqrt(t3) * 134217729
  const t11 = t10 - (t10 - Math.sqrt(t3))
  const t12 = Math.sqrt(t3) - t11
  const t13 = t3 - t1
  const t14 = x * 134217729
  const t15 = t14 - (t14 - x)
  const t16 = x - t15
  const t17 =
    t3 -
    t9 -
    (t11 * t11 - t9 + 2 * t11 * t12 + t12 * t12) +
    (t1 - (t3 - t13) + (t2 - t13) + (t15 * t15 - t1 + 2 * t15 * t16 + t16 * t16))
  const t18 =
    (x - (t4 - t8) + (Math.sqrt(t3) - t8) + t17 / (Math.sqrt(t3) + Math.sqrt(t3))) * POWERS_OF_TWO[1074 - k]!
  const t19 = t18 * LOGARITHMS_VALUES[3 * row]!
  const t20 = t7 + t19
  const r = t6 + t20
  const t21 = h + r
  const t22 = t6 - r + t20 + (t7 - t20 + t19) + (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14)
  const t23 = r * r
  const t24 =
    0.3333333333333333 + r * -0.2500000000000057 + t23 * (0.20000000000001683 + r * -0.1666666661790225)
  const t25 = t24 + t23 * t23 * (0.14285714206734246 + r * -0.12501252563246104 + t23 * 0.11112554791997391)
  return t21 + (h - t21 + r + t22 + (r * t23 * t25 - 0.5 * t23))
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
  const t14 = (highWord(t13) - 1072037888) | 0
  const k = t14 >> 20
  const row = (t14 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t13 * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t15 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t16 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t17 = t13 - 1
  const t18 =
    (1 - (t13 - t17) + (t12 - t17) + (t7 - t12 + t11)) *
    POWERS_OF_TWO[1074 - k]! *
    LOGARITHMS_VALUES[3 * row]!
  const t19 = t16 + t18
  const r = t15 + t19
  const t20 = h + r
  const t21 =
    t15 - r + t19 + (t16 - t19 + t18) + (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14)
  const t22 = r * r
  const t23 =
    0.3333333333333333 + r * -0.2500000000000057 + t22 * (0.20000000000001683 + r * -0.1666666661790225)
  const t24 = t23 + t22 * t22 * (0.14285714206734246 + r * -0.12501252563246104 + t22 * 0.11112554791997391)
  const t25 = 0.5 * (t20 + (h - t20 + r + t21 + (r * t22 * t24 - 0.5 * t22)))
  return x < 0 ? -t25 : t25
}

/** x^y */
export function pow(x: number, y: number): number {
  if (!(2.2250738585072014e-308 <= x)) return powRare(x, y)
  if (!(x < Number.POSITIVE_INFINITY)) return powRare(x, y)
  if (!(Math.abs(y) < 18446744073709552000)) return powRare(x, y)
  const t1 = (highWord(x) - 1072037888) | 0
  const k = t1 >> 20
  const row = (t1 >> 13) & 127
  const h = k * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = x * POWERS_OF_TWO[1074 - k]!
  const zHigh = z + 6442450944 - 6442450944
  const t2 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t3 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const r = t2 + t3
  const t4 = h + r
  const t5 = r * r
  const t6 = -0.5 * t5
  const t7 = t4 + t6
  const t8 = t7 - t4
  const t9 = t2 - r + t3
  const t10 = r * 134217729
  const t11 = t10 - (t10 - r)
  const t12 = r - t11
  const t13 =
    t9 -
    r * t9 +
    (LOGARITHMS_VALUES[3 * row + 2]! + k * 5.497923018708371e-14) -
    0.5 * (t11 * t11 - t5 + 2 * t11 * t12 + t12 * t12)
  const t14 =
    0.3333333333333333 + r * -0.2500000000000057 + t5 * (0.20000000000001683 + r * -0.1666666661790225)
  const t15 = t14 + t5 * t5 * (0.14285714206734246 + r * -0.12501252563246104 + t5 * 0.11112554791997391)
  const t16 = t4 - (t7 - t8) + (t6 - t8) + (h - t4 + r + (t13 + r * t5 * t15))
  const t17 = t7 + t16
  const t18 = y * t17
  if (!(Math.abs(t18) < 708)) return powRare(x, y)
  const k2 = t18 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k2 | 0
  const t19 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t19]! * POWERS_OF_TWO[exponent2 + 1074]!
  const t20 = y * 134217729
  const t21 = t20 - (t20 - y)
  const t22 = t17 * 134217729
  const t23 = t22 - (t22 - t17)
  const t24 = t17 - t23
  const t25 = y - t21
  const r2 =
    t18 -
    k2 * 0.005415212347998022 -
    k2 * 1.2655086083325438e-13 +
    (t21 * t23 - t18 + t21 * t24 + t25 * t23 + t25 * t24 + y * (t7 - t17 + t16))
  const t26 = r2 * r2
  const t27 =
    0.49999999999997574 + r2 * 0.16666666666666893 + t26 * (0.04166667964910274 + r2 * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[2 * t19 + 1]! + (r2 + t26 * t27))
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: number): number {
  if (!(Math.abs(x) < 708)) return sigmoidRare(x)
  const t1 = x < 0
  const t2 = -Math.abs(x)
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t3]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[2 * t3 + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = t1 ? t7 : 1
  const t9 = 1 + t7
  const t10 = 1 / t9
  const t11 = t8 * t10
  const t12 = t11 * 134217729
  const t13 = t12 - (t12 - t11)
  const t14 = t9 * 134217729
  const t15 = t14 - (t14 - t9)
  const t16 = power - t7 + t6
  return t13 + (t8 - t13 * t15 - t13 * (t9 - t15 + (1 - t9 + t7 + t16)) + (t1 ? t16 : 0)) * t10
}

/** ln(1 + e^x) */
export function softplus(x: number): number {
  if (!(Math.abs(x) < 708)) return softplusRare(x)
  const t1 = -Math.abs(x)
  const k = t1 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t2 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t2]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t1 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t3 = r * r
  const t4 =
    0.49999999999997574 + r * 0.16666666666666893 + t3 * (0.04166667964910274 + r * 0.008333334514837976)
  const t5 = power * (EXPONENTIALS_VALUES[2 * t2 + 1]! + (r + t3 * t4))
  const t6 = power + t5
  const t7 = 1 + t6
  const t8 = (highWord(t7) - 1072037888) | 0
  const k2 = t8 >> 20
  const row = (t8 >> 13) & 127
  const h = k2 * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t7 * POWERS_OF_TWO[1074 - k2]!
  const zHigh = z + 6442450944 - 6442450944
  const t9 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t10 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t11 = (1 - t7 + t6 + (power - t6 + t5)) * POWERS_OF_TWO[1074 - k2]! * LOGARITHMS_VALUES[3 * row]!
  const t12 = t10 + t11
  const r2 = t9 + t12
  const t13 = h + r2
  const t14 = Math.max(Math.max(x, 0), t13) + Math.min(Math.max(x, 0), t13)
  const t15 =
    t9 - r2 + t12 + (t10 - t12 + t11) + (LOGARITHMS_VALUES[3 * row + 2]! + k2 * 5.497923018708371e-14)
  const t16 = r2 * r2
  const t17 =
    0.3333333333333333 + r2 * -0.2500000000000057 + t16 * (0.20000000000001683 + r2 * -0.1666666661790225)
  const t18 = t17 + t16 * t16 * (0.14285714206734246 + r2 * -0.12501252563246104 + t16 * 0.11112554791997391)
  const t19 =
    Math.max(Math.max(x, 0), t13) -
    t14 +
    Math.min(Math.max(x, 0), t13) +
    (h - t13 + r2 + t15 + (r2 * t16 * t18 - 0.5 * t16))
  return t14 + t19
}

/** ln(1 / (1 + e^-x)) = -softplus(-x) */
export function logSigmoid(x: number): number {
  if (!(Math.abs(x) < 708)) return logSigmoidRare(x)
  const t1 = -x
  const t2 = -Math.abs(t1)
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t3]! * POWERS_OF_TWO[exponent2 + 1074]!
  const r = t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13
  const t4 = r * r
  const t5 =
    0.49999999999997574 + r * 0.16666666666666893 + t4 * (0.04166667964910274 + r * 0.008333334514837976)
  const t6 = power * (EXPONENTIALS_VALUES[2 * t3 + 1]! + (r + t4 * t5))
  const t7 = power + t6
  const t8 = 1 + t7
  const t9 = (highWord(t8) - 1072037888) | 0
  const k2 = t9 >> 20
  const row = (t9 >> 13) & 127
  const h = k2 * 0.6931471805598903 + LOGARITHMS_VALUES[3 * row + 1]!
  const z = t8 * POWERS_OF_TWO[1074 - k2]!
  const zHigh = z + 6442450944 - 6442450944
  const t10 = zHigh * LOGARITHMS_VALUES[3 * row]! - 1
  const t11 = (z - zHigh) * LOGARITHMS_VALUES[3 * row]!
  const t12 = (1 - t8 + t7 + (power - t7 + t6)) * POWERS_OF_TWO[1074 - k2]! * LOGARITHMS_VALUES[3 * row]!
  const t13 = t11 + t12
  const r2 = t10 + t13
  const t14 = h + r2
  const t15 = Math.max(Math.max(t1, 0), t14) + Math.min(Math.max(t1, 0), t14)
  const t16 =
    t10 - r2 + t13 + (t11 - t13 + t12) + (LOGARITHMS_VALUES[3 * row + 2]! + k2 * 5.497923018708371e-14)
  const t17 = r2 * r2
  const t18 =
    0.3333333333333333 + r2 * -0.2500000000000057 + t17 * (0.20000000000001683 + r2 * -0.1666666661790225)
  const t19 = t18 + t17 * t17 * (0.14285714206734246 + r2 * -0.12501252563246104 + t17 * 0.11112554791997391)
  const t20 =
    Math.max(Math.max(t1, 0), t14) -
    t15 +
    Math.min(Math.max(t1, 0), t14) +
    (h - t14 + r2 + t16 + (r2 * t17 * t19 - 0.5 * t17))
  return -(t15 + t20)
}

/** e^-x^2, the derivative of erf but for its factor 2 / sqrt(pi) */
export function gaussian(x: number): number {
  if (!(Math.abs(x) < 26)) return gaussianRare(x)
  const t1 = x * x
  const t2 = -t1
  const k = t2 * 184.6649652337873 + 6755399441055744 - 6755399441055744
  const n = k | 0
  const t3 = n & 127
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t3]! * POWERS_OF_TWO[exponent2 + 1074]!
  const t4 = x * 134217729
  const t5 = t4 - (t4 - x)
  const t6 = x - t5
  const r =
    t2 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 - (t5 * t5 - t1 + 2 * t5 * t6 + t6 * t6)
  const t7 = r * r
  const t8 =
    0.49999999999997574 + r * 0.16666666666666893 + t7 * (0.04166667964910274 + r * 0.008333334514837976)
  return power + power * (EXPONENTIALS_VALUES[2 * t3 + 1]! + (r + t7 * t8))
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
  const exponent2 = n >> 7
  const power = EXPONENTIALS_VALUES[2 * t4]! * POWERS_OF_TWO[exponent2 + 1074]!
  const t5 = x * 134217729
  const t6 = t5 - (t5 - x)
  const t7 = x - t6
  const r =
    t3 - k * 0.005415212347998022 - k * 1.2655086083325438e-13 + t1 * (t6 * t6 - t2 + 2 * t6 * t7 + t7 * t7)
  const t8 = r * r
  const t9 =
    0.49999999999997574 + r * 0.16666666666666893 + t8 * (0.04166667964910274 + r * 0.008333334514837976)
  const t10 = power * (EXPONENTIALS_VALUES[2 * t4 + 1]! + (r + t8 * t9))
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
