/** docs/formula.md shows what the code prints. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import '../../src/index.js'
import { parseFormula } from '../../src/formula/index.js'
import { defaultLimits } from '../../src/formula/parse.js'

const root = new URL('../..', import.meta.url).pathname
const page = readFileSync(join(root, 'docs/formula.md'), 'utf8')

it('the program prints what is below it', () => {
  const [, code, output] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(page)!
  mkdirSync(join(root, 'reports'), { recursive: true })
  const folder = mkdtempSync(join(root, 'reports', 'formula-'))
  try {
    const file = join(folder, 'program.ts')
    writeFileSync(file, code!)
    expect(execFileSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8' })).toBe(output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

it.each(['w3 * sofplus(w1 * dosage + b1)', '0 < x < 1', 'h = 2 * x\nh = 2 * h\nh'])(
  'the error of %j',
  text => {
    let message = ''
    try {
      parseFormula(text)
    } catch (error) {
      message = (error as Error).message
    }
    expect(page).toContain(`\`\`\`text\n${message}\n\`\`\``)
  },
)

it('the limits', () => {
  for (const [name, limit] of Object.entries(defaultLimits)) {
    expect(page).toContain(`| \`${name}\` | ${limit.toLocaleString('en')} |`)
  }
})
