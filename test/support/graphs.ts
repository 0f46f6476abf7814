/** Random graphs over all rows of the table, with labels of any characters on some of their nodes. */
import fc from 'fast-check'
import type { Primitive } from '../../src/core/value.js'
import { constant, type Operand, Value, value } from '../../src/core/value.js'
import { apply, rows } from './rows.js'

export interface RandomGraph {
  readonly leaves: readonly Value[]
  readonly output: Value
}

const LEAVES = 3
const data = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  fc.constantFrom(0, 1, -1, 0.5, 2),
)

interface Instruction {
  readonly row: Primitive
  readonly operands: readonly (number | { readonly from: number; readonly constant?: number })[]
  readonly label: string | undefined
}

function instructionOver(available: number, label: fc.Arbitrary<string>): fc.Arbitrary<Instruction> {
  const node = fc.nat(available - 1).map(from => ({ from }))
  const operand = fc.oneof({ weight: 5, arbitrary: node }, { weight: 1, arbitrary: data })
  return fc.constantFrom(...rows).chain(row => {
    const count = row.arity ?? 2 * row.length
    return fc
      .tuple(
        node,
        fc.array(operand, { minLength: count - 1, maxLength: count - 1 }),
        fc.option(label, { nil: undefined }),
      )
      .map(([first, rest, label]) => ({ row, operands: [first, ...rest], label }))
  })
}

/** Three leaves, then a constant, then up to `length` results; the last of them is the output. */
export function randomGraph(length: number, label: fc.Arbitrary<string>): fc.Arbitrary<RandomGraph> {
  return fc
    .integer({ min: 1, max: length })
    .chain(length =>
      fc.tuple(
        fc.tuple(data, data, data, data),
        fc.tuple(label, label),
        fc.tuple(...Array.from({ length }, (_, n) => instructionOver(LEAVES + 1 + n, label))),
      ),
    )
    .map(([numbers, labels, instructions]) => {
      const leaves = [0, 1, 2].map(i => value(numbers[i]!, labels[i]))
      const results: Value[] = [...leaves, constant(numbers[3])]
      for (const { row, operands, label } of instructions) {
        const given = operands.map((o): Operand => (typeof o === 'number' ? o : results[o.from]!))
        const result = apply(row, given)
        if (!(result instanceof Value)) continue
        results.push(label === undefined ? result : result.as(label))
      }
      return { leaves, output: results.at(-1)! }
    })
}

/** Labels as people write them. */
export const plainLabel: fc.Arbitrary<string> = fc.constantFrom(
  ...['w', 'w1', 'net_o1', 'h', 'loss', 'layer1/w1', 'layer1/neuron2/b', 'größe', 'learning rate'],
)

/** Labels as nobody should: everything that means something in some notation, and any other text. */
export const anyLabel: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom(
      ...'{}|<>"\\\n\r\t`$%&#_^~/;:[]()\'-=.,!?@ \u0000\u2028\ud800\ufffe\u0301',
      'end',
      '😀',
      '∂',
    ),
    maxLength: 10,
  }),
  plainLabel,
)
