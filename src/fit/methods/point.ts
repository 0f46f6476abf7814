import { type Derivatives, LinearModel } from '../linear/linearModel.js'
import { triangular } from '../linear/triangle.js'
import { inner } from '../linear/vectors.js'

/** Residuals and their derivatives. Every function writes numbers, finite or not, and never throws. */
export interface ResidualFunctions {
  /** How many residuals there are. */
  readonly rows: number
  readonly residuals: (parameters: Float64Array, out: Float64Array) => void
  /** d residual / d parameter, by columns: `out[j * rows + i]` for residual i and parameter j. */
  readonly jacobian: (parameters: Float64Array, out: Float64Array) => void
  /** The second derivative of every residual along `velocity`. */
  readonly acceleration: (parameters: Float64Array, velocity: Float64Array, out: Float64Array) => void
}

/** Parameters, and what they give. */
export class Point {
  readonly parameters: Float64Array
  readonly residuals: Float64Array
  /** The sum of the squared residuals. */
  readonly sumOfSquares: number
  private readonly functions: ResidualFunctions
  private known: Derivatives | undefined

  constructor(functions: ResidualFunctions, parameters: Float64Array) {
    this.functions = functions
    this.parameters = parameters
    this.residuals = new Float64Array(functions.rows)
    functions.residuals(parameters, this.residuals)
    this.sumOfSquares = inner(this.residuals, this.residuals)
  }

  /** The derivatives, computed once; nothing where they, or the residuals, are not finite. */
  derivatives(): Derivatives | undefined {
    if (this.known !== undefined || !Number.isFinite(this.sumOfSquares)) return this.known
    const { rows, jacobian } = this.functions
    const matrix = new Float64Array(rows * this.parameters.length)
    jacobian(this.parameters, matrix)
    const { triangle, project } = triangular(matrix, rows, this.parameters.length)
    if (!triangle.every(column => column.every(Number.isFinite))) return undefined
    this.known = { triangle, project, projected: project(this.residuals) }
    return this.known
  }
}

/** The least and the greatest values of the parameters. */
export class Bounds {
  private readonly lower: Float64Array
  private readonly upper: Float64Array

  constructor(lower: Float64Array, upper: Float64Array) {
    this.lower = lower
    this.upper = upper
  }

  /** The nearest parameters that keep to the bounds. */
  within(parameters: Float64Array): Float64Array {
    return parameters.map((p, j) => Math.min(Math.max(p, this.lower[j]!), this.upper[j]!))
  }

  /** Whether parameter j, changed from where it is, would cross a bound at which it is. */
  forbids(parameters: Float64Array, j: number, change: number): boolean {
    const p = parameters[j]!
    return (change < 0 && p <= this.lower[j]!) || (change > 0 && p >= this.upper[j]!)
  }

  /**
   * The linear model at a point, in which a parameter at its bound is held if its slope leads beyond; nothing where the
   * derivatives are not finite.
   */
  linearise(point: Point, leastScale?: Float64Array): LinearModel | undefined {
    const derivatives = point.derivatives()
    if (derivatives === undefined) return undefined
    const { triangle, projected } = derivatives
    // J' r = R' Q' r
    const held = triangle.map((column, j) => this.forbids(point.parameters, j, -inner(column, projected)))
    return new LinearModel(derivatives, held, leastScale)
  }

  /** The step of the damped model, without the parameters that it would take beyond the bounds at which they are. */
  step(point: Point, linear: LinearModel, damping: number): BoundedStep {
    for (let model = linear; ; ) {
      const straight = model.step(damping)
      const velocity = model.toParameters(straight)
      const beyond = Array.from(velocity, (v, j) => this.forbids(point.parameters, j, v))
      if (!beyond.includes(true)) return { model, straight, velocity }
      model = model.holding(beyond)
    }
  }
}

/** A step that starts along the bounds. */
export interface BoundedStep {
  readonly model: LinearModel
  /** In units of the scales, along the columns of V. */
  readonly straight: Float64Array
  /** The same as a change of the parameters. */
  readonly velocity: Float64Array
}

/** Residuals are orthogonal to a column of the Jacobian if their cosine with it is no larger than this. */
const SLOPE_TOLERANCE = 1e-6
/** Models of many operations lose some more ulps than their last one does. */
export const ULPS_LOST = 20

/** Whether the sum of squares is level at a point, as far as rounding can tell. */
export function isLevel({ parameters, sumOfSquares }: Point, linear: LinearModel): boolean {
  const tolerance = Math.max(SLOPE_TOLERANCE * Math.sqrt(sumOfSquares), ULPS_LOST * ulpOf(linear, parameters))
  return linear.slopes.every(slope => slope <= tolerance)
}

/** An ulp of the size of J p: residuals inherit the rounding of what they are differences of. */
export function ulpOf(model: LinearModel, parameters: Float64Array): number {
  return Number.EPSILON * model.sizeOf(parameters)
}
