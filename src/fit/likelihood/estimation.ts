import { log, normalCdf } from '../../core/primitives.js'
import { normalQuantile } from '../../special/index.js'
import { inner, norm } from '../linear/vectors.js'
import { type Derived, derived } from '../report/derived.js'
import type { Profile } from '../report/profile.js'
import type { Estimate } from '../report/result.js'
import { count, probability, significant, table } from '../report/text.js'
import { checkConfidence } from '../solve.js'

/** Everything a result of maximum likelihood is made of: plain data. */
export interface EstimationRecord {
  readonly names: readonly string[]
  readonly values: readonly number[]
  readonly fixed: Readonly<Record<string, number>>
  /** F with F F' the inverse of the observed information, a row per parameter; NaN where the data say nothing. */
  readonly inverseRoot: readonly (readonly number[])[]
  /** How many directions of the parameters the data determine. */
  readonly rank: number
  readonly logLikelihood: number
  readonly observations: number
  readonly confidence: number
  readonly converged: boolean
  readonly reason: string
  readonly iterations: number
  readonly evaluations: number
  readonly warnings: readonly string[]
}

/** The profile of parameter j, whose interval ends where the log-likelihood has fallen by width^2 / 2. */
export type ProfileSearch = (j: number, width: number) => Profile

/**
 * The result of maximum likelihood. Standard errors come from the observed information: the exact Hessian of the negative
 * log-likelihood at the estimate, inverted. `String(result)` is a table.
 */
export class Estimation {
  /** @internal */ readonly record: EstimationRecord

  private readonly search: ProfileSearch

  /** @internal Made by {@link estimate} and {@link fit}. */
  constructor(record: EstimationRecord, search: ProfileSearch) {
    this.record = record
    this.search = search
  }

  /** The parameters by name, fixed ones included. */
  get parameters(): { readonly [name: string]: number } {
    const { names, values, fixed } = this.record
    return { ...Object.fromEntries(names.map((name, j) => [name, values[j]!])), ...fixed }
  }

  /** The parameters by name, with their uncertainty; `t` is z, which is compared with the normal distribution. */
  get estimates(): { readonly [name: string]: Estimate } {
    const { names, values, fixed, inverseRoot } = this.record
    const { width } = this
    const estimated = names.map((name, j): [string, Estimate] => {
      const value = values[j]!
      const standardError = norm(inverseRoot[j]!)
      const t = value / standardError
      const interval = [value - width * standardError, value + width * standardError] as const
      return [name, { value, standardError, t, pValue: 2 * normalCdf(-Math.abs(t)), interval }]
    })
    const given = Object.entries(fixed).map(([name, value]): [string, Estimate] => [
      name,
      { value, standardError: 0, t: Number.NaN, pValue: Number.NaN, interval: [value, value] },
    ])
    return Object.fromEntries([...estimated, ...given])
  }

  /**
   * A quantity made of the parameters, with its uncertainty by the delta method.
   *
   * @example
   * result.derive('log(2) / k') // { value, standardError, interval }
   */
  derive(expression: string): Derived {
    const { names, values, fixed, inverseRoot } = this.record
    return derived(expression, { names, values, fixed, inverseRoot, deviation: 1, width: this.width })
  }

  /**
   * The profile likelihood of a parameter: for each value the best the others can do. Its interval needs no parabola, so it
   * may be lopsided or without end.
   *
   * @param options.confidence the probability of the interval. Default: that of the fit
   * @example
   * result.profile('k').interval
   */
  profile(name: string, options: { readonly confidence?: number } = {}): Profile {
    const { confidence = this.record.confidence } = options
    checkConfidence('profile', confidence)
    const j = this.names.indexOf(name)
    if (j < 0) {
      throw new Error(`profile: '${name}' is no estimated parameter; wanted one of ${this.names.join(', ')}`)
    }
    return this.search(j, -normalQuantile((1 - confidence) / 2))
  }

  private get width(): number {
    return -normalQuantile((1 - this.record.confidence) / 2)
  }

  /** The names of the estimated parameters, in the order of `covariance`. */
  get names(): readonly string[] {
    return this.record.names
  }

  /** The inverse of the observed information. */
  get covariance(): number[][] {
    const { inverseRoot } = this.record
    return inverseRoot.map(row => inverseRoot.map(other => inner(row, other)))
  }

  /** The logarithm of the likelihood, constants included. */
  get logLikelihood(): number {
    return this.record.logLikelihood
  }

  /** Akaike's criterion, 2 k - 2 log likelihood; k counts the directions of the parameters that the data determine. */
  get aic(): number {
    return 2 * this.record.rank - 2 * this.logLikelihood
  }

  /** Schwarz's criterion, k log n - 2 log likelihood. */
  get bic(): number {
    return log(this.record.observations) * this.record.rank - 2 * this.logLikelihood
  }

  /** Whether the search ended at a maximum, as far as it can tell. */
  get converged(): boolean {
    return this.record.converged
  }

  /** Why the search ended. */
  get reason(): string {
    return this.record.reason
  }

  /** What a reader of the numbers should know. */
  get warnings(): readonly string[] {
    return this.record.warnings
  }

  toString(): string {
    const { fixed, confidence, iterations, evaluations, observations, warnings } = this.record
    const lines = Object.entries(this.estimates).map(
      ([name, { value, standardError, t, pValue, interval }]) => {
        const shown = significant(value, 6)
        if (Object.hasOwn(fixed, name)) return [name, shown, 'fixed', '', '', '', '']
        const ends = interval.map(end => significant(end, 5))
        return [name, shown, significant(standardError, 4), significant(t, 4), probability(pValue), ...ends]
      },
    )
    const header = ['', 'Estimate', 'Std. Error', 'z value', 'Pr(>|z|)', `${100 * confidence}% from`, 'to']
    return [
      'Parameters (standard errors from the observed information):',
      table([header, ...lines]),
      '',
      `Log-likelihood ${significant(this.logLikelihood, 8)} of ${count(observations, 'row')}, ` +
        `AIC ${significant(this.aic, 6)}, BIC ${significant(this.bic, 6)}`,
      `${this.converged ? 'Converged' : 'Not converged'} after ${count(iterations, 'iteration')}, ` +
        `${count(evaluations, 'evaluation')}: ${this.reason}`,
      ...warnings.map(warning => `Warning: ${warning}`),
    ].join('\n')
  }
}

/** What `console.log` shows in Node: the table. */
Object.defineProperty(Estimation.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Estimation): string {
    return this.toString()
  },
})
