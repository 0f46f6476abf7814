import { binary, type Definition, type Part } from '../definition.js'
import { ARCTANGENTS, ATAN_TAIL } from '../generated/tables.js'
import {
  type ExactPair,
  fastTwoSum,
  type Pair,
  quotient,
  round,
  shortTimes,
  squareRoot,
  twoSquare,
  twoSum,
} from '../pairs.js'
import {
  abs,
  add,
  and,
  type Condition,
  type Double,
  div,
  integer,
  less,
  lookup,
  max,
  min,
  mul,
  named,
  neg,
  parameter,
  polynomial,
  select,
  sub,
} from '../steps.js'

/** sqrt(x^2 + y^2) with the rounding errors of the squares and of the root. */
function length(x: Double, y: Double): Pair {
  const large = twoSquare(max(abs(x), abs(y)))
  const small = twoSquare(min(abs(x), abs(y)))
  const sum = fastTwoSum(large.high, small.high)
  return squareRoot({ high: sum.high, low: add(sum.low, add(large.low, small.low)) })
}

/** Where the squares of the larger operand, and of its halves, neither over- nor underflow. */
function isMiddling(x: Double, y: Double): Condition {
  const larger = max(abs(x), abs(y))
  return and(less(2 ** -300, larger), less(larger, 2 ** 500))
}

export const hypot: Definition = binary('hypot', 'sqrt(x^2 + y^2)', (x, y) => ({
  usual: isMiddling(x, y),
  value: round(length(x, y)),
}))

export const directionCosine: Definition = binary(
  'directionCosine',
  'x / hypot(x, y), the derivative of hypot(x, y) by x; 0 at the origin',
  (x, y) => ({
    usual: and(isMiddling(x, y), less(2 ** -400, abs(x))),
    value: round(quotient({ high: x, low: 0 }, length(x, y))),
  }),
)

/** Adding it to a number from 0 to 1 rounds to a multiple of 1 / 64. */
const TO_64THS = 1.5 * 2 ** 46

/**
 * atan(y / x) for pairs 0 <= y <= x: with c = i / 64 near y / x it is atan c + atan t, t = (y - c x) / (x + c y), where
 * |t| <= 1/127 and nothing is lost: c has 7 bits, and all products, sums and the quotient are pairs.
 */
export function angle(y: Pair, x: Pair): ExactPair {
  const ratio = div(y.high, x.high)
  // Where a lane has none, for NaN too, there must be a row all the same.
  const c = named('c', sub(add(select(less(ratio, 1 + 2 ** -8), ratio, 0), TO_64THS), TO_64THS))
  const row = integer(mul(c, 64))
  const cx = shortTimes(c, x.high)
  const cy = shortTimes(c, y.high)
  const upper = { high: sub(y.high, cx.high), low: sub(sub(y.low, cx.low), mul(c, x.low)) }
  const sum = fastTwoSum(x.high, cy.high)
  const lower = { high: sum.high, low: add(sum.low, add(add(cy.low, x.low), mul(c, y.low))) }
  const t = quotient(upper, lower)
  const rounded = round(t)
  const z = named('z', mul(rounded, rounded))
  const higher = mul(mul(rounded, z), polynomial(z, ATAN_TAIL))
  const angles = fastTwoSum(lookup(ARCTANGENTS, row, 0), t.high)
  const low = add(angles.low, add(lookup(ARCTANGENTS, row, 1), add(t.low, higher)))
  return fastTwoSum(angles.high, low)
}

const y = parameter('y')
const yTail = parameter('yTail')
const x = parameter('x')
const xTail = parameter('xTail')
const arctangent = angle({ high: y, low: yTail }, { high: x, low: xTail })

export const angleParts: Part = {
  name: 'angleParts',
  summary: 'The angle of the point (x + xTail, y + yTail), 0 <= y <= x, with its tail.',
  parameters: [y, yTail, x, xTail],
  value: arctangent.high,
  tail: arctangent.low,
}

/** sqrt(1 - x^2), |x| < 1. */
export function leg(x: Double): Pair {
  const square = twoSquare(x)
  const rest = twoSum(1, neg(square.high))
  return squareRoot({ high: rest.high, low: sub(rest.low, square.low) })
}

const distance = length(x, y)
const cosine = quotient({ high: x, low: 0 }, distance)

export const hypotParts: Part = {
  name: 'hypotParts',
  summary: 'sqrt(x^2 + y^2) where no square over- or underflows.',
  parameters: [x, y],
  value: round(distance),
}

export const directionCosineParts: Part = {
  name: 'directionCosineParts',
  summary: 'x / sqrt(x^2 + y^2) where no square over- or underflows.',
  parameters: [x, y],
  value: round(cosine),
}
