import '../../../src/index.js'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../../src/calculus/gradient.js'
import { pairUp } from '../../../src/compile/engines/wasm/pairs.js'
import { Plan } from '../../../src/compile/engines/wasm/plan.js'
import { compile } from '../../../src/compile/index.js'
import { expand } from '../../../src/compile/passes/expand.js'
import { hoist } from '../../../src/compile/passes/hoist.js'
import { lower } from '../../../src/compile/passes/lower.js'
import { simplify } from '../../../src/compile/passes/simplify.js'
import { type Value, value } from '../../../src/core/value.js'

function planOf(outputs: readonly Value[], inputs: readonly Value[]): Plan {
  return new Plan(hoist(expand(simplify(lower(outputs, inputs)), { inline: true })), 0)
}

/** The loss of a layer of softplus units, and its leaves. */
function layer(units: number): { readonly loss: Value; readonly leaves: readonly Value[] } {
  const leaves = Array.from({ length: 2 * units }, (_, i) => value(i / 4 - 0.3, `p${i}`))
  const outputs = Array.from({ length: units }, (_, i) =>
    leaves[2 * i]!.mul(0.75)
      .add(leaves[2 * i + 1]!)
      .softplus(),
  )
  const loss = outputs.reduce((sum, output) => sum.add(output)).square()
  return { loss, leaves }
}

describe('pairs', () => {
  it.each([2, 3, 6])('of a layer of %i units and its gradient', units => {
    const { loss, leaves } = layer(units)
    const plan = planOf([loss, ...gradient(loss, leaves)], leaves)
    const [piece] = plan.once
    const { twins, lanes } = pairUp(plan)
    const paired = piece!.filter(place => twins[place] !== -1)
    // All of a unit has a twin in another one; the sum has none, nor has the unit that is left over.
    const share = (2 * Math.floor(units / 2)) / units
    expect(paired.length).toBeGreaterThan(0.9 * share * piece!.length)
    for (const place of paired) {
      const twin = twins[place]!
      expect(twins[twin]).toBe(place)
      expect(lanes[twin]).toBe(1 - lanes[place]!)
      const [x, y] = [plan.operation(place), plan.operation(twin)]
      expect(x.kind === 'step' ? { ...x } : x.kind).toEqual(y.kind === 'step' ? { ...y } : y.kind)
    }
  })

  it('need no circle: what one needs of the other is no twin of it', () => {
    const x = value(0.5, 'x')
    let y: Value = x
    for (let i = 0; i < 50; i++) y = y.mul(y).add(x)
    const plan = planOf([y], [x])
    const { twins } = pairUp(plan)
    expect([...twins].every(twin => twin === -1)).toBe(true)
  })

  it('stay within a piece', () => {
    const { loss, leaves } = layer(60)
    const plan = planOf([loss, ...gradient(loss, leaves)], leaves)
    expect(plan.once.length).toBeGreaterThan(2)
    const { twins } = pairUp(plan)
    expect(twins.some(twin => twin !== -1)).toBe(true)
    twins.forEach((twin, place) => {
      if (twin !== -1) expect(plan.pieceOf[twin]).toBe(plan.pieceOf[place])
    })
  })

  // One lane may be beyond what the steps are made for, or not a number, while the other is not.
  it.each([2, 3, 60])('give the bits of the interpreter, %i units', units => {
    const { loss, leaves } = layer(units)
    const outputs = [loss, ...gradient(loss, leaves)]
    const interpreted = compile(outputs, { inputs: leaves, engine: 'interpreter' })
    const paired = compile(outputs, { inputs: leaves, engine: 'wasm' })
    const oneLane = compile(outputs, { inputs: leaves, engine: 'wasm', lanes: 1 })
    for (const special of [0, -0, 1e-300, -3, 710, -2000, Infinity, Number.NaN]) {
      for (const at of [0, 1, 2, 3]) {
        const point = leaves.map(({ data }, i) => (i === at ? special : data))
        const [truth, ...others] = [interpreted, paired, oneLane].map(compiled =>
          // The sign of zero is free in outputs
          Array.from(compiled.run(point), x => x + 0),
        )
        for (const results of others) expect(results).toEqual(truth)
      }
    }
  })
})
