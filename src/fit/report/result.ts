import { log } from '../../core/primitives.js'
import { inner, norm } from '../linear/vectors.js'
import { halfWidth, twoSided } from './student.js'
import { count, probability, significant, table } from './text.js'

/** Everything a result of least squares is made of: plain data, from which the rest is computed when it is asked for. */
export interface LeastSquaresRecord {
  /** The estimated parameters, in the order of `covariance`. */
  readonly names: readonly string[]
  readonly values: readonly number[]
  /** The parameters that were not estimated. */
  readonly fixed: Readonly<Record<string, number>>
  /** The estimated parameters that ended at a bound. */
  readonly atBound: readonly string[]
  /** F, such that F F' is the inverse of J' J: a row per parameter. 0 at a bound, NaN where the data say nothing. */
  readonly inverseRoot: readonly (readonly number[])[]
  /** How many directions of the parameters the data determine. */
  readonly rank: number
  /** Observed minus predicted; without the weights. */
  readonly residuals: readonly number[]
  /** Sum of the squared residuals, times their weights. */
  readonly sumOfSquares: number
  /** Sum of the logarithms of the weights. */
  readonly logWeights: number
  readonly confidence: number
  /** Whether the search ended at a minimum, as far as it can tell. */
  readonly converged: boolean
  /** Why the search ended, for people. */
  readonly reason: string
  readonly iterations: number
  /** How often the residuals were evaluated. */
  readonly evaluations: number
  /** The sum of squares at the start and after each iteration. */
  readonly history: readonly number[]
  /** What a reader of the numbers should know. */
  readonly warnings: readonly string[]
}

/** What a fitted formula is made of. */
export interface FitRecord extends LeastSquaresRecord {
  readonly formula: string
  /** The columns that the formula uses. */
  readonly columns: readonly string[]
}

/** One parameter of a fit. */
export interface Estimate {
  /** What the search found; for a fixed parameter, what it was given. */
  readonly value: number
  /** NaN where the data cannot say: no degrees of freedom, at a bound, undetermined. 0 for a fixed parameter. */
  readonly standardError: number
  /** value / standardError. */
  readonly t: number
  /** The probability of a t so far from 0 if the parameter were 0. */
  readonly pValue: number
  /** Student's interval around the value, with the confidence of the fit. */
  readonly interval: readonly [low: number, high: number]
}

/**
 * The result of a least-squares fit. `String(result)` is a table like that of `summary(nls(…))` in R. Standard errors
 * are those of the linear model at the minimum: residual standard deviation times the root of the diagonal of the
 * inverse of J'J, with the Jacobian J of the residuals.
 */
export class LeastSquaresResult {
  /** @internal */ readonly record: LeastSquaresRecord

  /** @internal Made by {@link leastSquares} and {@link fit}. */
  constructor(record: LeastSquaresRecord) {
    this.record = record
  }

  /** The parameters by name, fixed ones included. */
  get parameters(): { readonly [name: string]: number } {
    const { names, values, fixed } = this.record
    return { ...Object.fromEntries(names.map((name, j) => [name, values[j]!])), ...fixed }
  }

  /** The parameters by name, with their uncertainty. */
  get estimates(): { readonly [name: string]: Estimate } {
    const { names, values, fixed, atBound, inverseRoot, confidence } = this.record
    const width = halfWidth(confidence, this.degreesOfFreedom)
    const estimated = names.map((name, j): [string, Estimate] => {
      const value = values[j]!
      const standardError = atBound.includes(name)
        ? Number.NaN
        : this.residualStandardDeviation * norm(inverseRoot[j]!)
      const t = value / standardError
      const pValue = twoSided(t, this.degreesOfFreedom)
      return [
        name,
        {
          value,
          standardError,
          t,
          pValue,
          interval: [value - width * standardError, value + width * standardError],
        },
      ]
    })
    const given = Object.entries(fixed).map(([name, value]): [string, Estimate] => [
      name,
      { value, standardError: 0, t: Number.NaN, pValue: Number.NaN, interval: [value, value] },
    ])
    return Object.fromEntries([...estimated, ...given])
  }

  /** The names of the estimated parameters, in the order of `covariance` and `correlation`. */
  get names(): readonly string[] {
    return this.record.names
  }

  /** Observed minus predicted, without the weights. */
  get residuals(): readonly number[] {
    return this.record.residuals
  }

  /** SSR, the sum of the squared residuals times their weights. */
  get sumOfSquares(): number {
    return this.record.sumOfSquares
  }

  /** Residuals, less the directions of the parameters that they determine. */
  get degreesOfFreedom(): number {
    return this.record.residuals.length - this.record.rank
  }

  /** sqrt(SSR / degrees of freedom); NaN without freedom. */
  get residualStandardDeviation(): number {
    return this.degreesOfFreedom > 0 ? Math.sqrt(this.sumOfSquares / this.degreesOfFreedom) : Number.NaN
  }

  /** The logarithm of the likelihood, for normal errors whose variance is SSR / n (divided by the weights). */
  get logLikelihood(): number {
    const n = this.record.residuals.length
    return (this.record.logWeights - n * (log((2 * Math.PI * this.sumOfSquares) / n) + 1)) / 2
  }

  /** Akaike's criterion, 2 k - 2 log likelihood; k counts the parameters and the variance. */
  get aic(): number {
    return 2 * (this.record.rank + 1) - 2 * this.logLikelihood
  }

  /** Schwarz's criterion, k log n - 2 log likelihood. */
  get bic(): number {
    return log(this.record.residuals.length) * (this.record.rank + 1) - 2 * this.logLikelihood
  }

  /** The covariances of the estimated parameters. */
  get covariance(): number[][] {
    const variance = this.residualStandardDeviation * this.residualStandardDeviation
    const { inverseRoot } = this.record
    return inverseRoot.map(row => inverseRoot.map(other => variance * inner(row, other)))
  }

  /** The correlations of the estimated parameters. */
  get correlation(): number[][] {
    const { inverseRoot } = this.record
    return inverseRoot.map((row, i) =>
      inverseRoot.map((other, j) => (i === j ? 1 : inner(row, other) / (norm(row) * norm(other)))),
    )
  }

  /** Whether the search ended at a minimum, as far as it can tell. */
  get converged(): boolean {
    return this.record.converged
  }

  /** Why the search ended. */
  get reason(): string {
    return this.record.reason
  }

  /** How many steps the search took. */
  get iterations(): number {
    return this.record.iterations
  }

  /** How often the residuals were evaluated. */
  get evaluations(): number {
    return this.record.evaluations
  }

  /** The sum of squares at the start and after each iteration. */
  get history(): readonly number[] {
    return this.record.history
  }

  /** What a reader of the numbers should know. */
  get warnings(): readonly string[] {
    return this.record.warnings
  }

  toString(): string {
    const { fixed, atBound, confidence, iterations, evaluations, reason, warnings } = this.record
    const rows = Object.entries(this.estimates).map(
      ([name, { value, standardError, t, pValue, interval }]) => {
        const shown = significant(value, 6)
        if (Object.hasOwn(fixed, name)) return [name, shown, 'fixed', '', '', '', '']
        if (atBound.includes(name)) return [name, shown, 'at bound', '', '', '', '']
        const ends = interval.map(end => significant(end, 5))
        return [name, shown, significant(standardError, 4), significant(t, 4), probability(pValue), ...ends]
      },
    )
    const header = ['', 'Estimate', 'Std. Error', 't value', 'Pr(>|t|)', `${100 * confidence}% from`, 'to']
    return [
      'Parameters:',
      table([header, ...rows]),
      '',
      `Residual standard error: ${significant(this.residualStandardDeviation, 4)} on ` +
        `${count(this.degreesOfFreedom, 'degree')} of freedom`,
      `SSR ${significant(this.sumOfSquares, 6)}, AIC ${significant(this.aic, 6)}, BIC ${significant(this.bic, 6)}`,
      `${this.converged ? 'Converged' : 'Not converged'} after ${count(iterations, 'iteration')}, ` +
        `${count(evaluations, 'evaluation')}: ${reason}`,
      ...warnings.map(warning => `Warning: ${warning}`),
    ].join('\n')
  }
}

/** What `console.log` shows in Node: the table. */
Object.defineProperty(LeastSquaresResult.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: LeastSquaresResult): string {
    return this.toString()
  },
})
