import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { triangular } from '../../src/fit/linear/triangle.js'

/** The lengths of columns are roots of sums of squares, which must be normal numbers or 0. */
const entry = fc.double({ min: -1, max: 1, noNaN: true }).map(x => (Math.abs(x) < 1e-150 ? 0 : x))
/** Fewer rows than columns, a block, several blocks and a rest. */
const shape = fc.tuple(fc.constantFrom(1, 2, 3, 255, 256, 257, 600), fc.integer({ min: 1, max: 5 }))

describe('a matrix folded into a triangle', () => {
  it('keeps inner products of columns with each other and with vectors', () => {
    const matrices = shape.chain(([rows, columns]) =>
      fc.tuple(
        fc.constant(rows),
        fc.constant(columns),
        fc.array(entry, { minLength: rows * columns, maxLength: rows * columns }),
        fc.array(entry, { minLength: rows, maxLength: rows }),
      ),
    )
    fc.assert(
      fc.property(matrices, ([rows, columns, entries, numbers]) => {
        const matrix = Float64Array.from(entries)
        const vector = Float64Array.from(numbers)
        const { triangle, project } = triangular(matrix.slice(), rows, columns)
        const column = (j: number): number[] => entries.slice(j * rows, (j + 1) * rows)
        const inner = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
          Array.from(x).reduce((t, a, i) => t + a * y[i]!, 0)
        // Each product is a sum of `rows` terms of at most 1; the reflections lose a few ulps of their size.
        const tolerance = 1e-14 * rows
        const projected = project(vector)
        for (let j = 0; j < columns; j++) {
          expect(triangle[j]!.slice(j + 1).every(x => x === 0)).toBe(true)
          for (let k = 0; k < columns; k++) {
            expect(
              Math.abs(inner(triangle[j]!, triangle[k]!) - inner(column(j), column(k))),
            ).toBeLessThanOrEqual(tolerance)
          }
          expect(Math.abs(inner(triangle[j]!, projected) - inner(column(j), vector))).toBeLessThanOrEqual(
            tolerance,
          )
        }
        expect(inner(projected, projected)).toBeLessThanOrEqual(inner(vector, vector) + tolerance)
      }),
      { numRuns: 60 },
    )
  })

  it('projects a column onto its own coordinates, at once for all', () => {
    const matrix = Float64Array.of(1, 2, 3, 4, 0, 1, 0, 1)
    const { triangle, project } = triangular(matrix.slice(), 4, 2)
    const second = project(matrix.slice(4))
    expect(second[0]).toBeCloseTo(triangle[1]![0]!, 15)
    expect(second[1]).toBeCloseTo(triangle[1]![1]!, 15)
  })

  it('has a zero row for a column of zeros, and NaN where the matrix has one', () => {
    const zeros = triangular(Float64Array.of(0, 0, 1, 2), 2, 2)
    expect(zeros.triangle.map(column => column[0])).toEqual([0, 0])
    expect(Math.abs(zeros.triangle[1]![1]!)).toBe(Math.sqrt(5))
    const nan = triangular(Float64Array.of(1, Number.NaN, 1, 2), 2, 2)
    expect(nan.triangle.some(column => column.some(Number.isNaN))).toBe(true)
  })
})
