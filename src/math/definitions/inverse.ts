import { binary, type Definition, unary } from '../definition.js'
import { HALF_PI_HIGH, HALF_PI_LOW } from '../generated/tables.js'
import type { ExactPair, Pair } from '../pairs.js'
import {
  abs,
  add,
  and,
  type Condition,
  constant,
  copySign,
  type Double,
  less,
  max,
  min,
  mul,
  neg,
  type Operand,
  select,
  sub,
} from '../steps.js'
import { angle, leg } from './euclidean.js'

/** Below this, asin x and atan x are x to the last bit. */
const TINY = 2 ** -28

function select2(condition: Condition, x: Pair, y: Pair): Pair {
  return { high: select(condition, x.high, y.high), low: select(condition, x.low, y.low) }
}

/** turn - angle, rounded once, for |angle| <= turn. */
function fromTurn(turn: Operand, turnTail: Operand, angle: ExactPair): Double {
  const high = sub(turn, angle.high)
  return add(high, add(sub(sub(turn, high), angle.high), sub(turnTail, angle.low)))
}

/** The angle in [0, pi / 2] of the point (x, y), not negative. */
function inFirstQuadrant(y: Pair, x: Pair): Double {
  const isSteep = less(x.high, y.high)
  const found = angle(select2(isSteep, x, y), select2(isSteep, y, x))
  return select(isSteep, fromTurn(HALF_PI_HIGH, HALF_PI_LOW, found), found.high)
}

/** The angle in [0, pi] of the point (x, y), y not negative. */
function inUpperHalf(y: Pair, x: Double): Double {
  const isLeft = less(x, 0)
  const size: Pair = { high: abs(x), low: 0 }
  const isSteep = less(size.high, y.high)
  const found = angle(select2(isSteep, size, y), select2(isSteep, y, size))
  const mirrored = {
    high: select(isLeft, neg(found.high), found.high),
    low: select(isLeft, neg(found.low), found.low),
  }
  const steep = fromTurn(HALF_PI_HIGH, HALF_PI_LOW, mirrored)
  return select(
    isSteep,
    steep,
    select(isLeft, fromTurn(2 * HALF_PI_HIGH, 2 * HALF_PI_LOW, found), found.high),
  )
}

export const atan: Definition = unary('atan', 'The arctangent of x.', x => {
  const a = abs(x)
  return {
    usual: and(less(TINY, a), less(a, 2 ** 60)),
    value: copySign(inFirstQuadrant({ high: a, low: 0 }, { high: constant(1), low: 0 }), x),
  }
})

export const asin: Definition = unary('asin', 'The arcsine of x.', x => {
  const a = abs(x)
  return {
    usual: and(less(TINY, a), less(a, 1)),
    value: copySign(inFirstQuadrant({ high: a, low: 0 }, leg(a)), x),
  }
})

export const acos: Definition = unary('acos', 'The arccosine of x.', x => ({
  usual: less(abs(x), 1),
  value: inUpperHalf(leg(x), x),
}))

export const atan2: Definition = binary('atan2', 'The angle of the point (y, x), from -pi to pi.', (y, x) => {
  const larger = max(abs(x), abs(y))
  const isMiddling = and(less(2 ** -300, larger), less(larger, 2 ** 500))
  return {
    usual: and(isMiddling, less(mul(larger, 2 ** -60), min(abs(x), abs(y)))),
    value: copySign(inUpperHalf({ high: abs(y), low: 0 }, x), y),
  }
})
