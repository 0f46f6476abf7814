import { gradient } from '../../calculus/gradient.js'
import { value as leaf, type Primitive } from '../../core/value.js'
import { parseFormula } from '../../formula/index.js'
import { norm } from '../linear/vectors.js'
import type { Estimate } from './result.js'

/** An expression of the parameters, with its uncertainty. */
export type Derived = Pick<Estimate, 'value' | 'standardError' | 'interval'>

/** What a result knows about its parameters. */
export interface Uncertain {
  readonly names: readonly string[]
  readonly values: readonly number[]
  readonly fixed: Readonly<Record<string, number>>
  readonly primitives?: readonly Primitive[] | undefined
  /** F with F F' the covariance up to the square of `deviation`, a row per parameter. */
  readonly inverseRoot: readonly (readonly number[])[]
  readonly deviation: number
  /** The half-width of an interval, in standard errors. */
  readonly width: number
}

/** The delta method: exact slopes of the expression times the root of the covariance. */
export function derived(expression: string, uncertain: Uncertain): Derived {
  const { names, values, fixed, primitives, inverseRoot, deviation, width } = uncertain
  const parameters = names.map((name, j) => leaf(values[j]!, name))
  const known = { ...fixed, ...Object.fromEntries(parameters.map((parameter, j) => [names[j]!, parameter])) }
  const {
    expression: made,
    response,
    leaves,
  } = parseFormula(expression, { names: known, ...(primitives !== undefined && { primitives }) })
  const unknown = Object.keys(leaves).find(name => !Object.hasOwn(known, name))
  if (unknown !== undefined || response !== undefined) {
    const what = unknown === undefined ? "there is a '~'" : `'${unknown}' is not a parameter`
    throw new Error(
      `derive: ${what}; wanted an expression of ${Object.keys(known).join(', ')}, such as 'log(2) / ${names[0]}'`,
    )
  }
  const slopes = gradient(made, parameters).map(slope => slope.data)
  const along = names.map((_, k) =>
    // A slope of 0 asks nothing of a parameter that the data do not determine.
    slopes.reduce((total, slope, j) => (slope === 0 ? total : total + slope * inverseRoot[j]![k]!), 0),
  )
  const standardError = deviation * norm(along)
  const value = made.data
  return {
    value,
    standardError,
    interval: [value - width * standardError, value + width * standardError],
  }
}
