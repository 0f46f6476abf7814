import { takenOf } from '../calculus/chainRule.js'
import { formulaOf, SHOWN } from '../calculus/findNaN.js'
import { valuesOf } from './program/evaluate.js'
import type { Instruction, Program } from './program/program.js'

/** Where a compiled program stopped being finite. */
export interface NotFiniteInstruction {
  /** The row of the bound columns; `undefined` for a program without columns. */
  readonly row: number | undefined
  /** The first output, counted from 0, that is not finite there. */
  readonly output: number
  /** The instruction of `program` whose result is the first that is not finite: its place in the listing. */
  readonly instruction: number
  /** The user's name for its result, if it has one. */
  readonly label: string | undefined
  /** Its result: NaN, Infinity or -Infinity. */
  readonly number: number
  /** The instruction in terms of its operands, such as `log(net)`. */
  readonly formula: string
  /** The numbers that went in. */
  readonly operands: readonly number[]
  /** All of this in words. */
  toString(): string
}

/**
 * The first instruction whose result is not finite and on which an output depends that is not finite either. What a selection
 * does not take does not count. `undefined` if all outputs are finite.
 *
 * @param program over primitives
 * @param nameOfOutput what the report calls an output
 */
export function notFiniteIn(
  program: Program,
  inputs: ArrayLike<number>,
  columns: ArrayLike<number>,
  row: number | undefined,
  nameOfOutput: (output: number) => string,
): NotFiniteInstruction | undefined {
  const { instructions, outputs } = program
  const values = valuesOf(program, inputs, columns)
  const operandsOf = ({ operands }: Instruction): number[] => operands.map(operand => values[operand]!)
  const output = outputs.findIndex(place => !Number.isFinite(values[place]))
  if (output === -1) return undefined
  const isTaken = new Uint8Array(instructions.length)
  isTaken[outputs[output]!] = 1
  for (let place = outputs[output]!; place >= 0; place--) {
    if (isTaken[place] === 0) continue
    const instruction = instructions[place]!
    const { operation, operands } = instruction
    if (operation.kind !== 'primitive') continue
    const numbers = operandsOf(instruction)
    operands.forEach((operand, i) => {
      if (takenOf(operation.primitive, i, values[place]!, numbers)) isTaken[operand] = 1
    })
  }
  const place = values.findIndex((x, place) => isTaken[place] === 1 && !Number.isFinite(x))
  const { label } = instructions[place]!
  const names = instructions[place]!.operands.map(operand => nameOf(program, operand))
  const operands = operandsOf(instructions[place]!)
  const formula = instructionText(program, place, operands, names)
  const number = values[place]!
  const named = label === undefined || label === formula ? '' : `${label} = `
  const lines = [
    `${row === undefined ? '' : `row ${row}: `}the value of ${named}${formula} is ${number} (instruction %${place})`,
    ...operands.slice(0, SHOWN).flatMap((x, i) => (names[i] === undefined ? [] : [`  ${names[i]} = ${x}`])),
    `  so ${nameOfOutput(output)} is ${values[outputs[output]!]}`,
  ]
  const text = lines.join('\n')
  return { row, output, instruction: place, label, number, formula, operands, toString: () => text }
}

/** What to call a value: by its label or its place; a constant is written as it is. */
function nameOf({ instructions }: Program, place: number): string | undefined {
  const { operation, label } = instructions[place]!
  return operation.kind === 'constant' ? undefined : (label ?? `%${place}`)
}

/** The instruction as a formula over its operands. */
function instructionText(
  { instructions, inputs, columns }: Program,
  place: number,
  operands: readonly number[],
  names: readonly (string | undefined)[],
): string {
  const { operation } = instructions[place]!
  if (operation.kind === 'input') return inputs[operation.index] ?? `input ${operation.index}`
  if (operation.kind === 'column') return columns[operation.index]!
  return operation.kind === 'primitive' ? formulaOf(operation.primitive, operands, names) : `%${place}`
}
