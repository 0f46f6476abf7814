import type { Operand } from './value.js'

// The rules that the names 'out', 'x' and 'y' stand for. A sweep knows these functions when it sees them and need not
// call them.
export const theResult = (out: Operand): Operand => out
export const theFirst = (_out: Operand, x: Operand): Operand => x
export const theSecond = (_out: Operand, _x: Operand, y: Operand): Operand => y
