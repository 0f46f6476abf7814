import { Builder } from '../program/builder.js'
import type { Address } from '../program/program.js'
import {
  type CarriedOperation,
  type ConstantOperation,
  kindOf,
  type LoadOperation,
  type Operation,
  type Program,
} from '../program/program.js'
import { Addresses, type Counts } from './addresses.js'
import type { Block, Carried, Item, Loop, Looped } from './looped.js'
import type { Repeats } from './repeats.js'

/** A loop whose code stands once: all its iterations, in the order in which they run. */
interface LoopPlan extends Counts {
  readonly kind: 'loop'
  readonly around: readonly LoopPlan[]
  readonly items: (LoopPlan | BlockPlan)[]
  /** By running number of the iteration, the time of entry that it belongs to; the last of each is its end. */
  readonly entries: Int32Array
  readonly carried: Hand[]
  isParallel: boolean
}

interface BlockPlan {
  readonly kind: 'block'
  readonly phase: 'once' | 'row'
  readonly around: readonly LoopPlan[]
  readonly lines: Line[]
}

/** An instruction of a block, with what it stands for: in each iteration an instruction of the program or an output. */
interface Line {
  readonly elements: Int32Array
  readonly block: BlockPlan
  readonly index: number
  sources: Source[]
  /** Whether it is read from memory, but for the last value of a loop, and whether that is. */
  isRead: boolean
  isLastRead: boolean
  /** Whether its loop hands it on. */
  isCarried: boolean
  start: number
}

/** Where an operand comes from. */
type Source =
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'constant'; readonly place: number }
  | { readonly kind: 'carried'; readonly index: number }
  | { readonly kind: 'memory'; readonly places: Int32Array }

interface Hand {
  readonly line: Line
  readonly initial: Int32Array
}

/** Decides what lies where in memory, and writes the blocks. */
export class Placement {
  private readonly program: Program
  private readonly phases: readonly ('once' | 'row')[]
  private readonly items: Record<'once' | 'row', (LoopPlan | BlockPlan)[]> = { once: [], row: [] }
  private readonly blocks: BlockPlan[] = []
  private readonly lines: Line[] = []
  /** By element, its line and the running number of its iteration. */
  private readonly lineOf: Int32Array
  private readonly runningOf: Int32Array
  private readonly addresses = new Addresses()
  private readonly constants: number[] = []
  private readonly constantLists = new Map<string, number>()
  private readonly sizes: Record<'once' | 'row', number>
  private readonly loads = new Map<Address, Map<string, LoadOperation>>()
  private length = 0

  constructor(program: Program, phases: readonly ('once' | 'row')[]) {
    this.program = program
    this.phases = phases
    const elements = program.instructions.length + program.outputs.length
    this.lineOf = new Int32Array(elements).fill(-1)
    this.runningOf = new Int32Array(elements)
    this.sizes = { once: program.inputs.length, row: program.columns.length }
  }

  /** A list of elements with its repeats becomes the items of a phase. */
  add(
    phase: 'once' | 'row',
    { elements, repeats }: Repeats,
    weightOf: (element: number) => number,
    longestBlock: number,
  ): void {
    const items = (
      children: readonly Int32Array[],
      around: readonly LoopPlan[],
      limit: number,
    ): (LoopPlan | BlockPlan)[] => {
      const found: (LoopPlan | BlockPlan)[] = []
      let open: BlockPlan | undefined
      let weight = 0
      for (const times of children) {
        if (times[0]! >= 0) {
          if (open === undefined || weight > limit || this.needsCut(open, times)) {
            open = { kind: 'block', phase, around, lines: [] }
            weight = 0
            found.push(open)
            this.blocks.push(open)
          }
          this.addLine(open, times)
          weight += weightOf(times[0]!)
          continue
        }
        open = undefined
        const each = Array.from(times, time => repeats[-1 - time]!)
        const { period } = each[0]!
        const counts = Int32Array.from(each, ({ count }) => count)
        const total = counts.reduce((sum, count) => sum + count, 0)
        const entries = new Int32Array(total)
        const inner = Array.from({ length: period }, () => new Int32Array(total))
        let running = 0
        each.forEach(({ elements, count }, e) => {
          for (let s = 0; s < count; s++, running++) {
            entries[running] = e
            for (let i = 0; i < period; i++) inner[i]![running] = elements[s * period + i]!
          }
        })
        const loop: LoopPlan = {
          kind: 'loop',
          around,
          counts,
          total,
          entries,
          items: [],
          carried: [],
          isParallel: true,
        }
        loop.items.push(...items(inner, [...around, loop], Number.POSITIVE_INFINITY))
        found.push(loop)
      }
      return found
    }
    const single = Array.from(elements, element => Int32Array.of(element))
    this.items[phase] = items(single, [], longestBlock)
  }

  /**
   * Loads of a block see the memory as it was before: so what is read from the same iteration in some iterations only, and
   * must come from memory, comes from a block before.
   */
  private needsCut(block: BlockPlan, elements: Int32Array): boolean {
    if (elements.length === 1) return false
    const count = this.operandsOf(elements[0]!).length
    for (let a = 0; a < count; a++) {
      let near = 0
      let line = -1
      for (let n = 0; n < elements.length; n++) {
        const place = this.operandsOf(elements[n]!)[a]!
        const number = this.lineOf[place]!
        if (number === -1 || this.lines[number]!.block !== block || this.runningOf[place] !== n) continue
        if (line !== -1 && line !== number) return true
        line = number
        near += 1
      }
      if (near > 0 && near < elements.length) return true
    }
    return false
  }

  private addLine(block: BlockPlan, elements: Int32Array): void {
    const line: Line = {
      elements,
      block,
      index: block.lines.length,
      sources: [],
      isRead: false,
      isLastRead: false,
      isCarried: false,
      start: -1,
    }
    const number = this.lines.push(line) - 1
    block.lines.push(line)
    for (let n = 0; n < elements.length; n++) {
      this.lineOf[elements[n]!] = number
      this.runningOf[elements[n]!] = n
    }
  }

  finish(): Looped {
    for (const line of this.lines) this.findSources(line)
    for (const line of this.lines) this.findReads(line)
    // Constants are written first, so that memory begins with what does not change
    const blocks = { once: this.items.once, rows: this.items.row }
    this.placeConstants()
    for (const line of this.lines) {
      if (!line.isRead && !line.isLastRead) continue
      const { phase, around } = line.block
      const isLastOnly = line.isCarried && !line.isRead
      line.start = this.sizes[phase]
      this.sizes[phase] += isLastOnly ? around.at(-1)!.counts.length : line.elements.length
    }
    const write = (item: LoopPlan | BlockPlan): Item =>
      item.kind === 'block' ? this.writeBlock(item, []) : this.writeLoop(item)
    const { inputs, columns, outputs } = this.program
    return {
      once: blocks.once.map(write),
      rows: blocks.rows.map(write),
      inputs: inputs.length,
      constants: Float64Array.from(this.constants),
      onceSize: this.sizes.once,
      columns: columns.length,
      rowSize: this.sizes.row,
      outputs: outputs.length,
      length: this.length,
    }
  }

  private operandsOf(element: number): readonly number[] {
    const { instructions, outputs } = this.program
    const output = element - instructions.length
    return output >= 0 ? [outputs[output]!] : instructions[element]!.operands
  }

  private operationOf(place: number): Operation {
    return this.program.instructions[place]!.operation
  }

  private findSources(line: Line): void {
    const { elements, block } = line
    const count = this.operandsOf(elements[0]!).length
    const lists = Array.from({ length: count }, () => new Int32Array(elements.length))
    for (let n = 0; n < elements.length; n++) {
      const operands = this.operandsOf(elements[n]!)
      for (let a = 0; a < count; a++) lists[a]![n] = operands[a]!
    }
    line.sources = lists.map(places => this.sourceOf(places, line, block))
  }

  private sourceOf(places: Int32Array, { index }: Line, block: BlockPlan): Source {
    const first = this.operationOf(places[0]!)
    if (first.kind === 'constant' && places.every(place => place === places[0])) {
      return { kind: 'constant', place: places[0]! }
    }
    const loop = block.around.at(-1)
    const number = this.lineOf[places.at(-1)!]!
    const line = this.lines[number]
    if (line?.block === block) {
      const isSame = (place: number, n: number) =>
        this.lineOf[place] === number && this.runningOf[place] === n
      if (line.index < index && places.every(isSame)) return { kind: 'line', line }
      if (loop !== undefined && loop.items.length === 1) {
        const { entries } = loop
        const isNext = (place: number, n: number) =>
          n === 0 || entries[n] !== entries[n - 1] || isSame(place, n - 1)
        if (places.every(isNext)) return { kind: 'carried', index: this.handOn(loop, line, places) }
      }
    }
    // A loop around that computes what is read is not parallel, unless it does so in the same iteration
    for (const [depth, around] of block.around.entries()) {
      if (around.isParallel && places.some((place, n) => this.isOfOther(place, n, block, depth))) {
        around.isParallel = false
      }
    }
    return { kind: 'memory', places }
  }

  /** Whether a value is computed in the loop of this depth, and in another iteration of it. */
  private isOfOther(place: number, running: number, block: BlockPlan, depth: number): boolean {
    const other = this.lines[this.lineOf[place]!]?.block
    if (other === undefined || other.around[depth] !== block.around[depth]) return false
    return this.iterationOf(running, block, depth) !== this.iterationOf(this.runningOf[place]!, other, depth)
  }

  private iterationOf(running: number, { around }: BlockPlan, depth: number): number {
    let n = running
    for (let d = around.length - 1; d > depth; d--) n = around[d]!.entries[n]!
    return n
  }

  private handOn(loop: LoopPlan, line: Line, places: Int32Array): number {
    const { entries, counts } = loop
    const initial = new Int32Array(counts.length)
    for (let n = places.length - 1; n >= 0; n--) initial[entries[n]!] = places[n]!
    line.isCarried = true
    loop.isParallel = false
    const known = loop.carried.findIndex(
      hand => hand.line === line && hand.initial.every((place, e) => place === initial[e]),
    )
    return known !== -1 ? known : loop.carried.push({ line, initial }) - 1
  }

  private findReads(line: Line): void {
    for (const source of line.sources) if (source.kind === 'memory') this.read(source.places)
    const loop = line.block.around.at(-1)
    for (const hand of loop?.carried ?? []) if (hand.line === line) this.read(hand.initial)
  }

  private read(places: Int32Array): void {
    for (const place of places) {
      const line = this.lines[this.lineOf[place]!]
      if (line === undefined) continue
      const loop = line.block.around.at(-1)
      const n = this.runningOf[place]!
      const isLast = loop !== undefined && (n + 1 === loop.total || loop.entries[n + 1] !== loop.entries[n])
      if (isLast) line.isLastRead = true
      else line.isRead = true
    }
  }

  /** Constants that are read from memory: those of one operand one after another, by iteration. */
  private placeConstants(): void {
    const places = (list: Int32Array): void => {
      if (list.every(place => this.operationOf(place).kind === 'constant')) {
        this.constantList(list)
        return
      }
      for (const place of list) if (this.operationOf(place).kind === 'constant') this.constantList([place])
    }
    for (const { sources } of this.lines)
      for (const source of sources) if (source.kind === 'memory') places(source.places)
    for (const { around } of this.blocks)
      for (const { carried } of around) for (const { initial } of carried) places(initial)
  }

  private constantList(places: ArrayLike<number>): number {
    const key = Array.from(places).join()
    let start = this.constantLists.get(key)
    if (start === undefined) {
      start = this.sizes.once
      this.constantLists.set(key, start)
      for (let i = 0; i < places.length; i++) {
        const { operation } = this.program.instructions[places[i]!]!
        this.constants.push((operation as { readonly value: number }).value)
      }
      this.sizes.once += places.length
    }
    return start
  }

  private elementsOf(places: Int32Array): Int32Array {
    if (places.every(place => this.operationOf(place).kind === 'constant')) {
      const start = this.constantList(places)
      return places.map((_, i) => start + i)
    }
    return places.map(place => {
      const operation = this.operationOf(place)
      if (operation.kind === 'constant') return this.constantList([place])
      if (operation.kind === 'input' || operation.kind === 'column') return operation.index
      const line = this.lines[this.lineOf[place]!]!
      const n = this.runningOf[place]!
      return line.start + (line.isCarried && !line.isRead ? line.block.around.at(-1)!.entries[n]! : n)
    })
  }

  /** The operation that reads these places, one by iteration. */
  private loadOf(places: Int32Array, loops: readonly LoopPlan[]): LoadOperation | ConstantOperation {
    const [place] = places as unknown as [number]
    const operation = this.operationOf(place)
    if (operation.kind === 'constant' && places.every(other => other === place)) return operation
    const memory = this.phases[place]!
    const address = this.addresses.of(memory, this.elementsOf(places), loops)
    const result = kindOf(this.program.instructions[place]!)
    let ofKind = this.loads.get(address)
    if (ofKind === undefined) {
      ofKind = new Map()
      this.loads.set(address, ofKind)
    }
    let load = ofKind.get(result)
    if (load === undefined) {
      load = { kind: 'load', address, result }
      ofKind.set(result, load)
    }
    return load
  }

  private writeLoop(plan: LoopPlan): Loop {
    const { counts, carried, items, around, isParallel } = plan
    const isUniform = counts.every(count => count === counts[0])
    const [only] = items as [LoopPlan | BlockPlan]
    return {
      kind: 'loop',
      count: isUniform ? counts[0]! : counts,
      carried: carried.map(({ line, initial }): Carried => {
        const isFirst = carried.find(hand => hand.line === line)!.initial === initial
        const isStored = isFirst && !line.isRead && line.isLastRead
        return {
          initial: this.loadOf(initial, around),
          final: isStored
            ? this.addresses.of(
                line.block.phase,
                counts.map((_, e) => line.start + e),
                around,
              )
            : undefined,
        }
      }),
      items:
        only.kind === 'block' && items.length === 1
          ? [this.writeBlock(only, carried)]
          : items.map(item => (item.kind === 'block' ? this.writeBlock(item, []) : this.writeLoop(item))),
      isParallel,
    }
  }

  private leafOf(
    source: Exclude<Source, { kind: 'line' }>,
    loops: readonly LoopPlan[],
    carried: readonly Hand[],
  ): ConstantOperation | CarriedOperation | LoadOperation {
    switch (source.kind) {
      case 'constant':
        return this.operationOf(source.place) as ConstantOperation
      case 'carried': {
        const { line } = carried[source.index]!
        const result = kindOf(this.program.instructions[line.elements[0]!]!)
        return { kind: 'carried', index: source.index, result }
      }
      case 'memory':
        return this.loadOf(source.places, loops)
    }
  }

  private writeBlock(block: BlockPlan, carried: readonly Hand[]): Block {
    const { instructions } = this.program
    const builder = new Builder()
    const placed: number[] = []
    const stores: Address[] = []
    const values: number[] = []
    for (const { elements, sources, isRead, isLastRead, isCarried, start, index } of block.lines) {
      const leaf = (operation: Operation): number => builder.place(operation, [])
      const operands = sources.map(source =>
        source.kind === 'line'
          ? placed[source.line.index]!
          : leaf(this.leafOf(source, block.around, carried)),
      )
      const [element] = elements as unknown as [number]
      if (element >= instructions.length) {
        placed[index] = -1
        values.push(operands[0]!)
        stores.push(
          this.addresses.of(
            'output',
            elements.map(output => output - instructions.length),
            block.around,
          ),
        )
        continue
      }
      placed[index] = builder.place(instructions[element]!.operation, operands, instructions[element]!.label)
      if (isRead || (isLastRead && !isCarried)) {
        values.push(placed[index]!)
        stores.push(
          this.addresses.of(
            block.phase,
            elements.map((_, n) => start + n),
            block.around,
          ),
        )
      }
    }
    const nexts = carried.map(({ line }) => placed[line.index]!)
    return { kind: 'block', program: this.programOf(builder.instructions, [...values, ...nexts]), stores }
  }

  private programOf(instructions: Program['instructions'], outputs: readonly number[]): Program {
    this.length += instructions.length
    return { instructions, outputs, inputs: [], columns: [] }
  }
}
