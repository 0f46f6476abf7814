/**
 * Optimisers that take one gradient a step. Each is a rule that changes the parameters in place; the order of its
 * operations follows PyTorch's (torch.optim, the "Algorithm" boxes of its documentation), and so do the defaults.
 */

import { checkOptions, describe } from '../../core/describe.js'
import { pow } from '../../core/primitives.js'
import type { Asking, Optimizer, Settled } from './optimizer.js'

/** Changes `parameters` by one step down `gradient`. It may say that the step was too small to go on. */
type Update = (parameters: Float64Array, gradient: Float64Array) => Settled | undefined

/** `begin` is called once a run, with the number of parameters, and makes what the rule remembers. */
function firstOrder(begin: (size: number) => Update): Optimizer {
  const start = (...[objective, parameters]: Parameters<Optimizer>): ReturnType<Optimizer> => {
    const gradient = new Float64Array(parameters.length)
    const update = begin(parameters.length)
    return () => {
      const loss = objective(parameters, gradient)
      const settled = update(parameters, gradient)
      return settled === undefined ? { loss } : { loss, settled }
    }
  }
  const ask = (parameters: Float64Array) => {
    const gradient = new Float64Array(parameters.length)
    const update = begin(parameters.length)
    return function* (): Asking {
      const loss = yield { parameters, gradient }
      const settled = update(parameters, gradient)
      return settled === undefined ? { loss } : { loss, settled }
    }
  }
  // A coroutine costs more than the step of a small model, so the loss that is there at once has a loop of its own.
  return Object.assign(start, { batches: true, ask })
}

/**
 * Gradient descent: every parameter goes down its slope, `p -= rate * dp`.
 *
 * @param options.rate the learning rate
 * @param options.stepBelow stop after a step in which no parameter moved by as much. Default 0: never
 * @example
 * minimize(loss, { parameters: [b3], optimizer: gradientDescent({ rate: 0.1, stepBelow: 0.005 }) })
 */
export function gradientDescent(options: { readonly rate: number; readonly stepBelow?: number }): Optimizer {
  checkOptions('gradientDescent', options, ['rate', 'stepBelow'])
  const { rate, stepBelow = 0 } = options
  wantPositive('gradientDescent', 'rate', rate)
  wantWithin('gradientDescent', 'stepBelow', stepBelow, Number.POSITIVE_INFINITY)
  return firstOrder(() => (parameters, gradient) => {
    let largest = 0
    for (let i = 0; i < parameters.length; i++) {
      const step = rate * gradient[i]!
      parameters[i]! -= step
      largest = Math.max(largest, Math.abs(step))
    }
    return largest < stepBelow ? 'step' : undefined
  })
}

/**
 * Gradient descent with momentum: `v = momentum * v + dp`, `p -= rate * v`; with `nesterov`, `p -= rate * (dp +
 * momentum * v)`. As torch.optim.SGD. Source of the second form: Sutskever, Martens, Dahl and Hinton, "On the
 * importance of initialization and momentum in deep learning", 2013.
 *
 * @param options.rate the learning rate
 * @param options.momentum how much of the last step is kept. Default 0.9
 * @param options.nesterov whether the slope counts as if the step had been made. Default false
 * @example
 * minimize(loss, { parameters: [w], optimizer: momentum({ rate: 0.01, nesterov: true }) })
 */
export function momentum(options: {
  readonly rate: number
  readonly momentum?: number
  readonly nesterov?: boolean
}): Optimizer {
  checkOptions('momentum', options, ['rate', 'momentum', 'nesterov'])
  const { rate, momentum: kept = 0.9, nesterov = false } = options
  wantPositive('momentum', 'rate', rate)
  wantWithin('momentum', 'momentum', kept, 1)
  return firstOrder(size => {
    const velocity = new Float64Array(size)
    return (parameters, gradient) => {
      for (let i = 0; i < size; i++) {
        const v = kept * velocity[i]! + gradient[i]!
        velocity[i] = v
        parameters[i]! -= rate * (nesterov ? gradient[i]! + kept * v : v)
      }
      return undefined
    }
  })
}

/**
 * RMSProp: each slope is divided by the root of its running mean square. As torch.optim.RMSprop.
 * Source: Hinton, "Neural networks for machine learning", lecture 6e, 2012.
 *
 * @param options.rate default 0.01
 * @param options.decay how much of the running mean is kept at each step. Default 0.99
 * @param options.epsilon added to the root, against division by 0. Default 1e-8
 * @example
 * minimize(loss, { parameters: [w], optimizer: rmsprop({ rate: 0.1 }) })
 */
export function rmsprop(
  options: { readonly rate?: number; readonly decay?: number; readonly epsilon?: number } = {},
): Optimizer {
  checkOptions('rmsprop', options, ['rate', 'decay', 'epsilon'])
  const { rate = 0.01, decay = 0.99, epsilon = 1e-8 } = options
  wantPositive('rmsprop', 'rate', rate)
  wantWithin('rmsprop', 'decay', decay, 1)
  wantWithin('rmsprop', 'epsilon', epsilon, Number.POSITIVE_INFINITY)
  return firstOrder(size => {
    const square = new Float64Array(size)
    return (parameters, gradient) => {
      for (let i = 0; i < size; i++) {
        const g = gradient[i]!
        square[i] = decay * square[i]! + (1 - decay) * (g * g)
        parameters[i]! -= (rate * g) / (Math.sqrt(square[i]!) + epsilon)
      }
      return undefined
    }
  })
}

/** Options of {@link adam} and {@link adamW}. */
export interface AdamOptions {
  /** Default 0.001. */
  readonly rate?: number
  /** How much of the running mean of the slopes, and of their squares, is kept at each step. Default [0.9, 0.999]. */
  readonly decays?: readonly [mean: number, square: number]
  /** Added to the root, against division by 0. Default 1e-8. */
  readonly epsilon?: number
}

/**
 * Adam: momentum over RMSProp, both corrected for having started at 0. As torch.optim.Adam.
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
 *
 * @example
 * minimize(loss, { parameters: net.parameters, data, batchSize: 32, optimizer: adam({ rate: 0.01 }) })
 */
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions('adam', options, ADAM_OPTIONS)
  return adaptiveMoments('adam', options, 0)
}

/**
 * Adam with decoupled weight decay: before each step every parameter shrinks by the factor `1 - rate * weightDecay`.
 * As torch.optim.AdamW. Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
 *
 * @param options.weightDecay default 0.01
 * @example
 * minimize(loss, { parameters: net.parameters, optimizer: adamW({ rate: 0.01, weightDecay: 0.1 }) })
 */
export function adamW(options: AdamOptions & { readonly weightDecay?: number } = {}): Optimizer {
  checkOptions('adamW', options, [...ADAM_OPTIONS, 'weightDecay'])
  const { weightDecay = 0.01 } = options
  wantWithin('adamW', 'weightDecay', weightDecay, Number.POSITIVE_INFINITY)
  return adaptiveMoments('adamW', options, weightDecay)
}

const ADAM_OPTIONS = ['rate', 'decays', 'epsilon'] as const

function adaptiveMoments(name: string, options: AdamOptions, weightDecay: number): Optimizer {
  const { rate = 0.001, decays = [0.9, 0.999], epsilon = 1e-8 } = options
  if (!Array.isArray(decays) || decays.length !== 2) {
    throw new TypeError(`${name}: decays is ${describe(decays)}; wanted two numbers, such as [0.9, 0.999]`)
  }
  const [keptMean, keptSquare] = decays as readonly [number, number]
  wantPositive(name, 'rate', rate)
  wantWithin(name, 'decays[0]', keptMean, 1)
  wantWithin(name, 'decays[1]', keptSquare, 1)
  wantWithin(name, 'epsilon', epsilon, Number.POSITIVE_INFINITY)
  return firstOrder(size => {
    const mean = new Float64Array(size)
    const square = new Float64Array(size)
    let steps = 0
    return (parameters, gradient) => {
      steps++
      const stepSize = rate / (1 - pow(keptMean, steps))
      const rootOfCorrection = Math.sqrt(1 - pow(keptSquare, steps))
      const shrink = 1 - rate * weightDecay
      for (let i = 0; i < size; i++) {
        const g = gradient[i]!
        mean[i]! += (1 - keptMean) * (g - mean[i]!)
        square[i] = keptSquare * square[i]! + (1 - keptSquare) * (g * g)
        const scale = Math.sqrt(square[i]!) / rootOfCorrection + epsilon
        parameters[i] = shrink * parameters[i]! - (stepSize * mean[i]!) / scale
      }
      return undefined
    }
  })
}

function wantPositive(caller: string, name: string, got: unknown): void {
  if (typeof got === 'number' && got > 0 && got < Number.POSITIVE_INFINITY) return
  throw new RangeError(`${caller}: ${name} is ${describe(got)}; wanted a positive number`)
}

function wantWithin(caller: string, name: string, got: unknown, below: number): void {
  if (typeof got === 'number' && got >= 0 && got < below) return
  const wanted = below === Number.POSITIVE_INFINITY ? 'a number from 0' : `a number from 0, below ${below}`
  throw new RangeError(`${caller}: ${name} is ${describe(got)}; wanted ${wanted}`)
}
