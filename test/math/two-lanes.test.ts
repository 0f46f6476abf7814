import { describe, expect, it } from 'vitest'
import { definitions } from '../../src/math/definitions/index.js'
import * as generated from '../../src/math/generated/functions.js'
import * as rare from '../../src/math/rare.js'
import { points } from '../support/points.js'
import { twoLanes } from '../support/two-lanes.js'

type Functions = Record<string, (...operands: number[]) => number>

const COUNT = 20_000

describe('two WebAssembly lanes made from the same steps give the same bits as', () => {
  it.each(definitions.map(definition => [definition.name, definition] as const))('%s', (name, definition) => {
    const f = (generated as unknown as Functions)[name]!
    const lanes = twoLanes(definition, (rare as unknown as Functions)[`${name}Rare`]!, COUNT)
    const width = definition.parameters.length
    const operands = points(name, COUNT, 7)
    for (let i = 0; i < COUNT; i++) {
      lanes.x[i] = operands[width * i]!
      lanes.y[i] = operands[width * i + width - 1]!
    }
    lanes.run(COUNT)
    const different: number[][] = []
    for (let i = 0; i < COUNT; i++) {
      const own = [...operands.subarray(width * i, width * (i + 1))]
      const expected = f(...own)
      if (!Object.is(expected, lanes.out[i])) different.push([...own, expected, lanes.out[i]!])
    }
    expect(different).toEqual([])
  })
})
