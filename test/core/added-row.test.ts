/** CONTRIBUTING's own example: a row added in one place gets everything that rows have, in a copy of the tree. */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The tests that go by the table. */
const TESTS = [
  'core/primitives',
  'compile/expand',
  'calculus/checkGradients',
  'formula/roundTrip',
  'calculus/jets',
]

let copy = ''

beforeAll(() => {
  mkdirSync(join(root, 'reports'), { recursive: true })
  copy = mkdtempSync(join(root, 'reports', 'added-row-'))
  for (const name of ['src', 'test', 'scripts', 'docs', 'bench', 'package.json', 'biome.json', '.gitignore'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  for (const name of readdirSync(root).filter(name => /^(tsconfig|vitest).*\.(json|ts)$/.test(name)))
    cpSync(join(root, name), join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const [, row] = /```ts\n(\/\*\* Softsign.*?)```/s.exec(contributing)!
  const table = join(copy, 'src/core/primitives.ts')
  writeFileSync(table, `${readFileSync(table, 'utf8')}\n${row}`)
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Runs a program of node_modules/.bin in the copy, and returns what it printed. */
function run(program: string, ...given: string[]): string {
  return execFileSync(join(root, 'node_modules/.bin', program), given, {
    cwd: copy,
    // Not what this run of vitest has set for its own.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^VITEST|^VITE_|^NODE_ENV$|^TEST$/.test(name)),
    ),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

it('is written down by the commands that CONTRIBUTING names', () => {
  run('tsx', 'scripts/generate-table.ts')
  run('tsx', 'scripts/readme.ts')
  const text = (name: string): string => readFileSync(join(copy, name), 'utf8')
  expect(text('src/core/generated/public.ts')).toContain('softsign')
  expect(text('src/compile/generated/steps.ts')).toContain('steps.div(x, steps.add(1, steps.abs(x)))')
  expect(text('docs/primitives.md')).toContain('`softsign`')
}, 120_000)

it('has types, and passes the tests that every row gets', () => {
  writeFileSync(
    join(copy, 'test/softsign.test.ts'),
    `import { expect, it } from 'vitest'
import { compile } from '../src/compile/index.js'
import { gradient, softsign, type Unary, value } from '../src/index.js'

it('softsign is a function, a method and a compiled program', () => {
  const f: Unary = softsign
  const x = value(-1.5, 'x')
  const y = x.softsign()
  expect([f(3), y.data, gradient(y, [x])[0]!.data]).toEqual([0.75, -0.6, 0.16])
  expect(compile(y, { inputs: [x] }).run([3])[0]).toBe(0.75)
})
`,
  )
  const files = [...TESTS.map(name => `test/${name}.test.ts`), 'test/softsign.test.ts']
  run(
    'tsc',
    '-p',
    'tsconfig.build.json',
    '--noEmit',
    '--emitDeclarationOnly',
    'false',
    '--incremental',
    'false',
  )
  try {
    run('vitest', 'run', '--testTimeout', '200000', '-t', 'softsign|reference|table', ...files)
  } catch {
    // The report says what failed.
  }
  const { testResults, numPassedTests } = JSON.parse(
    readFileSync(join(copy, 'reports/tests.json'), 'utf8'),
  ) as {
    numPassedTests: number
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  const failed = testResults.flatMap(({ message, assertionResults }) => [
    ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ...(message === '' ? [] : [message]),
  ])
  expect(failed).toEqual([])
  expect(numPassedTests).toBeGreaterThan(20)
}, 600_000)
