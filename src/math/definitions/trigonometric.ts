import { type Definition, type Part, unary } from '../definition.js'
import {
  ANGLE_FINE_PARTS,
  ANGLE_PARTS,
  ANGLES_PER_UNIT,
  COSINE_TAIL,
  SINE_TAIL,
  SINES,
} from '../generated/tables.js'
import { type ExactPair, fastTwoDifference, fastTwoSum, quotient, round } from '../pairs.js'
import {
  abs,
  add,
  bits,
  type Condition,
  chain,
  type Double,
  type Integer,
  integer,
  integerParameter,
  less,
  lookup,
  mul,
  named,
  nearest,
  parameter,
  plus,
  select,
  sub,
} from '../steps.js'

/** Below 2^16 pi / 32 the products of a multiple k with the 37-bit parts of pi / 32 are exact. */
const NEAR_LIMIT = 6400

/** An angle as a multiple of pi / 32 and what remains, |r| <= pi / 64. */
interface Angle {
  readonly r: Double
  readonly rTail: Double
  readonly multiple: Integer
}

/**
 * x = k pi / 32 + r by Cody and Waite's reduction, to 2^-115: the first difference is exact, the second keeps its error.
 * Fast two-sums will do: where k times a part is the larger operand, the difference is exact. What is small is
 * subtracted, so that an x of -0 comes through.
 */
function reduce(x: Double): Angle {
  const [part1, part2, part3] = ANGLE_PARTS
  const k = named('k', nearest(mul(x, ANGLES_PER_UNIT)))
  const { high, low } = fastTwoDifference(sub(x, mul(k, part1)), mul(k, part2))
  return {
    r: named('r', high),
    rTail: named('rTail', sub(low, mul(k, part3))),
    multiple: named('multiple', integer(k)),
  }
}

/** The same with three exact parts, for |k| < 2^24, to 2^-130. */
function reduceFar(x: Double): Angle {
  const [part1, part2, part3, part4] = ANGLE_FINE_PARTS
  const k = named('k', nearest(mul(x, ANGLES_PER_UNIT)))
  const first = sub(x, mul(k, part1))
  const second = fastTwoDifference(first, mul(k, part2))
  const third = fastTwoDifference(second.high, mul(k, part3))
  const tail = sub(add(second.low, third.low), mul(k, part4))
  const { high, low } = fastTwoSum(third.high, tail)
  return { r: high, rTail: low, multiple: integer(k) }
}

/** The angle that is larger by pi / 2: its sine is the cosine. */
function turned(angle: Angle): Angle {
  return { ...angle, multiple: plus(angle.multiple, 16) }
}

/**
 * sin(a + r + rTail) = S + C r + (C (sin r - r + rTail) - S (1 - cos r)), where S and C are the sine and the cosine of a
 * multiple a of pi / 32. C is `short`, 0, 1/2 or 1 or their negative, and a rest of at most 1/4; so the first product and,
 * by its error, the sum with S are exact, and what is rounded below is small. Of 0 and pi the S of -0, and subtracting
 * what is small, let an r of -0 come through. The value is high - low.
 */
function sineOf({ r, rTail, multiple }: Angle): { readonly high: Double; readonly low: Double } {
  const row = named('row', bits(multiple, 63))
  const s = named('s', lookup(SINES, row, 0))
  const short = named('short', lookup(SINES, row, 2))
  const rest = named('rest', lookup(SINES, row, 3))
  const z = named('z', mul(r, r))
  const beyond = named('beyond', add(mul(mul(r, z), chain(z, SINE_TAIL)), rTail))
  const versine = named('versine', mul(z, chain(z, COSINE_TAIL)))
  const exact = mul(short, r)
  const sum = named('sum', add(s, exact))
  const sumError = sub(sub(sum, s), exact)
  const others = sub(mul(s, versine), add(mul(rest, r), mul(add(short, rest), beyond)))
  return { high: sum, low: named('low', add(sub(sumError, lookup(SINES, row, 1)), others)) }
}

function roundedSine(angle: Angle): Double {
  const { high, low } = sineOf(angle)
  return sub(high, low)
}

function sinePair(angle: Angle): ExactPair {
  const { high, low } = sineOf(angle)
  return fastTwoDifference(high, low)
}

/** Below this, tan x is x to the last bit. */
const TINY = 2 ** -27

function tangentOf(angle: Angle): Double {
  return round(quotient(sinePair(angle), sinePair(turned(angle))))
}

function isUsual(x: Double): Condition {
  return less(abs(x), NEAR_LIMIT)
}

export const sin: Definition = unary('sin', 'The sine of x.', x => ({
  usual: isUsual(x),
  value: roundedSine(reduce(x)),
}))

export const cos: Definition = unary('cos', 'The cosine of x.', x => ({
  usual: isUsual(x),
  value: roundedSine(turned(reduce(x))),
}))

export const tan: Definition = unary('tan', 'The tangent of x.', x => ({
  usual: isUsual(x),
  value: select(less(abs(x), TINY), x, tangentOf(reduce(x))),
}))

const x = parameter('x')
const far = reduceFar(x)

export const reduceParts: Part = {
  name: 'reduceParts',
  summary:
    'What remains of x, |x| < 1.6e6, less the nearest multiple of pi / 32, with its tail; the multiple as exponent.',
  parameters: [x],
  value: far.r,
  tail: far.rTail,
  exponent: far.multiple,
}

const r = parameter('r')
const rTail = parameter('rTail')
const multiple = integerParameter('multiple')
const parameters = [r, rTail, multiple]
const angle = { r, rTail, multiple }

export const sinParts: Part = {
  name: 'sinParts',
  summary: 'The sine of multiple * pi / 32 + r + rTail, |r| <= pi / 64.',
  parameters,
  value: roundedSine(angle),
}

export const cosParts: Part = {
  name: 'cosParts',
  summary: 'The cosine of multiple * pi / 32 + r + rTail, |r| <= pi / 64.',
  parameters,
  value: roundedSine(turned(angle)),
}

export const tanParts: Part = {
  name: 'tanParts',
  summary: 'The tangent of multiple * pi / 32 + r + rTail, |r| <= pi / 64.',
  parameters,
  value: tangentOf(angle),
}
