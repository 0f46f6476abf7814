/**
 * The exact identities: each holds for every double to the last bit, signed zeros, infinities and NaN included. What
 * only looks like one is not here: x + 0 (which turns -0 into 0), 0 - x, x * 0, x - x, x / x, !(a < b) = a >= b.
 */

import type { Kind } from '../../math/steps.js'
import type { Instruction, Operation, StepOperation } from '../program/program.js'

/** What identities need of a builder. */
export interface Terms {
  readonly instructions: readonly Instruction[]
  place(operation: Operation, operands: readonly number[]): number
  constant(value: number): number
  constantAt(place: number): number | undefined
}

/** The place of an equal and simpler term than the step on these operands, if one is known. */
type Identity = (terms: Terms, operands: readonly number[]) => number | undefined
type StepName = StepOperation['step']

export const identities: Partial<Readonly<Record<StepName, Identity>>> = {
  add: (terms, [x, y]) => plus(terms, x!, y!) ?? plus(terms, y!, x!),

  sub(terms, [x, y]) {
    if (is(terms, y!, 0)) return x
    if (is(terms, x!, -0)) return step(terms, 'neg', [y!])
    const negated = operandOf(terms, y!, 'neg')
    return negated === undefined ? undefined : step(terms, 'add', [x!, negated])
  },

  mul(terms, [x, y]) {
    const product = times(terms, x!, y!) ?? times(terms, y!, x!)
    if (product !== undefined) return product
    const [p, q] = [indicated(terms, x!), indicated(terms, y!)]
    if (p === undefined || q === undefined) return undefined
    return step(terms, 'select', [step(terms, 'and', [p, q]), terms.constant(1), terms.constant(0)])
  },

  div(terms, [x, y]) {
    const divisor = terms.constantAt(y!)
    if (divisor === 1) return x
    if (divisor !== undefined && POWERS_OF_TWO.has(Math.abs(divisor)))
      return step(terms, 'mul', [x!, terms.constant(1 / divisor)])
    const below = operandOf(terms, y!, 'neg')
    if (below !== undefined) return step(terms, 'neg', [step(terms, 'div', [x!, below])])
    const above = operandOf(terms, x!, 'neg')
    if (above === undefined) return undefined
    if (divisor !== undefined) return step(terms, 'div', [above, terms.constant(-divisor)])
    return step(terms, 'neg', [step(terms, 'div', [above, y!])])
  },

  neg: (terms, [x]) => operandOf(terms, x!, 'neg'),

  abs(terms, [x]) {
    const negated = operandOf(terms, x!, 'neg')
    if (negated !== undefined) return step(terms, 'abs', [negated])
    return operandOf(terms, x!, 'abs') === undefined ? undefined : x
  },

  max: (_terms, [x, y]) => (x === y ? x : undefined),
  min: (_terms, [x, y]) => (x === y ? x : undefined),

  less(terms, [x, y]) {
    const number = operandOf(terms, y!, 'abs')
    return is(terms, x!, 0) && number !== undefined ? truth(terms, number) : undefined
  },

  and(terms, [p, q]) {
    if (p === q) return p
    return conjunction(terms, p!, q!) ?? conjunction(terms, q!, p!)
  },

  select(terms, [condition, yes, no]) {
    const known = terms.constantAt(condition!)
    if (known !== undefined) return known === 0 ? no : yes
    if (yes === no) return yes
    const opposite = negation(terms, condition!)
    return opposite === undefined ? undefined : step(terms, 'select', [opposite, no!, yes!])
  },
}

// Of operands that commute: the identities by what the second one is.

function plus(terms: Terms, x: number, y: number): number | undefined {
  if (is(terms, y, -0)) return x
  const negated = operandOf(terms, y, 'neg')
  return negated === undefined ? undefined : step(terms, 'sub', [x, negated])
}

function times(terms: Terms, x: number, y: number): number | undefined {
  const constant = terms.constantAt(y)
  if (constant === 1) return x
  if (constant === -1) return step(terms, 'neg', [x])
  const negated = operandOf(terms, x, 'neg')
  if (negated === undefined) return undefined
  if (constant !== undefined) return step(terms, 'mul', [negated, terms.constant(-constant)])
  return step(terms, 'neg', [step(terms, 'mul', [negated, y])])
}

function conjunction(terms: Terms, p: number, q: number): number | undefined {
  const known = terms.constantAt(q)
  if (known === undefined) return undefined
  return known === 0 ? q : p
}

function step(terms: Terms, name: keyof typeof PLAIN, operands: readonly number[]): number {
  return terms.place(PLAIN[name], operands)
}

const PLAIN = {
  add: plainStep('add', 'double'),
  sub: plainStep('sub', 'double'),
  mul: plainStep('mul', 'double'),
  div: plainStep('div', 'double'),
  neg: plainStep('neg', 'double'),
  abs: plainStep('abs', 'double'),
  select: plainStep('select', 'double'),
  less: plainStep('less', 'condition'),
  and: plainStep('and', 'condition'),
} as const

function plainStep(name: StepName, result: Kind): StepOperation {
  return { kind: 'step', step: name, result, value: 0, extra: 0, table: undefined }
}

function is(terms: Terms, place: number, value: number): boolean {
  return Object.is(terms.constantAt(place), value)
}

/** The operands of a step of this name. */
function operandsOf(terms: Terms, place: number, name: StepName): readonly number[] | undefined {
  const { operation, operands } = terms.instructions[place]!
  return operation.kind === 'step' && operation.step === name ? operands : undefined
}

function operandOf(terms: Terms, place: number, name: StepName): number | undefined {
  return operandsOf(terms, place, name)?.[0]
}

/** The condition of which a place is the indicator, 1 or 0. */
function indicated(terms: Terms, place: number): number | undefined {
  const choice = operandsOf(terms, place, 'select')
  if (choice === undefined || !is(terms, choice[1]!, 1) || !is(terms, choice[2]!, 0)) return undefined
  return choice[0]
}

/**
 * The condition 0 < |x| for an x that is itself chosen: `select(p, y, 0)` is true where p is, and y. Only for a y that is
 * known, or chosen from two known numbers: masks are made so, and one look deep is deep enough.
 */
function truth(terms: Terms, x: number): number | undefined {
  const choice = operandsOf(terms, x, 'select')
  if (choice === undefined || terms.constantAt(choice[2]!) !== 0) return undefined
  const [condition, y] = choice as [number, number]
  const sides = operandsOf(terms, y, 'select')?.slice(1) ?? [y]
  if (sides.some(side => terms.constantAt(side) === undefined)) return undefined
  return step(terms, 'and', [condition, step(terms, 'less', [terms.constant(0), step(terms, 'abs', [y])])])
}

/** The condition p for the condition 0 < |select(p, 0, 1)|, which is its opposite. */
function negation(terms: Terms, condition: number): number | undefined {
  const sides = operandsOf(terms, condition, 'less')
  if (sides === undefined || !is(terms, sides[0]!, 0)) return undefined
  const number = operandOf(terms, sides[1]!, 'abs')
  const choice = number === undefined ? undefined : operandsOf(terms, number, 'select')
  if (choice === undefined || !is(terms, choice[1]!, 0) || !is(terms, choice[2]!, 1)) return undefined
  return choice[0]
}

/** The doubles whose inverse is exact and normal or not far below: the quotient by one is the product with its inverse. */
const POWERS_OF_TWO: ReadonlySet<number> = new Set(Array.from({ length: 2046 }, (_, i) => 2 ** (i - 1022)))
