import { type Definition, type Part, unary } from '../definition.js'
import { type ExactPair, fastTwoDifference, fastTwoSum, quotient, round, twoSquare } from '../pairs.js'
import {
  abs,
  add,
  bits,
  type Condition,
  chain,
  type Double,
  flipSign,
  hasBit,
  type Integer,
  integer,
  integerParameter,
  less,
  lookup,
  mul,
  named,
  nearest,
  neg,
  parameter,
  plus,
  select,
  sub,
} from '../steps.js'
import { CIRCULAR_TAILS, HALF_PI_FINE_PARTS, HALF_PI_PARTS, INVERSE_HALF_PI } from '../tables.js'

/** Below 2^14 the products of a multiple k with the 39-bit parts of pi / 2 are exact. */
const NEAR_LIMIT = 16_000

/** An angle as a multiple of pi / 2 and what remains, |r| <= pi / 4. */
interface Angle {
  readonly r: Double
  readonly rTail: Double
  readonly quadrant: Integer
}

/**
 * x = k pi / 2 + r by Cody and Waite's reduction, to 2^-116: the first difference is exact, the second keeps its error.
 * Fast two-sums will do: where k times a part is the larger operand, the difference is exact. What is small is
 * subtracted, so that an x of -0 comes through.
 */
function reduce(x: Double): Angle {
  const [part1, part2, part3] = HALF_PI_PARTS
  const k = named('k', nearest(mul(x, INVERSE_HALF_PI)))
  const first = sub(x, mul(k, part1))
  const { high, low } = fastTwoDifference(first, mul(k, part2))
  const r = fastTwoDifference(high, sub(mul(k, part3), low))
  return { r: named('r', r.high), rTail: named('rTail', r.low), quadrant: named('quadrant', integer(k)) }
}

/** The same with three exact parts, for |k| < 2^20, to 2^-130. */
function reduceFar(x: Double): Angle {
  const [part1, part2, part3, part4] = HALF_PI_FINE_PARTS
  const k = named('k', nearest(mul(x, INVERSE_HALF_PI)))
  const first = sub(x, mul(k, part1))
  const second = fastTwoDifference(first, mul(k, part2))
  const third = fastTwoDifference(second.high, mul(k, part3))
  const tail = sub(add(second.low, third.low), mul(k, part4))
  const { high, low } = fastTwoSum(third.high, tail)
  return { r: high, rTail: low, quadrant: integer(k) }
}

const SINE = 0
const COSINE = 1

function tailOf(z: Double, row: Integer | typeof SINE | typeof COSINE): Double {
  const { values, columns } = CIRCULAR_TAILS
  const coefficients = Array.from({ length: columns }, (_, i) =>
    typeof row === 'number' ? values[columns * row + i]! : lookup(CIRCULAR_TAILS, row, i),
  )
  return chain(z, coefficients)
}

/** A sum high - (excess - factor * tail(r^2)). */
interface Kernel {
  readonly high: Double
  readonly factor: Double
  readonly excess: Double
}

/** sin(r + rTail) = r + (r^3 S(r^2) + rTail cos r), with cos r to first order. Signs let an r of -0 come through. */
function sineKernel({ r, rTail }: Angle): Kernel {
  const z = named('z', mul(r, r))
  return { high: r, factor: mul(z, r), excess: sub(mul(mul(0.5, z), rTail), rTail) }
}

/** cos(r + rTail) = 1 - r^2/2 + (r^4 C(r^2) - r rTail), with the rounding error of 1 - r^2/2 kept. */
function cosineKernel({ r, rTail }: Angle): Kernel {
  const z = named('z', mul(r, r))
  const half = named('half', mul(0.5, z))
  const high = named('high', sub(1, half))
  return { high, factor: mul(z, z), excess: sub(mul(r, rTail), sub(sub(1, high), half)) }
}

/**
 * The sine of an angle, or with `turn` = 1 its cosine: sin, cos, -sin, -cos of r by quadrant. The coefficients come
 * from a table, so that one polynomial is computed and not two.
 */
function sineOf(angle: Angle, turn: number): Double {
  const quadrant = turn === 0 ? angle.quadrant : plus(angle.quadrant, turn)
  const isCosine = named('isCosine', hasBit(quadrant, 1))
  const sine = sineKernel(angle)
  const cosine = cosineKernel(angle)
  const tail = named('p', tailOf(mul(angle.r, angle.r), bits(quadrant, 1)))
  const factor = select(isCosine, cosine.factor, sine.factor)
  const excess = named('excess', select(isCosine, cosine.excess, sine.excess))
  const high = select(isCosine, cosine.high, sine.high)
  const sum = named('sum', sub(high, sub(excess, mul(factor, tail))))
  return flipSign(sum, quadrant, 1)
}

/** A kernel as a normalized pair. */
function pairOf(angle: Angle, { high, factor, excess }: Kernel, row: typeof SINE | typeof COSINE): ExactPair {
  return fastTwoSum(high, sub(mul(factor, tailOf(mul(angle.r, angle.r), row)), excess))
}

/** Below this, tan x is x to the last bit. */
const TINY = 2 ** -27

/** sin r / cos r, or in odd quadrants -cos r / sin r. */
function tangentOf(angle: Angle): Double {
  const odd = hasBit(angle.quadrant, 1)
  const sine = pairOf(angle, sineKernel(angle), SINE)
  const kernel = cosineKernel(angle)
  // A tangent has the errors of both: keep the rounding error of r^2 too
  const excess = add(kernel.excess, mul(0.5, twoSquare(angle.r).low))
  const cosine = pairOf(angle, { ...kernel, excess }, COSINE)
  const upper = {
    high: select(odd, neg(cosine.high), sine.high),
    low: select(odd, neg(cosine.low), sine.low),
  }
  const lower = { high: select(odd, sine.high, cosine.high), low: select(odd, sine.low, cosine.low) }
  return round(quotient(upper, lower))
}

function isUsual(x: Double): Condition {
  return less(abs(x), NEAR_LIMIT)
}

export const sin: Definition = unary('sin', 'The sine of x.', x => ({
  usual: isUsual(x),
  value: sineOf(reduce(x), 0),
}))

export const cos: Definition = unary('cos', 'The cosine of x.', x => ({
  usual: isUsual(x),
  value: sineOf(reduce(x), 1),
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
    'What remains of x, |x| < 1.6e6, less the nearest multiple of pi / 2, with its tail; the multiple as exponent.',
  parameters: [x],
  value: far.r,
  tail: far.rTail,
  exponent: far.quadrant,
}

const r = parameter('r')
const rTail = parameter('rTail')
const quadrant = integerParameter('quadrant')
const parameters = [r, rTail, quadrant]
const angle = { r, rTail, quadrant }

export const sinParts: Part = {
  name: 'sinParts',
  summary: 'The sine of quadrant * pi / 2 + r + rTail, |r| <= pi / 4.',
  parameters,
  value: sineOf(angle, 0),
}

export const cosParts: Part = {
  name: 'cosParts',
  summary: 'The cosine of quadrant * pi / 2 + r + rTail, |r| <= pi / 4.',
  parameters,
  value: sineOf(angle, 1),
}

export const tanParts: Part = {
  name: 'tanParts',
  summary: 'The tangent of quadrant * pi / 2 + r + rTail, |r| <= pi / 4.',
  parameters,
  value: tangentOf(angle),
}
