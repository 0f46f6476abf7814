import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { page, readResults, summary } from '../../bench/tables.js'
import { replaceRegion } from '../../scripts/readme.js'

describe('the published benchmark tables are what npm run bench:readme writes from bench/results', () => {
  const results = readResults()

  it('docs/benchmarks.md', () => {
    expect(readFileSync('docs/benchmarks.md', 'utf8')).toBe(page(results))
  })

  it('README.md', () => {
    const readme = readFileSync('README.md', 'utf8')
    expect(readme).toBe(replaceRegion(readme, 'bench', summary(results)))
  })
})
