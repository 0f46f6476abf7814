/**
 * One million texts for `parseFormula`: `npm run fuzz:formula -- [how many] [seed]`. Each must end in a graph, which
 * prints and reads back, or in a FormulaError with its place; nothing may execute, and nothing may take long.
 */
import '../src/index.js'
import { examine, formulaText } from '../test/support/formulaTexts.js'
import { random } from '../test/support/points.js'

const count = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)
const source = random(seed)
const ended = { graph: 0, error: 0 }
let characters = 0
let slowest = { milliseconds: 0, text: '' }
for (let i = 0; i < count; i++) {
  const text = formulaText(source)
  const before = performance.now()
  ended[examine(text)]++
  const milliseconds = performance.now() - before
  characters += text.length
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, text }
}
console.log(`${count} texts of ${characters} characters, seed ${seed}`)
console.log(`${ended.graph} graphs, ${ended.error} errors, nothing else`)
console.log(
  `slowest: ${slowest.milliseconds.toFixed(1)} ms for ${slowest.text.length} characters, ` +
    JSON.stringify(slowest.text.slice(0, 60)),
)
