// Generated from src/core/primitives.ts by scripts/generate-table.ts. Do not edit.

import * as table from '../../core/primitives.js'
import type { Primitive } from '../../core/value.js'
import * as math from '../../math/index.js'
import * as steps from '../../math/steps.js'

type Double = steps.Operand

function add(x: Double, y: Double): Double {
  return steps.add(x, y)
}

function sub(x: Double, y: Double): Double {
  return steps.sub(x, y)
}

function mul(x: Double, y: Double): Double {
  return steps.mul(x, y)
}

function div(x: Double, y: Double): Double {
  return steps.div(x, y)
}

function neg(x: Double): Double {
  return steps.neg(x)
}

function pow(x: Double, y: Double): Double {
  return steps.select(
    steps.equal(y, 2),
    steps.mul(x, x),
    steps.select(steps.equal(y, 1), x, steps.call(math.pow, x, y)),
  )
}

function differenceError(y: Double, z: Double, difference: Double): Double {
  const part = steps.sub(difference, y)
  return steps.sub(steps.sub(y, steps.sub(difference, part)), steps.add(z, part))
}

function powOfDifference(x: Double, y: Double, z: Double): Double {
  const exponent = steps.sub(y, z)
  const power = pow(x, exponent)
  const factor = steps.mul(differenceError(y, z, exponent), steps.call(math.log, x))
  return steps.select(steps.less(steps.abs(factor), 1), steps.mul(power, steps.add(1, factor)), power)
}

function sqrt(x: Double): Double {
  return steps.sqrt(x)
}

function relu(x: Double): Double {
  return steps.max(x, 0)
}

function gelu(x: Double): Double {
  return steps.select(steps.less(x, -40), -0, steps.mul(x, steps.call(math.normalCdf, x)))
}

function oneMinusSquare(x: Double): Double {
  return steps.mul(steps.sub(1, x), steps.add(1, x))
}

function abs(x: Double): Double {
  return steps.abs(x)
}

function sign(x: Double): Double {
  return steps.sign(x)
}

function floor(x: Double): Double {
  return steps.floor(x)
}

function ceil(x: Double): Double {
  return steps.ceil(x)
}

function max(x: Double, y: Double): Double {
  return steps.max(x, y)
}

function min(x: Double, y: Double): Double {
  return steps.min(x, y)
}

function clamp(x: Double, low: Double, high: Double): Double {
  return steps.min(steps.max(x, low), high)
}

function gt(x: Double, y: Double): Double {
  return steps.select(steps.less(y, x), 1, 0)
}

function ge(x: Double, y: Double): Double {
  return steps.select(steps.lessOrEqual(y, x), 1, 0)
}

function lt(x: Double, y: Double): Double {
  return steps.select(steps.less(x, y), 1, 0)
}

function le(x: Double, y: Double): Double {
  return steps.select(steps.lessOrEqual(x, y), 1, 0)
}

function eq(x: Double, y: Double): Double {
  return steps.select(steps.equal(x, y), 1, 0)
}

function ne(x: Double, y: Double): Double {
  return steps.select(steps.equal(x, y), 0, 1)
}

function where(condition: Double, yes: Double, no: Double): Double {
  return steps.select(steps.less(0, steps.abs(condition)), yes, no)
}

function productWhere(condition: Double, x: Double, y: Double): Double {
  return steps.select(steps.less(0, steps.abs(condition)), steps.mul(x, y), 0)
}

function stopGradient(x: Double): Double {
  return x
}

function shiftedExp(x: Double, y: Double): Double {
  return steps.select(
    steps.equal(y, Number.NEGATIVE_INFINITY),
    0,
    steps.select(steps.equal(x, y), 1, steps.call(math.exp, steps.sub(x, y))),
  )
}

function fraction(x: Double, y: Double): Double {
  return steps.select(steps.equal(x, 0), 0, steps.div(x, steps.add(x, y)))
}

type Write = (...operands: Double[]) => steps.Double

const written: ReadonlyMap<Primitive, Write> = new Map<Primitive, Write>([
  [table.add, add as Write],
  [table.sub, sub as Write],
  [table.mul, mul as Write],
  [table.div, div as Write],
  [table.neg, neg as Write],
  [table.pow, pow as Write],
  [table.powOfDifference, powOfDifference as Write],
  [table.sqrt, sqrt as Write],
  [table.relu, relu as Write],
  [table.gelu, gelu as Write],
  [table.oneMinusSquare, oneMinusSquare as Write],
  [table.abs, abs as Write],
  [table.sign, sign as Write],
  [table.floor, floor as Write],
  [table.ceil, ceil as Write],
  [table.max, max as Write],
  [table.min, min as Write],
  [table.clamp, clamp as Write],
  [table.gt, gt as Write],
  [table.ge, ge as Write],
  [table.lt, lt as Write],
  [table.le, le as Write],
  [table.eq, eq as Write],
  [table.ne, ne as Write],
  [table.where, where as Write],
  [table.productWhere, productWhere as Write],
  [table.stopGradient, stopGradient as Write],
  [table.shiftedExp, shiftedExp as Write],
  [table.fraction, fraction as Write],
])

/** What a primitive computes, as steps: of operands one by one, or for a list of any length of one list. */
export function stepsOf(primitive: Primitive): Primitive['steps'] {
  return written.get(primitive) ?? primitive.steps
}
