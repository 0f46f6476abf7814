import type { Program } from '../program/program.js'
import { uniformCount } from './hoist.js'

/**
 * For each instruction the last place that reads it: the length of the program for an output and for a uniform value
 * that a row needs, since the next row needs it again; its own place for what nothing reads.
 */
export function lastUses(program: Program): Int32Array {
  const { instructions, outputs } = program
  const end = instructions.length
  const uniform = uniformCount(program)
  const last = new Int32Array(end)
  for (let place = 0; place < end; place++) {
    last[place] = place
    const { operands } = instructions[place]!
    for (let i = 0; i < operands.length; i++)
      last[operands[i]!] = operands[i]! < uniform && place >= uniform ? end : place
  }
  for (const output of outputs) last[output] = end
  return last
}

/** The largest number of values, constants aside, that are alive at once. */
export function pressure(program: Program): number {
  const last = lastUses(program)
  const { instructions } = program
  const ends = new Int32Array(instructions.length + 1)
  let live = 0
  let most = 0
  for (let place = 0; place < instructions.length; place++) {
    live -= ends[place]!
    if (instructions[place]!.operation.kind === 'constant') continue
    live += 1
    ends[last[place]!]! += 1
    most = Math.max(most, live)
  }
  return most
}
