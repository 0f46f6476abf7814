import type { Operand } from './value.js'

// The rules that the names 'out', 'x' and 'y' stand for. The sweeps know these functions when they see them and need
// not call them. A file of their own, since primitive.ts loads value.ts, which loads the sweeps.
export const theResult = (out: Operand): Operand => out
export const theFirst = (_out: Operand, x: Operand): Operand => x
export const theSecond = (_out: Operand, _x: Operand, y: Operand): Operand => y
