import { describe, expect, it } from 'vitest'
import '../../src/vitest/index.js'
import { column, mul, primitive, softplus, type Value, value } from '../../src/index.js'

describe('toHaveCorrectGradients', () => {
  it('passes for right gradients', () => {
    expect((w: Value, b: Value) => softplus(mul(w, 2)).add(b)).toHaveCorrectGradients([0.3, -1])
    expect(softplus).toHaveCorrectGradients(0.5, { order: 2 })
  })

  it('fails with both numbers and the name of the input', () => {
    const bad = primitive('bad', { evaluate: x => x * x, partials: ['x'] })
    expect(() => expect(bad).toHaveCorrectGradients(3)).toThrow(
      /df\/dx: reverse mode gives 3, differences give 6/,
    )
    expect(bad).not.toHaveCorrectGradients(3)
  })
})

describe('toEqual on Values', () => {
  const graph = (x = value(2, 'x'), factor = 3) => x.mul(factor).add(x).as('y')

  it('compares numbers, labels and graphs', () => {
    expect(graph()).toEqual(graph())
    expect({ loss: [graph()] }).toEqual({ loss: [graph()] })
    expect(graph()).not.toEqual(graph(value(3, 'x')))
    expect(graph()).not.toEqual(graph(value(2, 'z')))
    expect(graph()).not.toEqual(graph(value(2, 'x'), 4))
    expect(graph()).not.toEqual(graph().mul(1))
    expect(value(Number.NaN, 'x')).not.toEqual(column('x'))
    expect(graph()).not.toEqual(8)
    const swept = graph()
    swept.backward()
    expect(swept).not.toEqual(graph())
    // The same text and numbers, but one node twice against two nodes.
    const [x, other] = [value(2), value(2)]
    expect(mul(x, x)).not.toEqual(mul(x, other))
  })

  it('takes linear time where nodes are shared', () => {
    const doubled = (factor: number) => {
      let y = value(1, 'x').mul(factor)
      for (let i = 0; i < 1000; i++) y = y.add(y)
      return y
    }
    expect(doubled(1)).toEqual(doubled(1))
    expect(doubled(1)).not.toEqual(doubled(2))
    // The report of what differs is made by vitest.
    expect(() => expect(doubled(1)).toEqual(doubled(2))).toThrow('to deeply equal')
  })
})
