import { checkOptions, describe } from '../../../core/describe.js'
import { numberText } from '../../../core/notation.js'
import * as tables from '../../../math/generated/tables.js'
import type { Looped } from '../../loops/looped.js'
import type { HostOperation, Program, RescueOperation } from '../../program/program.js'
import { mathSource } from './mathSource.js'
import { sourceOf } from './source.js'

/**
 * What `toModule` is told.
 *
 * @example
 * writeFileSync('loss.js', compiled.toModule({ primitives: './primitives.js' }))
 */
export interface ModuleOptions {
  /** From where the module imports the primitives that are not chainrule's, each by its name. */
  readonly primitives?: string
}

/**
 * A program as an ES module that depends on nothing but the user's own primitives. It exports `run(inputs, out, columns,
 * from, to)`, the labels of the `inputs` and `columns`, in the order in which their numbers are given, and the number of
 * `outputs`.
 */
export function moduleOf(
  program: Program,
  looped: Looped,
  reduce: 'none' | 'sum' | 'mean',
  options: ModuleOptions = {},
): string {
  checkOptions('toModule', options, ['primitives'])
  const { primitives } = options
  if (primitives !== undefined && typeof primitives !== 'string') {
    throw new TypeError(
      `toModule: primitives is ${describe(primitives)}; wanted the name of a module, such as './primitives.js'`,
    )
  }
  const source = sourceOf(looped, reduce === 'none' ? 'none' : 'sum')
  const { body, names, hosts } = source
  const declarations = new Declarations()
  for (const name of names) declarations.need(name)
  for (const { name } of source.tables) declarations.need(`${name}_VALUES`)
  const lines = [
    ...imports(hosts, primitives),
    ...declarations.texts,
    `export const inputs = ${JSON.stringify(program.inputs)}`,
    `export const columns = ${JSON.stringify(program.columns)}`,
    `export const outputs = ${program.outputs.length}`,
  ]
  if (reduce !== 'mean') return [...lines, 'export const run = (() => {', body, '})()', ''].join('\n')
  return [
    ...lines,
    'const sumOfRows = (() => {',
    body,
    '})()',
    'export function run(inputs, out, columns, from, to) {',
    '  sumOfRows(inputs, out, columns, from, to)',
    '  for (let i = 0; i < outputs; i++) out[i] /= to - from',
    '}',
    '',
  ].join('\n')
}

function imports(hosts: readonly (HostOperation | RescueOperation)[], from: string | undefined): string[] {
  if (hosts.length === 0) return []
  const names = hosts.map(({ name }) => name)
  const listed = names.map(name => `'${name}'`).join(', ')
  if (from === undefined) {
    throw new Error(
      `toModule: the program calls ${listed}, which chainrule cannot write out; say which module exports ` +
        "them: toModule({ primitives: './primitives.js' })",
    )
  }
  const unfit = names.find(
    (name, i) => !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) || names.indexOf(name) !== i,
  )
  if (unfit !== undefined) {
    throw new Error(
      `toModule: the primitive '${unfit}' cannot be imported: its name is no identifier, or used twice`,
    )
  }
  return [
    `import { ${names.map((name, i) => `${name} as primitive${i}`).join(', ')} } from ${JSON.stringify(from)}`,
    ...names.map((_, i) => `const host${i} = primitive${i}.evaluate`),
  ]
}

/** What a text needs of src/math, each declaration after those that it needs itself. */
class Declarations {
  readonly texts: string[] = []
  private readonly seen = new Set<string>()

  need(name: string): void {
    if (this.seen.has(name)) return
    this.seen.add(name)
    const table: unknown = (tables as Readonly<Record<string, unknown>>)[name]
    if (isTable(table)) {
      this.texts.push(
        `const ${name} = { values: new Float64Array([${[...table.values].map(numberText).join()}]) }`,
      )
      return
    }
    const { text, uses } = name === MASKED ? MASKED_POWERS : mathSource[name]!
    for (const used of uses) this.need(used)
    // One statement may declare several names.
    if (!this.texts.includes(text)) this.texts.push(text)
  }
}

/** What else the module of tables has is numbers and lists of them. */
function isTable(x: unknown): x is tables.Table {
  return typeof x === 'object' && x !== null && 'columns' in x
}

const MASKED = 'POWERS_OF_TWO_MASKED'
const MASKED_POWERS = {
  text: `const ${MASKED} = new Float64Array(4096)\n${MASKED}.set(POWERS_OF_TWO)\n`,
  uses: ['POWERS_OF_TWO'],
}
