// Loss and gradient derived by hand: what a careful person would write for speed, with nothing of a graph.

import type { dosage, Network, twoTwoTwo } from '../problems.js'

/** `evaluate` returns the loss at `parameters` and leaves the gradient in `gradient`. */
export interface HandDerived {
  readonly parameters: Float64Array
  readonly gradient: Float64Array
  readonly evaluate: () => number
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

export function twoTwoTwoByHand(problem: typeof twoTwoTwo): HandDerived {
  const { inputs, targets, hiddenBias, outputBias } = problem
  const [i1, i2] = inputs
  const [t1, t2] = targets
  const w = Float64Array.from(problem.weights)
  const g = new Float64Array(w.length)
  const evaluate = (): number => {
    const h1 = sigmoid(w[0]! * i1 + w[1]! * i2 + hiddenBias)
    const h2 = sigmoid(w[2]! * i1 + w[3]! * i2 + hiddenBias)
    const o1 = sigmoid(w[4]! * h1 + w[5]! * h2 + outputBias)
    const o2 = sigmoid(w[6]! * h1 + w[7]! * h2 + outputBias)
    const d1 = (o1 - t1) * o1 * (1 - o1)
    const d2 = (o2 - t2) * o2 * (1 - o2)
    const e1 = (d1 * w[4]! + d2 * w[6]!) * h1 * (1 - h1)
    const e2 = (d1 * w[5]! + d2 * w[7]!) * h2 * (1 - h2)
    g[0] = e1 * i1
    g[1] = e1 * i2
    g[2] = e2 * i1
    g[3] = e2 * i2
    g[4] = d1 * h1
    g[5] = d1 * h2
    g[6] = d2 * h1
    g[7] = d2 * h2
    return 0.5 * (o1 - t1) * (o1 - t1) + 0.5 * (o2 - t2) * (o2 - t2)
  }
  return { parameters: w, gradient: g, evaluate }
}

export function dosageByHand(problem: typeof dosage): HandDerived {
  const xs = Float64Array.from(problem.dosages)
  const ys = Float64Array.from(problem.efficacies)
  const p = Float64Array.from(problem.parameters)
  const g = new Float64Array(p.length)
  const evaluate = (): number => {
    g.fill(0)
    const w3 = p[4]!
    const w4 = p[5]!
    let total = 0
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i]!
      const z1 = p[0]! * x + p[1]!
      const z2 = p[2]! * x + p[3]!
      // One exponential gives the softplus and its slope, the sigmoid, without overflow.
      const e1 = Math.exp(-Math.abs(z1))
      const e2 = Math.exp(-Math.abs(z2))
      const s1 = Math.max(z1, 0) + Math.log1p(e1)
      const s2 = Math.max(z2, 0) + Math.log1p(e2)
      const r = w3 * s1 + w4 * s2 + p[6]! - ys[i]!
      const d = 2 * r
      const d1 = (d * w3 * (z1 > 0 ? 1 : e1)) / (1 + e1)
      const d2 = (d * w4 * (z2 > 0 ? 1 : e2)) / (1 + e2)
      g[0]! += d1 * x
      g[1]! += d1
      g[2]! += d2 * x
      g[3]! += d2
      g[4]! += d * s1
      g[5]! += d * s2
      g[6]! += d
      total += r * r
    }
    return total
  }
  return { parameters: p, gradient: g, evaluate }
}

export function networkByHand(problem: Network): HandDerived {
  const relu = problem.activation === 'relu'
  const xs = Float64Array.from(problem.points.flat())
  const ys = Float64Array.from(problem.targets)
  // The parameters lie neuron by neuron: its weights, then its bias.
  const p = Float64Array.from(
    problem.layers.flatMap(({ weights, biases }) => biases.flatMap((bias, i) => [...weights[i]!, bias])),
  )
  const g = new Float64Array(p.length)
  const n = problem.layers[0]!.biases.length
  const second = 3 * n
  const third = second + (n + 1) * n
  const h1 = new Float64Array(n)
  const h2 = new Float64Array(n)
  const d1 = new Float64Array(n)
  const evaluate = (): number => {
    g.fill(0)
    let total = 0
    for (let row = 0; row < ys.length; row++) {
      const a = xs[2 * row]!
      const b = xs[2 * row + 1]!
      for (let i = 0; i < n; i++) {
        const z = p[3 * i]! * a + p[3 * i + 1]! * b + p[3 * i + 2]!
        h1[i] = relu ? Math.max(z, 0) : Math.tanh(z)
        d1[i] = 0
      }
      let out = p[third + n]!
      for (let i = 0; i < n; i++) {
        const at = second + (n + 1) * i
        let z = p[at + n]!
        for (let j = 0; j < n; j++) z += p[at + j]! * h1[j]!
        const h = relu ? Math.max(z, 0) : Math.tanh(z)
        h2[i] = h
        out += p[third + i]! * h
      }
      const r = out - ys[row]!
      total += r * r
      const d = (2 * r) / ys.length
      g[third + n]! += d
      for (let i = 0; i < n; i++) {
        const at = second + (n + 1) * i
        const h = h2[i]!
        g[third + i]! += d * h
        const dz = d * p[third + i]! * (relu ? (h > 0 ? 1 : 0) : 1 - h * h)
        g[at + n]! += dz
        for (let j = 0; j < n; j++) {
          g[at + j]! += dz * h1[j]!
          d1[j]! += dz * p[at + j]!
        }
      }
      for (let i = 0; i < n; i++) {
        const h = h1[i]!
        const dz = d1[i]! * (relu ? (h > 0 ? 1 : 0) : 1 - h * h)
        g[3 * i]! += dz * a
        g[3 * i + 1]! += dz * b
        g[3 * i + 2]! += dz
      }
    }
    return total / ys.length
  }
  return { parameters: p, gradient: g, evaluate }
}

/** The 2-2-2 network over rows of two inputs and two targets, the losses added up. */
export function twoTwoTwoRowsByHand(
  problem: typeof twoTwoTwo,
  rows: Readonly<Record<'i1' | 'i2' | 't1' | 't2', Float64Array>>,
): HandDerived {
  const { hiddenBias, outputBias } = problem
  const { i1, i2, t1, t2 } = rows
  const w = Float64Array.from(problem.weights)
  const g = new Float64Array(w.length)
  const evaluate = (): number => {
    const [w1, w2, w3, w4] = [w[0]!, w[1]!, w[2]!, w[3]!]
    const [w5, w6, w7, w8] = [w[4]!, w[5]!, w[6]!, w[7]!]
    let [g1, g2, g3, g4, g5, g6, g7, g8, total] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let row = 0; row < i1.length; row++) {
      const x1 = i1[row]!
      const x2 = i2[row]!
      const h1 = sigmoid(w1 * x1 + w2 * x2 + hiddenBias)
      const h2 = sigmoid(w3 * x1 + w4 * x2 + hiddenBias)
      const o1 = sigmoid(w5 * h1 + w6 * h2 + outputBias)
      const o2 = sigmoid(w7 * h1 + w8 * h2 + outputBias)
      const r1 = o1 - t1[row]!
      const r2 = o2 - t2[row]!
      const d1 = r1 * o1 * (1 - o1)
      const d2 = r2 * o2 * (1 - o2)
      const e1 = (d1 * w5 + d2 * w7) * h1 * (1 - h1)
      const e2 = (d1 * w6 + d2 * w8) * h2 * (1 - h2)
      g1 += e1 * x1
      g2 += e1 * x2
      g3 += e2 * x1
      g4 += e2 * x2
      g5 += d1 * h1
      g6 += d1 * h2
      g7 += d2 * h1
      g8 += d2 * h2
      total += 0.5 * (r1 * r1 + r2 * r2)
    }
    g[0] = g1
    g[1] = g2
    g[2] = g3
    g[3] = g4
    g[4] = g5
    g[5] = g6
    g[6] = g7
    g[7] = g8
    return total
  }
  return { parameters: w, gradient: g, evaluate }
}

/**
 * The entries of the tridiagonal Hessian of the sum of 100 (x[i + 1] - x[i]^2)^2 + (1 - x[i])^2, row by row, written into
 * `out`.
 */
export function chainedHessianByHand(x: Float64Array, out: Float64Array): Float64Array {
  const last = x.length - 1
  let k = 0
  for (let i = 0; i <= last; i++) {
    if (i > 0) out[k++] = -400 * x[i - 1]!
    const inner = i < last ? 1200 * x[i]! * x[i]! - 400 * x[i + 1]! + 2 : 0
    out[k++] = i > 0 ? inner + 200 : inner
    if (i < last) out[k++] = -400 * x[i]!
  }
  return out
}
