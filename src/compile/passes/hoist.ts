import type { Program } from '../program/program.js'
import { select } from './prune.js'

/**
 * The program with what does not depend on the row first (the *uniform* instructions, run once for all rows), and the
 * rest after it, each in the order they had. In a program without columns everything is uniform.
 */
export function hoist(program: Program): Program {
  const varies = dependsOnRow(program)
  const uniform = varies.reduce((count, ofRow) => count - ofRow, varies.length)
  if (varies.lastIndexOf(0) === uniform - 1) return program
  const order = new Int32Array(varies.length)
  let first = 0
  let then = uniform
  for (let place = 0; place < varies.length; place++) order[varies[place] === 0 ? first++ : then++] = place
  return select(program, order)
}

/** The number of uniform instructions that a hoisted program begins with. */
export function uniformCount(program: Program): number {
  const first = dependsOnRow(program).indexOf(1)
  return first === -1 ? program.instructions.length : first
}

/** 1 for each instruction that depends on a column. */
function dependsOnRow({ instructions, columns }: Program): Uint8Array {
  const varies = new Uint8Array(instructions.length)
  if (columns.length === 0) return varies
  for (let place = 0; place < instructions.length; place++) {
    const { operation, operands } = instructions[place]!
    if (operation.kind === 'column') varies[place] = 1
    for (const operand of operands) if (varies[operand] === 1) varies[place] = 1
  }
  return varies
}
