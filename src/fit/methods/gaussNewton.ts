import { gradient } from '../../calculus/gradient.js'
import { checkOptions, describe } from '../../core/describe.js'
import { mul } from '../../core/primitives.js'
import type { Value } from '../../core/value.js'
import { type Asking, type Optimizer, optimizer } from './optimizer.js'

/**
 * What least squares needs of a row, to be added up over rows: half the square of the residual, its gradient J r, and the
 * upper triangle of J J', row by row. It is as much as Gauss and Newton's method needs to know of any number of rows, so that the
 * rows can stay where they are.
 *
 * @example
 * const residual = slope.mul(column('x')).sub(column('y'))
 * const { program } = compile(normalEquations(residual, [slope]), { inputs: [slope], reduce: 'sum' })
 */
export function normalEquations(residual: Value, parameters: readonly Value[]): Value[] {
  const slopes = gradient(residual, parameters)
  const products = slopes.flatMap((slope, i) => slopes.slice(i).map(other => mul(slope, other)))
  return [residual.mul(residual).mul(0.5), ...slopes.map(slope => mul(slope, residual)), ...products]
}

const FIRST_DAMPING = 1e-3
const MOST_TRIALS = 40

/**
 * A step that fails is the fault of rounding if it promised less than this share of the loss, or moved no parameter by more
 * than this share of it: at a minimum, half of the digits of the parameters do not show in the loss.
 */
const ROUNDING = 2 ** -26

/**
 * The damped method of Gauss and Newton (Levenberg, Marquardt) on sums: it asks for the loss, its gradient and a matrix of
 * curvature, J'J for half a sum of squares as in {@link normalEquations}, or the Hessian of any loss. Forming J'J squares the
 * condition of the problem: parameters keep about half of the digits that `fit` and `leastSquares`, which see every residual,
 * would find. It is for `minimizeAsync`. The damping follows Nielsen, "Damping parameter in Marquardt's method", 1999.
 *
 * @param options.tolerance settled when a step promises to lower the loss by less than this share of it. Default 1e-14
 * @example
 * await minimizeAsync(sqlObjective(query, run), { parameters: { slope: 0 }, optimizer: gaussNewton() })
 */
export function gaussNewton(options: { readonly tolerance?: number } = {}): Optimizer {
  checkOptions('gaussNewton', options, ['tolerance'])
  const { tolerance = 1e-14 } = options
  if (typeof tolerance !== 'number' || !(tolerance >= 0)) {
    throw new RangeError(`gaussNewton: tolerance is ${describe(tolerance)}; wanted a number from 0`)
  }
  const ask = (parameters: Float64Array): (() => Asking) => {
    const size = parameters.length
    let gradient = new Float64Array(size)
    let curvature = new Float64Array(size * size)
    let loss: number | undefined
    let damping = FIRST_DAMPING
    return function* (): Asking {
      loss ??= yield { parameters, gradient, curvature }
      if (gradient.every(g => g === 0)) return { loss, settled: 'gradient' }
      if (curvature.every(c => c === 0)) {
        throw new Error('gaussNewton: the objective has written no curvature; see normalEquations')
      }
      const before = loss
      let growth = 2
      let isRounding: boolean | undefined
      for (let n = 0; n < MOST_TRIALS; n++) {
        const step = dampedStep(curvature, gradient, damping)
        if (step !== undefined) {
          const promised = gainOf(step, gradient, curvature)
          if (promised <= tolerance * Math.abs(before)) {
            // A step that the damping of steps before keeps small says nothing of the gradient.
            if (n === 0 && damping > 1) {
              damping = FIRST_DAMPING
              continue
            }
            if (isRounding === undefined) return { loss: before, settled: 'gradient' }
            break
          }
          isRounding ??=
            promised <= ROUNDING * Math.abs(before) ||
            step.every((s, i) => Math.abs(s) <= ROUNDING * Math.abs(parameters[i]!))
          const trial = {
            parameters: parameters.map((p, i) => p + step[i]!),
            gradient: new Float64Array(size),
            curvature: new Float64Array(size * size),
          }
          const found = yield trial
          const gain = (before - found) / promised
          if (gain > 0) {
            parameters.set(trial.parameters)
            gradient = trial.gradient
            curvature = trial.curvature
            loss = found
            const shrink = 2 * gain - 1
            damping *= Math.max(1 / 3, 1 - shrink * shrink * shrink)
            return { loss: before }
          }
        }
        damping *= growth
        growth *= 2
      }
      return { loss: before, settled: isRounding ? 'precision' : 'stuck' }
    }
  }
  return optimizer(ask)
}

/** How much a step lowers the quadratic g s + s' C s / 2. */
function gainOf(step: Float64Array, gradient: Float64Array, curvature: Float64Array): number {
  const size = step.length
  let gain = 0
  for (let i = 0; i < size; i++) {
    let bend = 0
    for (let j = 0; j < size; j++) bend += curvature[i * size + j]! * step[j]!
    gain -= step[i]! * (gradient[i]! + bend / 2)
  }
  return gain
}

/**
 * What the damping of a parameter is in proportion to: its own curvature, or where that is negative, or small beside
 * its row, the largest of the row; 1 in a row of zeros.
 */
function scaleOf(row: Float64Array, i: number): number {
  const largest = row.reduce((most, c) => Math.max(most, Math.abs(c)), 0)
  return row[i]! > ROUNDING * largest ? row[i]! : largest || 1
}

/** -(C + damping D)^-1 g by Cholesky's decomposition; `undefined` where the matrix is not positive definite. */
function dampedStep(
  curvature: Float64Array,
  gradient: Float64Array,
  damping: number,
): Float64Array | undefined {
  const size = gradient.length
  const lower = curvature.slice()
  const step = gradient.map(g => -g)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let entry = curvature[i * size + j]!
      if (i === j) entry += damping * scaleOf(curvature.subarray(i * size, (i + 1) * size), i)
      for (let k = 0; k < j; k++) entry -= lower[i * size + k]! * lower[j * size + k]!
      if (i === j && !(entry > 0)) return undefined
      lower[i * size + j] = i === j ? Math.sqrt(entry) : entry / lower[j * size + j]!
    }
    for (let k = 0; k < i; k++) step[i]! -= lower[i * size + k]! * step[k]!
    step[i]! /= lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) step[i]! -= lower[k * size + i]! * step[k]!
    step[i]! /= lower[i * size + i]!
  }
  return step
}
