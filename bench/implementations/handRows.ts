// The 2-2-2 network by hand over rows in typed arrays, and one update of it: see hand.ts.

import type { twoTwoTwo } from '../problems.js'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Takes one step of gradient descent from `w` and leaves the loss behind the weights. */
export function updateByHand(problem: typeof twoTwoTwo, w: Float64Array, rate: number): () => number {
  const { inputs, targets, hiddenBias, outputBias } = problem
  const [i1, i2] = inputs
  const [t1, t2] = targets
  return () => {
    const h1 = sigmoid(w[0]! * i1 + w[1]! * i2 + hiddenBias)
    const h2 = sigmoid(w[2]! * i1 + w[3]! * i2 + hiddenBias)
    const o1 = sigmoid(w[4]! * h1 + w[5]! * h2 + outputBias)
    const o2 = sigmoid(w[6]! * h1 + w[7]! * h2 + outputBias)
    const d1 = (o1 - t1) * o1 * (1 - o1)
    const d2 = (o2 - t2) * o2 * (1 - o2)
    const e1 = (d1 * w[4]! + d2 * w[6]!) * h1 * (1 - h1)
    const e2 = (d1 * w[5]! + d2 * w[7]!) * h2 * (1 - h2)
    w[0] = w[0]! - rate * e1 * i1
    w[1] = w[1]! - rate * e1 * i2
    w[2] = w[2]! - rate * e2 * i1
    w[3] = w[3]! - rate * e2 * i2
    w[4] = w[4]! - rate * d1 * h1
    w[5] = w[5]! - rate * d1 * h2
    w[6] = w[6]! - rate * d2 * h1
    w[7] = w[7]! - rate * d2 * h2
    w[8] = 0.5 * (o1 - t1) * (o1 - t1) + 0.5 * (o2 - t2) * (o2 - t2)
    return w[8]
  }
}

/** Loss and gradient over rows of inputs and targets; the loss stands behind the gradient. */
export function rowsByHand(
  problem: typeof twoTwoTwo,
  columns: readonly Float64Array[],
  g: Float64Array,
): () => number {
  const { weights, hiddenBias, outputBias } = problem
  const [i1s, i2s, t1s, t2s] = columns as [Float64Array, Float64Array, Float64Array, Float64Array]
  return () => {
    const [w0, w1, w2, w3, w4, w5, w6, w7] = weights
    let [g0, g1, g2, g3, g4, g5, g6, g7, total] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < i1s.length; i++) {
      const i1 = i1s[i]!
      const i2 = i2s[i]!
      const h1 = sigmoid(w0 * i1 + w1 * i2 + hiddenBias)
      const h2 = sigmoid(w2 * i1 + w3 * i2 + hiddenBias)
      const o1 = sigmoid(w4 * h1 + w5 * h2 + outputBias)
      const o2 = sigmoid(w6 * h1 + w7 * h2 + outputBias)
      const r1 = o1 - t1s[i]!
      const r2 = o2 - t2s[i]!
      const d1 = r1 * o1 * (1 - o1)
      const d2 = r2 * o2 * (1 - o2)
      const e1 = (d1 * w4 + d2 * w6) * h1 * (1 - h1)
      const e2 = (d1 * w5 + d2 * w7) * h2 * (1 - h2)
      g0 += e1 * i1
      g1 += e1 * i2
      g2 += e2 * i1
      g3 += e2 * i2
      g4 += d1 * h1
      g5 += d1 * h2
      g6 += d2 * h1
      g7 += d2 * h2
      total += 0.5 * r1 * r1 + 0.5 * r2 * r2
    }
    g.set([g0, g1, g2, g3, g4, g5, g6, g7, total])
    return total
  }
}
