/** The numbers of the three models that are timed. How they are computed is in implementations/. */

import seedrandom from 'seedrandom'

/** A 2-2-2 sigmoid network with one row of data and the error sum of (target - output)^2 / 2. */
export const twoTwoTwo = {
  inputs: [0.05, 0.1],
  targets: [0.01, 0.99],
  weights: [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55],
  hiddenBias: 0.35,
  outputBias: 0.6,
  loss: 0.2983711087600027,
} as const

/** Rows for the 2-2-2 network. */
export function twoTwoTwoData(count: number): Readonly<Record<'i1' | 'i2' | 't1' | 't2', Float64Array>> {
  const along = (phase: number) => Float64Array.from({ length: count }, (_, i) => Math.sin(7 * i + phase))
  return { i1: along(0), i2: along(1), t1: along(2), t2: along(3) }
}

/** w3 softplus(w1 x + b1) + w4 softplus(w2 x + b2) + b3: the sum of squared residuals over three observations. */
export const dosage = {
  dosages: [0, 0.5, 1],
  efficacies: [0, 1, 0],
  /** w1, b1, w2, b2, w3, w4, b3. */
  parameters: [2.74, 0, -1.13, 0, 0.36, 0.63, 0],
  loss: 1.8958781559227895,
} as const

export type Activation = 'tanh' | 'relu'

/** One layer's weights, a row per neuron, and its biases. */
export interface Layer {
  readonly weights: readonly (readonly number[])[]
  readonly biases: readonly number[]
}

/** A 2-16-16-1 network over 100 points, its last layer linear, with the mean squared error. */
export interface Network {
  readonly activation: Activation
  readonly layers: readonly Layer[]
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly targets: readonly number[]
}

export function network(activation: Activation): Network {
  const random = seedrandom('2-16-16-1')
  const between = (low: number, high: number): number => low + (high - low) * random()
  const sizes = [2, 16, 16, 1]
  const layers = sizes.slice(1).map((size, l) => {
    const fanIn = sizes[l]!
    const bound = Math.sqrt(3 / fanIn)
    return {
      weights: Array.from({ length: size }, () =>
        Array.from({ length: fanIn }, () => between(-bound, bound)),
      ),
      biases: Array.from({ length: size }, () => between(-0.1, 0.1)),
    }
  })
  const points = Array.from({ length: 100 }, () => [between(-1, 1), between(-1, 1)] as const)
  return { activation, layers, points, targets: points.map(([x, y]) => (x * y > 0 ? 1 : -1)) }
}
