import { blocksIn } from '../../loops/blocks.js'
import type { Looped } from '../../loops/looped.js'
import type { HostOperation, RescueOperation } from '../../program/program.js'
import type { Arena } from './arena.js'
import { ModuleBuilder } from './module.js'
import type { Type } from './opcodes.js'

/** Beyond this, operands go through memory. */
const PARAMETERS = 16

/** How a host function is called: with its operands, or with the address of their list. */
export interface Callee {
  readonly index: number
  readonly byList: boolean
}

type Doubles = (...operands: number[]) => number

/** The functions of the host that a module imports. */
export class Host {
  /** The imports of the module, by name. */
  readonly functions: Record<string, (...operands: number[]) => number> = {}
  private readonly callees = new Map<unknown, Map<number, Callee>>()

  constructor(module: ModuleBuilder, { once, rows }: Looped, arena: Arena) {
    const instructions = blocksIn([...once, ...rows]).flatMap(({ program }) => program.instructions)
    for (const { operation, operands } of instructions) {
      if (operation.kind !== 'host' && operation.kind !== 'rescue') continue
      const count = operation.kind === 'host' ? operands.length : operation.arity
      if (this.find(operation, count) !== undefined) continue
      const byList = count > PARAMETERS
      const parameters: Type[] = byList ? ['i32'] : Array.from({ length: count }, () => 'f64')
      const index = module.import({ parameters, results: ['f64'] })
      const { evaluate } = operation
      const of = evaluate as Doubles
      const ofList = evaluate as (...lists: (readonly number[])[]) => number
      const isOfList = operation.kind === 'host' && operation.isOfList
      const take = isOfList ? (...operands: number[]) => ofList(operands) : of
      this.functions[ModuleBuilder.nameOf(index)] = byList
        ? address => {
            // Of the length it will have: a list that grows takes half as long again, or more
            const { doubles } = arena
            const list = new Array<number>(count)
            for (let i = 0; i < count; i++) list[i] = doubles[(address >>> 3) + i]!
            return isOfList ? ofList(list) : of(...list)
          }
        : take
      let byCount = this.callees.get(evaluate)
      if (byCount === undefined) {
        byCount = new Map()
        this.callees.set(evaluate, byCount)
      }
      byCount.set(count, { index, byList })
    }
  }

  callee(operation: HostOperation | RescueOperation, count: number): Callee {
    return this.find(operation, count)!
  }

  private find({ evaluate }: HostOperation | RescueOperation, count: number): Callee | undefined {
    return this.callees.get(evaluate)?.get(count)
  }
}
