import { type Definition, unary } from '../definition.js'
import { INVERSE_ROOT_2_PI_HIGH, INVERSE_ROOT_2_PI_LOW } from '../generated/tables.js'
import { product, round, twoSquare } from '../pairs.js'
import { abs, constant, less, mul, neg } from '../steps.js'
import { expPair, expSum } from './exponential.js'

/** x^2 rounded would err by half an ulp of up to 700: its rounding error goes into the exponential too. */
export const gaussian: Definition = unary(
  'gaussian',
  'e^-x^2, the derivative of erf but for its factor 2 / sqrt(pi)',
  x => {
    const { high, low } = twoSquare(x)
    return { usual: less(abs(x), 26), value: round(expSum(neg(high), neg(low))) }
  },
)

export const normalDensity: Definition = unary('normalDensity', 'e^(-x^2 / 2) / sqrt(2 pi)', x => {
  const { high, low } = twoSquare(x)
  const e = expPair(mul(-0.5, high), mul(-0.5, low))
  const factor = { high: constant(INVERSE_ROOT_2_PI_HIGH), low: INVERSE_ROOT_2_PI_LOW }
  return { usual: less(abs(x), 37), value: round(product(e, factor)) }
})
