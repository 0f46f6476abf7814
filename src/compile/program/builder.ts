import type { Instruction, Operation, StepOperation } from './program.js'

/**
 * Instructions in the making, each different one once (hash consing): asked for an instruction that is there already,
 * `place` answers with its place. Constants are told apart by their bits, so that 0 and -0 stay two.
 */
export class Builder {
  readonly instructions: Instruction[] = []
  private readonly operations = new Operations()
  /** The number of each instruction's operation. */
  private readonly kinds: number[] = []
  /** The hash code of each instruction. */
  private readonly codes: number[] = []
  /** Open addressing: 0, or a place plus 1. */
  private table = new Int32Array(1024)

  place(operation: Operation, operands: readonly number[], label?: string): number {
    return this.add({ operation, operands, label })
  }

  /** The same for an instruction that is there as an object, which is kept if it is new. */
  add(instruction: Instruction): number {
    const { operation, operands, label } = instruction
    const kind = this.operations.numberOf(operation)
    const isCommutative = operation.kind === 'step' && COMMUTATIVE.has(operation.step)
    const code = hash(kind, operands, isCommutative)
    const mask = this.table.length - 1
    let slot = code & mask
    for (let found = this.table[slot]!; found !== 0; found = this.table[slot]!) {
      if (this.codes[found - 1] === code && this.isSame(found - 1, kind, operands, isCommutative)) {
        this.name(found - 1, label)
        return found - 1
      }
      slot = (slot + 1) & mask
    }
    const place = this.instructions.length
    this.instructions.push(instruction)
    this.kinds.push(kind)
    this.codes.push(code)
    this.table[slot] = place + 1
    if (2 * place > mask) this.grow()
    return place
  }

  /** Gives an instruction a name, if it has none. */
  name(place: number, label: string | undefined): void {
    const known = this.instructions[place]!
    if (label !== undefined && known.label === undefined) this.instructions[place] = { ...known, label }
  }

  private isSame(place: number, kind: number, operands: readonly number[], isCommutative: boolean): boolean {
    if (this.kinds[place] !== kind) return false
    const known = this.instructions[place]!.operands
    if (known.length !== operands.length) return false
    if (isCommutative && known[0] === operands[1] && known[1] === operands[0]) return true
    for (let i = 0; i < known.length; i++) if (known[i] !== operands[i]) return false
    return true
  }

  private grow(): void {
    const mask = 2 * this.table.length - 1
    this.table = new Int32Array(mask + 1)
    for (let place = 0; place < this.codes.length; place++) {
      let slot = this.codes[place]! & mask
      while (this.table[slot] !== 0) slot = (slot + 1) & mask
      this.table[slot] = place + 1
    }
  }
}

/** x + y = y + x to the bit, and so for these; the payload of a NaN is not looked at. */
export const COMMUTATIVE: ReadonlySet<StepOperation['step']> = new Set([
  'add',
  'mul',
  'min',
  'max',
  'equal',
  'and',
])

/** Of two operands that commute, the smaller comes first. */
function hash(kind: number, operands: readonly number[], isCommutative: boolean): number {
  let code = mixed(kind)
  if (isCommutative) {
    const x = operands[0]!
    const y = operands[1]!
    return mixed(mixed(code ^ Math.min(x, y)) ^ Math.max(x, y))
  }
  for (let i = 0; i < operands.length; i++) code = mixed(code ^ operands[i]!)
  return code
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit. */
export function mixed(code: number): number {
  let h = Math.imul(code ^ (code >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** A number for every different operation. */
export class Operations {
  private count = 0
  private readonly known = new Map<Operation, number>()
  private readonly parts = new Map<unknown, Map<unknown, number>>()

  numberOf(operation: Operation): number {
    if (operation.kind === 'constant') {
      // A Map takes 0 and -0 for the same key.
      const value = Object.is(operation.value, -0) ? '-0' : operation.value
      return this.numberFor(CONSTANTS[operation.result], value)
    }
    let number = this.known.get(operation)
    if (number === undefined) {
      number = this.numberFor(...keyOf(operation))
      this.known.set(operation, number)
    }
    return number
  }

  private numberFor(group: unknown, key: unknown): number {
    let numbers = this.parts.get(group)
    if (numbers === undefined) {
      numbers = new Map()
      this.parts.set(group, numbers)
    }
    let number = numbers.get(key)
    if (number === undefined) {
      number = ++this.count
      numbers.set(key, number)
    }
    return number
  }
}

const CONSTANTS = { double: 'double constant', integer: 'integer constant', condition: 'condition constant' }

/** What tells one operation from another: two keys that a Map can compare. */
function keyOf(operation: Exclude<Operation, { kind: 'constant' }>): [group: unknown, key: unknown] {
  switch (operation.kind) {
    case 'input':
    case 'column':
      return [operation.kind, operation.index]
    case 'primitive':
      return ['primitive', operation.primitive]
    case 'step': {
      const { step, result, value, extra, table } = operation
      return [table, `${step} ${result} ${value} ${extra}`]
    }
    case 'host':
      return ['host', operation.evaluate]
    case 'rescue':
      return ['rescue', operation.evaluate]
    case 'load':
      return [operation.address, operation.result]
    case 'carried':
      return ['carried', operation.index]
  }
}
