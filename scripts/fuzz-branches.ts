/**
 * Compiled programs with selections against the programs of the branches taken, on every engine, at both orders:
 *
 *     npm run fuzz:branches -- [programs = 20000] [seed = 1]
 */

import { compareBranches } from '../test/support/branches.js'
import { random } from '../test/support/points.js'

const [programs = 20_000, seed = 1] = process.argv.slice(2).map(Number)
const { wrong, compared, wild } = compareBranches(random(seed), programs)
for (const text of wrong.slice(0, 20)) console.log(text)
console.log(
  `${programs} programs, ${compared} points compared, ${wild} with infinite or undefined derivatives: ${wrong.length} wrong`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
