/** Third and fourth derivatives of every smooth row against high precision (test/reference/generate.py). */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { definitions } from '../reference/definitions.js'
import { samplesOf } from '../support/samples.js'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { tangent } from '../../src/calculus/tangent.js'
import { type Value, value } from '../../src/core/value.js'
import { apply, rows } from '../support/rows.js'
import { ulps } from '../support/ulp.js'

interface Jet {
  readonly at: readonly number[]
  /** By the operands differentiated by: '001' is d3/dx dx dy. */
  readonly partials: Readonly<Record<string, number>>
  /** What an error is judged against: the size of the terms that such a derivative adds. */
  readonly scales: Readonly<Record<string, number>>
}

const jets: Readonly<Record<string, readonly Jet[]>> = JSON.parse(
  readFileSync(new URL('../reference/jets.json', import.meta.url), 'utf8'),
  (_key, field) => (field === 'Infinity' ? Infinity : field === '-Infinity' ? -Infinity : field),
)

const smooth = rows.filter(row => row.taken === undefined && !row.partials.includes(0))

it('the reference covers the smooth rows and their samples of up to three operands', () => {
  const described = smooth.filter(row => definitions[row.name]?.definition !== undefined)
  expect(Object.keys(jets).sort()).toEqual(described.map(row => row.name).sort())
  for (const row of described) {
    const short = samplesOf(row).filter(sample => sample.length <= 3)
    expect(jets[row.name]!.map(({ at }) => at)).toEqual(short)
  }
})

/** A fourth derivative adds some ten products of up to five rounded numbers: eight units, of which four are seen. */
const ULPS = 8

const byReverse = (y: Value, x: Value): Value => gradient(y, [x])[0]!
const byForward = (y: Value, x: Value): Value => tangent(y, [x], [1])
/** Which mode takes each of the four derivatives. */
const modes = {
  'reverse mode': [byReverse, byReverse, byReverse, byReverse],
  'forward mode': [byForward, byForward, byForward, byForward],
  'both in turn': [byReverse, byForward, byReverse, byForward],
}

describe.each(Object.entries(modes))('by %s', (_name, steps) => {
  for (const row of smooth) {
    it.each(jets[row.name] ?? [])(`${row.name} at $at`, ({ at, partials, scales }) => {
      const leaves = at.map(x => value(x))
      for (const [key, expected] of Object.entries(partials)) {
        let y = apply(row, leaves) as Value
        for (const [n, i] of [...key].entries()) y = steps[n]!(y, leaves[Number(i)]!)
        const what = `partial ${key} of ${row.name}(${at.join(', ')}) is ${y.data}, should be ${expected}`
        // Where terms exceed the largest double, their sum may be Infinity - Infinity; it is never another number.
        if (!Number.isFinite(scales[key]) && !Number.isFinite(y.data)) continue
        expect(ulps(y.data, expected, Math.min(scales[key]!, Number.MAX_VALUE)), what).toBeLessThanOrEqual(
          ULPS,
        )
      }
    })
  }
})
