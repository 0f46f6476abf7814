/** Loops over runs of memory, which straight-line code calls. */

import type { Program } from '../../program/program.js'
import { Bytes } from './bytes.js'
import type { ModuleBuilder } from './module.js'
import { control, f64, i32, local, type Type, type } from './opcodes.js'
import { DOUBLE } from './plan.js'

/** The numbers of two functions: (start, address, bytes) and (start, address, bytes, address of the factors). */
export interface Runs {
  readonly sum: number
  readonly dot: number
}

export function hasRuns({ instructions }: Program): boolean {
  return instructions.some(({ operation }) => operation.kind === 'run')
}

export function defineRuns(module: ModuleBuilder): Runs {
  return { sum: defineRun(module, false), dot: defineRun(module, true) }
}

const SUM = 0
const AT = 1
const LEFT = 2
const FACTORS = 3

function defineRun(module: ModuleBuilder, hasFactors: boolean): number {
  const code = new Bytes()
  const write = (opcode: number, ...immediates: readonly number[]) => {
    code.byte(opcode)
    for (const immediate of immediates) code.unsigned(immediate)
  }
  const load = (address: number) => {
    write(local.get, address)
    write(f64.load, 3, 0)
  }
  const advance = (variable: number, by: number, result: number) => {
    write(local.get, variable)
    code.byte(i32.const)
    code.signed(by)
    write(i32.add)
    write(result, variable)
  }
  write(control.loop, type.empty)
  write(local.get, SUM)
  load(AT)
  if (hasFactors) {
    load(FACTORS)
    write(f64.mul)
    advance(FACTORS, DOUBLE, local.set)
  }
  write(f64.add)
  write(local.set, SUM)
  advance(AT, DOUBLE, local.set)
  advance(LEFT, -DOUBLE, local.tee)
  write(control.br_if, 0)
  write(control.end)
  write(local.get, SUM)
  const factors: readonly Type[] = hasFactors ? ['i32'] : []
  return module.define({ parameters: ['f64', 'i32', 'i32', ...factors], results: ['f64'] }, [], code)
}
