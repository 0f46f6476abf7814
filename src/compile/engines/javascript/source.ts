import { numberText } from '../../../core/notation.js'
import type { Table } from '../../../math/generated/tables.js'
import * as functions from '../../../math/index.js'
import type { Block, Item, Loop, Looped } from '../../loops/looped.js'
import type {
  Address,
  ConstantOperation,
  HostOperation,
  LoadOperation,
  RescueOperation,
} from '../../program/program.js'
import { BLOCK, type Reduction } from '../engine.js'
import { DOUBLED, EXPRESSIONS, MENTIONED } from './expression.js'

/**
 * A program as JavaScript: the body of a function that returns `run(inputs, out, columns, from, to)`. Whoever makes it run
 * declares what it mentions beside its own names.
 */
export interface Source {
  readonly body: string
  /** Functions and constants of src/math by their names there, and `POWERS_OF_TWO_MASKED`. */
  readonly names: ReadonlySet<string>
  /** Tables, of which the text mentions the values as `NAME_VALUES`. */
  readonly tables: ReadonlySet<Table>
  /** Functions that are not of src/math; the text calls the i-th `host<i>`. */
  readonly hosts: readonly (HostOperation | RescueOperation)[]
}

/** Deeper expressions are given names on the way: people read them, and parsers recurse. */
const DEEPEST = 6

export function sourceOf(looped: Looped, reduction: Reduction): Source {
  return new Writer(looped, reduction).source()
}

/**
 * Memory `once` is the array `m`, memory `row` the array `r`; the iteration of the loop of depth d is `i<d>`, its running
 * number one of `n0`, `n1`, …. A program of one block needs no arrays: it reads inputs and columns, and writes results, where they are.
 */
class Writer {
  private readonly looped: Looped
  private readonly reduction: Reduction
  private readonly isOneBlock: boolean
  private readonly names = new Set<string>()
  private readonly tables = new Set<Table>()
  private readonly hosts: (HostOperation | RescueOperation)[] = []
  private readonly calleeNames = new Map<unknown, string>(MATH_NAMES)
  private readonly declarations: string[] = []
  private readonly lists = new Map<Int32Array, string>()
  /** By loop the name of its running number, in the function that is being written. */
  private readonly counters = new Map<Loop, string>()
  private usesColumnsAsMemory = false

  constructor(looped: Looped, reduction: Reduction) {
    this.looped = looped
    this.reduction = reduction
    const items = [...looped.once, ...looped.rows]
    this.isOneBlock =
      looped.once.length <= 1 && looped.rows.length <= 1 && items.every(({ kind }) => kind === 'block')
  }

  source(): Source {
    return {
      body: (this.isOneBlock ? this.oneFunction() : this.manyFunctions()).join('\n'),
      names: this.names,
      tables: this.tables,
      hosts: this.hosts,
    }
  }

  /** Everything in one function, the loop over the rows included. */
  private oneFunction(): string[] {
    const { once, rows, columns } = this.looped
    const shared = new Map<string, string>()
    const before = once.flatMap(item => this.block(item as Block, [], shared))
    // Results of earlier rows may be written over inputs
    for (const { operation } of rows.flatMap(item => (item as Block).program.instructions)) {
      if (operation.kind !== 'load' || operation.address.memory !== 'once') continue
      const text = this.placeOf(operation.address, [])
      if (shared.has(text)) continue
      before.push(`const p${shared.size} = ${text}`)
      shared.set(text, `p${shared.size}`)
    }
    const row = rows.flatMap(item => this.block(item as Block, [], shared))
    return this.run(before, columns === 0 ? [] : row)
  }

  /** A function for each item, which hand each other values through memory. */
  private manyFunctions(): string[] {
    const { once, rows, onceSize, rowSize, inputs, constants, columns, outputs } = this.looped
    const functions: string[] = []
    const calls = (items: readonly Item[]): string[] =>
      items.map(item => {
        const name = `part${functions.filter(line => line.startsWith('function')).length}`
        functions.push(`function ${name}(columns, row, lane) {`, ...indented(this.item(item, [])), '}')
        return `${name}(columns, row, lane)`
      })
    const before = calls(once)
    const row = calls(rows)
    if (this.usesColumnsAsMemory) row.unshift(`for (let c = 0; c < ${columns}; c++) r[c] = columns[c][row]`)
    const declarations = [`const m = new Float64Array(${onceSize})`]
    if (constants.length > 0) declarations.push(`m.set([${Array.from(constants, numberText)}], ${inputs})`)
    if (rowSize > 0) declarations.push(`const r = new Float64Array(${rowSize})`)
    if (columns === 0) declarations.push(`const results = new Float64Array(${outputs})`)
    const start = [`for (let i = 0; i < ${inputs}; i++) m[i] = inputs[i]`, 'const row = 0', 'const lane = 0']
    const end = columns === 0 ? [`for (let i = 0; i < ${outputs}; i++) out[i] = results[i]`] : []
    return [
      ...declarations,
      ...this.declarations,
      ...functions,
      ...this.run([...start, ...before, ...end], row),
    ]
  }

  /** The function that runs: what is uniform, and the rows. */
  private run(before: readonly string[], row: readonly string[]): string[] {
    const { columns, outputs } = this.looped
    const open = 'return function run(inputs, out, columns, from, to) {'
    if (columns === 0) return [open, ...indented(before), '}']
    if (this.reduction === 'none') {
      const loop = ['for (let row = from; row < to; row++) {', ...indented(row), '}']
      const named = this.isOneBlock ? [] : ['results = out', 'rows = to - from', 'first = from']
      const declared = this.isOneBlock ? [] : ['let results', 'let rows', 'let first']
      const constants = this.isOneBlock
        ? ['const rows = to - from', 'const first = from', 'const results = out']
        : []
      return [...declared, open, ...indented([...before, ...constants, ...named, ...loop]), '}']
    }
    const loop = [
      // The sum of nothing is the number 0, as it is where the program runs here
      `for (let i = 0; i < ${outputs}; i++) out[i] = from === to ? 0 : -0`,
      `for (let start = from; start < to; start += ${BLOCK}) {`,
      `  const end = Math.min(start + ${BLOCK}, to)`,
      '  sums.fill(-0)',
      '  for (let row = start; row < end; row++) {',
      ...indented(indented(['const lane = (row - start) & 3', ...row])),
      '  }',
      `  for (let i = 0; i < ${outputs}; i++) {`,
      '    const sum = 4 * i',
      '    out[i] += sums[sum] + sums[sum + 2] + (sums[sum + 1] + sums[sum + 3])',
      '  }',
      '}',
    ]
    return [`const sums = new Float64Array(${4 * outputs})`, open, ...indented([...before, ...loop]), '}']
  }

  private item(item: Item, loops: readonly Loop[]): string[] {
    return item.kind === 'block' ? this.block(item, loops, new Map()) : this.loop(item, loops)
  }

  private loop(loop: Loop, loops: readonly Loop[]): string[] {
    const depth = loops.length + 1
    const { count, carried, items } = loop
    const inner = [...loops, loop]
    const limit =
      typeof count === 'number' ? count : `${this.listOf(count)}[${this.runningOf(loops.at(-1)!)}]`
    const lines = carried.map(({ initial }, c) => `let c${depth}_${c} = ${this.leaf(initial, loops)}`)
    const body = items.flatMap(item => this.item(item, inner))
    const counter = this.counters.get(loop)
    if (counter !== undefined) body.push(`${counter}++`)
    lines.push(`for (let i${depth} = 0; i${depth} < ${limit}; i${depth}++) {`, ...indented(body), '}')
    carried.forEach(({ final }, c) => {
      if (final !== undefined) lines.push(`${this.placeOf(final, loops)} = c${depth}_${c}`)
    })
    if (depth > 1) return ['{', ...indented(lines), '}']
    // Running numbers count through all entries of a loop
    const counters = [...this.counters.values()].map(name => `let ${name} = 0`)
    this.counters.clear()
    return [...counters, ...lines]
  }

  private runningOf(loop: Loop): string {
    const name = this.counters.get(loop) ?? `n${this.counters.size}`
    this.counters.set(loop, name)
    return name
  }

  private block({ program, stores }: Block, loops: readonly Loop[], known: Map<string, string>): string[] {
    const straight = new Straight(
      program,
      operation => this.leaf(operation, loops, known),
      known.size > 0 ? 'u' : 't',
      (place, texts) => this.operation(place, texts),
    )
    const { lines } = straight
    straight.write()
    const texts = program.outputs.map(output => straight.textOf(output))
    stores.forEach((address, i) => {
      if (this.isOneBlock && address.memory !== 'output') {
        // Known by its name to the block of the rows
        known.set(this.placeOf(address, loops), texts[i]!)
        return
      }
      const isSum = address.memory === 'output' && this.looped.columns > 0 && this.reduction === 'sum'
      lines.push(`${this.placeOf(address, loops)} ${isSum ? '+=' : '='} ${texts[i]}`)
    })
    const nexts = program.outputs.slice(stores.length)
    const carried = (c: number): string => `c${loops.length}_${c}`
    if (nexts.length === 1) lines.push(`${carried(0)} = ${texts.at(-1)}`)
    else {
      nexts.forEach((_, c) => {
        lines.push(`const next${c} = ${texts[stores.length + c]}`)
      })
      nexts.forEach((_, c) => {
        lines.push(`${carried(c)} = next${c}`)
      })
    }
    return loops.length > 0 && loops.at(-1)!.items.length > 1 ? ['{', ...indented(lines), '}'] : lines
  }

  /** A place of memory that is read or written. */
  private placeOf(address: Address, loops: readonly Loop[]): string {
    const { memory, start, table, level, strides } = address
    const terms = strides.flatMap((stride, d) =>
      stride === 0 ? [] : [stride === 1 ? `i${d + 1}` : `${stride} * i${d + 1}`],
    )
    const isPlain = table === undefined && terms.length === 0
    if (table !== undefined) terms.unshift(`${this.listOf(table)}[${this.runningOf(loops[level - 1]!)}]`)
    else if (start !== 0 || terms.length === 0) terms.unshift(String(start))
    const index = terms.join(' + ')
    if (memory === 'once')
      return isPlain && this.isOneBlock && start < this.looped.inputs ? `inputs[${start}]` : `m[${index}]`
    if (memory === 'row') {
      if (isPlain && start < this.looped.columns) return `columns[${start}][row]`
      if (table !== undefined || start < this.looped.columns) this.usesColumnsAsMemory = true
      return `r[${index}]`
    }
    if (this.looped.columns === 0) return this.isOneBlock ? `out[${index}]` : `results[${index}]`
    if (this.reduction === 'sum') return isPlain ? `sums[${4 * start} + lane]` : `sums[4 * (${index}) + lane]`
    return isPlain ? `results[${start} * rows + row - first]` : `results[(${index}) * rows + row - first]`
  }

  private listOf(list: Int32Array): string {
    let name = this.lists.get(list)
    if (name === undefined) {
      name = `list${this.lists.size}`
      this.lists.set(list, name)
      this.declarations.push(`const ${name} = new Int32Array([${list}])`)
    }
    return name
  }

  private leaf(
    operation: LoadOperation | ConstantOperation | CarriedName,
    loops: readonly Loop[],
    known: ReadonlyMap<string, string> = new Map(),
  ): string {
    switch (operation.kind) {
      case 'constant':
        return constantText(operation.value)
      case 'carried':
        return `c${loops.length}_${operation.index}`
      case 'load': {
        const place = this.placeOf(operation.address, loops)
        const name = known.get(place)
        if (name !== undefined) return name
        if (operation.result === 'double') return place
        return operation.result === 'condition' ? `${place} !== 0` : `${place} | 0`
      }
    }
  }

  private operation({ operation }: Straight['instructions'][number], texts: readonly string[]): string {
    switch (operation.kind) {
      case 'step':
        for (const name of MENTIONED[operation.step] ?? []) this.names.add(name)
        if (operation.table !== undefined) this.tables.add(operation.table)
        return EXPRESSIONS[operation.step](texts as [string, string, string], operation)
      case 'host': {
        const given = texts.join(', ')
        return `${this.calleeOf(operation)}(${operation.isOfList ? `[${given}]` : given})`
      }
      case 'rescue': {
        const [value, ...rest] = texts
        const given = rest.slice(0, operation.arity).join(', ')
        const conditions = rest.slice(operation.arity).join(' && ')
        return `${conditions} ? ${value} : ${this.calleeOf(operation)}(${given})`
      }
      default:
        throw new Error(`javascript: no source for '${operation.kind}'`)
    }
  }

  private calleeOf(operation: HostOperation | RescueOperation): string {
    const known = this.calleeNames.get(operation.evaluate)
    if (known === undefined) {
      const name = `host${this.hosts.length}`
      this.hosts.push(operation)
      this.calleeNames.set(operation.evaluate, name)
      return name
    }
    if (!known.startsWith('host')) this.names.add(known)
    return known
  }
}

/** The lines of a block: a constant for each value that several others need, and for those that make no expression. */
class Straight {
  readonly lines: string[] = []
  readonly instructions: Block['program']['instructions']
  /** By place, how often the text mentions the value; for outputs more than once. */
  private readonly mentions: Uint32Array
  private readonly texts = new Map<number, string>()
  private readonly depths = new Map<number, number>()
  private readonly leaf: (operation: LoadOperation | ConstantOperation | CarriedName) => string
  private readonly operation: (
    instruction: Straight['instructions'][number],
    operands: readonly string[],
  ) => string
  private readonly prefix: string

  constructor(
    program: Block['program'],
    leaf: Straight['leaf'],
    prefix: string,
    operation: Straight['operation'],
  ) {
    this.instructions = program.instructions
    this.leaf = leaf
    this.operation = operation
    this.prefix = prefix
    this.mentions = new Uint32Array(program.instructions.length)
    for (const { operation, operands } of program.instructions) {
      for (const operand of operands) this.mentions[operand]! += 1
      if (operation.kind === 'step' && DOUBLED.has(operation.step)) this.mentions[operands[0]!]! += 1
    }
    for (const output of program.outputs) this.mentions[output]! += 2
  }

  write(): void {
    for (let place = 0; place < this.instructions.length; place++) this.line(place)
  }

  /** Writes an instruction, or keeps it for the one place that needs it. */
  private line(place: number): void {
    const instruction = this.instructions[place]!
    const { operation, operands } = instruction
    if (this.mentions[place] === 0) return
    if (operation.kind === 'constant') {
      this.texts.set(place, constantText(operation.value))
      return
    }
    if (operation.kind === 'load' || operation.kind === 'carried') {
      const text = this.leaf(operation)
      if (IS_NAME.test(text)) this.texts.set(place, text)
      else this.name(place, text)
      return
    }
    const text = this.operation(
      instruction,
      operands.map(operand => this.textOf(operand)),
    )
    if (operation.kind === 'step' && this.mentions[place] === 1) {
      const depth = 1 + Math.max(...operands.map(operand => this.depths.get(operand) ?? 0))
      if (depth < DEEPEST) {
        this.texts.set(place, `(${text})`)
        this.depths.set(place, depth)
        return
      }
    }
    this.name(place, text)
  }

  private name(place: number, text: string): void {
    this.lines.push(`const ${this.prefix}${place} = ${text}`)
    this.texts.set(place, `${this.prefix}${place}`)
  }

  textOf(place: number): string {
    return this.texts.get(place)!
  }
}

const IS_NAME = /^[a-z]\w*$/

type CarriedName = { readonly kind: 'carried'; readonly index: number }

/** The names of the functions of src/math; a function's own `name` does not survive minification. */
const MATH_NAMES: readonly (readonly [unknown, string])[] = Object.entries(functions).map(([name, f]) => [
  f,
  name,
])

function constantText(value: number): string {
  return value < 0 || Object.is(value, -0) ? `(${numberText(value)})` : numberText(value)
}

function indented(lines: readonly string[]): string[] {
  return lines.map(line => `  ${line}`)
}
