/**
 * Rows in two lanes. Two vectors are computed in turns, step by step, which keeps more units busy than one.
 *
 * Rows are computed as if the steps of every elementary function applied. The conditions under which they do are
 * gathered, and the code leaves by `br_if 0`, before the group of rows counts, if one does not hold.
 */

import type { StepOperation } from '../../program/program.js'
import type { Body, Place } from './body.js'
import { control, f64, f64x2, i32, i64x2, v128 } from './opcodes.js'
import { DOUBLE, FLIGHTS, type Piece, VECTOR } from './plan.js'
import type { Context } from './scalar.js'
import { VectorCode, type VectorSource } from './vector.js'

const LANES = [0, 1] as const

/** One of the vectors in flight. */
interface Flight {
  readonly offset: number
  readonly values: Map<number, Place>
  readonly code: VectorCode
}

export class LanesCode implements VectorSource {
  /** Has the byte distance of the first row as its parameter, and the reduction's own place for results. */
  readonly body: Body
  private readonly context: Context
  private readonly count: (output: number, flight: number, value: Place, body: Body) => void
  private readonly flights: readonly Flight[]
  private flight: Flight
  private untested: Place[] = []

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
      code: new VectorCode(body, context.arena, this, i),
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

  value(place: number): Place {
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
        return this.flight.code.step(operation, operands)
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

  stepOf(place: number): (StepOperation & { readonly operands: readonly number[] }) | undefined {
    if (!this.flight.values.has(place)) return undefined
    const operation = this.context.plan.operation(place)
    return operation.kind === 'step'
      ? { ...operation, operands: this.context.plan.operands(place) }
      : undefined
  }

  constantOf(place: number): number | undefined {
    const operation = this.context.plan.operation(place)
    return operation.kind === 'constant' ? operation.value : undefined
  }

  wordsInMemory(place: number): readonly Place[] | undefined {
    const { body } = this
    const operation = this.context.plan.operation(place)
    if (operation.kind !== 'column' || !this.flight.values.has(place)) return undefined
    const pointer = this.pointer(operation.index)
    return [0, 4, 8, 12].map(byte => body.value('i32', i32.load, [pointer], 2, this.flight.offset + byte))
  }
}
