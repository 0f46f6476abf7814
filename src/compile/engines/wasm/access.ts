/** Loads and stores of the memories of a program, in one lane or in two. */

import type { Kind } from '../../../math/steps.js'
import type { Address, LoadOperation } from '../../program/program.js'
import type { Body, Place } from './body.js'
import { DOUBLE, GROUP, type Layout, VECTOR } from './frame.js'
import type { FunctionLocals } from './module.js'
import { f64, f64x2, i32, i64, v128 } from './opcodes.js'

/** The variables of a loop whose code is being written. */
export class LoopVariables {
  /** By bytes an iteration, the local that goes up by so many. */
  readonly steps: Map<number, number> = new Map()
  /** Of the running number, four bytes each. */
  running: number | undefined
  /** Whether the body is all of the loop, and so what does not change within may be loaded before. */
  readonly isInnermost: boolean
  private readonly locals: FunctionLocals

  constructor(locals: FunctionLocals, isInnermost: boolean) {
    this.locals = locals
    this.isInnermost = isInnermost
  }

  step(bytes: number): number {
    const known = this.steps.get(bytes) ?? this.locals.reserve('i32')
    this.steps.set(bytes, known)
    return known
  }

  runningNumber(): number {
    this.running ??= this.locals.reserve('i32')
    return this.running
  }
}

/** How the iterations of a parallel loop, or rows, share vectors; `depth` counts from 0, rows are -1. */
export interface LaneOptions {
  readonly depth: number
}

export interface Surroundings {
  readonly layout: Layout
  /** The address of the frame. */
  readonly frame: number
  readonly columns: number
  readonly loops: readonly LoopVariables[]
  /** The local with the byte distance of the row, if there are rows. */
  readonly at: number | undefined
  /** The local with that of the first result of a block of rows that are kept, if they are. */
  readonly to: number | undefined
  readonly lanes: LaneOptions | undefined
}

/** A base and what is added to it; `step` to come from one lane to the next. */
interface Point {
  readonly base: Place
  readonly offset: number
  readonly step: number
  /** Of the second lane, where it is no step away. */
  readonly other: Place | undefined
  /** Whether it is the same in all iterations of the innermost loop. */
  readonly isFixed: boolean
}

export class Access {
  private readonly body: Body
  private readonly around: Surroundings

  constructor(body: Body, around: Surroundings) {
    this.body = body
    this.around = around
  }

  /** A value in one lane: a double as f64, the others as i32. */
  scalar({ address, result }: LoadOperation): Place {
    const { body } = this
    const column = this.columnOf(address)
    const { base, offset, isFixed } = column ?? this.pointOf(address, 0)
    const load = (name: 'f64' | 'i32', opcode: number, align: number): Place =>
      isFixed && column === undefined
        ? this.fixed(name, opcode, align, base, offset)
        : body.value(name, opcode, [base], align, offset)
    if (result === 'double') return load('f64', f64.load, 3)
    const word = load('i32', i32.load, 2)
    // Of the mask that a condition is kept as
    return result === 'integer' ? word : body.value('i32', i32.and, [word, body.i32(1)])
  }

  /** Keeps a value of one lane in 64 bits: an integer with its sign, a condition as a mask. */
  store(address: Address, value: Place, kind: Kind): void {
    const { body } = this
    const { base, offset } = this.pointOf(address, 0)
    if (kind === 'double') {
      body.effect(f64.store, [base, value], [3, offset])
      return
    }
    const long = body.value('i64', i64.extend_i32_s, [value])
    const mask = kind === 'integer' ? long : body.value('i64', i64.sub, [body.i64(0), long])
    body.effect(i64.store, [base, mask], [3, offset])
  }

  /** The same of two lanes: those of a flight. */
  vector({ address }: LoadOperation, flight: number): Place {
    const { body } = this
    const column = this.columnOf(address)
    if (column !== undefined) {
      return body.value('v128', v128.load, [column.base], 3, column.offset + VECTOR * flight)
    }
    const { base, offset, step, other, isFixed } = this.pointOf(address, flight)
    if (address.memory === 'row') {
      const at = offset + VECTOR * flight
      return isFixed
        ? this.fixed('v128', v128.load, 4, base, at)
        : body.value('v128', v128.load, [base], 4, at)
    }
    if (step === 0 && other === undefined) {
      return isFixed
        ? this.fixed('v128', v128.load64_splat, 3, base, offset)
        : body.value('v128', v128.load64_splat, [base], 3, offset)
    }
    if (step === DOUBLE) return body.value('v128', v128.load, [base], 3, offset)
    const low = body.value('v128', v128.load64_zero, [base], 3, offset)
    const next = this.nextLane(base, offset, step, other)
    return body.value('v128', v128.load64_lane, [next.base, low], 3, next.offset, 1)
  }

  /** The four words of two lanes of a column. */
  wordsOfColumn({ address }: LoadOperation, flight: number): readonly Place[] | undefined {
    const column = this.columnOf(address)
    if (column === undefined) return undefined
    return [0, 4, 8, 12].map(byte =>
      this.body.value('i32', i32.load, [column.base], 2, column.offset + VECTOR * flight + byte),
    )
  }

  storeVector(address: Address, value: Place, flight: number): void {
    const { body } = this
    const { base, offset, step, other } = this.pointOf(address, flight)
    if (this.around.lanes!.depth === -1 || step === DOUBLE) {
      const isRow = this.around.lanes!.depth === -1
      body.effect(v128.store, [base, value], [isRow ? 4 : 3, offset + (isRow ? VECTOR * flight : 0)])
      return
    }
    const next = this.nextLane(base, offset, step, other)
    body.effect(v128.store64_lane, [base, value], [3, offset, 0])
    body.effect(v128.store64_lane, [next.base, value], [3, next.offset, 1])
  }

  /** Keeps one lane, at a place outside all loops. */
  storeLane(address: Address, vector: Place, lane: number): void {
    const { base, offset } = this.pointOf(address, 0)
    this.body.effect(v128.store64_lane, [base, vector], [3, offset, lane])
  }

  /** Adds two lanes to the accumulators of an output. */
  accumulate(address: Address, value: Place, flight: number): void {
    const { body } = this
    const { base, offset } = this.pointOf(address, flight)
    const at = offset + VECTOR * flight
    const sum = body.value('v128', f64x2.add, [body.value('v128', v128.load, [base], 4, at), value])
    body.effect(v128.store, [base, sum], [4, at])
  }

  private nextLane(base: Place, offset: number, step: number, other: Place | undefined) {
    return this.at(other ?? base, other === undefined ? offset + step : offset)
  }

  /** A column that is read where it was bound. */
  private columnOf({ memory, start, table, strides }: Address): Point | undefined {
    const { frame, layout, columns, at } = this.around
    if (memory !== 'row' || start >= columns || table !== undefined || strides.some(stride => stride !== 0))
      return undefined
    const pointer = this.body.known('i32', i32.load, 2, frame + layout.columns + 4 * start)
    const base = this.body.value('i32', i32.add, [pointer, this.body.local('i32', at!)])
    return { base, offset: 0, step: 0, other: undefined, isFixed: false }
  }

  private fixed(
    name: 'f64' | 'i32' | 'v128',
    opcode: number,
    align: number,
    base: Place,
    offset: number,
  ): Place {
    const { loops, lanes } = this.around
    const { body } = this
    const innermost = loops.at(-1)
    if (innermost === undefined) {
      return lanes?.depth === -1 && opcode === v128.load64_splat
        ? body.early(name, opcode, align, offset)
        : body.known(name, opcode, align, offset)
    }
    return innermost.isInnermost && body.isInPlace(base)
      ? body.early(name, opcode, align, offset, base)
      : body.value(name, opcode, [base], align, offset)
  }

  private unitOf(memory: Address['memory']): { readonly start: number; readonly unit: number } {
    const { layout, lanes, frame } = this.around
    switch (memory) {
      case 'once':
        return { start: frame + layout.once, unit: DOUBLE }
      case 'row':
        return { start: frame + layout.row, unit: GROUP }
      case 'output':
        return lanes?.depth === -1
          ? { start: frame + layout.rows, unit: layout.rowBytes }
          : { start: frame + layout.results, unit: DOUBLE }
    }
  }

  private pointOf(address: Address, flight: number): Point {
    const { body } = this
    const { loops, lanes, layout, frame, to } = this.around
    const { memory, table, level, strides } = address
    const { start, unit } = this.unitOf(memory)
    const laneDepth = lanes?.depth ?? -1
    const laneStep = laneDepth >= 0 ? unit * strides[laneDepth]! : 0
    let offset = start + unit * address.start
    const terms: Place[] = []
    let first: Place | undefined
    let other: Place | undefined
    if (table !== undefined) {
      const running = body.local('i32', loops[level - 1]!.runningNumber())
      const entry = (lane: number): Place => {
        const index = body.value('i32', i32.load, [running], 2, frame + layout.tables.get(table)! + 4 * lane)
        return body.value('i32', i32.mul, [index, body.i32(unit)])
      }
      if (laneDepth >= 0 && level === laneDepth + 1) {
        first = entry(2 * flight)
        other = entry(2 * flight + 1)
      } else first = entry(0)
    }
    strides.forEach((stride, d) => {
      if (stride !== 0) terms.push(body.local('i32', loops[d]!.step(unit * stride)))
    })
    if (memory === 'output' && laneDepth === -1 && to !== undefined) terms.push(body.local('i32', to))
    const sum = (head: Place | undefined): Place | undefined =>
      [...(head === undefined ? [] : [head]), ...terms].reduce<Place | undefined>(
        (sum, term) => (sum === undefined ? term : body.value('i32', i32.add, [sum, term])),
        undefined,
      )
    offset += 2 * flight * laneStep
    const innermost = loops.length - 1
    const isFixed = innermost < 0 || (strides[innermost] === 0 && (table === undefined || level <= innermost))
    const isDown = strides.some(stride => stride < 0)
    const placed = this.at(sum(first) ?? body.i32(0), offset, isDown)
    const second = other === undefined ? undefined : this.at(sum(other)!, offset, isDown).base
    return { ...placed, step: laneStep, other: second, isFixed }
  }

  /** Offsets are not negative, nor are bases: what may become negative is added by an instruction, which wraps. */
  private at(base: Place, offset: number, isDown = false): { readonly base: Place; readonly offset: number } {
    return offset < 0 || isDown
      ? { base: this.body.value('i32', i32.add, [base, this.body.i32(offset)]), offset: 0 }
      : { base, offset }
  }
}
