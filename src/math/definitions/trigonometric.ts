import type { Definition, Part } from '../definition.js'
import { fastTwoSum, normalize, type Pair, quotient, round, twoSquare, twoSum } from '../pairs.js'
import {
  abs,
  add,
  type Condition,
  type Double,
  hasBit,
  type Integer,
  integer,
  integerParameter,
  less,
  mul,
  named,
  nearest,
  neg,
  parameter,
  plus,
  polynomial,
  select,
  sub,
} from '../steps.js'
import { COS_TAIL, HALF_PI_1, HALF_PI_2, HALF_PI_3, HALF_PI_4, INVERSE_HALF_PI, SIN_TAIL } from '../tables.js'

/** Below 2^20 pi / 2 the products of a multiple k with the 33-bit parts of pi / 2 are exact. */
export const REDUCTION_LIMIT: number = 1_600_000

/** Below this, sin x and tan x are x to the last bit. */
const TINY = 2 ** -27

/** An angle as a multiple of pi / 2 and what remains, |r| <= pi / 4. */
interface Angle {
  readonly r: Double
  readonly rTail: Double
  readonly quadrant: Integer
}

/** x = k pi / 2 + r by Cody and Waite's reduction with four parts and the errors of the subtractions; to about 2^-130. */
function reduce(x: Double): Angle {
  const k = named('k', nearest(mul(x, INVERSE_HALF_PI)))
  const first = twoSum(sub(x, mul(k, HALF_PI_1)), neg(mul(k, HALF_PI_2)))
  const second = twoSum(first.high, neg(mul(k, HALF_PI_3)))
  const tail = sub(add(first.low, second.low), mul(k, HALF_PI_4))
  const { high, low } = fastTwoSum(second.high, tail)
  return { r: named('r', high), rTail: named('rTail', low), quadrant: named('quadrant', integer(k)) }
}

/** sin(r + rTail) = r + (r^3 S(r^2) + rTail cos r), with cos r to first order. */
function sinSum({ r, rTail }: Angle): Pair {
  const z = named('z', mul(r, r))
  return {
    high: r,
    low: add(mul(mul(z, r), polynomial(z, SIN_TAIL)), sub(rTail, mul(mul(0.5, z), rTail))),
  }
}

/** cos(r + rTail) = 1 - r^2/2 + (r^4 C(r^2) - r rTail), with the rounding error of 1 - r^2/2 kept. */
function cosSum({ r, rTail }: Angle): Pair {
  const z = named('z', mul(r, r))
  const half = mul(0.5, z)
  const high = sub(1, half)
  const error = sub(sub(1, high), half)
  return { high, low: add(error, sub(mul(mul(z, z), polynomial(z, COS_TAIL)), mul(r, rTail))) }
}

/** The sine of an angle, or with `turn` = 1 its cosine: sin, cos, -sin, -cos of r by quadrant. */
function sineOf(angle: Angle, turn: number): Double {
  const quadrant = turn === 0 ? angle.quadrant : plus(angle.quadrant, turn)
  const value = select(hasBit(quadrant, 1), round(cosSum(angle)), round(sinSum(angle)))
  return select(hasBit(quadrant, 2), neg(value), value)
}

/** The cosine with the rounding error of r^2 kept too: a tangent has the errors of both. */
function fineCosSum(angle: Angle): Pair {
  const { high, low } = cosSum(angle)
  return { high, low: sub(low, mul(0.5, twoSquare(angle.r).low)) }
}

/** sin r / cos r, or in odd quadrants -cos r / sin r. */
function tangentOf(angle: Angle): Double {
  const odd = hasBit(angle.quadrant, 1)
  const sine = normalize(sinSum(angle))
  const cosine = normalize(fineCosSum(angle))
  const upper = {
    high: select(odd, neg(cosine.high), sine.high),
    low: select(odd, neg(cosine.low), sine.low),
  }
  const lower = { high: select(odd, sine.high, cosine.high), low: select(odd, sine.low, cosine.low) }
  return round(quotient(upper, lower))
}

function isUsual(x: Double): Condition {
  return less(abs(x), REDUCTION_LIMIT)
}

export const sin: Definition = {
  name: 'sin',
  summary: 'The sine of x.',
  parameters: ['x'],
  describe: x => ({ usual: isUsual(x!), value: select(less(abs(x!), TINY), x!, sineOf(reduce(x!), 0)) }),
}

export const cos: Definition = {
  name: 'cos',
  summary: 'The cosine of x.',
  parameters: ['x'],
  describe: x => ({ usual: isUsual(x!), value: sineOf(reduce(x!), 1) }),
}

export const tan: Definition = {
  name: 'tan',
  summary: 'The tangent of x.',
  parameters: ['x'],
  describe: x => ({ usual: isUsual(x!), value: select(less(abs(x!), TINY), x!, tangentOf(reduce(x!))) }),
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
