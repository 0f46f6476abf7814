import { type Definition, unary } from '../definition.js'
import { fastTwoSum, normalize, twoSum } from '../pairs.js'
import { abs, add, type Double, div, less, mul, named, neg, select, sub } from '../steps.js'
import { LN2_HIGH, LN2_LOW } from '../tables.js'
import { EXP_LIMIT, expSum } from './exponential.js'
import { logSum } from './logarithm.js'

/**
 * 1 / (1 + E) with E = e^-x, which serves every x whose E is finite. Each of its operations is monotone, so the whole is;
 * a quotient of pairs, to 0.5 ulp, took half of the time of a compiled network.
 */
function logistic(x: Double): { readonly E: Double; readonly ETail: Double; readonly value: Double } {
  const power = expSum(neg(x))
  const { high: E, low: ETail } = normalize(power)
  const onePlus = select(less(x, 0), add(power.high, add(1, power.low)), add(1, E))
  return { E: named('E', E), ETail, value: div(1, onePlus) }
}

export const sigmoid: Definition = unary('sigmoid', '1 / (1 + e^-x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: logistic(x).value,
}))

/** Both tails come from E: where x is large, it is the factor that is small, and elsewhere the logistic values are. */
export const sigmoidSlope: Definition = unary(
  'sigmoidSlope',
  'e^-x / (1 + e^-x)^2, the derivative of sigmoid',
  x => {
    const { E, value } = logistic(x)
    return { usual: less(abs(x), EXP_LIMIT), value: mul(mul(E, value), value) }
  },
)

/**
 * max(x, 0) + ln(1 + e), e = e^-|x|, the two added as if exactly; and e - e^2 / 2 where e is below 2^-28. For x < 0 e is
 * 1 / E, so that the derivative of softplus, which is 1 / (1 + E), needs no other exponential. For x > 0 its tail is kept:
 * without it the sum would step back now and then. For |x| < 2^-28 it is ln 2 + x / 2, added up so that it cannot.
 */
function softplusOf(x: Double): Double {
  const { E, ETail } = logistic(x)
  const negative = less(x, 0)
  const e = named('e', select(negative, div(1, E), E))
  const eTail = named('eTail', select(negative, 0, ETail))
  const onePlus = fastTwoSum(1, e)
  const log = logSum(named('onePlus', onePlus.high), add(onePlus.low, eTail))
  const sum = twoSum(select(less(0, x), x, 0), log.high)
  const small = sub(e, mul(mul(0.5, e), e))
  const usual = select(less(x, -20), small, add(sum.high, add(sum.low, log.low)))
  return select(less(abs(x), 2 ** -28), add(LN2_HIGH, add(LN2_LOW, mul(0.5, x))), usual)
}

export const softplus: Definition = unary('softplus', 'ln(1 + e^x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: softplusOf(x),
}))

export const logSigmoid: Definition = unary('logSigmoid', 'ln(1 / (1 + e^-x)) = -softplus(-x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: neg(softplusOf(neg(x))),
}))
