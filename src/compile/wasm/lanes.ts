/**
 * Steps as WebAssembly of two lanes: a double is an f64x2, an integer the low word of each 64-bit lane (its high word is
 * anything), a condition a mask. Two vectors are computed in turns, step by step, which keeps more units busy than one.
 *
 * Rows are computed as if the steps of every elementary function applied. The conditions under which they do are
 * gathered, and the code leaves by `br_if 0`, before the group of rows counts, if one does not hold.
 */

import { ROUNDER } from '../../math/steps.js'
import type { StepOperation } from '../program.js'
import { SCRATCH, strideOf } from './arena.js'
import type { Body, Place } from './body.js'
import { control, f64, f64x2, i8x16, i32, i32x4, i64x2, v128 } from './opcodes.js'
import { DOUBLE, FLIGHTS, type Piece, VECTOR } from './plan.js'
import type { Context } from './scalar.js'

const PLAIN: Partial<Record<StepOperation['step'], number>> = {
  add: f64x2.add,
  sub: f64x2.sub,
  mul: f64x2.mul,
  div: f64x2.div,
  sqrt: f64x2.sqrt,
  neg: f64x2.neg,
  abs: f64x2.abs,
  min: f64x2.min,
  max: f64x2.max,
  floor: f64x2.floor,
  ceil: f64x2.ceil,
  less: f64x2.lt,
  lessOrEqual: f64x2.le,
  equal: f64x2.eq,
  and: v128.and,
  plus: i32x4.add,
  minus: i32x4.sub,
}

/** The exponent field of a double. */
const EXPONENT = -(2 ** 52)
const LANES = [0, 1] as const

/** One of the vectors in flight. */
interface Flight {
  readonly offset: number
  readonly values: Map<number, Place>
  /** By the number of an instruction: the addresses of its value as a row of a table, for each lane. */
  readonly addresses: Map<string, readonly Place[]>
  /** Two neighbouring columns of a table. */
  readonly pairs: Map<string, readonly Place[]>
  /** The four words of a vector that went through memory. */
  readonly words: Map<number, readonly Place[]>
}

export class LanesCode {
  /** Has the byte distance of the first row as its parameter, and the reduction's own place for results. */
  readonly body: Body
  private readonly context: Context
  private readonly count: (output: number, flight: number, value: Place, body: Body) => void
  private readonly flights: readonly Flight[]
  private flight: Flight
  private untested: Place[] = []
  private nextScratch = 0

  /** `count` writes what becomes of an output of a vector of rows. */
  constructor(
    context: Context,
    body: Body,
    count: (output: number, flight: number, value: Place, body: Body) => void,
  ) {
    this.context = context
    this.body = body
    this.count = count
    this.flights = Array.from({ length: FLIGHTS }, (_, i) => ({
      offset: VECTOR * i,
      values: new Map(),
      addresses: new Map(),
      pairs: new Map(),
      words: new Map(),
    }))
    this.flight = this.flights[0]!
  }

  write(piece: Piece, isFirst: boolean): void {
    const { plan } = this.context
    if (isFirst && plan.lastRescue === -1) this.countEarlier()
    for (const place of piece) {
      const operation = plan.operation(place)
      if (operation.kind === 'host') this.leaveUnlessUsual()
      this.flights.forEach((flight, f) => {
        this.flight = flight
        flight.values.set(place, this.select(place))
        this.store(place)
        if (place > plan.lastRescue) this.countOutputs(place, f)
      })
      if (place !== plan.lastRescue) continue
      this.leaveUnlessUsual()
      this.countEarlier()
    }
    this.leaveUnlessUsual()
  }

  private countOutputs(place: number, f: number): void {
    this.flight = this.flights[f]!
    for (const output of this.context.plan.outputsOf.get(place) ?? []) {
      this.count(output, f, this.value(place), this.body)
    }
  }

  /** Counts the outputs that were known before it was sure that the rows count. */
  private countEarlier(): void {
    const { plan } = this.context
    for (const place of plan.outputsOf.keys()) {
      if (place > plan.lastRescue && plan.phases[place] === 'row') continue
      this.flights.forEach((_, f) => {
        this.countOutputs(place, f)
      })
    }
  }

  private leaveUnlessUsual(): void {
    if (this.untested.length === 0) return
    const { body } = this
    const mask = this.untested.reduce((p, q) => body.value('v128', v128.and, [p, q]))
    const bits = body.value('i32', i64x2.bitmask, [mask])
    body.effect(control.br_if, [body.value('i32', i32.ne, [bits, body.i32(3)])], [0])
    this.untested = []
  }

  private store(place: number): void {
    const { plan, frame } = this.context
    const slot = plan.layout.slots[place]!
    if (slot < 0) return
    const address = frame + slot + this.flight.offset
    this.body.effect(v128.store, [this.body.i32(0), this.value(place)], [4, address])
  }

  private value(place: number): Place {
    const known = this.flight.values.get(place)
    if (known !== undefined) return known
    const { plan, frame } = this.context
    const operation = plan.operation(place)
    if (operation.kind === 'constant' && operation.result === 'integer')
      return this.body.longs(operation.value)
    const address = frame + plan.layout.slots[place]!
    return plan.phases[place] === 'row'
      ? this.body.known('v128', v128.load, 4, address + this.flight.offset)
      : this.body.early('v128', v128.load64_splat, 3, address)
  }

  private select(place: number): Place {
    const { body } = this
    const { plan } = this.context
    const operation = plan.operation(place)
    const operands = plan.operands(place)
    switch (operation.kind) {
      case 'column':
        return body.value('v128', v128.load, [this.pointer(operation.index)], 3, this.flight.offset)
      case 'step':
        return this.step(operation, operands)
      case 'host':
        return this.call(place)
      case 'rescue': {
        const conditions = operands.slice(1 + operation.arity).map(operand => this.value(operand))
        this.untested.push(conditions.reduce((p, q) => body.value('v128', v128.and, [p, q])))
        return this.value(operands[0]!)
      }
    }
    throw new Error(`wasm: the program still has a '${operation.kind}'; it must be expanded first`)
  }

  private pointer(column: number): Place {
    const { body } = this
    const { plan, frame } = this.context
    const start = body.known('i32', i32.load, 2, frame + plan.layout.columns + 4 * column)
    return body.value('i32', i32.add, [start, body.parameter(0)])
  }

  /** One call for each lane. */
  private call(place: number): Place {
    const { body } = this
    const { plan, frame, host } = this.context
    const operation = plan.operation(place)
    if (operation.kind !== 'host') throw new Error('wasm: not a function of the host')
    const operands = plan.operands(place)
    const { index, byList } = host.callee(operation, operands.length)
    const vectors = operands.map(operand => this.value(operand))
    const [first, second] = LANES.map(lane => {
      const values = vectors.map(vector => body.value('f64', f64x2.extract_lane, [vector], lane))
      if (!byList) return body.effect(control.call, values, [index], 'f64')
      const list = frame + plan.layout.list
      values.forEach((value, i) => {
        body.effect(f64.store, [body.i32(0), value], [3, list + DOUBLE * i])
      })
      return body.effect(control.call, [body.i32(list)], [index], 'f64')
    }) as [Place, Place]
    return body.value('v128', f64x2.replace_lane, [body.value('v128', f64x2.splat, [first]), second], 1)
  }

  private step({ step, value, extra, table }: StepOperation, operands: readonly number[]): Place {
    const { body } = this
    const one = (opcode: number, x: Place) => body.value('v128', opcode, [x])
    const two = (opcode: number, x: Place, y: Place) => body.value('v128', opcode, [x, y])
    const operand = (i: number) => this.value(operands[i]!)
    if (step === 'neg') {
      const inner = this.peek(operands[0]!)
      if (inner?.step === 'abs') return two(v128.or, this.value(inner.operands[0]!), this.doubles(-0))
    }
    const plain = PLAIN[step]
    if (plain !== undefined)
      return operands.length === 1 ? one(plain, operand(0)) : two(plain, operand(0), operand(1))
    switch (step) {
      case 'copySign':
        return body.value('v128', v128.bitselect, [operand(1), operand(0), this.doubles(-0)])
      case 'flipSign': {
        const bit = two(v128.and, operand(1), body.longs(2 ** value))
        return two(v128.xor, operand(0), two(i64x2.shl, bit, body.i32(63 - value)))
      }
      case 'select':
        if (this.isZero(operands[2]!)) return two(v128.and, operand(1), operand(0))
        if (this.isZero(operands[1]!)) return two(v128.andnot, operand(2), operand(0))
        return body.value('v128', v128.bitselect, [operand(1), operand(2), operand(0)])
      case 'lookup':
        return this.lookup(operands[0]!, table!, value)
      case 'scale':
      case 'unscale': {
        // An exponent is in its field already, before it is shifted down
        const n = this.peek(operands[1]!)
        if (step === 'unscale' && n?.step === 'exponentAbove')
          return two(i64x2.sub, operand(0), this.fieldAbove(n.operands[0]!, n.value))
        return two(
          step === 'scale' ? i64x2.add : i64x2.sub,
          operand(0),
          two(i64x2.shl, operand(1), body.i32(52)),
        )
      }
      case 'double': {
        // An exponent is also in the high words, before it is shifted down
        const n = this.peek(operands[0]!)
        const isExponent = n?.step === 'exponentAbove'
        const words = isExponent
          ? two(i32x4.shr_s, this.above(n.operands[0]!, n.value), body.i32(20))
          : operand(0)
        const order = isExponent ? [4, 5, 6, 7, 12, 13, 14, 15] : [0, 1, 2, 3, 8, 9, 10, 11]
        return one(
          f64x2.convert_low_i32x4_s,
          body.value('v128', i8x16.shuffle, [words, words], ...order, ...order),
        )
      }
      case 'integer':
        return this.rounderPlus(operands[0]!)
      case 'exponentAbove':
        return two(i64x2.shr_u, two(i32x4.shr_s, this.above(operands[0]!, value), body.i32(20)), body.i32(32))
      case 'significandAbove': {
        const significand = two(i64x2.sub, operand(0), this.fieldAbove(operands[0]!, value))
        return extra === 0 ? significand : two(i64x2.add, significand, body.longs(extra * 2 ** 52))
      }
      case 'highWord':
        return two(i64x2.shr_u, operand(0), body.i32(32))
      case 'bits':
        return two(v128.and, operand(0), body.longs(value))
      case 'shift':
        return two(i32x4.shr_s, operand(0), body.i32(value))
      case 'hasBit':
        return two(i64x2.eq, two(v128.and, operand(0), body.longs(value)), body.longs(value))
    }
    throw new Error(`wasm: no code for the step '${step}'`)
  }

  private doubles(x: number): Place {
    return this.body.longs(longOf(x))
  }

  /** The step of an instruction that is computed in this function, with its operands. */
  private peek(place: number): (StepOperation & { readonly operands: readonly number[] }) | undefined {
    if (!this.flight.values.has(place)) return undefined
    const operation = this.context.plan.operation(place)
    return operation.kind === 'step'
      ? { ...operation, operands: this.context.plan.operands(place) }
      : undefined
  }

  private isZero(place: number): boolean {
    const operation = this.context.plan.operation(place)
    return operation.kind === 'constant' && Object.is(operation.value, 0)
  }

  /** x + ROUNDER, which has the integer x in its low word; x was made by subtracting it from that sum, as a rule. */
  private rounderPlus(place: number): Place {
    const { plan } = this.context
    const difference = this.peek(place)
    if (difference?.step === 'sub') {
      const subtracted = plan.operation(difference.operands[1]!)
      if (subtracted.kind === 'constant' && subtracted.value === ROUNDER)
        return this.value(difference.operands[0]!)
    }
    return this.body.value('v128', f64x2.add, [this.value(place), this.doubles(ROUNDER)])
  }

  /** The bits of x less those of z0: an exponent that is k, and a fraction. */
  private above(x: number, start: number): Place {
    return this.body.value('v128', i64x2.sub, [this.value(x), this.body.longs(start * 2 ** 32)])
  }

  /** The exponent field of the difference. */
  private fieldAbove(x: number, start: number): Place {
    return this.body.value('v128', v128.and, [this.above(x, start), this.body.longs(EXPONENT)])
  }

  /** Two neighbouring columns at a time: a load for each lane, then the first halves and the second halves. */
  private lookup(row: number, table: NonNullable<StepOperation['table']>, column: number): Place {
    const { body } = this
    const key = `${row} ${table.name} ${column >> 1}`
    let pair = this.flight.pairs.get(key)
    if (pair === undefined) {
      const start = this.context.arena.addressOf(table) + VECTOR * (column >> 1)
      const [first, second] = this.addressesOf(row, table).map(address =>
        body.value('v128', v128.load, [address], 3, start),
      ) as [Place, Place]
      pair = [0, 1].map(half => {
        const bytes = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23].map(byte => byte + 8 * half)
        return body.value('v128', i8x16.shuffle, [first, second], ...bytes)
      })
      this.flight.pairs.set(key, pair)
    }
    return pair[column & 1]!
  }

  private addressesOf(row: number, table: NonNullable<StepOperation['table']>): readonly Place[] {
    const { body } = this
    const shift = 31 - Math.clz32(strideOf(table))
    const key = `${row} ${shift}`
    let addresses = this.flight.addresses.get(key)
    if (addresses === undefined) {
      addresses = LANES.map(lane => body.value('i32', i32.shl, [this.word(row, lane), body.i32(shift)]))
      this.flight.addresses.set(key, addresses)
    }
    return addresses
  }

  /**
   * An integer of one lane. What it is computed from takes the way through memory: the units that move lanes are also
   * those that add and multiply, while loads and stores have units of their own.
   */
  private word(place: number, lane: number): Place {
    const { body } = this
    const two = (opcode: number, x: Place, y: Place) => body.value('i32', opcode, [x, y])
    const operation = this.context.plan.operation(place)
    if (operation.kind === 'constant') return body.i32(operation.value)
    const known = this.peek(place)
    if (known !== undefined) {
      const [x, y] = known.operands as [number, number]
      switch (known.step) {
        case 'bits':
          return two(i32.and, this.word(x, lane), body.i32(known.value))
        case 'shift':
          return two(i32.shr_s, this.word(x, lane), body.i32(known.value))
        case 'minus':
          return two(i32.sub, this.word(x, lane), this.word(y, lane))
        case 'highWord':
          return this.wordsOf(x)[2 * lane + 1]!
        case 'integer':
          return this.throughMemory(this.rounderPlus(x))[2 * lane]!
      }
    }
    return this.wordsOf(place)[2 * lane]!
  }

  /** The words of a vector; what comes from memory need not be stored first. */
  private wordsOf(place: number): readonly Place[] {
    const { body } = this
    const operation = this.context.plan.operation(place)
    if (operation.kind !== 'column' || !this.flight.values.has(place))
      return this.throughMemory(this.value(place))
    const pointer = this.pointer(operation.index)
    return [0, 4, 8, 12].map(byte => body.value('i32', i32.load, [pointer], 2, this.flight.offset + byte))
  }

  private throughMemory(vector: Place): readonly Place[] {
    const { body } = this
    let words = this.flight.words.get(vector)
    if (words === undefined) {
      const address = this.context.arena.scratch + VECTOR * (this.nextScratch++ % SCRATCH)
      body.effect(v128.store, [body.i32(0), vector], [4, address])
      words = [0, 4, 8, 12].map(byte => body.value('i32', i32.load, [body.i32(0)], 2, address + byte))
      this.flight.words.set(vector, words)
    }
    return words
  }
}

/** The bits of a double as an integer, if they are a double's worth: here a sign, or few digits. */
function longOf(x: number): number {
  view.setFloat64(0, x)
  return Number(view.getBigInt64(0))
}
const view = new DataView(new ArrayBuffer(8))
