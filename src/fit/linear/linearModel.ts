import { singularValues } from './singularValues.js'
import type { Triangular } from './triangle.js'
import { inner, norm } from './vectors.js'

/** The derivatives J of residuals r at a point. */
export interface Derivatives extends Triangular {
  /** Q' r: the part of the residuals that the parameters can move. */
  readonly projected: Float64Array
}

/**
 * The residuals near a point, r + J v, with J = Q U S V' diag(scale). Steps have coordinates along the columns of V, in
 * units of the scales; there their length is that of the scaled step.
 */
export class LinearModel {
  /** S, the singular values, largest first. */
  readonly singular: Float64Array
  /** The columns of V. */
  readonly right: readonly Float64Array[]
  readonly scale: Float64Array
  /** The lengths of the columns of J. */
  readonly lengths: Float64Array
  /** The parameters that stay as they are. */
  readonly held: readonly boolean[]
  /** (Q U)' r. */
  readonly along: Float64Array
  /** How many directions the residuals determine; counted with columns of length 1, so that no scale hides one. */
  readonly rank: number
  private readonly left: readonly Float64Array[]
  private readonly derivatives: Derivatives

  /** Scales are the lengths of the columns of J, but none falls below `leastScale`. */
  constructor(derivatives: Derivatives, held: readonly boolean[], leastScale?: Float64Array) {
    const { triangle, projected } = derivatives
    this.lengths = Float64Array.from(triangle, norm)
    this.derivatives = derivatives
    this.held = held
    this.scale = this.lengths.map((length, j) => Math.max(length, leastScale?.[j] ?? 0) || 1)
    const scaledBy = (scale: Float64Array): Float64Array[] =>
      triangle.map((column, j) => column.map(x => (held[j] || x === 0 ? 0 : x / scale[j]!)))
    const { singular, left, right } = singularValues(scaledBy(this.scale))
    this.singular = singular
    this.left = left
    this.right = right
    this.along = this.turn(projected)
    const ofUnitColumns = singularValues(scaledBy(this.lengths)).singular
    const cutoff = ofUnitColumns[0]! * Number.EPSILON * 10 * held.length
    this.rank = ofUnitColumns.filter(s => s > cutoff).length
  }

  /** The same with more parameters that stay as they are. */
  holding(more: readonly boolean[]): LinearModel {
    const held = this.held.map((isHeld, j) => isHeld || more[j]!)
    return new LinearModel(this.derivatives, held, this.scale)
  }

  /** J' r, each divided by the length of its column: what of the residuals a parameter can move. 0 for those held. */
  get slopes(): Float64Array {
    const { triangle, projected } = this.derivatives
    return this.lengths.map((length, j) =>
      this.held[j] || length === 0 ? 0 : Math.abs(inner(triangle[j]!, projected)) / length,
    )
  }

  /** -S / (S^2 + damping) (Q U)' r, without the squares, which may underflow: the step to the least |r + J v|^2 + damping |v|^2. */
  step(damping: number, along: Float64Array = this.along): Float64Array {
    return along.map((a, k) => {
      const s = this.singular[k]!
      return k < this.rank && s > 0 ? -a / (s + damping / s) : 0
    })
  }

  /** The same for other residuals. */
  stepFor(residuals: Float64Array, damping: number): Float64Array {
    return this.step(damping, this.turn(this.derivatives.project(residuals)))
  }

  /** V step / scale. */
  toParameters(step: Float64Array): Float64Array {
    return this.scale.map((scale, j) => {
      if (this.held[j]) return 0
      return step.reduce((total, x, k) => total + this.right[k]![j]! * x, 0) / scale
    })
  }

  /** |r|^2 - |r + J change|^2. */
  gain(change: Float64Array): number {
    const { singular, right, scale, along } = this
    return singular.reduce((gain, s, k) => {
      const moved = s * change.reduce((total, c, j) => total + right[k]![j]! * scale[j]! * c, 0)
      return gain - moved * (2 * along[k]! + moved)
    }, 0)
  }

  /** The length of parameters in units of the scales. */
  lengthOf(parameters: Float64Array): number {
    return norm(parameters.map((p, j) => p * this.scale[j]!))
  }

  /** How large the terms of J p are, without what cancels among them. */
  sizeOf(parameters: Float64Array): number {
    return norm(parameters.map((p, j) => p * norm(this.derivatives.triangle[j]!)))
  }

  /** U' x. */
  private turn(x: Float64Array): Float64Array {
    return x.map((_, k) => inner(this.left[k]!, x))
  }
}
