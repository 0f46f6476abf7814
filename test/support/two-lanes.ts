/**
 * A definition as WebAssembly with two f64 lanes: a module that maps a function over an array in memory. It proves
 * that the steps have one meaning, and measures what they cost in a loop.
 */

import { type Definition, outlineOf } from '../../src/math/definition.js'
import { type Ordered, order } from '../../src/math/order.js'
import { ROUNDER, type Step } from '../../src/math/steps.js'
import type { Table } from '../../src/math/tables.js'

/** What the type library for Node leaves out. */
interface WebAssemblyNamespace {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> }
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace })
  .WebAssembly

const F64 = 0x7c
const I32 = 0x7f
const V128 = 0x7b

/** The opcodes after the SIMD prefix 0xfd, by the specification's names. */
const SIMD = {
  'v128.load': 0x00,
  'v128.store': 0x0b,
  'v128.const': 0x0c,
  'i8x16.shuffle': 0x0d,
  'i32x4.extract_lane': 0x1b,
  'i64x2.extract_lane': 0x1d,
  'f64x2.extract_lane': 0x21,
  'f64x2.replace_lane': 0x22,
  'f64x2.lt': 0x49,
  'v128.and': 0x4e,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.bitselect': 0x52,
  'i32x4.shr_s': 0xac,
  'i32x4.add': 0xae,
  'i32x4.sub': 0xb1,
  'i64x2.bitmask': 0xc4,
  'i64x2.shl': 0xcb,
  'i64x2.shr_u': 0xcd,
  'i64x2.add': 0xce,
  'i64x2.sub': 0xd1,
  'i64x2.eq': 0xd6,
  'f64x2.abs': 0xec,
  'f64x2.neg': 0xed,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.min': 0xf4,
  'f64x2.max': 0xf5,
  'f64x2.convert_low_i32x4_s': 0xfe,
} as const

const PLAIN: Partial<Record<Step['operation'], keyof typeof SIMD>> = {
  add: 'f64x2.add',
  sub: 'f64x2.sub',
  mul: 'f64x2.mul',
  div: 'f64x2.div',
  sqrt: 'f64x2.sqrt',
  neg: 'f64x2.neg',
  abs: 'f64x2.abs',
  min: 'f64x2.min',
  max: 'f64x2.max',
  less: 'f64x2.lt',
  and: 'v128.and',
  plus: 'i32x4.add',
  minus: 'i32x4.sub',
}

function unsigned(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >>> 7)]
}

function signed(n: number): number[] {
  return n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)]
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function section(id: number, body: readonly number[]): number[] {
  return [id, ...unsigned(body.length), ...body]
}

function text(s: string): number[] {
  const bytes = [...new TextEncoder().encode(s)]
  return [...unsigned(bytes.length), ...bytes]
}

function simd(name: keyof typeof SIMD, ...immediates: number[]): number[] {
  return [0xfd, ...unsigned(SIMD[name]), ...immediates]
}

function i32Const(n: number): number[] {
  return [0x41, ...signed(n)]
}

function doubles(low: number, high: number): number[] {
  return simd('v128.const', ...new Uint8Array(new Float64Array([low, high]).buffer))
}

function longs(n: number): number[] {
  const lane = BigInt(n)
  return simd('v128.const', ...new Uint8Array(new BigInt64Array([lane, lane]).buffer))
}

const get = (local: number) => [0x20, ...unsigned(local)]
const set = (local: number) => [0x21, ...unsigned(local)]

// Parameters of the exported function: the distance of the first operands from the start of their array, and of the end
const AT = 0
const END = 1
const PARAMETERS = 2

/** One of the vectors in flight: where its steps are, and how far it is from the first. */
interface Flight {
  readonly offset: number
  readonly placed: Map<number, number>
  readonly addresses: Map<string, readonly number[]>
  readonly pairs: Map<string, readonly number[]>
  readonly inMemory: Map<number, number>
}

/** Two vectors in flight, step by step, keep more units busy than one. */
const FLIGHTS = 2

class Emitter {
  readonly locals: number[] = []
  readonly tables = new Map<Table, number>()
  private readonly uses: number[]
  private readonly ordered: Ordered
  private readonly flights: readonly Flight[]
  private flight: Flight
  /** Where the arrays of x, y and the results begin. */
  private readonly arrays: readonly number[]
  private memoryEnd: number

  constructor(ordered: Ordered, capacity: number) {
    this.ordered = ordered
    this.arrays = [0, 8 * capacity, 16 * capacity]
    this.memoryEnd = 24 * capacity
    this.uses = ordered.steps.map(() => 0)
    for (const { operands } of ordered.steps) for (const operand of operands) this.uses[operand]! += 1
    for (const index of [...ordered.usual, ...ordered.results]) this.uses[index]! += 1
    this.flights = Array.from({ length: FLIGHTS }, (_, i) => ({
      offset: 16 * i,
      placed: new Map(),
      addresses: new Map(),
      pairs: new Map(),
      inMemory: new Map(),
    }))
    this.flight = this.flights[0]!
  }

  get size(): number {
    return this.memoryEnd
  }

  local(type: number): number {
    this.locals.push(type)
    return PARAMETERS + this.locals.length - 1
  }

  /** Code for the body of the loop. */
  body(): number[] {
    const { steps, usual, results } = this.ordered
    const code: number[] = []
    const forEach = (emit: () => number[]) =>
      this.flights.map(flight => {
        this.flight = flight
        const local = this.local(V128)
        code.push(...emit(), ...set(local))
        return local
      })
    steps.forEach(({ step }, i) => {
      if (step.operation === 'constant' || (this.uses[i] === 1 && step.operation !== 'parameter')) return
      const locals = forEach(() => this.emit(i))
      this.flights.forEach((flight, f) => {
        flight.placed.set(i, locals[f]!)
      })
    })
    const values = forEach(() => this.value(results[0]!))
    const masks = forEach(() =>
      usual.flatMap((c, i) => [...this.value(c), ...(i === 0 ? [] : simd('v128.and'))]),
    )
    code.push(...masks.flatMap((mask, i) => [...get(mask), ...(i === 0 ? [] : simd('v128.and'))]))
    code.push(...simd('i64x2.bitmask'), ...i32Const(3), 0x47, 0x04, 0x40) // i32.ne, if
    this.flights.forEach((flight, f) => {
      this.flight = flight
      code.push(...this.rare(masks[f]!, values[f]!))
    })
    code.push(0x0b) // end
    this.flights.forEach(({ offset }, f) => {
      code.push(
        ...get(AT),
        ...get(values[f]!),
        ...simd('v128.store', 4, ...unsigned(this.arrays[2]! + offset)),
      )
    })
    return code
  }

  /** Calls the rare companion for every lane that the mask leaves out. */
  private rare(mask: number, value: number): number[] {
    const parameters = this.ordered.steps.flatMap(({ step }, i) =>
      step.operation === 'parameter' ? [i] : [],
    )
    return [0, 1].flatMap(lane => {
      const operands = parameters.flatMap(i => [...this.value(i), ...simd('f64x2.extract_lane', lane)])
      const call = [...get(value), ...operands, 0x10, 0, ...simd('f64x2.replace_lane', lane), ...set(value)]
      return [...get(mask), ...simd('i64x2.extract_lane', lane), 0x50, 0x04, 0x40, ...call, 0x0b] // i64.eqz, if … end
    })
  }

  private value(index: number): number[] {
    const local = this.flight.placed.get(index)
    return local === undefined ? this.emit(index) : get(local)
  }

  private emit(index: number): number[] {
    const { step, operands } = this.ordered.steps[index]!
    const { operation, value } = step
    const operand = (i: number) => this.value(operands[i]!)
    const plain = PLAIN[operation]
    if (operation === 'neg' && this.ordered.steps[operands[0]!]!.step.operation === 'abs')
      return [
        ...this.value(this.ordered.steps[operands[0]!]!.operands[0]!),
        ...doubles(-0, -0),
        ...simd('v128.or'),
      ]
    if (plain !== undefined) return [...operands.flatMap(i => this.value(i)), ...simd(plain)]
    switch (operation) {
      case 'parameter':
        return [
          ...get(AT),
          ...simd('v128.load', 4, ...unsigned(this.arrays[step.label === 'y' ? 1 : 0]! + this.flight.offset)),
        ]
      case 'constant':
        return step.kind === 'double' ? doubles(value, value) : longs(value)
      case 'copySign':
        return [...operand(1), ...operand(0), ...doubles(-0, -0), ...simd('v128.bitselect')]
      case 'flipSign': {
        const sign = [...operand(1), ...longs(2 ** value), ...simd('v128.and'), ...i32Const(63 - value)]
        return [...operand(0), ...sign, ...simd('i64x2.shl'), ...simd('v128.xor')]
      }
      case 'select':
        if (Object.is(this.constant(operands[2]!), 0))
          return [...operand(1), ...operand(0), ...simd('v128.and')]
        return [...operand(1), ...operand(2), ...operand(0), ...simd('v128.bitselect')]
      case 'lookup':
        return this.lookup(operands[0]!, step.table!, value)
      case 'scale':
      case 'unscale': {
        // An exponent is in its field already, before it is shifted down
        const { step: n, operands: sources } = this.ordered.steps[operands[1]!]!
        if (operation === 'unscale' && n.operation === 'exponentAbove')
          return [...operand(0), ...this.fieldAbove(sources[0]!, n.value), ...simd('i64x2.sub')]
        const inField = [...operand(1), ...i32Const(52), ...simd('i64x2.shl')]
        return [...operand(0), ...inField, ...simd(operation === 'scale' ? 'i64x2.add' : 'i64x2.sub')]
      }
      case 'double': {
        const source = this.ordered.steps[operands[0]!]!
        // An exponent is also in the high words, before it is shifted down
        const isExponent = source.step.operation === 'exponentAbove'
        const n = isExponent
          ? [...this.above(source.operands[0]!, source.step.value), ...i32Const(20), ...simd('i32x4.shr_s')]
          : operand(0)
        const words = isExponent ? [4, 5, 6, 7, 12, 13, 14, 15] : [0, 1, 2, 3, 8, 9, 10, 11]
        const local = this.local(V128)
        const twice = [...n, 0x22, ...unsigned(local), ...get(local)] // local.tee
        return [...twice, ...simd('i8x16.shuffle', ...words, ...words), ...simd('f64x2.convert_low_i32x4_s')]
      }
      case 'integer': {
        // Where the operand was rounded by adding and subtracting ROUNDER, the sum has the integer in its low word
        const { step: rounded, operands: parts } = this.ordered.steps[operands[0]!]!
        if (rounded.operation === 'sub' && this.constant(parts[1]!) === ROUNDER) return this.value(parts[0]!)
        return [...operand(0), ...doubles(ROUNDER, ROUNDER), ...simd('f64x2.add')]
      }
      case 'exponentAbove':
        return [
          ...this.above(operands[0]!, value),
          ...i32Const(52 - 32),
          ...simd('i32x4.shr_s'),
          ...i32Const(32),
          ...simd('i64x2.shr_u'),
        ]
      case 'significandAbove': {
        const significand = [...operand(0), ...this.fieldAbove(operands[0]!, value), ...simd('i64x2.sub')]
        if (step.extra === 0) return significand
        return [...significand, ...longs(step.extra * 2 ** 52), ...simd('i64x2.add')]
      }
      case 'highWord':
        return [...operand(0), ...i32Const(32), ...simd('i64x2.shr_u')]
      case 'bits':
        return [...operand(0), ...longs(value), ...simd('v128.and')]
      case 'shift':
        return [...operand(0), ...i32Const(value), ...simd('i32x4.shr_s')]
      case 'hasBit':
        return [...operand(0), ...longs(value), ...simd('v128.and'), ...longs(value), ...simd('i64x2.eq')]
    }
    throw new Error(`no WebAssembly for the step '${operation}'`)
  }

  /** The bits of x less those of z0: an exponent that is k, and a fraction. */
  private above(x: number, start: number): number[] {
    return [...this.value(x), ...longs(start * 2 ** 32), ...simd('i64x2.sub')]
  }

  /** The exponent field of the difference. */
  private fieldAbove(x: number, start: number): number[] {
    return [...this.above(x, start), ...longs(-(2 ** 52)), ...simd('v128.and')]
  }

  private constant(index: number): number | undefined {
    const { step } = this.ordered.steps[index]!
    return step.operation === 'constant' ? step.value : undefined
  }

  /** Two neighbouring columns at a time: a load for each lane, then the first halves and the second halves. */
  private lookup(row: number, table: Table, column: number): number[] {
    const key = `${row} ${table.name} ${column >> 1}`
    const code: number[] = []
    let pair = this.flight.pairs.get(key)
    if (pair === undefined) {
      const lanes = [this.local(V128), this.local(V128)] as const
      pair = [this.local(V128), this.local(V128)]
      this.flight.pairs.set(key, pair)
      const offset = unsigned(this.addressOf(table) + 16 * (column >> 1))
      const addresses = this.addressesOf(row, table, code)
      for (const lane of [0, 1]) {
        code.push(...get(addresses[lane]!), ...simd('v128.load', 3, ...offset), ...set(lanes[lane]!))
      }
      for (const half of [0, 1]) {
        const bytes = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23].map(byte => byte + 8 * half)
        code.push(...get(lanes[0]), ...get(lanes[1]), ...simd('i8x16.shuffle', ...bytes), ...set(pair[half]!))
      }
    }
    return [...code, ...get(pair[column & 1]!)]
  }

  /** The distances of a row from the start of its table, for both lanes. */
  private addressesOf(row: number, table: Table, code: number[]): readonly number[] {
    const key = `${row} ${table.name}`
    let addresses = this.flight.addresses.get(key)
    if (addresses === undefined) {
      addresses = [this.local(I32), this.local(I32)]
      this.flight.addresses.set(key, addresses)
      addresses.forEach((local, lane) => {
        const n = this.scalar(row, lane, code)
        code.push(...n, ...i32Const(Math.log2(strideOf(table))), 0x74, ...set(local)) // i32.shl
      })
    }
    return addresses
  }

  /**
   * An integer of one lane. What it is computed from takes the way through memory: the units that move lanes are also
   * those that add and multiply, while loads and stores have units of their own.
   */
  private scalar(index: number, lane: number, code: number[]): number[] {
    const { step, operands } = this.ordered.steps[index]!
    const [first] = operands
    switch (step.operation) {
      case 'constant':
        return i32Const(step.value)
      case 'bits':
        return [...this.scalar(first!, lane, code), ...i32Const(step.value), 0x71] // i32.and
      case 'shift':
        return [...this.scalar(first!, lane, code), ...i32Const(step.value), 0x75] // i32.shr_s
      case 'minus':
        return [...this.scalar(first!, lane, code), ...this.scalar(operands[1]!, lane, code), 0x6b] // i32.sub
      case 'highWord':
        return this.wordInMemory(first!, 8 * lane + 4, code)
      default:
        return this.wordInMemory(index, 8 * lane, code)
    }
  }

  /** A word of a vector that is stored for the purpose, unless it is an operand of the loop. */
  private wordInMemory(index: number, offset: number, code: number[]): number[] {
    const { operation, label } = this.ordered.steps[index]!.step
    if (operation === 'parameter') {
      const array = this.arrays[label === 'y' ? 1 : 0]! + this.flight.offset
      return [...get(AT), 0x28, 2, ...unsigned(array + offset)] // i32.load
    }
    let address = this.flight.inMemory.get(index)
    if (address === undefined) {
      address = this.memoryEnd
      this.memoryEnd += 16
      this.flight.inMemory.set(index, address)
      code.push(...i32Const(0), ...this.value(index), ...simd('v128.store', 4, ...unsigned(address)))
    }
    return [...i32Const(0), 0x28, 2, ...unsigned(address + offset)]
  }

  private addressOf(table: Table): number {
    let address = this.tables.get(table)
    if (address === undefined) {
      address = this.memoryEnd
      this.tables.set(table, address)
      this.memoryEnd += (table.values.length / table.columns) * strideOf(table)
    }
    return address
  }
}

/** Rows are padded to a power of two. */
function strideOf(table: Table): number {
  return 8 * 2 ** Math.ceil(Math.log2(table.columns))
}

export interface TwoLanes {
  /** Where to put the arguments, and where the results appear. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly out: Float64Array
  /** Maps the first `count` arguments, a multiple of 4. */
  readonly run: (count: number) => void
}

/** Compiles a definition; `rare` is the per-lane call for what is not usual. */
export function twoLanes(
  definition: Definition,
  rare: (...operands: number[]) => number,
  capacity: number,
): TwoLanes {
  const emitter = new Emitter(order(outlineOf(definition)), capacity)
  const turn = emitter.body()
  const advance = [...get(AT), ...i32Const(16 * FLIGHTS), 0x6a, 0x22, AT] // i32.add, local.tee
  const loop = [0x03, 0x40, ...turn, ...advance, ...get(END), 0x48, 0x0d, 0, 0x0b, 0x0b] // loop … i32.lt_s, br_if
  const code = [...vector(emitter.locals.map(type => [1, type])), ...loop]
  const rareType = [0x60, ...vector(definition.parameters.map(() => [F64])), ...vector([[F64]])]
  const runType = [0x60, ...vector(Array.from({ length: PARAMETERS }, () => [I32])), ...vector([])]
  const bytes = new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([rareType, runType])),
    ...section(
      2,
      vector([
        [...text('env'), ...text('rare'), 0, 0],
        [...text('env'), ...text('memory'), 2, 0, 1],
      ]),
    ),
    ...section(3, vector([[1]])),
    ...section(7, vector([[...text('run'), 0, 1]])),
    ...section(10, vector([[...unsigned(code.length), ...code]])),
  ])
  const memory = new Memory({ initial: Math.ceil(emitter.size / 65536) })
  const all = new Float64Array(memory.buffer)
  for (const [table, address] of emitter.tables) {
    const { values, columns } = table
    for (let i = 0; i < values.length; i++) {
      all[address / 8 + Math.floor(i / columns) * (strideOf(table) / 8) + (i % columns)] = values[i]!
    }
  }
  const instance = new Instance(new Module(bytes), { env: { rare, memory } })
  const run = instance.exports.run as (at: number, end: number) => void
  const view = (i: number) => new Float64Array(memory.buffer, 8 * capacity * i, capacity)
  return { x: view(0), y: view(1), out: view(2), run: count => run(0, 8 * count) }
}
