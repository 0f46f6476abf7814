import { numberText } from '../../../core/notation.js'
import type { Table } from '../../../math/generated/tables.js'
import * as functions from '../../../math/index.js'
import { uniformCount } from '../../passes/hoist.js'
import { lastUses } from '../../passes/liveness.js'
import { split } from '../../passes/split.js'
import {
  type HostOperation,
  type InputOperation,
  kindOf,
  type Program,
  type RescueOperation,
  type RunOperation,
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

/**
 * V8 does not optimise a function of more than 61,440 bytes of bytecode, which is about 4,900 operations, and what it does
 * optimise takes more than proportional time. Twice as long is slower, by up to a sixth (docs/decisions.md).
 */
const LONGEST_FUNCTION = 1000

/** Deeper expressions are given names on the way: people read them, and parsers recurse. */
const DEEPEST = 6

export function sourceOf(program: Program, reduction: Reduction): Source {
  return new Writer(program, reduction).source()
}

class Writer {
  private readonly program: Program
  private readonly reduction: Reduction
  private readonly last: Int32Array
  /** By place, how often the text mentions the value; for outputs more than once. */
  private readonly mentions: Uint32Array
  private readonly names = new Set<string>()
  private readonly tables = new Set<Table>()
  private readonly hosts: (HostOperation | RescueOperation)[] = []
  private readonly calleeNames = new Map<unknown, string>(MATH_NAMES)
  /** Where a value is kept that goes from one function to another; none if there is one function only. */
  private memory: Int32Array | undefined
  /** The names or expressions of values in the function that is being written, and how deep those are. */
  private texts = new Map<number, string>()
  private depths = new Map<number, number>()

  constructor(program: Program, reduction: Reduction) {
    this.program = program
    this.reduction = reduction
    this.last = lastUses(program)
    this.mentions = new Uint32Array(program.instructions.length)
    for (const { operation, operands } of program.instructions) {
      // The inputs of a run are mentioned by their indices
      const mentioned = operation.kind === 'run' ? operands.slice(0, 1) : operands
      for (const operand of mentioned) this.mentions[operand]! += 1
      if (operation.kind === 'step' && DOUBLED.has(operation.step)) this.mentions[operands[0]!]! += 1
    }
    for (const output of program.outputs) this.mentions[output]! += 2
  }

  source(): Source {
    const body =
      this.program.instructions.length <= LONGEST_FUNCTION ? this.oneFunction() : this.manyFunctions()
    return { body: body.join('\n'), names: this.names, tables: this.tables, hosts: this.hosts }
  }

  /** Everything in one function, the loop over the rows included. */
  private oneFunction(): string[] {
    const { instructions, outputs } = this.program
    const uniform = uniformCount(this.program)
    const before: string[] = []
    const row: string[] = []
    for (let place = 0; place < uniform; place++) this.write(place, uniform, before)
    for (let place = uniform; place < instructions.length; place++)
      this.write(place, instructions.length, row)
    return this.run(
      before,
      row,
      outputs.map(output => this.textOf(output, row)),
    )
  }

  /** Functions of bounded size that hand each other values through the array `memory`. */
  private manyFunctions(): string[] {
    const { pieces, memory, size } = split(this.program, LONGEST_FUNCTION)
    this.memory = memory
    const declarations = [`const memory = new Float64Array(${size})`]
    const calls = { uniform: ['const row = 0'], row: [] as string[] }
    pieces.forEach(({ from, to, isUniform }, i) => {
      this.texts = new Map()
      const lines: string[] = []
      for (let place = from; place < to; place++) this.write(place, to, lines)
      declarations.push(`function part${i}(inputs, columns, row) {`, ...indented(lines), '}')
      calls[isUniform ? 'uniform' : 'row'].push(`part${i}(inputs, columns, row)`)
    })
    const results = this.program.outputs.map(output =>
      memory[output] === -1 ? this.textOf(output, []) : `memory[${memory[output]}]`,
    )
    return [...declarations, ...this.run(calls.uniform, calls.row, results)]
  }

  /** The function that runs: what is uniform, the rows, and what becomes of their results. */
  private run(before: readonly string[], row: readonly string[], results: readonly string[]): string[] {
    const count = results.length
    const open = 'return function run(inputs, out, columns, from, to) {'
    if (this.program.columns.length === 0) {
      const stores = results.map((result, i) => `out[${i}] = ${result}`)
      return [open, ...indented([...before, ...stores]), '}']
    }
    if (this.reduction === 'none') {
      const stores = results.map((result, i) => `out[${i} * rows + row - from] = ${result}`)
      const loop = ['for (let row = from; row < to; row++) {', ...indented([...row, ...stores]), '}']
      return [open, ...indented([...before, 'const rows = to - from', ...loop]), '}']
    }
    const adds = results.map((result, i) => `sums[${4 * i} + lane] += ${result}`)
    const loop = [
      // The sum of nothing is the number 0, as it is where the program runs here
      `for (let i = 0; i < ${count}; i++) out[i] = from === to ? 0 : -0`,
      `for (let start = from; start < to; start += ${BLOCK}) {`,
      `  const end = Math.min(start + ${BLOCK}, to)`,
      '  sums.fill(-0)',
      '  for (let row = start; row < end; row++) {',
      ...indented(indented([...row, 'const lane = (row - start) & 3', ...adds])),
      '  }',
      `  for (let i = 0; i < ${count}; i++) {`,
      '    const sum = 4 * i',
      '    out[i] += sums[sum] + sums[sum + 2] + (sums[sum + 1] + sums[sum + 3])',
      '  }',
      '}',
    ]
    return [`const sums = new Float64Array(${4 * count})`, open, ...indented([...before, ...loop]), '}']
  }

  /** Writes an instruction of a function that ends before the place `end`, or keeps it for the one place that needs it. */
  private write(place: number, end: number, lines: string[]): void {
    const { operation, operands } = this.program.instructions[place]!
    if (operation.kind === 'constant' || this.mentions[place] === 0) return
    const text = this.expression(place, lines)
    const kept = this.memory?.[place] ?? -1
    const needsNoName = kept === -1 && this.mentions[place] === 1 && this.last[place]! < end
    if (operation.kind === 'step' && needsNoName) {
      const depth = 1 + Math.max(...operands.map(operand => this.depths.get(operand) ?? 0))
      if (depth < DEEPEST) {
        this.texts.set(place, `(${text})`)
        this.depths.set(place, depth)
        return
      }
    }
    lines.push(`const t${place} = ${text}`)
    this.texts.set(place, `t${place}`)
    if (kept !== -1) lines.push(`memory[${kept}] = t${place}`)
  }

  private expression(place: number, lines: string[]): string {
    const { operation, operands } = this.program.instructions[place]!
    if (operation.kind === 'run') return this.runOf(place, operation, lines)
    const texts = operands.map(operand => this.textOf(operand, lines))
    switch (operation.kind) {
      case 'input':
        return `inputs[${operation.index}]`
      case 'column':
        return `columns[${operation.index}][row]`
      case 'step': {
        for (const name of MENTIONED[operation.step] ?? []) this.names.add(name)
        if (operation.table !== undefined) this.tables.add(operation.table)
        return EXPRESSIONS[operation.step](texts as [string, string, string], operation)
      }
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

  /** A loop that adds up what is added to the first operand. */
  private runOf(place: number, { count }: RunOperation, lines: string[]): string {
    const { operands } = this.program.instructions[place]!
    const sum = `sum${place}`
    const inputFrom = (place: number): string => {
      const { operation } = this.program.instructions[place]!
      return `inputs[${(operation as InputOperation).index} + i]`
    }
    const factors = operands.length > 1 + count ? [operands[1]!, operands[1 + count]!] : [operands[1]!]
    lines.push(
      `let ${sum} = ${this.textOf(operands[0]!, lines)}`,
      `for (let i = 0; i < ${count}; i++) ${sum} += ${factors.map(inputFrom).join(' * ')}`,
    )
    return sum
  }

  /** The text of a value; one of another function is fetched from memory first. */
  private textOf(place: number, lines: string[]): string {
    const known = this.texts.get(place)
    if (known !== undefined) return known
    const instruction = this.program.instructions[place]!
    const { operation } = instruction
    if (operation.kind === 'constant')
      return operation.value < 0 || Object.is(operation.value, -0)
        ? `(${numberText(operation.value)})`
        : numberText(operation.value)
    const from = `memory[${this.memory![place]}]`
    const kind = kindOf(instruction)
    lines.push(
      `const t${place} = ${from}${kind === 'condition' ? ' !== 0' : kind === 'integer' ? ' | 0' : ''}`,
    )
    this.texts.set(place, `t${place}`)
    return `t${place}`
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

/** The names of the functions of src/math; a function's own `name` does not survive minification. */
const MATH_NAMES: readonly (readonly [unknown, string])[] = Object.entries(functions).map(([name, f]) => [
  f,
  name,
])

function indented(lines: readonly string[]): string[] {
  return lines.map(line => `  ${line}`)
}
