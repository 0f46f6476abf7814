import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { walk } from '../scripts/compile-walk.js'
import { primitivesTable, replaceRegion } from '../scripts/readme.js'

const root = new URL('..', import.meta.url).pathname
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Each program of the README with the output printed below it. */
const programs = [...readme.matchAll(/```ts\n((?:(?!```).)*)```\n\n```text\n(.*?)```/gs)].map(
  ([, code, output]) => ({
    code: code!,
    output: output!,
  }),
)

describe('README', () => {
  it.each(programs)('prints what it says: program %#', ({ code, output }) => {
    // Beside the package, so that it finds `chainrule` by name.
    mkdirSync(join(root, 'reports'), { recursive: true })
    const folder = mkdtempSync(join(root, 'reports', 'readme-'))
    try {
      writeFileSync(join(folder, 'program.ts'), code)
      const printed = execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'program.ts')], {
        encoding: 'utf8',
      })
      expect(printed).toBe(output)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['dosage', 'dosage-curve.svg', 'docs/images/dosage-fit.svg'],
    ['two-two-two', 'two-two-two.svg', 'docs/images/two-two-two.svg'],
    ['two-two-two', 'two-two-two-derivation.md', 'docs/two-two-two-derivation.md'],
  ])('shows what the example %s makes: %s (npm run docs:examples)', (example, made, shown) => {
    execFileSync(process.execPath, ['--import', 'tsx', `examples/${example}.ts`], { cwd: root })
    const text = readFileSync(join(root, shown), 'utf8')
    expect(text).toBe(readFileSync(join(root, 'examples/out', made), 'utf8'))
  })

  it('has programs that compile under strict options', () => {
    mkdirSync(join(root, 'reports'), { recursive: true })
    const folder = mkdtempSync(join(root, 'reports', 'readme-types-'))
    try {
      const all = [...readme.matchAll(/```ts\n((?:(?!```).)*)```/gs)]
      all.forEach(([, code], i) => {
        writeFileSync(join(folder, `program${i}.ts`), code!)
      })
      const options = [
        '--module',
        'NodeNext',
        '--target',
        'ES2022',
        '--strict',
        '--noEmit',
        '--skipLibCheck',
        '--types',
        'node',
      ]
      const files = all.map((_, i) => join(folder, `program${i}.ts`))
      const compiler = join(root, 'node_modules/typescript/bin/tsc')
      execFileSync(process.execPath, [compiler, '--ignoreConfig', ...options, ...files], {
        cwd: root,
        encoding: 'utf8',
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 60_000)

  it('has programs', () => {
    expect(programs.length).toBeGreaterThan(4)
  })

  it('lists the primitives of the table (npm run readme writes them)', () => {
    expect(readme).toBe(replaceRegion(readme, 'primitives', primitivesTable()))
  })
})

it('docs/design.md shows the listings that the compiler gives', () => {
  const design = readFileSync(join(root, 'docs/design.md'), 'utf8')
  expect(design).toBe(replaceRegion(design, 'walk', walk()))
})
