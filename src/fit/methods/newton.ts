import { singularValues } from '../linear/singularValues.js'
import { inner } from '../linear/vectors.js'

/** A function of some numbers with its exact first and second derivatives. */
export interface SecondOrder {
  /** Writes the value, the gradient and the Hessian, row by row: 1 + n + n^2 numbers. */
  evaluate(at: Float64Array, out: Float64Array): void
}

/** Where a search by {@link newton} ended. */
export interface NewtonSolution {
  readonly point: Float64Array
  readonly value: number
  /** F with F F' the inverse of the Hessian; `undefined` where the Hessian is not positive definite. */
  readonly inverseRoot: readonly (readonly number[])[] | undefined
  /** How many directions the function bends along. */
  readonly rank: number
  /** For each parameter, whether the function does not bend along a direction that moves it. */
  readonly undetermined: readonly boolean[]
  readonly stopped: 'flat' | 'stuck' | 'iterations'
  readonly iterations: number
  readonly evaluations: number
}

/**
 * Newton's method for a sum of logarithms, such as a negative log-likelihood, whose differences have a meaning of their own:
 * one below 1e-10 says nothing about data. A step goes to the minimum of the parabola with |H| in place of the Hessian H, so that it
 * descends where H is not positive definite; a step that does not lower the value as promised is damped.
 * Lengths are measured in units in which the diagonal of H is 1, so that the units of the parameters do not matter.
 *
 * Sources: Nocedal and Wright, "Numerical optimization", 2nd edition, sections 3.4 and 4.3; Moré, "The Levenberg-Marquardt
 * algorithm", 1978 (scales that never fall); Nielsen, "Damping parameter in Marquardt's method", 1999 (the damping).
 *
 * @returns `undefined` if the function or its derivatives are not finite at the start
 */
export function newton(
  { evaluate }: SecondOrder,
  start: Float64Array,
  maxIterations: number,
): NewtonSolution | undefined {
  const size = start.length
  let point = start.slice()
  let here = new Float64Array(1 + size + size * size)
  let there = here.slice()
  evaluate(point, here)
  let evaluations = 1
  if (!here.every(Number.isFinite)) return undefined
  const scale = new Float64Array(size)
  let damping = 0
  let growth = 2
  let lastPromise = Number.POSITIVE_INFINITY
  for (let iterations = 0; ; iterations++) {
    const parabola = new Parabola(here, scale)
    const promise = parabola.promise(0)
    // From here the value may be rounding; the derivatives still tell the way, and each step squares what is left of it.
    const isFlat = promise <= FLAT + 4 * Number.EPSILON * Math.abs(here[0]!)
    const end = (stopped: NewtonSolution['stopped']): NewtonSolution => ({
      point,
      value: here[0]!,
      inverseRoot: parabola.inverseRoot(),
      rank: parabola.rank,
      undetermined: parabola.undetermined(),
      stopped,
      iterations,
      evaluations,
    })
    if (isFlat && (promise === 0 || promise > lastPromise / 4)) return end('flat')
    if (iterations >= maxIterations) return end('iterations')
    for (;;) {
      const step = parabola.step(isFlat ? 0 : damping)
      const trial = point.map((x, j) => x + step[j]!)
      evaluate(trial, there)
      evaluations++
      const gain = (here[0]! - there[0]!) / parabola.promise(damping)
      if (there.every(Number.isFinite) && (isFlat || gain > 1e-4)) {
        point = trial
        const free = here
        here = there
        there = free
        damping = gain > 0.75 ? damping / 3 : damping
        growth = 2
        break
      }
      if (isFlat) return end('flat')
      damping = Math.max(damping, 0.1) * growth
      growth *= 2
      if (trial.every((x, j) => x === point[j])) return end('stuck')
    }
    lastPromise = isFlat ? promise : Number.POSITIVE_INFINITY
  }
}

/** A promise so small is kept by the derivatives alone. */
const FLAT = 1e-10

/** The second-order model at a point, along the axes of the scaled Hessian. */
class Parabola {
  private readonly scale: Float64Array
  /** The absolute eigenvalues of the scaled Hessian, largest first. */
  private readonly bends: Float64Array
  private readonly left: readonly Float64Array[]
  private readonly axes: readonly Float64Array[]
  /** The slopes along the axes. */
  private readonly slopes: Float64Array
  /** How many axes the function bends along. */
  readonly rank: number

  /** @param scale made to grow to the roots of the diagonal of the Hessian */
  constructor(derivatives: Float64Array, scale: Float64Array) {
    const size = scale.length
    const hessian = (i: number, j: number): number => derivatives[1 + size + i * size + j]!
    for (let j = 0; j < size; j++) scale[j] = Math.max(scale[j]!, Math.sqrt(Math.abs(hessian(j, j))))
    this.scale = scale.map(s => s || 1)
    const columns = Array.from(this.scale, (s, j) => this.scale.map((t, i) => hessian(i, j) / s / t))
    const { singular, left, right } = singularValues(columns)
    this.bends = singular
    this.left = left
    this.axes = right
    const slopes = this.scale.map((s, j) => derivatives[1 + j]! / s)
    this.slopes = singular.map((_, k) => inner(right[k]!, slopes))
    const cutoff = singular[0]! * Number.EPSILON * 10 * size
    this.rank = singular.filter(s => s > cutoff).length
  }

  /** By how much the damped step lowers the parabola, the damping included. */
  promise(damping: number): number {
    let total = 0
    for (let k = 0; k < this.rank; k++)
      total += (this.slopes[k]! * this.slopes[k]!) / (this.bends[k]! + damping) / 2
    return total
  }

  /** -(|H| + damping)^-1 g, in the units of the parameters. */
  step(damping: number): Float64Array {
    return this.scale.map((s, j) => {
      let total = 0
      for (let k = 0; k < this.rank; k++) {
        total -= (this.axes[k]![j]! * this.slopes[k]!) / (this.bends[k]! + damping)
      }
      return total / s
    })
  }

  /** F with F F' = H^-1, if H is positive definite as far as it bends. */
  inverseRoot(): number[][] | undefined {
    // Of an eigenvalue below 0 the left axis is the other way.
    const isConvex = this.axes.every((axis, k) => k >= this.rank || inner(axis, this.left[k]!) > 0.5)
    if (!isConvex) return undefined
    return Array.from(this.scale, (s, j) =>
      this.axes.map((axis, k) => (k < this.rank ? axis[j]! / s / Math.sqrt(this.bends[k]!) : 0)),
    )
  }

  undetermined(): boolean[] {
    // Flat directions are known to about half the digits.
    return Array.from(this.scale, (_, j) =>
      this.axes.some((axis, k) => k >= this.rank && Math.abs(axis[j]!) > 1e-8),
    )
  }
}
