import type { Instruction, Operation, Program } from '../program.js'

/** Fewer rows are not worth a loop. */
export const FEWEST_ROWS = 16

/** A value that several others need is kept in memory if it costs as much; a cheaper one is computed again. Measured. */
const KEPT = 24

/** What a primitive costs that is a function, where one that says its steps, mostly a single one, costs 1. */
const FUNCTION = 12

/** What the body of a loop may cost before it is cut. */
const LARGEST_BODY = 128

/**
 * An operand that is ready so many steps before it is used is computed on its own: the terms of a running total, which
 * would otherwise become part of the total.
 */
const FARTHEST = 12

/** 1 for each instruction whose result is kept in memory. What lies between two of them is a tree over memory. */
export function roots({ instructions, outputs }: Program): Uint8Array {
  const isRoot = new Uint8Array(instructions.length)
  const uses = new Int32Array(instructions.length)
  const costs = new Int32Array(instructions.length)
  const heights = new Int32Array(instructions.length)
  for (const { operands } of instructions) for (const operand of operands) uses[operand]! += 1
  const isInner = (place: number): boolean => costs[place]! > 0 && isRoot[place] === 0
  instructions.forEach(({ operation, operands }, place) => {
    if (operation.kind !== 'primitive') return
    let height = 0
    for (const operand of operands) height = Math.max(height, heights[operand]! + 1)
    heights[place] = height
    const own = operation.primitive.steps === undefined ? FUNCTION : 1
    let cost = own
    for (const operand of operands) {
      if (isInner(operand) && height - heights[operand]! > FARTHEST) isRoot[operand] = 1
      if (isInner(operand)) cost += costs[operand]!
    }
    if (cost > LARGEST_BODY) {
      for (const operand of operands) if (isInner(operand)) isRoot[operand] = 1
      cost = own
    }
    costs[place] = cost
    if (uses[place]! > 1 && cost >= KEPT) isRoot[place] = 1
  })
  for (const output of outputs) if (costs[output]! > 0) isRoot[output] = 1
  return isRoot
}

/** What is computed from memory to get one root. */
export interface Tree {
  readonly root: number
  /** Its instructions, operands first, the root last. */
  readonly places: readonly number[]
  /** The inputs, constants and other roots that it reads, as they are met. */
  readonly leaves: readonly number[]
  /** The same for trees that differ in their leaves only. */
  readonly shape: string
  readonly size: number
}

/** Finds the tree of a root, and its shape. */
export class Shapes {
  private readonly instructions: readonly Instruction[]
  private readonly isRoot: Uint8Array
  private readonly uses: Int32Array
  private readonly numbers = new Map<unknown, number>()

  constructor({ instructions }: Program, isRoot: Uint8Array) {
    this.instructions = instructions
    this.isRoot = isRoot
    this.uses = new Int32Array(instructions.length)
    for (const { operands } of instructions) for (const operand of operands) this.uses[operand]! += 1
  }

  treeOf(root: number): Tree {
    const { instructions, isRoot } = this
    const places: number[] = []
    const leaves: number[] = []
    const numbers = new Map<number, string>()
    const shape: string[] = []
    const stack = [root]
    while (stack.length > 0) {
      const place = stack[stack.length - 1]!
      const { operation, operands } = instructions[place]!
      if (numbers.has(place)) stack.pop()
      else if (this.isWritten(place)) {
        numbers.set(place, `c${place}`)
      } else if (operation.kind !== 'primitive' || (isRoot[place] === 1 && place !== root)) {
        numbers.set(place, `l${leaves.length}`)
        leaves.push(place)
      } else {
        const before = stack.length
        for (let i = operands.length - 1; i >= 0; i--)
          if (!numbers.has(operands[i]!)) stack.push(operands[i]!)
        if (stack.length > before) continue
        numbers.set(place, `t${places.length}`)
        places.push(place)
        shape.push(`${this.numberOf(operation)}(${operands.map(operand => numbers.get(operand)).join()})`)
      }
    }
    return { root, places, leaves, shape: shape.join(' '), size: places.length }
  }

  /** Whether a constant is written into the body, since many need this very one; others are data. */
  isWritten(place: number): boolean {
    return this.instructions[place]!.operation.kind === 'constant' && this.uses[place]! >= FEWEST_ROWS
  }

  private numberOf(operation: Operation): number {
    const key = operation.kind === 'primitive' ? operation.primitive : operation
    let number = this.numbers.get(key)
    if (number === undefined) {
      number = this.numbers.size
      this.numbers.set(key, number)
    }
    return number
  }
}
