/** Sparse Jacobians and Hessians: their patterns, their colours, and their entries against dense derivatives. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../src/calculus/gradient.js'
import { tangent } from '../../src/calculus/tangent.js'
import { type Pattern, sparseHessian, sparseJacobian } from '../../src/compile/index.js'
import { colourColumns, starColouring } from '../../src/compile/sparse/colouring.js'
import { patternOf, transposed } from '../../src/compile/sparse/pattern.js'
import { add, mul, sum, where } from '../../src/core/primitives.js'
import { column, type Operand, type Value, value } from '../../src/core/value.js'
import { compiledEngines } from '../support/compile.js'
import { apply, rows as table } from '../support/rows.js'
import { samplesOf } from '../support/samples.js'
import { same } from '../support/ulp.js'

const leaves = (n: number): Value[] => Array.from({ length: n }, (_, i) => value(Math.sin(i + 1), `x${i}`))
const total = (terms: readonly Operand[]): Value => terms.reduce((x, y) => add(x, y)) as Value

/** The pattern row by row. */
function listed({ rowStarts, columns }: Pattern): number[][] {
  return Array.from({ length: rowStarts.length - 1 }, (_, i) => [
    ...columns.subarray(rowStarts[i], rowStarts[i + 1]),
  ])
}

/** x_{i+1} - x_i^2 weighed by 100 and 1 - x_i, squared and added up: H. H. Rosenbrock (1960), chained. */
function rosenbrock(xs: readonly Value[]): Value {
  return total(
    xs.slice(1).map((x, i) => {
      const before = xs[i]!
      return add(mul(100, x.sub(before.square()).square()), before.mul(-1).add(1).square())
    }),
  )
}

describe('patterns', () => {
  it('of an arrow: a dense first row and column, and the diagonal', () => {
    const xs = leaves(6)
    const [hub, ...rest] = xs as [Value, ...Value[]]
    const { pattern, colours } = sparseHessian(total(rest.map(x => mul(hub, x).sin())), { inputs: xs })
    expect(listed(pattern)).toEqual([
      [0, 1, 2, 3, 4, 5],
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [0, 5],
    ])
    expect(colours).toBe(2)
  })

  it('of blocks', () => {
    const xs = leaves(6)
    const blocks = [xs.slice(0, 2), xs.slice(2, 3), xs.slice(3)]
    const { pattern, colours } = sparseHessian(total(blocks.map(block => sum(block).exp())), { inputs: xs })
    expect(listed(pattern)).toEqual([[0, 1], [0, 1], [2], [3, 4, 5], [3, 4, 5], [3, 4, 5]])
    expect(colours).toBe(3)
  })

  it('of a chain, as triplets and as compressed rows', () => {
    const xs = leaves(4)
    const { pattern } = sparseHessian(rosenbrock(xs), { inputs: xs })
    expect([...pattern.rows]).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3])
    expect([...pattern.columns]).toEqual([0, 1, 0, 1, 2, 1, 2, 3, 2, 3])
    expect([...pattern.rowStarts]).toEqual([0, 2, 5, 8, 10])
    expect(pattern.shape).toEqual([4, 4])
  })

  it('have no entry where a rule has none', () => {
    const xs = leaves(4) as [Value, Value, Value, Value]
    const [a, b, c, d] = xs
    const hessianOf = (y: Value): number[][] => listed(sparseHessian(y, { inputs: xs }).pattern)
    expect(hessianOf(a.add(b).sub(c.mul(3)).add(d.div(2)))).toEqual([[], [], [], []])
    expect(hessianOf(a.mul(b).add(c))).toEqual([[1], [0], [], []])
    expect(hessianOf(a.div(b))).toEqual([[1], [0, 1], [], []])
    expect(hessianOf(where(a.gt(0), b.square(), c))).toEqual([[], [1], [], []])
    expect(hessianOf(a.floor().mul(b.abs()).mul(c))).toEqual([[], [2], [1], []])
    expect(hessianOf(d.relu())).toEqual([[], [], [], []])
    const { pattern } = sparseJacobian([a, b.sign(), mul(c, d), 7], { inputs: xs })
    expect(listed(pattern)).toEqual([[0], [], [2, 3], []])
  })

  it('hold every derivative of every row that is not 0, and are symmetric', () => {
    for (const row of table) {
      for (const sample of samplesOf(row)) {
        const xs = sample.map(x => value(x))
        const slopes = gradient(apply(row, xs) as Value, xs)
        const pattern = patternOf(slopes, xs)
        expect(listed(transposed(pattern).pattern), row.name).toEqual(listed(pattern))
        slopes.forEach((slope, i) => {
          gradient(slope, xs).forEach((curvature, j) => {
            const entry = Number.isNaN(curvature.data) ? 0 : curvature.data
            if (entry !== 0) expect(listed(pattern)[i], `${row.name} at ${sample}`).toContain(j)
          })
        })
      }
    }
  })
})

// ── Colours ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A random pattern; `isSymmetric` makes it one of a Hessian, with the whole diagonal. */
const patterns = (isSymmetric: boolean): fc.Arbitrary<Pattern> =>
  fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 })).chain(([m, n]) =>
    fc
      .array(fc.tuple(fc.nat(m - 1), fc.nat((isSymmetric ? m : n) - 1)), { maxLength: 3 * m })
      .map(entries => {
        const width = isSymmetric ? m : n
        const cells = Array.from({ length: m }, () => new Set<number>())
        for (const [i, j] of entries) {
          cells[i]!.add(j)
          if (isSymmetric) cells[j]!.add(i).add(j)
          if (isSymmetric) cells[i]!.add(i)
        }
        const inRows = cells.map(cell => [...cell].sort((a, b) => a - b))
        const rowStarts = [0]
        for (const row of inRows) rowStarts.push(rowStarts.at(-1)! + row.length)
        return {
          shape: [m, width],
          rows: Int32Array.from(inRows.flatMap((row, i) => row.map(() => i))),
          columns: Int32Array.from(inRows.flat()),
          rowStarts: Int32Array.from(rowStarts),
        } as const
      }),
  )

describe('colours', () => {
  it('of columns differ within each row', () => {
    fc.assert(
      fc.property(patterns(false), pattern => {
        const { colours } = colourColumns(pattern, transposed(pattern).pattern)
        for (const row of listed(pattern)) {
          expect(new Set(row.map(j => colours[j])).size).toBe(row.length)
          for (const j of row) expect(colours[j]).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of stars differ between neighbours, and no path of four has two', () => {
    fc.assert(
      fc.property(patterns(true), pattern => {
        const { colours } = starColouring(pattern)
        const around = listed(pattern).map((row, i) => row.filter(j => j !== i))
        around.forEach((neighbours, b) => {
          for (const a of neighbours) {
            expect(colours[a]).not.toBe(colours[b])
            for (const c of neighbours) {
              if (c === a) continue
              for (const d of around[c]!) {
                if (d === b) continue
                expect(new Set([a, b, c, d].map(v => colours[v])).size).toBeGreaterThan(2)
              }
            }
          }
        })
      }),
      { numRuns: 500 },
    )
  })
})

// ── Entries ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** A sum of terms over few inputs each, with smooth rows in them. */
const separable = fc.array(
  fc.tuple(
    fc.constantFrom('sin', 'exp', 'square', 'sigmoid', 'atan'),
    fc.array(fc.nat(7), { minLength: 1, maxLength: 3 }),
  ),
  { minLength: 1, maxLength: 8 },
)

function termsOf(recipe: readonly (readonly [string, readonly number[]])[], xs: readonly Value[]): Value[] {
  return recipe.map(([name, which]) => {
    const product = which.map(i => xs[i]!).reduce((x, y) => mul(x, y))
    return (product as unknown as Record<string, () => Value>)[name]!()
  })
}

describe.each(compiledEngines)('entries by %s', engine => {
  it('of Hessians are those of the dense one, to the rounding of another order', () => {
    fc.assert(
      fc.property(separable, recipe => {
        const xs = leaves(8)
        const f = total(termsOf(recipe, xs))
        const sparse = sparseHessian(f, { inputs: xs, engine })
        const { pattern } = sparse
        const values = sparse.run(xs.map(({ data }) => data))
        expect(sparse.engine).toBe(engine)
        const dense = gradient(f, xs).map(slope => gradient(slope, xs).map(({ data }) => data))
        const size = dense.flat().reduce((most, x) => Math.max(most, Math.abs(x)), 1)
        const seen = dense.map(row => row.map(() => 0))
        pattern.rows.forEach((i, k) => {
          seen[i]![pattern.columns[k]!] = values[k]!
        })
        // Forward over reverse adds in another order than reverse over reverse: some ulp of the largest term.
        dense.forEach((row, i) => {
          row.forEach((entry, j) => {
            expect(Math.abs(seen[i]![j]! - entry)).toBeLessThanOrEqual(1e-14 * size)
            expect(seen[i]![j]).toBe(seen[j]![i])
          })
        })
      }),
      { numRuns: 60 },
    )
  })

  it('of Jacobians have the bits of one sweep for each column', () => {
    fc.assert(
      fc.property(separable, recipe => {
        const xs = leaves(8)
        const ys = termsOf(recipe, xs)
        const sparse = sparseJacobian(ys, { inputs: xs, engine })
        const values = sparse.run(xs.map(({ data }) => data))
        const { rows, columns } = sparse.pattern
        expect(values.length).toBe(rows.length)
        expect(sparse.colours).toBeLessThanOrEqual(Math.min(ys.length, xs.length))
        rows.forEach((i, k) => {
          const x = xs[columns[k]!]!
          const [forward, reverse] = [tangent(ys[i]!, [x], [1]).data, gradient(ys[i]!, [x])[0]!.data]
          expect(same(values[k]!, forward) || same(values[k]!, reverse)).toBe(true)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('of the rows of a data set are added up', () => {
    const [a, b] = leaves(2) as [Value, Value]
    const loss = a.mul(column('t')).square().add(b.square())
    const sparse = sparseHessian(loss, { inputs: [a, b], reduce: 'sum', engine })
    expect(listed(sparse.pattern)).toEqual([[0], [1]])
    expect([...sparse.bind({ t: [1, 2, 3] }).run([5, 5])]).toEqual([28, 6])
  })

  it('of a chain of 2,000 variables are those by hand, and grow with their number', () => {
    const made = [1000, 2000].map(n => {
      const xs = leaves(n)
      return sparseHessian(rosenbrock(xs), { inputs: xs, engine })
    })
    const [half, whole] = made as [(typeof made)[0], (typeof made)[0]]
    expect(whole.engine).toBe(engine)
    expect(whole.colours).toBe(3)
    expect(whole.pattern.columns.length).toBe(3 * 2000 - 2)
    // An arithmetic progression, up to what little the ends differ.
    const [few, many] = [half, whole].map(({ program }) => program.instructions.length) as [number, number]
    expect(many / few).toBeCloseTo(2, 2)
    const x = Float64Array.from({ length: 2000 }, (_, i) => Math.cos(i))
    const values = whole.run(x)
    whole.pattern.rows.forEach((i, k) => {
      const j = whole.pattern.columns[k]!
      const inner = 1200 * x[i]! ** 2 - 400 * (x[i + 1] ?? 0) + 2
      const byHand = i === j ? (i === 1999 ? 200 : i === 0 ? inner : inner + 200) : -400 * x[Math.min(i, j)]!
      // Terms up to 1,800 added in another order.
      expect(Math.abs(values[k]! - byHand)).toBeLessThan(1e-11)
    })
  }, 60_000)
})

it('says what it wants', () => {
  const x = value(1, 'x')
  const stray = value(2, 'stray')
  expect(() => sparseHessian(3 as unknown as Value, { inputs: [x] })).toThrow(
    'sparseHessian: the output is the number 3; wanted a Value',
  )
  expect(() => sparseHessian(x.mul(stray).mul(x), { inputs: [x] })).toThrow("'stray'")
  expect(() => sparseJacobian([x], {} as never)).toThrow('inputs')
})
