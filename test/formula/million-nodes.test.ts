import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { topologicalOrder } from '../../src/core/order.js'
import { add, mul } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { parseFormula } from '../../src/formula/index.js'

describe('a graph of a million nodes is read back from its text, without recursion', () => {
  const N = 1_000_000
  const unlimited = { length: Infinity, depth: Infinity, nodes: Infinity }

  it.each([
    ['chain', (x: Value) => add(x, 1), N + 1],
    ['nested calls', (x: Value) => x.abs(), 1],
    ['shared nodes', (x: Value) => mul(x, x), 1],
  ])(
    '%s',
    (_what, step, expected) => {
      let y = value(1, 'x')
      for (let i = 0; i < N; i++) y = step(y)
      const { expression, leaves } = parseFormula(String(y), { limits: unlimited })
      leaves.x!.data = 1
      expect(expression.forward()).toBe(expected)
      expect(topologicalOrder(expression).length).toBe(N + 1)
    },
    60_000,
  )
})
