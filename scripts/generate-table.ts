/**
 * Writes what follows from the table, src/core/primitives.ts:
 *
 * - src/core/generated/public.ts: the entries that people use, all but those marked as internal;
 * - src/compile/generated/steps.ts: what each entry computes, as IEEE steps that a compiler can write out. The entry says it
 *   once, in JavaScript; this reads that text. An entry that uses more of the language than stands here is left out, and
 *   called where it is compiled.
 *
 *     npm run generate:table
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const SRC = new URL('../src/', import.meta.url)
const HEADER = '// Generated from src/core/primitives.ts by scripts/generate-table.ts. Do not edit.\n'

/** The order in which the linter wants names. */
const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What stands for an operator between two doubles, or between two in a condition. */
const ARITHMETIC: ReadonlyMap<string, string> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
])
const EXACT = new Set(['abs', 'sqrt', 'min', 'max', 'floor', 'ceil'])

class NoSteps extends Error {}

/** Translates the functions of one file, each into a function of steps. */
class Translator {
  private readonly known: ReadonlyMap<string, ts.FunctionLikeDeclaration>
  /** The functions that have been asked for, by name, in the order in which they can be declared. */
  readonly declared = new Map<string, string>()

  constructor(known: ReadonlyMap<string, ts.FunctionLikeDeclaration>) {
    this.known = known
  }

  declare(name: string): void {
    if (this.declared.has(name)) return
    const f = this.known.get(name)
    if (f === undefined) throw new NoSteps(name)
    const parameters = f.parameters.map(parameter => `${parameter.name.getText()}: Double`).join(', ')
    if (f.body === undefined) throw new NoSteps(name)
    const body = ts.isBlock(f.body) ? this.block(f.body.statements) : `return ${this.double(f.body)}`
    this.declared.set(name, `function ${name}(${parameters}): Double {\n${body}\n}\n`)
  }

  private block([first, ...rest]: readonly ts.Statement[]): string {
    if (first === undefined) throw new NoSteps('a way that returns nothing')
    if (ts.isReturnStatement(first) && first.expression) return `return ${this.double(first.expression)}`
    if (ts.isVariableStatement(first) && first.declarationList.flags & ts.NodeFlags.Const) {
      const lines = first.declarationList.declarations.map(
        ({ name, initializer }) => `const ${name.getText()} = ${this.double(initializer)}\n`,
      )
      return `${lines.join('')}${this.block(rest)}`
    }
    throw new NoSteps(first.getText())
  }

  private double(node: ts.Node | undefined): string {
    if (node === undefined) throw new NoSteps('nothing')
    if (ts.isParenthesizedExpression(node)) return this.double(node.expression)
    if (ts.isNumericLiteral(node) || ts.isIdentifier(node)) return node.text
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Number') return node.getText()
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
      return ts.isNumericLiteral(node.operand) ? node.getText() : `steps.neg(${this.double(node.operand)})`
    }
    if (ts.isBinaryExpression(node)) {
      const step = ARITHMETIC.get(node.operatorToken.getText())
      if (step !== undefined) return `steps.${step}(${this.double(node.left)}, ${this.double(node.right)})`
    }
    if (ts.isConditionalExpression(node)) {
      const { condition, isNegated } = this.condition(node.condition)
      const ways = [this.double(node.whenTrue), this.double(node.whenFalse)]
      return `steps.select(${condition}, ${(isNegated ? ways.reverse() : ways).join(', ')})`
    }
    if (ts.isCallExpression(node)) return this.call(node)
    throw new NoSteps(node.getText())
  }

  private call({ expression, arguments: given }: ts.CallExpression): string {
    const operands = given.map(operand => this.double(operand))
    if (ts.isPropertyAccessExpression(expression)) {
      const [from, name] = [expression.expression.getText(), expression.name.text]
      if (from === 'math') return `steps.call(${[`math.${name}`, ...operands].join(', ')})`
      if (from === 'Math' && EXACT.has(name)) return `steps.${name}(${operands.join(', ')})`
      if (from === 'Math' && name === 'sign') return `steps.sign(${operands.join(', ')})`
    }
    if (!ts.isIdentifier(expression)) throw new NoSteps(expression.getText())
    this.declare(expression.text)
    return `${expression.text}(${operands.join(', ')})`
  }

  /** A condition, or one that holds where this one does not: a comparison with NaN is false either way. */
  private condition(node: ts.Expression): { condition: string; isNegated: boolean } {
    if (ts.isBinaryExpression(node)) {
      const [x, y] = [node.left, node.right].map(operand => this.double(operand))
      const is = (condition: string, isNegated = false) => ({ condition: `steps.${condition}`, isNegated })
      switch (node.operatorToken.kind) {
        case ts.SyntaxKind.LessThanToken:
          return is(`less(${x}, ${y})`)
        case ts.SyntaxKind.LessThanEqualsToken:
          return is(`lessOrEqual(${x}, ${y})`)
        case ts.SyntaxKind.GreaterThanToken:
          return is(`less(${y}, ${x})`)
        case ts.SyntaxKind.GreaterThanEqualsToken:
          return is(`lessOrEqual(${y}, ${x})`)
        case ts.SyntaxKind.EqualsEqualsEqualsToken:
          return is(`equal(${x}, ${y})`)
        case ts.SyntaxKind.ExclamationEqualsEqualsToken:
          return is(`equal(${x}, ${y})`, true)
      }
    }
    // A number, which is false if it is 0 or NaN.
    return { condition: `steps.less(0, steps.abs(${this.double(node)}))`, isNegated: false }
  }
}

/** The functions of the table's file by name: those of entries, and what these call. */
function functionsOf(tree: ts.SourceFile): {
  entries: Map<string, ts.FunctionLikeDeclaration>
  others: Map<string, ts.FunctionLikeDeclaration>
} {
  const entries = new Map<string, ts.FunctionLikeDeclaration>()
  const others = new Map<string, ts.FunctionLikeDeclaration>()
  for (const statement of tree.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) others.set(statement.name.text, statement)
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer === undefined || !ts.isCallExpression(initializer)) continue
      const [, rule] = initializer.arguments
      if (rule === undefined || !ts.isObjectLiteralExpression(rule)) continue
      const evaluate = rule.properties.find(property => property.name?.getText() === 'evaluate')
      if (evaluate && ts.isPropertyAssignment(evaluate) && ts.isArrowFunction(evaluate.initializer))
        entries.set(name.getText(), evaluate.initializer)
    }
  }
  return { entries, others }
}

/** The names of the entries, without the internal ones. */
function publicNames(tree: ts.SourceFile): string[] {
  return tree.statements
    .filter(ts.isVariableStatement)
    .filter(statement => statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .filter(statement => !ts.getJSDocTags(statement).some(tag => tag.tagName.text === 'internal'))
    .flatMap(statement => statement.declarationList.declarations.map(({ name }) => name.getText()))
}

/** The generated files, by their place in src. */
export function generate(): Record<string, string> {
  const path = fileURLToPath(new URL('core/primitives.ts', SRC))
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
  const { entries, others } = functionsOf(tree)
  const translator = new Translator(new Map([...others, ...entries]))
  const written = [...entries.keys()].filter(name => {
    try {
      translator.declare(name)
      return true
    } catch (error) {
      if (error instanceof NoSteps) return false
      throw error
    }
  })
  const pairs = written.map(name => `  [table.${name}, ${name} as Write],\n`).join('')
  const steps = `${HEADER}
import * as table from '../../core/primitives.js'
import type { Primitive } from '../../core/value.js'
import * as math from '../../math/index.js'
import * as steps from '../../math/steps.js'

type Double = steps.Operand

${[...translator.declared.values()].join('\n')}
type Write = (...operands: Double[]) => steps.Double

const written: ReadonlyMap<Primitive, Write> = new Map<Primitive, Write>([
${pairs}])

/** What a primitive computes, as steps: of operands one by one, or for a list of any length of one list. */
export function stepsOf(primitive: Primitive): Primitive['steps'] {
  return written.get(primitive) ?? primitive.steps
}
`
  const names = publicNames(tree).sort(BY_NAME.compare).join(', ')
  return {
    'core/generated/public.ts': format(`${HEADER}\nexport { ${names} } from '../primitives.js'\n`),
    'compile/generated/steps.ts': format(steps),
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

/** A file as it is in the tree. */
export function committed(name: string): string {
  return readFileSync(new URL(name, SRC), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, source] of Object.entries(generate())) {
    mkdirSync(new URL('.', new URL(name, SRC)), { recursive: true })
    writeFileSync(new URL(name, SRC), source)
  }
}
