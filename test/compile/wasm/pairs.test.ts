import '../../../src/index.js'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../../src/calculus/gradient.js'
import { pairUp } from '../../../src/compile/engines/wasm/pairs.js'
import { compile } from '../../../src/compile/index.js'
import { blocksIn, blocksOf } from '../../../src/compile/loops/blocks.js'
import { expand } from '../../../src/compile/passes/expand.js'
import { lower } from '../../../src/compile/passes/lower.js'
import { simplify } from '../../../src/compile/passes/simplify.js'
import type { Program } from '../../../src/compile/program/program.js'
import { type Value, value } from '../../../src/core/value.js'

function blockOf(outputs: readonly Value[], inputs: readonly Value[]): Program {
  const [block, ...others] = blocksIn(blocksOf(expand(simplify(lower(outputs, inputs)))).once)
  expect(others).toEqual([])
  return block!.program
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
    const program = blockOf([loss, ...gradient(loss, leaves)], leaves)
    const { twins, lanes } = pairUp(program)
    const computed = [...program.instructions.keys()].filter(
      place => program.instructions[place]!.operands.length > 0,
    )
    const paired = computed.filter(place => twins[place] !== -1)
    // All of a unit has a twin in another one; the sum has none, nor has the unit that is left over.
    const share = (2 * Math.floor(units / 2)) / units
    expect(paired.length).toBeGreaterThan(0.9 * share * computed.length)
    for (const place of paired) {
      const twin = twins[place]!
      expect(twins[twin]).toBe(place)
      expect(lanes[twin]).toBe(1 - lanes[place]!)
      const [x, y] = [program.instructions[place]!.operation, program.instructions[twin]!.operation]
      expect(x.kind === 'step' ? { ...x } : x.kind).toEqual(y.kind === 'step' ? { ...y } : y.kind)
    }
  })

  it('need no circle: what one needs of the other is no twin of it', () => {
    const x = value(0.5, 'x')
    let y: Value = x
    for (let i = 0; i < 50; i++) y = y.mul(y).add(x)
    const program = blockOf([y], [x])
    const { twins } = pairUp(program)
    expect([...twins].every(twin => twin === -1)).toBe(true)
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
