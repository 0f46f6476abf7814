/** `npm run bench:readme`: writes docs/benchmarks.md, and what stands between the markers of the README and docs/fitting.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { replaceRegion } from '../scripts/readme.js'
import { fitTable, page, readResults, summary } from './tables.js'

const results = readResults()
writeFileSync('docs/benchmarks.md', page(results))
const put = (file: string, region: string, content: string): void =>
  writeFileSync(file, replaceRegion(readFileSync(file, 'utf8'), region, content))
put('README.md', 'bench', summary(results))
put('docs/fitting.md', 'fit', fitTable(results))
