/**
 * The body of a WebAssembly function as nodes in single assignment form. Targets append nodes; `encode` leaves out
 * what nobody uses, gives values to locals that are free, and writes the code.
 */

import type { Bytes } from './bytes.js'
import type { FunctionLocals } from './module.js'
import { control, f64, f64x2, i32, i64, local, type Type, type, v128 } from './opcodes.js'

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

/**
 * Not an instruction: `operands[1]` if `operands[0]` holds, else the result of a call with the other operands; of vectors, of a
 * call for each lane.
 */
const RESCUE = -1
/** Not an instruction: a local that has its value from outside. */
const LOCAL = -2

export class Body {
  private readonly nodes: Node[] = []
  private readonly locals: FunctionLocals
  private readonly constants = new Map<string, Place>()

  constructor(locals: FunctionLocals) {
    this.locals = locals
  }

  /** A parameter, or a local that is set outside. */
  local(name: Type, index: number): Place {
    return this.constant(name, LOCAL, [index])
  }

  /** An instruction without side effect that leaves a value. */
  value(name: Type, opcode: number, operands: readonly Place[], ...immediates: number[]): Place {
    return this.append(opcode, operands, immediates, name, 'pure')
  }

  /** A load from an address that is known, repeated wherever the value is used. */
  known(name: Type, opcode: number, align: number, address: number): Place {
    return this.fixed(name, opcode, align, address, 'inPlace', this.i32(0))
  }

  /** The same, of what does not change while the body runs again and again. */
  early(name: Type, opcode: number, align: number, address: number, base: Place = this.i32(0)): Place {
    return this.fixed(name, opcode, align, address, 'early', base)
  }

  /** A store, a branch, or a call whose result is a double. */
  effect(opcode: number, operands: readonly Place[], immediates: readonly number[], name?: Type): Place {
    return this.append(opcode, operands, immediates, name, 'effect')
  }

  /** `value` where the condition holds, else what the imported function returns for the operands. */
  rescue(
    condition: Place,
    value: Place,
    operands: readonly Place[],
    callee: number,
    name: 'f64' | 'v128' = 'f64',
  ): Place {
    return this.append(RESCUE, [condition, value, ...operands], [callee], name, 'pure')
  }

  /** Whether a value is there without an instruction of its own. */
  isInPlace(place: Place): boolean {
    return this.nodes[place]!.manner === 'inPlace'
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

  /**
   * Appends the code of all effects, and of what they need; to `before`, what comes before a loop. After it, `results` are on
   * the stack.
   */
  encode(code: Bytes, before: Bytes = code, results: readonly Place[] = []): void {
    for (const place of results) this.nodes[place]!.uses += 1
    for (const place of results) this.nodes[place]!.last = this.nodes.length
    this.findUses()
    this.allocate()
    this.nodes.forEach((node, place) => {
      if (node.manner !== 'early' || node.uses === 0) return
      this.writeNode(node, place, before, -1)
    })
    this.write(code)
    for (const place of results) this.writeOperand(place, code)
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
    base: Place,
  ): Place {
    const key = `${manner} ${opcode} ${base} ${address}`
    let place = this.constants.get(key)
    if (place === undefined) {
      place = this.append(opcode, [base], [align, address], name, manner)
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
  private allocate(): void {
    const counts = new Map<Type, number>()
    const free = new Map<Type, number[]>(TYPES.map(name => [name, []]))
    for (const node of this.nodes)
      if (node.manner === 'early' && node.uses > 0) {
        node.local = this.locals.reserve(node.type!)
        node.last = -1
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
      if (again !== undefined) {
        node.local = again
        return
      }
      const count = counts.get(node.type) ?? 0
      node.local = this.locals.shared(node.type, count)
      counts.set(node.type, count + 1)
    })
  }

  private write(code: Bytes): void {
    /** The value that was left on the stack because its only use follows at once, as the first operand. */
    let waiting = -1
    this.nodes.forEach((node, place) => {
      if (!isInTurn(node)) return
      waiting = this.writeNode(node, place, code, waiting)
    })
  }

  private writeNode(node: Node, place: Place, code: Bytes, waiting: Place): Place {
    const { opcode, operands, immediates } = node
    for (let i = 0; i < operands.length; i++) {
      if (i !== 0 || operands[i] !== waiting) {
        if (i === 0 && waiting >= 0) throw new Error('wasm: a value was left on the stack')
        this.writeOperand(operands[i]!, code)
      }
      if (opcode === RESCUE && i === 0) {
        code.byte(control.if)
        code.byte(type[node.type!])
      }
      if (opcode === RESCUE && i === 1) {
        code.byte(control.else)
        if (node.type === 'v128') {
          this.writeCalls(operands.slice(2), immediates[0]!, code)
          break
        }
      }
    }
    if (opcode === RESCUE) {
      if (node.type === 'f64') writeInstruction(code, control.call, immediates)
      code.byte(control.end)
    } else writeInstruction(code, opcode, immediates)
    if (node.type === undefined) return -1
    const next = this.nextWritten(place)
    if (node.manner !== 'early' && node.uses === 1 && next?.operands[0] === place) return place
    code.byte(local.set)
    code.unsigned(node.local)
    return -1
  }

  /** A call for each lane, as a vector. */
  private writeCalls(operands: readonly Place[], callee: number, code: Bytes): void {
    for (const lane of [0, 1]) {
      for (const operand of operands) {
        this.writeOperand(operand, code)
        writeInstruction(code, f64x2.extract_lane, [lane])
      }
      writeInstruction(code, control.call, [callee])
      if (lane === 0) code.opcode(f64x2.splat)
      else writeInstruction(code, f64x2.replace_lane, [1])
    }
  }

  private writeOperand(place: Place, code: Bytes): void {
    const node = this.nodes[place]!
    if (node.opcode === LOCAL || node.manner !== 'inPlace') {
      code.byte(local.get)
      code.unsigned(node.opcode === LOCAL ? node.immediates[0]! : node.local)
      return
    }
    for (const operand of node.operands) this.writeOperand(operand, code)
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
