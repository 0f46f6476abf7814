/** The arrows between the folders of src, which point one way (CONTRIBUTING.md), and what the core may not touch. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** Whom each folder may import, besides itself; `.` stands for src/index.ts. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  '.': ['core', 'calculus', 'special', 'formula'],
  math: [],
  random: [],
  core: ['math'],
  calculus: ['core'],
  special: ['core', 'math'],
  formula: ['special', 'core'],
  compile: ['calculus', 'core', 'math'],
  nn: ['calculus', 'core', 'random'],
  view: ['calculus', 'core'],
  table: [],
  fit: ['table', 'formula', 'compile', 'calculus', 'special', 'core', 'random'],
  sql: ['compile', 'core'],
  vitest: ['calculus', 'core'],
}

/** The packages that code under src may load, by folder. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  random: ['seedrandom'],
  vitest: ['vitest'],
}

/** The files of the core in the order in which they are read: each may import, or take a type from, those before it. */
const CORE = [
  'describe',
  'notation',
  'value',
  'guards',
  'rule',
  'refusals',
  'primitive',
  'primitives',
  'generated/public',
  'order',
  'backward',
  'print',
  'functions',
  'methods',
].map(name => `core/${name}.ts`)

interface Import {
  readonly to: string
  readonly typeOnly: boolean
}
interface Source {
  readonly path: string
  readonly folder: string
  readonly imports: readonly Import[]
  readonly tree: ts.SourceFile
}

const root = fileURLToPath(new URL('../src', import.meta.url))

const sources: readonly Source[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
  .map(entry => {
    const file = join(entry.parentPath, entry.name)
    const path = relative(root, file).split(sep).join('/')
    const tree = ts.createSourceFile(path, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
    return { path, folder: folderOf(path), imports: importsOf(tree), tree }
  })

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '.'
}

/** Every module that a file names: imports, re-exports, import() and import types; relative ones as paths in src. */
function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const { text } = specifier
    const to = text.startsWith('.') ? posix.join(dirname(tree.fileName), text).replace(/\.js$/, '.ts') : text
    found.push({ to, typeOnly })
  }
  visit(tree, node => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    else if (ts.isModuleDeclaration(node)) add(node.name, true)
  })
  return found
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, child => visit(child, see))
}

const isFile = (to: string) => to.endsWith('.ts')

it('the sources are found, with their imports', () => {
  const value = sources.find(source => source.path === 'core/value.ts')
  expect(value?.imports).toContainEqual({ to: 'core/notation.ts', typeOnly: true })
  expect(value?.imports).toContainEqual({ to: 'core/describe.ts', typeOnly: false })
  const paths = new Set(sources.map(source => source.path))
  for (const { path, imports } of sources) {
    for (const { to } of imports.filter(({ to }) => isFile(to)))
      expect(paths, `${path} imports ${to}`).toContain(to)
  }
})

it('every folder has its place in the list', () => {
  for (const { path, folder } of sources) expect(Object.keys(ARROWS), path).toContain(folder)
})

it('the list of arrows itself has no cycle', () => {
  expect(cyclesIn(folder => ARROWS[folder] ?? [], Object.keys(ARROWS))).toEqual([])
})

describe.each(sources.map(source => [source.path, source] as const))(
  '%s',
  (_path, { folder, imports, tree }) => {
    it('imports only what its folder may', () => {
      const direct = ARROWS[folder] ?? []
      const allowed = [folder, ...direct]
      // A type is erased: it may also come from further down the arrows.
      const reachable = [...allowed, ...direct.flatMap(next => ARROWS[next] ?? [])]
      const wrong = imports
        .filter(({ to, typeOnly }) => isFile(to) && !(typeOnly ? reachable : allowed).includes(folderOf(to)))
        .map(({ to }) => to)
      expect(wrong).toEqual([])
      const packages = imports.filter(({ to }) => !isFile(to)).map(({ to }) => to)
      expect(packages.filter(name => !(PACKAGES[folder] ?? []).includes(name))).toEqual([])
    })

    it('calls no function of Math that differs between engines', () => {
      // IEEE 754 fixes the results of these; exp, sin, pow, hypot and the rest are the engine's own, and so is **,
      // but for powers of two, which are exact everywhere.
      const exact = [
        'abs',
        'ceil',
        'clz32',
        'floor',
        'fround',
        'imul',
        'max',
        'min',
        'round',
        'sign',
        'sqrt',
        'trunc',
      ]
      const found: string[] = []
      visit(tree, node => {
        if (ts.isPropertyAccessExpression(node) && node.expression.getText(tree) === 'Math') {
          const { text } = node.name
          // Constants are upper case. Random numbers are no arithmetic.
          if (!exact.includes(text) && text !== 'random' && !/^[A-Z]/.test(text))
            found.push(node.getText(tree))
        } else if (
          ts.isBinaryExpression(node) &&
          node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken &&
          node.left.getText(tree) !== '2'
        ) {
          found.push(node.getText(tree))
        }
      })
      expect(found).toEqual([])
    })
  },
)

it('the core is read from the first file to the last, and none leans on a later one', () => {
  const core = sources.filter(({ folder }) => folder === 'core')
  expect(core.map(({ path }) => path).sort()).toEqual([...CORE].sort())
  for (const { path, imports } of core) {
    const before = CORE.slice(0, CORE.indexOf(path))
    const later = imports.map(({ to }) => to).filter(to => to.startsWith('core/') && !before.includes(to))
    expect(later, path).toEqual([])
  }
})

it('at run time no module imports itself, by whatever way', () => {
  const loaded = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter(({ typeOnly }) => !typeOnly).map(({ to }) => to),
    ]),
  )
  expect(cyclesIn(path => loaded.get(path) ?? [], [...loaded.keys()])).toEqual([])
})

it('inside a folder too arrows point one way, types included', () => {
  const circular = Object.keys(ARROWS).filter(folder => {
    const files = new Map(
      sources
        .filter(source => source.folder === folder)
        .map(({ path, imports }) => [
          path,
          imports.map(({ to }) => to).filter(to => folderOf(to) === folder),
        ]),
    )
    return cyclesIn(path => files.get(path) ?? [], [...files.keys()]).length > 0
  })
  expect(circular).toEqual([])
})

it('the search for cycles finds one', () => {
  const arrows: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['b', 'd'], d: [] }
  expect(cyclesIn(node => arrows[node] ?? [], ['a', 'b', 'c', 'd'])).toEqual(['b -> c -> b'])
})

/** The cycles met in a depth-first walk, each as a text. */
function cyclesIn(next: (node: string) => readonly string[], nodes: readonly string[]): string[] {
  const done = new Set<string>()
  const cycles: string[] = []
  const walk = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) {
      cycles.push([...path.slice(path.indexOf(node)), node].join(' -> '))
      return
    }
    if (done.has(node)) return
    done.add(node)
    // A node that is done cannot stand on the path twice, except as the end of a cycle.
    for (const neighbour of next(node)) walk(neighbour, [...path, node])
  }
  for (const node of nodes) walk(node, [])
  return cycles
}
