/** The models in each way of computing them, checked against each other before anything is timed. */

import { topologicalOrder, zeroGrad } from 'chainrule'
import * as eager from './implementations/chainrule.js'
import * as closure from './implementations/closure.js'
import * as hand from './implementations/hand.js'
import { dosage, network, twoTwoTwo } from './problems.js'

/** One evaluation of loss and gradient. It returns a number made of both, so that neither can be optimised away. */
export interface Implementation {
  readonly run: () => number
  readonly loss: () => number
  readonly gradient: () => readonly number[]
}

export const WAYS = ['closure', 'record', 'forward', 'hand'] as const

/** closure style · chainrule recording anew, then `backward()` · chainrule `forward()`, then `backward()` · by hand */
export type Way = (typeof WAYS)[number]

export interface Workload {
  readonly name: string
  readonly title: string
  /** Nodes of chainrule's graph, leaves included. */
  readonly nodes: number
  readonly ways: Readonly<Record<Way, Implementation>>
}

export function workloads(): Workload[] {
  const tanh = network('tanh')
  const relu = network('relu')
  return [
    workload(
      'two-two-two',
      '2-2-2 network',
      () => eager.twoTwoTwoModel(twoTwoTwo),
      closure.twoTwoTwoModel(twoTwoTwo),
      hand.twoTwoTwoByHand(twoTwoTwo),
    ),
    workload(
      'dosage',
      'dosage SSR',
      () => eager.dosageModel(dosage),
      closure.dosageModel(dosage),
      hand.dosageByHand(dosage),
    ),
    workload(
      'network',
      '2-16-16-1 tanh network, 100 points',
      () => eager.networkModel(tanh),
      closure.networkModel(tanh),
      hand.networkByHand(tanh),
    ),
    workload(
      'relu-network',
      '2-16-16-1 relu network, 100 points',
      () => eager.networkModel(relu),
      closure.networkModel(relu),
      hand.networkByHand(relu),
    ),
  ]
}

/** Throws unless every way gives the same loss and gradient, and the loss that the problem states. */
export function checkAgreement({ name, ways }: Workload): void {
  const stated = name === 'two-two-two' ? twoTwoTwo.loss : name === 'dosage' ? dosage.loss : undefined
  for (const way of WAYS) ways[way].run()
  const loss = stated ?? ways.hand.loss()
  const gradient = ways.hand.gradient()
  const scale = Math.max(...gradient.map(Math.abs))
  for (const way of WAYS) {
    const error = Math.max(
      Math.abs(ways[way].loss() - loss) / Math.abs(loss),
      ...ways[way].gradient().map((g, i) => Math.abs(g - gradient[i]!) / scale),
    )
    if (!(error < 1e-12) || ways[way].gradient().length !== gradient.length) {
      throw new Error(`${name}: '${way}' differs from the hand-derived figures by ${error}`)
    }
  }
}

function workload(
  name: string,
  title: string,
  makeEager: () => eager.Model,
  closureModel: closure.Model,
  byHand: hand.HandDerived,
): Workload {
  const recorded = makeEager()
  const output = recorded.record()
  const ways = {
    closure: closureStyle(closureModel),
    record: recordAnew(makeEager()),
    forward: evaluateAgain(recorded, output),
    hand: handDerived(byHand),
  }
  return { name, title, nodes: topologicalOrder(output).length, ways }
}

// Said again in recordAnew, for the reason given in implementations/: each sees one class of nodes.
function closureStyle({ parameters, record }: closure.Model): Implementation {
  let loss = 0
  return {
    run: () => {
      for (const parameter of parameters) parameter.grad = 0
      const output = record()
      output.backward()
      loss = output.data
      return loss + parameters[0]!.grad
    },
    loss: () => loss,
    gradient: () => parameters.map(parameter => parameter.grad),
  }
}

function recordAnew({ parameters, record }: eager.Model): Implementation {
  let loss = 0
  return {
    run: () => {
      zeroGrad(parameters)
      const output = record()
      output.backward()
      loss = output.data
      return loss + parameters[0]!.grad
    },
    loss: () => loss,
    gradient: () => parameters.map(parameter => parameter.grad),
  }
}

function evaluateAgain(
  { parameters }: eager.Model,
  output: ReturnType<eager.Model['record']>,
): Implementation {
  return {
    run: () => {
      zeroGrad(parameters)
      const loss = output.forward()
      output.backward()
      return loss + parameters[0]!.grad
    },
    loss: () => output.data,
    gradient: () => parameters.map(parameter => parameter.grad),
  }
}

function handDerived({ gradient, evaluate }: hand.HandDerived): Implementation {
  let loss = 0
  return {
    run: () => {
      loss = evaluate()
      return loss + gradient[0]!
    },
    loss: () => loss,
    gradient: () => [...gradient],
  }
}
