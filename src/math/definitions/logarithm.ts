import type { Definition, Part } from '../definition.js'
import {
  type ExactPair,
  fastTwoSum,
  normalize,
  type Pair,
  product,
  round,
  twoSquare,
  twoSum,
} from '../pairs.js'
import {
  abs,
  add,
  and,
  atMost,
  bits,
  constant,
  type Double,
  double,
  highWord,
  type Integer,
  integerParameter,
  less,
  lookup,
  minus,
  mul,
  named,
  parameter,
  polynomial,
  select,
  shift,
  sub,
  unscale,
} from '../steps.js'
import {
  INVERSE_LN2_HIGH,
  INVERSE_LN2_LOW,
  INVERSE_LN10_HIGH,
  INVERSE_LN10_LOW,
  LN2_HIGH,
  LN2_LOW,
  LOG_TAIL,
  LOGARITHMS,
} from '../tables.js'

/** The smallest normal double. */
export const SMALLEST_NORMAL: number = 2 ** -1022

/** The high word of 0.6875, where the intervals of the table begin. */
const TABLE_START = 0x3fe60000

/** 1.5 * 2^32: adding and subtracting it rounds |x| < 2^31 to a multiple of 2^-20. */
const GRID = 1.5 * 2 ** 32

interface Reduced {
  /** x = 2^k z; c is the table's reciprocal of z; z c = 1 + r + rTail. */
  readonly k: Double
  readonly row: Integer
  readonly r: Double
  readonly rTail: Double
}

/**
 * x + tail = 2^k z with z in [0.6875, 1.375) and z c = 1 + r. The product is exact: c has at most 11 bits, and z is
 * split at 2^-20. Beside 1, c is 1, so that r is x - 1 itself and log x loses nothing there.
 */
function reduce(x: Double, tail?: Double): Reduced {
  const offset = minus(highWord(x), TABLE_START)
  const k = named('k', shift(offset, 20))
  const row = named('row', bits(shift(offset, 13), 127))
  const c = named('c', lookup(LOGARITHMS, row, 0))
  const z = named('z', unscale(x, k))
  const zHigh = named('zHigh', sub(add(z, GRID), GRID))
  const a = sub(mul(zHigh, c), 1)
  const b = mul(sub(z, zHigh), c)
  if (tail === undefined) {
    const { high, low } = fastTwoSum(a, b)
    return { k: double(k), row, r: named('r', high), rTail: low }
  }
  const small = fastTwoSum(b, mul(mul(tail, unscale(1, k)), c))
  const { high, low } = fastTwoSum(a, small.high)
  return { k: double(k), row, r: named('r', high), rTail: add(low, small.low) }
}

/**
 * ln(x + tail) + extra ln 2 = (k ln 2 - ln c) + ln(1 + r), Tang's table method (1990), as a pair whose low part is up
 * to 2^-7 of the high part. k ln 2 - ln c is exact in its high part, and r is added to it without error.
 */
export function logSum(x: Double, tail?: Double, extra?: Integer): Pair {
  const { k: exponent, row, r, rTail } = reduce(x, tail)
  const k = extra === undefined ? exponent : add(exponent, double(extra))
  const h = named('h', add(mul(k, LN2_HIGH), lookup(LOGARITHMS, row, 1)))
  const hTail = add(lookup(LOGARITHMS, row, 2), mul(k, LN2_LOW))
  const sum = fastTwoSum(h, r)
  const r2 = mul(r, r)
  const higher = sub(mul(mul(r, r2), polynomial(r, LOG_TAIL)), mul(0.5, r2))
  return { high: sum.high, low: add(add(sum.low, add(rTail, hTail)), higher) }
}

/** ln x + extra ln 2 as a normalized pair with a relative error below 2^-67. */
export function logPair(x: Double, extra?: Integer): ExactPair {
  const { k: exponent, row, r, rTail } = reduce(x)
  const k = extra === undefined ? exponent : add(exponent, double(extra))
  const h = named('h', add(mul(k, LN2_HIGH), lookup(LOGARITHMS, row, 1)))
  const hTail = add(lookup(LOGARITHMS, row, 2), mul(k, LN2_LOW))
  const sum = fastTwoSum(h, r)
  const square = twoSquare(r)
  const second = twoSum(sum.high, mul(-0.5, square.high))
  const cubic = mul(mul(r, square.high), polynomial(r, LOG_TAIL))
  const fine = sub(add(sub(rTail, mul(r, rTail)), hTail), mul(0.5, square.low))
  return fastTwoSum(second.high, add(second.low, add(sum.low, add(fine, cubic))))
}

function isNormal(x: Double) {
  return and(atMost(SMALLEST_NORMAL, x), less(x, Number.POSITIVE_INFINITY))
}

export const log: Definition = {
  name: 'log',
  summary: 'ln x',
  parameters: ['x'],
  describe: x => ({ usual: isNormal(x!), value: round(logSum(x!)) }),
}

function inBase(x: Double, high: number, low: number): Double {
  return round(product(logPair(x), { high: constant(high), low }))
}

export const log2: Definition = {
  name: 'log2',
  summary: 'The logarithm to base 2, exact for powers of 2.',
  parameters: ['x'],
  describe: x => ({ usual: isNormal(x!), value: inBase(x!, INVERSE_LN2_HIGH, INVERSE_LN2_LOW) }),
}

export const log10: Definition = {
  name: 'log10',
  summary: 'The logarithm to base 10, exact for powers of 10.',
  parameters: ['x'],
  describe: x => ({ usual: isNormal(x!), value: inBase(x!, INVERSE_LN10_HIGH, INVERSE_LN10_LOW) }),
}

export const log1p: Definition = {
  name: 'log1p',
  summary: 'ln(1 + x)',
  parameters: ['x'],
  describe: x => {
    const { high, low } = twoSum(1, x!)
    return {
      usual: and(less(-1, x!), less(x!, 2 ** 1000)),
      value: select(less(abs(x!), 2 ** -54), x!, round(logSum(high, low))),
    }
  },
}

const x = parameter('x')
const xTail = parameter('xTail')
const extra = integerParameter('extra')
const base2 = product(logPair(x, extra), { high: constant(INVERSE_LN2_HIGH), low: INVERSE_LN2_LOW })
const base10 = product(logPair(x, extra), { high: constant(INVERSE_LN10_HIGH), low: INVERSE_LN10_LOW })
const sum = normalize(logSum(x, xTail, extra))

export const logParts: Part = {
  name: 'logParts',
  summary: 'ln(x + xTail) + extra ln 2, with its tail.',
  parameters: [x, xTail, extra],
  value: sum.high,
  tail: sum.low,
}

export const log2Parts: Part = {
  name: 'log2Parts',
  summary: 'log2(x) + extra',
  parameters: [x, extra],
  value: round(base2),
}

export const log10Parts: Part = {
  name: 'log10Parts',
  summary: 'log10(x) + extra log10(2)',
  parameters: [x, extra],
  value: round(base10),
}
