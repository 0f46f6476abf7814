/** Every row of the table on every engine: its value and its derivatives of both orders, with the bits of the graph. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { engines } from '../../src/compile/engines/engines.js'
import { type CompileOptions, compile, objective } from '../../src/compile/index.js'
import { primitive } from '../../src/core/primitive.js'
import { mul, sum } from '../../src/core/primitives.js'
import { column, type Operand, Value, value } from '../../src/core/value.js'
import { points, SPECIAL } from '../support/compile.js'
import { apply, rows } from '../support/rows.js'
import { same } from '../support/ulp.js'

const names = engines.map(({ name }) => name)

describe.each(names)('%s', engine => {
  it.each(rows.map(row => [row.name, row] as const))('%s', (_name, row) => {
    const data = points(row)
    const lengths = new Set(data.map(({ length }) => length))
    for (const length of lengths) {
      const operands = Array.from({ length }, (_, i) => column(`x${i}`))
      const out = apply(row, operands) as Value
      const first = gradient(out, operands)
      const outputs = [out, ...first, ...first.flatMap(derivative => gradient(derivative, operands))]
      expectEqualBits(
        outputs,
        operands,
        data.filter(point => point.length === length),
        engine,
      )
    }
  })

  it('powers with plain exponents', () => {
    const x = column('x')
    const outputs = [2, 1, 0, -1, 3, 5, -3, 0.5, 1.5, -2.5, 1e3, 1e22].flatMap(exponent => {
      const power = x.pow(exponent)
      const [slope] = gradient(power, [x])
      return [power, slope!, ...gradient(slope!, [x])]
    })
    expectEqualBits(
      outputs,
      [x],
      SPECIAL.map(number => [number]),
      engine,
    )
  })

  it('primitives that a user has made, of one operand, of two, and of a list', () => {
    const cube = primitive('cube', {
      evaluate: x => x * x * x,
      partials: [(_out, x) => mul(3, mul(x, x))],
    })
    const lean = primitive('lean', { evaluate: (x, y) => x + 2 * y, partials: [1, 2] })
    const longest = primitive('longest', {
      evaluate: (xs: readonly number[]) => xs.length + xs[0]!,
      partial: (i: number) => (i === 0 ? 1 : 0),
    })
    const [x, y] = [column('x'), column('y')]
    const out = sum([cube(x), lean(x, y), longest([x, y, 3])]) as Value
    const outputs = [out, ...gradient(out, [x, y])]
    expectEqualBits(
      outputs,
      [x, y],
      SPECIAL.flatMap(a => SPECIAL.map(b => [a, b])),
      engine,
    )
  })

  it('a program whose primitive calls the program refuses the inner call, and keeps its own numbers', () => {
    const [x, y] = [value(2, 'x'), value(3, 'y')]
    let again: (() => unknown) | undefined
    const errors: unknown[] = []
    const spy = primitive('spy', {
      evaluate: operand => {
        try {
          again?.()
        } catch (error) {
          errors.push(error)
        }
        return operand
      },
      partials: [1],
    })
    const out = spy(x.mul(y)).add(x.mul(y)).add(y)
    const compiled = compile(out, { inputs: [x, y], engine })
    const loss = objective(out, { parameters: [x, y], engine })
    again = () => compiled.run([50, 60])
    // A plain array, which is copied before it is run
    expect([...compiled.run([2, 3])]).toEqual([15])
    const slope = new Float64Array(2)
    again = () => loss([50, 60], new Float64Array(2))
    expect(loss([2, 3], slope)).toBe(15)
    expect([...slope]).toEqual([6, 5])
    expect(errors.map(String)).toEqual(Array(2).fill(expect.stringMatching(/is running already: .*compile/)))
    errors.push = error => {
      throw error
    }
    again = () => compiled.run([50, 60])
    expect(() => compiled.run([2, 3])).toThrow('is running already')
    again = undefined
    expect([...compiled.run([4, 5])]).toEqual([45])
  })

  it('a primitive may ask for the loss alone while a run with the gradient goes on', () => {
    let ask = (): void => {}
    const slopeOf = primitive('slopeOf', {
      evaluate: x => {
        ask()
        return 2 * x
      },
      partials: [2],
    })
    const squared = primitive('squared', {
      evaluate: x => x * x,
      partials: [(_out, x) => slopeOf(x)],
    })
    const w = value(1, 'w')
    const loss = objective(squared(w.mul(column('t'))), { parameters: [w], engine })
    const bound = loss.bind({ t: new Float64Array(8).fill(1) })
    const asked: number[] = []
    ask = () => {
      if (asked.length === 0) asked.push(bound([5]))
    }
    const slope = new Float64Array(1)
    expect([bound([2], slope), ...slope, ...asked]).toEqual([32, 32, 200])
  })

  it('a program is not disposed of while it runs', () => {
    const x = value(1, 'x')
    let dispose = (): void => {}
    const spy = primitive('spy', {
      evaluate: operand => {
        dispose()
        return operand
      },
      partials: [1],
    })
    const compiled = compile(spy(x).add(1), { inputs: [x], engine })
    dispose = () => expect(() => compiled.dispose()).toThrow('dispose: the program is running')
    expect([...compiled.run([2])]).toEqual([3])
    dispose = () => {}
    compiled.dispose()
    expect(() => compiled.run([2])).toThrow('disposed of')
  })

  it('outputs that are inputs, constants or numbers', () => {
    const x = value(3, 'x')
    const run = compile([x, 7, x, -0.5], { inputs: [x], engine })
    expect([...run.run([2])]).toEqual([2, 7, 2, -0.5])
  })
})

function expectEqualBits(
  outputs: readonly (Value | number)[],
  operands: readonly Value[],
  data: readonly (readonly number[])[],
  engine: NonNullable<CompileOptions['engine']>,
): void {
  const compiled = compile([...outputs], { inputs: [], engine })
  expect(compiled.engine).toBe(engine)
  const { columns } = compiled.program
  const bound = Object.fromEntries(
    operands.flatMap(({ label }, i) =>
      columns.includes(label!) ? [[label!, data.map(point => point[i]!)]] : [],
    ),
  )
  const got = columns.length === 0 ? undefined : compiled.bind(bound).run([])
  const values = outputs.filter((output): output is Value => output instanceof Value)
  const top = sum(values as Operand[]) as Value
  for (const [row, point] of data.entries()) {
    for (const [i, operand] of operands.entries()) operand.data = point[i]!
    top.forward()
    for (const [o, output] of outputs.entries()) {
      const wanted = typeof output === 'number' ? output : output.data
      const result = got === undefined ? compiled.run([])[o]! : got[o * data.length + row]!
      if (!same(result, wanted)) expect.fail(`output ${o} at ${point}: ${result}, wanted ${wanted}`)
    }
  }
}
