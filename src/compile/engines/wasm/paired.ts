/** Code that is computed once, with twins side by side in two lanes: fast code, as `ScalarCode` has it otherwise. */

import type { StepOperation } from '../../program/program.js'
import type { Place } from './body.js'
import { control, f64x2, i8x16, i32, i64x2, v128 } from './opcodes.js'
import { alignedOperands, type Pairs } from './pairs.js'
import { DOUBLE, type Piece } from './plan.js'
import { type Context, ScalarCode } from './scalar.js'
import { VectorCode, type VectorSource } from './vector.js'

export class PairedCode extends ScalarCode implements VectorSource {
  private readonly pairs: Pairs
  private readonly vectors = new Map<number, Place>()
  private readonly code: VectorCode
  private readonly size: number
  /** Of the piece. */
  private number = 0
  private scalars: Place[] = []
  private masks: Place[] = []

  constructor(context: Context, pairs: Pairs) {
    super(context, 'once', 'fast')
    this.pairs = pairs
    this.size = context.plan.program.instructions.length
    this.code = new VectorCode(this.body, context.arena, this)
  }

  override write(piece: Piece, isFirst: boolean): void {
    const { plan } = this.context
    this.number = plan.pieceOf[piece[0] ?? 0]!
    if (isFirst) this.copyOutputs()
    const pending = new Set(piece)
    const stack: number[] = []
    for (const root of piece) {
      stack.push(root)
      while (stack.length > 0) {
        const place = stack[stack.length - 1]!
        const twin = this.twinOf(place)
        const before = stack.length
        if (pending.has(place)) {
          for (const operand of plan.operands(place)) if (pending.has(operand)) stack.push(operand)
          if (twin !== -1)
            for (const operand of plan.operands(twin)) if (pending.has(operand)) stack.push(operand)
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
  }

  private writeOne(place: number): void {
    const operation = this.context.plan.operation(place)
    if (operation.kind === 'host') this.leaveUnlessUsual()
    this.compute(place)
  }

  private writePair(first: number, second: number): void {
    const { plan, frame } = this.context
    const operation = plan.operation(first)
    const operands = alignedOperands(plan, first, second, this.fits).map(([p, q]) => this.numberOf(p, q))
    if (operation.kind === 'step') {
      this.vectors.set(this.numberOf(first, second), this.code.step(operation, operands))
    } else if (operation.kind === 'rescue') {
      for (const condition of operands.slice(1 + operation.arity)) this.masks.push(this.value(condition))
      this.vectors.set(this.numberOf(first, second), this.value(operands[0]!))
    }
    const vector = this.value(this.numberOf(first, second))
    for (const [lane, place] of [first, second].entries()) {
      if (plan.layout.slots[place]! >= 0) this.store(place)
      for (const output of plan.outputsOf.get(place) ?? []) {
        const address = frame + plan.layout.results + DOUBLE * output
        this.body.effect(v128.store64_lane, [this.body.i32(0), vector], [3, address, lane])
      }
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

  /** What other pieces have computed lies in memory, one number after another. */
  private twinOf(place: number): number {
    return this.context.plan.pieceOf[place] === this.number ? this.pairs.twins[place]! : -1
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
  protected override scalar(place: number): Place {
    const twin = this.twinOf(place)
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
    const { plan, frame } = this.context
    const { slots } = plan.layout
    const { lanes } = this.pairs
    const address = (place: number) => frame + slots[place]!
    const isLoaded = (place: number) => plan.pieceOf[place] !== this.number
    const operation = plan.operation(first)
    if (first === second) {
      if (operation.kind === 'constant' && operation.result === 'integer') return body.longs(operation.value)
      if (isLoaded(first)) return body.known('v128', v128.load64_splat, 3, address(first))
      const twin = this.twinOf(first)
      if (twin === -1) return body.value('v128', f64x2.splat, [this.scalar(first)])
      const pair = this.value(this.numberOf(...this.inLanes(first, twin)))
      return this.shuffle(pair, [lanes[first]!, lanes[first]!])
    }
    if (this.twinOf(first) === second) return this.shuffle(this.value(this.numberOf(second, first)), [1, 0])
    if (isLoaded(first) && isLoaded(second)) {
      const low = body.known('v128', v128.load64_zero, 3, address(first))
      return body.value('v128', v128.load64_lane, [body.i32(0), low], 3, address(second), 1)
    }
    const low = body.value('v128', f64x2.splat, [this.scalar(first)])
    return body.value('v128', f64x2.replace_lane, [low, this.scalar(second)], 1)
  }

  private shuffle(vector: Place, lanes: readonly number[]): Place {
    const bytes = lanes.flatMap(lane => [0, 1, 2, 3, 4, 5, 6, 7].map(byte => 8 * lane + byte))
    return this.body.value('v128', i8x16.shuffle, [vector, vector], ...bytes)
  }

  stepOf(vector: number): (StepOperation & { readonly operands: readonly number[] }) | undefined {
    const [first, second] = this.lanesOf(vector)
    const { plan } = this.context
    const operation = plan.operation(first)
    if (operation.kind !== 'step' || this.twinOf(first) !== second || this.pairs.lanes[first] === 1)
      return undefined
    const operands = alignedOperands(plan, first, second, this.fits)
    return { ...operation, operands: operands.map(([p, q]) => this.numberOf(p, q)) }
  }

  constantOf(vector: number): number | undefined {
    const [first, second] = this.lanesOf(vector)
    const operation = this.context.plan.operation(first)
    return first === second && operation.kind === 'constant' ? operation.value : undefined
  }
}
