import { checkOptions, describe } from '../../core/describe.js'
import { inner } from '../linear/vectors.js'
import { type LinePoint, lineSearch } from './lineSearch.js'
import { type Asking, type Optimizer, optimizer, type Trial } from './optimizer.js'

/**
 * L-BFGS: Newton's method with the curvature guessed from the last few steps, and a strong-Wolfe line search. It wants
 * the same loss at every step, so it cannot be used with mini-batches. Each step evaluates the loss and its gradient
 * once or a few times; no learning rate is needed.
 * Source: Nocedal and Wright, "Numerical optimization", 2nd edition, algorithms 7.4 and 7.5.
 *
 * @param options.memory how many steps are remembered. Default 50: a small model can afford it, and with no more
 *   parameters than that the method is BFGS itself, nearly
 * @param options.gradientTolerance settled when the gradient promises no relative change of the loss above this:
 *   when |dLoss/dp| * |p| <= tolerance * |loss| for every parameter (1 in place of |p| for small ones). Default 1e-10
 * @param options.rounding how far a loss may be off, as a share of it: where losses differ by less, slopes decide. Default a
 *   few units in the last place; for sums over millions of rows that a database adds in another order each time, 1e-12
 * @example
 * minimize(loss, { parameters: [w], optimizer: lbfgs({ gradientTolerance: 1e-6 }) })
 */
export function lbfgs(
  options: { readonly memory?: number; readonly gradientTolerance?: number; readonly rounding?: number } = {},
): Optimizer {
  checkOptions('lbfgs', options, ['memory', 'gradientTolerance', 'rounding'])
  const { memory = 50, gradientTolerance = 1e-10, rounding = 4 * Number.EPSILON } = options
  if (!Number.isInteger(memory) || memory < 1) {
    throw new RangeError(`lbfgs: memory is ${describe(memory)}; wanted a whole number from 1`)
  }
  if (typeof gradientTolerance !== 'number' || !(gradientTolerance >= 0)) {
    throw new RangeError(`lbfgs: gradientTolerance is ${describe(gradientTolerance)}; wanted a number from 0`)
  }
  if (typeof rounding !== 'number' || !(rounding >= 0)) {
    throw new RangeError(`lbfgs: rounding is ${describe(rounding)}; wanted a number from 0`)
  }

  const ask = (parameters: Float64Array): (() => Asking) => {
    const size = parameters.length
    const gradient = new Float64Array(size)
    let loss = Number.NaN
    let hasBegun = false
    let pairs: Pair[] = []
    let idle = 0
    const trial = new Float64Array(size)
    const trialGradient = new Float64Array(size)

    function* search(
      direction: Float64Array,
      first: number,
    ): Generator<Trial, LinePoint | undefined, number> {
      let looked = 0
      const evaluate = function* (length: number): Generator<Trial, LinePoint, number> {
        looked = length
        for (let i = 0; i < size; i++) trial[i] = parameters[i]! + length * direction[i]!
        const loss = yield { parameters: trial, gradient: trialGradient }
        return { length, loss, slope: inner(trialGradient, direction) }
      }
      const begin = { length: 0, loss, slope: inner(gradient, direction) }
      if (!(begin.slope < 0)) return undefined
      const found = yield* lineSearch(evaluate, begin, first, rounding)
      if (found === undefined) return undefined
      // `trial` holds the point looked at last, which need not be the one found.
      return found.length === looked ? found : { ...found, ...(yield* evaluate(found.length)) }
    }

    return function* (): Asking {
      if (!hasBegun) loss = yield { parameters, gradient }
      hasBegun = true
      const before = loss
      if (isFlat(parameters, gradient, loss, gradientTolerance)) return { loss, settled: 'gradient' }
      if (idle === MOST_IDLE) return { loss, settled: 'precision' }
      let found = pairs.length === 0 ? undefined : yield* search(newtonDirection(gradient, pairs), 1)
      if (found === undefined) {
        // Without curvature: steepest descent, by a length of 1 at most.
        pairs = []
        found = yield* search(
          gradient.map(g => -g),
          Math.min(1, 1 / Math.sqrt(inner(gradient, gradient))),
        )
        if (found === undefined) return { loss, settled: 'precision' }
      }
      const step = trial.map((x, i) => x - parameters[i]!)
      const change = trialGradient.map((g, i) => g - gradient[i]!)
      const curvature = inner(step, change)
      // A pair without positive curvature, or drowned in rounding, would spoil the positive definite guess.
      if (curvature > Number.EPSILON * inner(change, change)) pairs.push({ step, change, curvature })
      if (pairs.length > memory) pairs.shift()
      parameters.set(trial)
      gradient.set(trialGradient)
      loss = found.loss
      if (found.isUnbounded) return { loss: before, settled: 'unbounded' }
      idle = loss < before ? 0 : idle + 1
      return { loss: before }
    }
  }
  return optimizer(ask)
}

/** So many steps in a row may fail to lower the loss and only flatten its slope, as rounding lets them. */
const MOST_IDLE = 10

/** A step, the change of the gradient over it, and their inner product. */
interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly curvature: number
}

/** -H g with the inverse Hessian H as the pairs tell it: the two-loop recursion, algorithm 7.4. */
function newtonDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map(g => -g)
  const shares: number[] = []
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, curvature } = pairs[k]!
    shares[k] = inner(step, direction) / curvature
    addTo(direction, change, -shares[k]!)
  }
  const { change, curvature } = pairs[pairs.length - 1]!
  const scale = curvature / inner(change, change)
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  for (const [k, { step, change, curvature }] of pairs.entries()) {
    addTo(direction, step, shares[k]! - inner(change, direction) / curvature)
  }
  return direction
}

function isFlat(parameters: Float64Array, gradient: Float64Array, loss: number, tolerance: number): boolean {
  return gradient.every(
    (g, i) => Math.abs(g) * Math.max(Math.abs(parameters[i]!), 1) <= tolerance * Math.abs(loss),
  )
}

function addTo(x: Float64Array, y: Float64Array, factor: number): void {
  for (let i = 0; i < x.length; i++) x[i]! += factor * y[i]!
}
