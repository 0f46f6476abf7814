import { numberText } from '../../core/notation.js'
import { lastUses } from '../passes/liveness.js'
import type { Address, Instruction, Operation, Program } from './program.js'

/**
 * A listing, one instruction a line: its place, the operation with the places of its operands, the name that the user
 * gave it, and in brackets the last place that reads it.
 *
 * @example
 * %0 = input w                    [2]
 * %1 = column dosage              [2]
 * %2 = mul %0 %1                  [out]
 * return %2
 */
export function print(program: Program): string {
  const last = lastUses(program)
  const end = program.instructions.length
  const lines = program.instructions.map((instruction, place) => {
    const text = `%${place} = ${textOf(program, instruction)}`
    const name =
      instruction.label === undefined || isLeaf(instruction.operation) ? '' : `  ; ${instruction.label}`
    const until = last[place]! >= end ? 'out' : last[place] === place ? 'unused' : String(last[place])
    return `${text.padEnd(36)} [${until}]${name}`
  })
  return [...lines, `return ${program.outputs.map(output => `%${output}`).join(' ')}`].join('\n')
}

function isLeaf({ kind }: Operation): boolean {
  return kind === 'input' || kind === 'column' || kind === 'constant'
}

export function textOf(
  { inputs, columns }: Pick<Program, 'inputs' | 'columns'>,
  { operation, operands }: Instruction,
): string {
  const places = operands.map(operand => ` %${operand}`)
  switch (operation.kind) {
    case 'constant':
      return `constant ${numberText(operation.value)}`
    case 'input':
      return `input ${inputs[operation.index] ?? `#${operation.index}`}`
    case 'column':
      return `column ${columns[operation.index]}`
    case 'load':
      return `load ${addressText(operation.address)}`
    case 'carried':
      return `carried ${operation.index}`
    case 'primitive':
      return `${operation.primitive.name}${places.join('')}`
    case 'step': {
      const { step, value, extra, table } = operation
      const numbers = [value, extra].filter(x => x !== 0)
      const name = table === undefined ? [step, ...numbers] : [step, `${table.name}[${value}]`]
      return `${name.join(' ')}${places.join('')}`
    }
    case 'host':
      return `call ${operation.name}${places.join('')}`
    case 'rescue': {
      const [value, ...rest] = places
      const given = rest.slice(0, operation.arity).join('').trim()
      const conditions = rest.slice(operation.arity).map(text => text.trim())
      return `rescue${value} unless ${conditions.join(' and ')}: ${operation.name}(${given})`
    }
  }
}

/** An address as a sum over the iterations `i1`, `i2`, … of the loops around. */
export function addressText({ memory, start, table, level, strides }: Address): string {
  const terms = strides.flatMap((stride, d) => (stride === 0 ? [] : [` + ${stride} i${d + 1}`]))
  return `${memory}[${table === undefined ? start : `(${table[0]} …) at n${level}`}${terms.join('')}]`
}
