/** Laws that hold for every graph, on random expressions over all smooth rows of the table. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../src/index.js'
import { gradient } from '../src/calculus/gradient.js'
import type { Primitive } from '../src/core/value.js'
import { type Operand, Value, value } from '../src/core/value.js'
import { apply, backwardGradient, graphGradient, hessian, rows } from './support/rows.js'
import { same } from './support/ulp.js'

/** The rows that neither select nor have a derivative that is 0 by its structure. */
const smooth = rows.filter(row => row.taken === undefined && !row.partials.includes(0))

/** A program: each instruction applies a row to leaves, numbers and earlier results. */
interface Instruction {
  readonly row: Primitive
  readonly operands: readonly (number | { readonly from: number })[]
}
type Program = readonly Instruction[]

const LEAVES = 3
const data = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 0.5, 2, 1e-10, 30, -30, 1e300, 5e-324, Number.POSITIVE_INFINITY, Number.NaN),
)

function instructionOver(available: number): fc.Arbitrary<Instruction> {
  const node = fc.nat(available - 1).map(from => ({ from }))
  const operand = fc.oneof({ weight: 4, arbitrary: node }, { weight: 1, arbitrary: data })
  return fc.constantFrom(...smooth).chain(row => {
    const count = row.arity ?? 2 * row.length
    return fc
      .tuple(node, fc.array(operand, { minLength: count - 1, maxLength: count - 1 }))
      .map(([first, rest]) => ({ row, operands: [first, ...rest] }))
  })
}

const program: fc.Arbitrary<Program> = fc
  .integer({ min: 1, max: 10 })
  .chain(length => fc.tuple(...Array.from({ length }, (_, n) => instructionOver(LEAVES + n))))

const point = fc.tuple(data, data, data)

function record(instructions: Program, leaves: readonly Value[]): Value {
  const results: Value[] = [...leaves]
  for (const { row, operands } of instructions) {
    const given = operands.map(
      (operand): Operand => (typeof operand === 'number' ? operand : results[operand.from]!),
    )
    results.push(apply(row, given) as Value)
  }
  return results.at(-1)!
}

function recordAt(instructions: Program, at: readonly number[]): { leaves: Value[]; out: Value } {
  const leaves = at.map((x, i) => value(x, `x${i}`))
  return { leaves, out: record(instructions, leaves) }
}

function expectBits(actual: readonly number[], expected: readonly number[], out: Value): void {
  const equal = actual.length === expected.length && actual.every((x, i) => same(x, expected[i]!))
  expect(equal, `${actual.join(', ')} should be ${expected.join(', ')} in\n${out}`).toBe(true)
}

/** What depends on the seed of a run is fixed, so that a failure here is a failure everywhere. */
const runs = { seed: 20261122, numRuns: 1000 }

describe('random expressions', () => {
  it('are drawn from every smooth row', () => {
    const drawn = fc.sample(program, { seed: runs.seed, numRuns: runs.numRuns }).flat()
    expect(new Set(drawn.map(({ row }) => row))).toEqual(new Set(smooth))
    expect(smooth.length).toBeGreaterThan(35)
  })

  it('have the same bits by backward() and by gradient()', () => {
    let finite = 0
    fc.assert(
      fc.property(program, point, (instructions, at) => {
        const { leaves, out } = recordAt(instructions, at)
        const bySweep = backwardGradient(out, leaves)
        expectBits(graphGradient(out, leaves), bySweep, out)
        if (bySweep.every(Number.isFinite) && bySweep.some(slope => slope !== 0)) finite++
      }),
      runs,
    )
    // Not merely NaN and 0 compared with themselves.
    expect(finite).toBeGreaterThan(runs.numRuns / 4)
  })

  it('have the same second derivatives by backward() and by gradient()', () => {
    fc.assert(
      fc.property(program, point, (instructions, at) => {
        const { leaves, out } = recordAt(instructions.slice(0, 5), at)
        const byGraph = hessian(out, leaves, graphGradient)
        expectBits(byGraph.flat(), hessian(out, leaves, backwardGradient).flat(), out)
      }),
      { ...runs, numRuns: 400 },
    )
  })

  it('are linear in the seed: a power of two scales exactly', () => {
    let compared = 0
    fc.assert(
      fc.property(program, point, fc.integer({ min: -8, max: 8 }), (instructions, at, exponent) => {
        const { leaves, out } = recordAt(instructions, at)
        const plain = backwardGradient(out, leaves)
        // Beside the ends of the range a scaled adjoint may round or overflow on the way.
        const ordinary = (x: number) => x === 0 || (Math.abs(x) > 1e-250 && Math.abs(x) < 1e250)
        const nodes = new Set<Value>()
        collect(out, nodes)
        if (![...nodes].every(node => ordinary(node.grad) && ordinary(node.data))) return
        const seed = 2 ** exponent
        expectBits(
          backwardGradient(out, leaves, seed),
          plain.map(slope => slope * seed),
          out,
        )
        expectBits(
          backwardGradient(out, leaves, -seed),
          plain.map(slope => slope * -seed),
          out,
        )
        compared++
      }),
      runs,
    )
    expect(compared).toBeGreaterThan(runs.numRuns / 5)
  })

  it('accumulate in the leaves alone', () => {
    fc.assert(
      fc.property(program, point, (instructions, at) => {
        const { leaves, out } = recordAt(instructions, at)
        const once = backwardGradient(out, leaves)
        const inner = new Set<Value>()
        collect(out, inner)
        const results = [...inner].filter(node => node.primitive !== null)
        const adjoints = results.map(node => node.grad)
        out.backward()
        expectBits(
          leaves.map(leaf => leaf.grad),
          once.map(slope => slope + slope),
          out,
        )
        expectBits(
          results.map(node => node.grad),
          adjoints,
          out,
        )
      }),
      runs,
    )
  })

  it('have the bits of a fresh recording after forward(), derivatives too', () => {
    fc.assert(
      fc.property(program, point, point, (instructions, from, to) => {
        const { leaves, out } = recordAt(instructions, from)
        const derivatives = gradient(out, leaves)
        for (const [i, leaf] of leaves.entries()) leaf.data = to[i]!
        const fresh = recordAt(instructions, to)
        const expected = backwardGradient(fresh.out, fresh.leaves)
        expectBits([out.forward()], [fresh.out.data], out)
        expectBits(backwardGradient(out, leaves), expected, out)
        expectBits(
          derivatives.map(derivative => derivative.forward()),
          expected,
          out,
        )
      }),
      runs,
    )
  })

  it('have numbers for numbers: the same program without Values', () => {
    fc.assert(
      fc.property(program, point, (instructions, at) => {
        const { out } = recordAt(instructions, at)
        const results: number[] = [...at]
        for (const { row, operands } of instructions) {
          const given = operands.map(operand =>
            typeof operand === 'number' ? operand : results[operand.from]!,
          )
          results.push(apply(row, given) as number)
        }
        expect(results.at(-1)).toBe(out.data)
      }),
      runs,
    )
  })
})

function collect(node: Operand, into: Set<Value>): void {
  if (!(node instanceof Value) || into.has(node)) return
  into.add(node)
  for (const input of node.inputs) collect(input, into)
}
