import { checkOptions, describe, nearest } from '../core/describe.js'
import { log, mul, sub } from '../core/primitives.js'
import type { Primitive } from '../core/value.js'
import { column, type Value } from '../core/value.js'
import { columnNames, type Data, type DataColumns, readColumns } from './data.js'
import { type FamilyFit, type FamilyOptions, fitFamily } from './likelihood/fitFamily.js'
import { readModel } from './model.js'
import { Fit } from './report/fittedFormula.js'
import type { FitRecord } from './report/result.js'
import { significant } from './report/text.js'
import { columnsBelow, rowFunction } from './rows.js'
import { SOLVE_OPTIONS, type SolveOptions, solve } from './solve.js'

/** Options of {@link fit}. */
export interface FitOptions extends SolveOptions {
  /** Where to start, by the names of the parameters. What is left out starts at 1, with a warning. */
  readonly start?: { readonly [parameter: string]: number }
  /** Parameters that are held at a value. */
  readonly fixed?: { readonly [parameter: string]: number }
  /** The least and the greatest value of parameters; ±Infinity for none. */
  readonly bounds?: { readonly [parameter: string]: readonly [least: number, greatest: number] }
  /**
   * One positive number per row, or the name of the column that holds them: what is made small is the sum of
   * weight * residual^2. The weight of an observation is proportional to 1 / its variance.
   */
  readonly weights?: string | ArrayLike<number>
  /** Primitives of your own, called by their names in the formula. */
  readonly primitives?: readonly Primitive[]
}

const FIT_OPTIONS = ['start', 'fixed', 'bounds', 'weights', 'primitives', ...SOLVE_OPTIONS]

/**
 * Fits a formula to data by least squares: finds the parameters for which the sum of the squared differences between the
 * left and the right side of `~` is smallest.
 *
 * Names that the data has are columns; the other names are parameters. The left side may be an expression of columns,
 * and lines before may name intermediates; see `parseFormula` for the grammar. The method is Levenberg-Marquardt with
 * exact first and second derivatives (docs/fitting.md).
 *
 * With a family the method is maximum likelihood: `fit('count ~ exp(a + b * x)', data, { family: poisson() })`.
 *
 * @param data an array of rows `[{ x: 1, y: 2 }, …]` or an object of columns `{ x: [1, …], y: [2, …] }`. Columns
 *   that the formula does not use may hold anything
 * @returns the parameters with their uncertainty, predictions, and a table for people: `console.log(String(result))`
 * @throws Error for data with missing values, text or ragged columns, unknown names, and a start where the model is not
 *   a finite number. What is doubtful but not wrong stands in the result's `warnings`
 * @example
 * const result = fit('y ~ a * exp(-k * x)', { x: [0, 1, 2, 3], y: [2.1, 1.2, 0.8, 0.4] }, { start: { a: 2, k: 1 } })
 * result.parameters.k // 0.5230970276157…
 * result.estimates.k.standardError
 * result.predict({ x: [4] }).values
 */
export function fit(formula: string, data: Data, options: FamilyOptions): FamilyFit
export function fit(formula: string, data: Data, options?: FitOptions): Fit
export function fit(formula: string, data: Data, options: FitOptions | FamilyOptions = {}): Fit | FamilyFit {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `fit: the options are ${describe(options)}; wanted an object, such as { start: { a: 1 } }`,
    )
  }
  if ('family' in options) return fitFamily(formula, data, options)
  checkOptions('fit', options, FIT_OPTIONS)
  const { start = {}, fixed = {}, bounds = {}, weights, primitives } = options
  if (Array.isArray(data) && data.length === 0) throw noRows()
  const inData = columnNames('fit', data)
  checkNumbers('start', start)
  checkNumbers('fixed', fixed)
  checkIsObject('bounds', bounds)
  for (const name of Object.keys(fixed)) {
    if (inData.includes(name))
      throw new Error(`fit: fixed.${name}: '${name}' is a column of the data, not a parameter`)
    if (Object.hasOwn(start, name))
      throw new Error(`fit: '${name}' has a start and is fixed; wanted one of them`)
  }
  const model = readModel(formula, inData, [...Object.keys(start), ...Object.keys(bounds)], fixed, primitives)
  const { response, predicted, parameters, columns: used } = model
  const names = parameters.map(parameter => parameter.label!)
  for (const [option, given] of Object.entries({ start, bounds })) {
    for (const name of Object.keys(given)) checkIsParameter(option, name, names, inData)
  }

  const columns = readColumns('fit', data, used)
  if (columns.rows === 0) throw noRows()
  const weightOf = readWeights(weights, data, columns.rows)

  const residual = sub(response, predicted)
  let rootOfWeight = '√weight'
  while (used.includes(rootOfWeight)) rootOfWeight += "'"
  const weighted = weightOf === undefined ? residual : mul(column(rootOfWeight), residual)
  const startOf = Float64Array.from(names, name => (Object.hasOwn(start, name) ? start[name]! : 1))
  const [lower, upper] = readBounds(bounds, names, startOf)
  const record = solve(
    {
      caller: 'fit',
      residuals: [weighted],
      parameters,
      names,
      start: startOf,
      lower,
      upper,
      data:
        weightOf === undefined
          ? columns
          : { ...columns, columns: { ...columns.columns, [rootOfWeight]: weightOf.map(Math.sqrt) } },
      nameOf: row =>
        `the residual of row ${row} (${used.map(name => `${name} = ${columns.columns[name]![row]}`).join(', ')})`,
    },
    options,
  )
  const noStart = names.filter(name => !Object.hasOwn(start, name))
  const fitted: FitRecord = {
    ...record,
    formula,
    columns: used,
    fixed,
    residuals:
      weightOf === undefined ? record.residuals : record.residuals.map((r, i) => r / Math.sqrt(weightOf[i]!)),
    logWeights: weightOf === undefined ? 0 : weightOf.reduce((total, weight) => total + log(weight), 0),
    warnings: [
      ...record.warnings,
      ...withoutColumn(
        predicted,
        names,
        inData.filter(name => !used.includes(name)),
      ),
      ...worseThanConstant(record.sumOfSquares, responses(response, columns), weightOf),
      ...(model.hasBareE ? [BARE_E] : []),
      ...(noStart.length > 0 ? [`no start given for ${noStart.join(', ')}: started at 1`] : []),
      ...used
        .filter(
          name => columns.rows > 1 && columns.columns[name]!.every(x => x === columns.columns[name]![0]),
        )
        .map(name => `column ${name} has the same value in every row`),
      ...used
        .filter(name => leavesSquares(columns.columns[name]!))
        .map(
          name =>
            `column ${name} holds numbers whose squares are too large or too small for doubles: rescale it`,
        ),
    ],
  }
  return new Fit(fitted, primitives)
}

/** A warning of a right side that is the same in every row, which is meant only where one number is looked for. */
function withoutColumn(predicted: Value, names: readonly string[], unused: readonly string[]): string[] {
  if (columnsBelow([predicted]).length > 0) return []
  const meant = names.flatMap(name => {
    const column = nearest(name, unused)
    return column === undefined ? [] : [`${name}: did you mean ${column}?`]
  })
  if (meant.length === 0 && names.length === 1) return []
  return [['the right side uses no column', ...meant].join('; ')]
}

const BARE_E =
  "'e' in the formula is the number 2.718…; for a parameter of that name give it a start, as in start: { e: 1 }"

function responses(response: Value, columns: DataColumns): Float64Array {
  const values = new Float64Array(columns.rows)
  const program = rowFunction([response], [], columns)
  program.run(new Float64Array(0), values)
  program.dispose()
  return values
}

/** A warning of a fit that the weighted mean of what was observed would beat by more than rounding. */
function worseThanConstant(
  sumOfSquares: number,
  observed: Float64Array,
  weights: Float64Array = new Float64Array(observed.length).fill(1),
): string[] {
  const total = (of: (y: number) => number): number =>
    observed.reduce((sum, y, i) => sum + weights[i]! * of(y), 0)
  const mean = total(y => y) / total(() => 1)
  const ofConstant = total(y => (y - mean) * (y - mean))
  const rounding = 1e-24 * total(y => y * y)
  if (!(sumOfSquares > ofConstant * (1 + 1e-6) + rounding)) return []
  return [
    `a constant fits better (SSR ${significant(ofConstant, 4)} instead of ${significant(sumOfSquares, 4)}): ` +
      'start elsewhere, or take another model',
  ]
}

/** Whether sums of squares of such numbers, or of a millionth of them, overflow or lose digits to underflow. */
function leavesSquares(column: Float64Array): boolean {
  const largest = column.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return largest > 1e150 || (largest > 0 && largest < 1e-148)
}

function noRows(): Error {
  return new Error('fit: the data has no rows; wanted at least one')
}

function checkIsObject(option: string, given: unknown): void {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return
  throw new TypeError(`fit: ${option} is ${describe(given)}; wanted an object by parameter`)
}

function checkNumbers(option: string, given: { readonly [name: string]: number }): void {
  checkIsObject(option, given)
  for (const [name, x] of Object.entries(given)) {
    if (typeof x === 'number' && Number.isFinite(x)) continue
    throw new TypeError(`fit: ${option}.${name} is ${describe(x)}; wanted a finite number`)
  }
}

function checkIsParameter(
  option: string,
  name: string,
  names: readonly string[],
  inData: readonly string[],
): void {
  if (names.includes(name)) return
  const meant = nearest(name, names)
  const reason = inData.includes(name)
    ? 'is a column of the data, not a parameter'
    : `is not in the formula${meant === undefined ? `, whose parameters are ${names.join(', ')}` : `; did you mean '${meant}'?`}`
  throw new Error(`fit: ${option}.${name}: '${name}' ${reason}`)
}

function readWeights(weights: FitOptions['weights'], data: Data, rows: number): Float64Array | undefined {
  if (weights === undefined) return undefined
  const name = typeof weights === 'string' ? weights : 'weights'
  const source = typeof weights === 'string' ? data : { weights }
  const { rows: count, columns } = readColumns('fit', source, [name])
  const numbers = columns[name]!
  if (count !== rows)
    throw new RangeError(`fit: there are ${count} weights for ${rows} rows; wanted one each`)
  const wrong = numbers.findIndex(weight => weight <= 0)
  if (wrong >= 0) {
    throw new RangeError(
      `fit: the weight of row ${wrong} is ${numbers[wrong]}; wanted a positive number (leave the row out instead; rows count from 0)`,
    )
  }
  return numbers
}

function readBounds(
  bounds: NonNullable<FitOptions['bounds']>,
  names: readonly string[],
  start: Float64Array,
): [lower: Float64Array, upper: Float64Array] {
  const lower = new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY)
  const upper = new Float64Array(names.length).fill(Number.POSITIVE_INFINITY)
  for (const [j, name] of names.entries()) {
    if (!Object.hasOwn(bounds, name)) continue
    const given: unknown = bounds[name]
    if (!Array.isArray(given) || given.length !== 2 || !given.every(end => typeof end === 'number')) {
      throw new TypeError(`fit: bounds.${name} is ${describe(given)}; wanted two numbers, [least, greatest]`)
    }
    const [least, greatest] = given as [number, number]
    if (!(least < greatest)) {
      throw new RangeError(
        `fit: bounds.${name} is [${least}, ${greatest}]; wanted the least value, then a greater one`,
      )
    }
    if (!(least <= start[j]! && start[j]! <= greatest)) {
      throw new RangeError(
        `fit: ${name} starts at ${start[j]}, outside of its bounds [${least}, ${greatest}]`,
      )
    }
    lower[j] = least
    upper[j] = greatest
  }
  return [lower, upper]
}
