/** The functions of a kernel's module: what is computed once, a row with care, and a block of rows in lanes. */

import { Body, type Place, writeInstruction } from './body.js'
import { Bytes } from './bytes.js'
import { LanesCode } from './lanes.js'
import type { Locals, ModuleBuilder, Signature } from './module.js'
import { control, f64, f64x2, i32, local, type Type, type, v128 } from './opcodes.js'
import { PairedCode } from './paired.js'
import { pairUp } from './pairs.js'
import { DOUBLE, FLIGHTS, type Piece, VECTOR } from './plan.js'
import { type Context, type Manner, ScalarCode } from './scalar.js'

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
  /** The number of rows of a block whose results are kept. */
  readonly capacity: number
  readonly inLanes: boolean
}

/**
 * A module with the exports `once()`, if there is anything to compute once, and `block(at, end, to)`, if there are
 * columns.
 */
export function assemble(context: Context, module: ModuleBuilder, options: RowOptions): Uint8Array {
  const { plan } = context
  if (plan.once.length > 0) module.export('once', defineOnce(context, module, options))
  if (plan.rows.length > 0) {
    const row = definePieces(context, module, 'row', 'careful')
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

function hasRescue({ plan }: Context, pieces: readonly Piece[]): boolean {
  return pieces.some(piece => piece.some(place => plan.operation(place).kind === 'rescue'))
}

/** One function for the pieces of a phase, all of them. */
function definePieces(
  context: Context,
  module: ModuleBuilder,
  phase: 'once' | 'row',
  manner: Manner,
): number {
  const { plan } = context
  const pieces = phase === 'once' ? plan.once : plan.rows
  const copies = phase === 'row' || plan.rows.length === 0
  const signature = phase === 'row' ? OF_ROW : NOTHING
  const functions = pieces.map((piece, i) => {
    const scalar = new ScalarCode(context, phase, manner)
    scalar.write(piece, copies && i === 0)
    const code = new Bytes()
    return module.define(signature, scalar.body.encode(code), code)
  })
  if (functions.length === 1) return functions[0]!
  const code = new Bytes()
  for (const index of functions) {
    if (phase === 'row') write(code, [local.get, AT])
    write(code, [control.call, index])
  }
  return module.define(signature, [], code)
}

/** Fast code, and where that gives up, careful code from the beginning. */
function defineOnce(context: Context, module: ModuleBuilder, options: RowOptions): number {
  const { plan } = context
  if (!hasRescue(context, plan.once)) return definePieces(context, module, 'once', 'careful')
  const careful = definePieces(context, module, 'once', 'careful')
  const copies = plan.rows.length === 0
  const code = new Bytes()
  start(code, control.block)
  const pairs = options.inLanes ? pairUp(plan) : undefined
  const bodies = plan.once.map((piece, i) => {
    const fast =
      pairs !== undefined ? new PairedCode(context, pairs) : new ScalarCode(context, 'once', 'fast')
    fast.write(piece, copies && i === 0)
    return fast.body
  })
  const locals = writeInTurn(module, bodies, [], code)
  write(code, [control.return])
  code.byte(control.end)
  write(code, [control.call, careful])
  return module.define(NOTHING, locals, code)
}

/** The only body in place, several as calls of functions; they leave the block they stand in by `br 0`. */
function writeInTurn(
  module: ModuleBuilder,
  bodies: readonly Body[],
  parameters: readonly Type[],
  code: Bytes,
  before: Bytes = code,
) {
  if (bodies.length === 1) return bodies[0]!.encode(code, before)
  for (const body of bodies) {
    const inner = new Bytes()
    start(inner, control.block)
    const locals = body.encode(inner)
    write(inner, [i32.const, 0], [control.return])
    inner.byte(control.end)
    write(inner, [i32.const, 1])
    const index = module.define({ parameters, results: ['i32'] }, locals, inner)
    parameters.forEach((_, i) => {
      write(code, [local.get, i])
    })
    write(code, [control.call, index], [control.br_if, 0])
  }
  return []
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

  constructor(context: Context, module: ModuleBuilder, { isSum, capacity, inLanes }: RowOptions) {
    this.context = context
    this.module = module
    this.isSum = isSum
    this.inLanes = inLanes
    this.base = context.frame + context.plan.layout.rows
    this.stride = this.isSum ? FLIGHTS * VECTOR : DOUBLE * capacity
    this.outputs = context.plan.program.outputs.length
  }

  define(row: number): number {
    const count = this.defineCount()
    const groups = new Bytes()
    const locals = this.inLanes ? this.groups(groups, row, count) : []
    const cursor = ROWS.length + locals.reduce((sum, { count }) => sum + count, 0)
    const code = new Bytes()
    if (this.isSum) this.clear(code, cursor)
    code.append(groups)
    this.tail(code, row, count)
    if (this.isSum) this.fold(code, cursor)
    return this.module.define({ parameters: ROWS, results: [] }, [...locals, { type: 'i32', count: 1 }], code)
  }

  /** Four rows at a time; where their fast code gives up, one after another. */
  private groups(code: Bytes, row: number, count: number): readonly Locals[] {
    const bodies = this.context.plan.rows.map((piece, i) => {
      const lanes = new LanesCode(this.context, new Body(ROWS), (...given) => this.countVector(...given))
      lanes.write(piece, i === 0)
      return lanes.body
    })
    const fast = new Bytes()
    const locals = writeInTurn(this.module, bodies, ROWS, fast, code)
    start(code, control.block)
    start(code, control.loop)
    write(code, [local.get, END], [local.get, AT], [i32.sub])
    write(code, [i32.const, DOUBLE * GROUP], [i32.lt_u], [control.br_if, 1])
    start(code, control.block)
    start(code, control.block)
    code.append(fast)
    write(code, [control.br, 1])
    code.byte(control.end)
    for (let k = 0; k < GROUP; k++) {
      write(code, [local.get, AT], [i32.const, DOUBLE * k], [i32.add], [control.call, row])
      write(code, [i32.const, this.base + DOUBLE * k])
      if (!this.isSum) write(code, [local.get, TO], [i32.add])
      write(code, [control.call, count])
    }
    code.byte(control.end)
    this.advance(code, AT, DOUBLE * GROUP)
    this.advance(code, TO, DOUBLE * GROUP)
    write(code, [control.br, 0])
    code.byte(control.end)
    code.byte(control.end)
    return locals
  }

  private advance(code: Bytes, variable: number, by: number): void {
    write(code, [local.get, variable], [i32.const, by], [i32.add], [local.set, variable])
  }

  /** `while (cursor < limit) { …; cursor += step }`, at least once. */
  private repeat(code: Bytes, cursor: number, step: number, limit: number, body: () => void): void {
    write(code, [i32.const, 0], [local.set, cursor])
    start(code, control.loop)
    body()
    write(code, [local.get, cursor], [i32.const, step], [i32.add], [local.tee, cursor])
    write(code, [i32.const, limit], [i32.lt_u], [control.br_if, 0])
    code.byte(control.end)
  }

  /** What becomes of an output of two rows. */
  private countVector(output: number, flight: number, value: Place, body: Body): void {
    const address = this.base + this.stride * output + VECTOR * flight
    if (!this.isSum) {
      body.effect(v128.store, [body.parameter(TO), value], [3, address])
      return
    }
    const accumulator = body.value('v128', v128.load, [body.i32(0)], 4, address)
    const sum = body.value('v128', f64x2.add, [accumulator, value])
    body.effect(v128.store, [body.i32(0), sum], [4, address])
  }

  /** A function that counts the results of one row at the address of the first output's number. */
  private defineCount(): number {
    const cursor = 1
    const code = new Bytes()
    const { frame, plan } = this.context
    const result: Instruction = [f64.load, 3, frame + plan.layout.results]
    this.repeat(code, cursor, DOUBLE, DOUBLE * this.outputs, () => {
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
    this.repeat(code, cursor, DOUBLE, this.stride * this.outputs, () => {
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
    const { frame, plan } = this.context
    this.repeat(code, cursor, this.stride, this.stride * this.outputs, () => {
      write(code, [local.get, cursor], [i32.const, 2], [i32.shr_u])
      for (const lane of [0, 1]) {
        for (const flight of [0, 1]) {
          write(code, [local.get, cursor], [f64.load, 3, this.base + DOUBLE * lane + VECTOR * flight])
        }
        write(code, [f64.add])
      }
      write(code, [f64.add], [f64.store, 3, frame + plan.layout.results])
    })
  }
}
