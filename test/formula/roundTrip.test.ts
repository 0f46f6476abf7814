/** What `toString()` prints, `parseFormula` reads back: random graphs over the whole table. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { topologicalOrder } from '../../src/core/order.js'
import { apply, primitive, type Unary } from '../../src/core/primitive.js'
import { add, dot, exp, max, mul, pow, sub, sum, where } from '../../src/core/primitives.js'
import { column, constant, type Operand, type Primitive, type Value, value } from '../../src/core/value.js'
import { type FormulaOptions, parseFormula } from '../../src/formula/index.js'
import { rows } from '../support/rows.js'

const cube: Unary = primitive('cube', {
  evaluate: x => x * x * x,
  partials: [(_out, x) => mul(3, mul(x, x))],
})
const oddly: Unary = primitive('an odd `name`', { evaluate: x => x, partials: [1] })
const own = [cube, oddly]
const unlimited = { length: Infinity, depth: Infinity, nodes: Infinity }

const read = (text: string, options: FormulaOptions = {}): Value =>
  parseFormula(text, { primitives: own, limits: unlimited, ...options }).expression

const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, 2, -2, 0.5, 1e-320, 5e-324, 1e21, -1e308, Infinity, -Infinity, Number.NaN),
)
const labels = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    'w',
    'w_2',
    'x1',
    't1',
    't2',
    'c',
    'sin',
    'constant',
    'pi',
    'e',
    'NaN',
    'a b',
    '',
    '`',
    '\\',
  ),
  fc.constantFrom('\\n', '\n', '\r\n', '\u2028', '\ud800', '__proto__', 'constructor', 'toString', '~', 'β'),
)
const leaf = fc
  .tuple(fc.constantFrom('value', 'column', 'constant'), numbers, labels)
  .map(([kind, data, label]) => ({ kind, data, label }))

interface Instruction {
  readonly row: Primitive
  readonly operands: readonly (number | { readonly from: number })[]
  readonly label: string | undefined
}

const LEAVES = 4
const instructionOver = (available: number): fc.Arbitrary<Instruction> => {
  // Near the end more often than not, so that results are used.
  const node = fc
    .oneof(
      fc.nat(available - 1),
      fc.nat(Math.min(3, available - 1)).map(back => available - 1 - back),
    )
    .map(from => ({ from }))
  const operand = fc.oneof({ weight: 4, arbitrary: node }, { weight: 1, arbitrary: numbers })
  return fc.constantFrom(...rows, ...own).chain(row => {
    const counts =
      row.arity === undefined
        ? fc.integer({ min: 1, max: 3 }).map(n => n * row.length)
        : fc.constant(row.arity)
    return counts.chain(count =>
      fc
        .tuple(node, fc.array(operand, { minLength: count - 1, maxLength: count - 1 }), labels)
        .map(([first, rest, label]) => ({ row, operands: [first, ...rest], label })),
    )
  })
}
const program = fc
  .integer({ min: 1, max: 15 })
  .chain(length => fc.tuple(...Array.from({ length }, (_, n) => instructionOver(LEAVES + n))))

function record(
  leaves: readonly { kind: string; data: number; label: string | undefined }[],
  instructions: readonly Instruction[],
): Value {
  const results: Value[] = leaves.map(({ kind, data, label }) => {
    if (kind === 'value') return value(data, label)
    const made = kind === 'constant' ? constant(data) : column(label || 'dosage')
    if (kind === 'column') made.data = data
    return label === undefined ? made : made.as(label)
  })
  for (const { row, operands, label } of instructions) {
    const result = apply(
      row,
      operands.map(operand => (typeof operand === 'number' ? operand : results[operand.from]!)),
    ) as Value
    results.push(label === undefined ? result : result.as(label))
  }
  return results.at(-1)!
}

/** Throws unless both are the same operations in the same order on corresponding leaves; returns which correspond. */
function expectSameProgram(actual: Value, expected: Value): Map<Value, Value> {
  const [found, wanted] = [actual, expected].map(output =>
    topologicalOrder(output).filter(node => node.primitive !== null),
  )
  expect(found!.map(node => node.primitive!.name)).toEqual(wanted!.map(node => node.primitive!.name))
  const counterparts = new Map<Value, Value>()
  const leaves = new Map<Value, Value>()
  for (const [i, node] of wanted!.entries()) {
    const other = found![i]!
    expect(other.primitive).toBe(node.primitive)
    expect(other.inputs.length).toBe(node.inputs.length)
    counterparts.set(node, other)
    for (const [j, input] of node.inputs.entries()) {
      const counterpart = other.inputs[j]!
      if (typeof input === 'number' || input.kind === 'constant') {
        expect(numberOf(counterpart)).toBe(numberOf(input))
        continue
      }
      const known = counterparts.get(input)
      if (known === undefined) {
        expect(input.primitive).toBeNull()
        expect((counterpart as Value).kind).toBe('value')
        // One new leaf for each old one.
        expect(leaves.has(counterpart as Value)).toBe(false)
        counterparts.set(input, counterpart as Value)
        leaves.set(counterpart as Value, input)
      } else expect(counterpart).toBe(known)
    }
  }
  return leaves
}

/** The number of a plain number or a constant; what is not one is none. */
function numberOf(operand: Operand): number | undefined {
  if (typeof operand === 'number') return operand
  return operand.kind === 'constant' ? operand.data : undefined
}

const runs = { seed: 20261122, numRuns: 2000 }

describe('the text of a graph', () => {
  it('reads back to the same program, the same text and the same bits', () => {
    const drawn = new Set<Primitive>()
    fc.assert(
      fc.property(fc.tuple(leaf, leaf, leaf, leaf), program, (leaves, instructions) => {
        const output = record(leaves, instructions)
        for (const { row } of instructions) drawn.add(row)
        const text = String(output)
        const again = read(text)
        expect(String(again)).toBe(text)
        const pairs = expectSameProgram(again, output)
        for (const [leaf, original] of pairs) leaf.data = original.data
        expect(again.forward()).toBe(output.forward())
      }),
      runs,
    )
    expect(drawn).toEqual(new Set([...rows, ...own]))
  }, 60_000)

  it('reads back for derivatives, which hold masks, shared nodes and constants', () => {
    const [x, y] = [value(0.3, 'x'), value(-2, 'y')]
    for (const output of [
      where(x.gt(y), x.sqrt(), pow(x, y)),
      max(x, y).mul(x.relu()),
      dot([x, y, 2], [y, x, y]),
      x,
    ]) {
      for (const slope of gradient(output.mul(1), [x, y])) {
        const again = read(String(slope))
        for (const [leaf, original] of expectSameProgram(again, slope)) leaf.data = original.data
        expect(again.forward()).toBe(slope.data)
      }
    }
  })

  it.each([
    ['a constant with a label is a line', constant(3).as('c').pow(value(2, 'x')), 'c = constant(3)\nc ** x'],
    ['so is one that is the output', constant(-0).as('c'), 'c = constant(-0)'],
    ['an output without operations', constant(7), '7'],
    ['an operation on constants alone', exp(constant(2)).mul(value(2, 'x')), 'exp(constant(2)) * x'],
    ['a constant beside a number', add(constant(-2), 3), 'constant(-2) + 3'],
    ['a negative constant in brackets of its own', pow(constant(-2), -2), 'constant(-2) ** -2'],
    ['a sum of constants', sum([constant(2), 1, constant(3)]), 'sum(constant(2), 1, constant(3))'],
    ['a constant beside a leaf is its number', sub(constant(-2), value(1, 'x')), '-2 - x'],
    ['a name in backticks that is called', oddly(value(1, 'x')), '`an odd \\`name\\``(x)'],
  ])('%s', (_what, output, text) => {
    expect(String(output)).toBe(text)
    expect(String(read(text))).toBe(text)
    expectSameProgram(read(text), output)
  })

  it('finds columns and leaves again under the names of the text', () => {
    const output = column('dosage').mul(value(2, 'w 1')).add(value(3))
    const { leaves } = parseFormula(String(output), { columns: ['dosage'] })
    expect(Object.entries(leaves).map(([name, { kind, label }]) => [name, kind, label])).toEqual([
      ['dosage', 'column', 'dosage'],
      ['w 1', 'value', 'w 1'],
      ['x1', 'value', 'x1'],
    ])
  })
})
