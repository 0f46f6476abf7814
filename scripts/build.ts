/**
 * Bundles src into dist: one file an entry point of package.json, and one in dist/chunks for each folder that several of
 * them share, so that a `Value` is the same in all. A file for each module would cost a program 50 ms at its start.
 * tsc writes the types beside (npm run build).
 *
 *     npm run build:code
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DIST = join(ROOT, 'dist')

/** What several entry points share, what lies deepest first: a module goes into the first of these that wants it. */
const SHARED: Readonly<Record<string, RegExp>> = {
  // All rows name steps; the functions made of them have tables, which a row without them must not bring.
  steps: /\/src\/math\/steps\./,
  math: /\/src\/math\/(?!definitions\/)/,
  core: /\/src\/core\/(?!methods\.)/,
  random: /\/src\/random\//,
  methods: /\/src\/core\/methods\./,
  calculus: /\/src\/calculus\//,
  formula: /\/src\/formula\//,
  compile: /\/src\/(compile|math\/definitions)\//,
}

const bundle = await rolldown({
  cwd: ROOT,
  input: entryPoints(),
  external: id => !/^[./]/.test(id),
  // package.json speaks of the files of dist.
  treeshake: { moduleSideEffects: () => true },
})
const { output } = await bundle.generate({
  dir: DIST,
  chunkFileNames: 'chunks/[name].js',
  // Chunks are read by people, in stacks and debuggers.
  minifyInternalExports: false,
  codeSplitting: {
    groups: Object.entries(SHARED).map(([name, test], i) => ({ name, test, priority: 100 - i })),
  },
  sourcemap: true,
  // src is in the package.
  sourcemapExcludeSources: true,
})
await bundle.close()

const files = new Map(
  output.map(file => [join(DIST, file.fileName), file.type === 'chunk' ? file.code : String(file.source)]),
)
for (const [path, text] of files) {
  // A process that runs may be reading what has not changed.
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  if (/\.js(\.map)?$/.test(path) && !files.has(path)) rmSync(path)
}

/** The source of each entry point, by its file in dist without the ending. */
function entryPoints(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default: string }>
  }
  return Object.fromEntries(
    Object.values(exports).flatMap(target => {
      if (typeof target === 'string') return []
      const name = target.default.slice('./dist/'.length, -'.js'.length)
      return [[name, join(ROOT, 'src', `${name}.ts`)]]
    }),
  )
}
