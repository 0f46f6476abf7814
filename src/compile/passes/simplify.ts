import type { Kind } from '../../math/steps.js'
import { Builder } from '../program/builder.js'
import { evaluateOperation, isLeaf } from '../program/evaluate.js'
import type { Instruction, Operation, Program, RescueOperation } from '../program/program.js'
import { identities } from './identities.js'
import { moved, prune } from './prune.js'

/**
 * A builder that keeps no work that need not be done: what is known now is computed now, and the exact identities are
 * applied. Whatever it makes of an instruction has the bits of the instruction, up to the sign of a zero in an output.
 */
export class SimplifyingBuilder extends Builder {
  override add(instruction: Instruction): number {
    const simpler = this.simplified(instruction.operation, instruction.operands)
    if (simpler === undefined) return super.add(instruction)
    this.name(simpler, instruction.label)
    return simpler
  }

  /** The place of a simpler instruction with the same result, if there is one. */
  private simplified(operation: Operation, operands: readonly number[]): number | undefined {
    if (isLeaf(operation) || operation.kind === 'constant') return undefined
    if (this.areConstants(operands)) {
      const constants = operands.map(place => this.constantAt(place)!)
      const value = evaluateOperation(operation, constants)
      return this.constant(value, operation.kind === 'step' ? operation.result : 'double')
    }
    if (operation.kind === 'rescue') return this.rescue(operation, operands)
    return operation.kind === 'step' ? identities[operation.step]?.(this, operands) : undefined
  }

  constant(value: number, result: Kind = 'double'): number {
    return super.add({ operation: { kind: 'constant', result, value }, operands: [], label: undefined })
  }

  private areConstants(operands: readonly number[]): boolean {
    for (const place of operands) if (this.instructions[place]!.operation.kind !== 'constant') return false
    return true
  }

  /** The number at a place, if it is known. */
  constantAt(place: number): number | undefined {
    const { operation } = this.instructions[place]!
    return operation.kind === 'constant' ? operation.value : undefined
  }

  /** Of conditions that are known, those that hold need no test, and one that does not leaves only the call. */
  private rescue(operation: RescueOperation, operands: readonly number[]): number | undefined {
    const { name, arity, evaluate } = operation
    const first = 1 + arity
    const known = operands.slice(first).map(place => this.constantAt(place))
    if (known.some(condition => condition === 0)) {
      return this.place({ kind: 'host', name, isOfList: false, evaluate }, operands.slice(1, first))
    }
    const open = operands.slice(first).filter((_, i) => known[i] === undefined)
    if (open.length === 0) return operands[0]!
    if (open.length === known.length) return undefined
    return this.place(operation, [...operands.slice(0, first), ...open])
  }
}

/** Common subexpressions, constants and exact identities, once over a program; then what nothing uses is left out. */
export function simplify(program: Program): Program {
  const builder = new SimplifyingBuilder()
  const { instructions } = program
  const places = new Int32Array(instructions.length)
  for (let place = 0; place < instructions.length; place++) {
    places[place] = builder.add(moved(instructions[place]!, places))
  }
  return prune({
    ...program,
    instructions: builder.instructions,
    outputs: program.outputs.map(place => places[place]!),
  })
}
