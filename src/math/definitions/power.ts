import { binary, type Definition, type Part } from '../definition.js'
import { type ExactPair, twoProduct } from '../pairs.js'
import { abs, add, and, type Double, type Integer, integerParameter, less, mul, parameter } from '../steps.js'
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
 * that are doubles, such as small integer powers, come out exactly.
 */
export const pow: Definition = binary('pow', 'x^y', (x, y) => {
  const { high, low } = exponentOf(x, y)
  const power = expSum(high, low)
  return {
    usual: and(hasLogarithm(x), and(less(abs(y), 2 ** 64), less(abs(high), EXP_LIMIT))),
    value: add(power.high, power.low),
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
