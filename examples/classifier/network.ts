/** A classifier with one hidden layer, trained online: the weights change after every row. */

import { column, sigmoid, sum, type Value, zeroGrad } from 'chainrule'
import { descend, type Initial, mlp, squaredError } from 'chainrule/nn'

export interface Row {
  readonly inputs: readonly number[]
  /** From 0. */
  readonly classIndex: number
}

export interface Classifier {
  /** Layer by layer, neuron by neuron: its weights, then its bias. */
  parameters(): number[]
  setParameters(numbers: readonly number[]): void
  /** One pass over the rows. Returns the squared errors of all outputs, summed as the rows are visited. */
  trainEpoch(rows: readonly Row[], rate: number): number
  /** One output per class. */
  scores(inputs: readonly number[]): number[]
  /** The class of the largest output. */
  predict(inputs: readonly number[]): number
}

export function createClassifier(
  [inputs, hidden, classes]: readonly [number, number, number],
  initial: Initial = {},
): Classifier {
  const network = mlp([inputs, hidden, classes], { activation: sigmoid, output: sigmoid, ...initial })

  // The graph of one row is recorded once. Its columns are fed with the numbers of each row in turn; the target of
  // the row's own class is 1, of the others 0.
  const xs = Array.from({ length: inputs }, (_, i) => column(`x${i + 1}`))
  const targets = Array.from({ length: classes }, (_, i) => column(`target${i + 1}`))
  const outputs = network(xs)
  const error = sum(outputs.map((output, i) => squaredError(output, targets[i]!)))
  const loss = error.mul(0.5)

  const scores = (numbers: readonly number[]): number[] => {
    feed(xs, numbers)
    return outputs.map(output => output.forward())
  }

  return {
    parameters: () => network.parameters.map(parameter => parameter.data),
    setParameters: numbers => feed(network.parameters, numbers),
    trainEpoch(rows, rate) {
      let epochError = 0
      for (const row of rows) {
        feed(xs, row.inputs)
        targets.forEach((target, i) => {
          target.data = i === row.classIndex ? 1 : 0
        })
        loss.forward()
        epochError += error.data
        zeroGrad(network.parameters)
        loss.backward()
        descend(network.parameters, rate)
      }
      return epochError
    },
    scores,
    predict: numbers => {
      const all = scores(numbers)
      return all.indexOf(Math.max(...all))
    },
  }
}

function feed(leaves: readonly Value[], numbers: readonly number[]): void {
  leaves.forEach((leaf, i) => {
    leaf.data = numbers[i]!
  })
}
