/**
 * Every engine against the graph, on as many random programs as asked for:
 *
 *     npm run fuzz:compile -- [programs = 100000] [first seed = 1000000]
 */

import { engines } from '../src/compile/engines/engines.js'
import { differences, eagerly, randomProblem, repeatingProblem } from '../test/support/compile.js'
import { random } from '../test/support/points.js'

const [programs = 100_000, firstSeed = 1_000_000] = process.argv.slice(2).map(Number)
// Most programs are short: mistakes show there too, and more of them can be run.
const sizes = [1, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50]
const started = Date.now()
let wrong = 0
let finite = 0
let results = 0

for (let i = 0; i < programs; i++) {
  const seed = firstSeed + i
  const size = i % 500 === 0 ? 500 : i % 100 === 0 ? 200 : sizes[i % sizes.length]!
  // Every tenth is made of repetition, and so has loops
  const problem = i % 10 === 9 ? repeatingProblem(random(seed)) : randomProblem(random(seed), size)
  const truth = eagerly(problem)
  for (const x of truth.values.flat()) {
    results++
    if (Number.isFinite(x) && x !== 0) finite++
  }
  for (const { name } of engines) {
    const found = differences(problem, name, truth)
    if (found === '') continue
    wrong++
    console.log(`seed ${seed}, size ${size}\n${found}\n${size > 30 ? '' : problem.loss}`)
  }
  if (i % 5000 === 4999)
    console.log(`${i + 1} programs, ${wrong} wrong, ${Math.round((Date.now() - started) / 1000)} s`)
}
const names = engines.map(({ name }) => name).join(', ')
const share = Math.round((100 * finite) / results)
console.log(
  `${programs} programs on ${names}: ${wrong} wrong; ${results} results, ${share} % finite and not 0`,
)
process.exitCode = wrong === 0 ? 0 : 1
