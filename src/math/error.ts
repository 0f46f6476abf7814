/** erf, erfc and the normal distribution function, from x + 0.128 x + ... near 0 and e^-x^2 * (e^x^2 erfc x) beyond. */

import { scale } from './bits.js'
import { beside, erfParts, expParts, productParts, scaledErfcParts, squareParts } from './generated/parts.js'
import { INVERSE_ROOT_2_HIGH, INVERSE_ROOT_2_LOW } from './generated/tables.js'

/** Beyond it erfc underflows. */
const ERFC_END = 27.5

/** From here erf is 1. */
const ERF_END = 6

/** The power of two and the tail that `complement` hands over beside its value. */
let complementTail = 0
let complementExponent = 0

/** erfc(x + xTail) for 1/2 <= x < 28, given the exact square of its argument. */
function complement(x: number, xTail: number, square: number, squareTail: number): number {
  const scaled = scaledErfcParts(x, xTail)
  const scaledTail = beside.tail
  const power = expParts(-square, -squareTail)
  complementExponent = beside.exponent
  const value = productParts(power, beside.tail, scaled, scaledTail)
  complementTail = beside.tail
  return value
}

/** `whole` less the complement of the last call, times 2^extra. */
function lessComplement(whole: number, value: number, extra: number): number {
  const high = scale(value, complementExponent + extra)
  const low = scale(complementTail, complementExponent + extra)
  const difference = whole - high
  return difference + (whole - difference - high - low)
}

/** whole - factor * erf(x + xTail) for |x| <= 1/2 and a factor that is a power of 2. */
function lessErf(whole: number, factor: number, x: number, xTail: number): number {
  const difference = whole - factor * x
  const slope = 1.13 * (1 - x * x)
  return difference + (whole - difference - factor * x - factor * (erfParts(x) + slope * xTail))
}

/** The error function, 2 / sqrt(pi) times the integral of e^-t^2 from 0 to x. */
export function erf(x: number): number {
  const a = Math.abs(x)
  if (!(a > 0.5)) return x + erfParts(x)
  const value = a < ERF_END ? lessComplement(1, complementOf(a), 0) : 1
  return x < 0 ? -value : value
}

function complementOf(x: number): number {
  const square = squareParts(x)
  return complement(x, 0, square, beside.tail)
}

/** 1 - erf(x), accurate in its tail. */
export function erfc(x: number): number {
  if (Math.abs(x) <= 0.5) return lessErf(1, 1, x, 0)
  if (x > 0) return x < ERFC_END ? roundComplement(complementOf(x), 0) : 0
  return x > -ERF_END ? lessComplement(2, complementOf(-x), 0) : Number.isNaN(x) ? x : 2
}

function roundComplement(value: number, extra: number): number {
  return scale(value, complementExponent + extra)
}

/** The integral of the standard normal density up to x, erfc(-x / sqrt(2)) / 2 without rounding the quotient. */
export function normalCdf(x: number): number {
  if (!(Math.abs(x) < 39)) return Number.isNaN(x) ? x : x < 0 ? 0 : 1
  const t = productParts(-x, 0, INVERSE_ROOT_2_HIGH, INVERSE_ROOT_2_LOW)
  const tTail = beside.tail
  if (Math.abs(t) <= 0.5) return lessErf(0.5, 0.5, t, tTail)
  const square = squareParts(x)
  const value = complement(Math.abs(t), t < 0 ? -tTail : tTail, 0.5 * square, 0.5 * beside.tail)
  return t > 0 ? roundComplement(value, -1) : lessComplement(1, value, -1)
}
