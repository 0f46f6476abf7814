import { stepsOf } from '../generated/steps.js'
import { mixed } from '../program/builder.js'
import type { Instruction, Program } from '../program/program.js'

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
  for (let place = 0; place < instructions.length; place++)
    for (const operand of instructions[place]!.operands) uses[operand]! += 1
  const isInner = (place: number): boolean => costs[place]! > 0 && isRoot[place] === 0
  instructions.forEach(({ operation, operands }, place) => {
    if (operation.kind !== 'primitive') return
    let height = 0
    for (const operand of operands) height = Math.max(height, heights[operand]! + 1)
    heights[place] = height
    const own = stepsOf(operation.primitive) === undefined ? FUNCTION : 1
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

/**
 * Whether half of the work may be in trees that repeat, as far as hash codes tell that do not see what a tree shares within
 * itself. One look at each instruction: to walk the trees of a long program in which nothing repeats takes ten times as long.
 */
export function mayRepeat({ instructions }: Program, isRoot: Uint8Array): boolean {
  const operations = new Map<unknown, number>()
  const codes = new Int32Array(instructions.length)
  const levels = new Int32Array(instructions.length).fill(-1)
  /** What is computed below an instruction; 0 for a leaf. */
  const sizes = new Int32Array(instructions.length)
  const groups = new Map<number, { rows: number; readonly size: number }>()
  let total = 0
  for (let place = 0; place < instructions.length; place++) {
    const { operation, operands } = instructions[place]!
    if (operation.kind !== 'primitive') continue
    const number = operations.get(operation.primitive) ?? operations.size
    operations.set(operation.primitive, number)
    let code = mixed(number)
    let level = 0
    let size = 1
    for (const operand of operands) {
      const isLeaf = isRoot[operand] === 1 || sizes[operand] === 0
      code = mixed(code ^ (isLeaf ? -1 : codes[operand]!))
      level = Math.max(level, levels[operand]! + (isLeaf ? 1 : 0))
      if (!isLeaf) size += sizes[operand]!
    }
    codes[place] = code
    levels[place] = level
    sizes[place] = size
    if (isRoot[place] === 0) continue
    total += size
    const key = mixed(code ^ level)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { rows: 1, size })
    else group.rows += 1
  }
  let inLoops = 0
  for (const { rows, size } of groups.values()) if (rows >= FEWEST_ROWS) inLoops += rows * size
  return inLoops >= total / 2
}

/** What is computed from memory to get one root. */
export interface Tree {
  readonly root: number
  /** Its instructions, operands first, the root last. */
  readonly places: readonly number[]
  /** The inputs, constants and other roots that it reads, as they are met. */
  readonly leaves: readonly number[]
}

// What an operand is: the number of one of these, times three and plus
const WRITTEN = 0
const LEAF = 1
const RESULT = 2

/**
 * Walks trees. There may be hundreds of thousands, most of which are looked at only to see that nothing repeats: so a walk
 * leaves what it finds in arrays that the next one uses again, and shapes are lists of numbers.
 */
export class Walker {
  /** Of the tree that was walked last, as in `Tree`. */
  readonly places: Numbers = new Numbers()
  readonly leaves: Numbers = new Numbers()
  /** The same for trees that differ in their leaves only: for each instruction its operation and what its operands are. */
  readonly shape: Numbers = new Numbers()
  private readonly instructions: readonly Instruction[]
  private readonly isRoot: Uint8Array
  private readonly uses: Int32Array
  private readonly operations: Int32Array
  /** The last walk in which a place was met, and what it was there. */
  private readonly metIn: Int32Array
  private readonly codes: Int32Array
  private readonly stack: number[] = []
  private walks = 0

  constructor({ instructions }: Program, isRoot: Uint8Array) {
    this.instructions = instructions
    this.isRoot = isRoot
    this.uses = new Int32Array(instructions.length)
    this.operations = new Int32Array(instructions.length)
    this.metIn = new Int32Array(instructions.length)
    this.codes = new Int32Array(instructions.length)
    const numbers = new Map<unknown, number>()
    for (let place = 0; place < instructions.length; place++) {
      const { operation, operands } = instructions[place]!
      for (const operand of operands) this.uses[operand]! += 1
      if (operation.kind !== 'primitive') continue
      const number = numbers.get(operation.primitive) ?? numbers.size
      numbers.set(operation.primitive, number)
      this.operations[place] = number
    }
  }

  treeOf(root: number): Tree {
    this.walk(root)
    return { root, places: this.places.toArray(), leaves: this.leaves.toArray() }
  }

  walk(root: number): void {
    const { instructions, places, leaves, shape, metIn, codes, stack } = this
    places.length = 0
    leaves.length = 0
    shape.length = 0
    const walk = ++this.walks
    stack.push(root)
    while (stack.length > 0) {
      const place = stack[stack.length - 1]!
      const before = stack.length
      if (metIn[place] !== walk) {
        const { operation, operands } = instructions[place]!
        if (this.isWritten(place)) codes[place] = 3 * place + WRITTEN
        else if (operation.kind !== 'primitive' || (this.isRoot[place] === 1 && place !== root)) {
          codes[place] = 3 * leaves.length + LEAF
          leaves.push(place)
        } else {
          for (let i = operands.length - 1; i >= 0; i--)
            if (metIn[operands[i]!] !== walk) stack.push(operands[i]!)
          if (stack.length > before) continue
          codes[place] = 3 * places.length + RESULT
          places.push(place)
          shape.push(this.operations[place]!)
          shape.push(operands.length)
          for (const operand of operands) shape.push(codes[operand]!)
        }
        metIn[place] = walk
      }
      stack.pop()
    }
  }

  /** Whether a constant is written into the body, since many need this very one; others are data. */
  private isWritten(place: number): boolean {
    return this.uses[place]! >= FEWEST_ROWS && this.instructions[place]!.operation.kind === 'constant'
  }
}

/** A list of integers that keeps its memory when it is emptied. */
export class Numbers {
  length = 0
  values: Int32Array = new Int32Array(64)

  push(number: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = number
  }

  toArray(): number[] {
    return [...this.values.subarray(0, this.length)]
  }
}

/** Lists of numbers, each different one numbered once, from 0. */
export class Lists {
  /** All lists, one after another, and where each ends. */
  private readonly pool = new Numbers()
  private readonly ends = new Numbers()
  private readonly codes = new Numbers()
  /** Open addressing: 0, or a number plus 1. */
  private table = new Int32Array(1024)

  numberOf(list: Numbers): number {
    let code = list.length
    for (let i = 0; i < list.length; i++) code = mixed(code ^ list.values[i]!)
    const mask = this.table.length - 1
    let slot = code & mask
    for (let found = this.table[slot]!; found !== 0; found = this.table[slot]!) {
      if (this.codes.values[found - 1] === code && this.isSame(found - 1, list)) return found - 1
      slot = (slot + 1) & mask
    }
    for (let i = 0; i < list.length; i++) this.pool.push(list.values[i]!)
    this.ends.push(this.pool.length)
    this.codes.push(code)
    this.table[slot] = this.codes.length
    if (2 * this.codes.length > mask) this.grow()
    return this.ends.length - 1
  }

  private isSame(number: number, list: Numbers): boolean {
    const start = number === 0 ? 0 : this.ends.values[number - 1]!
    if (this.ends.values[number]! - start !== list.length) return false
    for (let i = 0; i < list.length; i++) if (this.pool.values[start + i] !== list.values[i]) return false
    return true
  }

  private grow(): void {
    const mask = 2 * this.table.length - 1
    this.table = new Int32Array(mask + 1)
    for (let number = 0; number < this.codes.length; number++) {
      let slot = this.codes.values[number]! & mask
      while (this.table[slot] !== 0) slot = (slot + 1) & mask
      this.table[slot] = number + 1
    }
  }
}
