import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { topologicalOrder } from '../../src/core/order.js'
import { dot, exp, logsumexp, mul, sum } from '../../src/core/primitives.js'
import { constant, type Value, value } from '../../src/core/value.js'
import { backwardGradient } from '../support/rows.js'

describe('the gradient as a graph', () => {
  it('is differentiated again, to any order', () => {
    const x = value(2, 'x')
    const orders = [x.pow(5)]
    for (let k = 0; k < 6; k++) orders.push(gradient(orders[k]!, [x])[0]!)
    expect(orders.map(order => order.data)).toEqual([32, 80, 160, 240, 240, 120, 0])
  })

  it('gives sine its cycle of derivatives', () => {
    const x = value(0.7)
    let y: Value = x.sin()
    const found = [y.data]
    for (let k = 0; k < 8; k++) {
      y = gradient(y, [x])[0]!
      found.push(y.data)
    }
    const [s, c] = [x.sin().data, x.cos().data]
    expect(found).toEqual([s, c, -s, -c, s, c, -s, -c, s])
  })

  it('is evaluated again in place and follows the leaves', () => {
    const [x, y] = [value(1), value(2)]
    const [dx, dy] = gradient(x.mul(x).mul(y), [x, y])
    x.data = 3
    y.data = 5
    expect([dx!.forward(), dy!.forward()]).toEqual([30, 9])
  })

  it('prints as a formula', () => {
    const [x, w] = [value(2, 'x'), value(3, 'w')]
    expect(String(gradient(x.mul(w), [x])[0])).toBe('w')
    expect(String(gradient(w.mul(x).exp(), [x])[0])).toBe('exp(w * x) * w')
    expect(String(gradient(x.mul(3).add(1), [x])[0])).toBe('3')
  })

  it('has the mixed derivatives either way', () => {
    const [x, y] = [value(0.3), value(-1.2)]
    const f = x.mul(y).sin().mul(exp(x))
    const [dx, dy] = gradient(f, [x, y])
    const [dxy, dyx] = [gradient(dx!, [y])[0]!.data, gradient(dy!, [x])[0]!.data]
    // d2/dxdy e^x sin(xy) = e^x (cos(xy) + x cos(xy) - xy sin(xy))
    const expected = Math.exp(0.3) * (1.3 * Math.cos(-0.36) + 0.36 * Math.sin(-0.36))
    expect(dxy).toBeCloseTo(expected, 14)
    expect(dyx).toBeCloseTo(expected, 14)
  })

  it('leaves grad and the recorded graph alone', () => {
    const x = value(2)
    const y = x.mul(x)
    const [inputs, data] = [y.inputs, y.data]
    x.grad = 7
    gradient(y, [x])
    expect([x.grad, y.grad, y.data, y.inputs]).toEqual([7, 0, data, inputs])
  })
})

describe('inputs', () => {
  it('that the output does not depend on get the constant 0', () => {
    const [x, other] = [value(2), value(3)]
    const [dx, dOther] = gradient(x.mul(2), [x, other])
    expect([dx!.data, dOther!.data, dOther!.kind]).toEqual([2, 0, 'constant'])
    expect(gradient(x.floor(), [x])[0]!.data).toBe(0)
    expect(gradient(constant(5), [x])[0]!.data).toBe(0)
  })

  it('may be the output itself, repeated, or none', () => {
    const x = value(2)
    const y = x.mul(3)
    expect(gradient(y, [y]).map(d => d.data)).toEqual([1])
    expect(gradient(x, [x]).map(d => d.data)).toEqual([1])
    expect(gradient(y, [x, x]).map(d => d.data)).toEqual([3, 3])
    expect(gradient(y, [])).toEqual([])
  })

  it('may be nodes inside the graph', () => {
    const x = value(3)
    const square = x.mul(x)
    const y = square.mul(square).add(x)
    const [dSquare, dx] = gradient(y, [square, x])
    // d/d(square) s^2 = 2s; in x all paths count: 4 x^3 + 1.
    expect([dSquare!.data, dx!.data]).toEqual([18, 109])
    y.backward()
    expect(square.grad).toBe(18)
  })

  it('not asked for cost nothing: no node is made for the rest of the graph', () => {
    const x = value(1)
    const ys = Array.from({ length: 100 }, (_, i) => value(i))
    const [dx] = gradient(sum([x.mul(2), ...ys.map(y => y.sin())]), [x])
    expect(dx!.data).toBe(2)
    expect(topologicalOrder(dx!).length).toBeLessThanOrEqual(3)
  })
})

describe('sums of contributions', () => {
  it('add in the order of backward(), to the same bits', () => {
    const x = value(1)
    const outputs = [
      sum([x.mul(-1e16), x.mul(1), x.mul(1e16)]),
      dot([1e16, 1, -1e16], [x, x, x]),
      x.mul(0.1).add(x.mul(0.2)).add(x.mul(0.3)),
    ]
    for (const output of outputs) {
      expect(gradient(output, [x]).map(d => d.data)).toEqual(backwardGradient(output, [x]))
    }
  })

  it('the Hessian of logsumexp is diag(p) - p p^T', () => {
    const xs = [0.5, -1, 2].map(x => value(x))
    const slopes = gradient(logsumexp(xs), xs)
    const p = slopes.map(slope => slope.data)
    for (const [i, slope] of slopes.entries()) {
      for (const [j, entry] of gradient(slope, xs).entries()) {
        expect(entry.data).toBeCloseTo((i === j ? p[i]! : 0) - p[i]! * p[j]!, 15)
      }
    }
  })
})

describe('bad input', () => {
  const x = value(1)
  it.each<readonly [unknown, unknown, string]>([
    [3, [x], 'gradient: the output is the number 3; wanted a Value'],
    [undefined, [x], 'gradient: the output is undefined; wanted a Value'],
    [x, x, 'gradient: the inputs are an object of class Value; wanted an array of Values'],
    [x, undefined, 'gradient: the inputs are undefined; wanted an array of Values'],
    [x, [x, 2], 'gradient: input 2 is the number 2; wanted a Value'],
    [x, ['x'], 'gradient: input 1 is the string "x"; wanted a Value'],
  ])('%s, %s', (output, inputs, message) => {
    expect(() => gradient(output as Value, inputs as Value[])).toThrow(new TypeError(message))
  })

  it('mul of numbers is a number, not a graph', () => {
    expect(() => gradient(mul(2, 3) as unknown as Value, [x])).toThrow('the output is the number 6')
  })
})
