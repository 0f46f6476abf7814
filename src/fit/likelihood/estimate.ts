import { flatten, type Tree } from '../../calculus/tree.js'

import { checkOptions, describe } from '../../core/describe.js'
import { dataOf, Value } from '../../core/value.js'
import { type Data, readColumns } from '../data.js'
import { columnsBelow } from '../rows.js'
import { checkConfidence } from '../solve.js'
import { checkStart } from '../start.js'
import { Estimation } from './estimation.js'
import { type LikelihoodProblem, maximise, profileSearch } from './maximise.js'

/** Options of {@link estimate}. */
export interface EstimateOptions {
  /** The leaves to be found, a list or a tree; they start from their `data` and are left at what was found. */
  readonly parameters: Tree<Value>
  /** Rows or columns, for a likelihood with `column` leaves. */
  readonly data?: Data
  /** The probability that an interval holds the parameter. Default 0.95. */
  readonly confidence?: number
  /** Default 200. */
  readonly maxIterations?: number
}

/**
 * Maximum likelihood for a negative log-likelihood of your own, written as an expression. With columns it is that of one row, and
 * is added up. Newton's method with the exact Hessian finds the maximum; its inverse gives the standard errors.
 *
 * @throws Error for wrong data or options, and where the likelihood is not finite at the start
 * @example
 * // Times between events: exponential with a rate.
 * const rate = value(1, 'rate')
 * const t = column('t')
 * estimate(rate.mul(t).sub(rate.log()), { parameters: [rate], data: { t: [0.2, 1.7, 0.9, 1.2] } })
 * // estimates.rate: value 1, standardError 0.5
 */
export function estimate(negativeLogLikelihood: Value, options: EstimateOptions): Estimation {
  if (!(negativeLogLikelihood instanceof Value)) {
    throw new TypeError(`estimate: the likelihood is ${describe(negativeLogLikelihood)}; wanted a Value`)
  }
  if (options?.parameters === undefined) {
    throw new TypeError('estimate: got no parameters; wanted { parameters }, the leaves to be found')
  }
  checkOptions('estimate', options, ['parameters', 'data', 'confidence', 'maxIterations'])
  const { leaves, paths } = flatten(options.parameters as readonly Value[])
  const wrong = leaves.findIndex(leaf => !(leaf instanceof Value))
  if (wrong >= 0 || leaves.length === 0) {
    const got = wrong >= 0 ? describe(leaves[wrong]) : 'none'
    throw new TypeError(`estimate: of the parameters, one is ${got}; wanted the leaves of the likelihood`)
  }
  const names = leaves.map((leaf, j) => leaf.label ?? paths[j] ?? 'x')
  const columns = columnsBelow([negativeLogLikelihood])
  if (columns.length > 0 && options.data === undefined) {
    throw new Error(`estimate: the likelihood has columns; wanted { data } with ${columns.join(', ')}`)
  }
  const data = columns.length > 0 ? readColumns('estimate', options.data!, columns) : { rows: 1, columns: {} }
  if (data.rows === 0) throw new Error('estimate: the data has no rows; wanted at least one')
  const start = Float64Array.from(leaves, dataOf)
  checkStart('estimate', start, j => names[j]!)
  const problem: LikelihoodProblem = {
    caller: 'estimate',
    loss: negativeLogLikelihood,
    parameters: leaves,
    names,
    positive: new Set(),
    starts: [start],
    data,
    ...searchOptions('estimate', options),
  }
  const record = maximise(problem)
  leaves.forEach((leaf, j) => {
    leaf.data = record.values[j]!
  })
  return new Estimation(record, profileSearch(problem, record))
}

/** The options that both ways of stating a likelihood take, checked. */
export function searchOptions(
  caller: string,
  { confidence = 0.95, maxIterations = 200 }: Pick<EstimateOptions, 'confidence' | 'maxIterations'>,
): { confidence: number; maxIterations: number } {
  checkConfidence(caller, confidence)
  if (!(Number.isInteger(maxIterations) && maxIterations >= 0)) {
    throw new RangeError(
      `${caller}: maxIterations is ${describe(maxIterations)}; wanted a whole number from 0`,
    )
  }
  return { confidence, maxIterations }
}
