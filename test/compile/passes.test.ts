/** The passes, each by itself: what they do, what they must not do, and the invariants that engines rely on. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { allocate } from '../../src/compile/passes/allocate.js'
import { expand, inline } from '../../src/compile/passes/expand.js'
import { hoist, uniformCount } from '../../src/compile/passes/hoist.js'
import { pressure } from '../../src/compile/passes/liveness.js'
import { lower } from '../../src/compile/passes/lower.js'
import { prune } from '../../src/compile/passes/prune.js'
import { schedule } from '../../src/compile/passes/schedule.js'
import { simplify } from '../../src/compile/passes/simplify.js'
import { Builder } from '../../src/compile/program/builder.js'
import { check } from '../../src/compile/program/check.js'
import { evaluate } from '../../src/compile/program/evaluate.js'
import { print } from '../../src/compile/program/print.js'
import { kindOf, type Program } from '../../src/compile/program/program.js'
import { add, div, exp, mul, sigmoid, softplus, sqrt, sub, where } from '../../src/core/primitives.js'
import { column, type Operand, type Value, value } from '../../src/core/value.js'
import { lgamma } from '../../src/special/index.js'
import { randomProblem, SPECIAL } from '../support/compile.js'
import { random } from '../support/points.js'
import { same } from '../support/ulp.js'

const x = value(2, 'x')
const y = value(3, 'y')
const steps = (output: Operand): Program => expand(lower([output], [x, y]))
/** The steps that are left of an expression, without its leaves. */
const left = (output: Operand): string[] =>
  steps(output).instructions.flatMap(({ operation }) => (operation.kind === 'step' ? [operation.step] : []))

describe('lower', () => {
  it('puts a shared node once, whether it is one node or two that are equal', () => {
    const program = lower([mul(x, y), mul(x, y), add(mul(x, y), x.mul(y))], [x, y])
    expect(program.instructions).toHaveLength(4)
    expect(program.outputs).toEqual([2, 2, 3])
    check(program)
  })

  it('finds columns by their label, two leaves of one label being one column', () => {
    const program = lower([column('a').mul(column('b')).add(column('a'))], [])
    expect(program.columns).toEqual(['a', 'b'])
    expect(evaluate(program, [], [2, 5])).toEqual([12])
  })

  it('keeps the names that the user gave', () => {
    const program = lower([x.mul(y).as('product')], [x, y])
    expect(program.instructions.map(({ label }) => label)).toEqual(['x', 'y', 'product'])
  })

  it('goes down a chain of a million nodes and along a list of a hundred thousand', () => {
    let chain = x
    for (let i = 0; i < 1_000_000; i++) chain = chain.add(y)
    expect(lower([chain], [x, y]).instructions).toHaveLength(1_000_002)
  }, 60_000)
})

describe('a builder', () => {
  it('tells constants apart by their bits', () => {
    const builder = new Builder()
    const constant = (number: number) =>
      builder.place({ kind: 'constant', result: 'double', value: number }, [])
    expect([0, -0, 1, Number.NaN, 0, -0, Number.NaN].map(constant)).toEqual([0, 1, 2, 3, 0, 1, 3])
  })

  it('finds everything again after it has grown', () => {
    const builder = new Builder()
    const numbers = Array.from({ length: 10_000 }, (_, i) => i / 7)
    const constant = (number: number) =>
      builder.place({ kind: 'constant', result: 'double', value: number }, [])
    const places = numbers.map(constant)
    expect(numbers.map(constant)).toEqual(places)
    expect(new Set(places).size).toBe(10_000)
  })
})

describe('exact identities', () => {
  it.each<[string, Operand, string[]]>([
    ['x * 1', mul(x, 1), []],
    ['1 * x', mul(1, x), []],
    ['x / 1', div(x, 1), []],
    ['x - 0', sub(x, 0), []],
    ['x + -0', add(x, -0), []],
    ['--x', x.neg().neg(), []],
    ['x * -1', mul(x, -1), ['neg']],
    ['-0 - x', sub(-0, x), ['neg']],
    ['x / 8', div(x, 8), ['mul']],
    ['a + (-b)', add(x, y.neg()), ['sub']],
    ['(-a) + b', add(x.neg(), y), ['sub']],
    ['a - (-b)', sub(x, y.neg()), ['add']],
    ['(-a) * (-b)', mul(x.neg(), y.neg()), ['mul']],
    ['(-a) / (-b)', div(x.neg(), y.neg()), ['div']],
    ['c + (-a) * b', add(x, mul(x.neg(), y)), ['mul', 'sub']],
    ['(-a) * 3', mul(x.neg(), 3), ['mul']],
    ['abs(-x)', x.neg().abs(), ['abs']],
    ['abs(abs(x))', x.abs().abs(), ['abs']],
    ['max(x, x)', x.max(x), []],
    ['a * b, b * a', sub(mul(x, y), mul(y, x)), ['mul', 'sub']],
    ['where(x > y, …)', where(x.gt(y), x, y), ['less', 'select']],
    ['where(x <= y, 0, 1) as a condition', where(where(x.le(y), 0, 1), x, y), ['lessOrEqual', 'select']],
    ['where(1, x, y)', where(1 as never, x, y), []],
    ['x ** 2', x.pow(2), ['mul']],
    ['x ** 1', x.pow(1), []],
  ])('%s', (_name, expression, wanted) => {
    expect(left(expression)).toEqual(wanted)
  })

  it.each<[string, Operand, string[]]>([
    ['x + 0', add(x, 0), ['add']],
    ['0 - x', sub(0, x), ['sub']],
    ['x * 0', mul(x, 0), ['mul']],
    ['x - x', sub(x, x), ['sub']],
    ['x / x', div(x, x), ['div']],
    ['x / 3', div(x, 3), ['div']],
    ['-(a - b)', sub(x, y).neg(), ['sub', 'neg']],
    ['(a + b) + b', add(add(x, y), y), ['add', 'add']],
  ])('%s is not one', (_name, expression, wanted) => {
    expect(left(expression)).toEqual(wanted)
  })

  it('keep the bits, the sign of zero included, at all pairs of special values', () => {
    const shapes = [
      x.neg().mul(y),
      mul(x.neg(), y.neg()),
      add(x, mul(x.neg(), y)),
      sub(x, y.neg()),
      add(x.neg(), y),
      div(x.neg(), y),
      div(x, y.neg()),
      mul(x.neg(), 3),
      div(x.neg(), 3),
      div(x, -4),
      div(x, 2 ** -1022),
      sub(-0, x),
      mul(x, -1),
      where(mul(x.gt(0), y.gt(0)), x, y),
      where(where(x.gt(0), y.gt(0), 0), x, y),
      where(where(x.gt(0), 0, 1), x, y),
    ]
    for (const shape of shapes) {
      const [plain, simple] = [lower([shape], [x, y]), steps(shape)]
      for (const a of SPECIAL) {
        for (const b of SPECIAL) {
          const [got, wanted] = [evaluate(simple, [a, b])[0]!, evaluate(plain, [a, b])[0]!]
          expect(Object.is(got, wanted) || (got === 0 && wanted === 0) || same(got, wanted)).toBe(true)
          // Inside a program the sign of zero counts: it decides what 1 / x is.
          expect(same(1 / got, 1 / wanted), `${shape} at ${a}, ${b}: ${got}, wanted ${wanted}`).toBe(true)
        }
      }
    }
  })
})

describe('simplify', () => {
  it('computes what is known, and leaves out what nothing uses', () => {
    const unused = exp(x)
    const program = lower([mul(x, add(sqrt(16 as never), 3)), unused], [x, y])
    const simple = simplify({ ...program, outputs: [program.outputs[0]!] })
    expect(print(simple).replace(/ +/g, ' ')).toBe(
      '%0 = input x [2]\n%1 = constant 7 [2]\n%2 = mul %0 %1 [out]\nreturn %2',
    )
  })
})

describe('expand', () => {
  it('shares the exponential of a softplus and its sigmoid', () => {
    const count = (outputs: Value[]) => inline(expand(lower(outputs, [x]))).instructions.length
    const together = count([softplus(x), sigmoid(x)])
    expect(together).toBeLessThan(count([softplus(x)]) + count([sigmoid(x)]) - 15)
  })

  it('writes out what has a definition, and calls what has none', () => {
    const calls = ({ instructions }: Program) =>
      instructions.flatMap(({ operation }) => (operation.kind === 'host' ? [operation.name] : []))
    const called = expand(lower([lgamma(x).add(x.exp())], [x]))
    expect(calls(called)).toEqual(['lgamma', 'exp'])
    expect(calls(inline(called))).toEqual(['lgamma'])
  })
})

describe('check', () => {
  const plain = lower([x.mul(y)], [x, y])
  it.each<[string, Program]>([
    [
      'operand 9 is not before it',
      { ...plain, instructions: [...plain.instructions, { ...plain.instructions[2]!, operands: [0, 9] }] },
    ],
    [
      'it has 1 operands; wanted 2',
      { ...plain, instructions: [...plain.instructions, { ...plain.instructions[2]!, operands: [0] }] },
    ],
    ['there is no input 0', { ...plain, inputs: [] }],
    ['there is no instruction 7', { ...plain, outputs: [7] }],
  ])('%s', (message, program) => {
    expect(() => check(program)).toThrow(message)
  })

  it('kinds', () => {
    const program = steps(where(x.gt(y), x, y))
    const condition = program.instructions.findIndex(instruction => kindOf(instruction) === 'condition')
    expect(() => check({ ...program, outputs: [condition] })).toThrow('is a condition')
  })
})

describe('on random programs', () => {
  const programs = Array.from({ length: 60 }, (_, seed) => {
    const { inputs, outputs, point, data, rows } = randomProblem(random(seed + 500), 1 + (seed % 40))
    const program = inline(expand(simplify(lower(outputs, inputs))))
    const row = program.columns.map(label => (rows === 0 ? 1 : data[label]![0]!))
    return { program, point, row, wanted: evaluate(program, point, row) }
  })
  const agree = (got: readonly number[], wanted: readonly number[]): boolean =>
    got.length === wanted.length && got.every((x, i) => same(x, wanted[i]!))

  it.each<[string, (program: Program) => Program]>([
    ['simplify', simplify],
    ['prune', prune],
    ['hoist', hoist],
    ['schedule', program => schedule(hoist(program))],
  ])('%s keeps the meaning and the form, and simplifying again finds nothing more to do', (_name, pass) => {
    for (const { program, point, row, wanted } of programs) {
      const passed = pass(program)
      check(passed)
      expect(agree(evaluate(passed, point, row), wanted)).toBe(true)
      expect(passed.instructions.length).toBeLessThanOrEqual(program.instructions.length)
      expect(simplify(passed).instructions.length).toBe(simplify(program).instructions.length)
    }
  })

  it('hoist puts first what does not depend on a column, and schedule leaves it there', () => {
    for (const { program } of programs) {
      const hoisted = hoist(program)
      const scheduled = schedule(hoisted)
      const uniform = uniformCount(hoisted)
      expect(uniformCount(scheduled)).toBe(uniform)
      const dependent = scheduled.instructions.slice(uniform)
      expect(
        dependent.every(
          ({ operation, operands }) =>
            operation.kind === 'column' || operands.some(place => place >= uniform),
        ),
      ).toBe(true)
      expect(pressure(scheduled)).toBeLessThanOrEqual(pressure(hoisted))
    }
  })

  it('schedule reads inputs when they are needed, and computes the larger operand first', () => {
    const leaves = Array.from({ length: 50 }, (_, i) => value(i, `x${i}`))
    const leftHeavy = leaves.reduce((total, leaf) => total.add(leaf.mul(leaf)))
    const rightHeavy = leaves.reduceRight((total, leaf) => leaf.mul(leaf).add(total))
    for (const output of [leftHeavy, rightHeavy]) {
      const program = expand(lower([output], leaves))
      expect(pressure(program)).toBeGreaterThan(49)
      expect(pressure(schedule(program))).toBe(2)
    }
  })

  it('slots hold each value until its last reader, over several rows', () => {
    for (const { program, point, row, wanted } of programs) {
      const hoisted = hoist(program)
      const { slots, counts } = allocate(hoisted)
      expect(counts.double).toBeLessThanOrEqual(pressure(hoisted))
      const memory = new Map<string, number>()
      const at = (place: number) => `${kindOf(hoisted.instructions[place]!)} ${slots[place]}`
      const valueAt = (place: number): number => {
        const { operation } = hoisted.instructions[place]!
        if (operation.kind === 'constant') return operation.value
        return operation.kind === 'input' ? point[operation.index]! : memory.get(at(place))!
      }
      const uniform = uniformCount(hoisted)
      // One instruction at a time, operands from their slots: as a program of itself.
      const execute = (place: number): void => {
        const instruction = hoisted.instructions[place]!
        if (slots[place] === -1) return
        const leaves = instruction.operands.map(operand => {
          const result = kindOf(hoisted.instructions[operand]!)
          return {
            operation: { kind: 'constant', result, value: valueAt(operand) },
            operands: [],
            label: undefined,
          } as const
        })
        const one = {
          ...hoisted,
          instructions: [...leaves, { ...instruction, operands: leaves.map((_, i) => i) }],
          outputs: [leaves.length],
        }
        memory.set(at(place), evaluate(one, point, row)[0]!)
      }
      for (let place = 0; place < uniform; place++) execute(place)
      for (let turn = 0; turn < 2; turn++) {
        for (let place = uniform; place < hoisted.instructions.length; place++) execute(place)
        const got = hoisted.outputs.map(valueAt)
        expect(agree(got, wanted)).toBe(true)
      }
    }
  })
})
