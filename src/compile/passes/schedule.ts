import type { Program } from '../program/program.js'
import { uniformCount } from './hoist.js'
import { pressure } from './liveness.js'
import { select } from './prune.js'

/**
 * The same instructions in an order that keeps fewer values alive: each result is followed back to its operands, those with
 * more below them first (Sethi and Ullman's rule, which is the best order for a tree and a good one for most graphs). The
 * order that was there is kept if it is as good. What is uniform stays in front.
 */
export function schedule(program: Program): Program {
  const scheduled = select(program, depthFirst(program))
  return pressure(scheduled) < pressure(program) ? scheduled : program
}

function depthFirst(program: Program): Int32Array {
  const { instructions, outputs } = program
  const needs = registersNeeded(program)
  const order = new Int32Array(instructions.length)
  const placed = new Uint8Array(instructions.length)
  let count = 0
  const stack: number[] = []
  /** The operands that need the most come to lie on top. */
  const sortFrom = (start: number): void => {
    if (stack.length === start + 2) {
      const [x, y] = [stack[start]!, stack[start + 1]!]
      if (needs[x]! <= needs[y]!) return
      stack[start] = y
      stack[start + 1] = x
    } else if (stack.length > start + 2) {
      // A loop, since a run has as many operands as a program has inputs, and a call takes fewer.
      for (const place of stack.splice(start).sort((a, b) => needs[a]! - needs[b]!)) stack.push(place)
    }
  }
  const follow = (root: number): void => {
    stack.push(root)
    while (stack.length > 0) {
      const place = stack[stack.length - 1]!
      const before = stack.length
      if (placed[place] === 0) {
        const { operands } = instructions[place]!
        for (let i = 0; i < operands.length; i++) if (placed[operands[i]!] === 0) stack.push(operands[i]!)
        if (stack.length > before) {
          sortFrom(before)
          continue
        }
        placed[place] = 1
        order[count++] = place
      }
      stack.pop()
    }
  }
  const uniform = uniformCount(program)
  for (const output of outputs) if (output < uniform) follow(output)
  for (let place = 0; place < uniform; place++) follow(place)
  for (const output of outputs) follow(output)
  return order
}

/** How many values are alive at once while an instruction and all below it are computed, were it a tree. */
function registersNeeded({ instructions }: Program): Int32Array {
  const needs = new Int32Array(instructions.length)
  for (let place = 0; place < instructions.length; place++) {
    const { operation, operands } = instructions[place]!
    if (operation.kind === 'constant') continue
    const [x, y] = operands
    if (operands.length <= 2) {
      const [first, second] = [x === undefined ? 1 : needs[x]!, y === undefined || y === x ? 0 : needs[y]!]
      needs[place] = first === second ? first + 1 : Math.max(first, second, 1)
      continue
    }
    const below = [...new Set(operands)].map(operand => needs[operand]!).sort((a, b) => b - a)
    let most = 1
    for (let i = 0; i < below.length; i++) most = Math.max(most, below[i]! + i)
    needs[place] = most
  }
  return needs
}
