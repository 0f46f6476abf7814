import { describe, expect, it } from 'vitest'
import {
  clamp,
  column,
  dot,
  exp,
  findNaN,
  formula,
  log,
  mul,
  primitive,
  relu,
  sqrt,
  sum,
  trackSources,
  type Value,
  value,
  where,
} from '../../src/index.js'

describe('findNaN finds', () => {
  it('nothing where everything is finite', () => {
    expect(findNaN(value(2).log().square())).toBeUndefined()
  })

  it('the first value that is not finite, with its formula and the numbers that went in', () => {
    const [x, b] = [value(-1, 'x'), value(2, 'b')]
    const net = x.mul(3).as('net')
    const h = net.log().as('h')
    const loss = h.mul(b).sub(1).square().as('loss')
    const found = findNaN(loss)!
    expect(found).toMatchObject({
      node: h,
      what: 'value',
      formula: 'log(net)',
      operands: [-3],
      source: undefined,
    })
    expect(found.number).toBeNaN()
    expect(String(found)).toBe('the value of h = log(net) is NaN\n  net = -3')
    expect(String(findNaN(exp(value(1000)).add(1)))).toBe(
      'the value of exp(`operand 1`) is Infinity\n  operand 1 = 1000',
    )
  })

  it('a leaf that was fed such a number, and a column that was not fed', () => {
    const x = value(Number.NaN, 'x')
    const advice =
      'it is a leaf: set its data, and call forward() (names in a formula, and columns, start as NaN)'
    expect(String(findNaN(x.mul(2)))).toBe(`the value of x is NaN\n  ${advice}`)
    expect(String(findNaN(formula`${value(2, 'w')} * dosage + 1`))).toBe(
      `the value of dosage is NaN\n  ${advice}`,
    )
    expect(findNaN(column('dosage').mul(2))!.formula).toBe('dosage')
  })

  it('the adjoint that stops being finite where all values are', () => {
    const x = value(0, 'x')
    const root = x.sqrt().as('root')
    const found = findNaN(root.add(x).mul(2))!
    expect(found).toMatchObject({ node: root, what: 'adjoint', operand: 0, number: Infinity })
    expect(String(found)).toBe('the adjoint of x becomes Infinity in root = sqrt(x)\n  x = 0')
    // 0 * Infinity
    const [y, z] = [value(0, 'y'), value(0, 'z')]
    expect(String(findNaN(mul(y, sqrt(z))))).toContain('the adjoint of z becomes NaN in sqrt(z)')
    // Each contribution is finite and their sum is not.
    const w = value(1e-10, 'w')
    const big = findNaN(sum([w.mul(1e308), w.mul(1e308)]) as Value)!
    expect(big).toMatchObject({ what: 'adjoint', number: Infinity, formula: 'w * 1e+308' })
  })

  it('nothing in what a selection does not take', () => {
    for (const x of [-1, 0, 4]) {
      const leaf = value(x, 'x')
      expect(findNaN(where(leaf.gt(0), log(leaf), leaf))).toBeUndefined()
      expect(findNaN(where(leaf.gt(0), sqrt(leaf), 0))).toBeUndefined()
      expect(findNaN(relu(sqrt(where(leaf.gt(0), leaf, 0)).sub(10)))).toBeUndefined()
    }
    expect(findNaN(clamp(log(value(0, 'x')), -1, 1))).toBeUndefined()
    // The condition itself counts, though it has no derivative.
    expect(findNaN(where(log(value(-1, 'x')).gt(0), 1, value(2)))!.formula).toBe('log(x)')
  })

  it('what forward() made of new data', () => {
    const x = value(1, 'x')
    const loss = x.log().square()
    expect(findNaN(loss)).toBeUndefined()
    x.data = -1
    loss.forward()
    expect(String(findNaN(loss))).toBe('the value of log(x) is NaN\n  x = -1')
  })

  it('a node of many operands, without writing them all out', () => {
    const xs = Array.from({ length: 1000 }, (_, i) => value(i === 500 ? 1e308 : 1e300, `x${i}`))
    const found = findNaN(dot(xs, xs) as Value)!
    expect(String(found).split('\n')).toEqual([
      'the value of dot(… 2000 operands) is Infinity',
      ...[0, 1, 2, 3, 4, 5].map(i => `  x${i} = 1e+300`),
    ])
  })

  it('a rule of a user that is wrong, and changes nothing by looking', () => {
    const bad = primitive('bad', {
      evaluate: x => x,
      partials: [(_out, x) => log(mul(-1, x))],
    })
    const x = value(2, 'x')
    x.grad = 7
    const y = bad(x).as('y')
    expect(String(findNaN(y.mul(3)))).toContain('the adjoint of x becomes NaN in y = bad(x)')
    expect([x.grad, y.grad]).toEqual([7, 0])
  })

  it('refuses what is no Value', () => {
    expect(() => findNaN(3 as unknown as Value)).toThrow('findNaN: got the number 3; wanted a Value')
  })
})

describe('trackSources', () => {
  const makeRoot = (x: Value): Value => x.sub(1).sqrt()

  it('lets the report name the line that made the node', () => {
    const x = value(0, 'x')
    const y = trackSources(() => makeRoot(x).mul(2))
    const { source } = findNaN(y)!
    expect(source).toMatch(/^makeRoot .*findNaN\.test\.ts:\d+:\d+\)?$/)
    expect(String(findNaN(y))).toContain(`\n  made by ${source}`)
    // By a function as by a method.
    const z = trackSources(() => sqrt(x.sub(1)))
    expect(findNaN(z)!.source).toMatch(/findNaN\.test\.ts:\d+:\d+\)?$/)
  })

  it('ends with the call, however that ends, and may be nested', () => {
    expect(() =>
      trackSources(() => {
        throw new Error('stop')
      }),
    ).toThrow('stop')
    const x = value(0, 'x')
    expect(findNaN(makeRoot(x))!.source).toBeUndefined()
    const [inner, outer] = trackSources(() => [trackSources(() => makeRoot(x)), makeRoot(x)] as const)
    expect(findNaN(inner)!.source).toContain('makeRoot')
    expect(findNaN(outer)!.source).toContain('makeRoot')
    expect(() => trackSources(3 as never)).toThrow('trackSources: got the number 3; wanted a function')
  })

  it('leaves the depth of stacks as it was', () => {
    const before = Error.stackTraceLimit
    trackSources(() => value(1).add(1))
    expect(Error.stackTraceLimit).toBe(before)
  })
})
