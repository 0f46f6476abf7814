import { gradient } from '../../calculus/gradient.js'
import type { Primitive } from '../../core/value.js'
import { type Data, readColumns } from '../data.js'
import { type Model, readModel } from '../model.js'
import { columnsBelow, rowFunction } from '../rows.js'
import { checkConfidence } from '../solve.js'
import { type Derived, derived } from './derived.js'
import { fromPlain, toPlain } from './json.js'
import { type FitRecord, LeastSquaresResult } from './result.js'
import { halfWidth } from './student.js'

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

  /**
   * What the fit says of an expression of its parameters, such as a half-life, with its uncertainty by the delta method: the
   * slopes of the expression, exact, times the covariance of the parameters. Fixed parameters count as known.
   *
   * @throws Error for a name that is no parameter, and for anything that `parseFormula` refuses
   * @example
   * const { value, standardError, interval } = result.derive('log(2) / k')
   */
  derive(expression: string, options: { readonly confidence?: number } = {}): Derived {
    const { names, values, fixed, inverseRoot } = this.record
    const { confidence = this.record.confidence } = options
    checkConfidence('derive', confidence)
    return derived(expression, {
      names,
      values,
      fixed,
      primitives: this.primitives,
      inverseRoot,
      deviation: this.residualStandardDeviation,
      width: halfWidth(confidence, this.degreesOfFreedom),
    })
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
    return toPlain(this.record)
  }

  /**
   * The fit that {@link toJSON} wrote. The formula in it may come from anybody: it is parsed, never executed.
   *
   * @param json what `JSON.parse` returns, or the text itself
   * @param options.primitives those that the formula was fitted with: JSON holds no functions
   */
  static fromJSON(json: unknown, options: { readonly primitives?: readonly Primitive[] } = {}): Fit {
    return new Fit(fromPlain(json), options.primitives)
  }
}
