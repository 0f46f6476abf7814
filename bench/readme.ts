/** `npm run bench:readme`: writes docs/benchmarks.md, and the table between the markers of the README. */

import { readFileSync, writeFileSync } from 'node:fs'
import { replaceRegion } from '../scripts/readme.js'
import { page, readResults, summary } from './tables.js'

const results = readResults()
writeFileSync('docs/benchmarks.md', page(results))
writeFileSync('README.md', replaceRegion(readFileSync('README.md', 'utf8'), 'bench', summary(results)))
