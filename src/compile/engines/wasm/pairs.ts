/**
 * Pairing: two steps that do the same to different numbers become one step of two lanes. A network's units of one layer
 * are such twins from end to end, so half of the instructions of a single evaluation go away.
 */

import { movedTo } from '../../passes/prune.js'
import { Builder, COMMUTATIVE, Operations } from '../../program/builder.js'
import { kindOf, type Operation, type Program } from '../../program/program.js'

/** For each instruction its twin, or -1, and the lane in which it is computed. */
export interface Pairs {
  readonly twins: Int32Array
  readonly lanes: Uint8Array
}

/**
 * The pairs of a block. Twins are of the same operation and of the same depth, the longest way down to a leaf: so neither
 * needs the other, and no circle of pairs needs itself.
 */
export function pairUp(program: Program): Pairs {
  const shapes = new Shapes(program)
  const twins = new Int32Array(program.instructions.length).fill(-1)
  const places = [...program.instructions.keys()].filter(place => !isLeaf(program, place))
  const waiting = new Map<number, number>()
  // From the results down, since what makes two of a piece is that they are used alike
  for (const place of [...places].sort((a, b) => shapes.depths[b]! - shapes.depths[a]! || a - b)) {
    if (twins[place] !== -1 || !isPairable(program, place)) continue
    const shape = shapes.shapes[place]!
    const other = waiting.get(shape)
    if (other === undefined || twins[other] !== -1) waiting.set(shape, place)
    else {
      waiting.delete(shape)
      join(program, shapes, twins, other, place)
    }
  }
  const pairs = { twins, lanes: orient(program, places, twins) }
  dissolve(program, places, pairs)
  return pairs
}

/** The lanes of twins as those of their operands, so that vectors need not be turned round. */
function orient(program: Program, places: readonly number[], twins: Int32Array): Uint8Array {
  const lanes = new Uint8Array(twins.length)
  for (const place of places) {
    const twin = twins[place]!
    // Both have their operands before them at the second
    if (twin === -1 || twin > place) continue
    const operands = alignedOperands(program, twin, place, (p, q) => p === q || twins[p] === q)
    const [leading] = operands.find(([p, q]) => twins[p] === q) ?? [-1]
    const lane = leading === -1 ? 0 : lanes[leading]!
    lanes[twin] = lane
    lanes[place] = 1 - lane
  }
  return lanes
}

/** The operands of two twins, those that fit side by side. */
export function alignedOperands(
  program: Program,
  first: number,
  second: number,
  fits: (x: number, y: number) => boolean,
): readonly (readonly [number, number])[] {
  const xs = program.instructions[first]!.operands
  const ys = program.instructions[second]!.operands
  const operation = program.instructions[first]!.operation
  const swaps =
    operation.kind === 'step' &&
    COMMUTATIVE.has(operation.step) &&
    !(fits(xs[0]!, ys[0]!) && fits(xs[1]!, ys[1]!)) &&
    (fits(xs[0]!, ys[1]!) || fits(xs[1]!, ys[0]!))
  return swaps
    ? [
        [xs[0]!, ys[1]!],
        [xs[1]!, ys[0]!],
      ]
    : xs.map((x, i) => [x, ys[i]!])
}

/** Marks two instructions as twins, and what they are made of, as far down as that is alike. */
function join(
  program: Program,
  { depths, operations, shapes }: Shapes,
  twins: Int32Array,
  x: number,
  y: number,
): void {
  const stack: (readonly [number, number])[] = [[x, y]]
  while (stack.length > 0) {
    const [a, b] = stack.pop()!
    if (a === b || twins[a] !== -1 || twins[b] !== -1) continue
    if (operations[a] !== operations[b] || depths[a] !== depths[b] || !isPairable(program, a)) continue
    // Rescues of one function may differ in the number of conditions that are left
    if (program.instructions[a]!.operands.length !== program.instructions[b]!.operands.length) continue
    twins[a] = b
    twins[b] = a
    stack.push(...alignedOperands(program, a, b, (p, q) => p === q || shapes[p] === shapes[q]))
  }
}

/**
 * Rounds of taking apart what does not pay: each makes the neighbours of such pairs dearer, and so might go on step by step
 * through a long program.
 */
const ROUNDS = 8

/** Takes apart pairs that cost more than they save, and those that would need lanes of integers or conditions moved. */
function dissolve(program: Program, places: readonly number[], { twins, lanes }: Pairs): void {
  const isStored = new Set(program.outputs)
  let changed = true
  for (let round = 0; changed; round++) {
    changed = false
    const extractions = new Float64Array(twins.length)
    const strict = new Uint8Array(twins.length)
    const joins = new Float64Array(twins.length)
    for (const place of places) {
      const twin = twins[place]!
      if (twin !== -1 && !isDouble(program, place) && isStored.has(place)) take(place)
      if (twin === -1) {
        for (const operand of program.instructions[place]!.operands) take(operand)
        continue
      }
      if (twin < place) continue
      const isPaired = (p: number, q: number) => twins[p] === q
      for (const [p, q] of alignedOperands(program, place, twin, (p, q) => p === q || isPaired(p, q))) {
        if (isPaired(p, q) && lanes[p] === lanes[place]) continue
        if (isLeaf(program, p) && isLeaf(program, q) && isDouble(program, p)) continue
        if (p === q && program.instructions[p]!.operation.kind === 'constant') continue
        if (!isDouble(program, p)) joins[place] = Number.POSITIVE_INFINITY
        joins[place]! += 1
        take(p)
        if (q !== p && twins[p] !== q) take(q)
      }
    }
    function take(operand: number): void {
      const twin = twins[operand]!
      if (twin === -1) return
      extractions[Math.min(operand, twin)] = 1
      if (!isDouble(program, operand)) strict[Math.min(operand, twin)] = 1
    }
    for (const place of places) {
      const twin = twins[place]!
      if (twin < place) continue
      const cost = joins[place]! + extractions[place]!
      if (
        strict[place] === 0 &&
        (cost <= savingOf(program, place) || (round >= ROUNDS && cost < Number.POSITIVE_INFINITY))
      )
        continue
      twins[place] = -1
      twins[twin] = -1
      changed = true
    }
  }
}

/** What a pair saves, in instructions. */
function savingOf(program: Program, place: number): number {
  const operation = program.instructions[place]!.operation
  return operation.kind === 'step' && (operation.step === 'div' || operation.step === 'sqrt') ? 4 : 1
}

function isPairable(program: Program, place: number): boolean {
  const { kind } = program.instructions[place]!.operation
  return kind === 'step' || kind === 'rescue'
}

function isDouble(program: Program, place: number): boolean {
  return kindOf(program.instructions[place]!) === 'double'
}

function isLeaf(program: Program, place: number): boolean {
  return program.instructions[place]!.operands.length === 0
}

/** Numbers that are equal where the operations are, and where all that is below is alike, leaves aside. */
class Shapes {
  readonly depths: Int32Array
  readonly operations: Int32Array
  readonly shapes: Int32Array

  constructor({ instructions }: Program) {
    this.depths = new Int32Array(instructions.length)
    this.operations = new Int32Array(instructions.length)
    this.shapes = new Int32Array(instructions.length)
    const numbers = new Operations()
    // The shape of an instruction is its place in a program of which all leaves are one.
    const builder = new Builder()
    instructions.forEach(({ operation, operands }, place) => {
      const what = LEAVES.get(operation.kind) ?? operation
      let depth = 0
      for (const operand of operands) depth = Math.max(depth, this.depths[operand]! + 1)
      this.depths[place] = depth
      this.operations[place] = numbers.numberOf(what)
      this.shapes[place] = builder.place(what, movedTo(operands, this.shapes))
    })
  }
}

/** One for all that differ only in what they are given. */
const LEAF: Operation = { kind: 'constant', result: 'double', value: 0 }
const LEAVES: ReadonlyMap<Operation['kind'], Operation> = new Map<Operation['kind'], Operation>([
  ['constant', LEAF],
  ['load', { kind: 'input', index: 0 }],
])
