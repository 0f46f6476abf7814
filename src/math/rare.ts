/**
 * What the functions do off their main paths: NaN, infinities, zeros, subnormals, the ends of the range, and huge
 * angles. Built from the generated parts; never a function of `Math` that differs between engines.
 */

import { copySign, scale } from './bits.js'
import {
  angleParts,
  beside,
  cosParts,
  directionCosineParts,
  expParts,
  hypotParts,
  log2Parts,
  log10Parts,
  logParts,
  powExponent,
  productParts,
  reduceParts,
  scaledErfcParts,
  sinParts,
  squareParts,
  tanParts,
} from './generated/parts.js'
import {
  HALF_PI_HIGH,
  HALF_PI_LOW,
  INVERSE_HALF_PI_BITS,
  INVERSE_HALF_PI_DIGITS,
  INVERSE_ROOT_2_HIGH,
  INVERSE_ROOT_2_LOW,
  INVERSE_ROOT_2_PI_HIGH,
  INVERSE_ROOT_2_PI_LOW,
} from './generated/tables.js'

const OVERFLOW = 711
const UNDERFLOW = -748

/** e^(x + xTail) * 2^extra, rounded into the subnormals or to Infinity at the ends. */
function expTimesPower(x: number, xTail: number, extra: number): number {
  if (!(x < OVERFLOW)) return x
  if (x < UNDERFLOW) return 0
  const significand = expParts(x, xTail)
  return scale(significand, beside.exponent + extra)
}

export function expRare(x: number): number {
  return x > OVERFLOW ? Number.POSITIVE_INFINITY : expTimesPower(x, 0, 0)
}

export function expm1Rare(x: number): number {
  return x < 0 ? -1 : expRare(x)
}

export function sigmoidRare(x: number): number {
  return x > 0 ? 1 : expRare(x)
}

export function sigmoidSlopeRare(x: number): number {
  return expRare(-Math.abs(x))
}

export function softplusRare(x: number): number {
  return x > 0 ? x : expRare(x)
}

export function logSigmoidRare(x: number): number {
  return -softplusRare(-x)
}

export function tanhRare(x: number): number {
  return x > 0 ? 1 : x < 0 ? -1 : x
}

export function sech2Rare(x: number): number {
  return expTimesPower(-2 * Math.abs(x), 0, 2)
}

export function coshRare(x: number): number {
  const a = Math.abs(x)
  return a > OVERFLOW ? Number.POSITIVE_INFINITY : expTimesPower(a, 0, -1)
}

export function sinhRare(x: number): number {
  return x < 0 ? -coshRare(x) : coshRare(x)
}

export function gaussianRare(x: number): number {
  if (!(Math.abs(x) < 30)) return Number.isNaN(x) ? x : 0
  const square = squareParts(x)
  return expTimesPower(-square, -beside.tail, 0)
}

export function normalDensityRare(x: number): number {
  if (!(Math.abs(x) < 40)) return Number.isNaN(x) ? x : 0
  const square = squareParts(x)
  const significand = expParts(-0.5 * square, -0.5 * beside.tail)
  return scale(
    productParts(significand, beside.tail, INVERSE_ROOT_2_PI_HIGH, INVERSE_ROOT_2_PI_LOW),
    beside.exponent,
  )
}

/** A logarithm of an x near the ends of the range, from that of x scaled. */
function logarithmRare(x: number, ofScaled: (x: number, extra: number) => number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (!(x > 0)) return Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  return x < 1 ? ofScaled(x * 2 ** 200, -200) : ofScaled(x * 2 ** -200, 200)
}

export function logRare(x: number): number {
  return logarithmRare(x, (scaled, extra) => logParts(scaled, 0, extra))
}

export function log2Rare(x: number): number {
  return logarithmRare(x, log2Parts)
}

export function log10Rare(x: number): number {
  return logarithmRare(x, log10Parts)
}

export function log1pRare(x: number): number {
  if (x > 0) return logRare(x)
  if (x === -1) return Number.NEGATIVE_INFINITY
  return Number.NaN
}

export function asinhRare(x: number): number {
  const a = Math.abs(x)
  if (!(a < Number.POSITIVE_INFINITY)) return x
  const log = logParts(a * 2 ** -20, 0, 21)
  return x < 0 ? -log : log
}

export function acoshRare(x: number): number {
  if (x === 1) return 0
  if (!(x > 1)) return Number.NaN
  return x === Number.POSITIVE_INFINITY ? x : logParts(x * 2 ** -20, 0, 21)
}

export function atanhRare(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY
  return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN
}

/**
 * The value of `kernel` at a huge angle x = k pi / 32 + r: x is an integer over 2^32, 2 / pi is known to 1200 bits, so
 * 32 x / pi is exact up to 2^-172 and its fraction times pi / 32 is r (Payne and Hanek 1983, with BigInt).
 */
function ofHugeAngle(x: number, kernel: (r: number, rTail: number, multiple: number) => number): number {
  if (!(Math.abs(x) < Number.POSITIVE_INFINITY)) return Number.NaN
  if (Math.abs(x) < 1_600_000) {
    const near = reduceParts(x)
    return kernel(near, beside.tail, beside.exponent)
  }
  const isInteger = Math.abs(x) >= 2 ** 53
  const numerator = isInteger ? BigInt(x) : BigInt(x * 2 ** 32)
  const places = BigInt(INVERSE_HALF_PI_BITS) + (isInteger ? 0n : 32n)
  const turns = 16n * numerator * INVERSE_HALF_PI_DIGITS
  const k = (turns + (1n << (places - 1n))) >> places
  const fraction = (turns - (k << places)) >> (places - 192n)
  const high = Number(fraction)
  const low = Number(fraction - BigInt(high))
  const r = productParts(high * 2 ** -196, low * 2 ** -196, HALF_PI_HIGH, HALF_PI_LOW)
  return kernel(r, beside.tail, Number(BigInt.asIntN(6, k)))
}

export function sinRare(x: number): number {
  return ofHugeAngle(x, sinParts)
}

export function cosRare(x: number): number {
  return ofHugeAngle(x, cosParts)
}

export function tanRare(x: number): number {
  return ofHugeAngle(x, tanParts)
}

export function powRare(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  const isInteger = Math.floor(y) === y
  const isOdd = isInteger && Math.floor(y / 2) * 2 !== y
  const base = Math.abs(x)
  if (x < 0 && !isInteger && base !== Number.POSITIVE_INFINITY) return Number.NaN
  const isNegative = isOdd && (x < 0 || Object.is(x, -0))
  const power = powOfPositive(base, y)
  return isNegative ? -power : power
}

/** x^y for x in [0, Infinity] and y not 0. ECMAScript, unlike IEEE, leaves 1^Infinity undefined. */
function powOfPositive(x: number, y: number): number {
  if (x === 1) return Math.abs(y) === Number.POSITIVE_INFINITY ? Number.NaN : 1
  const limit = x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0
  if (x === 0 || x === Number.POSITIVE_INFINITY || Math.abs(y) >= 2 ** 64) return limit
  const scaling = x < 2 ** -500 ? 200 : x > 2 ** 500 ? -200 : 0
  const log = powExponent(scale(x, scaling), y, -scaling)
  return Math.abs(log) > -UNDERFLOW ? limit : expRareOfSum(log, beside.tail)
}

function expRareOfSum(x: number, xTail: number): number {
  return x > OVERFLOW ? Number.POSITIVE_INFINITY : expTimesPower(x, xTail, 0)
}

/** The power of two that brings |x| near 1, for a finite x other than 0. */
function exponentThatScales(x: number): number {
  let n = 0
  for (let a = Math.abs(x); a < 2 ** -200; a *= 2 ** 200) n += 200
  for (let a = Math.abs(x); a > 2 ** 200; a *= 2 ** -200) n -= 200
  return n
}

export function hypotRare(x: number, y: number): number {
  const larger = Math.max(Math.abs(x), Math.abs(y))
  if (Math.abs(x) === Number.POSITIVE_INFINITY || Math.abs(y) === Number.POSITIVE_INFINITY)
    return Number.POSITIVE_INFINITY
  if (!(larger > 0)) return larger
  const n = exponentThatScales(larger)
  return scale(hypotParts(scale(x, n), scale(y, n)), -n)
}

export function directionCosineRare(x: number, y: number): number {
  const [a, b] = [Math.abs(x), Math.abs(y)]
  if (a === Number.POSITIVE_INFINITY) return b < a ? Math.sign(x) : Number.NaN
  if (b === Number.POSITIVE_INFINITY || x === 0) return Number.isNaN(x + b) ? Number.NaN : x * 0
  if (!(a >= 0 && b >= 0)) return Number.NaN
  // Here hypot is |y| to the last bit
  if (a * 2 ** 60 < b) return x / b
  const n = exponentThatScales(Math.max(a, b))
  return directionCosineParts(scale(x, n), scale(y, n))
}

/** Zeros, infinities and NaN. */
export function cbrtRare(x: number): number {
  return x
}

/** Where an angle is a right one, or its own tangent. */
export function atanRare(x: number): number {
  return Math.abs(x) > 1 ? copySign(HALF_PI_HIGH, x) : x
}

export function asinRare(x: number): number {
  const a = Math.abs(x)
  return a < 1 ? x : a === 1 ? x * HALF_PI_HIGH : Number.NaN
}

export function acosRare(x: number): number {
  return x === 1 ? 0 : x === -1 ? PI_HIGH : Number.NaN
}

const PI_HIGH = 2 * HALF_PI_HIGH
const PI_LOW = 2 * HALF_PI_LOW

export function atan2Rare(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  return copySign(angleFromAxis(Math.abs(y), x), y)
}

/** The angle in [0, pi] of the point (x, y), y in [0, Infinity]. */
function angleFromAxis(y: number, x: number): number {
  const isLeft = x < 0 || Object.is(x, -0)
  const a = Math.abs(x)
  if (y === 0) return isLeft ? PI_HIGH : 0
  if (y === a) return isLeft ? fromTurn(PI_HIGH, PI_LOW, HALF_PI_HIGH / 2, HALF_PI_LOW / 2) : HALF_PI_HIGH / 2
  if (y * 2 ** -60 > a) return HALF_PI_HIGH
  if (a * 2 ** -60 > y) return isLeft ? PI_HIGH : y / a
  const larger = Math.max(a, y)
  const power = larger > 2 ** 400 ? 2 ** -600 : larger < 2 ** -250 ? 2 ** 500 : 1
  return angleOf(y * power, a * power, isLeft)
}

/** The angle in [0, pi] of the point (a, y), or (-a, y) on the left. */
function angleOf(y: number, a: number, isLeft: boolean): number {
  const isSteep = y > a
  const angle = isSteep ? angleParts(a, 0, y, 0) : angleParts(y, 0, a, 0)
  if (!isSteep) return isLeft ? fromTurn(PI_HIGH, PI_LOW, angle, beside.tail) : angle
  const sign = isLeft ? -1 : 1
  return fromTurn(HALF_PI_HIGH, HALF_PI_LOW, sign * angle, sign * beside.tail)
}

/** turn - angle, rounded once, for |angle| <= turn. */
function fromTurn(turn: number, turnTail: number, angle: number, angleTail: number): number {
  const high = turn - angle
  return high + (turn - high - angle + (turnTail - angleTail))
}

export function erfRare(x: number): number {
  return Number.isNaN(x) ? x : copySign(1, x)
}

/** From here on erfc is 0. */
const ERFC_END = 27.5

export function erfcRare(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? x : 2
  if (!(x < ERFC_END)) return 0
  const square = squareParts(x)
  return complementTimesPower(x, 0, square, beside.tail, 0)
}

export function normalCdfRare(x: number): number {
  if (!(x < 0)) return Number.isNaN(x) ? x : 1
  if (!(x > -39)) return 0
  const square = squareParts(x)
  const squareTail = beside.tail
  const t = productParts(-x, 0, INVERSE_ROOT_2_HIGH, INVERSE_ROOT_2_LOW)
  return complementTimesPower(t, beside.tail, 0.5 * square, 0.5 * squareTail, -1)
}

/** erfc(x + xTail) * 2^extra among the subnormals, given the square of its argument. */
function complementTimesPower(
  x: number,
  xTail: number,
  square: number,
  squareTail: number,
  extra: number,
): number {
  const scaled = scaledErfcParts(x, xTail)
  const scaledTail = beside.tail
  const power = expParts(-square, -squareTail)
  const { exponent } = beside
  return scale(productParts(power, beside.tail, scaled, scaledTail), exponent + extra)
}
