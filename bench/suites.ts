/**
 * Operations a second through benny. Its cases run one after another, so that on a machine that others use the same
 * case may differ by half from itself; claims rest on the ratios of hot-loop.ts.
 */

import benny from 'benny'
import { conditions, type OpsResult, quick, rounded, save } from './results.js'
import { checkAgreement, type Way, workloads } from './workloads.js'

const TITLES: Readonly<Record<Way, string>> = {
  closure: 'closure style',
  record: 'chainrule, record + backward()',
  forward: 'chainrule, forward() + backward()',
  hand: 'derived by hand',
}

let sink = 0
const suites: OpsResult['suites'][number][] = []
const all = workloads()
for (const workload of all) checkAgreement(workload)

for (const { title, ways } of all) {
  const cases = Object.entries(TITLES).map(([way, caseTitle]) =>
    benny.add(
      caseTitle,
      () => {
        sink += ways[way as Way].run()
      },
      quick ? { minSamples: 1, maxTime: 0.01 } : { minSamples: 20, maxTime: 1 },
    ),
  )
  const summary = await benny.suite(title, ...cases, benny.cycle(), benny.complete())
  suites.push({
    name: title,
    cases: summary.results.map(({ name, ops, margin }) => ({
      name,
      ops: rounded(ops),
      margin: rounded(margin),
    })),
  })
}
save('ops', { conditions: conditions(), suites })
console.log(`(sink ${sink})`)
