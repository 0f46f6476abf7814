/** A formula and its data, made into what can be trained, drawn and explained. */

import { FormulaError, type Operand, parseFormula, pow, sub, topologicalOrder, type Value } from 'chainrule'
import { objective } from 'chainrule/compile'
import type { Pasted, Table } from './csv.js'

export interface Problem {
  readonly formula: string
  /** The loss of one row, which is what the graph shows. */
  readonly loss: Value
  readonly parameters: readonly Value[]
  /** The names of the columns that the formula uses. */
  readonly columns: readonly string[]
  /** Of `observed ~ predicted`. */
  readonly observed: Value | undefined
  readonly predicted: Value | undefined
  /** The columns that the formula uses. */
  readonly table: Table
  readonly pasted: Pasted
  /** 1 where the formula uses no data. */
  readonly rows: number
  /** Which engine of chainrule/compile runs it. */
  readonly engine: string
  /** The loss and its gradient, added up over these rows. */
  evaluate(parameters: Float64Array, gradientOut?: Float64Array, from?: number, to?: number): number
  dispose(): void
}

/**
 * @throws FormulaError with the place, for a formula that is none or that does not suit the data; TableError with the line,
 *   for a cell of a column in use that is no number
 */
export function createProblem(formula: string, pasted: Pasted): Problem {
  const { loss, leaves, observed, predicted } = lossOf(formula, { columns: pasted.names })
  const all = Object.values(leaves)
  const parameters = all.filter(leaf => leaf.kind === 'value')
  const columns = all.filter(leaf => leaf.kind === 'column').map(leaf => leaf.label!)
  if (parameters.length === 0) {
    throw new FormulaError(
      formula,
      0,
      'there is no parameter to learn: every name is a column or a line above',
    )
  }
  if (loss.primitive === null) {
    throw new FormulaError(
      formula,
      0,
      'this is a single name; write something that is computed, as in (x - 3) ** 2',
    )
  }
  const table = pasted.take(columns)
  const compiled = objective(loss, { parameters, reduce: 'sum' })
  const evaluate =
    columns.length === 0
      ? compiled
      : compiled.bind(Object.fromEntries(columns.map(name => [name, table.columns[name]!])))
  return {
    formula,
    loss,
    parameters,
    columns,
    observed,
    predicted,
    table,
    pasted,
    rows: columns.length === 0 ? 1 : table.rows,
    engine: compiled.engine,
    evaluate,
    dispose: () => compiled.dispose(),
  }
}

/** What names stand for: columns of a data set, or Values and numbers. */
type Names = { readonly columns: readonly string[] } | { readonly names: Readonly<Record<string, Operand>> }

/** The loss of one row as a graph. */
export function lossOf(formula: string, names: Names) {
  const { expression, response, leaves } = parseFormula(formula, names)
  if (response === undefined) {
    if (expression.primitive !== null) expression.label ??= freeName('f', leaves)
    return { loss: expression, leaves, observed: undefined, predicted: undefined }
  }
  const unknown = topologicalOrder(response).find(node => node.kind === 'value')
  if (unknown !== undefined && 'columns' in names) {
    const has =
      names.columns.length === 0 ? 'there are no data' : `the columns are ${names.columns.join(', ')}`
    const reason = `left of ~ stands what was observed, and '${unknown.label}' is no column of the data (${has})`
    throw new FormulaError(formula, Math.max(0, formula.indexOf(unknown.label!)), reason)
  }
  if (expression.primitive !== null) expression.label ??= freeName('predicted', leaves)
  const residual = sub(response, expression).as(freeName('residual', leaves))
  const loss = pow(residual, 2).as(freeName('loss', leaves))
  return { loss, leaves, observed: response, predicted: expression }
}

function freeName(wanted: string, leaves: Readonly<Record<string, Value>>): string {
  return wanted in leaves ? freeName(`${wanted}_`, leaves) : wanted
}

/** The loss over the first rows as one graph of these parameters, recorded anew: what a gradient check wants. */
export function recordLoss(
  { formula, table, columns }: Problem,
  parameters: Readonly<Record<string, Value>>,
  rows: number,
): Value {
  const losses = Array.from({ length: rows }, (_, row) => {
    const data = Object.fromEntries(columns.map(name => [name, table.columns[name]![row]!]))
    return lossOf(formula, { names: { ...parameters, ...data } }).loss
  })
  return losses.reduce((total, loss) => total.add(loss))
}

/** Sets the graph of the loss to these parameters and this row, and runs it forward. */
export function showRow({ loss, parameters, table }: Problem, values: Float64Array, row: number): void {
  parameters.forEach((leaf, i) => {
    leaf.data = values[i]!
  })
  for (const leaf of topologicalOrder(loss)) {
    if (leaf.kind === 'column') leaf.data = table.columns[leaf.label!]![row]!
  }
  loss.forward()
}

/** What an axis of the total loss is called. */
export function lossLabel({ loss, rows }: Problem): string {
  return rows === 1 ? loss.label! : `${loss.label}, all rows`
}
