/** The models as compiled programs: parameters are inputs, data are columns. */

import { column, constant, type Value, value } from 'chainrule'
import { type CompileOptions, compile, objective } from 'chainrule/compile'
import type { dosage, Network, twoTwoTwo } from '../problems.js'
import { dosageModel, twoTwoTwoModel } from './chainrule.js'
import type { HandDerived } from './hand.js'

export type Engine = NonNullable<CompileOptions['engine']>
export type Rows = Readonly<Record<string, ArrayLike<number>>>

/** A loss as a graph, and the data of its columns, if it has any. */
export interface Model {
  readonly loss: Value
  readonly parameters: readonly Value[]
  readonly data?: Rows
}

/** The loss and its gradient, in the form in which the models by hand come. */
export function evaluated({ loss, parameters, data }: Model, engine: Engine): HandDerived {
  const f = objective(loss, { parameters, engine, reduce: 'sum' })
  const evaluate = data === undefined ? f : f.bind(data)
  const at = Float64Array.from(parameters, ({ data }) => data)
  const gradient = new Float64Array(parameters.length)
  return { parameters: at, gradient, evaluate: () => evaluate(at, gradient) }
}

export function twoTwoTwoOneRow(problem: typeof twoTwoTwo): Model {
  const { parameters, record } = twoTwoTwoModel(problem)
  return { loss: record(), parameters }
}

export function dosageThreePoints(problem: typeof dosage): Model {
  const { parameters, record } = dosageModel(problem)
  return { loss: record(), parameters }
}

export function twoTwoTwoRows(problem: typeof twoTwoTwo, data: Rows): Model {
  const parameters = problem.weights.map((weight, i) => value(weight, `w${i + 1}`))
  const unit = (first: number, x1: Value, x2: Value, bias: number): Value =>
    parameters[first]!.mul(x1)
      .add(parameters[first + 1]!.mul(x2))
      .add(bias)
      .sigmoid()
  const [i1, i2] = [column('i1'), column('i2')]
  const h1 = unit(0, i1, i2, problem.hiddenBias)
  const h2 = unit(2, i1, i2, problem.hiddenBias)
  const r1 = unit(4, h1, h2, problem.outputBias).sub(column('t1'))
  const r2 = unit(6, h1, h2, problem.outputBias).sub(column('t2'))
  return { loss: r1.square().add(r2.square()).mul(0.5), parameters, data }
}

export function networkModel(problem: Network): Model {
  const layers = problem.layers.map(({ weights, biases }) =>
    biases.map((bias, i) => ({ weights: weights[i]!.map(weight => value(weight)), bias: value(bias) })),
  )
  const [first, second, last] = layers
  const neuron = ({ weights, bias }: { weights: Value[]; bias: Value }, inputs: readonly Value[]): Value =>
    weights.reduce((total, weight, i) => total.add(weight.mul(inputs[i]!)), bias)
  const { activation, points, targets } = problem
  const h1 = first!.map(unit => neuron(unit, [column('x'), column('y')])[activation]())
  const h2 = second!.map(unit => neuron(unit, h1)[activation]())
  const loss = neuron(last![0]!, h2)
    .sub(column('target'))
    .square()
    .mul(1 / points.length)
  const parameters = layers.flatMap(layer => layer.flatMap(({ weights, bias }) => [...weights, bias]))
  const data = { x: points.map(([x]) => x), y: points.map(([, y]) => y), target: targets }
  return { loss, parameters, data }
}

/** The engines that this build has and this machine allows. */
export function engineNames(): Engine[] {
  const names: Engine[] = ['wasm', 'javascript', 'interpreter']
  return names.filter(engine => {
    try {
      return compile(constant(1), { inputs: [], engine }).engine === engine
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  })
}
