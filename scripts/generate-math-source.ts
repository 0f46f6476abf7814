/**
 * Writes src/compile/engines/javascript/mathSource.ts: every top-level declaration of src/math that functions are made of, as
 * JavaScript, for modules that are to depend on nothing.
 *
 *     npm run generate:math-source
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import * as bits from '../src/math/bits.js'
import * as functions from '../src/math/index.js'

const FILES = ['bits', 'generated/tables', 'generated/parts', 'rare', 'generated/functions']

interface Declaration {
  readonly text: string
  readonly uses: readonly string[]
}

/** The declarations by the name they declare. Tables of type `Table` are left out: a writer has their values. */
function declarations(): Map<string, Declaration> {
  const found = new Map<string, { text: string; statements: ts.Node[] }>()
  for (const file of FILES) {
    const path = fileURLToPath(new URL(`../src/math/${file}.ts`, import.meta.url))
    const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
    let last: { text: string; statements: ts.Node[] } | undefined
    for (const statement of tree.statements) {
      if (ts.isImportDeclaration(statement) || ts.isInterfaceDeclaration(statement)) continue
      const names = namesOf(statement)
      if (names.length === 0) {
        // A loop that fills what was declared before it.
        last!.text += javascript(statement)
        last!.statements.push(statement)
        continue
      }
      if (isTable(statement)) continue
      const entry = { text: javascript(statement), statements: [statement] as ts.Node[] }
      for (const name of names) {
        const known = found.get(name)
        if (known !== undefined && known.text !== entry.text) throw new Error(`two declarations of ${name}`)
        found.set(name, entry)
      }
      last = entry
    }
  }
  const names = new Set([...found.keys(), ...tableNames()])
  return new Map(
    [...found].map(([name, { text, statements }]) => {
      const uses = new Set(statements.flatMap(identifiers).filter(used => names.has(used) && used !== name))
      return [name, { text, uses: [...uses].sort() }]
    }),
  )
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name!.text]
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name)
      ? [name.text]
      : name.elements.flatMap(element => (ts.isBindingElement(element) ? [element.name.getText()] : [])),
  )
}

function isTable(statement: ts.Statement): boolean {
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations[0]!.type?.getText() === 'Table'
  )
}

function tableNames(): string[] {
  const path = fileURLToPath(new URL('../src/math/generated/tables.ts', import.meta.url))
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true)
  return tree.statements.filter(isTable).flatMap(namesOf)
}

function identifiers(node: ts.Node): string[] {
  if (ts.isIdentifier(node)) {
    const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    return isProperty ? [] : [node.text]
  }
  if (ts.isTypeNode(node)) return []
  const found: string[] = []
  ts.forEachChild(node, child => {
    found.push(...identifiers(child))
  })
  return found
}

function javascript(statement: ts.Statement): string {
  const { outputText } = ts.transpileModule(statement.getText(), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true },
  })
  return outputText
    .replace('"use strict";\n', '')
    .replace(/^export /gm, '')
    .replaceAll('    ', '  ')
}

/** The generated file. */
export function generate(): string {
  const all = declarations()
  const reachable = new Set([...Object.keys(functions), ...Object.keys(bits)])
  for (const name of reachable) for (const used of all.get(name)?.uses ?? []) reachable.add(used)
  const entries = [...all]
    .filter(([name]) => reachable.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, { text, uses }]) =>
        `  ${name}: { text: ${JSON.stringify(text)}, uses: ${JSON.stringify(uses)} },`,
    )
  return `// Generated from src/math by scripts/generate-math-source.ts. Do not edit.

// biome-ignore-all format: one declaration a line

/** A declaration as JavaScript, and the names of the others that it needs. */
export interface Declaration {
  readonly text: string
  readonly uses: readonly string[]
}

export const mathSource: Readonly<Record<string, Declaration>> = {
${entries.join('\n')}
}
`
}

const target = new URL('../src/compile/engines/javascript/mathSource.ts', import.meta.url)

/** The file as it is in the tree. */
export function committed(): string {
  return readFileSync(target, 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generate())
