/** docs/formula.md says what the code says; test/documents.test.ts runs its program. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import '../../src/index.js'
import { parseFormula } from '../../src/formula/index.js'
import { defaultLimits } from '../../src/formula/parse.js'

const page = readFileSync(new URL('../../docs/formula.md', import.meta.url), 'utf8')

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
