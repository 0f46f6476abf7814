/**
 * The package, packed and installed, bundled for production and run: every entry point by every bundler. What a bundle
 * prints must be what Node prints for the package itself. Bundlers are installed into a temporary folder.
 *
 *     npm run check:bundlers [-- bundler ...]
 */

import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pack, project, run, write } from './packed.js'

/** A program for each entry point, and for what else a bundler might drop: methods of Values that nobody made by `value`. */
const PROGRAMS: Readonly<Record<string, string>> = {
  index: `import { value } from 'chainrule'
    const w = value(0.5, 'w')
    const loss = w.mul(3).sub(1).sigmoid().sub(1).square()
    loss.backward()
    console.log(w.grad, String(loss))`,
  grad: `import { grad } from 'chainrule'
    console.log(grad(x => x.mul(x).exp())(0.5))`,
  formula: `import { parseFormula } from 'chainrule'
    console.log(parseFormula('tanh(a)').expression.add(1).toString())`,
  column: `import * as chainrule from 'chainrule'
    console.log(String(chainrule.column('x').mul(2)))`,
  mini: `import { mul, value } from 'chainrule/mini'
    const w = value(2, 'w')
    const y = mul(w, w)
    y.backward()
    console.log(w.grad, String(y), 'mul' in w)`,
  both: `import { value } from 'chainrule'
    import { exp } from 'chainrule/mini'
    console.log(exp(value(0)).mul(2).data)`,
  compile: `import { value } from 'chainrule'
    import { compile } from 'chainrule/compile'
    const x = value(2, 'x')
    const y = x.log().mul(x)
    for (const engine of ['interpreter', 'javascript', 'wasm']) console.log(compile(y, { inputs: [x], engine }).run([3])[0])`,
  fit: `import { fit, minimize } from 'chainrule/fit'
    const x = [0, 1, 2, 3, 4, 5]
    const y = x.map(x => 2 * Math.exp(-x / 2) + (x % 2) / 100)
    console.log(String(fit('y ~ a * exp(-k * x)', { x, y }, { start: { a: 1, k: 1 } })))`,
  minimize: `import { value } from 'chainrule/mini'
    import { minimize } from 'chainrule/fit'
    const w = value(3, 'w')
    console.log(minimize(w.sub(1).square(), { parameters: { w } }).parameters.w)`,
  nn: `import { mlp } from 'chainrule/nn'
    const net = mlp([2, 2, 1], { activation: x => x.tanh(), output: x => x })
    console.log(net.parameters.map(p => p.mul(2).data).join())`,
  view: `import { value } from 'chainrule'
    import { explain, toDot, toMermaid } from 'chainrule/view'
    const w = value(0.5, 'w')
    const out = w.mul(3).as('net').sigmoid().as('E')
    console.log(String(explain(out, w)), toDot(out), toMermaid(out))`,
  sql: `import { column, value } from 'chainrule'
    import { compile } from 'chainrule/compile'
    import { duckdb, toSql } from 'chainrule/sql'
    const w = value(0.5, 'w')
    const program = compile(column('x').mul(w).exp(), { inputs: [w], reduce: 'sum' }).program
    console.log(toSql(program, { dialect: duckdb, table: 'rows' }).at([2]).sql)`,
}

interface Bundler {
  readonly packages: readonly string[]
  readonly manifest?: object
  /**
   * A module that bundles `programs/NAME.js` to `out/NAME.js`, minified, for each NAME of `names`: each by itself, so that
   * nothing is kept for the sake of another.
   */
  readonly script: string
}

const BUNDLERS: Readonly<Record<string, Bundler>> = {
  rollup: {
    // seedrandom is a CommonJS module, which Rollup reads by a plug-in only.
    packages: [
      ...['rollup@4.68.8', '@rollup/plugin-node-resolve@16.0.3'],
      ...['@rollup/plugin-commonjs@29.0.3', '@rollup/plugin-terser@1.0.2'],
    ],
    script: `import { rollup } from 'rollup'
      import commonjs from '@rollup/plugin-commonjs'
      import resolve from '@rollup/plugin-node-resolve'
      import terser from '@rollup/plugin-terser'
      for (const name of names) {
        const bundle = await rollup({ input: 'programs/' + name + '.js', plugins: [resolve(), commonjs()] })
        await bundle.write({ file: 'out/' + name + '.js', plugins: [terser({ maxWorkers: 1 })] })
        await bundle.close()
      }`,
  },
  rolldown: {
    packages: ['rolldown@1.2.19'],
    script: `import { build } from 'rolldown'
      for (const name of names)
        await build({ input: 'programs/' + name + '.js', output: { file: 'out/' + name + '.js', minify: true } })`,
  },
  vite: {
    packages: ['vite@8.3.8'],
    script: `import { build } from 'vite'
      for (const name of names) {
        const output = { entryFileNames: '[name].js' }
        await build({
          configFile: false, logLevel: 'error',
          build: {
            outDir: 'out', emptyOutDir: false, modulePreload: false, target: 'es2022',
            rollupOptions: { input: 'programs/' + name + '.js', output },
          },
        })
      }`,
  },
  webpack: {
    packages: ['webpack@5.113.0'],
    script: `import webpack from 'webpack'
      const configs = names.map(name => ({
        mode: 'production', entry: './programs/' + name + '.js', performance: false,
        output: { path: process.cwd() + '/out', filename: name + '.js' },
      }))
      webpack(configs, (error, stats) => {
        if (error ?? stats.hasErrors()) throw error ?? new Error(stats.toString())
      })`,
  },
  esbuild: {
    packages: ['esbuild@0.28.2'],
    script: `import { build } from 'esbuild'
      for (const name of names)
        await build({
          entryPoints: ['programs/' + name + '.js'], outfile: 'out/' + name + '.js',
          bundle: true, minify: true, format: 'esm',
        })`,
  },
  bun: {
    packages: ['@oven/bun-linux-x64@1.4.5'],
    script: `import { execFileSync } from 'node:child_process'
      for (const name of names)
        execFileSync('node_modules/@oven/bun-linux-x64/bin/bun', [
          'build', '--minify', '--target=browser', 'programs/' + name + '.js', '--outfile=out/' + name + '.js',
        ], { stdio: 'pipe' })`,
  },
  parcel: {
    packages: ['parcel@2.16.4'],
    // Without this it finds chainrule, but none of the other entry points: it does not read "exports".
    manifest: { '@parcel/resolver-default': { packageExports: true } },
    script: `import { execFileSync } from 'node:child_process'
      for (const name of names)
        execFileSync('node_modules/.bin/parcel', [
          'build', 'programs/' + name + '.js', '--dist-dir', 'out', '--no-source-maps', '--log-level', 'error',
        ], { stdio: 'pipe' })`,
  },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in BUNDLERS))
if (unknown.length > 0) throw new Error(`${unknown.join()}: wanted some of ${Object.keys(BUNDLERS).join()}`)

const tarball = pack()
const home = project('expected', [tarball])
const installed = readdirSync(join(home, 'node_modules')).filter(name => !name.startsWith('.'))
if (installed.join() !== 'chainrule,seedrandom') throw new Error(`installs ${installed.join()}`)
const expected = new Map(
  Object.entries(PROGRAMS).map(([name, program]) => {
    write(join(home, 'programs', `${name}.js`), program)
    return [name, run(home, process.execPath, [join('programs', `${name}.js`)])]
  }),
)

let failed = 0
for (const [bundler, { packages, manifest = {}, script }] of Object.entries(BUNDLERS)) {
  if (wanted.length > 0 && !wanted.includes(bundler)) continue
  const folder = project(bundler, [tarball, ...packages], manifest)
  cpSync(join(home, 'programs'), join(folder, 'programs'), { recursive: true })
  write(join(folder, 'bundle.js'), `const names = ${JSON.stringify(Object.keys(PROGRAMS))}\n${script}`)
  run(folder, process.execPath, ['bundle.js'])
  // Elsewhere, so that a bundle finds nothing but itself.
  const alone = join(home, '..', 'alone', bundler)
  cpSync(join(folder, 'out'), alone, { recursive: true })
  write(join(alone, 'package.json'), '{ "type": "module" }')
  const wrong = [...expected].flatMap(([name, printed]) => {
    const got = resultOf(alone, `${name}.js`)
    return got === printed ? [] : [`${name} printed\n${got}wanted\n${printed}`]
  })
  failed += wrong.length
  console.log(`${bundler}: ${expected.size - wrong.length} of ${expected.size} programs run`)
  for (const text of wrong) console.log(text)
}
process.exitCode = failed === 0 ? 0 : 1

/** What the program prints, or how it fails. */
function resultOf(folder: string, file: string): string {
  try {
    return run(folder, process.execPath, [file])
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error)
  }
}
