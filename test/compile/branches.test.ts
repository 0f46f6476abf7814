/** The derivative of `where` is `where` of the derivatives in compiled programs as well, by every engine. */
import { expect, it } from 'vitest'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import { gt, log, mul, sqrt, sub, where } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { compareBranches } from '../support/branches.js'
import { compiledEngines } from '../support/compile.js'
import { random } from '../support/points.js'

/** By order: the function and its derivatives, at each point. */
const CASES: readonly (readonly [
  name: string,
  f: (x: Value) => Value,
  at: Readonly<Record<number, number[]>>,
])[] = [
  [
    'where(x > 0, sqrt(x), 0)',
    x => where(gt(x, 0), sqrt(x), 0),
    { [-1]: [0, 0, 0, 0], 0: [0, 0, 0, 0], 4: [2, 0.25, -1 / 32, 3 / 256] },
  ],
  [
    'where(x > 0, x * sqrt(x), 0)',
    x => where(gt(x, 0), mul(x, sqrt(x)), 0),
    { [-1]: [0, 0, 0, 0], 0: [0, 0, 0, 0], 4: [8, 3, 3 / 8, -3 / 64] },
  ],
  [
    'where(x > 0, log(x), x)',
    x => where(gt(x, 0), log(x), x),
    { [-1]: [-1, 1, 0, 0], 0: [0, 1, 0, 0], 2: [Math.LN2, 0.5, -0.25, 0.25] },
  ],
  ['(x - 3)^2, which is not masked', x => sub(x, 3).pow(2), { 3: [0, 0, 2, 0] }],
]

it.each(compiledEngines)('%s is right on both sides and at the border, up to the third order', engine => {
  for (const [name, f, at] of CASES) {
    const x = value(1, 'x')
    const orders = [f(x)]
    for (let order = 0; order < 3; order++) orders.push(gradient(orders.at(-1)!, [x])[0]!)
    const compiled = compile(orders, { inputs: [x], engine })
    expect(compiled.engine).toBe(engine)
    for (const [point, wanted] of Object.entries(at)) {
      const got = [...compiled.run([Number(point)])].map(y => y + 0)
      // Some ulp: the closed forms at 4 and 2 round as they are written here.
      wanted.forEach((y, order) => {
        expect(Math.abs(got[order]! - y), `${name}, order ${order} at ${point}: ${got}`).toBeLessThanOrEqual(
          1e-15 * Math.abs(y),
        )
      })
    }
  }
})

it.each(compiledEngines)('%s masks nothing else: y sqrt(x) at the origin', engine => {
  const [x, y] = [value(1, 'x'), value(1, 'y')]
  const product = y.mul(x.sqrt())
  const first = gradient(product, [x, y])
  const compiled = compile([...first, ...gradient(first[1]!, [x, y])], { inputs: [x, y], engine })
  expect([...compiled.run([0, 0])]).toEqual([Number.NaN, 0, Number.POSITIVE_INFINITY, 0])
})

it('300 random programs have the derivatives of the branches taken, on every engine', () => {
  const counted = compareBranches(random(20_261_123), 300)
  expect(counted.wrong).toEqual([])
  // Not an empty comparison: programs that select, and derivatives that are wild.
  expect(counted.compared).toBeGreaterThan(400)
  expect(counted.wild).toBeGreaterThan(40)
}, 60_000)
