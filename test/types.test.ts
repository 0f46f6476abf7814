import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  add,
  dot,
  exp,
  type Operand,
  primitive,
  sum,
  type Unary,
  type Value,
  value,
  where,
} from '../src/index.js'

describe('types', () => {
  it('numbers give a number, any Value gives a Value', () => {
    const x = value(1)
    expectTypeOf(exp(1)).toEqualTypeOf<number>()
    expectTypeOf(exp(x)).toEqualTypeOf<Value>()
    expectTypeOf(exp(x as Operand)).toEqualTypeOf<Operand>()
    expectTypeOf(add(1, x)).toEqualTypeOf<Value>()
    expectTypeOf(add(1, 2)).toEqualTypeOf<number>()
    expectTypeOf(where(1, 2, x)).toEqualTypeOf<Value>()
    expectTypeOf(sum([x, x])).toEqualTypeOf<Value>()
    expectTypeOf(dot([1, 2], [x, x])).toEqualTypeOf<Value>()
    expect([exp(0), add(1, 2), add(1, x).data]).toEqual([1, 3, 2])
  })

  it('every primitive of fixed arity is a method, and so are the plain functions of fixed arity', () => {
    const x = value(1)
    expectTypeOf(x.mul(2).sigmoid().atan2(x).where(1, x).clamp(0, 1)).toEqualTypeOf<Value>()
    expectTypeOf(x.square().leakyRelu().leakyRelu(0.1).logaddexp(2)).toEqualTypeOf<Value>()
    const refused = (): unknown => [
      // @ts-expect-error a list of operands has no method
      x.sum,
      // @ts-expect-error mul wants an operand
      x.mul(),
      // @ts-expect-error an operand is a Value or a number
      x.mul('2'),
    ]
    expect(refused).toThrow('mul')
  })

  it('a rule is checked: one partial per operand', () => {
    const cube: Unary = primitive('cube', {
      evaluate: x => x ** 3,
      partials: [(_out, x) => exp(x)],
    })
    expectTypeOf(cube(value(1))).toEqualTypeOf<Value>()
    expect(cube(2)).toBe(8)
    // @ts-expect-error two partials for one operand
    const two: Unary = primitive('cube', { evaluate: (x: number) => x ** 3, partials: [1, 2] })
    expectTypeOf(two).toBeFunction()
  })
})
