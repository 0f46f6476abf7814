/** README.md and docs: programs print what is below them, links and scripts exist, what comes from the code is up to date. */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { regions, replaceRegion } from '../scripts/readme.js'
import * as compile from '../src/compile/index.js'
import * as fit from '../src/fit/index.js'
import * as chainrule from '../src/index.js'
import * as nn from '../src/nn/index.js'
import * as sql from '../src/sql/index.js'
import * as view from '../src/view/index.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const documents = [
  ...readdirSync(root).filter(name => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
].map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** Each program with the output printed below it. */
const programs = documents.flatMap(({ file, text }) =>
  [...text.matchAll(/```ts\n((?:(?!```).)*)```\n\n```text\n(.*?)```/gs)].map(([, code, output], i) => ({
    name: `${file}, program ${i + 1}`,
    code: code!,
    output: output!,
  })),
)

/** Calls `use` with a folder beside the package, from which `chainrule` is found by name. */
function inFolder(use: (folder: string) => void): void {
  mkdirSync(join(root, 'reports'), { recursive: true })
  const folder = mkdtempSync(join(root, 'reports', 'documents-'))
  try {
    use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('programs', () => {
  it('are found', () => {
    expect(programs.length).toBeGreaterThan(15)
  })

  it.each(programs)(
    '$name prints what is below it',
    ({ code, output }) => {
      inFolder(folder => {
        const file = join(folder, 'program.ts')
        writeFileSync(file, code)
        expect(execFileSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8' })).toBe(output)
      })
    },
    60_000,
  )

  it('compile under strict options, those of the README without output as well', () => {
    const readme = documents.find(({ file }) => file === 'README.md')!.text
    const all = [...readme.matchAll(/```ts\n((?:(?!```).)*)```/gs)].map(([, code]) => code!)
    inFolder(folder => {
      const files = [...all, ...programs.map(({ code }) => code)].map((code, i) => {
        const file = join(folder, `program${i}.ts`)
        writeFileSync(file, code)
        return file
      })
      const options =
        '--ignoreConfig --module NodeNext --target ES2022 --strict --noEmit --skipLibCheck --types node'
      const compiler = join(root, 'node_modules/typescript/bin/tsc')
      const compile = () =>
        execFileSync(process.execPath, [compiler, ...options.split(' '), ...files], { cwd: root })
      expect(compile).not.toThrow()
    })
  }, 60_000)
})

it.each([
  ['dosage', 'dosage-curve.svg', 'docs/images/dosage-fit.svg'],
  ['two-two-two', 'two-two-two.svg', 'docs/images/two-two-two.svg'],
  ['two-two-two', 'two-two-two-derivation.md', 'docs/two-two-two-derivation.md'],
])(
  'what the example %s makes is shown: %s (npm run docs:examples)',
  (example, made, shown) => {
    execFileSync(process.execPath, ['--import', 'tsx', `examples/${example}.ts`], { cwd: root })
    const text = readFileSync(join(root, shown), 'utf8')
    expect(text).toBe(readFileSync(join(root, 'examples/out', made), 'utf8'))
  },
  60_000,
)

it.each(regions())('%s has the %s of the code (npm run readme)', (file, name, content) => {
  const { text } = documents.find(document => document.file === file)!
  expect(text).toBe(replaceRegion(text, name, content))
})

describe.each(documents)('$file', ({ file, text }) => {
  const prose = text.replace(/^```.*?^```/gms, '')

  it('has links that lead somewhere', () => {
    const lost = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter(link => !/^https?:/.test(link) && !leads(file, link))
    expect(lost).toEqual([])
  })

  it('names files and scripts that there are', () => {
    const names = [...prose.matchAll(/`((?:src|docs|test|bench|scripts|examples)\/[\w/.-]*)`/g)].map(
      ([, name]) => name!,
    )
    const lost = names.filter(
      name =>
        !name.startsWith('examples/out') &&
        !existsSync(join(root, name)) &&
        !existsSync(join(root, `${name}.ts`)),
    )
    expect(lost).toEqual([])
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const called = [...text.matchAll(/(?:npm\s+run\s+|`(?=\w+:[\w-]+`))([\w-]+(?::[\w-]+)*)/g)].map(
      ([, name]) => name!,
    )
    expect(called.filter(name => !(name in scripts))).toEqual([])
  })
})

/** Whether a file, and a heading in it where the link names one, exists. */
function leads(from: string, link: string): boolean {
  const [path, heading] = link.split('#')
  const target = path === '' ? join(root, from) : join(root, dirname(from), path!)
  if (!existsSync(target)) return false
  if (heading === undefined) return true
  const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, words]) =>
    words!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return headings.includes(heading)
}

it('every script of package.json has its line in CONTRIBUTING.md', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { text } = documents.find(({ file }) => file === 'CONTRIBUTING.md')!
  const table = text
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .join('\n')
  expect(Object.keys(scripts).filter(name => !table.includes(`\`${name}\``))).toEqual([])
})

it('our words in the vocabulary of learn.md are names that there are', () => {
  const { text } = documents.find(({ file }) => file === 'docs/learn.md')!
  const rows = /## Your words, our words\n\n(.*?)\n(?:\n|$)/s.exec(text)![1]!.split('\n').slice(2)
  const known = new Set([chainrule, compile, fit, nn, sql, view].flatMap(module => Object.keys(module)))
  const calls = rows.flatMap(row =>
    [...row.split('|')[2]!.matchAll(/(?<![\w.'])([a-z]\w+)(?=\(|`)/gi)].map(([, name]) => name!),
  )
  expect(calls.length).toBeGreaterThan(20)
  const methods = ['forward', 'backward', 'grad', 'bind', 'String', 'toHaveCorrectGradients']
  expect(calls.filter(name => !known.has(name) && !methods.includes(name))).toEqual([])
})
