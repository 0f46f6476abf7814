/** The inverse trigonometric functions: all are the angle of a point whose coordinates are known as pairs. */

import { angleParts, beside, legParts } from './generated/parts.js'
import { HALF_PI_HIGH, HALF_PI_LOW } from './generated/tables.js'

/** Below this, asin x and atan x are x to the last bit. */
const TINY = 2 ** -28

const PI_HIGH = 2 * HALF_PI_HIGH
const PI_LOW = 2 * HALF_PI_LOW

/** The angle in [0, pi] of the point (x + xTail, y + yTail), y >= 0, both away from over- and underflow. */
function angleOf(y: number, yTail: number, x: number, xTail: number): number {
  const isLeft = x < 0
  const a = isLeft ? -x : x
  const aTail = isLeft ? -xTail : xTail
  const isSteep = y > a
  const angle = isSteep ? angleParts(a, aTail, y, yTail) : angleParts(y, yTail, a, aTail)
  if (!isSteep) return isLeft ? fromTurn(PI_HIGH, PI_LOW, angle, beside.tail) : angle
  const sign = isLeft ? -1 : 1
  return fromTurn(HALF_PI_HIGH, HALF_PI_LOW, sign * angle, sign * beside.tail)
}

/** turn - angle, rounded once, for |angle| <= turn. */
function fromTurn(turn: number, turnTail: number, angle: number, angleTail: number): number {
  const high = turn - angle
  return high + (turn - high - angle + (turnTail - angleTail))
}

/** The arctangent of x. */
export function atan(x: number): number {
  const a = Math.abs(x)
  if (!(a > TINY)) return x
  const angle = a < 2 ** 60 ? angleOf(a, 0, 1, 0) : HALF_PI_HIGH
  return x < 0 ? -angle : angle
}

/** The arcsine of x. */
export function asin(x: number): number {
  const a = Math.abs(x)
  if (!(a > TINY)) return x
  if (!(a < 1)) return a === 1 ? x * HALF_PI_HIGH : Number.NaN
  const cosine = legParts(a)
  const angle = angleOf(a, 0, cosine, beside.tail)
  return x < 0 ? -angle : angle
}

/** The arccosine of x. */
export function acos(x: number): number {
  if (!(Math.abs(x) < 1)) return x === 1 ? 0 : x === -1 ? PI_HIGH : Number.NaN
  const sine = legParts(x)
  return angleOf(sine, beside.tail, x, 0)
}

/** The angle of the point (x, y), from -pi to pi. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  const angle = angleFromAxis(Math.abs(y), x)
  return y < 0 || Object.is(y, -0) ? -angle : angle
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
  const power = larger > 2 ** 800 ? 2 ** -300 : larger < 2 ** -800 ? 2 ** 300 : 1
  return angleOf(y * power, 0, x * power, 0)
}
