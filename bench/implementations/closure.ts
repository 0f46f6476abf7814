// The models over closure-style nodes. The same text as chainrule.ts, on purpose: model code shared by two classes of
// nodes is megamorphic in V8 and slows both.

import { Node } from '../closure-style.js'
import type { dosage, Network, twoTwoTwo } from '../problems.js'

const node = (data: number): Node => new Node(data)

/** A model recorded anew by each call of `record`. */
export interface Model {
  readonly parameters: readonly Node[]
  readonly record: () => Node
}

export function twoTwoTwoModel(problem: typeof twoTwoTwo): Model {
  const { inputs, targets, hiddenBias, outputBias } = problem
  const parameters = problem.weights.map(weight => node(weight))
  const [w1, w2, w3, w4, w5, w6, w7, w8] = parameters as [Node, Node, Node, Node, Node, Node, Node, Node]
  const record = (): Node => {
    const [i1, i2] = inputs
    const h1 = w1.mul(i1).add(w2.mul(i2)).add(hiddenBias).sigmoid()
    const h2 = w3.mul(i1).add(w4.mul(i2)).add(hiddenBias).sigmoid()
    const o1 = w5.mul(h1).add(w6.mul(h2)).add(outputBias).sigmoid()
    const o2 = w7.mul(h1).add(w8.mul(h2)).add(outputBias).sigmoid()
    return o1.sub(targets[0]).pow(2).mul(0.5).add(o2.sub(targets[1]).pow(2).mul(0.5))
  }
  return { parameters, record }
}

export function dosageModel(problem: typeof dosage): Model {
  const { dosages, efficacies } = problem
  const parameters = problem.parameters.map(parameter => node(parameter))
  const [w1, b1, w2, b2, w3, w4, b3] = parameters as [Node, Node, Node, Node, Node, Node, Node]
  const squaredResidual = (x: number, observed: number): Node => {
    const first = w1.mul(x).add(b1).softplus().mul(w3)
    const second = w2.mul(x).add(b2).softplus().mul(w4)
    return first.add(second).add(b3).sub(observed).pow(2)
  }
  const record = (): Node => {
    let total = squaredResidual(dosages[0], efficacies[0])
    for (let i = 1; i < dosages.length; i++) total = total.add(squaredResidual(dosages[i]!, efficacies[i]!))
    return total
  }
  return { parameters, record }
}

export function networkModel(problem: Network): Model {
  const { activation, points, targets } = problem
  const layers = problem.layers.map(({ weights, biases }) =>
    biases.map((bias, i) => ({ weights: weights[i]!.map(weight => node(weight)), bias: node(bias) })),
  )
  const neuron = (weights: readonly Node[], bias: Node, inputs: readonly (Node | number)[]): Node => {
    let total = bias
    for (let i = 0; i < weights.length; i++) total = total.add(weights[i]!.mul(inputs[i]!))
    return total
  }
  const predict = (inputs: readonly (Node | number)[]): Node => {
    const [first, second, last] = layers
    const h1 = first!.map(({ weights, bias }) => neuron(weights, bias, inputs)[activation]())
    const h2 = second!.map(({ weights, bias }) => neuron(weights, bias, h1)[activation]())
    return neuron(last![0]!.weights, last![0]!.bias, h2)
  }
  const record = (): Node => {
    let total = predict(points[0]!).sub(targets[0]!).pow(2)
    for (let i = 1; i < points.length; i++) {
      total = total.add(predict(points[i]!).sub(targets[i]!).pow(2))
    }
    return total.mul(1 / points.length)
  }
  const parameters = layers.flatMap(layer => layer.flatMap(({ weights, bias }) => [...weights, bias]))
  return { parameters, record }
}
