/** One expression from its text to a program that runs: the listings of docs/compile.md, written by `npm run readme`. */
import { gradient } from '../src/calculus/gradient.js'
import { sourceOf } from '../src/compile/engines/javascript/source.js'
import { blocksOf } from '../src/compile/loops/blocks.js'
import { allocate } from '../src/compile/passes/allocate.js'
import { expand, inline } from '../src/compile/passes/expand.js'
import { hoist, uniformCount } from '../src/compile/passes/hoist.js'
import { pressure } from '../src/compile/passes/liveness.js'
import { lower } from '../src/compile/passes/lower.js'
import { schedule } from '../src/compile/passes/schedule.js'
import { simplify } from '../src/compile/passes/simplify.js'
import { print } from '../src/compile/program/print.js'
import { column, value } from '../src/core/value.js'
import '../src/index.js'

export function walk(): string {
  const w = value(0.5, 'w')
  const loss = w.mul(column('t')).exp().sub(column('y')).pow(2).as('loss')
  const [slope] = gradient(loss, [w])
  const lowered = lower([loss, slope!], [w])
  const simplified = simplify(lowered)
  const expanded = inline(expand(simplified))
  const program = schedule(hoist(expanded))
  const { double, integer, condition } = allocate(program).counts
  const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``
  return [
    `The text, as the graph prints it, and its gradient in w, which is a graph too (${lowered.instructions.length} different nodes together):`,
    block('text', `${loss}\n\nd loss / d w:\n${slope}`),
    '`lower`, then `simplify`: one instruction a line, at the end the last place that reads the result.',
    block('text', print(simplified)),
    `\`expand\` writes exp out as its steps; \`hoist\` puts first what does not depend on the row (${uniformCount(program)} instructions), \`schedule\` finds an order: ${program.instructions.length} instructions, at most ${pressure(program)} values alive.`,
    block('text', print(program)),
    `\`allocate\` needs ${double} slots for doubles, ${integer} for integers and ${condition} for conditions. The engine javascript writes this, for \`reduce: 'sum'\`:`,
    block('js', sourceOf(blocksOf(expand(simplified)), 'sum').body),
  ].join('\n\n')
}
