import type { Program } from '../program/program.js'
import { uniformCount } from './hoist.js'
import { lastUses } from './liveness.js'

/** A run of instructions that becomes one function. */
export interface Piece {
  readonly from: number
  readonly to: number
  /** Whether it runs once for all rows. */
  readonly isUniform: boolean
}

/** A program in functions of bounded size, and the memory through which they hand each other values. */
export interface Pieces {
  readonly pieces: readonly Piece[]
  /** By place, where a value that leaves its piece is kept; -1 for one that does not. Constants never do. */
  readonly memory: Int32Array
  /** The number of doubles in that memory. */
  readonly size: number
}

/**
 * Cuts a hoisted program after every `limit` instructions, and where the uniform part ends. Engines optimise functions up
 * to some size only, and take more than proportional time for large ones. Outputs are handed over as well, unless there
 * is one piece for each part.
 */
export function split(program: Program, limit: number): Pieces {
  const { instructions, outputs } = program
  const end = instructions.length
  const uniform = uniformCount(program)
  const pieces: Piece[] = []
  for (let from = 0; from < end; ) {
    const isUniform = from < uniform
    const to = Math.min(from + limit, isUniform ? uniform : end)
    pieces.push({ from, to, isUniform })
    from = to
  }
  const pieceOf = new Int32Array(end + 1).fill(pieces.length)
  pieces.forEach(({ from, to }, i) => {
    pieceOf.fill(i, from, to)
  })
  const last = lastUses(program)
  const memory = new Int32Array(end).fill(-1)
  const freed: number[][] = pieces.map(() => [])
  const free: number[] = []
  let size = 0
  pieces.forEach(({ from, to }, i) => {
    // What the piece before read for the last time; not what this one reads, since it writes as it goes.
    if (i > 0) for (const slot of freed[i - 1]!) free.push(slot)
    for (let place = from; place < to; place++) {
      const until = pieceOf[last[place]!]!
      if (until === i || instructions[place]!.operation.kind === 'constant') continue
      memory[place] = free.pop() ?? size++
      freed[until]?.push(memory[place]!)
    }
  })
  for (const output of outputs) {
    if (memory[output] === -1 && instructions[output]!.operation.kind !== 'constant') memory[output] = size++
  }
  return { pieces, memory, size }
}
