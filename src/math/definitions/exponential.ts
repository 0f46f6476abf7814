import { type Definition, type Part, unary } from '../definition.js'
import { EXP_TAIL, EXPONENTIALS, STEP_HIGH, STEP_LOW, STEPS_PER_UNIT } from '../generated/tables.js'
import { type ExactPair, normalize, type Pair, round } from '../pairs.js'
import {
  abs,
  add,
  bits,
  type Double,
  type Integer,
  integer,
  less,
  lookup,
  mul,
  named,
  nearest,
  neg,
  parameter,
  polynomial,
  scale,
  select,
  shift,
  sub,
} from '../steps.js'

/** Where e^x is a normal double with room for every scaling step: beyond it, `rare` takes over. */
export const EXP_LIMIT: number = 708

interface Exponential {
  /** 2^(j/128) rounded, and what has to be multiplied by it and added: the result is fraction * (1 + rest). */
  readonly fraction: Double
  readonly rest: Double
  /** Its parts: rest = (fractionTail + r) + higher, the tail being the relative rounding error of the fraction. */
  readonly fractionTail: Double
  readonly r: Double
  readonly higher: Double
  /** The result still lacks this power of two. */
  readonly exponent: Integer
}

/**
 * e^(x + tail) as 2^exponent * fraction * (1 + rest), the table method of Tang (1989): x = (128 m + j) ln 2 / 128 + r
 * with |r| <= ln 2 / 256, so e^x = 2^m * 2^(j/128) * e^r. The relative error of the pair is below 2^-60.
 */
function exponential(x: Double, tail?: Double): Exponential {
  const k = named('k', nearest(mul(x, STEPS_PER_UNIT)))
  const n = named('n', integer(k))
  const row = named('row', bits(n, 127))
  const high = sub(x, mul(k, STEP_HIGH))
  const reduced = sub(high, mul(k, STEP_LOW))
  const r = named('r', tail === undefined ? reduced : add(reduced, tail))
  const r2 = named('r2', mul(r, r))
  const higher = mul(r2, named('p', polynomial(r, EXP_TAIL)))
  const fractionTail = named('fractionTail', lookup(EXPONENTIALS, row, 1))
  return {
    fraction: named('fraction', lookup(EXPONENTIALS, row, 0)),
    rest: add(add(fractionTail, r), higher),
    fractionTail,
    r,
    higher,
    exponent: shift(n, 7),
  }
}

/** e^(x + tail) as a pair whose low part is up to 2^-8 of the high part. */
export function expSum(x: Double, tail?: Double): Pair {
  const { fraction, rest, exponent } = exponential(x, tail)
  const power = named('power', scale(fraction, exponent))
  return { high: power, low: mul(power, rest) }
}

/** e^(x + tail) as a normalized pair. */
export function expPair(x: Double, tail?: Double): ExactPair {
  return normalize(expSum(x, tail))
}

/** What is known of the sign of x; the error of s - 1 is cheaper to find when the larger of s and 1 is known. */
type Sign = 'positive' | 'negative' | 'any'

/** e^x - 1 as a normalized pair, relatively accurate down to the smallest x; -0 gives -0. */
export function expm1Pair(x: Double, sign: Sign): ExactPair {
  return normalize(expm1Sum(x, sign))
}

/** The rounding error of h = s - 1. */
function errorOfLess1(s: Double, h: Double, sign: Sign): Double {
  if (sign === 'positive') return sub(sub(s, h), 1)
  if (sign === 'negative') return sub(s, add(h, 1))
  const part = sub(h, s)
  return add(sub(s, sub(h, part)), sub(-1, part))
}

/**
 * With s = 2^m * 2^(j/128) rounded, e^x - 1 = ((s - 1) + n r) + (s - n) r + s (tail + tail r + higher), where n is s
 * rounded to 0 or 1, and 1 for larger s. The first two are added without error, so no separate polynomial is needed near
 * 0, where s = 1. For small s, n = 1 would leave the rounding error of (s - 1) r, 2^-63, however small e^x has become, and
 * neither e^x - 1 nor tanh would be monotone.
 *
 * Signs are arranged so that an x of -0 comes through: s - 1 is -(1 - s), and what corrects the sum is subtracted. Where
 * the sign is known to be negative, for tanh, that is not needed. The low part is up to 2^-8 of the high part.
 */
export function expm1Sum(x: Double, sign: Sign): Pair {
  const keepsZero = sign !== 'negative'
  const k = named('k', nearest(mul(x, STEPS_PER_UNIT)))
  const high = named('high', sub(x, mul(k, STEP_HIGH)))
  const rest = named('rest', mul(k, STEP_LOW))
  const { fractionTail: tail, r, higher, fraction, exponent } = exponential(x)
  const rError = sub(sub(high, r), rest)
  const s = named('s', scale(fraction, exponent))
  const h = named('h', keepsZero ? neg(sub(1, s)) : sub(s, 1))
  const hError = errorOfLess1(s, h, sign)
  const low = add(add(tail, mul(tail, r)), add(higher, rError))
  const n = named('nearestToS', sign === 'negative' ? nearest(s) : select(less(0.5, s), 1, 0))
  const exact = sign === 'positive' ? r : mul(n, r)
  const sum = named('sum', add(h, exact))
  const more = sign === 'positive' ? h : sub(s, n)
  const correction = add(hError, add(mul(more, r), mul(s, low)))
  const sumError = sub(sub(sum, h), exact)
  return { high: sum, low: keepsZero ? neg(sub(sumError, correction)) : sub(correction, sumError) }
}

export const exp: Definition = unary('exp', 'e^x', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: round(expSum(x)),
}))

export const expm1: Definition = unary('expm1', 'e^x - 1', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: round(expm1Sum(x, 'any')),
}))

const x = parameter('x')
const xTail = parameter('xTail')
const { fraction, rest, exponent } = exponential(x, xTail)
const mantissa = normalize({ high: fraction, low: mul(fraction, rest) })

/** For results near the ends of the range: |x| < 2^23. */
export const expParts: Part = {
  name: 'expParts',
  summary: 'e^(x + xTail) without its power of two, between 1/2 and 2, with its tail and its exponent.',
  parameters: [x, xTail],
  value: mantissa.high,
  tail: mantissa.low,
  exponent,
}
