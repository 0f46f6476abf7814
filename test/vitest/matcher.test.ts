import { describe, expect, it } from 'vitest'
import '../../src/vitest/index.js'
import { mul, primitive, softplus, type Value } from '../../src/index.js'

describe('toHaveCorrectGradients', () => {
  it('passes for right gradients', () => {
    expect((w: Value, b: Value) => softplus(mul(w, 2)).add(b)).toHaveCorrectGradients([0.3, -1])
    expect(softplus).toHaveCorrectGradients(0.5, { order: 2 })
  })

  it('fails with both numbers and the name of the input', () => {
    const bad = primitive('bad', { evaluate: x => x * x, partials: ['x'], samples: [[1]] })
    expect(() => expect(bad).toHaveCorrectGradients(3)).toThrow(
      /df\/dx: reverse mode gives 3, differences give 6/,
    )
    expect(bad).not.toHaveCorrectGradients(3)
  })
})
