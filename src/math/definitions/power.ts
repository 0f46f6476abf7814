import { binary, type Definition, type Part } from '../definition.js'
import { type ExactPair, twoProduct } from '../pairs.js'
import {
  abs,
  add,
  and,
  copySign,
  type Double,
  equal,
  floor,
  type Integer,
  integerParameter,
  less,
  mul,
  parameter,
  select,
} from '../steps.js'
import { EXP_LIMIT, expSum } from './exponential.js'
import { hasLogarithm, logPair } from './logarithm.js'

/** y ln x as a pair. */
function exponentOf(x: Double, y: Double, extra?: Integer): ExactPair {
  const log = logPair(x, extra)
  const { high, low } = twoProduct(y, log.high)
  return { high, low: add(low, mul(y, log.low)) }
}

/**
 * e^(y ln x) with the logarithm to 2^-67 and the product kept as a pair; the error stays near half an ulp, so results
 * that are doubles, such as small integer powers, come out exactly. The sign of an integer power is that of the parity, so
 * that negative bases take the main path.
 */
export const pow: Definition = binary('pow', 'x^y', (x, y) => {
  const isInteger = equal(floor(y), y)
  const half = mul(0.5, y)
  const isEven = equal(floor(half), half)
  const base = select(isInteger, abs(x), x)
  const { high, low } = exponentOf(base, y)
  const power = expSum(high, low)
  const size = add(power.high, power.low)
  return {
    usual: and(hasLogarithm(base), and(less(abs(y), 2 ** 64), less(abs(high), EXP_LIMIT))),
    value: select(isInteger, select(isEven, size, copySign(size, x)), size),
  }
})

const x = parameter('x')
const y = parameter('y')
const extra = integerParameter('extra')
const product = exponentOf(x, y, extra)

export const powExponent: Part = {
  name: 'powExponent',
  summary: 'y (ln x + extra ln 2), with its tail.',
  parameters: [x, y, extra],
  value: product.high,
  tail: product.low,
}
