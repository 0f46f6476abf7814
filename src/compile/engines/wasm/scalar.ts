/** Steps as WebAssembly of one lane: a double is an f64, an integer an i32, a condition an i32, 1 or 0. */

import type { Kind } from '../../../math/steps.js'
import { ROUNDER } from '../../../math/steps.js'
import type { Looped } from '../../loops/looped.js'
import type { Address } from '../../program/program.js'
import { kindOf, type Program, type StepOperation } from '../../program/program.js'
import type { Access } from './access.js'
import { type Arena, strideOf } from './arena.js'
import type { Body, Place } from './body.js'
import { DOUBLE, type Layout } from './frame.js'
import type { Host } from './host.js'
import { control, f64, i32, i64, select, type Type } from './opcodes.js'

/** What all the code of one module is written from. */
export interface Context {
  readonly looped: Looped
  readonly layout: Layout
  readonly host: Host
  readonly arena: Arena
  /** The address of the frame. */
  readonly frame: number
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
  readonly body: Body
  protected readonly context: Context
  protected readonly program: Program
  protected readonly access: Access
  private readonly carried: readonly Place[]
  private readonly manner: Manner
  protected readonly values: Map<number, Place> = new Map()

  constructor(
    context: Context,
    body: Body,
    program: Program,
    access: Access,
    manner: Manner,
    carried: readonly Place[] = [],
  ) {
    this.context = context
    this.body = body
    this.program = program
    this.access = access
    this.manner = manner
    this.carried = carried
  }

  write(stores: readonly Address[]): void {
    for (const place of this.program.instructions.keys()) this.compute(place)
    this.storeAll(stores)
  }

  protected storeAll(stores: readonly Address[]): void {
    stores.forEach((address, i) => {
      const place = this.program.outputs[i]!
      this.access.store(address, this.scalar(place), this.kindOf(place))
    })
  }

  protected compute(place: number): void {
    this.values.set(place, this.select(place))
  }

  /** Leaves the code, now or later, unless the condition holds. */
  protected test(condition: Place): void {
    this.body.effect(control.br_if, [this.body.value('i32', i32.eqz, [condition])], [0])
  }

  protected kindOf(place: number): Kind {
    return kindOf(this.program.instructions[place]!)
  }

  scalar(place: number): Place {
    return this.values.get(place)!
  }

  private select(place: number): Place {
    const { body } = this
    const { layout, frame, host } = this.context
    const { operation, operands } = this.program.instructions[place]!
    switch (operation.kind) {
      case 'constant':
        return operation.result === 'double' ? body.f64(operation.value) : body.i32(operation.value)
      case 'load':
        return this.access.scalar(operation)
      case 'carried':
        return this.carried[operation.index]!
      case 'step':
        return this.step(operation, operands)
      case 'host': {
        const { index, byList } = host.callee(operation, operands.length)
        const values = operands.map(operand => this.scalar(operand))
        if (!byList) return body.effect(control.call, values, [index], 'f64')
        const list = frame + layout.list
        values.forEach((value, i) => {
          body.effect(f64.store, [body.i32(0), value], [3, list + DOUBLE * i])
        })
        return body.effect(control.call, [body.i32(list)], [index], 'f64')
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
    const { instructions } = this.program
    const { operation, operands } = instructions[place]!
    if (operation.kind === 'step' && operation.step === 'sub') {
      const [sum, rounder] = operands
      const subtracted = instructions[rounder!]!.operation
      if (subtracted.kind === 'constant' && subtracted.value === ROUNDER) return this.scalar(sum!)
    }
    return this.body.value('f64', f64.add, [this.scalar(place), this.body.f64(ROUNDER)])
  }
}
