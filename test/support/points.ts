/**
 * Arguments for each elementary function, dense where it is hard: near the zeros and poles, near 0 and 1, beside
 * the borders of tables, at the ends of the range, among the subnormals. A counter under the finaliser of MurmurHash3
 * (32-bit integers only) draws them, so they are the same everywhere.
 */

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fixed arguments, whatever they are near

import { POWERS_OF_TWO } from '../../src/math/bits.js'

export interface Random {
  /** 32 random bits as a signed integer. */
  bits(): number
  /** In [0, 1), a multiple of 2^-53. */
  unit(): number
}

export function random(seed: number): Random {
  let counter = seed | 0
  function bits(): number {
    counter = (counter + 0x9e3779b9) | 0
    let h = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }
  return { bits, unit: () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) * 2 ** -53 }
}

type Draw = (random: Random) => number

const uniform =
  (low: number, high: number): Draw =>
  r =>
    low + (high - low) * r.unit()

/** 2^low to 2^high with every exponent equally likely, of either sign unless said. */
const magnitude =
  (low: number, high: number, signed = true): Draw =>
  r => {
    const exponent = low + Math.floor((high - low) * r.unit())
    const x = (1 + r.unit()) * POWERS_OF_TWO[exponent + 1074]!
    return signed && r.bits() < 0 ? -x : x
  }

/** Beside `centre`, at every distance from 2^low to 2^high. */
const near = (centre: number, low: number, high: number): Draw => {
  const distance = magnitude(low, high)
  return r => centre + distance(r)
}

/** A few ulps around the multiples k step with |k| up to `most`, odd ones or all. */
const multiples =
  (step: number, most: number): Draw =>
  r => {
    const x = Math.floor(most * (2 * r.unit() - 1)) * step
    return x + x * 2 ** -52 * Math.floor(8 * r.unit() - 4)
  }

const view = new DataView(new ArrayBuffer(8))

/** Any bit pattern. */
const anyDouble: Draw = r => {
  view.setInt32(0, r.bits())
  view.setInt32(4, r.bits())
  return view.getFloat64(0)
}

const tiny = magnitude(-1073, -1000)
const small = magnitude(-60, 0)
const middling = magnitude(-20, 20)
const integer =
  (low: number, high: number): Draw =>
  r =>
    Math.floor(low + (high - low) * r.unit())

const PI = 3.141592653589793
const LN2 = 0.6931471805599453

const circular = [
  uniform(-4, 4),
  uniform(-100, 100),
  multiples(PI / 2, 10),
  multiples(PI / 2, 64_000),
  multiples(PI / 4, 1_100_000),
  uniform(-1.6e6, 1.6e6),
  magnitude(20, 1000),
  small,
  anyDouble,
]

const exponential = [
  uniform(-745.2, 709.8),
  uniform(-2, 2),
  small,
  multiples(LN2 / 256, 1000),
  multiples(LN2 / 256, 250_000),
  uniform(-745.2, -707),
  uniform(707, 709.8),
  anyDouble,
]

const logarithmic = [
  magnitude(-1022, 1023, false),
  uniform(0.5, 2),
  uniform(0.98, 1.02),
  near(1, -53, -1),
  magnitude(-1074, -1022, false),
  anyDouble,
]

const logistic = [
  uniform(-5, 5),
  uniform(-45, 45),
  uniform(-745.2, -700),
  uniform(-750, 750),
  small,
  multiples(LN2 / 256, 15_000),
  anyDouble,
]
const hyperbolic = [
  uniform(-2, 2),
  uniform(-25, 25),
  uniform(-711, 711),
  small,
  multiples(LN2 / 256, 1000),
  uniform(705, 711),
  anyDouble,
]
const unitInterval = [
  uniform(-1, 1),
  uniform(-0.1, 0.1),
  near(1, -53, -1),
  near(-1, -53, -1),
  near(0.5, -50, -3),
  small,
  anyDouble,
]
const plane = [middling, small, magnitude(-1073, 1023), anyDouble]
const gaussian = [
  uniform(-6, 6),
  uniform(-1, 1),
  uniform(-28, 28),
  uniform(25, 27.5),
  small,
  uniform(-0.51, 0.51),
  anyDouble,
]

/** By function, the ways in which its arguments are drawn; for two arguments, pairs of ways. */
const unary: Record<string, readonly Draw[]> = {
  exp: exponential,
  expm1: [...exponential, uniform(-0.01, 0.01), uniform(-40, 0), tiny],
  log: logarithmic,
  log2: logarithmic,
  log10: logarithmic,
  log1p: [uniform(-1, 1), uniform(-0.02, 0.02), small, near(-1, -53, -1), magnitude(-10, 1023, false), tiny],
  sin: circular,
  cos: circular,
  tan: circular,
  tanh: [...hyperbolic, uniform(-0.02, 0.02), tiny],
  sech2: [...hyperbolic, uniform(300, 380)],
  sinh: [...hyperbolic, tiny],
  cosh: hyperbolic,
  asinh: [middling, small, uniform(-2, 2), magnitude(-1074, 1023)],
  acosh: [near(1, -52, 0), uniform(1, 3), magnitude(0, 1023, false), magnitude(0, 40, false)],
  atanh: unitInterval,
  asin: unitInterval,
  acos: unitInterval,
  atan: [middling, small, uniform(-1, 1), uniform(-3, 3), near(1, -50, -1), magnitude(-1074, 1023)],
  cbrt: [magnitude(-1074, 1023), uniform(-8, 8), middling, integer(-2000, 2000), tiny],
  sigmoid: logistic,
  sigmoidSlope: logistic,
  softplus: logistic,
  logSigmoid: logistic,
  gaussian,
  normalDensity: [uniform(-6, 6), uniform(-1, 1), uniform(-39, 39), uniform(36, 39), small, anyDouble],
  normalCdf: [
    uniform(-6, 6),
    uniform(-0.72, 0.72),
    uniform(-39, 39),
    uniform(-39, -36),
    small,
    near(-20, -30, 0),
    anyDouble,
  ],
  erf: gaussian,
  erfc: gaussian,
}
const bounded = uniform(-20, 20)
const positive = magnitude(-20, 20, false)
const binary: Record<string, readonly (readonly [Draw, Draw])[]> = {
  pow: [
    [positive, bounded],
    [uniform(0, 3), uniform(-300, 300)],
    [near(1, -40, -5), magnitude(0, 30)],
    [magnitude(-1022, 1023, false), uniform(-2, 2)],
    [integer(-30, 30), integer(-20, 20)],
    [uniform(-100, 100), integer(-20, 20)],
    [magnitude(-1074, -1022, false), uniform(-1.1, 1.1)],
    [positive, magnitude(-60, 0)],
    [uniform(1, 2), uniform(-1074, 1024)],
    [anyDouble, anyDouble],
  ],
  atan2: plane.flatMap(y => plane.map(x => [y, x] as const)),
  hypot: plane.flatMap(x => plane.map(y => [x, y] as const)),
  directionCosine: plane.flatMap(x => plane.map(y => [x, y] as const)),
}

export const names: readonly string[] = [...Object.keys(unary), ...Object.keys(binary)]

export function arity(name: string): 1 | 2 {
  return name in binary ? 2 : 1
}

/** Special values, each combined with each for two arguments. */
export const specials: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  3,
  -3,
  4,
  10,
  -10,
  0.1,
  1 / 3,
  100,
  -100,
  1e22,
  1e300,
  -1e300,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  -2.2250738585072014e-308,
  2.225073858507201e-308,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  Infinity,
  -Infinity,
  NaN,
  0.9999999999999999,
  1.0000000000000002,
  -0.9999999999999999,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 52 + 1,
  2 ** 31,
  2 ** 64,
  709.782712893384,
  709.7827128933841,
  -745.1332191019411,
  -745.1332191019412,
  -708.3964185322641,
  710.4758600739439,
  710.475860073944,
  22,
  36.7,
  -36.7,
  1e-8,
  -1e-8,
  1e-17,
  1e-300,
  1.5707963267948966,
  3.141592653589793,
  6.283185307179586,
  0.7853981633974483,
  1600000,
  1599999.9,
  5.9,
  6,
  26.5,
  27.3,
]

/** `count` arguments, in pairs for a function of two, special values first. */
export function points(name: string, count: number, seed = 1): Float64Array {
  const r = random(seed)
  const both = arity(name) === 2
  const values: number[] = both ? specials.flatMap(x => specials.flatMap(y => [x, y])) : [...specials]
  const out = new Float64Array(both ? 2 * count : count)
  out.set(values.slice(0, out.length))
  for (let i = values.length, turn = 0; i < out.length; turn++) {
    const draws = both
      ? binary[name]![turn % binary[name]!.length]!
      : [unary[name]![turn % unary[name]!.length]!]
    for (const draw of draws) out[i++] = draw(r)
  }
  return out
}
