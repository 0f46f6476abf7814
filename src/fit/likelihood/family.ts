/**
 * Families: how observations scatter around what a formula says. A family is a record with a log density, and where it has
 * one the log of the probability to exceed a value, for censored rows. Both are written with primitives.
 */

import { describe } from '../../core/describe.js'
import { square } from '../../core/functions.js'
import { add, div, exp, log, log1p, logSigmoid, mul, neg, pow, sigmoid, sub } from '../../core/primitives.js'
import { column, type Operand, Value } from '../../core/value.js'
import { lgamma, logBinomial, logNormalCdf, xlog1py, xlogy } from '../../special/index.js'

/** A distribution of observations. */
export interface Family {
  readonly name: string
  /** What the right side of the formula is, for people: `'the mean'`. */
  readonly centre: string
  /** The names of further parameters, all positive; they are estimated too, or fixed. */
  readonly parameters: readonly string[]
  /** The logarithm of the density, or probability, of the observation `y`. */
  readonly logDensity: (y: Operand, centre: Operand, ...parameters: Operand[]) => Operand
  /** The logarithm of the probability of more than `y`. */
  readonly logSurvival?: (y: Operand, centre: Operand, ...parameters: Operand[]) => Operand
  /** What observations may be: `test` says whether one is possible, `wanted` what is, for the message. */
  readonly support: { readonly test: (y: number) => boolean; readonly wanted: string }
  /** Where the log density of `y` is greatest, if that is its centre itself: for the deviance. */
  readonly saturated?: (y: Operand) => Operand
}

const COUNTS: Family['support'] = {
  test: y => Number.isInteger(y) && y >= 0,
  wanted: 'a whole number from 0',
}
const POSITIVE: Family['support'] = { test: y => y > 0, wanted: 'a number above 0' }
const ANY: Family['support'] = { test: () => true, wanted: 'a number' }

/** log(x), of an exponential without going through it: the link that is written in the formula may overflow, its log not. */
function logOf(x: Operand): Operand {
  if (x instanceof Value && x.primitive === exp) return x.inputs[0]!
  if (x instanceof Value && x.primitive === sigmoid) return logSigmoid(x.inputs[0]!)
  return log(x)
}

/** Poisson's distribution of counts; the formula says the mean: `count ~ exp(a + b * x)`. */
export function poisson(): Family {
  return {
    name: 'poisson',
    centre: 'the mean',
    parameters: [],
    // y = 0 takes no logarithm of the mean, which may be 0 there.
    logDensity: (y, mean) => sub(sub(yLogOf(y, mean), mean), lgamma(add(y, 1))),
    support: COUNTS,
    saturated: y => y,
  }
}

/** y log(x), 0 where y is 0. */
function yLogOf(y: Operand, x: Operand): Operand {
  const logarithm = logOf(x)
  return logarithm instanceof Value && logarithm.primitive === log ? xlogy(y, x) : mul(y, logarithm)
}

/**
 * The binomial distribution of successes; the formula says the probability: `y ~ sigmoid(a + b * x)`.
 *
 * @param options.trials how many trials a row stands for: a number, or the name of a column. Default 1
 */
export function binomial(options: { readonly trials?: number | string } = {}): Family {
  const { trials = 1 } = options
  if (typeof trials !== 'string' && !(Number.isInteger(trials) && trials >= 1)) {
    throw new RangeError(
      `binomial: trials is ${describe(trials)}; wanted a whole number from 1 or the name of a column`,
    )
  }
  const n = typeof trials === 'string' ? column(trials) : trials
  return {
    name: 'binomial',
    centre: 'the probability',
    parameters: [],
    logDensity: (y, p) => {
      const failures = sub(n, y)
      // Written with a logit, both probabilities keep their tails.
      const ofFailure =
        p instanceof Value && p.primitive === sigmoid
          ? mul(failures, logSigmoid(neg(p.inputs[0]!)))
          : xlog1py(failures, neg(p))
      return add(logBinomial(n, y), add(yLogOf(y, p), ofFailure))
    },
    support: {
      test: y => Number.isInteger(y) && y >= 0 && (typeof trials === 'string' || y <= trials),
      wanted: typeof trials === 'string' ? COUNTS.wanted : `a whole number from 0 to ${trials}`,
    },
    saturated: y => div(y, n),
  }
}

/** Counts that scatter more than Poisson's: variance mean + mean^2 / size. The formula says the mean. */
export function negativeBinomial(): Family {
  return {
    name: 'negativeBinomial',
    centre: 'the mean',
    parameters: ['size'],
    logDensity: (y, mean, size) => {
      const choices = sub(sub(lgamma(add(y, size)), lgamma(size)), lgamma(add(y, 1)))
      const ofSize = mul(add(size, y), log1p(div(mean, size)))
      return sub(add(choices, yLogOf(y, mean)), add(mul(y, log(size)), ofSize))
    },
    support: COUNTS,
    saturated: y => y,
  }
}

/** The gamma distribution; the formula says the mean, and the variance is mean^2 / shape. */
export function gamma(): Family {
  return {
    name: 'gamma',
    centre: 'the mean',
    parameters: ['shape'],
    logDensity: (y, mean, shape) => {
      const relative = sub(add(log(shape), log(y)), logOf(mean))
      const exponent = sub(mul(shape, relative), div(mul(shape, y), mean))
      return sub(sub(exponent, log(y)), lgamma(shape))
    },
    support: POSITIVE,
    saturated: y => y,
  }
}

/** The beta distribution of shares; the formula says the mean m, and the variance is m (1 - m) / (1 + precision). */
export function beta(): Family {
  return {
    name: 'beta',
    centre: 'the mean',
    parameters: ['precision'],
    logDensity: (y, mean, precision) => {
      const a = mul(mean, precision)
      const b = mul(sub(1, mean), precision)
      const ofShare = add(mul(sub(a, 1), log(y)), mul(sub(b, 1), log1p(neg(y))))
      return sub(add(ofShare, lgamma(precision)), add(lgamma(a), lgamma(b)))
    },
    support: { test: y => y > 0 && y < 1, wanted: 'a number between 0 and 1' },
  }
}

/** The normal distribution; the formula says the mean. Least squares says the same and more, unless rows are censored. */
export function normal(): Family {
  return {
    name: 'normal',
    centre: 'the mean',
    parameters: ['deviation'],
    logDensity: (y, mean, deviation) =>
      sub(mul(-0.5, square(div(sub(y, mean), deviation))), add(log(deviation), HALF_LOG_TWO_PI)),
    logSurvival: (y, mean, deviation) => logNormalCdf(div(sub(mean, y), deviation)),
    support: ANY,
  }
}

const HALF_LOG_TWO_PI = 0.9189385332046728

/** Student's distribution, whose outliers count for little; the formula says the centre. */
export function student(): Family {
  return {
    name: 'student',
    centre: 'the centre',
    parameters: ['scale', 'freedom'],
    logDensity: (y, centre, scale, freedom) => {
      const half = mul(0.5, add(freedom, 1))
      const constants = sub(
        lgamma(half),
        add(lgamma(mul(0.5, freedom)), mul(0.5, log(mul(Math.PI, freedom)))),
      )
      const distance = div(sub(y, centre), scale)
      return sub(sub(constants, log(scale)), mul(half, log1p(div(square(distance), freedom))))
    },
    support: ANY,
  }
}

/** Exponential times; the formula says the mean. */
export function exponential(): Family {
  return {
    name: 'exponential',
    centre: 'the mean',
    parameters: [],
    logDensity: (y, mean) => neg(add(logOf(mean), div(y, mean))),
    logSurvival: (y, mean) => neg(div(y, mean)),
    support: { test: y => y >= 0, wanted: 'a number from 0' },
  }
}

/** Weibull's distribution of times; the formula says the scale, the time by which a share of 1 - 1/e has ended. */
export function weibull(): Family {
  const survival = (y: Operand, scale: Operand, shape: Operand): Operand => neg(pow(div(y, scale), shape))
  return {
    name: 'weibull',
    centre: 'the scale',
    parameters: ['shape'],
    logDensity: (y, scale, shape) => {
      const rate = add(log(shape), sub(mul(sub(shape, 1), log(y)), mul(shape, logOf(scale))))
      return add(rate, survival(y, scale, shape))
    },
    logSurvival: survival,
    support: POSITIVE,
  }
}

/** Times whose logarithm is normal; the formula says the median, `deviation` is that of the logarithm. */
export function logNormal(): Family {
  const distance = (y: Operand, median: Operand, deviation: Operand): Operand =>
    div(sub(log(y), logOf(median)), deviation)
  return {
    name: 'logNormal',
    centre: 'the median',
    parameters: ['deviation'],
    logDensity: (y, median, deviation) =>
      sub(
        mul(-0.5, square(distance(y, median, deviation))),
        add(add(log(y), log(deviation)), HALF_LOG_TWO_PI),
      ),
    logSurvival: (y, median, deviation) => logNormalCdf(neg(distance(y, median, deviation))),
    support: POSITIVE,
  }
}

/** The log-logistic distribution of times; the formula says the median. */
export function logLogistic(): Family {
  // The odds to have ended are (y / median)^shape.
  const logOdds = (y: Operand, median: Operand, shape: Operand): Operand =>
    mul(shape, sub(log(y), logOf(median)))
  return {
    name: 'logLogistic',
    centre: 'the median',
    parameters: ['shape'],
    logDensity: (y, median, shape) => {
      const odds = logOdds(y, median, shape)
      return add(sub(log(shape), log(y)), add(logSigmoid(odds), logSigmoid(neg(odds))))
    },
    logSurvival: (y, median, shape) => logSigmoid(neg(logOdds(y, median, shape))),
    support: POSITIVE,
  }
}
