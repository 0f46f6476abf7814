import { type Definition, unary } from '../definition.js'
import { type ExactPair, fastTwoSum, quotientBySum, round, twoSum } from '../pairs.js'
import { abs, add, type Double, less, mul, named, neg, select, sub } from '../steps.js'
import { LN2_HIGH, LN2_LOW } from '../tables.js'
import { EXP_LIMIT, expPair, expSum } from './exponential.js'
import { logSum } from './logarithm.js'

/** e = e^-|x| and 1 + e. */
function decay(x: Double): { readonly e: ExactPair; readonly onePlus: ExactPair } {
  const pair = expPair(neg(abs(x)))
  const e = { high: named('e', pair.high), low: named('eTail', pair.low) }
  const sum = fastTwoSum(1, e.high)
  return { e, onePlus: { high: named('onePlus', sum.high), low: add(sum.low, e.low) } }
}

/**
 * 1 / (1 + e) for x >= 0 and e / (1 + e) for x < 0, with e = e^-|x|: nothing cancels on either side. A quotient of the
 * rounded operands would be cheaper, but 1.9 ulp off and not monotone. The two parts of e need not be normalized.
 */
export const sigmoid: Definition = unary('sigmoid', '1 / (1 + e^-x)', x => {
  const exponent = neg(abs(x))
  const e = expSum(exponent)
  const negative = less(x, 0)
  const upper = { high: select(negative, e.high, 1), low: select(negative, e.low, 0) }
  return { usual: less(-EXP_LIMIT, exponent), value: round(quotientBySum(upper, 1, e)) }
})

/** Below this, softplus x is ln 2 + x / 2 to 2^-59. */
const TINY = 2 ** -28

/**
 * max(x, 0) + ln(1 + e), e = e^-|x|, the two added as if exactly; e - e^2 / 2 where e is below 2^-28. Near 0, neighbouring
 * x differ by less than that sum errs: there it is a sum of which each step is monotone.
 */
function softplusOf(x: Double): Double {
  const { e, onePlus } = decay(x)
  const log = logSum(onePlus.high, onePlus.low)
  const sum = twoSum(select(less(0, x), x, 0), log.high)
  const small = add(e.high, sub(e.low, mul(mul(0.5, e.high), e.high)))
  const middle = add(LN2_HIGH, add(LN2_LOW, mul(0.5, x)))
  const usual = select(less(x, -20), small, add(sum.high, add(sum.low, log.low)))
  return select(less(abs(x), TINY), middle, usual)
}

export const softplus: Definition = unary('softplus', 'ln(1 + e^x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: softplusOf(x),
}))

export const logSigmoid: Definition = unary('logSigmoid', 'ln(1 / (1 + e^-x)) = -softplus(-x)', x => ({
  usual: less(abs(x), EXP_LIMIT),
  value: neg(softplusOf(neg(x))),
}))
