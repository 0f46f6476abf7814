import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fitTable, page, readResults, summary } from '../../bench/tables.js'
import { replaceRegion } from '../../scripts/readme.js'

describe('the published benchmark tables are what npm run bench:readme writes from bench/results', () => {
  const results = readResults()

  it('docs/benchmarks.md', () => {
    expect(readFileSync('docs/benchmarks.md', 'utf8')).toBe(page(results))
  })

  it.each([
    ['README.md', 'bench', summary(results)],
    ['docs/fitting.md', 'fit', fitTable(results)],
  ])('%s', (file, region, content) => {
    const text = readFileSync(file, 'utf8')
    expect(text).toBe(replaceRegion(text, region, content))
  })
})
