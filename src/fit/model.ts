import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import type { Primitive, Value } from '../core/value.js'
import { parseFormula } from '../formula/index.js'
import { columnsBelow } from './rows.js'

/** A formula `response ~ predicted` as graphs. */
export interface Model {
  readonly response: Value
  readonly predicted: Value
  /** In the order in which the text names them. */
  readonly parameters: readonly Value[]
  /** The columns that the formula uses. */
  readonly columns: readonly string[]
}

/**
 * @param columns the names that are columns
 * @param fixed names that stand for numbers
 * @param primitives of the caller's own
 * @throws Error for a formula without `~`, without a parameter, or with anything but columns on its left side
 */
export function readModel(
  formula: string,
  columns: readonly string[],
  fixed: { readonly [name: string]: number },
  primitives?: readonly Primitive[],
): Model {
  if (typeof formula !== 'string') {
    throw new TypeError(`fit: the formula is ${describe(formula)}; wanted a text such as 'y ~ a * x + b'`)
  }
  const noTilde =
    "fit: the formula has no '~'; wanted 'response ~ model', such as 'y ~ a * x + b' ('=' names a line)"
  // Before it is parsed: 'y = a * x + b' would be told that y is a column, and not what to write.
  if (!formula.includes('~')) throw new Error(noTilde)
  const {
    response,
    expression: predicted,
    leaves,
  } = parseFormula(formula, {
    columns,
    names: fixed,
    ...(primitives !== undefined && { primitives }),
  })
  if (response === undefined) throw new Error(noTilde)
  const ofResponse = topologicalOrder(response).filter(({ kind }) => kind === 'value' || kind === 'column')
  const wrong = ofResponse.find(({ kind }) => kind !== 'column')
  if (wrong !== undefined) {
    throw new Error(
      `fit: '${wrong.label}' on the left side of '~' is not a column; the data has ${columns.join(', ') || 'none'}`,
    )
  }
  if (ofResponse.length === 0)
    throw new Error("fit: the left side of '~' names no column; wanted what is observed")
  const named = Object.values(leaves)
  const parameters = named.filter(({ kind }) => kind === 'value')
  if (parameters.length === 0) {
    const [x = 'x'] = columnsBelow([predicted])
    const [y = 'y'] = columnsBelow([response])
    throw new Error(
      'fit: every name in the formula is a column or fixed; wanted the parameters that are to be found, ' +
        `written out: '${y} ~ a + b * ${x}'`,
    )
  }
  return {
    response,
    predicted,
    parameters,
    columns: named.filter(({ kind }) => kind === 'column').map(({ label }) => label!),
  }
}
