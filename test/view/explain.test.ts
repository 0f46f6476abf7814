import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { topologicalOrder } from '../../src/core/order.js'
import { max, mul, pow, sub, sum, where } from '../../src/core/primitives.js'
import { column, constant, type Value, value } from '../../src/core/value.js'
import { explain } from '../../src/view/explain.js'
import { localPartials } from '../../src/view/partials.js'
import { plainLabel, type RandomGraph, randomGraph } from '../support/graphs.js'
import { backwardGradient } from '../support/rows.js'
import { same, ulp } from '../support/ulp.js'

const runs = { seed: 20261122, numRuns: 1000 }

describe('one path', () => {
  const w = value(0.5, 'w')
  const net = w.mul(3).as('net')
  const E = net.sigmoid().as('E')

  it('is multiplied from the output to the leaf, and ends with the update', () => {
    expect(String(explain(E, w, { rate: 0.1 }))).toBe(`dE/dw = dE/dnet * dnet/dw

E   = sigmoid(net)   dE/dnet = E * (1 - E) = 0.149146452
net = w * 3          dnet/dw = 3

dE/dw = 0.149146452 * 3 = 0.447439356
w+ = w - 0.1 * dE/dw = 0.5 - 0.1 * 0.447439356 = 0.455256064`)
  })

  it('is plain data', () => {
    const { toString: _, ...data } = explain(E, w, { rate: 0.1, digits: 3 })
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      output: 'E',
      leaf: 'w',
      derivative: w.data && backwardGradient(E, [w])[0],
      paths: 1,
      unbound: [],
      digits: 3,
      update: { rate: 0.1, before: 0.5, after: 0.5 - 0.1 * backwardGradient(E, [w])[0]! },
      factors: [
        {
          of: 'E',
          by: 'net',
          value: backwardGradient(E, [net])[0] && net.grad,
          direct: false,
          definition: { operation: 'sigmoid', operands: ['net'] },
          formula: {
            operation: 'mul',
            notation: { symbol: '*', precedence: 2 },
            operands: [
              'E',
              { operation: 'sub', notation: { symbol: '-', precedence: 1 }, operands: [1, 'E'] },
            ],
          },
          paths: 1,
          terms: [],
          collapsed: 1,
        },
        {
          of: 'net',
          by: 'w',
          value: 3,
          direct: false,
          definition: { operation: 'mul', notation: { symbol: '*', precedence: 2 }, operands: ['w', 3] },
          formula: 3,
          paths: 1,
          terms: [],
          collapsed: 1,
        },
      ],
    })
  })

  it('uses the present data and leaves every grad as it is', () => {
    const x = value(2, 'x')
    const y = x.square().as('y')
    y.backward()
    x.data = 5
    y.forward()
    expect(explain(y, x).derivative).toBe(10)
    expect(x.grad).toBe(4)
  })
})

describe('several paths', () => {
  it('are added up where they meet again, and multiplied on from there', () => {
    const x = value(2, 'x')
    const h = x.mul(3).as('h')
    const a = h.mul(5).as('a')
    const b = h.mul(-7).as('b')
    const { factors, derivative, paths } = explain(a.add(b).as('y'), x)
    expect([derivative, paths]).toEqual([-6, 2])
    expect(factors.map(({ of, by, value }) => [of, by, value])).toEqual([
      ['y', 'h', -2],
      ['h', 'x', 3],
    ])
    expect(factors[0]!.terms.map(({ value }) => value)).toEqual([5, -7])
    expect(String(explain(a.add(b).as('y'), x))).toContain('dy/dh = dy/da * da/dh\n      + dy/db * db/dh\n')
  })

  it('are counted and left out beyond the cap, which changes no number', () => {
    const { x, y } = ladder(10)
    const short = explain(y, x, { paths: 2 })
    const long = explain(y, x, { paths: 1e6 })
    expect([short.derivative, short.paths]).toEqual([long.derivative, 2 ** 10])
    expect(short.factors[0]!.terms).toHaveLength(2)
    expect(short.factors[0]!.value).toBe(long.factors[0]!.value)
    expect(long.factors[0]!.terms).toHaveLength(2 ** 10)
    expect(String(short)).toContain('… (1,022 more paths)')
  })

  it('may be more than can be counted', () => {
    const { x, y } = ladder(60)
    expect(String(explain(y, x))).toContain('(about 1.15e+18 more paths)')
    const deep = ladder(20_000)
    expect(String(explain(deep.y, deep.x))).toContain('(more than 1e308 more paths)')
  })

  it('tell the direct derivative from the whole one', () => {
    const k = value(2, 'k')
    const h = k.square().as('h')
    const derivation = explain(h.mul(k).as('out'), k)
    expect(String(derivation)).toBe(`dout/dk = ∂out/∂k
        + dout/dh * dh/dk

out = h * k   ∂out/∂k = h = 4
out = h * k   dout/dh = k = 2
h   = k * k   dh/dk   = 2 * k = 4

dout/dk = 4
        + 2 * 4
        = 4 + 8
        = 12`)
    expect(derivation.toMarkdown()).toContain('| `out = h * k` | `∂out/∂k` | `h` | 4 |')
    const latex = derivation.toLatex()
    expect(latex).toContain(
      String.raw`\frac{\mathrm{d} \mathrm{out}}{\mathrm{d} k} &= \frac{\partial \mathrm{out}}{\partial k}`,
    )
    expect(latex).toContain(String.raw`\frac{\partial \mathrm{out}}{\partial k} &= h = 4`)
    const fraction = (sign: string): string =>
      `<mfrac><mrow><mo>${sign}</mo><mi>out</mi></mrow><mrow><mo>${sign}</mo><mi>k</mi></mrow></mfrac>`
    const mathml = derivation.toMathML()
    expect(mathml.split(fraction('d'))).toHaveLength(3)
    expect(mathml.split(fraction('∂'))).toHaveLength(3)
  })

  it('are whole where a factor has no other way, also with a direct one beside it', () => {
    const x = value(3, 'x')
    const b = x.mul(2).as('b')
    const { factors } = explain(b.sin().as('a').mul(b).as('y'), x)
    const named = factors.flatMap(({ terms }) =>
      terms.map(term => term.factors.map(f => [f.of, f.by, f.direct])),
    )
    expect(named).toContainEqual([['y', 'b', true]])
    expect(named).toContainEqual([
      ['y', 'a', false],
      ['a', 'b', false],
    ])
    expect(factors.map(({ of, by, direct }) => [of, by, direct])).toEqual([
      ['y', 'b', false],
      ['b', 'x', false],
    ])
  })

  it('of one stretch are one formula, like terms added', () => {
    const x = value(3, 'x')
    const formula = (y: Value): string => String(explain(y.as('y'), x)).split('dy/dx = ')[1]!
    const constants = { a: constant(2).as('a') }
    expect(formula(x.mul(x))).toBe('2 * x = 6')
    expect(formula(pow(sub(constants.a, x), 2).mul(0.5))).toBe('-(a - x) = 1')
    expect(formula(x.mul(constants.a).neg())).toBe('-a = -2')
    expect(formula(x.mul(x).sub(x.mul(constants.a)))).toBe('2 * x - a = 4')
    expect(formula(x.sub(x))).toBe('0')
    expect(formula(x.tanh().mul(2))).toBe('2 * (1 - tanh(x) ** 2) = 0.0197320743')
    expect(formula(x.div(constants.a))).toBe('1 / a = 0.5')
    expect(formula(x.pow(3))).toBe('3 * x ** 2 = 27')
    expect(formula(sum([x, x, mul(x, 2)]))).toBe('4')
  })
})

/** Both of two nodes use both of the last two. */
function ladder(levels: number): { x: Value; y: Value } {
  const x = value(0.9, 'x')
  let [a, b] = [x, x]
  for (let i = 0; i < levels; i++) {
    ;[a, b] = [a.add(b.mul(0.001)).as(`a${i}`), b.sub(a.mul(0.001)).as(`b${i}`)]
  }
  return { x, y: a.mul(b).as('y') }
}

describe('selections', () => {
  it('that take another operand are the factor 0', () => {
    const x = value(-1, 'x')
    const text = String(explain(x.relu().as('h').mul(3).as('y'), x))
    expect(text).toContain('h = relu(x)   dh/dx = 0\n')
    expect(text).toContain('dy/dx = 3 * 0 = 0')
  })

  it('give exactly 0 even where the slope below is infinite', () => {
    const x = value(0, 'x')
    const root = x.sqrt().as('root')
    const y = where(x.gt(0), root, 0).as('y')
    const { derivative, factors } = explain(y, x)
    expect(derivative).toBe(0)
    expect(factors.map(({ value }) => value)).toEqual([0, Number.POSITIVE_INFINITY])
    const both = explain(y.add(max(root.sub(1), x).as('m')).as('z'), x)
    expect(both.derivative).toBe(1)
    expect(both.factors.flatMap(({ terms }) => terms.map(({ value }) => value))).toEqual([0, 1, 0])
  })
})

describe('names', () => {
  it('are those of the printed formula: labels used twice, nodes without one', () => {
    const w = value(1, 'w')
    const t = w.mul(2)
    const y = t.sin().as('w').add(t.cos().as('two words'))
    expect(String(y)).toContain('t1 = w_2 * 2')
    const text = String(explain(y, w))
    expect(text).toContain('doutput/dt1 = doutput/dw * dw/dt1\n')
    expect(text).toMatch(/dt1\/dw_2 + = 2/)
    expect(text).toMatch(/d`two words`\/dt1 += -sin\(t1\)/)
  })

  it('are made up for an output and a leaf without one', () => {
    expect(String(explain(value(2).mul(3), value(1)))).toBe('doutput/dx1 = 0 (output does not depend on x1)')
    const x = value(2)
    expect(String(explain(x.mul(3), x))).toContain('doutput/dx1 = 3')
    expect(String(explain(x, x))).toBe('dx1/dx1 = 1')
  })
})

describe('long derivations are short', () => {
  it('a long chain is collapsed in its middle', () => {
    const x = value(1, 'x')
    let y: Value = x
    for (let i = 0; i < 100; i++) y = y.mul(i % 2 === 0 ? 2 : 0.5).as(`y${i}`)
    const { factors, derivative } = explain(y, x, { factors: 5 })
    expect(derivative).toBe(1)
    expect(factors.map(({ of, by, collapsed }) => [of, by, collapsed])).toEqual([
      ['y99', 'y98', 1],
      ['y98', 'y97', 1],
      ['y97', 'y1', 96],
      ['y1', 'y0', 1],
      ['y0', 'x', 1],
    ])
    expect(String(explain(y, x, { factors: 5 }))).toContain('dy97/dy1  = 1 (96 factors in one)')
  })

  it('a formula that would be long is left out', () => {
    const x = value(0.5, 'x')
    let y: Value = x
    for (let i = 0; i < 100; i++) y = y.sin()
    const { factors } = explain(y.as('y'), x)
    expect(factors).toHaveLength(1)
    expect(factors[0]!.formula).toBeUndefined()
    expect(factors[0]!.definition).toBeUndefined()
    expect(String(explain(y, x))).toMatch(/^dy\/dx = 0\.\d+$/)
  })

  it('a million nodes, labelled or not', () => {
    const N = 1_000_000
    const x = value(1, 'x')
    let plain: Value = x
    for (let i = 0; i < N; i++) plain = plain.add(1)
    expect(String(explain(plain, x))).toBe('doutput/dx = 1')
    let labelled: Value = x
    for (let i = 0; i < N / 2; i++) labelled = labelled.add(1).add(1).as('y')
    const { derivative, factors } = explain(labelled, x)
    expect([derivative, factors.length]).toEqual([1, 12])
    expect(factors.reduce((count, { collapsed }) => count + collapsed, 0)).toBe(N / 2)
    const wide = sum(Array.from({ length: 200_000 }, (_, i) => x.mul(i % 2).as('part')))
    expect(explain(wide, x)).toMatchObject({ derivative: 100_000, paths: 200_000 })
  }, 120_000)
})

describe('random labelled graphs', () => {
  const graphs = randomGraph(10, plainLabel)

  it('have the derivative of backward(), bit for bit', () => {
    fc.assert(
      fc.property(graphs, ({ leaves, output }) => {
        const expected = backwardGradient(output, leaves)
        for (const [i, leaf] of leaves.entries()) {
          const { derivative } = explain(output, leaf)
          if (output !== leaf) expect(same(derivative, expected[i]!), String(output)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('have factors whose product is the derivative, and terms whose sum is the factor', () => {
    let compared = 0
    fc.assert(
      fc.property(graphs, ({ leaves, output }) => {
        for (const leaf of leaves) {
          const { derivative, factors, paths } = explain(output, leaf, { paths: 1e6, factors: 100 })
          const size = sumOfMagnitudes({ leaves, output }, leaf)
          if (!(size > 1e-290 && size < 1e290) || !Number.isFinite(derivative)) continue
          if (factors.length === 0) continue
          expect(factors.reduce((product, { paths }) => product * paths, 1)).toBe(paths)
          const product = factors.reduce(
            (product, { terms, value }) =>
              product * (terms.length === 0 ? value : terms.reduce((sum, term) => sum + term.value, 0)),
            1,
          )
          // Eleven products at most on either side, and the tolerance that was asked for.
          const distance = Math.abs(product - derivative) / ulp(size)
          expect(distance, `${product} and ${derivative} in\n${output}`).toBeLessThanOrEqual(4)
          compared++
        }
      }),
      runs,
    )
    expect(compared).toBeGreaterThan(runs.numRuns / 2)
  })

  it('have as many paths as walking them finds', () => {
    fc.assert(
      fc.property(graphs, ({ leaves, output }) => {
        const { factors } = explain(output, leaves[0]!, { paths: 1e6, factors: 100 })
        for (const { paths, terms } of factors) expect(terms.length).toBe(paths === 1 ? 0 : paths)
      }),
      runs,
    )
  })

  /** The sum over all paths of the magnitudes of their terms: what the derivative is rounded against. */
  function sumOfMagnitudes({ output }: RandomGraph, leaf: Value): number {
    const sizes = new Map<Value, number>([[output, 1]])
    for (const node of [...topologicalOrder(output)].reverse()) {
      const size = sizes.get(node)
      if (size === undefined || node === leaf) continue
      const partials = localPartials(node)
      node.inputs.forEach((input, i) => {
        const local = partials[i]
        if (typeof input === 'number' || local === undefined) return
        const more = local.taken ? size * Math.abs(local.partial) : 0
        sizes.set(input, (sizes.get(input) ?? 0) + more)
      })
    }
    return sizes.get(leaf) ?? 0
  }
})

it('a column without data is named where a number depends on it', () => {
  const w = value(2, 'w')
  const t = column('the time')
  const h = w.mul(t).as('h')
  const derivation = explain(h.mul(3).as('y'), w)
  const text = String(derivation)
  expect(text).toMatch(/dh\/dw = `the time` = NaN \(no data for `the time`\)$/m)
  expect(text).toMatch(/dy\/dh = 3$/m)
  expect(derivation.toMarkdown()).toContain('NaN, no data for')
  expect(derivation.toLatex()).toContain('\\text{no data for `the time`}')
  expect(derivation.toMathML()).toContain('no data for `the time`')
  t.data = 5
  h.forward()
  expect(String(explain(h, w))).toMatch(/= 5$/m)
})

describe('what cannot be explained', () => {
  const x = value(1, 'x')
  it.each([
    [() => explain(3 as never, x), 'explain: the output is the number 3; wanted a Value'],
    [() => explain(x, 'x' as never), 'explain: the leaf is the string "x"; wanted a Value'],
    [() => explain(x, x, { rate: '1' as never }), 'explain: the rate is the string "1"; wanted a number'],
    [
      () => explain(x, x, { learningRate: 0.1 } as never),
      "explain: there is no option 'learningRate'; wanted rate, paths, factors, digits",
    ],
    [() => explain(x, x, { paths: 0 }), 'explain: paths is the number 0; wanted a whole number from 1'],
    [
      () => explain(x, x, { factors: 2 }),
      'explain: factors is the number 2; wanted a whole number from 3 to 100',
    ],
    [
      () => explain(x, x, { digits: 18 }),
      'explain: digits is the number 18; wanted a whole number from 1 to 17',
    ],
  ])('is refused: %#', (call, message) => {
    expect(call).toThrow(message)
  })
})
