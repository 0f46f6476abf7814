/** `npm run bench:readme`: writes docs/benchmarks.md, and the table between the markers of the README. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { page, readResults, withSummary } from './tables.js'

const results = readResults()
writeFileSync('docs/benchmarks.md', page(results))
if (existsSync('README.md'))
  writeFileSync('README.md', withSummary(readFileSync('README.md', 'utf8'), results))
