/**
 * Steps as WebAssembly of two lanes: a double is an f64x2, an integer the low word of each 64-bit lane (its high word is
 * anything), a condition a mask.
 */

import { ROUNDER } from '../../../math/steps.js'
import type { StepOperation } from '../../program/program.js'
import { type Arena, SCRATCH, strideOf } from './arena.js'
import type { Body, Place } from './body.js'
import { FLIGHTS, VECTOR } from './frame.js'
import { f64x2, i8x16, i32, i32x4, i64x2, v128 } from './opcodes.js'

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

/** Where the operands of steps come from, by numbers that the source gives them. */
export interface VectorSource {
  value(operand: number): Place
  /** The step of a vector that is computed in this function, with its operands. */
  stepOf(operand: number): (StepOperation & { readonly operands: readonly number[] }) | undefined
  /** The number that is in both lanes, if it is known. */
  constantOf(operand: number): number | undefined
  /** The four words of a vector that lies in memory. */
  wordsInMemory?(operand: number): readonly Place[] | undefined
}

const LANES = [0, 1] as const

export class VectorCode {
  private readonly body: Body
  private readonly arena: Arena
  private readonly source: VectorSource
  /** Vectors in flight at the same time use different scratch memory. */
  private readonly flight: number
  private nextScratch = 0
  /** By the number of an operand: the addresses of its value as a row of a table, for each lane. */
  private readonly addresses = new Map<string, readonly Place[]>()
  /** Two neighbouring columns of a table. */
  private readonly pairs = new Map<string, readonly Place[]>()
  /** The four words of a vector that went through memory. */
  private readonly words = new Map<number, readonly Place[]>()

  constructor(body: Body, arena: Arena, source: VectorSource, flight = 0) {
    this.body = body
    this.arena = arena
    this.source = source
    this.flight = flight
  }

  step({ step, value, extra, table }: StepOperation, operands: readonly number[]): Place {
    const { body } = this
    const one = (opcode: number, x: Place) => body.value('v128', opcode, [x])
    const two = (opcode: number, x: Place, y: Place) => body.value('v128', opcode, [x, y])
    const operand = (i: number) => this.source.value(operands[i]!)
    if (step === 'neg') {
      const inner = this.source.stepOf(operands[0]!)
      if (inner?.step === 'abs') return two(v128.or, this.source.value(inner.operands[0]!), this.doubles(-0))
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
        const n = this.source.stepOf(operands[1]!)
        const field =
          n?.step === 'exponentAbove'
            ? this.fieldAbove(n.operands[0]!, n.value)
            : two(i64x2.shl, operand(1), body.i32(52))
        return two(step === 'scale' ? i64x2.add : i64x2.sub, operand(0), field)
      }
      case 'double': {
        const n = this.source.stepOf(operands[0]!)
        if (n?.step === 'exponentAbove') {
          // k mod 4096 among the last bits of a double: 2^52 + 2048 + k
          const sum = two(v128.xor, this.bitsAbove(n.operands[0]!, n.value), this.doubles(2 ** 52 + 2048))
          return two(f64x2.sub, sum, this.doubles(2 ** 52 + 2048))
        }
        const order = [0, 1, 2, 3, 8, 9, 10, 11]
        const words = body.value('v128', i8x16.shuffle, [operand(0), operand(0)], ...order, ...order)
        return one(f64x2.convert_low_i32x4_s, words)
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

  private isZero(place: number): boolean {
    return Object.is(this.source.constantOf(place), 0)
  }

  /** x + ROUNDER, which has the integer x in its low word; x was made by subtracting it from that sum, as a rule. */
  private rounderPlus(place: number): Place {
    const difference = this.source.stepOf(place)
    if (difference?.step === 'sub' && this.source.constantOf(difference.operands[1]!) === ROUNDER) {
      return this.source.value(difference.operands[0]!)
    }
    return this.body.value('v128', f64x2.add, [this.source.value(place), this.doubles(ROUNDER)])
  }

  /** The bits of x less those of z0: an exponent that is k, and a fraction. */
  private above(x: number, start: number): Place {
    return this.body.value('v128', i64x2.sub, [this.source.value(x), this.body.longs(start * 2 ** 32)])
  }

  /** k mod 4096. */
  private bitsAbove(x: number, start: number): Place {
    return this.body.value('v128', i64x2.shr_u, [this.above(x, start), this.body.i32(52)])
  }

  /** k as an exponent field: shifts, for a mask would have to be made in every turn of the loop. */
  private fieldAbove(x: number, start: number): Place {
    return this.body.value('v128', i64x2.shl, [this.bitsAbove(x, start), this.body.i32(52)])
  }

  /** Two neighbouring columns at a time: a load for each lane, then the first halves and the second halves. */
  private lookup(row: number, table: NonNullable<StepOperation['table']>, column: number): Place {
    const { body } = this
    const key = `${row} ${table.name} ${column >> 1}`
    let pair = this.pairs.get(key)
    if (pair === undefined) {
      const start = this.arena.addressOf(table) + VECTOR * (column >> 1)
      const [first, second] = this.addressesOf(row, table).map(address =>
        body.value('v128', v128.load, [address], 3, start),
      ) as [Place, Place]
      pair = [0, 1].map(half => {
        const bytes = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23].map(byte => byte + 8 * half)
        return body.value('v128', i8x16.shuffle, [first, second], ...bytes)
      })
      this.pairs.set(key, pair)
    }
    return pair[column & 1]!
  }

  private addressesOf(row: number, table: NonNullable<StepOperation['table']>): readonly Place[] {
    const { body } = this
    const shift = 31 - Math.clz32(strideOf(table))
    const key = `${row} ${shift}`
    let addresses = this.addresses.get(key)
    if (addresses === undefined) {
      addresses = LANES.map(lane => body.value('i32', i32.shl, [this.word(row, lane), body.i32(shift)]))
      this.addresses.set(key, addresses)
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
    const constant = this.source.constantOf(place)
    if (constant !== undefined) return body.i32(constant)
    const known = this.source.stepOf(place)
    if (known !== undefined) {
      const [x, y] = known.operands as [number, number]
      switch (known.step) {
        case 'bits':
          return two(i32.and, this.word(x, lane), body.i32(known.value))
        case 'shift':
          return two(i32.shr_s, this.word(x, lane), body.i32(known.value))
        case 'plus':
          return two(i32.add, this.word(x, lane), this.word(y, lane))
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
    return this.source.wordsInMemory?.(place) ?? this.throughMemory(this.source.value(place))
  }

  private throughMemory(vector: Place): readonly Place[] {
    const { body } = this
    let words = this.words.get(vector)
    if (words === undefined) {
      const number = FLIGHTS * this.nextScratch++ + this.flight
      const address = this.arena.scratch + VECTOR * (number % SCRATCH)
      body.effect(v128.store, [body.i32(0), vector], [4, address])
      words = [0, 4, 8, 12].map(byte => body.value('i32', i32.load, [body.i32(0)], 2, address + byte))
      this.words.set(vector, words)
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
