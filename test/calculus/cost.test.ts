/** What derivatives cost in operations, on the models of the benches. */
import { gradient, type Operand, sum, tangent, topologicalOrder, type Value, value } from 'chainrule'
import { describe, expect, it } from 'vitest'
import { dosageModel, networkModel, twoTwoTwoModel } from '../../bench/implementations/chainrule.js'
import { dosage, network, twoTwoTwo } from '../../bench/problems.js'

/** How many operations it takes to evaluate all of `outputs`, masks included. */
function operations(outputs: readonly Operand[]): number {
  const all = sum(outputs) as Value
  return topologicalOrder(all).filter(node => node !== all && node.primitive !== null).length
}

describe.each([
  ['2-2-2 network', twoTwoTwoModel(twoTwoTwo)],
  ['dosage', dosageModel(dosage)],
  ['2-16-16-1 tanh network', networkModel(network('tanh'))],
  ['2-16-16-1 relu network', networkModel(network('relu'))],
] as const)('%s', (_name, { parameters, record }) => {
  const loss = record()
  const slopes = gradient(loss, parameters)

  it('value and gradient take at most three times the operations of the value', () => {
    expect(operations([loss, ...slopes]) / operations([loss])).toBeLessThanOrEqual(3)
  })

  it('a Hessian-vector product takes at most three times the operations of value and gradient', () => {
    const direction = parameters.map(() => value(0.5))
    const product = gradient(tangent(loss, parameters, direction), parameters)
    expect(operations(product) / operations([loss, ...slopes])).toBeLessThanOrEqual(3)
  }, 60_000)
})
