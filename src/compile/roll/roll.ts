import { Builder } from '../program/builder.js'
import type { Program } from '../program/program.js'
import { FEWEST_ROWS, Lists, mayRepeat, roots, type Tree, Walker } from './trees.js'

/**
 * A long program often does the same thing to many operands: the terms of a sum, the entries of a sparse matrix. Rolled,
 * each such thing is a loop over rows, which fetches its operands from memory and writes a run of memory; what is left
 * over stays straight-line code. The operations and their order within each result are those of the program, so the bits are.
 *
 * Memory begins with the inputs; then come the constants that differ from row to row; then the results of the parts.
 */
export interface Rolled {
  readonly parts: readonly Part[]
  /** The memory before a run; the inputs are still to be written. */
  readonly memory: Float64Array
  /** Where each output of the program stands in memory. */
  readonly outputs: Int32Array
}

export interface Part {
  /** A loop: over columns, with one output. Left over: over inputs, without columns. Loops of one shape share it. */
  readonly program: Program
  readonly isLoop: boolean
  /** A loop: by column and row, where the number stands in memory. Left over: for each input, in one array. */
  readonly addresses: readonly Int32Array[]
  readonly rows: number
  /** Where the results begin in memory. */
  readonly at: number
}

/** A program without columns, over primitives, as loops; `undefined` if less than half of it repeats. */
export function roll(program: Program): Rolled | undefined {
  const { instructions, outputs, inputs } = program
  const isRoot = roots(program)
  if (!mayRepeat(program, isRoot)) return undefined
  const walker = new Walker(program, isRoot)
  const levels = new Int32Array(instructions.length).fill(-1)
  // Trees of one shape on one level make a group.
  const lists = new Lists()
  const groups = new Int32Array(instructions.length)
  const rows: number[] = []
  const sizes: number[] = []
  for (let place = 0; place < instructions.length; place++) {
    if (isRoot[place] === 0) continue
    walker.walk(place)
    let level = 0
    const { values: leaves, length } = walker.leaves
    for (let i = 0; i < length; i++) level = Math.max(level, levels[leaves[i]!]! + 1)
    levels[place] = level
    walker.shape.push(level)
    const group = lists.numberOf(walker.shape)
    groups[place] = group
    rows[group] = (rows[group] ?? 0) + 1
    sizes[group] = walker.places.length
  }
  const isLoop = (group: number): boolean => rows[group]! >= FEWEST_ROWS
  let total = 0
  let inLoops = 0
  for (const [group, size] of sizes.entries()) {
    total += rows[group]! * size
    if (isLoop(group)) inLoops += rows[group]! * size
  }
  if (inLoops < total / 2) return undefined

  const byLevel: Map<number, Tree[]>[] = []
  for (let place = 0; place < instructions.length; place++) {
    if (isRoot[place] === 0) continue
    byLevel[levels[place]!] ??= new Map()
    const level = byLevel[levels[place]!]!
    const trees = level.get(groups[place]!)
    if (trees === undefined) level.set(groups[place]!, [walker.treeOf(place)])
    else trees.push(walker.treeOf(place))
  }

  const memory = Array.from(inputs, () => 0)
  const addresses = new Int32Array(instructions.length).fill(-1)
  instructions.forEach(({ operation }, place) => {
    if (operation.kind === 'input') addresses[place] = operation.index
  })
  function addressOf(place: number): number {
    const { operation } = instructions[place]!
    if (addresses[place] === -1 && operation.kind === 'constant') {
      addresses[place] = memory.push(operation.value) - 1
    }
    return addresses[place]!
  }
  function results(places: readonly number[]): number {
    const at = memory.length
    for (const place of places) addresses[place] = memory.push(0) - 1
    return at
  }

  const parts: Part[] = []
  const programs = new Map<string, Program>()
  function loop(trees: Tree[]): void {
    // In the order of their operands, so that columns are often runs of memory.
    trees.sort((a, b) => addressOf(a.leaves[0]!) - addressOf(b.leaves[0]!))
    const [first] = trees as [Tree]
    walker.walk(first.root)
    const shape = walker.shape.toArray().join()
    let body = programs.get(shape)
    if (body === undefined) {
      body = bodyOf(program, first)
      programs.set(shape, body)
    }
    const columns = first.leaves.map((_, c) => Int32Array.from(trees, ({ leaves }) => addressOf(leaves[c]!)))
    const at = results(trees.map(({ root }) => root))
    parts.push({ program: body, isLoop: true, addresses: columns, rows: trees.length, at })
  }
  let open: Tree[] = []
  function leftOver(): void {
    if (open.length === 0) return
    const { program: rest, leaves } = restOf(program, open)
    const from = Int32Array.from(leaves, addressOf)
    parts.push({
      program: rest,
      isLoop: false,
      addresses: [from],
      rows: 1,
      at: results(open.map(({ root }) => root)),
    })
    open = []
  }
  for (const level of byLevel) {
    const loops = [...level.values()].filter(({ length }) => length >= FEWEST_ROWS)
    if (loops.length > 0) leftOver()
    for (const trees of loops) loop(trees)
    for (const trees of level.values()) if (trees.length < FEWEST_ROWS) open.push(...trees)
  }
  leftOver()
  const from = Int32Array.from(outputs, addressOf)
  return { parts, memory: Float64Array.from(memory), outputs: from }
}

/** The program of a loop: of one tree, with a column for each leaf. */
function bodyOf(program: Program, tree: Tree): Program {
  const columns = tree.leaves.map((_, c) => String(c))
  const builder = new Builder()
  const places = new Map(
    tree.leaves.map((leaf, index) => [leaf, builder.place({ kind: 'column', index }, [])]),
  )
  copy(program, tree, builder, places)
  return { instructions: builder.instructions, outputs: [places.get(tree.root)!], inputs: [], columns }
}

/** Trees that do not repeat, one after another, with an input for each leaf that is not among them. */
function restOf(program: Program, trees: readonly Tree[]): { program: Program; leaves: readonly number[] } {
  const builder = new Builder()
  const places = new Map<number, number>()
  const leaves: number[] = []
  for (const tree of trees) {
    for (const leaf of tree.leaves) {
      if (places.has(leaf)) continue
      places.set(leaf, builder.place({ kind: 'input', index: leaves.length }, []))
      leaves.push(leaf)
    }
    copy(program, tree, builder, places)
  }
  const outputs = trees.map(({ root }) => places.get(root)!)
  const inputs = leaves.map(leaf => program.instructions[leaf]!.label)
  return { program: { instructions: builder.instructions, outputs, inputs, columns: [] }, leaves }
}

function copy(program: Program, tree: Tree, builder: Builder, places: Map<number, number>): void {
  for (const place of tree.places) {
    const { operation, operands, label } = program.instructions[place]!
    const placed = operands.map(
      operand => places.get(operand) ?? builder.place(program.instructions[operand]!.operation, []),
    )
    places.set(place, builder.place(operation, placed, label))
  }
}
