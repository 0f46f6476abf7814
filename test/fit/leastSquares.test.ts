import { describe, expect, it } from 'vitest'
import { Fit, fit, leastSquares, minimize } from '../../src/fit/index.js'
import { column, hypot, sub, type Value, value } from '../../src/index.js'

describe('leastSquares', () => {
  it('finds where distances to known places meet', () => {
    const [x, y] = [value(1, 'x'), value(1, 'y')]
    const places = [
      [0, 0, 5],
      [6, 0, 5],
      [3, 10, 6],
    ] as const
    const residuals = places.map(([px, py, d]) => hypot(sub(x, px), sub(y, py)).sub(d))
    const result = leastSquares(residuals, { parameters: [x, y] })
    expect(result.sumOfSquares).toBeLessThan(1e-28)
    expect(result.parameters.x).toBeCloseTo(3, 12)
    expect(result.parameters.y).toBeCloseTo(4, 12)
    expect([x.data, y.data]).toEqual([result.parameters.x, result.parameters.y])
  })

  it('gives every parameter a name of its own', () => {
    const namesOf = (parameters: Value | { [key: string]: Value }): string[] => {
      const list =
        parameters instanceof Object && !('data' in parameters) ? Object.values(parameters) : [parameters]
      const residuals = (list as Value[]).map((p, i) => p.sub(i))
      return Object.keys(leastSquares(residuals, { parameters }).parameters)
    }
    expect(namesOf({ x: value(1, 'y'), y: value(1, 'y') })).toEqual(['y', 'y (2)'])
    expect(namesOf({ x: value(1, 'z'), y: value(1, 'z') })).toEqual(['z', 'y'])
    expect(namesOf({ a: value(1, 'c'), b: value(1, 'c (2)'), c: value(1, 'c') })).toEqual([
      'c',
      'c (2)',
      'c (3)',
    ])
    expect(namesOf(value(1))).toEqual(['x'])
  })

  it('says what is missing where it is called without options', () => {
    const none = undefined as never
    expect(() => leastSquares([value(1)], none)).toThrow(
      'leastSquares: got no parameters; wanted { parameters',
    )
    expect(() => minimize(value(1), none)).toThrow('minimize: got no parameters; wanted { parameters }')
    expect(() => Fit.fromJSON('null')).toThrow('Fit.fromJSON: got null; wanted what toJSON writes')
  })

  it('with columns is what fit does with a formula', () => {
    const data = { t: [0, 1, 2, 3, 4], y: [5.1, 3.2, 1.9, 1.2, 0.8] }
    const [a, k] = [value(4, 'a'), value(1, 'k')]
    const residual = column('y').sub(a.mul(k.mul(column('t')).neg().exp()))
    const graph = leastSquares(residual, { parameters: { a, k }, data })
    const formula = fit('y ~ a * exp(-(k * t))', data, { start: { a: 4, k: 1 } })
    expect(graph.estimates).toEqual(formula.estimates)
    expect(graph.residuals).toEqual(formula.residuals)
  })

  it('several residuals with columns count once a row each', () => {
    // A circle through points: x^2 + y^2 = r^2, once for each coordinate of its centre too.
    const [cx, cy, r] = [value(0.5, 'cx'), value(0.5, 'cy'), value(2, 'r')]
    const distance = hypot(column('x').sub(cx), column('y').sub(cy)).sub(r)
    const result = leastSquares([distance, cx.sub(1).mul(1e-3)], {
      parameters: [cx, cy, r],
      data: { x: [4, 1, -2, 1], y: [2, 5, 2, -1] },
    })
    expect(result.residuals.length).toBe(8)
    const { parameters } = result
    expect([parameters.cx, parameters.cy, parameters.r].map(p => Math.round(p! * 1e12) / 1e12)).toEqual([
      1, 2, 3,
    ])
  })

  it('names parameters by their labels, and by their places where these are missing or taken', () => {
    const leaves = { first: value(1, 'p'), second: [value(1, 'p'), value(1)] }
    const residuals = [leaves.first.sub(1), leaves.second[0]!.sub(2), leaves.second[1]!.sub(3)]
    const { parameters } = leastSquares(residuals, { parameters: leaves })
    expect(parameters).toEqual({ p: 1, 'second[0]': 2, 'second[1]': 3 })
  })

  it('follows a column of the Jacobian through forty orders of magnitude', () => {
    // Meyer's function from far away; its minimum is that of the paper, 87.9458.
    const y = [
      34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
    ]
    const [a, b, c] = [value(2, 'a'), value(4e5, 'b'), value(25e3, 'c')]
    const residuals = y.map((observed, i) => a.mul(b.div(c.add(50 + 5 * i)).exp()).sub(observed))
    const { sumOfSquares } = leastSquares(residuals, { parameters: [a, b, c] })
    expect(Math.abs(sumOfSquares - 87.9458)).toBeLessThan(1e-4)
  })

  const x = value(1, 'x')
  const cases: readonly [string, () => unknown, string][] = [
    ['no residuals', () => leastSquares([], { parameters: [x] }), 'leastSquares: there are no residuals'],
    ['no parameters', () => leastSquares([x], { parameters: [] }), 'leastSquares: there are no parameters'],
    [
      'a number',
      () => leastSquares([3 as unknown as Value], { parameters: [x] }),
      'leastSquares: element 1 is the number 3; wanted a Value',
    ],
    [
      'columns without data',
      () => leastSquares(x.mul(column('c')), { parameters: [x] }),
      'leastSquares: the residuals have columns; wanted { data } with c',
    ],
    [
      'NaN at the start',
      () => leastSquares([x, x.sub(2).log().as('gap')], { parameters: [x] }),
      'leastSquares: residual gap is NaN at the start x = 1',
    ],
    [
      'an infinite slope',
      () => leastSquares([x.sub(1).sqrt()], { parameters: [x] }),
      'leastSquares: the derivative of residual 1 in x is Infinity at the start x = 1',
    ],
    [
      'squares too large',
      () => leastSquares([x.mul(1e200)], { parameters: [x] }),
      'leastSquares: the sum of squares is too large for a double at the start x = 1',
    ],
  ]
  it.each(cases)('%s', (_name, run, message) => {
    x.data = 1
    expect(run).toThrow(message)
  })
})
