/**
 * The body of a WebAssembly function as nodes in single assignment form. Targets append nodes; `encode` leaves out
 * what nobody uses, gives values to locals that are free, and writes the code.
 */

import type { Bytes } from './bytes.js'
import type { Locals } from './module.js'
import { control, f64, i32, i64, local, type Type, type, v128 } from './opcodes.js'

/** The place of a node in its body. */
export type Place = number

interface Node {
  readonly opcode: number
  readonly operands: readonly Place[]
  /** What follows the opcode: unsigned numbers, or the constant itself. */
  readonly immediates: readonly number[]
  /** Of the value on the stack; none for stores and branches. */
  readonly type: Type | undefined
  /**
   * `effect`: written in any case. `inPlace`: written where it is used, since a local would cost more. `early`: written
   * before the loop that the body stands in.
   */
  readonly manner: 'pure' | 'effect' | 'inPlace' | 'early'
  last: Place
  uses: number
  local: number
}

const TYPES: readonly Type[] = ['i32', 'i64', 'f64', 'v128']

/** Not an instruction: `operands[1]` if `operands[0]` holds, else the result of a call with the other operands. */
const RESCUE = -1
/** Not an instruction: a parameter of the function. */
const PARAMETER = -2

export class Body {
  private readonly nodes: Node[] = []
  private readonly parameters: number
  private readonly constants = new Map<string, Place>()

  constructor(parameters: readonly Type[]) {
    this.parameters = parameters.length
    for (const name of parameters) this.append(PARAMETER, [], [], name, 'inPlace')
  }

  parameter(index: number): Place {
    return index
  }

  /** An instruction without side effect that leaves a value. */
  value(name: Type, opcode: number, operands: readonly Place[], ...immediates: number[]): Place {
    return this.append(opcode, operands, immediates, name, 'pure')
  }

  /** A load from an address that is known, repeated wherever the value is used. */
  known(name: Type, opcode: number, align: number, address: number): Place {
    return this.fixed(name, opcode, align, address, 'inPlace')
  }

  /** The same, of what does not change while the body runs again and again. */
  early(name: Type, opcode: number, align: number, address: number): Place {
    return this.fixed(name, opcode, align, address, 'early')
  }

  /** A store, a branch, or a call whose result is a double. */
  effect(opcode: number, operands: readonly Place[], immediates: readonly number[], name?: Type): Place {
    return this.append(opcode, operands, immediates, name, 'effect')
  }

  /** `value` where the condition holds, else what the imported function returns for the operands. */
  rescue(condition: Place, value: Place, operands: readonly Place[], callee: number): Place {
    return this.append(RESCUE, [condition, value, ...operands], [callee], 'f64', 'pure')
  }

  i32(n: number): Place {
    return this.constant('i32', i32.const, [n])
  }

  i64(n: number): Place {
    return this.constant('i64', i64.const, [n])
  }

  f64(x: number): Place {
    return this.constant('f64', f64.const, [x])
  }

  /** The same 64-bit integer in both lanes. */
  longs(n: number): Place {
    const high = Math.floor(n / 2 ** 32)
    return this.constant('v128', v128.const, [n - high * 2 ** 32, high])
  }

  /** How many nodes there are. */
  get length(): number {
    return this.nodes.length
  }

  /** Appends the code of all effects, and of what they need; to `before`, what comes before a loop. */
  encode(code: Bytes, before: Bytes = code): Locals[] {
    this.findUses()
    const counts = this.allocate()
    const offsets = new Map<Type, number>()
    let next = this.parameters
    for (const name of TYPES) {
      offsets.set(name, next)
      next += counts.get(name) ?? 0
    }
    this.nodes.forEach((node, place) => {
      if (node.manner !== 'early' || node.uses === 0) return
      this.writeNode(node, place, before, offsets, -1)
    })
    this.write(code, offsets)
    return TYPES.map(name => ({ type: name, count: counts.get(name) ?? 0 })).filter(({ count }) => count > 0)
  }

  private append(
    opcode: number,
    operands: readonly Place[],
    immediates: readonly number[],
    name: Type | undefined,
    manner: Node['manner'],
  ): Place {
    return (
      this.nodes.push({ opcode, operands, immediates, type: name, manner, last: -1, uses: 0, local: -1 }) - 1
    )
  }

  private fixed(
    name: Type,
    opcode: number,
    align: number,
    address: number,
    manner: 'inPlace' | 'early',
  ): Place {
    const key = `${opcode} ${address}`
    let place = this.constants.get(key)
    if (place === undefined) {
      place = this.append(opcode, [this.i32(0)], [align, address], name, manner)
      this.constants.set(key, place)
    }
    return place
  }

  private constant(name: Type, opcode: number, immediates: readonly number[]): Place {
    const key = `${opcode} ${Object.is(immediates[0], -0) ? '-0' : immediates}`
    let place = this.constants.get(key)
    if (place === undefined) {
      place = this.append(opcode, [], immediates, name, 'inPlace')
      this.constants.set(key, place)
    }
    return place
  }

  /** Counts uses and finds the last of each value, from the back; what has none is not written. */
  private findUses(): void {
    for (let place = this.nodes.length - 1; place >= 0; place--) {
      const node = this.nodes[place]!
      if (node.manner === 'inPlace' || (node.uses === 0 && node.manner === 'pure')) continue
      const { operands } = node
      for (let i = 0; i < operands.length; i++) {
        const used = this.nodes[operands[i]!]!
        if (used.uses++ === 0) used.last = place
      }
    }
  }

  /** Gives a local to each value, one that is free again after the last use of another if there is one. */
  private allocate(): Map<Type, number> {
    const counts = new Map<Type, number>()
    const free = new Map<Type, number[]>(TYPES.map(name => [name, []]))
    for (const node of this.nodes)
      if (node.manner === 'early' && node.uses > 0) {
        node.local = counts.get(node.type!) ?? 0
        node.last = -1
        counts.set(node.type!, node.local + 1)
      }
    this.nodes.forEach((node, place) => {
      if (!isInTurn(node)) return
      for (const operand of node.operands) {
        const used = this.nodes[operand]!
        if (used.last !== place || used.local < 0) continue
        used.last = -1
        free.get(used.type!)!.push(used.local)
      }
      if (node.type === undefined) return
      const again = node.uses === 0 ? undefined : free.get(node.type)!.pop()
      node.local = again ?? counts.get(node.type) ?? 0
      if (again === undefined) counts.set(node.type, node.local + 1)
    })
    return counts
  }

  private write(code: Bytes, offsets: ReadonlyMap<Type, number>): void {
    /** The value that was left on the stack because its only use follows at once, as the first operand. */
    let waiting = -1
    this.nodes.forEach((node, place) => {
      if (!isInTurn(node)) return
      waiting = this.writeNode(node, place, code, offsets, waiting)
    })
  }

  private writeNode(
    node: Node,
    place: Place,
    code: Bytes,
    offsets: ReadonlyMap<Type, number>,
    waiting: Place,
  ): Place {
    const { opcode, operands, immediates } = node
    for (let i = 0; i < operands.length; i++) {
      if (i !== 0 || operands[i] !== waiting) {
        if (i === 0 && waiting >= 0) throw new Error('wasm: a value was left on the stack')
        this.writeOperand(operands[i]!, code, offsets)
      }
      if (opcode === RESCUE && i === 0) {
        code.byte(control.if)
        code.byte(type.f64)
      }
      if (opcode === RESCUE && i === 1) code.byte(control.else)
    }
    if (opcode === RESCUE) {
      code.byte(control.call)
      code.unsigned(immediates[0]!)
      code.byte(control.end)
    } else writeInstruction(code, opcode, immediates)
    if (node.type === undefined) return -1
    const next = this.nextWritten(place)
    if (node.manner !== 'early' && node.uses === 1 && next?.operands[0] === place) return place
    code.byte(local.set)
    code.unsigned(offsets.get(node.type)! + node.local)
    return -1
  }

  private writeOperand(place: Place, code: Bytes, offsets: ReadonlyMap<Type, number>): void {
    const node = this.nodes[place]!
    if (node.opcode === PARAMETER || node.manner !== 'inPlace') {
      code.byte(local.get)
      code.unsigned(node.opcode === PARAMETER ? place : offsets.get(node.type!)! + node.local)
      return
    }
    for (const operand of node.operands) this.writeOperand(operand, code, offsets)
    writeInstruction(code, node.opcode, node.immediates)
  }

  /** The node after this one that is written. */
  private nextWritten(place: Place): Node | undefined {
    for (let i = place + 1; i < this.nodes.length; i++) {
      const node = this.nodes[i]!
      if (isInTurn(node)) return node
    }
    return undefined
  }
}

/** Whether a node is written at its own place. */
function isInTurn({ manner, uses }: Node): boolean {
  return manner === 'effect' || (manner === 'pure' && uses > 0)
}

export function writeInstruction(code: Bytes, opcode: number, immediates: readonly number[]): void {
  code.opcode(opcode)
  switch (opcode) {
    case i32.const:
    case i64.const:
      code.signed(immediates[0]!)
      return
    case f64.const:
      code.f64(immediates[0]!)
      return
    case v128.const:
      for (const word of [...immediates, ...immediates]) code.word(word)
      return
  }
  for (let i = 0; i < immediates.length; i++) code.unsigned(immediates[i]!)
}
