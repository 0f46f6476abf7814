import { SingularValueDecomposition } from 'ml-matrix'
import type { Triangular } from './triangle.js'

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
  /** V, a row per parameter. */
  readonly right: readonly (readonly number[])[]
  readonly scale: Float64Array
  /** The parameters that stay as they are. */
  readonly held: readonly boolean[]
  /** (Q U)' r. */
  readonly along: Float64Array
  /** How many singular values are above rounding. */
  readonly rank: number
  private readonly left: readonly (readonly number[])[]
  private readonly derivatives: Derivatives

  /** Scales are the lengths of the columns of J, but none falls below `leastScale`. */
  constructor(derivatives: Derivatives, held: readonly boolean[], leastScale?: Float64Array) {
    const { triangle, projected } = derivatives
    const size = held.length
    const lengths = Float64Array.from(held, (_, j) => norm(Float64Array.from(triangle, row => row[j]!)))
    this.derivatives = derivatives
    this.held = held
    this.scale = lengths.map((length, j) => Math.max(length, leastScale?.[j] ?? 0) || 1)
    const scaled = triangle.map(row => Array.from(row, (x, j) => (held[j] ? 0 : x / this.scale[j]!)))
    const { diagonal, leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(scaled)
    this.singular = Float64Array.from(diagonal)
    this.left = leftSingularVectors.to2DArray()
    this.right = rightSingularVectors.to2DArray()
    this.along = this.turn(projected)
    const cutoff = this.singular[0]! * Number.EPSILON * 10 * size
    this.rank = this.singular.filter(s => s > cutoff).length
  }

  /** -S / (S^2 + damping) (Q U)' r: the step to the least |r + J v|^2 + damping |v|^2. */
  step(damping: number, along: Float64Array = this.along): Float64Array {
    return along.map((a, k) => {
      const s = this.singular[k]!
      return k < this.rank ? (-s * a) / (s * s + damping) : 0
    })
  }

  /** The same for other residuals. */
  stepFor(residuals: Float64Array, damping: number): Float64Array {
    return this.step(damping, this.turn(this.derivatives.project(residuals)))
  }

  /** V step / scale. */
  toParameters(step: Float64Array): Float64Array {
    return this.scale.map((scale, j) => (this.held[j] ? 0 : inner(this.right[j]!, step) / scale))
  }

  /** |r|^2 - |r + J change|^2. */
  gain(change: Float64Array): number {
    const { singular, right, scale, along } = this
    return singular.reduce((gain, s, k) => {
      const moved = s * change.reduce((total, c, j) => total + right[j]![k]! * scale[j]! * c, 0)
      return gain - moved * (2 * along[k]! + moved)
    }, 0)
  }

  /** The length of parameters in units of the scales. */
  lengthOf(parameters: Float64Array): number {
    return norm(parameters.map((p, j) => p * this.scale[j]!))
  }

  /** U' x. */
  private turn(x: Float64Array): Float64Array {
    return x.map((_, k) => this.left.reduce((total, row, i) => total + row[k]! * x[i]!, 0))
  }
}

export function norm(x: ArrayLike<number>): number {
  return Math.sqrt(inner(x, x))
}

export function inner(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!
  return total
}
