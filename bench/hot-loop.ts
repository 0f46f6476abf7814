/** Loss and gradient of each model in each way, as paired ratios. */

import { paired, QUICK, sunk, THOROUGH } from './paired.js'
import { conditions, type HotLoopResult, quick, rounded, save } from './results.js'
import { checkAgreement, type Way, workloads } from './workloads.js'

const models: HotLoopResult['models'][number][] = []
const all = workloads()
// All models run before any is timed: the library's code has then seen every one of them, as in a program that uses
// it for more than one thing, and the first model timed has no advantage.
for (const workload of all) checkAgreement(workload)

for (const { name, title, nodes, ways } of all) {
  const { closure, record, forward, hand } = ways
  const functions = { closure: closure.run, record: record.run, forward: forward.run, hand: hand.run }
  const result = paired(functions, quick ? QUICK : THOROUGH)
  const time = (way: Way): number => rounded(result.microseconds(way))
  const ratio = (a: Way, b: Way): number => rounded(result.ratio(a, b))
  const model = {
    name,
    title,
    nodes,
    microseconds: {
      closure: time('closure'),
      record: time('record'),
      forward: time('forward'),
      hand: time('hand'),
    },
    ratios: {
      closureToRecord: ratio('closure', 'record'),
      closureToForward: ratio('closure', 'forward'),
      recordToHand: ratio('record', 'hand'),
      forwardToHand: ratio('forward', 'hand'),
    },
    control: rounded(result.control),
  }
  models.push(model)
  console.log(`${title} (${nodes} nodes), us: ${JSON.stringify(model.microseconds)}`)
  console.log(`  ratios: ${JSON.stringify(model.ratios)}, control ${model.control}`)
}
save('hot-loop', { conditions: conditions(), models })
console.log(`(sink ${sunk()})`)
