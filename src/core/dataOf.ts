import type { Operand } from './value.js'

/** The number that an operand stands for. */
export function dataOf(operand: Operand): number {
  return typeof operand === 'number' ? operand : operand.data
}
