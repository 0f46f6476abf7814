import type { Kind } from '../math/steps.js'
import { kindOf } from './check.js'
import { lastUses } from './liveness.js'
import type { Program } from './program.js'

/** Where values live while a program runs. */
export interface Allocation {
  /** By place, the slot of the value, among those of its kind; -1 for a constant. */
  readonly slots: Int32Array
  /** The number of slots of each kind. */
  readonly counts: Readonly<Record<Kind, number>>
}

/**
 * A slot for every value that is not a constant, each used again when its value has been read for the last time: as
 * many slots as values are alive at once. An instruction may write over an operand that it is the last to read.
 */
export function allocate(program: Program): Allocation {
  const { instructions } = program
  const last = lastUses(program)
  const slots = new Int32Array(instructions.length).fill(-1)
  const counts = { double: 0, integer: 0, condition: 0 }
  const free: Record<Kind, number[]> = { double: [], integer: [], condition: [] }
  instructions.forEach((instruction, place) => {
    const { operation, operands } = instruction
    for (const operand of new Set(operands)) {
      if (last[operand] === place && slots[operand] !== -1) {
        free[kindOf(instructions[operand]!)].push(slots[operand]!)
      }
    }
    if (operation.kind === 'constant') return
    const kind = kindOf(instruction)
    const slot = free[kind].pop() ?? counts[kind]++
    slots[place] = slot
    if (last[place] === place) free[kind].push(slot)
  })
  return { slots, counts }
}
