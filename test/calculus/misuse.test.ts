/** What would be silent nonsense, or a bare message of the engine: an error that says what to do, or a rule that holds. */
import { describe, expect, it } from 'vitest'
import {
  add,
  constant,
  exp,
  flatten,
  grad,
  hessian,
  jacobian,
  mul,
  prod,
  sin,
  sum,
  Value,
  value,
} from '../../src/index.js'

const untyped = (x: unknown): never => x as never

describe('backward() after new data', () => {
  it('is the derivative at the new point after forward(), and takes the data that nodes hold without it', () => {
    const x = value(0)
    const y = mul(sin(x), exp(x))
    x.data = 1
    y.backward()
    // cos(1), of the new number, times e^0, of the recording; sin(0) times e^0 for the other factor
    expect(x.grad).toBe(Math.cos(1))
    x.grad = 0
    y.forward()
    y.backward()
    expect(x.grad).toBeCloseTo(3.756049227094728, 14)
  })
})

describe('data that is no number', () => {
  it('is refused by forward(), by name', () => {
    const w = value(1, 'w')
    const y = w.add(1).mul(2)
    w.data = untyped('3')
    expect(() => y.forward()).toThrow(
      new TypeError(
        `forward: the data of 'w' is the string "3"; set a number, such as Number(text) or the valueAsNumber of an input element`,
      ),
    )
    w.data = 3
    expect(y.forward()).toBe(8)
  })

  it('is refused where it would be joined as text', () => {
    const w = value(1, 'w')
    w.data = untyped('3')
    expect(() => w.add(1)).toThrow(
      `add: the result is the string "31"; wanted a number; the data of 'w' is the string "3"`,
    )
    expect(() => sum([1, w])).toThrow(`the data of 'w' is the string "3"`)
    // What makes a number of it is right.
    expect(w.mul(2).data).toBe(6)
  })

  it('new Value() says how leaves are made', () => {
    expect(() => new (Value as never as new () => Value)()).toThrow(
      "new Value: the data is undefined; wanted a number. Leaves are made by value(0.5, 'w')",
    )
  })
})

describe('a function of Values that computes with their data', () => {
  const message = 'a number that changes with its arguments'

  it('is refused: its derivative would be 0', () => {
    expect(() => grad(x => x.data * 2)(3)).toThrow(`grad: the function returned 6, ${message}`)
    expect(() => grad(x => x.data ** 2)(0)).toThrow(message)
    expect(() => grad((xs: Value[]) => xs.reduce((total, x) => total + x.data, 0))([1, 2])).toThrow(message)
    expect(() => hessian(x => Math.sin(x.data))(3)).toThrow(message)
    expect(() => jacobian((xs: Value[]) => xs.map(x => x.data * 2))([1, 2])).toThrow(message)
  })

  it('a constant and a step are none', () => {
    expect(grad(() => 3)(2)).toBe(0)
    expect(grad(x => (x.data > 0 ? 1 : 0))(0)).toBe(0)
    expect(grad(x => (x.data > 0 ? x : 0))(-1)).toBe(0)
    expect(grad((xs: Value[]) => prod(xs))([])).toEqual([])
    expect(grad(() => constant(3))(2)).toBe(0)
    expect(grad(() => NaN)(2)).toBe(0)
    expect(jacobian((x: Value) => [x, 1])(2)).toEqual([1, 0])
  })
})

describe('methods of a Value called on a list of them', () => {
  it('are refused in words, with the cause', () => {
    expect(() => grad((xs: never) => (xs as Value).mul(2))([1, 2] as never)).toThrow(
      /^grad: .*mul is not a function.* Argument 1 is an array of Values, which has no methods of a Value: take its elements, as in \(\[x, y\]\) => x\.mul\(y\)/,
    )
    expect(() => grad((o: never) => (o as Value).mul(2))({ w: 1 } as never)).toThrow(
      /as in \(\{ w, b \}\) => w\.add\(b\)/,
    )
  })

  it('other errors of the function are its own', () => {
    const error = new TypeError('something else')
    expect(() =>
      grad((xs: Value[]) => {
        if (xs.length > 0) throw error
        return add(1, 2)
      })([1]),
    ).toThrow(error)
  })
})

describe('a tree too deep', () => {
  it('is refused by name, and one of a thousand levels is none', () => {
    const nested = (depth: number): never => {
      let tree: unknown = 1
      for (let i = 0; i < depth; i++) tree = [tree]
      return tree as never
    }
    expect(() => grad(() => constant(1))(nested(100_000))).toThrow(
      'grad: the argument is nested more than 1000 levels deep; wanted parameters in fewer levels',
    )
    expect(flatten(nested(1000)).leaves).toEqual([1])
  })
})
