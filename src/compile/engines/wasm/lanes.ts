/**
 * Rows in two lanes. Two vectors are computed in turns, step by step, which keeps more units busy than one.
 *
 * Rows are computed as if the steps of every elementary function applied. The conditions under which they do are
 * gathered, and the code leaves by `br_if 0`, before the group of rows counts, if one does not hold.
 */

import type { Address, Program, StepOperation } from '../../program/program.js'
import type { Access } from './access.js'
import type { Body, Place } from './body.js'
import { DOUBLE, keyOf } from './frame.js'
import { control, f64, f64x2, i32, i64x2, v128 } from './opcodes.js'
import type { Context, Manner } from './scalar.js'
import { VectorCode, type VectorSource } from './vector.js'

const LANES = [0, 1] as const

/** One of the vectors in flight. */
interface Flight {
  readonly number: number
  readonly values: Map<number, Place>
  readonly code: VectorCode
  /** By number of what the loop carries. */
  readonly carried: readonly Place[]
}

/** What becomes of a value of two lanes. */
export type Sink = (address: Address, value: Place, flight: number) => void

export class LanesCode implements VectorSource {
  readonly body: Body
  private readonly context: Context
  private readonly program: Program
  private readonly access: Access
  private readonly manner: Manner
  private readonly flights: readonly Flight[]
  private flight: Flight
  private untested: Place[] = []

  /** `carried`: for each flight what its loop carries. */
  constructor(
    context: Context,
    body: Body,
    program: Program,
    access: Access,
    manner: Manner,
    carried: readonly (readonly Place[])[],
  ) {
    this.context = context
    this.body = body
    this.program = program
    this.access = access
    this.manner = manner
    this.flights = carried.map((carried, number) => ({
      number,
      values: new Map(),
      code: new VectorCode(body, context.arena, this, number),
      carried,
    }))
    this.flight = this.flights[0]!
  }

  write(stores: readonly Address[], sink: Sink): void {
    const { instructions, outputs } = this.program
    // What is stored before it is sure that the lanes count would count twice
    let last = -1
    if (this.manner === 'fast') {
      instructions.forEach(({ operation }, place) => {
        if (operation.kind === 'rescue') last = place
      })
    }
    const storesOf = new Map<number, Address[]>()
    stores.forEach((address, i) => {
      const place = Math.max(outputs[i]!, last)
      storesOf.set(place, [...(storesOf.get(place) ?? []), address])
    })
    const resultOf = new Map(stores.map((address, i) => [address, outputs[i]!]))
    instructions.forEach(({ operation }, place) => {
      if (operation.kind === 'host') this.leaveUnlessUsual()
      for (const flight of this.flights) {
        this.flight = flight
        flight.values.set(place, this.select(place))
      }
      if (place === last) this.leaveUnlessUsual()
      for (const flight of this.flights) {
        this.flight = flight
        for (const address of storesOf.get(place) ?? []) {
          sink(address, this.value(resultOf.get(address)!), flight.number)
        }
      }
    })
  }

  /** The values of an output, one for each flight. */
  resultsOf(output: number): readonly Place[] {
    return this.flights.map(flight => {
      this.flight = flight
      return this.value(this.program.outputs[output]!)
    })
  }

  private leaveUnlessUsual(): void {
    if (this.untested.length === 0) return
    const { body } = this
    const bits = body.value('i32', i64x2.bitmask, [this.all(this.untested)])
    body.effect(control.br_if, [body.value('i32', i32.ne, [bits, body.i32(3)])], [0])
    this.untested = []
  }

  private all(conditions: readonly Place[]): Place {
    return conditions.reduce((p, q) => this.body.value('v128', v128.and, [p, q]))
  }

  value(place: number): Place {
    return this.flight.values.get(place)!
  }

  private select(place: number): Place {
    const { body } = this
    const { operation, operands } = this.program.instructions[place]!
    switch (operation.kind) {
      case 'constant':
        return this.constant(operation.value, operation.result === 'double')
      case 'load':
        return this.access.vector(operation, this.flight.number)
      case 'carried':
        return this.flight.carried[operation.index]!
      case 'step':
        return this.flight.code.step(operation, operands)
      case 'host':
        return this.call(place)
      case 'rescue': {
        const value = this.value(operands[0]!)
        const all = this.all(operands.slice(1 + operation.arity).map(operand => this.value(operand)))
        if (this.manner === 'fast') {
          this.untested.push(all)
          return value
        }
        const bits = body.value('i32', i64x2.bitmask, [all])
        const isUsual = body.value('i32', i32.eq, [bits, body.i32(3)])
        const given = operands.slice(1, 1 + operation.arity).map(operand => this.value(operand))
        const { index } = this.context.host.callee(operation, operation.arity)
        return body.rescue(isUsual, value, given, index, 'v128')
      }
    }
    throw new Error(`wasm: the program still has a '${operation.kind}'; it must be expanded first`)
  }

  private constant(value: number, isDouble: boolean): Place {
    if (!isDouble) return this.body.longs(value)
    const { layout, frame } = this.context
    return this.body.early('v128', v128.load64_splat, 3, frame + layout.constants.get(keyOf(value))!)
  }

  /** One call for each lane. */
  private call(place: number): Place {
    const { body } = this
    const { layout, frame, host } = this.context
    const { operation, operands } = this.program.instructions[place]!
    if (operation.kind !== 'host') throw new Error('wasm: not a function of the host')
    const { index, byList } = host.callee(operation, operands.length)
    const vectors = operands.map(operand => this.value(operand))
    const [first, second] = LANES.map(lane => {
      const values = vectors.map(vector => body.value('f64', f64x2.extract_lane, [vector], lane))
      if (!byList) return body.effect(control.call, values, [index], 'f64')
      const list = frame + layout.list
      values.forEach((value, i) => {
        body.effect(f64.store, [body.i32(0), value], [3, list + DOUBLE * i])
      })
      return body.effect(control.call, [body.i32(list)], [index], 'f64')
    }) as [Place, Place]
    return body.value('v128', f64x2.replace_lane, [body.value('v128', f64x2.splat, [first]), second], 1)
  }

  stepOf(place: number): (StepOperation & { readonly operands: readonly number[] }) | undefined {
    const { operation, operands } = this.program.instructions[place]!
    return operation.kind === 'step' ? { ...operation, operands } : undefined
  }

  constantOf(place: number): number | undefined {
    const { operation } = this.program.instructions[place]!
    return operation.kind === 'constant' ? operation.value : undefined
  }

  wordsInMemory(place: number): readonly Place[] | undefined {
    const { operation } = this.program.instructions[place]!
    return operation.kind === 'load' ? this.access.wordsOfColumn(operation, this.flight.number) : undefined
  }
}
