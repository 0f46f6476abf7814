import { type Definition, unary } from '../definition.js'
import {
  type ExactPair,
  fastTwoSum,
  normalize,
  product,
  quotient,
  quotientBySum,
  round,
  squareRoot,
  twoSquare,
  twoSum,
} from '../pairs.js'
import {
  abs,
  add,
  and,
  constant,
  copySign,
  type Double,
  less,
  mul,
  named,
  neg,
  select,
  sub,
} from '../steps.js'
import { EXP_LIMIT, expm1Pair, expm1Sum, expPair } from './exponential.js'
import { logPair } from './logarithm.js'

/** Below this, sinh, asinh and atanh of x are x to the last bit. */
const TINY = 2 ** -28

/** The odd function whose value at |x| is y, and which is x itself near 0 . */
function odd(x: Double, y: Double): Double {
  return select(less(abs(x), TINY), x, copySign(y, x))
}

/** -tanh a = u / (2 + u) with u = e^-2a - 1 in (-1, 0], a = |x|. The parts of u need not be normalized. */
export const tanh: Definition = unary('tanh', '(e^x - e^-x) / (e^x + e^-x)', x => {
  const u = expm1Sum(mul(-2, abs(x)), 'negative')
  return { usual: less(abs(x), EXP_LIMIT / 2), value: copySign(round(quotientBySum(u, 2, u)), x) }
})

/** 1 - x^2 + 2/3 x^4 - 17/45 x^6, |x| < 2^-8, to 2^-66. Each step is monotone in x^2, which varies most. */
function sech2NearZero(x: Double): Double {
  const z = named('z', mul(x, x))
  return sub(1, sub(z, mul(z, mul(z, sub(2 / 3, mul(17 / 45, z))))))
}

/**
 * 4 e / (1 + e)^2 with e = e^-2|x|: never overflows, and its tails are those of e. Near 0, where it is level, neighbouring
 * x differ by less than the error of e.
 */
export const sech2: Definition = unary('sech2', '1 / cosh(x)^2, the derivative of tanh', x => {
  const e = expPair(mul(-2, abs(x)))
  const sum = fastTwoSum(1, e.high)
  const { high, low } = quotient({ high: constant(1), low: 0 }, { high: sum.high, low: add(sum.low, e.low) })
  const square = { high: mul(high, high), low: mul(low, add(add(high, high), low)) }
  const value = select(less(abs(x), 2 ** -8), sech2NearZero(x), mul(4, round(product(e, square))))
  return { usual: less(abs(x), EXP_LIMIT / 2), value }
})

/** Where the halves of e^x can still be multiplied. */
const HALVES_LIMIT = 690

/** (u + u / (1 + u)) / 2 with u = e^a - 1, a = |x|. */
export const sinh: Definition = unary('sinh', '(e^x - e^-x) / 2', x => {
  const u = expm1Pair(abs(x), 'positive')
  const sum = twoSum(1, u.high)
  const other = quotient(u, { high: sum.high, low: add(sum.low, u.low) })
  const { high, low } = fastTwoSum(u.high, other.high)
  const doubled = add(high, add(low, add(u.low, other.low)))
  return { usual: less(abs(x), HALVES_LIMIT), value: odd(x, mul(0.5, doubled)) }
})

export const cosh: Definition = unary('cosh', '(e^x + e^-x) / 2', x => {
  const e = expPair(abs(x))
  const inverse = quotient({ high: constant(1), low: 0 }, e)
  const { high, low } = fastTwoSum(e.high, inverse.high)
  const doubled = add(high, add(low, add(e.low, inverse.low)))
  return { usual: less(abs(x), HALVES_LIMIT), value: mul(0.5, doubled) }
})

/** Above this, asinh and acosh of x are ln 2x to the last bit. */
const LARGE = 2 ** 28

/** ln(a + sqrt(b)) for a sum that need not be rounded. */
function logOfSum(a: Double, b: ExactPair): Double {
  const { high, low } = normalize(squareRoot(b))
  const sum = twoSum(a, high)
  return round(logPair(sum.high, undefined, add(sum.low, low)))
}

export const asinh: Definition = unary('asinh', 'ln(x + sqrt(x^2 + 1))', x => {
  const a = abs(x)
  const square = twoSquare(a)
  const sum = twoSum(1, square.high)
  const value = logOfSum(a, { high: sum.high, low: add(sum.low, square.low) })
  return { usual: less(a, LARGE), value: odd(x, value) }
})

export const acosh: Definition = unary('acosh', 'ln(x + sqrt(x^2 - 1))', x => {
  const square = twoSquare(x)
  const sum = twoSum(square.high, -1)
  const value = logOfSum(x, { high: sum.high, low: add(sum.low, square.low) })
  return { usual: and(less(1, x), less(x, LARGE)), value }
})

/** ln(1 + 2 a / (1 - a)) / 2, a = |x|. */
export const atanh: Definition = unary('atanh', 'ln((1 + x) / (1 - x)) / 2', x => {
  const a = abs(x)
  const t = normalize(quotient({ high: add(a, a), low: 0 }, twoSum(1, neg(a))))
  const sum = twoSum(1, t.high)
  const doubled = round(logPair(sum.high, undefined, add(sum.low, t.low)))
  return { usual: less(a, 1), value: odd(x, mul(0.5, doubled)) }
})
