import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { clamp, div, dot, logsumexp, mul, pow, sub, sum, where } from '../../src/core/primitives.js'
import { column, constant, type Value, value } from '../../src/core/value.js'
import { ulps } from '../support/ulp.js'

const [x, y, z] = [value(2, 'x'), value(3, 'y'), value(5, 'z')]
const print = (output: unknown) => String(output)

describe('precedence', () => {
  it.each([
    ['x + y + z', x.add(y).add(z)],
    ['x + (y + z)', x.add(y.add(z))],
    ['x - y - z', x.sub(y).sub(z)],
    ['x - (y - z)', x.sub(y.sub(z))],
    ['x - (y + z)', x.sub(y.add(z))],
    ['x * y + z', x.mul(y).add(z)],
    ['x * (y + z)', x.mul(y.add(z))],
    ['(x + y) * z', x.add(y).mul(z)],
    ['x / y / z', x.div(y).div(z)],
    ['x / (y / z)', x.div(y.div(z))],
    ['x / (y * z)', x.div(y.mul(z))],
    ['x * y / z', x.mul(y).div(z)],
    ['x * (y / z)', x.mul(y.div(z))],
  ])('%s', (text, output) => expect(print(output)).toBe(text))
})

describe('powers and the unary minus follow Python', () => {
  it.each([
    ['x ** y ** z', x.pow(y.pow(z))],
    ['(x ** y) ** z', x.pow(y).pow(z)],
    ['-x ** 2', x.pow(2).neg()],
    ['(-x) ** 2', x.neg().pow(2)],
    ['x ** -y', x.pow(y.neg())],
    ['x ** -2', x.pow(-2)],
    ['2 ** x', pow(2, x)],
    ['(-2) ** x', pow(-2, x)],
    ['--x', x.neg().neg()],
    ['-(x + y)', x.add(y).neg()],
    ['-x * y', x.neg().mul(y)],
    ['x * -y', x.mul(y.neg())],
    ['-(x * y)', x.mul(y).neg()],
    ['x - -y', x.sub(y.neg())],
    ['-x - y', x.neg().sub(y)],
    ['(x + y) ** (y + z)', x.add(y).pow(y.add(z))],
    ['(x * y) ** 2', x.mul(y).pow(2)],
    ['x ** (y * z)', x.pow(y.mul(z))],
    ['sin(x) ** 2', x.sin().pow(2)],
  ])('%s', (text, output) => expect(print(output)).toBe(text))
})

it('means what JavaScript means, evaluated', () => {
  // Its ** may differ from ours in the last place.
  // Every printed formula, read by JavaScript, has the value of the node .
  const operands = [x, y, z, -2, 3]
  const binary = [sub, div, mul, pow]
  let count = 0
  for (const outer of binary)
    for (const inner of binary)
      for (const a of operands)
        for (const b of operands) {
          for (const output of [outer(inner(x, a), b), outer(a, inner(b, y))]) {
            const text = print(output)
            const read = new Function('x', 'y', 'z', `return ${text}`)
            expect(ulps(read(2, 3, 5), (output as Value).data), text).toBeLessThanOrEqual(2)
            count++
          }
        }
  expect(count).toBe(800)
})

describe('calls', () => {
  it('prints what has no sign of its own by name, with all operands', () => {
    expect(print(clamp(x, 0, y.add(1)))).toBe('clamp(x, 0, y + 1)')
    expect(print(where(x.gt(0), x, y))).toBe('where(x > 0, x, y)')
    expect(print(sum([x, 1, y]))).toBe('sum(x, 1, y)')
    expect(print(dot([x, y], [1, 2]))).toBe('dot(x, y, 1, 2)')
    expect(print(logsumexp([x]))).toBe('logsumexp(x)')
    expect(print(x.exp().log())).toBe('log(exp(x))')
  })
})

describe('numbers', () => {
  it.each([
    0.1,
    1e300,
    -1e-300,
    5e-324,
    1 / 3,
    123456789012345680000,
    1e21,
    -0,
    0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ])('%d reads back to the same double', number => {
    const text = print(x.add(number))
    expect(text.startsWith('x + ')).toBe(true)
    expect(Number(text.slice(4))).toBe(number)
  })

  it('prints constants as their numbers, negative ones in brackets where a sign would bind wrongly', () => {
    expect(print(constant(-2).pow(x))).toBe('(-2) ** x')
    expect(print(x.mul(constant(3)))).toBe('x * 3')
    expect(print(x.add(constant(-0)))).toBe('x + -0')
    expect(print(constant(7))).toBe('7')
    expect(print(constant(-0))).toBe('-0')
  })
})

describe('names', () => {
  it('quotes a label that is not an identifier, or that reads as a number', () => {
    const labels = [
      'layer1/w3',
      'a b',
      '',
      '2x',
      'pi',
      'e',
      'NaN',
      'Infinity',
      'x-y',
      'a`b',
      'a\\b',
      'two\nlines',
    ]
    const printed = labels.map(label => print(value(1, label).neg()))
    expect(printed).toEqual([
      '-`layer1/w3`',
      '-`a b`',
      '-``',
      '-`2x`',
      '-`pi`',
      '-`e`',
      '-`NaN`',
      '-`Infinity`',
      '-`x-y`',
      '-`a\\`b`',
      '-`a\\\\b`',
      '-`two\\nlines`',
    ])
    for (const plain of ['w1', '_x', 'β', 'größe', 'x_1'])
      expect(print(value(1, plain).neg())).toBe(`-${plain}`)
  })

  it('gives a name to one node only', () => {
    expect(print(value(1, 'w').add(value(2, 'w')).add(value(3, 'w')))).toBe('w + w_2 + w_3')
    expect(print(value(1, 'w').add(value(2, 'w')).add(value(3, 'w_2')))).toBe('w + w_3 + w_2')
  })

  it('stays linear where very many leaves carry the same label', () => {
    const text = print(sum(Array.from({ length: 100_000 }, () => value(1, 'w'))))
    expect(text.startsWith('sum(w, w_2, w_3, ')).toBe(true)
    expect(text.endsWith(', w_99999, w_100000)')).toBe(true)
  })

  it('calls unlabelled leaves x1, x2, … and never takes a label for it', () => {
    const unnamed = value(1)
    expect(print(unnamed.add(value(2)).mul(unnamed))).toBe('(x1 + x2) * x1')
    expect(print(value(1).add(value(2, 'x1')).add(value(3)))).toBe('x2 + x1 + x3')
    expect(
      print(
        value(1)
          .sub(value(2).mul(value(3)))
          .sub(value(4)),
      ),
    ).toBe('x1 - x2 * x3 - x4')
    expect(print(value(1))).toBe('x1')
    expect(print(column('dosage').mul(2))).toBe('dosage * 2')
  })

  it('prints a shared node and a labelled node once, as a line before its users', () => {
    const h = x.mul(y)
    expect(print(h.add(h.sin()))).toBe('t1 = x * y\nt1 + sin(t1)')
    const net = x.mul(y).as('net')
    expect(print(net.sigmoid())).toBe('net = x * y\nsigmoid(net)')
    const a = x.add(1)
    const b = a.mul(a)
    expect(print(b.sub(b.exp()))).toBe('t1 = x + 1\nt2 = t1 * t1\nt2 - exp(t2)')
    // A name that a label has taken is left out of the automatic ones.
    const t1 = value(4, 't1')
    const shared = t1.mul(2)
    expect(print(shared.add(shared.sin()))).toBe('t2 = t1 * 2\nt2 + sin(t2)')
  })

  it('prints the output with its label, if it has one', () => {
    expect(print(x.add(y).as('loss'))).toBe('loss = x + y')
    expect(print(x)).toBe('x')
  })
})
