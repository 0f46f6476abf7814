import { evaluateOperation } from '../../src/compile/program/evaluate.js'
import type { Instruction, Program } from '../../src/compile/program/program.js'

const SMALLEST_NORMAL = 2 ** -1022

/**
 * How far one operation of an engine may be from ours, relative to its result: elementary functions of SQL engines are
 * those of the C library or of Java, within 2 ulp, and the longest composition (expm1, erfc) adds a dozen operations.
 */
const PER_OPERATION = 32 * 2 ** -53

/** The outputs of a program for one row, and how far an engine with other roundings may be from them. */
export interface Bounded {
  readonly values: readonly number[]
  readonly errors: readonly number[]
}

/**
 * Evaluates a program for one row and follows rounding errors to first order through its operations: the error of a result
 * is its own rounding, and the errors of its operands times the partial derivatives. The size of what is added counts, so a sum
 * that cancels may differ by more than its last digits.
 *
 * @returns `undefined` where the comparison would mean nothing: an intermediate is not finite or not normal, a product
 *   or quotient underflows, or a comparison or step is decided by rounding
 */
export function evaluateWithErrors(
  { instructions, outputs }: Program,
  inputs: readonly number[],
  columns: readonly number[],
): Bounded | undefined {
  const values: number[] = []
  const errors: number[] = []
  for (const { operation, operands } of instructions) {
    if (operation.kind === 'input' || operation.kind === 'column') {
      values.push((operation.kind === 'input' ? inputs : columns)[operation.index]!)
      errors.push(0)
    } else {
      const given = operands.map(place => values[place]!)
      const givenErrors = operands.map(place => errors[place]!)
      const value = evaluateOperation(operation, given)
      values.push(value)
      if (operation.kind === 'primitive') {
        const error = errorOf(operation.primitive, given, givenErrors, value)
        if (error === undefined) return undefined
        errors.push(error)
      } else errors.push(0)
    }
    if (operation.kind !== 'constant' && !isTame(values.at(-1)!)) return undefined
  }
  return { values: outputs.map(place => values[place]!), errors: outputs.map(place => errors[place]!) }
}

/** Operations that give 0 where the result is too small for a double, unless one of so many first operands is 0. */
const UNDERFLOWING: Readonly<Record<string, number>> = {
  mul: 2,
  div: 2,
  productWhere: 3,
  pow: 1,
  powOfDifference: 1,
}

type PrimitiveOf = Extract<Instruction['operation'], { kind: 'primitive' }>['primitive']

function errorOf(
  primitive: PrimitiveOf,
  operands: readonly number[],
  operandErrors: readonly number[],
  value: number,
): number | undefined {
  const factors = UNDERFLOWING[primitive.name]
  if (factors !== undefined && value === 0 && operands.slice(0, factors).every(x => x !== 0)) return undefined
  const evaluate = (at: readonly number[]): number => evaluateOperation({ kind: 'primitive', primitive }, at)
  let error = PER_OPERATION * Math.abs(value)
  for (const [i, operandError] of operandErrors.entries()) {
    if (operandError === 0) continue
    const moved = [operands[i]! - operandError, operands[i]! + operandError].map(x =>
      evaluate(operands.map((operand, k) => (k === i ? x : operand))),
    )
    const change = Math.max(...moved.map(x => Math.abs(x - value)))
    // A comparison, or floor: near its step anything may come out.
    if (primitive.partials[i] === 0 && change > 2 * operandError) return undefined
    // Differences instead of partials: they see kinks, and are of the same size.
    error += 2 * change
  }
  return Number.isFinite(error) ? error : undefined
}

function isTame(x: number): boolean {
  return x === 0 || (Number.isFinite(x) && Math.abs(x) >= SMALLEST_NORMAL)
}
