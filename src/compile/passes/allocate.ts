import type { Kind } from '../../math/steps.js'
import { kindOf, type Program } from '../program/program.js'
import { lastUses } from './liveness.js'

/** Where values live while a program runs. */
export interface Allocation {
  /** By place, the slot of the value, among those of its kind; -1 for constants and inputs, which are there before. */
  readonly slots: Int32Array
  /** The number of slots of each kind. */
  readonly counts: Readonly<Record<Kind, number>>
}

/**
 * A slot for every value that is computed, each used again when its value has been read for the last time: as many
 * slots as values are alive at once. An instruction may write over an operand that it is the last to read.
 */
export function allocate(program: Program, last: Int32Array = lastUses(program)): Allocation {
  const { instructions } = program
  const slots = new Int32Array(instructions.length).fill(-1)
  const isFreed = new Uint8Array(instructions.length)
  const counts = { double: 0, integer: 0, condition: 0 }
  const free: Record<Kind, number[]> = { double: [], integer: [], condition: [] }
  for (let place = 0; place < instructions.length; place++) {
    const instruction = instructions[place]!
    const { operation, operands } = instruction
    for (const operand of operands) {
      if (last[operand] !== place || slots[operand] === -1 || isFreed[operand] === 1) continue
      isFreed[operand] = 1
      free[kindOf(instructions[operand]!)].push(slots[operand]!)
    }
    if (operation.kind === 'constant' || operation.kind === 'input') continue
    const kind = kindOf(instruction)
    const slot = free[kind].pop() ?? counts[kind]++
    slots[place] = slot
    if (last[place] === place) free[kind].push(slot)
  }
  return { slots, counts }
}
