import { type Definition, unary } from '../definition.js'
import { round } from '../pairs.js'
import { abs, add, type Double, div, less, mul, named, neg, select } from '../steps.js'
import { EXP_LIMIT, expSum } from './exponential.js'
import { log1pOf } from './logarithm.js'

/**
 * 1 / (1 + E) with E = e^-x, which serves every x whose E is finite. Each of its operations is monotone, so the whole is;
 * a quotient of pairs, to 0.5 ulp, took half of the time of a compiled network.
 */
function logistic(x: Double): { readonly E: Double; readonly value: Double } {
  const power = expSum(neg(x))
  const E = named('E', round(power))
  const onePlus = select(less(x, 0), add(power.high, add(1, power.low)), add(1, E))
  return { E, value: div(1, onePlus) }
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
 * ln(1 + F) with F = 1 / E, so that softplus and its derivative, 1 / (1 + E), need one exponential. Each of the three
 * functions is monotone, so the whole is.
 */
function softplusOf(x: Double): Double {
  return log1pOf(named('F', div(1, logistic(x).E)))
}

export const softplus: Definition = unary('softplus', 'ln(1 + e^x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: softplusOf(x),
}))

export const logSigmoid: Definition = unary('logSigmoid', 'ln(1 / (1 + e^-x)) = -softplus(-x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: neg(softplusOf(neg(x))),
}))
