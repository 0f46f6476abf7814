import { cos, log } from '../core/primitives.js'

/**
 * Draws one initial weight: from a source of uniform numbers in [0, 1) and from how many weights lead into the
 * neuron's layer (`fanIn`) and out of it (`fanOut`).
 *
 * @example
 * const small: Initialiser = random => 0.02 * random() - 0.01
 */
export type Initialiser = (random: () => number, fanIn: number, fanOut: number) => number

/**
 * Uniform between `low` and `high`.
 *
 * @example
 * mlp([2, 3, 1], { activation: tanh, output: identity, weights: uniform(-0.5, 0.5) })
 */
export function uniform(low: number, high: number): Initialiser {
  return random => low + (high - low) * random()
}

/**
 * Normal with the given mean and standard deviation.
 *
 * @example
 * neuron(2, { activation: sigmoid, weights: normal(0, 0.1) })
 */
export function normal(mean: number, deviation: number): Initialiser {
  return random => mean + deviation * standardNormal(random)
}

/**
 * Uniform within ±sqrt(6 / (fanIn + fanOut)), which keeps the variance of tanh and sigmoid layers level.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 *
 * @example
 * layer(2, 3, { activation: tanh, weights: xavier() })
 */
export function xavier(): Initialiser {
  return (random, fanIn, fanOut) => Math.sqrt(6 / (fanIn + fanOut)) * (2 * random() - 1)
}

/**
 * Normal with standard deviation sqrt(2 / fanIn), for relu layers.
 * Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.
 *
 * @example
 * layer(2, 3, { activation: relu, weights: he() })
 */
export function he(): Initialiser {
  return (random, fanIn) => Math.sqrt(2 / fanIn) * standardNormal(random)
}

/**
 * A standard normal number from two uniform ones, sqrt(-2 ln u) cos(2 pi v). It draws exactly twice, so it ends for
 * every source, one that repeats itself included.
 * Source: Box and Muller, "A note on the generation of random normal deviates", 1958.
 */
function standardNormal(random: () => number): number {
  const u = 1 - random() // in (0, 1]: the logarithm is finite
  return Math.sqrt(-2 * log(u)) * cos(2 * Math.PI * random())
}
