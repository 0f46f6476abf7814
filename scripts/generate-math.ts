/**
 * Writes src/math/generated: the TypeScript of every function and part that src/math/definitions describes.
 *
 *     npm run generate:math
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { outlineOf, outlineOfPart } from '../src/math/definition.js'
import { definitions, parts } from '../src/math/definitions/index.js'
import { type Ordered, order } from '../src/math/order.js'
import type { Step } from '../src/math/steps.js'

const HEADER = `// Generated from src/math/definitions by scripts/generate-math.ts. Do not edit.
// The reasons, bounds and sources are there. Adding and subtracting 6755399441055744 = 1.5 * 2^52 rounds to an integer;
// 134217729 = 2^27 + 1 splits a double into halves whose products are exact.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: coefficients are what the derivation gave

`

/** The order in which the linter wants imported names. */
const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** A branch of the generated code: a step belongs to the innermost block that contains all its uses. */
interface Block {
  readonly parent: Block | undefined
  readonly depth: number
}

const ROOT: Block = { parent: undefined, depth: 0 }

/** A piece of source with the binding strength of its outermost operator. */
interface Source {
  readonly text: string
  readonly strength: number
}

const ATOM = 20
/** A call or an element: never in parentheses, but worth a name when it is used twice. */
const CALL = 19
const UNARY = 14
const BINARY: Partial<Record<Step['operation'], readonly [string, number]>> = {
  mul: ['*', 12],
  div: ['/', 12],
  add: ['+', 11],
  sub: ['-', 11],
  less: ['<', 9],
  equal: ['===', 8],
  and: ['&&', 4],
}
const LONGEST = 90

class FunctionWriter {
  private readonly ordered: Ordered
  private readonly uses: number[]
  private branching: Set<number>
  private blocks: Block[] = []
  private branches = new Map<number, readonly [Block, Block]>()
  private readonly sources: (Source | undefined)[] = []
  private readonly names: Set<string>
  private readonly lines: string[] = []
  private readonly rowStarts = new Map<number, string>()
  private counter = 0
  private readonly name: string
  private readonly parameterNames: string
  /** Tables and helpers that the text mentions. */
  readonly mentioned: Set<string>

  constructor(name: string, ordered: Ordered, mentioned: Set<string>, taken: readonly string[] = []) {
    this.name = name
    this.names = new Set(taken)
    this.ordered = ordered
    this.mentioned = mentioned
    this.uses = ordered.steps.map(() => 0)
    for (const { operands } of ordered.steps) for (const operand of operands) this.uses[operand]! += 1
    for (const index of [...ordered.results, ...ordered.usual]) this.uses[index]! += 1
    // Its source mentions the operand twice
    for (const { step, operands } of ordered.steps)
      if (step.operation === 'flipSign') this.uses[operands[0]!]! += 1
    const parameters = ordered.steps.filter(({ step }) => step.operation === 'parameter')
    this.parameterNames = parameters.map(({ step }) => step.label).join(', ')
    for (const { step } of parameters) this.names.add(step.label)
    this.branching = new Set([...ordered.steps.keys()].filter(i => this.operation(i) === 'select'))
    this.placeInBlocks()
    // A select with nothing much to skip is an expression
    this.branching = new Set([...this.branching].filter(i => this.isWorthABranch(i)))
    this.placeInBlocks()
  }

  body(extraResults: readonly string[]): string {
    for (const condition of this.ordered.usual) {
      for (let i = this.sources.length; i <= condition; i++) this.write(i, ROOT)
      this.mentioned.add(`${this.name}Rare`)
      this.lines.push(
        `if (!(${this.sources[condition]!.text})) return ${this.name}Rare(${this.parameterNames})`,
      )
    }
    this.writeBlock(ROOT)
    extraResults.forEach((result, i) => {
      this.lines.push(`beside.${result} = ${this.sources[this.ordered.results[i + 1]!]!.text}`)
    })
    this.lines.push(`return ${this.sources[this.ordered.results[0]!]!.text}`)
    return this.lines.join('\n')
  }

  private operation(index: number) {
    return this.ordered.steps[index]!.step.operation
  }

  private placeInBlocks(): void {
    const { steps, results, usual } = this.ordered
    const found: (Block | undefined)[] = steps.map(() => undefined)
    const use = (index: number, block: Block) => {
      const known = found[index]
      found[index] = known === undefined ? block : common(known, block)
    }
    for (const index of [...results, ...usual]) use(index, ROOT)
    this.branches = new Map()
    for (let i = steps.length - 1; i >= 0; i--) {
      const block = found[i] ?? ROOT
      const operands = steps[i]!.operands
      if (this.branching.has(i)) {
        const pair = [0, 1].map(() => ({ parent: block, depth: block.depth + 1 })) as unknown as [
          Block,
          Block,
        ]
        this.branches.set(i, pair)
        use(operands[0]!, block)
        use(operands[1]!, pair[0])
        use(operands[2]!, pair[1])
      } else for (const operand of operands) use(operand, block)
    }
    this.blocks = found.map(block => block ?? ROOT)
  }

  private isWorthABranch(index: number): boolean {
    return this.branches.get(index)!.some(branch => {
      const inside = this.blocks.filter((block, i) => common(block, branch) === branch && this.isWork(i))
      return inside.length >= 3
    })
  }

  private isWork(index: number): boolean {
    return this.operation(index) !== 'constant' && this.operation(index) !== 'parameter'
  }

  private writeBlock(block: Block): void {
    for (let i = 0; i < this.blocks.length; i++) {
      if (this.blocks[i] === block && this.sources[i] === undefined) this.write(i, block)
    }
  }

  private write(index: number, block: Block): void {
    if (this.blocks[index] !== block) return
    const { step, operands } = this.ordered.steps[index]!
    if (this.branching.has(index)) {
      this.writeBranch(index)
      return
    }
    const source = this.expression(
      step,
      operands.map(i => this.sources[i]!),
      operands[0] ?? 0,
    )
    const single = this.uses[index] === 1 && step.label === '' && source.text.length < LONGEST
    if (source.strength === ATOM || single) {
      this.sources[index] = source
      return
    }
    const name = this.freshName(step.label)
    this.lines.push(`const ${name} = ${source.text}`)
    this.sources[index] = { text: name, strength: ATOM }
  }

  private writeBranch(index: number): void {
    const { step, operands } = this.ordered.steps[index]!
    const [condition, whenTrue, whenFalse] = operands as [number, number, number]
    const [first, second] = this.branches.get(index)!
    const isLast = index === this.ordered.results[0] && this.ordered.results.length === 1
    if (isLast && this.sources[whenTrue] !== undefined) {
      this.lines.push(`if (${this.sources[condition]!.text}) return ${this.sources[whenTrue].text}`)
      this.writeBlock(second)
      this.sources[index] = this.sources[whenFalse]!
      return
    }
    const name = this.freshName(step.label)
    this.lines.push(`let ${name}: number`, `if (${this.sources[condition]!.text}) {`)
    this.writeBlock(first)
    this.lines.push(`${name} = ${this.sources[whenTrue]!.text}`, '} else {')
    this.writeBlock(second)
    this.lines.push(`${name} = ${this.sources[whenFalse]!.text}`, '}')
    this.sources[index] = { text: name, strength: ATOM }
  }

  /** The name of the place in a table where a row begins. */
  private rowStart(row: number, text: string): string {
    const lookups = this.ordered.steps.filter(
      ({ step, operands }) => step.operation === 'lookup' && operands[0] === row,
    )
    if (lookups.length === 1) return text
    let name = this.rowStarts.get(row)
    if (name === undefined) {
      name = this.freshName('at')
      this.rowStarts.set(row, name)
      this.lines.push(`const ${name} = ${text}`)
    }
    return name
  }

  private freshName(label: string): string {
    let name = label
    if (label === '') name = `t${++this.counter}`
    for (let i = 2; this.names.has(name); i++) name = `${label || 't'}${i}`
    this.names.add(name)
    return name
  }

  private expression(step: Step, operands: readonly Source[], place: number): Source {
    const { operation, value } = step
    const [x, y, z] = operands as [Source, Source, Source]
    const binary = BINARY[operation]
    if (binary !== undefined) {
      const [symbol, strength] = binary
      if (operation === 'add' && y.strength === UNARY && y.text.startsWith('-')) {
        return { text: `${wrap(x, strength)} - ${y.text.slice(1)}`, strength }
      }
      return { text: `${wrap(x, strength)} ${symbol} ${wrap(y, strength + 1)}`, strength }
    }
    switch (operation) {
      case 'parameter':
        return atom(step.label)
      case 'constant':
        return literal(value)
      case 'neg':
        return { text: `-${wrap(x, UNARY + 1)}`, strength: UNARY }
      case 'sqrt':
      case 'abs':
      case 'floor':
        return { text: `Math.${operation}(${x.text})`, strength: CALL }
      case 'min':
      case 'max':
        return { text: `Math.${operation}(${x.text}, ${y.text})`, strength: CALL }
      case 'copySign':
        this.mentioned.add('copySign')
        return { text: `copySign(${x.text}, ${y.text})`, strength: CALL }
      case 'flipSign': {
        const text = `(${wrap(y, 8)} & ${2 ** value}) !== 0 ? -${wrap(x, UNARY + 1)} : ${wrap(x, 3)}`
        return { text, strength: 3 }
      }
      case 'select':
        return { text: `${wrap(x, 4)} ? ${wrap(y, 4)} : ${wrap(z, 3)}`, strength: 3 }
      case 'lookup': {
        const { name, columns } = step.table!
        this.mentioned.add(name)
        const row = this.rowStart(place, `${columns} * ${wrap(x, 13)}`)
        return { text: `${name}_VALUES[${row}${value === 0 ? '' : ` + ${value}`}]!`, strength: CALL }
      }
      case 'scale':
      case 'unscale': {
        this.mentioned.add('POWERS_OF_TWO')
        const index = operation === 'scale' ? `${wrap(y, 11)} + 1074` : `1074 - ${wrap(y, 12)}`
        const power = `POWERS_OF_TWO[${index}]!`
        return x.text === '1'
          ? { text: power, strength: CALL }
          : { text: `${wrap(x, 12)} * ${power}`, strength: 12 }
      }
      case 'exponentAbove':
        return { text: `${wrap(y, 11)} >> 20`, strength: 10 }
      case 'significandAbove': {
        this.mentioned.add('POWERS_OF_TWO')
        const exponent = this.ordered.steps.findIndex(
          other => other.step.operation === 'exponentAbove' && other.operands[0] === place,
        )
        const index = `${1074 + step.extra} - ${wrap(this.sources[exponent]!, 12)}`
        return { text: `${wrap(x, 12)} * POWERS_OF_TWO[${index}]!`, strength: 12 }
      }
      case 'double':
        return x
      case 'integer':
        return { text: `${wrap(x, 6)} | 0`, strength: 5 }
      case 'highWord':
        this.mentioned.add('highWord')
        return { text: `highWord(${x.text})`, strength: CALL }
      case 'plus':
        return { text: `${wrap(x, 11)} + ${wrap(y, 12)}`, strength: 11 }
      case 'minus':
        return { text: `${wrap(x, 11)} - ${wrap(y, 12)}`, strength: 11 }
      case 'bits':
        return { text: `${wrap(x, 8)} & ${value}`, strength: 7 }
      case 'shift':
        return { text: `${wrap(x, 10)} >> ${value}`, strength: 10 }
      case 'hasBit':
        return { text: `(${wrap(x, 8)} & ${value}) !== 0`, strength: 8 }
    }
    throw new Error(`no source for the step '${operation}'`)
  }
}

function common(a: Block, b: Block): Block {
  let [x, y] = [a, b]
  while (x !== y) {
    if (x.depth >= y.depth) x = x.parent!
    else y = y.parent!
  }
  return x
}

function atom(text: string): Source {
  return { text, strength: ATOM }
}

function literal(value: number): Source {
  const text = Object.is(value, -0)
    ? '-0'
    : value === Number.POSITIVE_INFINITY
      ? 'Number.POSITIVE_INFINITY'
      : `${value}`
  return { text, strength: ATOM }
}

function wrap({ text, strength }: Source, needed: number): string {
  return strength < needed ? `(${text})` : text
}

interface Written {
  readonly functions: string[]
  readonly mentioned: Set<string>
}

function imports({ mentioned }: Written, rareModule: string): string {
  const from = (names: string[], path: string) =>
    names.length === 0 ? '' : `import { ${names.sort(BY_NAME.compare).join(', ')} } from '${path}'\n`
  const all = [...mentioned]
  const tables = all.filter(name => /^[A-Z0-9_]+$/.test(name) && name !== 'POWERS_OF_TWO')
  const bits = all.filter(name => ['POWERS_OF_TWO', 'copySign', 'highWord'].includes(name))
  const rare = all.filter(name => name.endsWith('Rare'))
  const aliases = tables.sort().map(name => `const ${name}_VALUES: Float64Array = ${name}.values\n`)
  return `${from(bits, '../bits.js')}${from(rare, rareModule)}${from(tables, './tables.js')}\n${aliases.join('')}\n`
}

/** The generated files by name, formatted. */
export function generate(): Record<string, string> {
  const functions: Written = { functions: [], mentioned: new Set() }
  for (const definition of definitions) {
    const writer = new FunctionWriter(definition.name, order(outlineOf(definition)), functions.mentioned)
    const parameters = definition.parameters.map(name => `${name}: number`).join(', ')
    functions.functions.push(
      `/** ${definition.summary} */\nexport function ${definition.name}(${parameters}): number {\n${writer.body([])}\n}\n`,
    )
  }
  const pieces: Written = { functions: [], mentioned: new Set() }
  for (const part of parts) {
    const writer = new FunctionWriter(part.name, order(outlineOfPart(part)), pieces.mentioned, ['beside'])
    const parameters = part.parameters.map(({ label }) => `${label}: number`).join(', ')
    const results = (['tail', 'exponent'] as const).filter(name => part[name] !== undefined)
    pieces.functions.push(
      `/** ${part.summary} */\nexport function ${part.name}(${parameters}): number {\n${writer.body(results)}\n}\n`,
    )
  }
  const shared =
    '/** What a part hands over beside its value, until the next call of a part. */\nexport const beside: { tail: number; exponent: number } = { tail: 0, exponent: 0 }\n\n'
  return {
    'functions.ts': format(`${HEADER}${imports(functions, '../rare.js')}${functions.functions.join('\n')}`),
    'parts.ts': format(`${HEADER}${imports(pieces, '../rare.js')}${shared}${pieces.functions.join('\n')}`),
  }
}

function format(source: string): string {
  const biome = fileURLToPath(new URL('../node_modules/.bin/biome', import.meta.url))
  return execFileSync(biome, ['format', '--stdin-file-path=generated.ts'], {
    input: source,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

const folder = new URL('../src/math/generated/', import.meta.url)

/** The files as they are in the tree. */
export function committed(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(folder, { recursive: true })
  for (const [name, source] of Object.entries(generate())) writeFileSync(new URL(name, folder), source)
}
