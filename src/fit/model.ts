import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import { type Operand, type Primitive, type Value, value } from '../core/value.js'
import { type Formula, parseFormula } from '../formula/index.js'
import { columnsBelow } from './rows.js'

/** A formula `response ~ predicted` as graphs. */
export interface Model {
  readonly response: Value
  readonly predicted: Value
  /** In the order in which the text names them. */
  readonly parameters: readonly Value[]
  /** The columns that the formula uses. */
  readonly columns: readonly string[]
  /** Whether `e` stands for a number where it may have been meant as a parameter: anywhere but in `e ** x`. */
  readonly hasBareE: boolean
}

/**
 * @param columns the names that are columns
 * @param named what is a parameter though it may be the name of a constant, such as `e`
 * @param fixed names that stand for numbers
 * @param primitives of the caller's own
 * @throws Error for a formula without `~`, without a parameter, or with anything but columns on its left side
 */
export function readModel(
  formula: string,
  columns: readonly string[],
  named: readonly string[],
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
  const read = (names: { readonly [name: string]: Operand }): Formula =>
    parseFormula(formula, {
      // A file may hold a column without a name, such as the row names that R writes; no formula can use it.
      columns: columns.filter(name => name !== ''),
      names,
      ...(primitives !== undefined && { primitives }),
    })
  const names = {
    ...Object.fromEntries(
      named.filter(name => !columns.includes(name)).map(name => [name, value(Number.NaN, name)]),
    ),
    ...fixed,
  }
  const { response, expression: predicted, leaves } = read(names)
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
  const all = Object.values(leaves)
  const parameters = all.filter(({ kind }) => kind === 'value')
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
    columns: all.filter(({ kind }) => kind === 'column').map(({ label }) => label!),
    hasBareE: !('e' in names) && !columns.includes('e') && leaves.e === undefined && isBare('e', read),
  }
}

/** Whether a constant is used otherwise than as the base of a power: it is put in as a leaf, to see who uses it. */
function isBare(name: string, read: (names: { readonly [name: string]: Operand }) => Formula): boolean {
  const leaf = value(Number.NaN, name)
  const { expression } = read({ [name]: leaf })
  return topologicalOrder(expression).some(
    ({ inputs, primitive }) =>
      inputs.includes(leaf) &&
      !(primitive?.name === 'pow' && inputs.indexOf(leaf) === inputs.lastIndexOf(leaf) && inputs[0] === leaf),
  )
}
