import type { Program } from './program.js'
import { select } from './prune.js'

/**
 * The program with what does not depend on the row first (the *uniform* instructions, run once for all rows), and the
 * rest after it, each in the order they had. In a program without columns everything is uniform.
 */
export function hoist(program: Program): Program {
  const varies = dependsOnRow(program)
  const places = program.instructions.map((_, place) => place)
  return select(program, [
    ...places.filter(place => varies[place] === 0),
    ...places.filter(place => varies[place] === 1),
  ])
}

/** The number of uniform instructions that a hoisted program begins with. */
export function uniformCount(program: Program): number {
  const first = dependsOnRow(program).indexOf(1)
  return first === -1 ? program.instructions.length : first
}

/** 1 for each instruction that depends on a column. */
function dependsOnRow({ instructions }: Program): Uint8Array {
  const varies = new Uint8Array(instructions.length)
  instructions.forEach(({ operation, operands }, place) => {
    if (operation.kind === 'column' || operands.some(operand => varies[operand] === 1)) varies[place] = 1
  })
  return varies
}
