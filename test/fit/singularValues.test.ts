import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { singularValues } from '../../src/fit/linear/singularValues.js'
import { inner } from '../../src/fit/linear/vectors.js'

const matrices = fc.integer({ min: 1, max: 6 }).chain(size =>
  fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  }),
)

describe('singular values', () => {
  it('A = U S V, with orthogonal U and V, and S in order', () => {
    fc.assert(
      fc.property(matrices, columns => {
        const matrix = columns.map(column => Float64Array.from(column))
        const { singular, left, right } = singularValues(matrix)
        const size = matrix.length
        // Rotations lose an ulp or two each of what they turn; there are some hundreds of them.
        const tolerance = 1e-13
        for (let j = 0; j < size; j++) {
          for (let i = 0; i < size; i++) {
            const product = singular.reduce((t, s, k) => t + left[k]![i]! * s * right[k]![j]!, 0)
            expect(Math.abs(product - matrix[j]![i]!)).toBeLessThan(tolerance)
            expect(Math.abs(inner(right[i]!, right[j]!) - (i === j ? 1 : 0))).toBeLessThan(tolerance)
            if (singular[i]! > 0 && singular[j]! > 0) {
              // Of lengths near rounding only the direction is rounding as well.
              const both = Math.min(singular[i]!, singular[j]!) > 1e-3
              if (both) expect(Math.abs(inner(left[i]!, left[j]!) - (i === j ? 1 : 0))).toBeLessThan(1e-12)
            }
          }
          if (j > 0) expect(singular[j]).toBeLessThanOrEqual(singular[j - 1]!)
        }
      }),
    )
  })

  it('a short column keeps its digits', () => {
    // [1, 1; 0, 1] with its second column 1e-40 times as long: S is 1 and 1e-40, to first order.
    const { singular } = singularValues([Float64Array.of(1, 0), Float64Array.of(1e-40, 1e-40)])
    expect([...singular]).toEqual([1, 1e-40])
  })

  it('of zeros, and of one number', () => {
    const zeros = singularValues([Float64Array.of(0, 0), Float64Array.of(0, 0)])
    expect([...zeros.singular]).toEqual([0, 0])
    expect([...zeros.left[0]!]).toEqual([0, 0])
    expect([...singularValues([Float64Array.of(-3)]).singular]).toEqual([3])
  })
})
