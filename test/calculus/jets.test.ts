/** Third and fourth derivatives of every smooth row against high precision (test/reference/generate.py). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { tangent } from '../../src/calculus/tangent.js'
import type { Value } from '../../src/core/value.js'
import { value } from '../../src/core/value.js'
import { apply, rows } from '../support/rows.js'
import { ulps } from '../support/ulp.js'

interface Jet {
  readonly at: readonly number[]
  readonly partials: Readonly<Record<string, number>>
  readonly scales: Readonly<Record<string, number>>
}

const jets: Readonly<Record<string, readonly Jet[]>> = JSON.parse(
  readFileSync(new URL('../reference/jets.json', import.meta.url), 'utf8'),
  (_key, field) => (field === 'Infinity' ? Infinity : field === '-Infinity' ? -Infinity : field),
)

const smooth = rows.filter(row => row.taken === undefined && !row.partials.includes(0))

it('the reference covers the smooth rows and their samples', () => {
  expect(Object.keys(jets).sort()).toEqual(smooth.map(row => row.name).sort())
  for (const row of smooth) {
    const short = row.samples.filter(sample => sample.length <= 3)
    expect(jets[row.name]!.map(({ at }) => at)).toEqual(short)
  }
})

const byReverse = (y: Value, x: Value): Value => gradient(y, [x])[0]!
const byForward = (y: Value, x: Value): Value => tangent(y, [x], [1])
/** Which mode takes each of the four derivatives. */
const modes = {
  'reverse mode': [byReverse, byReverse, byReverse, byReverse],
  'forward mode': [byForward, byForward, byForward, byForward],
  'both in turn': [byReverse, byForward, byReverse, byForward],
}

const worst: Record<string, number> = {}
for (const [name, steps] of Object.entries(modes)) {
  describe(`by ${name}`, () => {
    for (const row of smooth) {
      it.each(jets[row.name] ?? [])(`${row.name} at $at`, ({ at, partials, scales }) => {
        const leaves = at.map(x => value(x))
        for (const [key, expected] of Object.entries(partials)) {
          let y = apply(row, leaves) as Value
          for (const [n, i] of [...key].entries()) y = steps[n]!(y, leaves[Number(i)]!)
          const distance = ulps(y.data, expected, scales[key]!)
          worst[`${row.name} ${at} ${key} ${name} got ${y.data} want ${expected} scale ${scales[key]}`] =
            distance
          expect(distance).toBeLessThanOrEqual(16)
        }
      })
    }
  })
}
it('zz', () =>
  console.log(
    Object.entries(worst)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 60)
      .map(([k, d]) => `${d.toPrecision(3)}  ${k}`)
      .join('\n'),
  ))
