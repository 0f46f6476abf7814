/** The engine that writes WebAssembly: one lane for what is computed once, two lanes for rows. */

import type { Looped } from '../../loops/looped.js'
import { BLOCK, type BoundColumns, type Engine, type Kernel, type KernelOptions } from '../engine.js'
import { type Arena, sharedArena } from './arena.js'
import { assemble } from './assemble.js'
import { Bytes } from './bytes.js'
import { arrange, DOUBLE, GROUP, type Layout, VECTOR } from './frame.js'
import { Host } from './host.js'
import { ModuleBuilder } from './module.js'
import { f64, f64x2 } from './opcodes.js'
import { type Imports, type Module, webAssembly } from './webassembly.js'

export const wasm: Engine = {
  name: 'wasm',
  longest: 1_000_000,
  isAvailable,
  create: (forms, options) => new Build(forms.looped(), options).create(),
  createAsync: (forms, options) => new Build(forms.looped(), options).createAsync(),
}

let available: boolean | undefined

/** Whether a page's policy lets WebAssembly be compiled, and vectors are known; `validate` says nothing of policies. */
function isAvailable(): boolean {
  if (available === undefined) {
    try {
      new webAssembly!.Module(smallestWithVectors())
      available = true
    } catch {
      available = false
    }
  }
  return available
}

function smallestWithVectors(): Uint8Array {
  const code = new Bytes()
  code.opcode(f64.const)
  code.f64(0)
  code.opcode(f64x2.splat)
  code.opcode(f64x2.extract_lane)
  code.byte(0)
  const module = new ModuleBuilder()
  module.define({ parameters: [], results: ['f64'] }, [], code)
  return module.toArray()
}

/** Results of a block under 'none' take at most so much memory, if they are not very many. */
const RESULTS = 2 ** 16

/** A program on its way to a kernel. */
class Build {
  private readonly bytes: Uint8Array
  private readonly held = new Set<Block>()
  private readonly frame: Block
  private readonly looped: Looped
  private readonly layout: Layout
  private readonly imports: Imports
  private readonly capacity: number
  private readonly isSum: boolean
  private readonly arena = sharedArena()

  constructor(looped: Looped, { reduction, lanes }: KernelOptions) {
    this.looped = looped
    this.isSum = reduction === 'sum'
    const outputs = Math.max(1, looped.outputs)
    const fitting = 4 * Math.floor(RESULTS / (4 * DOUBLE * outputs))
    this.capacity = this.isSum ? BLOCK : Math.min(BLOCK, Math.max(4, fitting))
    this.layout = arrange(looped, this.isSum ? GROUP : DOUBLE * this.capacity)
    const { layout, arena } = this
    this.frame = new Block(arena, layout.size, this.held)
    const module = new ModuleBuilder()
    const host = new Host(module, looped, arena)
    const context = { looped, layout, host, arena, frame: this.frame.address }
    this.bytes = this.orRelease(() => assemble(context, module, { isSum: this.isSum, inLanes: lanes !== 1 }))
    this.imports = { env: { memory: arena.memory, ...host.functions } }
    this.writeConstants()
  }

  create(): Kernel {
    return this.orRelease(() => this.finish(new webAssembly!.Module(this.bytes)))
  }

  async createAsync(): Promise<Kernel> {
    try {
      return this.finish(await webAssembly!.compile(this.bytes))
    } catch (error) {
      this.frame.release()
      throw error
    }
  }

  /** What the engine of the page refuses, a module too large for it, leaves no memory behind. */
  private orRelease<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      this.frame.release()
      throw error
    }
  }

  private finish(module: Module): Kernel {
    const { exports } = new webAssembly!.Instance(module, this.imports)
    const { looped, layout } = this
    return new WasmKernel({
      arena: this.arena,
      held: this.held,
      frame: this.frame,
      layout,
      inputs: looped.inputs,
      outputs: looped.outputs,
      capacity: this.capacity,
      isSum: this.isSum,
      once: exports.once as Parts['once'],
      block: exports.block as Parts['block'],
    })
  }

  private writeConstants(): void {
    const { arena, looped, layout } = this
    const { doubles, words } = arena
    const start = this.frame.address
    doubles.set(looped.constants, (start + layout.once) / DOUBLE + looped.inputs)
    for (const [value, at] of layout.constants) doubles[(start + at) / DOUBLE] = Number(value)
    for (const [table, at] of layout.tables) words.set(table, (start + at) / 4)
  }
}

/** A block of the arena, given back by `release`; until then it is among the blocks of the kernel that took it. */
class Block {
  readonly address: number
  private readonly arena: Arena
  private readonly bytes: number
  private readonly held: Set<Block>

  constructor(arena: Arena, bytes: number, held: Set<Block>) {
    this.arena = arena
    this.bytes = bytes
    this.held = held
    this.address = arena.allocate(bytes)
    held.add(this)
  }

  get isReleased(): boolean {
    return !this.held.has(this)
  }

  release(): void {
    if (this.held.delete(this)) this.arena.release(this.address, this.bytes)
  }
}

/** Gives back the memory of kernels and of columns that are collected: no loop that never waits gets so far. */
const collected = new FinalizationRegistry<Block>(block => block.release())

interface Parts {
  readonly arena: Arena
  /** The frame, and copies of columns that no other kernel had made before. */
  readonly held: Set<Block>
  readonly frame: Block
  readonly layout: Layout
  readonly inputs: number
  readonly outputs: number
  readonly capacity: number
  readonly isSum: boolean
  readonly once: (() => void) | undefined
  readonly block: ((at: number, end: number, to: number) => void) | undefined
}

class WasmKernel implements Kernel {
  private readonly arena: Arena
  private readonly frame: Block
  /** Elements of `arena.doubles`. */
  private readonly inputs: number
  private readonly inputCount: number
  private readonly results: number
  private readonly outputs: number
  private readonly once: Parts['once']
  private readonly block: Parts['block']
  private readonly parts: Parts
  private uploaded: Upload | undefined

  constructor(parts: Parts) {
    const { arena, frame, layout, inputs, outputs, once, block } = parts
    this.parts = parts
    this.arena = arena
    this.frame = frame
    this.inputs = elementOf(frame.address + layout.once)
    this.inputCount = inputs
    this.results = elementOf(frame.address + layout.results)
    this.outputs = outputs
    this.once = once
    this.block = block
    collected.register(this, frame, this)
  }

  run(
    inputs: Float64Array,
    out: Float64Array,
    bound: BoundColumns | undefined,
    from: number,
    to: number,
  ): void {
    copy(inputs, 0, this.arena.doubles, this.inputs, this.inputCount)
    if (this.once !== undefined) this.once()
    if (this.block !== undefined) {
      this.runRows(out, bound!, from, to)
      return
    }
    // A host function may have compiled a program, and the memory may have grown
    copy(this.arena.doubles, this.results, out, 0, this.outputs)
  }

  runFirst(inputs: Float64Array, rest: Float64Array): number {
    copy(inputs, 0, this.arena.doubles, this.inputs, this.inputCount)
    this.once!()
    const { doubles } = this.arena
    copy(doubles, this.results + 1, rest, 0, this.outputs - 1)
    return doubles[this.results]!
  }

  dispose(): void {
    collected.unregister(this)
    for (const block of this.parts.held) block.release()
  }

  private runRows(out: Float64Array, bound: BoundColumns, from: number, to: number): void {
    const { capacity, isSum } = this.parts
    this.point(bound)
    if (isSum) out.fill(-0, 0, this.outputs)
    for (let start = from; start < to; start += capacity) {
      const end = Math.min(to, start + capacity)
      this.block!(DOUBLE * start, DOUBLE * end, 0)
      if (isSum) this.addResults(out)
      else this.copyResults(out, start - from, end - start, to - from)
    }
  }

  private addResults(out: Float64Array): void {
    const { doubles } = this.arena
    for (let i = 0; i < this.outputs; i++) out[i]! += doubles[this.results + i]!
  }

  private copyResults(out: Float64Array, first: number, count: number, rows: number): void {
    const { doubles } = this.arena
    const { frame, layout, capacity } = this.parts
    const start = (frame.address + layout.rows) / DOUBLE
    for (let i = 0; i < this.outputs; i++) {
      const from = start + i * capacity
      out.set(doubles.subarray(from, from + count), i * rows + first)
    }
  }

  /** Tells the program where the columns are. */
  private point(bound: BoundColumns): void {
    const upload = uploadOf(bound, this.parts)
    if (upload === this.uploaded) return
    this.uploaded = upload
    const { words } = this.arena
    const start = (this.frame.address + this.parts.layout.columns) / 4
    bound.columns.forEach((_, i) => {
      words[start + i] = upload.block.address + i * upload.stride
    })
  }
}

/** Where a double is among `arena.doubles`: as an integer, since V8 would keep a quotient as a double. */
function elementOf(address: number): number {
  return address >>> 3
}

/**
 * Copies `count` numbers, four at a time. A run of a small program is hardly longer than copying what goes in and comes
 * out; with loops of one number each it takes a quarter to a third longer.
 */
function copy(from: Float64Array, start: number, to: Float64Array, at: number, count: number): void {
  let i = 0
  for (const end = count - 3; i < end; i += 4) {
    to[at + i] = from[start + i]!
    to[at + i + 1] = from[start + i + 1]!
    to[at + i + 2] = from[start + i + 2]!
    to[at + i + 3] = from[start + i + 3]!
  }
  if ((count & 2) !== 0) {
    to[at + i] = from[start + i]!
    to[at + i + 1] = from[start + i + 1]!
    i += 2
  }
  if ((count & 1) !== 0) to[at + i] = from[start + i]!
}

/** A copy of the columns in the arena, one after another. */
interface Upload {
  readonly block: Block
  readonly stride: number
  version: number
}

const uploads = new WeakMap<BoundColumns, Upload>()

/** Kernels over the same columns share a copy. Disposed of with the kernel that made it, it is made anew by the next. */
function uploadOf(bound: BoundColumns, { arena, held }: Parts): Upload {
  const { columns, rows, version } = bound
  let upload = uploads.get(bound)
  if (upload === undefined || upload.block.isReleased) {
    const stride = VECTOR * Math.ceil((DOUBLE * rows) / VECTOR)
    upload = { block: new Block(arena, stride * columns.length, held), stride, version: -1 }
    collected.unregister(bound)
    collected.register(bound, upload.block, bound)
    uploads.set(bound, upload)
  }
  if (upload.version !== version) {
    const { block, stride } = upload
    columns.forEach((column, c) => {
      arena.doubles.set(column, (block.address + c * stride) / DOUBLE)
    })
    upload.version = version
  }
  return upload
}
