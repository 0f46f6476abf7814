/** Steps as WebAssembly of one lane: a double is an f64, an integer an i32, a condition an i32, 1 or 0. */

import { ROUNDER } from '../../../math/steps.js'
import type { StepOperation } from '../../program/program.js'
import { type Arena, strideOf } from './arena.js'
import { Body, type Place } from './body.js'
import type { Host } from './host.js'
import { control, f64, i32, i64, select, type Type } from './opcodes.js'
import { DOUBLE, type Phase, type Piece, type Plan } from './plan.js'
import type { Runs } from './runs.js'

/** What all the code of one module is written from. */
export interface Context {
  readonly plan: Plan
  readonly host: Host
  readonly arena: Arena
  /** The address of the frame. */
  readonly frame: number
  /** The numbers of the functions that add up runs of memory, if the program has such. */
  readonly runs: Runs | undefined
}

/**
 * `fast` code leaves by `br_if 0` at the first operand that an elementary function's steps are not made for; `careful`
 * code calls the host for such operands and goes on.
 */
export type Manner = 'fast' | 'careful'

const PLAIN: Partial<Record<StepOperation['step'], number>> = {
  add: f64.add,
  sub: f64.sub,
  mul: f64.mul,
  div: f64.div,
  sqrt: f64.sqrt,
  neg: f64.neg,
  abs: f64.abs,
  min: f64.min,
  max: f64.max,
  floor: f64.floor,
  ceil: f64.ceil,
  copySign: f64.copysign,
}
const COMPARISONS: Partial<Record<StepOperation['step'], number>> = {
  less: f64.lt,
  lessOrEqual: f64.le,
  equal: f64.eq,
}
const INTEGERS: Partial<Record<StepOperation['step'], number>> = {
  plus: i32.add,
  minus: i32.sub,
  and: i32.and,
}

/** The exponent field of a double. */
const EXPONENT = -(2 ** 52)

export class ScalarCode {
  /** Has the byte distance of the row as its parameter, if there are rows. */
  readonly body: Body
  protected readonly context: Context
  private readonly phase: Phase
  private readonly manner: Manner
  protected readonly values: Map<number, Place> = new Map()

  constructor(context: Context, phase: Phase, manner: Manner) {
    this.context = context
    this.phase = phase
    this.manner = manner
    this.body = new Body(phase === 'row' ? ['i32'] : [])
  }

  /** `isFirst`: outputs that are not computed in this phase are copied. */
  write(piece: Piece, isFirst: boolean): void {
    if (isFirst) this.copyOutputs()
    for (const place of piece) this.compute(place)
  }

  protected copyOutputs(): void {
    const { plan } = this.context
    for (const place of plan.outputsOf.keys()) {
      if (plan.phases[place] !== this.phase && plan.phases[place] !== 'row') this.storeResults(place)
    }
  }

  protected compute(place: number): void {
    this.values.set(place, this.select(place))
    if (this.context.plan.layout.slots[place]! >= 0) this.store(place)
    this.storeResults(place)
  }

  /** Leaves the code, now or later, unless the condition holds. */
  protected test(condition: Place): void {
    this.body.effect(control.br_if, [this.body.value('i32', i32.eqz, [condition])], [0])
  }

  private storeResults(place: number): void {
    const { plan, frame } = this.context
    for (const output of plan.outputsOf.get(place) ?? []) {
      const address = frame + plan.layout.results + DOUBLE * output
      this.body.effect(f64.store, [this.body.i32(0), this.scalar(place)], [3, address])
    }
  }

  /** Keeps a value in 64 bits: an integer with its sign, a condition as a mask. */
  protected store(place: number): void {
    const { body } = this
    const address = this.addressOf(place)
    const kind = this.kindOf(place)
    const value = this.scalar(place)
    if (kind === 'double') {
      body.effect(f64.store, [body.i32(0), value], [3, address])
      return
    }
    const long = body.value('i64', i64.extend_i32_s, [value])
    const mask = kind === 'integer' ? long : body.value('i64', i64.sub, [body.i64(0), long])
    body.effect(i64.store, [body.i32(0), mask], [3, address])
  }

  private addressOf(place: number): number {
    return this.context.frame + this.context.plan.layout.slots[place]!
  }

  private kindOf(place: number) {
    const operation = this.context.plan.operation(place)
    return operation.kind === 'step' || operation.kind === 'constant' ? operation.result : 'double'
  }

  protected scalar(place: number): Place {
    const known = this.values.get(place)
    if (known !== undefined) return known
    const operation = this.context.plan.operation(place)
    const kind = this.kindOf(place)
    if (operation.kind === 'constant')
      return kind === 'double' ? this.body.f64(operation.value) : this.body.i32(operation.value)
    const address = this.addressOf(place)
    if (kind === 'double') return this.body.known('f64', f64.load, 3, address)
    const word = this.body.known('i32', i32.load, 2, address)
    // Of the mask that a condition is kept as
    return kind === 'integer' ? word : this.body.value('i32', i32.and, [word, this.body.i32(1)])
  }

  private select(place: number): Place {
    const { body } = this
    const { plan, frame, host, runs } = this.context
    const operation = plan.operation(place)
    const operands = plan.operands(place)
    switch (operation.kind) {
      case 'column': {
        const pointer = body.known('i32', i32.load, 2, frame + plan.layout.columns + 4 * operation.index)
        const address = body.value('i32', i32.add, [pointer, body.parameter(0)])
        return body.value('f64', f64.load, [address], 3, 0)
      }
      case 'step':
        return this.step(operation, operands)
      case 'host': {
        const { index, byList } = host.callee(operation, operands.length)
        const values = operands.map(operand => this.scalar(operand))
        if (!byList) return body.effect(control.call, values, [index], 'f64')
        const list = frame + plan.layout.list
        values.forEach((value, i) => {
          body.effect(f64.store, [body.i32(0), value], [3, list + DOUBLE * i])
        })
        return body.effect(control.call, [body.i32(list)], [index], 'f64')
      }
      case 'run': {
        const { count } = operation
        const [start, first, by] = [operands[0]!, operands[1]!, operands[1 + count]]
        const bytes = DOUBLE * count
        const given = [this.scalar(start), body.i32(this.addressOf(first)), body.i32(bytes)]
        if (by === undefined) return body.effect(control.call, given, [runs!.sum], 'f64')
        return body.effect(control.call, [...given, body.i32(this.addressOf(by))], [runs!.dot], 'f64')
      }
      case 'rescue': {
        const value = this.scalar(operands[0]!)
        const [, ...rest] = operands.map(operand => this.scalar(operand))
        const conditions = rest.slice(operation.arity)
        if (this.manner === 'fast') {
          for (const condition of conditions) this.test(condition)
          return value
        }
        const all = conditions.reduce((p, q) => body.value('i32', i32.and, [p, q]))
        return body.rescue(
          all,
          value,
          rest.slice(0, operation.arity),
          host.callee(operation, operation.arity).index,
        )
      }
    }
    throw new Error(`wasm: the program still has a '${operation.kind}'; it must be expanded first`)
  }

  private step({ step, value, extra, table }: StepOperation, operands: readonly number[]): Place {
    const { body } = this
    const one = (name: Type, opcode: number, x: Place) => body.value(name, opcode, [x])
    const two = (name: Type, opcode: number, x: Place, y: Place) => body.value(name, opcode, [x, y])
    const bitsOf = (x: Place) => one('i64', i64.reinterpret_f64, x)
    const fromBits = (n: Place) => one('f64', f64.reinterpret_i64, n)
    const [x, y, z] = operands.map(operand => this.scalar(operand)) as [Place, Place, Place]
    const plain = PLAIN[step]
    if (plain !== undefined) return body.value('f64', plain, operands.length === 1 ? [x] : [x, y])
    const comparison = COMPARISONS[step] ?? INTEGERS[step]
    if (comparison !== undefined) return two('i32', comparison, x, y)
    switch (step) {
      case 'flipSign': {
        const bit = one('i64', i64.extend_i32_s, two('i32', i32.and, y, body.i32(2 ** value)))
        const sign = two('i64', i64.shl, bit, body.i64(63 - value))
        return fromBits(two('i64', i64.xor, bitsOf(x), sign))
      }
      case 'select':
        return body.value('f64', select, [y, z, x])
      case 'lookup': {
        const address = two('i32', i32.shl, x, body.i32(31 - Math.clz32(strideOf(table!))))
        return body.value(
          'f64',
          f64.load,
          [address],
          3,
          this.context.arena.addressOf(table!) + DOUBLE * value,
        )
      }
      case 'scale':
      case 'unscale': {
        const field = two('i64', i64.shl, one('i64', i64.extend_i32_s, y), body.i64(52))
        return fromBits(two('i64', step === 'scale' ? i64.add : i64.sub, bitsOf(x), field))
      }
      case 'double':
        return one('f64', f64.convert_i32_s, x)
      case 'integer':
        return one('i32', i32.wrap_i64, bitsOf(this.rounderPlus(operands[0]!)))
      case 'highWord':
        return one('i32', i32.wrap_i64, two('i64', i64.shr_u, bitsOf(x), body.i64(32)))
      case 'exponentAbove':
        return two('i32', i32.shr_s, y, body.i32(20))
      case 'significandAbove': {
        const bits = bitsOf(x)
        const above = two('i64', i64.sub, bits, body.i64(value * 2 ** 32))
        const field = two('i64', i64.and, above, body.i64(EXPONENT))
        const significand = two('i64', i64.sub, bits, field)
        return fromBits(
          extra === 0 ? significand : two('i64', i64.add, significand, body.i64(extra * 2 ** 52)),
        )
      }
      case 'bits':
        return two('i32', i32.and, x, body.i32(value))
      case 'shift':
        return two('i32', i32.shr_s, x, body.i32(value))
      case 'hasBit':
        return two('i32', i32.ne, two('i32', i32.and, x, body.i32(value)), body.i32(0))
    }
    throw new Error(`wasm: no code for the step '${step}'`)
  }

  /** x + ROUNDER, which has the integer x in its low word; x was made by subtracting it from that sum, as a rule. */
  private rounderPlus(place: number): Place {
    const { plan } = this.context
    const operation = plan.operation(place)
    if (operation.kind === 'step' && operation.step === 'sub' && this.values.has(place)) {
      const [sum, rounder] = plan.operands(place)
      const subtracted = plan.operation(rounder!)
      if (subtracted.kind === 'constant' && subtracted.value === ROUNDER) return this.scalar(sum!)
    }
    return this.body.value('f64', f64.add, [this.scalar(place), this.body.f64(ROUNDER)])
  }
}
