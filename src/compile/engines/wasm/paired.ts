/** Code that is computed once, with twins side by side in two lanes: fast code, as `ScalarCode` has it otherwise. */

import type { Address, Program, StepOperation } from '../../program/program.js'
import type { Access } from './access.js'
import type { Body, Place } from './body.js'
import { DOUBLE, keyOf } from './frame.js'
import { control, f64x2, i8x16, i32, i64x2, v128 } from './opcodes.js'
import { alignedOperands, type Pairs, pairUp } from './pairs.js'
import { type Context, ScalarCode } from './scalar.js'
import { VectorCode, type VectorSource } from './vector.js'

export class PairedCode extends ScalarCode implements VectorSource {
  private readonly pairs: Pairs
  private readonly vectors = new Map<number, Place>()
  private readonly code: VectorCode
  private readonly size: number
  private scalars: Place[] = []
  private masks: Place[] = []

  constructor(context: Context, body: Body, program: Program, access: Access) {
    super(context, body, program, access, 'fast')
    this.pairs = pairUp(program)
    this.size = program.instructions.length
    this.code = new VectorCode(this.body, context.arena, this)
  }

  override write(stores: readonly Address[]): void {
    const { instructions } = this.program
    const pending = new Set(instructions.keys())
    const stack: number[] = []
    for (const root of instructions.keys()) {
      stack.push(root)
      while (stack.length > 0) {
        const place = stack[stack.length - 1]!
        const twin = this.twinOf(place)
        const before = stack.length
        if (pending.has(place)) {
          for (const operand of instructions[place]!.operands) if (pending.has(operand)) stack.push(operand)
          if (twin !== -1)
            for (const operand of instructions[twin]!.operands) if (pending.has(operand)) stack.push(operand)
          if (stack.length > before) continue
          pending.delete(place)
          pending.delete(twin)
          if (twin === -1) this.writeOne(place)
          else this.writePair(...this.inLanes(place, twin))
        }
        stack.pop()
      }
    }
    this.leaveUnlessUsual()
    this.storeAll(stores)
  }

  /** A twin is stored from its lane. */
  protected override storeAll(stores: readonly Address[]): void {
    stores.forEach((address, i) => {
      const place = this.program.outputs[i]!
      const twin = this.twinOf(place)
      if (twin === -1) this.access.store(address, this.scalar(place), this.kindOf(place))
      else {
        const vector = this.value(this.numberOf(...this.inLanes(place, twin)))
        this.access.storeLane(address, vector, this.pairs.lanes[place]!)
      }
    })
  }

  private writeOne(place: number): void {
    const { operation } = this.program.instructions[place]!
    if (operation.kind === 'host') this.leaveUnlessUsual()
    // Leaves are loaded where they are needed, side by side if that can be
    if (operation.kind !== 'load') this.compute(place)
  }

  private writePair(first: number, second: number): void {
    const { operation } = this.program.instructions[first]!
    const operands = alignedOperands(this.program, first, second, this.fits).map(([p, q]) =>
      this.numberOf(p, q),
    )
    if (operation.kind === 'step') {
      this.vectors.set(this.numberOf(first, second), this.code.step(operation, operands))
    } else if (operation.kind === 'rescue') {
      for (const condition of operands.slice(1 + operation.arity)) this.masks.push(this.value(condition))
      this.vectors.set(this.numberOf(first, second), this.value(operands[0]!))
    }
  }

  protected override test(condition: Place): void {
    this.scalars.push(condition)
  }

  /** Leaves by `br_if 0` if some function's steps are not made for its operands. */
  private leaveUnlessUsual(): void {
    const { body } = this
    if (this.masks.length > 0) {
      const mask = this.masks.reduce((p, q) => body.value('v128', v128.and, [p, q]))
      const bits = body.value('i32', i64x2.bitmask, [mask])
      body.effect(control.br_if, [body.value('i32', i32.ne, [bits, body.i32(3)])], [0])
    }
    if (this.scalars.length > 0) {
      const all = this.scalars.reduce((p, q) => body.value('i32', i32.and, [p, q]))
      body.effect(control.br_if, [body.value('i32', i32.eqz, [all])], [0])
    }
    this.masks = []
    this.scalars = []
  }

  private twinOf(place: number): number {
    return this.pairs.twins[place]!
  }

  private readonly fits = (p: number, q: number): boolean => p === q || this.twinOf(p) === q

  private inLanes(place: number, twin: number): [first: number, second: number] {
    return this.pairs.lanes[place] === 0 ? [place, twin] : [twin, place]
  }

  /** The number that names the vector of two places. */
  private numberOf(first: number, second: number): number {
    return first * this.size + second
  }

  private lanesOf(vector: number): [first: number, second: number] {
    return [Math.floor(vector / this.size), vector % this.size]
  }

  /** A number of one lane; out of its vector, if it is a twin. */
  override scalar(place: number): Place {
    const twin = this.twinOf(place)
    if (twin === -1 && !this.values.has(place)) this.compute(place)
    if (twin === -1 || this.values.has(place)) return super.scalar(place)
    const vector = this.value(this.numberOf(...this.inLanes(place, twin)))
    const value = this.body.value('f64', f64x2.extract_lane, [vector], this.pairs.lanes[place]!)
    this.values.set(place, value)
    return value
  }

  value(vector: number): Place {
    let value = this.vectors.get(vector)
    if (value === undefined) {
      value = this.assemble(...this.lanesOf(vector))
      this.vectors.set(vector, value)
    }
    return value
  }

  /** A vector of numbers that do not come side by side. */
  private assemble(first: number, second: number): Place {
    const { body } = this
    const { layout, frame } = this.context
    const { lanes } = this.pairs
    const { operation } = this.program.instructions[first]!
    if (first === second) {
      if (operation.kind === 'constant') {
        return operation.result === 'integer'
          ? body.longs(operation.value)
          : body.known('v128', v128.load64_splat, 3, frame + layout.constants.get(keyOf(operation.value))!)
      }
      if (operation.kind === 'load') return this.access.vector(operation, 0)
      const twin = this.twinOf(first)
      if (twin === -1) return body.value('v128', f64x2.splat, [this.scalar(first)])
      const pair = this.value(this.numberOf(...this.inLanes(first, twin)))
      return this.shuffle(pair, [lanes[first]!, lanes[first]!])
    }
    if (this.twinOf(first) === second) return this.shuffle(this.value(this.numberOf(second, first)), [1, 0])
    const [low, high] = [first, second].map(place => this.addressOf(place))
    if (low !== undefined && high !== undefined) {
      const half = body.known('v128', v128.load64_zero, 3, low)
      return body.value('v128', v128.load64_lane, [body.i32(0), half], 3, high, 1)
    }
    const half = body.value('v128', f64x2.splat, [this.scalar(first)])
    return body.value('v128', f64x2.replace_lane, [half, this.scalar(second)], 1)
  }

  /** Where a number lies that is not computed here. */
  private addressOf(place: number): number | undefined {
    const { layout, frame } = this.context
    const { operation } = this.program.instructions[place]!
    if (operation.kind === 'constant') return frame + layout.constants.get(keyOf(operation.value))!
    return operation.kind === 'load' ? frame + layout.once + DOUBLE * operation.address.start : undefined
  }

  private shuffle(vector: Place, lanes: readonly number[]): Place {
    const bytes = lanes.flatMap(lane => [0, 1, 2, 3, 4, 5, 6, 7].map(byte => 8 * lane + byte))
    return this.body.value('v128', i8x16.shuffle, [vector, vector], ...bytes)
  }

  stepOf(vector: number): (StepOperation & { readonly operands: readonly number[] }) | undefined {
    const [first, second] = this.lanesOf(vector)
    const { operation } = this.program.instructions[first]!
    if (operation.kind !== 'step' || this.twinOf(first) !== second || this.pairs.lanes[first] === 1)
      return undefined
    const operands = alignedOperands(this.program, first, second, this.fits)
    return { ...operation, operands: operands.map(([p, q]) => this.numberOf(p, q)) }
  }

  constantOf(vector: number): number | undefined {
    const [first, second] = this.lanesOf(vector)
    const { operation } = this.program.instructions[first]!
    return first === second && operation.kind === 'constant' ? operation.value : undefined
  }
}
