import { type Definition, type Part, unary } from '../definition.js'
import {
  COARSE_LOG_TAIL,
  COARSE_LOGARITHMS,
  FINE_LOG_TAIL,
  INVERSE_LN2_HIGH,
  INVERSE_LN2_LOW,
  INVERSE_LN10_HIGH,
  INVERSE_LN10_LOW,
  LN2_HIGH,
  LN2_LOW,
  LOGARITHMS,
} from '../generated/tables.js'
import { type ExactPair, fastTwoSum, type Pair, product, round, twoSquare, twoSum } from '../pairs.js'
import {
  abs,
  add,
  bits,
  type Condition,
  chain,
  constant,
  copySign,
  type Double,
  double,
  exponentAbove,
  type Integer,
  integer,
  integerParameter,
  less,
  lookup,
  mul,
  named,
  nearest,
  parameter,
  polynomial,
  scale,
  shift,
  significandAbove,
  sub,
  unscale,
  wordAbove,
} from '../steps.js'

/** The high word of 0.6875: z is in [0.6875, 1.375). */
const Z_START = 0x3fe60000

/** x = 2^k z, and what its logarithm is put together from: ln x = (k ln 2 - ln c) + ln(1 + r), 1 + r = c z. */
interface Reduced {
  readonly k: Double
  readonly row: Integer
  /** Exact: n is 256 z rounded, r = (c n / 256 - 1) + c (z - n / 256), and c has few bits. Near 1, c is 1. */
  readonly r: Double
  /** 2^-k c, the derivative of r by x. */
  readonly slope: () => Double
}

function reduce(x: Double): Reduced {
  const k = named('k', exponentAbove(x, Z_START))
  const z256 = named('z256', significandAbove(x, Z_START, 8))
  const n = named('n', nearest(z256))
  const row = named('row', bits(integer(n), 255))
  const c = named('c', lookup(LOGARITHMS, row, 0))
  return {
    k: double(k),
    row,
    r: named('r', add(lookup(LOGARITHMS, row, 1), mul(sub(z256, n), c))),
    slope: () => mul(unscale(256, k), c),
  }
}

/** k ln 2 - ln c, exact in its high part. */
function whole({ k, row }: Reduced, extra?: Integer): Pair {
  const exponent = extra === undefined ? k : add(k, double(extra))
  return {
    high: named('h', add(mul(exponent, LN2_HIGH), lookup(LOGARITHMS, row, 2))),
    low: named('hTail', add(lookup(LOGARITHMS, row, 3), mul(exponent, LN2_LOW))),
  }
}

/**
 * x + tail = 2^k c (1 + r), ln(1 + r) = r + curve. A tail is added to x - 2^k c, which is exact, so that r has two roundings
 * instead of one, and still none about 1.
 */
function reduceCoarsely(x: Double, tail?: Double) {
  const k = named('k', exponentAbove(x, Z_START))
  const row = named('row', bits(shift(wordAbove(x, Z_START), 20 - 8), 255))
  const c = lookup(COARSE_LOGARITHMS, row, 0)
  const inverse = lookup(COARSE_LOGARITHMS, row, 1)
  const r = named(
    'r',
    tail === undefined
      ? mul(sub(significandAbove(x, Z_START, 0), c), inverse)
      : mul(add(sub(x, scale(c, k)), tail), unscale(inverse, k)),
  )
  const r2 = named('r2', mul(r, r))
  const [c3, c4, c5, c6, c7] = COARSE_LOG_TAIL as [number, number, number, number, number]
  const pair = (low: number, high: number) => add(low, mul(high, r))
  const curve = mul(r2, chain(r2, [pair(-0.5, c3), pair(c4, c5), pair(c6, c7)]))
  return { k, lnC: lookup(COARSE_LOGARITHMS, row, 2), r, curve: named('curve', curve) }
}

/**
 * ln(x + tail) by Gal's table method (1986): x = 2^k z, and the table has a c near z with ln c a multiple of 2^-42 almost
 * exactly and 1 / c almost a double. So ln x = (k ln 2 + ln c) + ln(1 + r) with r = (z - c) / c, where the first sum and
 * z - c are exact. About 1, c is 1 and r exact; elsewhere r, off by an ulp of its own, is at most a quarter of the result,
 * and adding it to the low part before the high part costs another eighth of an ulp. 0.74 ulp in all.
 */
export function logSum(x: Double, tail?: Double): Pair {
  const { k, lnC, r, curve } = reduceCoarsely(x, tail)
  const high = add(mul(double(k), LN2_HIGH), lnC)
  return { high: named('h', high), low: add(r, add(mul(double(k), LN2_LOW), curve)) }
}

/** What a tail of x adds to the logarithm: its share t of r, divided by 1 + r to first order. */
function ofTail(tail: Double, r: Double, slope: Double): Double {
  const t = mul(tail, slope)
  return sub(t, mul(r, t))
}

/** ln(x + tail) + extra ln 2 as a normalized pair with a relative error below 2^-62, without a tail 2^-65. */
export function logPair(x: Double, extra?: Integer, tail?: Double): ExactPair {
  const reduced = reduce(x)
  const { r } = reduced
  const { high: h, low: hTail } = whole(reduced, extra)
  const sum = twoSum(h, r)
  const square = twoSquare(r)
  const second = twoSum(sum.high, mul(-0.5, square.high))
  const cubic = named('cubic', mul(mul(r, square.high), polynomial(r, FINE_LOG_TAIL)))
  const fine = sub(hTail, mul(0.5, square.low))
  const rest = add(second.low, add(sum.low, add(fine, cubic)))
  return fastTwoSum(second.high, tail === undefined ? rest : add(rest, ofTail(tail, r, reduced.slope())))
}

/** Whether x is positive and finite, and neither subnormal nor near the ends of the range. */
export function hasLogarithm(x: Double): Condition {
  return less(abs(double(exponentAbove(x, Z_START))), 1000)
}

export const log: Definition = unary('log', 'ln x', x => ({
  usual: hasLogarithm(x),
  value: round(logSum(x)),
}))

/** k + extra + (ln c + ln(1 + r)) / ln 2, the product kept as a pair. */
function base2(x: Double, extra?: Integer): Double {
  const { k, lnC, r, curve } = reduceCoarsely(x)
  const { high, low } = fastTwoSum(lnC, r)
  const scaled = product(
    { high, low: add(low, curve) },
    { high: constant(INVERSE_LN2_HIGH), low: INVERSE_LN2_LOW },
  )
  const sum = fastTwoSum(extra === undefined ? double(k) : add(double(k), double(extra)), scaled.high)
  return add(sum.high, add(sum.low, scaled.low))
}

export const log2: Definition = unary('log2', 'The logarithm to base 2, exact for powers of 2.', x => ({
  usual: hasLogarithm(x),
  value: base2(x),
}))

function base10(x: Double, extra?: Integer): Double {
  return round(product(logPair(x, extra), { high: constant(INVERSE_LN10_HIGH), low: INVERSE_LN10_LOW }))
}

export const log10: Definition = unary('log10', 'The logarithm to base 10, exact for powers of 10.', x => ({
  usual: hasLogarithm(x),
  value: base10(x),
}))

/** ln(1 + x) where that has a logarithm. Also right for x > 1, where 1 + x less 1 is exact. */
export function log1pOf(x: Double): Double {
  const { high, low } = fastTwoSum(1, x)
  return round(logSum(high, low))
}

export const log1p: Definition = unary('log1p', 'ln(1 + x)', x => ({
  usual: hasLogarithm(add(1, x)),
  value: copySign(log1pOf(x), x),
}))

const x = parameter('x')
const xTail = parameter('xTail')
const extra = integerParameter('extra')
const sum = logPair(x, extra, xTail)

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
  value: base2(x, extra),
}

export const log10Parts: Part = {
  name: 'log10Parts',
  summary: 'log10(x) + extra log10(2)',
  parameters: [x, extra],
  value: base10(x, extra),
}
