import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  add,
  checkGradients,
  constant,
  div,
  exp,
  floor,
  GradientCheckError,
  grad,
  gradient,
  hessian,
  jvp,
  log1p,
  mul,
  neg,
  type Operand,
  sigmoid,
  stopGradient,
  tangent,
  type Value,
  value,
  withDerivative,
} from '../../src/index.js'

/** log(1 + e^x) as people write it: its own derivative e^x / (1 + e^x) is NaN at 800, sigmoid(x) is not. */
const naive = (x: Operand): Operand => log1p(exp(x))
const softplus = withDerivative(naive, [(_out, x) => sigmoid(x)])

/** x / (1 + |y|), with partials that use all their names: the result, the operands. */
const ratio = withDerivative((x, y) => div(x, exp(y)), [(_out, _x, y) => exp(neg(y)), out => neg(out)])

describe('withDerivative', () => {
  it('keeps the value and takes the derivative given, in both modes and at every order', () => {
    const x = value(800)
    expect(gradient(naive(value(700)) as Value, [x])[0]!.data).toBe(0)
    expect(gradient(naive(x) as Value, [x])[0]!.data).toBeNaN()
    const y = softplus(x)
    expect(y.data).toBe(Number.POSITIVE_INFINITY)
    expect(gradient(y, [x])[0]!.data).toBe(1)
    expect(tangent(y, [x], [1]).data).toBe(1)
    y.backward()
    expect(x.grad).toBe(1)
    expect(hessian(softplus)(0)).toBe(0.25)
    expect(Math.abs(grad(grad(grad(softplus)))(0))).toBe(0)
    // sigmoid'''(0) = -1/8
    expect(grad(grad(grad(grad(softplus))))(0)).toBe(-1 / 8)
  })

  it('takes two and three operands, numbers and Values', () => {
    expectTypeOf(ratio(6, 0)).toEqualTypeOf<number>()
    expectTypeOf(ratio(value(6), 0)).toEqualTypeOf<Value>()
    expect(ratio(6, 0)).toBe(6)
    expect(ratio(value(6), 0).data).toBe(6)
    expect(grad(({ x, y }: { x: Value; y: Value }) => ratio(x, y))({ x: 6, y: 0 })).toEqual({ x: 1, y: -6 })
    const fused = withDerivative((x, y, z) => add(mul(x, y), z), ['y', 'x', 1])
    expect(hessian(([x, y, z]: Value[]) => fused(x!, y!, z!))([2, 3, 5])).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ])
    expect(fused(2, 3, 5)).toBe(11)
  })

  it('is evaluated again by forward(), through the steps of the function', () => {
    const x = value(0)
    const y = softplus(x)
    const dy = tangent(y, [x], [1])
    x.data = 2
    expect([y.forward(), dy.forward()]).toEqual([naive(2), sigmoid(2)])
  })

  it('gives a constant function a slope, and an operand that is dropped none', () => {
    const round = withDerivative(x => floor(add(x, 0.5)), [1])
    expect([round(2.4), grad(x => round(x).square())(2.4)]).toEqual([2, 4])
    expect(jvp(x => round(x), [2.4], [3])).toEqual({ value: 2, tangent: 3 })
    const blind = withDerivative(() => 1, [0])
    expect(grad(x => blind(x))(3)).toBe(0)
    const one = withDerivative(() => 1, [5])
    expect(grad(x => one(x))(3)).toBe(5)
  })

  it('prints by the name of the function', () => {
    expect(String(softplus(value(1, 'x')))).toBe('naive(x, log1p(exp(x)))')
  })

  it('is checked like any other function, and a wrong rule is caught at the order where it is wrong', () => {
    expect(checkGradients(softplus, 0.7, { order: 2 }).correct).toBe(true)
    expect(checkGradients(ratio, [3, 0.4], { order: 2 }).correct).toBe(true)
    const wrong = withDerivative(naive, [(_out, x) => mul(1.01, sigmoid(x))])
    expect(() => checkGradients(wrong, 0.7)).toThrow(GradientCheckError)
    const frozen = withDerivative(naive, [(_out, x) => sigmoid(typeof x === 'number' ? x : x.data)])
    expect(checkGradients(frozen, 0.7).correct).toBe(true)
    expect(() => checkGradients(frozen, 0.7, { order: 2 })).toThrow(GradientCheckError)
    const straightThrough = withDerivative(x => floor(x), [1])
    expect(() => checkGradients(straightThrough, 0.7)).toThrow(/reverse mode gives 1, differences give 0/)
  })

  it('refuses to lose the dependence on a Value that is no operand', () => {
    const w = value(2, 'w')
    const scaled = withDerivative(x => mul(w, x), [2])
    expect(() => scaled(value(3))).toThrow(
      "withDerivative: the function depends on the Value 'w', which is not among its operands",
    )
    // A number is an operand like any other; so is what depends on the variable of an enclosing call.
    expect(() => scaled(3)).toThrow('the function depends on the Value')
    expect(() => grad(a => withDerivative(x => mul(a, x), [1])(3))(2)).toThrow(
      'the function depends on a Value',
    )
    const held = withDerivative(x => mul(stopGradient(w), add(x, mul(constant(2), floor(w)))), [2])
    expect(held(value(3)).data).toBe(14)
    expect(grad(held)(3)).toBe(2)
  })

  it('refuses a rule that is none', () => {
    expect(() => withDerivative(naive, ['slope'] as never)).toThrow(
      "primitive 'naive': a partial is the string",
    )
    expect(() => withDerivative(3 as never, [1])).toThrow(
      'withDerivative: got the number 3; wanted a function',
    )
    expect(() => withDerivative(naive, 1 as never)).toThrow('withDerivative: the partials are the number 1')
  })
})
