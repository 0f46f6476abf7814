import { gradient } from '../../calculus/gradient.js'
import { checkOptions, describe } from '../../core/describe.js'
import { exp, log, mul, neg, where } from '../../core/primitives.js'
import { asValue, column, type Operand, type Primitive, type Value, value } from '../../core/value.js'
import { columnNames, type Data, type DataColumns, readColumns } from '../data.js'
import { norm } from '../linear/vectors.js'
import { type Model, readModel } from '../model.js'
import { significant } from '../report/text.js'
import { columnsBelow, rowFunction } from '../rows.js'
import { searchOptions } from './estimate.js'
import { Estimation, type EstimationRecord, type ProfileSearch } from './estimation.js'
import type { Family } from './family.js'
import { type LikelihoodProblem, maximise, profileSearch } from './maximise.js'

/** Options of {@link fit} with a family. */
export interface FamilyOptions {
  /** How observations scatter around what the formula says: `poisson()`, `binomial()`, `weibull()`, … */
  readonly family: Family
  /** Where to start. What is left out starts at 0 or at 1, whichever is likelier. */
  readonly start?: { readonly [parameter: string]: number }
  /** Parameters that are held at a value, those of the family included. */
  readonly fixed?: { readonly [parameter: string]: number }
  /** The name of a column that is 1 where the event was seen, and 0 where the row ended before it (right-censored). */
  readonly event?: string
  /** The name of a column that says how often each row was seen. */
  readonly frequency?: string
  /** Primitives of your own, called by their names in the formula. */
  readonly primitives?: readonly Primitive[]
  /** The probability that an interval holds the parameter. Default 0.95. */
  readonly confidence?: number
  /** Default 200. */
  readonly maxIterations?: number
}

const OPTIONS = [
  'family',
  'start',
  'fixed',
  'event',
  'frequency',
  'primitives',
  'confidence',
  'maxIterations',
]

/** What the right side of a formula says for new data, one element per row in each list. */
export interface CentrePrediction {
  readonly values: Float64Array
  /** From those of the parameters: the delta method. */
  readonly standardErrors: Float64Array
}

/** A formula fitted by maximum likelihood: the result of {@link fit} with a family. */
export class FamilyFit extends Estimation {
  readonly family: Family
  readonly formula: string
  /** Twice what the log-likelihood lacks to that of a model with a parameter per row; NaN for a family that has none. */
  readonly deviance: number
  private readonly predicted: Value
  private readonly leaves: readonly Value[]

  /** @internal Made by {@link fit}. */
  constructor(
    record: EstimationRecord,
    search: ProfileSearch,
    family: Family,
    formula: string,
    model: Model,
    deviance: number,
  ) {
    super(record, search)
    this.family = family
    this.formula = formula
    this.predicted = model.predicted
    this.leaves = model.parameters
    this.deviance = deviance
  }

  /** What the formula says for new data: rows or columns, those of the left side may be missing. */
  predict(data: Data): CentrePrediction {
    const given = readColumns('predict', data, columnsBelow([this.predicted]))
    const outputs = [this.predicted, ...gradient(this.predicted, this.leaves)]
    const { rows } = given
    const results = run(outputs, this.leaves, this.record.values.slice(0, this.leaves.length), given)
    const { inverseRoot } = this.record
    const standardErrors = Float64Array.from({ length: rows }, (_, i) => {
      const along = inverseRoot.map((_, k) =>
        this.leaves.reduce((total, _, j) => total + results[(1 + j) * rows + i]! * inverseRoot[j]![k]!, 0),
      )
      return norm(along)
    })
    return { values: results.slice(0, rows), standardErrors }
  }

  override toString(): string {
    const deviance = Number.isNaN(this.deviance) ? '' : `, deviance ${significant(this.deviance, 6)}`
    return [
      `Formula: ${this.formula}`,
      `Family: ${this.family.name}, the right side is ${this.family.centre}${deviance}`,
      '',
      super.toString(),
    ].join('\n')
  }
}

/** What {@link fit} does with a family: maximum likelihood instead of least squares. */
export function fitFamily(formula: string, data: Data, options: FamilyOptions): FamilyFit {
  checkOptions('fit', options, OPTIONS)
  const { family, start = {}, fixed = {}, event, frequency, primitives } = options
  checkFamily(family)
  const inData = columnNames('fit', data)
  const ofFamily = new Map(Object.entries(fixed).filter(([name]) => family.parameters.includes(name)))
  const inFormula = Object.fromEntries(Object.entries(fixed).filter(([name]) => !ofFamily.has(name)))
  const model = readModel(formula, inData, Object.keys(start), inFormula, primitives)
  for (const name of family.parameters) {
    if (!inData.includes(name) && !model.parameters.some(({ label }) => label === name)) continue
    throw new Error(`fit: '${name}' is a parameter of the family ${family.name}; call yours something else`)
  }

  const free = family.parameters.filter(name => !ofFamily.has(name))
  const logs = free.map(name => value(0, `log ${name}`))
  const further = family.parameters.map(
    (name): Operand => ofFamily.get(name) ?? exp(logs[free.indexOf(name)]!),
  )
  const loss = lossOf(family, model, further, event, frequency)
  const names = [...model.parameters.map(({ label }) => label!), ...free]
  for (const name of Object.keys(start)) {
    if (names.includes(name)) continue
    throw new Error(`fit: start.${name}: the parameters are ${names.join(', ')}`)
  }
  const columns = readColumns('fit', data, columnsBelow([loss]))
  if (columns.rows === 0) throw new Error('fit: the data has no rows; wanted at least one')
  checkObservations(family, model, columns, event, frequency)

  const startAt = (unsaid: number): Float64Array =>
    Float64Array.from(names, (name, j) => {
      const given = Object.hasOwn(start, name) ? start[name]! : undefined
      if (j < model.parameters.length) return given ?? unsaid
      return given === undefined ? 0 : log(given)
    })
  const problem: LikelihoodProblem = {
    caller: 'fit',
    loss,
    parameters: [...model.parameters, ...logs],
    names,
    positive: new Set(free),
    starts: [startAt(0), startAt(1)],
    data: columns,
    ...searchOptions('fit', options),
  }
  const record = { ...maximise(problem), fixed }
  const deviance = devianceOf(family, model, further, columns, record, event ?? frequency)
  return new FamilyFit(record, profileSearch(problem, record), family, formula, model, deviance)
}

/** The negative log-likelihood of a row. */
function lossOf(
  family: Family,
  { response, predicted }: Model,
  further: readonly Operand[],
  event: string | undefined,
  frequency: string | undefined,
): Value {
  const density = family.logDensity(response, predicted, ...further)
  let likelihood = density
  if (event !== undefined) {
    if (family.logSurvival === undefined) {
      throw new Error(`fit: the family ${family.name} takes no censored rows; leave out { event }`)
    }
    likelihood = where(column(event), density, family.logSurvival(response, predicted, ...further))
  }
  const loss = neg(asValue(likelihood))
  return frequency === undefined ? loss : mul(column(frequency), loss)
}

function checkFamily(family: unknown): asserts family is Family {
  if (typeof (family as Partial<Family> | null)?.logDensity === 'function') return
  const advice = typeof family === 'function' ? ' (call it: poisson())' : ''
  throw new TypeError(`fit: the family is ${describe(family)}; wanted one such as poisson()${advice}`)
}

/** @throws Error for an observation that the family gives no probability, naming its row */
function checkObservations(
  family: Family,
  { response }: Model,
  columns: DataColumns,
  event: string | undefined,
  frequency: string | undefined,
): void {
  const observed = run([response], [], [], columns)
  const wrong = observed.findIndex(y => !family.support.test(y))
  if (wrong >= 0) {
    throw new RangeError(
      `fit: the left side is ${observed[wrong]} in row ${wrong}; the family ${family.name} wants ${family.support.wanted} (rows count from 0)`,
    )
  }
  if (event !== undefined) {
    const odd = columns.columns[event]!.findIndex(x => x !== 0 && x !== 1)
    if (odd >= 0) {
      throw new RangeError(
        `fit: column '${event}' is ${columns.columns[event]![odd]} in row ${odd}; wanted 1 for an event, 0 for none until then`,
      )
    }
  }
  if (frequency !== undefined) {
    const odd = columns.columns[frequency]!.findIndex(x => !(x >= 0))
    if (odd >= 0) {
      throw new RangeError(
        `fit: column '${frequency}' is ${columns.columns[frequency]![odd]} in row ${odd}; wanted a number from 0`,
      )
    }
  }
}

function devianceOf(
  family: Family,
  { response }: Model,
  further: readonly Operand[],
  columns: DataColumns,
  { values, logLikelihood, names }: EstimationRecord,
  other: string | undefined,
): number {
  if (family.saturated === undefined || other !== undefined) return Number.NaN
  const most = asValue(family.logDensity(response, family.saturated(response), ...further))
  const leaves = further.flatMap(x => (typeof x === 'number' ? [] : (x.inputs as Value[])))
  const logs = values.slice(names.length - leaves.length).map(x => log(x))
  const total = run([most], leaves, logs, columns).reduce((sum, x) => sum + x, 0)
  return 2 * (total - logLikelihood)
}

/** Outputs in every row: output k in row i stands at `k * rows + i`. */
function run(
  outputs: readonly Value[],
  leaves: readonly Value[],
  at: readonly number[],
  columns: DataColumns,
): Float64Array {
  const out = new Float64Array(outputs.length * columns.rows)
  const program = rowFunction(outputs, leaves, columns)
  program.run(Float64Array.from(at), out)
  program.dispose()
  return out
}
