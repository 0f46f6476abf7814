/** Every row of the table as a program: what it means does not change on the way from the graph to IEEE steps. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { expand, inline } from '../../src/compile/passes/expand.js'
import { lower } from '../../src/compile/passes/lower.js'
import { simplify } from '../../src/compile/passes/simplify.js'
import { check } from '../../src/compile/program/check.js'
import { evaluate } from '../../src/compile/program/evaluate.js'
import { value } from '../../src/core/value.js'
import { points } from '../support/compile.js'
import { apply, rows } from '../support/rows.js'
import { same } from '../support/ulp.js'

describe.each(rows.map(row => [row.name, row] as const))('%s', (_name, row) => {
  it('has the bits of the eager function after every pass, at samples and special values', () => {
    for (const point of points(row)) {
      const xs = point.map((x, i) => value(x, `x${i}`))
      const out = apply(row, xs)
      const outputs = [out, ...gradient(out as never, xs)]
      const lowered = lower(outputs, xs)
      const simplified = simplify(lowered)
      const programs = {
        lowered,
        simplified,
        inlined: inline(expand(simplified)),
        called: expand(simplified),
      }
      const wanted = outputs.map(output => (typeof output === 'number' ? output : output.data))
      for (const [pass, program] of Object.entries(programs)) {
        check(program)
        const got = evaluate(program, point)
        expect(
          got.every((x, i) => same(x, wanted[i]!)),
          `${pass} at ${point}: ${got}, wanted ${wanted}`,
        ).toBe(true)
      }
    }
  })
})
