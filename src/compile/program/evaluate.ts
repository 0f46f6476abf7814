import { copySign, highWord, POWERS_OF_TWO } from '../../math/bits.js'
import type {
  CarriedOperation,
  ColumnOperation,
  InputOperation,
  LoadOperation,
  Operation,
  Program,
  StepOperation,
} from './program.js'

/**
 * What a program means: its outputs for one row. Plain and slow; folding uses it and engines are tested against it.
 * Conditions are 1 and 0 here.
 */
export function evaluate(
  program: Program,
  inputs: ArrayLike<number>,
  columns: ArrayLike<number> = [],
): number[] {
  const values = valuesOf(program, inputs, columns)
  return program.outputs.map(place => values[place]!)
}

/** The result of every instruction, for one row. */
export function valuesOf(
  { instructions }: Program,
  inputs: ArrayLike<number>,
  columns: ArrayLike<number>,
): number[] {
  return valuesFrom(instructions, operation => {
    if (operation.kind === 'input') return inputs[operation.index]!
    if (operation.kind === 'column') return columns[operation.index]!
    throw new Error(`evaluate: '${operation.kind}' stands in a loop`)
  })
}

/** The result of every instruction, given what each leaf reads. */
export function valuesFrom(
  instructions: Program['instructions'],
  read: (leaf: LeafOperation) => number,
): number[] {
  const values: number[] = []
  for (const { operation, operands } of instructions) {
    if (isLeaf(operation)) values.push(read(operation))
    else
      values.push(
        evaluateOperation(
          operation,
          operands.map(place => values[place]!),
        ),
      )
  }
  return values
}

/** What has no operands, and is no constant. */
export type LeafOperation = InputOperation | ColumnOperation | LoadOperation | CarriedOperation

export function isLeaf(operation: Operation): operation is LeafOperation {
  const { kind } = operation
  return kind === 'input' || kind === 'column' || kind === 'load' || kind === 'carried'
}

/** The result of an operation on these operands; what reads data has none. */
export function evaluateOperation(operation: Operation, operands: readonly number[]): number {
  switch (operation.kind) {
    case 'constant':
      return operation.value
    case 'primitive': {
      const { arity, evaluate } = operation.primitive
      return callWith(evaluate, arity === undefined, operands)
    }
    case 'step':
      return STEPS[operation.step](operands as [number, number, number], operation)
    case 'host':
      return callWith(operation.evaluate, operation.isOfList, operands)
    case 'input':
    case 'column':
    case 'load':
    case 'carried':
      throw new Error(`evaluate: '${operation.kind}' reads data, which are not here`)
    case 'rescue': {
      const { arity, evaluate } = operation
      const isUsual = operands.every((operand, i) => i <= arity || operand !== 0)
      return isUsual ? operands[0]! : callWith(evaluate, false, operands.slice(1, 1 + arity))
    }
  }
}

function callWith(
  f: (...operands: never[]) => number,
  isOfList: boolean,
  operands: readonly number[],
): number {
  const call = f as (...given: unknown[]) => number
  return isOfList ? call(operands) : call(...operands)
}

type Meaning = (operands: readonly [number, number, number], operation: StepOperation) => number

const STEPS: Readonly<Record<StepOperation['step'], Meaning>> = {
  add: ([x, y]) => x + y,
  sub: ([x, y]) => x - y,
  mul: ([x, y]) => x * y,
  div: ([x, y]) => x / y,
  sqrt: ([x]) => Math.sqrt(x),
  neg: ([x]) => -x,
  abs: ([x]) => Math.abs(x),
  min: ([x, y]) => Math.min(x, y),
  max: ([x, y]) => Math.max(x, y),
  floor: ([x]) => Math.floor(x),
  ceil: ([x]) => Math.ceil(x),
  copySign: ([x, y]) => copySign(x, y),
  flipSign: ([x, n], { value }) => ((n & (2 ** value)) !== 0 ? -x : x),
  select: ([p, x, y]) => (p !== 0 ? x : y),
  lookup: ([row], { table, value }) => table!.values[row * table!.columns + value]!,
  scale: ([x, n]) => x * powerOfTwo(n),
  unscale: ([x, n]) => x * powerOfTwo(-n),
  double: ([n]) => n,
  integer: ([x]) => x | 0,
  highWord: ([x]) => highWord(x),
  exponentAbove: ([, above]) => above >> 20,
  significandAbove: ([x], { value, extra }) => x * powerOfTwo(extra - ((highWord(x) - value) >> 20)),
  plus: ([n, m]) => n + m,
  minus: ([n, m]) => n - m,
  bits: ([n], { value }) => n & value,
  shift: ([n], { value }) => n >> value,
  less: ([x, y]) => (x < y ? 1 : 0),
  lessOrEqual: ([x, y]) => (x <= y ? 1 : 0),
  equal: ([x, y]) => (x === y ? 1 : 0),
  hasBit: ([n], { value }) => ((n & value) !== 0 ? 1 : 0),
  and: ([p, q]) => (p !== 0 && q !== 0 ? 1 : 0),
}

/** Off the range of exponents the result is not looked at: a rescue replaces it. */
function powerOfTwo(n: number): number {
  return POWERS_OF_TWO[n + 1074] ?? Number.NaN
}
