import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/index.js'
import { expand, inline } from '../../src/compile/passes/expand.js'
import { tableRow } from '../../src/core/primitive.js'
import { column } from '../../src/index.js'
import { definitions } from '../../src/math/definitions/index.js'
import * as generated from '../../src/math/generated/functions.js'
import { points } from '../support/points.js'

type Functions = Record<string, (...operands: number[]) => number>

const COUNT = 20_000

describe('two WebAssembly lanes made from the same steps give the same bits as', () => {
  it.each(definitions.map(definition => [definition.name, definition] as const))('%s', (name, definition) => {
    const f = (generated as unknown as Functions)[name]!
    const labels = definition.parameters
    const all = points(name, COUNT, 7)
    const operands = labels.map((_, k) =>
      Float64Array.from({ length: COUNT }, (_, i) => all[labels.length * i + k]!),
    )
    const rule = { evaluate: f, partials: labels.map(() => 0) }
    const row = tableRow(name, rule as never) as unknown as (...columns: unknown[]) => never
    const program = compile(row(...labels.map(label => column(label))), {
      inputs: [],
      engine: 'wasm',
      lanes: 2,
    })
    const { instructions } = inline(expand(program.program))
    expect(instructions.filter(({ operation }) => operation.kind === 'host')).toEqual([])
    const bound = program.bind(Object.fromEntries(labels.map((label, k) => [label, operands[k]!])))
    const found = bound.run([])
    const different: number[][] = []
    for (let i = 0; i < COUNT; i++) {
      const own = operands.map(column => column[i]!)
      const expected = f(...own)
      if (!Object.is(expected, found[i])) different.push([...own, expected, found[i]!])
    }
    expect(different).toEqual([])
  })
})
