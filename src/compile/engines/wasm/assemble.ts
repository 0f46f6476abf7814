/** The functions of a kernel's module: what is computed once, a row with care, and a block of rows in lanes. */

import type { Block, Item, Loop } from '../../loops/looped.js'
import type { Address } from '../../program/program.js'
import { kindOf } from '../../program/program.js'
import { Access, LoopVariables, type Surroundings } from './access.js'
import { Body, type Place, writeInstruction } from './body.js'
import { Bytes } from './bytes.js'
import { addressesOf, DOUBLE, FLIGHTS, readsColumnsInLoops, VECTOR } from './frame.js'
import { LanesCode } from './lanes.js'
import { FunctionLocals, type ModuleBuilder, type Signature } from './module.js'
import { control, f64, i32, local, type Type, type, v128 } from './opcodes.js'
import { PairedCode } from './paired.js'
import { type Context, ScalarCode } from './scalar.js'

const GROUP = 2 * FLIGHTS
const NOTHING: Signature = { parameters: [], results: [] }
const OF_ROW: Signature = { parameters: ['i32'], results: [] }
/** The byte distances of the first row, of the end of the rows, and of the first result among those of its output. */
const ROWS: readonly Type[] = ['i32', 'i32', 'i32']
const AT = 0
const END = 1
const TO = 2

/** What becomes of rows. */
export interface RowOptions {
  readonly isSum: boolean
  readonly inLanes: boolean
}

/**
 * A module with the exports `once()`, if there is anything to compute once, and `block(at, end, to)`, if there are
 * columns.
 */
export function assemble(context: Context, module: ModuleBuilder, options: RowOptions): Uint8Array {
  const { once, rows, columns } = context.looped
  if (once.length > 0 || columns === 0) module.export('once', defineOnce(context, module, options.inLanes))
  if (columns > 0) {
    const row = defineParts(context, module, rows, OF_ROW)
    module.export('block', new BlockWriter(context, module, options).define(row))
  }
  return module.toArray()
}

type Instruction = readonly [opcode: number, ...immediates: number[]]

function write(code: Bytes, ...instructions: readonly Instruction[]): void {
  for (const [opcode, ...immediates] of instructions) writeInstruction(code, opcode, immediates)
}

const start = (code: Bytes, opcode: number) => {
  code.byte(opcode)
  code.byte(type.empty)
}

/** One function that does all of this in one lane, or where loops allow it in two; it calls the host for rare operands. */
function defineParts(
  context: Context,
  module: ModuleBuilder,
  items: readonly Item[],
  signature: Signature,
): number {
  const functions = items.map(item => {
    const items = new ItemWriter(context, signature.parameters, signature === OF_ROW ? AT : undefined)
    items.write(item)
    return module.define(signature, items.locals.list, items.code)
  })
  const code = new Bytes()
  const locals = new FunctionLocals(signature.parameters)
  if (signature === OF_ROW) copyColumns(context, code, locals, false)
  if (functions.length === 1 && code.length === 0) return functions[0]!
  for (const index of functions) {
    if (signature === OF_ROW) write(code, [local.get, AT])
    write(code, [control.call, index])
  }
  return module.define(signature, locals.list, code)
}

/**
 * Of a single block code that is made for usual operands only, and where that gives up, careful code from the beginning;
 * else careful code.
 */
function defineOnce(context: Context, module: ModuleBuilder, inLanes: boolean): number {
  const { once } = context.looped
  const careful = defineParts(context, module, once, NOTHING)
  const [block] = once
  if (once.length !== 1 || block!.kind === 'loop' || !hasRescue(block!)) return careful
  const locals = new FunctionLocals([])
  const body = new Body(locals)
  const access = new Access(body, {
    ...surroundings(context),
    at: undefined,
    to: undefined,
    loops: [],
    lanes: undefined,
  })
  const fast = inLanes
    ? new PairedCode(context, body, block!.program, access)
    : new ScalarCode(context, body, block!.program, access, 'fast')
  fast.write(block!.stores)
  const code = new Bytes()
  start(code, control.block)
  body.encode(code)
  write(code, [control.return])
  code.byte(control.end)
  write(code, [control.call, careful])
  return module.define(NOTHING, locals.list, code)
}

function hasRescue({ program }: Block): boolean {
  return program.instructions.some(({ operation }) => operation.kind === 'rescue')
}

function surroundings({ layout, frame, looped }: Context) {
  return { layout, frame, columns: looped.columns }
}

/** Writes blocks and loops one after another into one function. */
class ItemWriter {
  readonly locals: FunctionLocals
  readonly code = new Bytes()
  private readonly context: Context
  private readonly at: number | undefined
  /** The loops of the nest that is being written. */
  private readonly nest: LoopVariables[] = []

  constructor(context: Context, parameters: readonly Type[], at: number | undefined) {
    this.context = context
    this.locals = new FunctionLocals(parameters)
    this.at = at
  }

  write(item: Item): void {
    this.item(item, this.code, { loops: [], lanes: undefined, flights: 1 })
  }

  /** The same for four rows at a time, with the sum or the results of an output as they are to be kept. */
  writeRows(item: Item, to: number | undefined): void {
    this.item(item, this.code, { loops: [], lanes: { depth: -1 }, flights: FLIGHTS, to })
  }

  private item(item: Item, code: Bytes, way: Way): void {
    if (item.kind === 'loop') this.loop(item, code, way)
    else this.block(item, code, code, way, [])
  }

  private around({ loops, lanes, to }: Way): Surroundings {
    return { ...surroundings(this.context), loops, lanes, at: this.at, to }
  }

  /** `carried`: for each flight the locals of what the loop carries. */
  private block(
    { program, stores }: Block,
    code: Bytes,
    before: Bytes,
    way: Way,
    carried: readonly (readonly number[])[],
  ): void {
    const body = new Body(this.locals)
    const access = new Access(body, this.around(way))
    const nexts = program.outputs.slice(stores.length)
    const inLanes = way.lanes !== undefined
    const places = carried.map(locals =>
      locals.map((index, c) =>
        body.local(
          inLanes ? 'v128' : kindOf(program.instructions[nexts[c]!]!) === 'double' ? 'f64' : 'i32',
          index,
        ),
      ),
    )
    let results: readonly Place[]
    if (inLanes) {
      const none = Array.from({ length: way.flights }, () => [])
      const lanes = new LanesCode(
        this.context,
        body,
        program,
        access,
        'careful',
        carried.length > 0 ? places : none,
      )
      lanes.write(stores, (address, value, flight) => {
        if (way.lanes!.depth === -1 && address.memory === 'output' && way.to === undefined)
          access.accumulate(address, value, flight)
        else access.storeVector(address, value, flight)
      })
      results = nexts.flatMap((_, c) => lanes.resultsOf(stores.length + c))
    } else {
      const scalar = new ScalarCode(this.context, body, program, access, 'careful', places[0])
      scalar.write(stores)
      results = nexts.map(place => scalar.scalar(place))
    }
    body.encode(code, before, results)
    const targets = nexts.flatMap((_, c) => carried.map(locals => locals[c]!))
    for (const target of targets.reverse()) write(code, [local.set, target])
  }

  private loop(loop: Loop, code: Bytes, way: Way): void {
    const { loops, lanes } = way
    const variables = new LoopVariables(
      this.locals,
      loop.items.length === 1 && loop.items[0]!.kind === 'block',
    )
    const inner = { ...way, loops: [...loops, variables] }
    const left = this.locals.reserve('i32')
    const turns: { readonly width: number; readonly code: Bytes; readonly before: Bytes }[] = []
    const carried = this.carriedOf(loop, way)
    const turn = (width: number, way: Way): void => {
      const turn = { width, code: new Bytes(), before: new Bytes() }
      for (const item of loop.items) {
        if (item.kind === 'loop') this.loop(item, turn.code, way)
        else this.block(item, turn.code, turn.before, way, carried)
      }
      turns.push(turn)
    }
    const { count } = loop
    const most = typeof count === 'number' ? count : Math.max(...count)
    if (lanes === undefined && this.at === undefined && canShareVectors(loop, loops.length)) {
      if (most >= GROUP) turn(GROUP, { ...inner, lanes: { depth: loops.length }, flights: FLIGHTS })
      if (typeof count !== 'number' || count % GROUP >= 2)
        turn(2, { ...inner, lanes: { depth: loops.length }, flights: 1 })
      if (typeof count !== 'number' || count % 2 === 1) turn(1, inner)
    } else turn(1, inner)

    this.setCarried(loop, code, way, carried)
    for (const [, index] of variables.steps) write(code, [i32.const, 0], [local.set, index])
    this.nest.push(variables)
    if (loops.length === 0) {
      // Running numbers count through all entries of a loop
      for (const { running } of this.nest.splice(0)) {
        if (running !== undefined) write(code, [i32.const, 0], [local.set, running])
      }
    }
    if (typeof count === 'number') write(code, [i32.const, count])
    else {
      const table = this.context.frame + this.context.layout.tables.get(count)!
      write(code, [local.get, loops.at(-1)!.runningNumber()], [i32.load, 2, table])
    }
    write(code, [local.set, left])
    for (const { width, code: body, before } of turns) {
      code.append(before)
      start(code, control.block)
      start(code, control.loop)
      write(code, [local.get, left], [i32.const, width], [i32.lt_u], [control.br_if, 1])
      code.append(body)
      for (const [bytes, index] of variables.steps) {
        write(code, [local.get, index], [i32.const, bytes * width], [i32.add], [local.set, index])
      }
      if (variables.running !== undefined) {
        const { running } = variables
        write(code, [local.get, running], [i32.const, 4 * width], [i32.add], [local.set, running])
      }
      write(code, [local.get, left], [i32.const, width], [i32.sub], [local.set, left])
      write(code, [control.br, 0])
      code.byte(control.end)
      code.byte(control.end)
    }
    this.storeFinals(loop, code, way, carried)
  }

  private carriedOf(loop: Loop, { lanes, flights }: Way): readonly (readonly number[])[] {
    if (loop.carried.length === 0) return []
    return Array.from({ length: flights }, () =>
      loop.carried.map(({ initial }) =>
        this.locals.reserve(lanes !== undefined ? 'v128' : initial.result === 'double' ? 'f64' : 'i32'),
      ),
    )
  }

  /** What the first iteration is handed. */
  private setCarried(loop: Loop, code: Bytes, way: Way, carried: readonly (readonly number[])[]): void {
    if (loop.carried.length === 0) return
    loop.carried.forEach(({ initial }, c) => {
      const program = {
        instructions: [{ operation: initial, operands: [], label: undefined }],
        outputs: [0],
        inputs: [],
        columns: [],
      }
      const block: Block = { kind: 'block', program, stores: [] }
      // As a block that hands on its one value
      this.block(
        block,
        code,
        code,
        way,
        carried.map(locals => [locals[c]!]),
      )
    })
  }

  private storeFinals(loop: Loop, code: Bytes, way: Way, carried: readonly (readonly number[])[]): void {
    if (loop.carried.every(({ final }) => final === undefined)) return
    const body = new Body(this.locals)
    const access = new Access(body, this.around(way))
    loop.carried.forEach(({ initial, final }, c) => {
      if (final === undefined) return
      carried.forEach((locals, flight) => {
        if (way.lanes !== undefined) access.storeVector(final, body.local('v128', locals[c]!), flight)
        else {
          const type = initial.result === 'double' ? 'f64' : 'i32'
          access.store(final, body.local(type, locals[c]!), initial.result)
        }
      })
    })
    body.encode(code)
  }
}

/** How items are written: in which loops, and whether several iterations of one, or rows, share vectors. */
interface Way {
  readonly loops: readonly LoopVariables[]
  readonly lanes: { readonly depth: number } | undefined
  readonly flights: number
  readonly to?: number | undefined
}

/** Whether the iterations of a loop of this depth, counted from 0, may share vectors. */
function canShareVectors(loop: Loop, depth: number): boolean {
  const isFit = (item: Item, at: number): boolean => {
    const isPlain = ({ table, level }: Address) => table === undefined || level <= depth + 1
    if (!addressesOf(item).every(isPlain)) return false
    if (item.kind === 'block') return true
    return typeof item.count === 'number' && item.items.every(item => isFit(item, at + 1))
  }
  return loop.isParallel && loop.items.every(item => isFit(item, depth + 1))
}

/** `while (cursor < limit) { …; cursor += step }`, at least once. */
function repeat(code: Bytes, cursor: number, step: number, limit: number, body: () => void): void {
  write(code, [i32.const, 0], [local.set, cursor])
  start(code, control.loop)
  body()
  write(code, [local.get, cursor], [i32.const, step], [i32.add], [local.tee, cursor])
  write(code, [i32.const, limit], [i32.lt_u], [control.br_if, 0])
  code.byte(control.end)
}

/** Columns that loops run through become values of memory `row`, of one row or of a group. */
function copyColumns(context: Context, code: Bytes, locals: FunctionLocals, isGroup: boolean): void {
  const { looped, layout, frame } = context
  if (!readsColumnsInLoops(looped.rows, looped.columns)) return
  const [cursor, from] = [locals.reserve('i32'), locals.reserve('i32')]
  repeat(code, cursor, 4, 4 * looped.columns, () => {
    write(code, [local.get, cursor], [i32.load, 2, frame + layout.columns], [local.get, AT], [i32.add])
    write(code, [local.set, from])
    for (let flight = 0; flight < (isGroup ? FLIGHTS : 1); flight++) {
      write(code, [local.get, cursor], [i32.const, 3], [i32.shl], [local.get, from])
      const [load, store, align] = isGroup ? [v128.load, v128.store, 4] : [f64.load, f64.store, 3]
      write(code, [load, 3, VECTOR * flight], [store, align, frame + layout.row + VECTOR * flight])
    }
  })
}

class BlockWriter {
  private readonly context: Context
  private readonly module: ModuleBuilder
  private readonly isSum: boolean
  private readonly inLanes: boolean
  /** The address of the accumulators, or of the results of a block. */
  private readonly base: number
  /** The distance from the numbers of one output to those of the next. */
  private readonly stride: number
  private readonly outputs: number

  constructor(context: Context, module: ModuleBuilder, { isSum, inLanes }: RowOptions) {
    this.context = context
    this.module = module
    this.isSum = isSum
    this.inLanes = inLanes
    this.base = context.frame + context.layout.rows
    this.stride = context.layout.rowBytes
    this.outputs = context.looped.outputs
  }

  define(row: number): number {
    const count = this.defineCount()
    const locals = new FunctionLocals(ROWS)
    const cursor = locals.reserve('i32')
    const groups = new Bytes()
    if (this.inLanes) this.groups(groups, row, count, locals)
    const code = new Bytes()
    if (this.isSum) this.clear(code, cursor)
    code.append(groups)
    this.tail(code, row, count)
    if (this.isSum) this.fold(code, cursor)
    return this.module.define({ parameters: ROWS, results: [] }, locals.list, code)
  }

  /**
   * Four rows at a time. Of a single block the code is made for usual operands only; where it gives up, rows come one after
   * another.
   */
  private groups(code: Bytes, row: number, count: number, locals: FunctionLocals): void {
    const { rows } = this.context.looped
    const [first] = rows
    const isOneBlock = rows.length === 1 && first!.kind === 'block'
    const group = new Bytes()
    if (isOneBlock) this.fastGroup(first as Block, code, group, locals)
    else {
      copyColumns(this.context, group, locals, true)
      for (const item of rows) {
        const items = new ItemWriter(this.context, ROWS, AT)
        items.writeRows(item, this.isSum ? undefined : TO)
        const index = this.module.define({ parameters: ROWS, results: [] }, items.locals.list, items.code)
        write(group, [local.get, AT], [local.get, END], [local.get, TO], [control.call, index])
      }
    }
    start(code, control.block)
    start(code, control.loop)
    write(code, [local.get, END], [local.get, AT], [i32.sub])
    write(code, [i32.const, DOUBLE * GROUP], [i32.lt_u], [control.br_if, 1])
    if (isOneBlock) {
      start(code, control.block)
      start(code, control.block)
    }
    code.append(group)
    if (isOneBlock) {
      write(code, [control.br, 1])
      code.byte(control.end)
      for (let k = 0; k < GROUP; k++) {
        write(code, [local.get, AT], [i32.const, DOUBLE * k], [i32.add], [control.call, row])
        write(code, [i32.const, this.base + DOUBLE * k])
        if (!this.isSum) write(code, [local.get, TO], [i32.add])
        write(code, [control.call, count])
      }
      code.byte(control.end)
    }
    this.advance(code, AT, DOUBLE * GROUP)
    this.advance(code, TO, DOUBLE * GROUP)
    write(code, [control.br, 0])
    code.byte(control.end)
    code.byte(control.end)
  }

  private fastGroup({ program, stores }: Block, before: Bytes, code: Bytes, locals: FunctionLocals): void {
    const body = new Body(locals)
    const to = this.isSum ? undefined : TO
    const around = { ...surroundings(this.context), loops: [], lanes: { depth: -1 }, at: AT, to }
    const access = new Access(body, around)
    const flights = Array.from({ length: FLIGHTS }, () => [])
    new LanesCode(this.context, body, program, access, 'fast', flights).write(stores, (...given) => {
      if (this.isSum) access.accumulate(...given)
      else access.storeVector(...given)
    })
    body.encode(code, before)
  }

  private advance(code: Bytes, variable: number, by: number): void {
    write(code, [local.get, variable], [i32.const, by], [i32.add], [local.set, variable])
  }

  /** A function that counts the results of one row at the address of the first output's number. */
  private defineCount(): number {
    const cursor = 1
    const code = new Bytes()
    const { frame, layout } = this.context
    const result: Instruction = [f64.load, 3, frame + layout.results]
    repeat(code, cursor, DOUBLE, DOUBLE * this.outputs, () => {
      write(code, [local.get, 0])
      if (this.isSum) write(code, [local.get, 0], [f64.load, 3, 0], [local.get, cursor], result, [f64.add])
      else write(code, [local.get, cursor], result)
      write(code, [f64.store, 3, 0])
      this.advance(code, 0, this.stride)
    })
    return this.module.define(OF_ROW, [{ type: 'i32', count: 1 }], code)
  }

  /** -0, which changes no number that is added to it. */
  private clear(code: Bytes, cursor: number): void {
    repeat(code, cursor, DOUBLE, this.stride * this.outputs, () => {
      write(code, [local.get, cursor], [f64.const, -0], [f64.store, 3, this.base])
    })
  }

  /** The rows that are left, one at a time. */
  private tail(code: Bytes, row: number, count: number): void {
    const cursor = TO
    if (this.isSum) write(code, [i32.const, 0], [local.set, cursor])
    start(code, control.block)
    start(code, control.loop)
    write(code, [local.get, AT], [local.get, END], [i32.ge_u], [control.br_if, 1])
    write(code, [local.get, AT], [control.call, row])
    write(code, [local.get, cursor])
    if (this.isSum) write(code, [i32.const, DOUBLE * (GROUP - 1)], [i32.and])
    write(code, [i32.const, this.base], [i32.add], [control.call, count])
    this.advance(code, AT, DOUBLE)
    this.advance(code, cursor, DOUBLE)
    write(code, [control.br, 0])
    code.byte(control.end)
    code.byte(control.end)
  }

  /** (a0 + a2) + (a1 + a3) for each output. */
  private fold(code: Bytes, cursor: number): void {
    const { frame, layout } = this.context
    repeat(code, cursor, this.stride, this.stride * this.outputs, () => {
      write(code, [local.get, cursor], [i32.const, 2], [i32.shr_u])
      for (const lane of [0, 1]) {
        for (const flight of [0, 1]) {
          write(code, [local.get, cursor], [f64.load, 3, this.base + DOUBLE * lane + VECTOR * flight])
        }
        write(code, [f64.add])
      }
      write(code, [f64.add], [f64.store, 3, frame + layout.results])
    })
  }
}
