import { gradient } from '../../calculus/gradient.js'
import { describe } from '../../core/describe.js'
import type { Primitive } from '../../core/value.js'
import { type Data, readColumns } from '../data.js'
import { type Model, readModel } from '../model.js'
import { columnsBelow, rowFunction } from '../rows.js'
import { checkConfidence } from '../solve.js'
import { type LeastSquaresRecord, LeastSquaresResult } from './result.js'
import { halfWidth } from './student.js'

/** What a fitted formula is made of. */
export interface FitRecord extends LeastSquaresRecord {
  readonly formula: string
  /** The columns that the formula uses. */
  readonly columns: readonly string[]
}

/** Predictions, one element per row in each list. */
export interface Prediction {
  /** The right side of the formula. */
  readonly values: Float64Array
  /** The standard error of each value, from those of the parameters: the delta method. */
  readonly standardErrors: Float64Array
  /** Where the curve itself lies, with the given confidence. */
  readonly confidence: { readonly low: Float64Array; readonly high: Float64Array }
  /** Where one new observation (of weight 1) will lie. */
  readonly prediction: { readonly low: Float64Array; readonly high: Float64Array }
}

const FORMAT = 'chainrule fit 1'

/** What tables and predictions are made of: without it they would fail later, and say less. */
const FIELDS: readonly (keyof FitRecord)[] = [
  'formula',
  'columns',
  'names',
  'values',
  'fixed',
  'atBound',
  'inverseRoot',
  'rank',
  'residuals',
  'sumOfSquares',
  'logWeights',
  'confidence',
  'warnings',
]

/** A formula with the parameters that fit the data best: the result of {@link fit}. */
export class Fit extends LeastSquaresResult {
  /** @internal */ declare readonly record: FitRecord
  /** Functions, which JSON does not hold. */
  private readonly primitives: readonly Primitive[] | undefined

  /** @internal Made by {@link fit} and {@link Fit.fromJSON}. */
  constructor(record: FitRecord, primitives?: readonly Primitive[]) {
    super(record)
    this.primitives = primitives
  }

  get formula(): string {
    return this.record.formula
  }

  /** The columns of the right side: what `predict` wants. */
  get predictors(): readonly string[] {
    return columnsBelow([this.model().predicted])
  }

  /**
   * What the formula says for new data, with intervals.
   *
   * @param data rows or columns, as for `fit`; the columns of the left side are not needed
   * @param options.confidence the probability of both intervals. Default: that of the fit
   * @example
   * const { values, prediction } = result.predict({ x: [4, 5] })
   * console.log(`${values[0]}, between ${prediction.low[0]} and ${prediction.high[0]}`)
   */
  predict(data: Data, options: { readonly confidence?: number } = {}): Prediction {
    const { values: at, inverseRoot } = this.record
    const { confidence = this.record.confidence } = options
    checkConfidence('predict', confidence)
    const { predicted, parameters } = this.model()
    const given = readColumns('predict', data, columnsBelow([predicted]))
    const { rows } = given
    const outputs = [predicted, ...gradient(predicted, parameters)]
    const results = new Float64Array(outputs.length * rows)
    const program = rowFunction(outputs, parameters, given)
    program.run(Float64Array.from(at), results)
    program.dispose()

    const deviation = this.residualStandardDeviation
    const width = halfWidth(confidence, this.degreesOfFreedom)
    const values = results.slice(0, rows)
    const standardErrors = values.map((_, i) => {
      let square = 0
      for (let k = 0; k < at.length; k++) {
        let along = 0
        for (let j = 0; j < at.length; j++) along += results[(1 + j) * rows + i]! * inverseRoot[j]![k]!
        square += along * along
      }
      return deviation * Math.sqrt(square)
    })
    const around = (errors: Float64Array) => ({
      low: values.map((y, i) => y - width * errors[i]!),
      high: values.map((y, i) => y + width * errors[i]!),
    })
    return {
      values,
      standardErrors,
      confidence: around(standardErrors),
      prediction: around(standardErrors.map(error => Math.sqrt(error * error + deviation * deviation))),
    }
  }

  private model(): Model {
    const { formula, columns, names, fixed } = this.record
    return readModel(formula, columns, names, fixed, this.primitives)
  }

  override toString(): string {
    return `Formula: ${this.formula}\n\n${super.toString()}`
  }

  /** Plain data for `JSON.stringify`, from which {@link Fit.fromJSON} makes a fit with the same predictions, bit for bit. */
  toJSON(): unknown {
    return { format: FORMAT, ...(encode(this.record) as object) }
  }

  /**
   * The fit that {@link toJSON} wrote. The formula in it may come from anybody: it is parsed, never executed.
   *
   * @param json what `JSON.parse` returns, or the text itself
   * @param options.primitives those that the formula was fitted with: JSON holds no functions
   */
  static fromJSON(json: unknown, options: { readonly primitives?: readonly Primitive[] } = {}): Fit {
    const read: unknown = typeof json === 'string' ? JSON.parse(json) : json
    if (typeof read !== 'object' || read === null) {
      throw new TypeError(`Fit.fromJSON: got ${describe(read)}; wanted what toJSON writes`)
    }
    const { format, ...record } = read as Record<string, unknown>
    if (format !== FORMAT) {
      throw new Error(
        `Fit.fromJSON: the format is ${describe(format)}; wanted '${FORMAT}', as toJSON writes it`,
      )
    }
    for (const field of FIELDS) {
      if (record[field] !== undefined) continue
      throw new Error(`Fit.fromJSON: there is no ${field}; wanted what toJSON writes`)
    }
    return new Fit(decode(record) as FitRecord, options.primitives)
  }
}

// JSON has no NaN, no Infinity and no -0.
const SPECIAL = /^(NaN|-?Infinity|-0)$/

function encode(x: unknown): unknown {
  if (typeof x === 'number')
    return Number.isFinite(x) && !Object.is(x, -0) ? x : { number: Object.is(x, -0) ? '-0' : String(x) }
  if (Array.isArray(x)) return x.map(encode)
  if (typeof x !== 'object' || x === null) return x
  return Object.fromEntries(Object.entries(x).map(([key, entry]) => [key, encode(entry)]))
}

function decode(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(decode)
  if (typeof x !== 'object' || x === null) return x
  const entries = Object.entries(x)
  if (entries.length === 1 && entries[0]![0] === 'number' && SPECIAL.test(String(entries[0]![1])))
    return Number(entries[0]![1])
  return Object.fromEntries(entries.map(([key, entry]) => [key, decode(entry)]))
}
