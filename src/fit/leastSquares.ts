import { flatten, type Tree } from '../calculus/tree.js'
import { checkOptions } from '../core/describe.js'
import { checkValues } from '../core/refusals.js'
import { dataOf, Value } from '../core/value.js'
import { type Data, readColumns } from './data.js'
import { LeastSquaresResult } from './report/result.js'
import { columnsBelow } from './rows.js'
import { SOLVE_OPTIONS, type SolveOptions, solve } from './solve.js'
import { checkStart } from './start.js'

/** Options of {@link leastSquares}. */
export interface LeastSquaresOptions extends SolveOptions {
  /** The leaves to be found: a list or a tree. They start from their `data`. */
  readonly parameters: Tree<Value>
  /** Rows or columns, for residuals with `column` leaves. */
  readonly data?: Data
}

/**
 * Finds the parameters for which the sum of the squared residuals is smallest, for residuals that are not rows of a table:
 * distances in a layout, closing errors of a mechanism, conditions of different kinds. Residuals with columns count once
 * for each row of `data`. The method is that of {@link fit}. The `data` of the parameters is left at the solution.
 *
 * @param residuals Values, written with the parameters
 * @returns the parameters, named by their labels, with their uncertainty
 * @throws Error where a residual or its derivative is not finite at the start
 * @example
 * const x = value(-1.2, 'x')
 * const y = value(1, 'y')
 * const result = leastSquares([y.sub(x.square()).mul(10), sub(1, x)], { parameters: [x, y] })
 * result.parameters // { x: 1, y: 1 }
 */
export function leastSquares(
  residuals: Value | readonly Value[],
  options: LeastSquaresOptions,
): LeastSquaresResult {
  const list = residuals instanceof Value ? [residuals] : checkValues('leastSquares', residuals)
  if (list.length === 0) throw new RangeError('leastSquares: there are no residuals; wanted at least one')
  if (options?.parameters === undefined) {
    throw new TypeError(
      'leastSquares: got no parameters; wanted { parameters: [...] }, the leaves to be found',
    )
  }
  checkOptions('leastSquares', options, ['parameters', 'data', ...SOLVE_OPTIONS])
  const { leaves, paths } = flatten(options.parameters as readonly Value[])
  const parameters = checkValues('leastSquares', leaves)
  if (parameters.length === 0)
    throw new RangeError('leastSquares: there are no parameters; wanted at least one')
  const names = uniqueNames(parameters, paths)
  const columns = columnsBelow(list)
  if (columns.length > 0 && options.data === undefined) {
    throw new Error(`leastSquares: the residuals have columns; wanted { data } with ${columns.join(', ')}`)
  }
  const data =
    columns.length > 0 ? readColumns('leastSquares', options.data!, columns) : { rows: 1, columns: {} }
  if (data.rows === 0) throw new Error('leastSquares: the data has no rows; wanted at least one')
  const start = Float64Array.from(parameters, dataOf)
  checkStart('leastSquares', start, j => names[j]!)
  const unbounded = new Float64Array(parameters.length).fill(Number.POSITIVE_INFINITY)
  const record = solve(
    {
      caller: 'leastSquares',
      residuals: list,
      parameters,
      names,
      start,
      lower: unbounded.map(bound => -bound),
      upper: unbounded,
      data,
      nameOf: i => {
        const residual = list[Math.floor(i / data.rows)]!
        const name = `residual ${residual.label ?? Math.floor(i / data.rows) + 1}`
        return columns.length > 0 ? `${name} of row ${i % data.rows}` : name
      },
    },
    options,
  )
  parameters.forEach((parameter, j) => {
    parameter.data = record.values[j]!
  })
  return new LeastSquaresResult(record)
}

/** Labels, or the places in the tree where a label is missing or taken; numbered where that is taken as well. */
function uniqueNames(parameters: readonly Value[], paths: readonly string[]): string[] {
  const seen = new Set<string>()
  return parameters.map(({ label }, j) => {
    const wanted = label === undefined || seen.has(label) ? paths[j] || 'x' : label
    let name = wanted
    for (let n = 2; seen.has(name); n++) name = `${wanted} (${n})`
    seen.add(name)
    return name
  })
}
