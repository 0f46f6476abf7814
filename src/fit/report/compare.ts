import { describe } from '../../core/describe.js'
import { exp, log } from '../../core/primitives.js'
import { chiSquaredTail, fisherTail } from '../../special/distributions.js'
import { Estimation } from '../likelihood/estimation.js'
import { LeastSquaresResult } from './result.js'
import { probability, significant, table } from './text.js'

/** One of the models compared. */
export interface Compared {
  /** How many numbers the data determined, the variance of least squares included. */
  readonly parameters: number
  readonly logLikelihood: number
  readonly aic: number
  /** AIC with the correction for few observations; Infinity where there are too few of them for it. */
  readonly aicc: number
  readonly bic: number
  /** The probability of this model among those compared, by AICc: Akaike's weight. */
  readonly weight: number
}

/** What {@link compare} says. */
export interface Comparison {
  /** In the order in which they were given. */
  readonly models: readonly Compared[]
  /**
   * Of two models, whether the larger one explains more than its further parameters would by chance, if the smaller one is
   * it with some of its parameters held: an F-test for least squares, a likelihood-ratio test for likelihoods. `undefined` for
   * other numbers of models and for models of one size.
   */
  readonly test:
    | { readonly name: 'F' | 'likelihood ratio'; readonly statistic: number; readonly pValue: number }
    | undefined
  toString(): string
}

/**
 * Compares fits of different models to the same data.
 *
 * Sources: Burnham and Anderson, "Model selection and multimodel inference", 2nd edition, 2002 (AICc and weights); Bates and
 * Watts, "Nonlinear regression analysis and its applications", 1988, section 3.10 (the F-test).
 *
 * @param fits two or more results of `fit`, `leastSquares` or `estimate`, all of one kind, of the same observations
 * @throws Error for results of different kinds or of different numbers of observations
 * @example
 * compare(fit('y ~ a + b * x', data), fit('y ~ a + b * x + c * x ** 2', data)).test.pValue
 */
export function compare(...fits: readonly (LeastSquaresResult | Estimation)[]): Comparison {
  const sizes = fits.map(sizeOf)
  const [first, ...others] = sizes
  if (first === undefined || others.length === 0) {
    throw new TypeError('compare: wanted two fits or more: compare(smaller, larger)')
  }
  for (const size of others) {
    if (size.kind !== first.kind) {
      throw new TypeError(
        'compare: some are fits by least squares and some by likelihood; wanted all of one kind',
      )
    }
    if (size.observations !== first.observations) {
      throw new RangeError(
        `compare: the fits have ${first.observations} and ${size.observations} observations; wanted the same data`,
      )
    }
  }
  const criteria = sizes.map(({ parameters: k, observations: n, logLikelihood }) => {
    const aic = 2 * k - 2 * logLikelihood
    const aicc = n > k + 1 ? aic + (2 * k * (k + 1)) / (n - k - 1) : Number.POSITIVE_INFINITY
    return { parameters: k, logLikelihood, aic, aicc, bic: k * log(n) - 2 * logLikelihood }
  })
  const least = Math.min(...criteria.map(({ aicc }) => aicc))
  const shares = criteria.map(({ aicc }) => (aicc === least ? 1 : exp((least - aicc) / 2)))
  const total = shares.reduce((sum, share) => sum + share, 0)
  const models = criteria.map((criterion, i) => ({ ...criterion, weight: shares[i]! / total }))
  const test = sizes.length === 2 ? testOf(first, others[0]!) : undefined
  return {
    models,
    test,
    toString: () => {
      const lines = models.map((model, i) => [
        `model ${i + 1}`,
        String(model.parameters),
        ...[model.logLikelihood, model.aic, model.aicc, model.bic].map(x => significant(x, 6)),
        significant(model.weight, 3),
      ])
      const header = ['', 'Parameters', 'Log-likelihood', 'AIC', 'AICc', 'BIC', 'Weight']
      const said =
        test === undefined
          ? []
          : [
              '',
              `${test.name === 'F' ? 'F test' : 'Likelihood-ratio test'}, if one model is the other with parameters held: ` +
                `${significant(test.statistic, 5)}, p ${probability(test.pValue)}`,
            ]
      return [table([header, ...lines]), ...said].join('\n')
    },
  }
}

interface Size {
  readonly kind: 'squares' | 'likelihood'
  /** As AIC counts them: with the variance of least squares. */
  readonly parameters: number
  readonly observations: number
  readonly logLikelihood: number
  /** For least squares. */
  readonly sumOfSquares: number
  readonly degreesOfFreedom: number
}

function sizeOf(fit: LeastSquaresResult | Estimation, i: number): Size {
  if (fit instanceof LeastSquaresResult) {
    const observations = fit.residuals.length
    const { logLikelihood, sumOfSquares, degreesOfFreedom } = fit
    const parameters = observations - degreesOfFreedom + 1
    return { kind: 'squares', parameters, observations, logLikelihood, sumOfSquares, degreesOfFreedom }
  }
  if (fit instanceof Estimation) {
    const { observations, logLikelihood, rank } = fit.record
    const rest = { sumOfSquares: Number.NaN, degreesOfFreedom: Number.NaN }
    return { kind: 'likelihood', parameters: rank, observations, logLikelihood, ...rest }
  }
  throw new TypeError(`compare: argument ${i + 1} is ${describe(fit)}; wanted the result of a fit`)
}

function testOf(a: Size, b: Size): Comparison['test'] {
  const [small, large] = a.parameters <= b.parameters ? [a, b] : [b, a]
  const further = large.parameters - small.parameters
  if (further === 0) return undefined
  if (small.kind === 'likelihood') {
    // A larger model that contains the smaller one is at least as likely, up to rounding.
    const statistic = Math.max(2 * (large.logLikelihood - small.logLikelihood), 0)
    return { name: 'likelihood ratio', statistic, pValue: chiSquaredTail(statistic, further) }
  }
  const explained = Math.max(small.sumOfSquares - large.sumOfSquares, 0) / further
  const statistic = explained / (large.sumOfSquares / large.degreesOfFreedom)
  return { name: 'F', statistic, pValue: fisherTail(statistic, further, large.degreesOfFreedom) }
}
