import { expect, it } from 'vitest'
import {
  findNaN,
  grad,
  jvp,
  pullback,
  sum,
  tangent,
  trackSources,
  type Value,
  value,
} from '../../src/index.js'

const N = 1_000_000
const SLOW = 60_000

function chain(x: Value): Value {
  let y = x
  for (let i = 0; i < N; i++) y = y.add(1)
  return y
}
const wide = (x: Value): Value => sum(Array.from({ length: N / 2 }, (_, i) => x.mul(i % 2))) as Value

it(
  'tangent, pullback and findNaN take a chain of a million nodes',
  () => {
    const x = value(1, 'x')
    const y = chain(x)
    expect(tangent(y, [x], [2]).data).toBe(2)
    expect(pullback([y, y.mul(3)], [1, 1], [x])[0]!.data).toBe(4)
    expect(findNaN(y)).toBeUndefined()
    expect(findNaN(y.sub(2 * N).log())!.formula).toBe('log(`operand 1`)')
  },
  SLOW,
)

it(
  'and a sum of half a million terms',
  () => {
    const x = value(1, 'x')
    const y = wide(x)
    expect(tangent(y, [x], [2]).data).toBe(N / 2)
    expect(pullback([y], [2], [x])[0]!.data).toBe(N / 2)
    expect(findNaN(y)).toBeUndefined()
  },
  SLOW,
)

it(
  'and so do functions of Values',
  () => {
    expect(grad(chain)(1)).toBe(1)
    expect(jvp(chain, [1], [3])).toEqual({ value: N + 1, tangent: 3 })
  },
  SLOW,
)

it(
  'and a tracked graph',
  () => {
    const x = value(0, 'x')
    const y = trackSources(() => {
      let y = x
      for (let i = 0; i < 50_000; i++) y = y.add(1)
      return y.log()
    })
    expect(findNaN(y)).toBeUndefined()
  },
  SLOW,
)
