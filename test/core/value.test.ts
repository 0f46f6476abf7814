import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { zeroGrad } from '../../src/core/backward.js'
import { column, constant, Value, value } from '../../src/core/value.js'

describe('leaves', () => {
  it('hold a number, a gradient of 0 and perhaps a label', () => {
    const w = value(0.15, 'w1')
    expect([w.data, w.grad, w.label, w.primitive, w.inputs, w.kind]).toEqual([
      0.15,
      0,
      'w1',
      null,
      [],
      'value',
    ])
    expect(value(2).label).toBeUndefined()
    for (const odd of [Number.NaN, -0, Number.POSITIVE_INFINITY]) expect(value(odd).data).toBe(odd)
  })

  it('a column is NaN until it is fed, then evaluated row by row', () => {
    const dosage = column('dosage')
    expect([dosage.data, dosage.label, dosage.kind]).toEqual([Number.NaN, 'dosage', 'column'])
    const y = dosage.mul(2)
    expect(y.data).toBeNaN()
    dosage.data = 4
    expect(y.forward()).toBe(8)
    y.backward()
    expect(dosage.grad).toBe(2)
  })

  it('a constant gets no gradient', () => {
    const [c, x] = [constant(3), value(2)]
    const y = x.mul(c)
    y.backward()
    expect([x.grad, c.grad, c.kind]).toEqual([3, 0, 'constant'])
    c.backward()
    expect(c.grad).toBe(0)
  })
})

describe('results', () => {
  it('know their primitive and their operands, Values and numbers as given', () => {
    const [x, y] = [value(2), value(3)]
    const sum = x.add(1)
    expect(sum.inputs).toEqual([x, 1])
    expect(sum.inputs[0]).toBe(x)
    expect(sum.primitive?.name).toBe('add')
    expect(sum.kind).toBe('result')
    expect(x.neg().inputs).toEqual([x])
    expect(x.clamp(y, 5).inputs).toEqual([x, y, 5])
  })

  it('take a label by as(), which returns the node itself', () => {
    const y = value(2).mul(3)
    expect(y.as('net')).toBe(y)
    expect(y.label).toBe('net')
  })

  it('keep the list they were made of when the caller changes the array', async () => {
    const { sum } = await import('../../src/core/primitives.js')
    const xs = [value(1), value(2)]
    const total = sum(xs)
    xs.push(value(3))
    xs[0] = value(100)
    expect(total.inputs).toHaveLength(2)
    expect(total.forward()).toBe(3)
  })
})

it('zeroGrad clears the given leaves and no others, from any iterable', () => {
  const [x, y, z] = [value(1), value(2), value(3)]
  x.mul(y).mul(z).backward()
  zeroGrad(new Set([x, y]))
  expect([x.grad, y.grad, z.grad]).toEqual([0, 0, 2])
})

it('shows its numbers, not the graph, in console.log', () => {
  const x = value(2, 'x')
  const y = x.mul(3)
  y.backward()
  expect(inspect(x)).toBe('Value(x: data 2, grad 3)')
  expect(inspect(y)).toBe('Value(mul: data 6, grad 1)')
  expect(inspect(value(1))).toBe('Value(data 1, grad 0)')
})

it('reads as text in a template', () => {
  expect(`${value(2, 'x').add(1)}`).toBe('x + 1')
  expect(value(2)).toBeInstanceOf(Value)
})

it('is written as its numbers by JSON.stringify, not as the graph, which may share without end', () => {
  let y = value(1, 'x').square()
  for (let i = 0; i < 100; i++) y = y.square()
  expect(JSON.stringify({ y })).toBe('{"y":{"data":1,"grad":0}}')
})
