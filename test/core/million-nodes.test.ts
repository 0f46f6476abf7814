import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { sum } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'

describe('a million nodes, without recursion', () => {
  const N = 1_000_000

  const chain = (x: Value): Value => {
    let y: Value = x
    for (let i = 0; i < N; i++) y = y.add(1)
    return y
  }
  const wide = (x: Value): Value => sum(Array.from({ length: N }, (_, i) => x.mul(i % 2)))
  /** Every second node is used twice: 2^(N/2) paths. */
  const ladder = (x: Value): Value => {
    let y: Value = x
    for (let i = 0; i < N; i++) y = i % 2 === 0 ? y.add(y) : y.mul(0.5)
    return y
  }

  it.each([
    ['chain', chain, (x: number) => x + N, 1],
    ['wide sum', wide, (x: number) => (x * N) / 2, N / 2],
    ['ladder of shared nodes', ladder, (x: number) => x, 1],
  ])(
    '%s: record, backward, forward, gradient and print',
    (what, build, f, slope) => {
      const x = value(1, 'x')
      const y = build(x)
      expect(y.data).toBe(f(1))
      y.backward()
      expect(x.grad).toBe(slope)
      x.data = 3
      expect(y.forward()).toBe(f(3))
      const [dy] = gradient(y, [x])
      expect(dy!.data).toBe(slope)
      const text = y.toString()
      expect(
        text.endsWith(what === 'chain' ? ' + 1 + 1' : what === 'wide sum' ? ', x * 0, x * 1)' : ' * 0.5'),
      ).toBe(true)
      expect(text.split('\n').length).toBe(what.startsWith('ladder') ? N / 2 : 1)
    },
    20_000,
  )
})
