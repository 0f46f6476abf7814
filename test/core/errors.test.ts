/** Bad input at the boundary: the message says what was got, what was wanted and whose it was; nothing changes. */
import { describe, expect, it, vi } from 'vitest'
import '../../src/index.js'
import { findNaN } from '../../src/calculus/findNaN.js'
import { gradient } from '../../src/calculus/gradient.js'
import { withDerivative } from '../../src/calculus/withDerivative.js'
import { compile } from '../../src/compile/index.js'
import { zeroGrad } from '../../src/core/backward.js'
import { elu, leakyRelu, logaddexp, mean, prod, softmax } from '../../src/core/functions.js'
import { primitive } from '../../src/core/primitive.js'
import * as table from '../../src/core/primitives.js'
import type { Rule } from '../../src/core/rule.js'
import { column, constant, type Operand, Value, value } from '../../src/core/value.js'
import { explain } from '../../src/view/index.js'
import { rows } from '../support/rows.js'

/** What people hand over by mistake, and how a message calls it. */
const mistakes: readonly (readonly [got: unknown, called: string])[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  ['3', 'the string "3"'],
  [3n, 'the bigint 3n'],
  [true, 'the boolean true'],
  [[1, 2], 'an array of 2'],
  [{ data: 3 }, 'an object'],
  [Object.create(null), 'an object'],
  [new Date(0), 'an object of class Date'],
  [() => 3, 'the function (anonymous)'],
  [Math.exp, 'the function exp'],
  [Symbol('x'), 'a symbol'],
]

type Call = (...given: unknown[]) => unknown
const untyped = (f: unknown) => f as Call

/** Runs what must throw a TypeError, and gives its message. */
function messageOf(run: () => unknown, kind: typeof TypeError | typeof RangeError = TypeError): string {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(kind)
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

describe('operands', () => {
  it.each(mistakes)('refuses %s in every row, at every place', (got, called) => {
    for (const row of rows) {
      const call = untyped(row)
      const places = row.arity ?? 3
      for (let bad = 0; bad < places; bad++) {
        for (const other of [1, value(1, 'w')]) {
          const operands = Array.from({ length: places }, (_, i) => (i === bad ? got : other))
          const run = () =>
            row.arity !== undefined
              ? call(...operands)
              : row.length === 1
                ? call(operands)
                : call(operands, [1, 1, 1])
          const message = messageOf(run)
          expect(message).toContain(`${row.name}(`)
          expect(message).toContain(`is ${called}; wanted a Value or a number`)
          expect(message).toContain(places === 1 ? 'the operand is' : `operand ${bad + 1} is`)
          if (places > 1 && other instanceof Value) expect(message).toContain('w')
        }
      }
    }
  })

  it('refuses them as arguments of methods', () => {
    const x = value(2, 'width')
    for (const [got, called] of mistakes) {
      expect(messageOf(() => untyped(x.mul).call(x, got))).toBe(
        `mul(width, ?): operand 2 is ${called}; wanted a Value or a number`,
      )
    }
    expect(messageOf(() => untyped(x.clamp).call(x, 0))).toBe(
      'clamp(width, 0, ?): operand 3 is undefined; wanted a Value or a number',
    )
    expect(messageOf(() => untyped(x.mul).call(x))).toContain('operand 2 is undefined')
  })

  it('shows the call with what is known, shortened where it is long', () => {
    const w = value(1, 'w1')
    expect(messageOf(() => untyped(table.add)(w, 'x'))).toBe(
      'add(w1, ?): operand 2 is the string "x"; wanted a Value or a number',
    )
    expect(messageOf(() => untyped(table.sum)([w, 2.5, value(1), 4, 5, 6, 7, undefined]))).toBe(
      'sum(w1, 2.5, Value, 4, 5, 6, …): operand 8 is undefined; wanted a Value or a number',
    )
    expect(messageOf(() => untyped(table.exp)('1'))).toBe(
      'exp(?): the operand is the string "1"; wanted a Value or a number',
    )
  })

  it('a hole in a list is undefined', () => {
    const holed: Operand[] = [value(1)]
    holed[2] = 5
    expect(messageOf(() => table.sum(holed))).toContain('operand 2 is undefined')
    expect(messageOf(() => untyped(table.sum)(new Array(2)))).toContain('operand 1 is undefined')
  })
})

describe('lists', () => {
  it('wants an array', () => {
    const x = value(1)
    for (const row of rows.filter(row => row.arity === undefined)) {
      for (const got of [undefined, 3, x, 'abc', new Set([1]), { length: 1, 0: 1 }]) {
        const message = messageOf(() => untyped(row)(...Array(row.length).fill(got)))
        expect(message).toContain(`${row.name}: got `)
        expect(message).toContain('; wanted an array of Values or numbers')
      }
    }
    expect(messageOf(() => untyped(table.sum)(1, 2))).toBe(
      'sum: got the number 1; wanted an array of Values or numbers',
    )
    expect(messageOf(() => untyped(table.dot)([1]))).toBe(
      'dot: got undefined; wanted an array of Values or numbers',
    )
  })

  it('wants two of the same length', () => {
    expect(messageOf(() => table.dot([1, 2, 3], [value(1), 2]), RangeError)).toBe(
      'dot: the lists have 3 and 2 elements; wanted two of the same length',
    )
  })
})

describe('a Value used as a number', () => {
  const x = value(3, 'width')
  const loose = x as unknown as number

  it.each<readonly [string, () => unknown]>([
    ['x * 2', () => loose * 2],
    ['2 - x', () => 2 - loose],
    ['-x', () => -loose],
    ['x ** 2', () => loose ** 2],
    ['x > 0', () => loose > 0],
    ['x <= y', () => loose <= (value(4) as unknown as number)],
    ['Math.exp(x)', () => Math.exp(loose)],
    ['Number(x)', () => Number(x)],
  ])('%s is an error that says what to write', (_what, run) => {
    expect(messageOf(run)).toBe(
      "Value 'width' used as a number: use gt, where, or .data (JavaScript operators do not record; write x.mul(2) for x * 2)",
    )
  })

  it('where text may have been meant, says how', () => {
    expect(messageOf(() => loose + 1)).toMatch(
      /'width' used as a number: .*; for its formula as text write String\(x\)$/,
    )
  })

  it('without a label it is just a Value', () => {
    expect(messageOf(() => (value(1) as unknown as number) * 2)).toContain(
      'Value used as a number: use gt, where',
    )
  })

  it('in a template it is its formula', () => {
    expect(`${x}`).toBe('width')
  })
})

describe('leaves', () => {
  it.each(mistakes)('refuse %s as data', (got, called) => {
    expect(messageOf(() => untyped(value)(got))).toBe(`value: the data is ${called}; wanted a number`)
    expect(messageOf(() => untyped(value)(got, 'w1'))).toBe(
      `value: the data of 'w1' is ${called}; wanted a number`,
    )
    expect(messageOf(() => untyped(constant)(got))).toBe(`constant: the data is ${called}; wanted a number`)
  })

  it('a Value is not data either', () => {
    expect(messageOf(() => untyped(value)(value(1)))).toContain(
      'is an object of class Value; wanted a number',
    )
  })

  it('a column wants a label, and so does as()', () => {
    expect(messageOf(() => untyped(column)())).toContain('column: the label is undefined; wanted the name')
    expect(messageOf(() => column(''))).toContain('column: the label is the string ""')
    const x = value(1, 'before')
    expect(messageOf(() => untyped(x.as).call(x, 5))).toBe('as: the label is the number 5; wanted a string')
    expect(x.label).toBe('before')
  })

  it('zeroGrad wants Values', () => {
    expect(messageOf(() => zeroGrad([3 as unknown as Value]))).toBe(
      'zeroGrad: element 1 is the number 3; wanted a Value',
    )
  })
})

describe('backward', () => {
  it('wants a number as its seed and changes nothing else', () => {
    const x = value(2)
    const y = x.mul(3)
    y.backward()
    for (const [got, called] of mistakes) {
      if (got === undefined) continue
      expect(messageOf(() => untyped(y.backward).call(y, got))).toBe(
        `backward: the seed is ${called}; wanted a number`,
      )
    }
    expect([x.grad, y.grad]).toEqual([3, 1])
  })

  it('of a number is no method at all', () => {
    const y = table.mul(2, 3) as unknown as Value
    expect(() => y.backward()).toThrow(TypeError)
  })
})

it('a call that fails records nothing', () => {
  const [x, y] = [value(2), value(3)]
  const z = x.mul(y)
  const before = JSON.stringify([x.data, x.grad, y.data, y.grad, z.data, z.grad, String(z)])
  expect(() => untyped(z.add).call(z, '1')).toThrow()
  expect(() => untyped(table.sum)([z, x, 'y'])).toThrow()
  expect(() => (z as unknown as number) * 2).toThrow()
  expect(JSON.stringify([x.data, x.grad, y.data, y.grad, z.data, z.grad, String(z)])).toBe(before)
  z.backward()
  expect([x.grad, y.grad]).toEqual([3, 2])
})

describe('rules', () => {
  const good = { evaluate: (x: number) => x, partials: [1] }
  const make = (name: unknown, rule: unknown) => () => primitive(name as string, rule as Rule<[number]>)

  it.each<readonly [string, unknown, unknown, string]>([
    [
      'no name',
      undefined,
      good,
      'primitive: the name is undefined; wanted the name by which the operation prints',
    ],
    ['an empty name', '', good, 'primitive: the name is the string ""'],
    [
      'no rule',
      'f',
      undefined,
      "primitive 'f': evaluate is undefined; wanted a function from numbers to a number",
    ],
    [
      'no evaluate',
      'f',
      { ...good, evaluate: 3 },
      "primitive 'f': evaluate is the number 3; wanted a function",
    ],
    [
      'neither partials nor partial',
      'f',
      { ...good, partials: undefined },
      'wanted either partials, one per operand',
    ],
    ['both', 'f', { ...good, partial: () => 1 }, 'wanted either partials, one per operand'],
    [
      'empty partials',
      'f',
      { ...good, partials: [] },
      "primitive 'f': partials is empty; wanted one per operand",
    ],
    [
      'partial no function',
      'f',
      { evaluate: good.evaluate, partial: 1 },
      'partial is the number 1; wanted a function of (i, out, operands)',
    ],
    [
      'a partial no rule',
      'f',
      { ...good, partials: ['z'] },
      'a partial is the string "z"; wanted a function of (out, ...operands), a number,',
    ],
    ['a partial y of one operand', 'f', { ...good, partials: ['y'] }, 'a partial is the string "y"'],
    ['a partial missing', 'f', { ...good, partials: [undefined] }, 'a partial is undefined'],
    [
      'more operands than partials',
      'f',
      { ...good, evaluate: (x: number, y: number) => x + y, partials: [1] },
      "primitive 'f': evaluate takes 2 operands and there are 1 partials; wanted one each",
    ],
    [
      'taken too short',
      'f',
      { ...good, partials: [1, 1], taken: [1] },
      "primitive 'f': taken has 1 entries; wanted one per operand",
    ],
  ])('refuses %s', (_what, name, rule, message) => {
    expect(messageOf(make(name, rule))).toContain(message)
  })

  it('accepts every form of a partial', () => {
    for (const partial of [0, 1, -2.5, 'x', 'out', () => 1]) {
      expect(make('f', { ...good, partials: [partial] })).not.toThrow()
    }
  })
})

describe('labels and lists of leaves', () => {
  it('value wants a string as its label', () => {
    expect(() => value(1, 42 as unknown as string)).toThrow(
      'value: the label is the number 42; wanted a string',
    )
  })

  it('zeroGrad changes nothing if one element is wrong, and wants an iterable', () => {
    const x = value(1)
    x.grad = 5
    expect(() => zeroGrad([x, undefined as unknown as Value])).toThrow(
      'zeroGrad: element 2 is undefined; wanted a Value',
    )
    expect(x.grad).toBe(5)
    expect(() => zeroGrad(x as unknown as Value[])).toThrow(
      'zeroGrad: got an object of class Value; wanted an array of Values',
    )
  })
})

describe('partials', () => {
  it('must be asked for in an array', () => {
    const wrong = { evaluate: (x: number) => x, partials: 'x' } as never
    expect(() => primitive('wrong', wrong)).toThrow(
      'primitive \'wrong\': partials is the string "x"; wanted an array',
    )
    const taken = { evaluate: (x: number) => x, partials: [1], taken: ['x'] } as never
    expect(() => primitive('wrong', taken)).toThrow(
      'primitive \'wrong\': an entry of taken is the string "x"',
    )
  })
})

it('tells a Value of another copy of the package wherever one arrives', async () => {
  vi.resetModules()
  const other = await import('../../src/index.js')
  const called = 'an object of class Value from another copy of chainrule'
  const x = other.value(1, 'x')
  expect(() => table.add(value(1), x)).toThrow(`add(Value, ?): operand 2 is ${called}; wanted`)
  expect(() => gradient(x, [])).toThrow(`gradient: the output is ${called}; wanted a Value`)
  expect(() => compile(x, { inputs: [] })).toThrow(`flatten: the tree is ${called}; wanted`)
  expect(() => explain(x, x)).toThrow(called)
  expect(() => zeroGrad([x])).toThrow(called)
  expect(() => findNaN(x)).toThrow(called)
  expect(() => table.exp(other.column('x'))).toThrow(
    'an object of class Column from another copy of chainrule',
  )
})

describe('what evaluate returns', () => {
  const wrong = (result: unknown) => () => result as number

  it.each(mistakes)('is refused where it is %s, eagerly, in forward() and compiled', (got, called) => {
    const message = `odd: evaluate returned ${called}; wanted a number`
    const odd = primitive('odd', { evaluate: wrong(got), partials: [1] })
    expect(() => odd(1)).toThrow(message)
    expect(() => odd(value(1))).toThrow(message)
    const list = primitive('odd', { evaluate: wrong(got), partial: () => 1 })
    expect(() => list([value(1)])).toThrow(message)

    let result: unknown = 3
    const later = primitive('odd', { evaluate: () => result as number, partials: [1] })
    const x = value(1)
    const y = later(x)
    result = got
    expect(() => y.forward()).toThrow(message)
    expect(() => compile(y, { inputs: [x] }).run([1])).toThrow(message)
  })
})

describe('what a partial returns', () => {
  const wrong = (result: unknown) => () => result as number
  const refused = mistakes.filter(([got]) => typeof got !== 'number' && !(got instanceof Value))

  it.each(refused)('is refused where it is %s, in backward() and in gradient()', (got, called) => {
    const message = `odd: the partial in operand 1 returned ${called}; wanted a number or a Value`
    const one = primitive('odd', { evaluate: x => x, partials: [wrong(got)] })
    const two = primitive('odd', { evaluate: (x, y) => x + y, partials: [wrong(got), 1] })
    const list = primitive('odd', { evaluate: xs => xs[0]!, partial: wrong(got) })
    const x = value(1)
    for (const y of [one(x), two(x, 2), list([x]), table.relu(one(x))]) {
      expect(() => y.backward()).toThrow(message)
      expect(x.grad).toBe(0)
      expect(() => gradient(y, [x])).toThrow(message)
    }
  })
})

describe('arguments too many', () => {
  const [x, y, z] = [value(1, 'x'), value(2, 'y'), value(3, 'z')]
  const advice = 'of a list there are sum([…]), prod([…])'

  it('are refused, with what takes a list', () => {
    expect(messageOf(() => untyped(table.add)(x, y, z))).toBe(
      `add(x, y, z): wanted 2 arguments; ${advice} and […].reduce(add)`,
    )
    expect(messageOf(() => untyped(table.mul)(1, 2, 3))).toBe(
      `mul(1, 2, 3): wanted 2 arguments; ${advice} and […].reduce(mul)`,
    )
    expect(messageOf(() => untyped(x.add).call(x, y, z))).toContain('add(x, y, z): wanted 2 arguments')
    expect(messageOf(() => untyped(table.tanh)(x, y))).toBe('tanh(x, y): wanted 1 argument')
    expect(messageOf(() => untyped(table.where)(x, y, z, 4))).toContain(
      'where(x, y, z, 4): wanted 3 arguments',
    )
    expect(messageOf(() => untyped(x.clamp).call(x, 0, 1, 7))).toBe('clamp(x, 0, 1, 7): wanted 3 arguments')
    expect(messageOf(() => untyped(x.where).call(x, y, z, 4))).toContain('wanted 3 arguments')
    expect(messageOf(() => untyped(x.logaddexp).call(x, y, z))).toContain('wanted 2 arguments')
    expect(messageOf(() => untyped(logaddexp)(x, 2, 5))).toContain('logaddexp(x, 2, 5): wanted 2 arguments')
    for (const f of [mean, prod, table.norm, softmax]) {
      expect(messageOf(() => untyped(f)([x], z))).toBe(`${f.name}(?, z): wanted 1 argument`)
    }
    expect(messageOf(() => untyped(x.log).call(x, 2))).toBe('log(x, 2): wanted 1 argument')
    expect(messageOf(() => untyped(x.square).call(x, 2))).toBe('square(x, 2): wanted 1 argument')
    const twice = withDerivative(x => table.mul(2, x), [2])
    expect(messageOf(() => untyped(twice)(x, z))).toContain('(x, z): wanted 1 argument')
    expect(messageOf(() => untyped(table.sum)([x], [y]))).toBe('sum(?, ?): wanted 1 argument')
    expect(messageOf(() => untyped(table.dot)([x], [y], [z]))).toBe('dot(?, ?, ?): wanted 2 arguments')
  })

  it('but for those that methods of arrays hand over', () => {
    const xs = [x, y, z]
    expect(xs.reduce(table.add).data).toBe(6)
    expect(Float64Array.of(1, 2, 3).reduce(table.mul)).toBe(6)
    expect(xs.map(table.neg).map(({ data }) => data)).toEqual([-1, -2, -3])
    expect(Array.from([4, 9], table.sqrt)).toEqual([2, 3])
    expect(xs.reduce(logaddexp).data).toBe(logaddexp(logaddexp(1, 2), 3))
    const lists = [
      [1, 2],
      [3, 4],
    ]
    expect(lists.map(mean)).toEqual([1.5, 3.5])
    expect(lists.map(prod)).toEqual([2, 12])
    expect(lists.map(table.norm)).toEqual(lists.map(list => table.norm(list)))
    expect(lists.map(softmax)).toEqual(lists.map(list => softmax(list)))
    const twice = withDerivative(x => table.mul(2, x), [2])
    expect([1, 2].map(twice)).toEqual([2, 4])
    expect(
      [
        [1, 2],
        [3, 4],
      ].map(table.sum),
    ).toEqual([3, 7])
  })

  it.each([
    ['leakyRelu', leakyRelu],
    ['elu', elu],
  ])('%s called by map would take the index for its second operand', (name, f) => {
    expect(messageOf(() => [1, -2].map(f))).toBe(
      `${name}: called by a method of arrays, whose index would be its second operand; write xs.map(x => ${name}(x))`,
    )
  })
})
