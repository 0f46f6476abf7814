/**
 * Derivatives where the data are 0 or infinite: what data decide alone has the slope 0, though a slope above it be infinite. The
 * truth is differences of the function: in the parameters it is smooth, whatever the data are.
 */

import seedrandom from 'seedrandom'
import { expect, test } from 'vitest'
import { compile } from '../../src/compile/index.js'
import { topologicalOrder } from '../../src/core/order.js'
import type { Operand } from '../../src/core/value.js'
import * as chainrule from '../../src/index.js'
import { column, gradient, tangent, Value, value } from '../../src/index.js'

const { abs, add, atan, cbrt, div, dot, exp, gt, hypot, log, log1p, max, min } = chainrule
const { mul, neg, pow, sigmoid, softplus, sqrt, sub, sum, tanh, where } = chainrule

const UNARY = [exp, log, sqrt, cbrt, log1p, tanh, sigmoid, softplus, neg, abs, atan, sqrt, log, exp]
const BINARY = [add, sub, mul, div, pow, mul, div, pow, max, min, hypot]

/** A random expression over parameters and data. */
function expression(next: () => number, leaves: readonly Operand[], depth: number): Operand {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const part = (): Operand => expression(next, leaves, depth - 1)
  if (depth === 0 || next() < 0.15) {
    const leaf = pick(leaves)
    // Of its own size at each place, so that nothing cancels: p - p is 0 too, and no data say so.
    return leaf instanceof Value && leaf.kind === 'value' ? mul(0.7 + next(), leaf) : leaf
  }
  const kind = next()
  if (kind < 0.35) return pick(UNARY)(part())
  if (kind < 0.9) return pick(BINARY)(part(), part())
  if (kind < 0.95) return where(gt(part(), part()), part(), part())
  if (kind < 0.98) return dot([part(), part()], [part(), part()])
  return sum([part(), part()])
}

/** Sets leaves and evaluates. */
function at(y: Value, leaves: readonly Value[], point: readonly number[]): number {
  for (const [i, leaf] of leaves.entries()) leaf.data = point[i]!
  return y.forward()
}

/** The slope of f in its i-th number by differences, with how far two steps disagree; NaN where f is not finite around. */
function difference(f: (point: readonly number[]) => number, point: readonly number[], i: number) {
  const slope = (h: number): number => {
    const moved = (by: number): number => f(point.map((x, j) => (i === j ? x + by : x)))
    return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h)
  }
  const [fine, coarse] = [slope(2e-4), slope(1e-3)]
  return { slope: fine, error: Math.abs(fine - coarse) }
}

const POINT = [0.7310585, 1.3247179, 0.4142135]

test('random expressions over data with zeros, at both orders', () => {
  const next = seedrandom('data')
  let compared = 0
  let masked = 0
  for (let n = 0; n < 1500; n++) {
    const parameters = POINT.map((x, i) => value(x, `p${i}`))
    const data = [0, 0, 1.7, -0.6].map((x, i) => {
      const leaf = column(`d${i}`)
      leaf.data = x
      return leaf
    })
    const y = expression(next, [...parameters, ...parameters, ...data, 0, 2, 0.5], 5)
    if (!(y instanceof Value)) continue
    const value0 = at(y, parameters, POINT)
    if (!(Math.abs(value0) < 1e4) || topologicalOrder(y).some(({ data }) => Number.isNaN(data))) continue
    const text = `${n}: ${y}`
    const slopes = gradient(y, parameters)
    const read = (): number[] => slopes.map(slope => slope.forward())
    const exact = read()
    if (slopes.some(slope => String(slope).includes('!='))) {
      masked++
      if (masked % 8 === 0) {
        for (const engine of ['interpreter', 'javascript', 'wasm'] as const) {
          const compiled = compile(slopes, { inputs: parameters, engine })
          const labels = compiled.program.columns
          const row = Object.fromEntries(labels.map(label => [label, [data[Number(label[1])]!.data]]))
          const bound = labels.length > 0 ? compiled.bind(row) : compiled
          expect(
            [...bound.run(POINT)].map(x => x + 0),
            `${engine} ${text}`,
          ).toEqual(exact.map(x => x + 0))
        }
      }
    }

    for (const leaf of [...parameters, ...data]) leaf.grad = 0
    y.backward()
    expect(
      parameters.map(p => p.grad + 0),
      text,
    ).toEqual(exact.map(x => x + 0))
    const along = [1, -0.5, 2]
    const dot = tangent(y, parameters, along).forward()

    for (const i of POINT.keys()) {
      const { slope, error } = difference(point => at(y, parameters, point), POINT, i)
      at(y, parameters, POINT)
      if (!(error <= 1e-6 * (1 + Math.abs(slope))) || Math.abs(slope) > 1e5) continue
      // Differences lose half the digits of the value.
      expect(
        Math.abs(exact[i]! - slope),
        `${text}\n in p${i}: ${exact[i]}, differences ${slope}`,
      ).toBeLessThan(1e-5 * (1 + Math.abs(slope) + Math.abs(value0)))
      compared++
    }
    if (exact.every(Number.isFinite)) {
      const size = exact.reduce((total, x, i) => total + Math.abs(x * along[i]!), 1)
      const expected = exact.reduce((total, x, i) => total + x * along[i]!, 0)
      expect(Math.abs(dot - expected), `${text}\n tangent ${dot}, gradient ${expected}`).toBeLessThan(
        1e-12 * size,
      )
    }

    // The second order: the slopes of the slopes.
    const first = slopes[n % 3]!
    const seconds = gradient(first, parameters)
    for (const i of POINT.keys()) {
      const { slope, error } = difference(point => at(first, parameters, point), POINT, i)
      at(first, parameters, POINT)
      if (!(error <= 1e-6 * (1 + Math.abs(slope))) || Math.abs(slope) > 1e5) continue
      const second = seconds[i]!.forward()
      expect(
        Math.abs(second - slope),
        `${text}\n second in p${n % 3} and p${i}: ${second}, differences ${slope}`,
      ).toBeLessThan(1e-5 * (1 + Math.abs(slope) + Math.abs(exact[n % 3]!)))
      compared++
    }
  }
  // Of what is drawn enough must be finite, and enough must need a mask.
  expect(compared).toBeGreaterThan(4000)
  expect(masked).toBeGreaterThan(100)
}, 120_000)

test('what may be differentiated by later is no data: mixed derivatives keep their terms', () => {
  // x2 ** sin(sqrt(x2) * x1) at x1 = 0: the mixed derivative is log(x2) / (2 sqrt(x2)) + 1 / sqrt(x2).
  const [x1, x2] = [value(0), value(0.125)]
  const y = pow(x2, chainrule.sin(mul(sqrt(x2), x1)))
  const expected = (Math.log(0.125) / 2 + 1) / Math.sqrt(0.125)
  for (const [a, b] of [
    [x1, x2],
    [x2, x1],
  ] as const) {
    expect(gradient(gradient(y, [a])[0]!, [b])[0]!.data).toBeCloseTo(expected, 12)
    expect(gradient(tangent(y, [a], [1]), [b])[0]!.data).toBeCloseTo(expected, 12)
  }
})

test('honest infinities stay, within functions as well', () => {
  const decay = (x: Value): Value => exp(neg(sqrt(mul(x, x)))) as Value
  expect(chainrule.grad(decay)(0)).toBeNaN()
  expect(chainrule.grad(chainrule.grad(decay))(0)).toBeNaN()
  expect(chainrule.hessian(decay)(0)).toBeNaN()
  const root = ([x, y]: Value[]): Value => mul(y!, sqrt(x!))
  expect(chainrule.grad(root)([0, 0])[0]).toBeNaN()
})
