/** Every row of the table in WebAssembly, alone and in lanes, against its own value. */

import '../../../src/index.js'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../../src/calculus/gradient.js'
import { wasm } from '../../../src/compile/engines/wasm/index.js'
import { formsOf } from '../../../src/compile/forms.js'
import { compile } from '../../../src/compile/index.js'
import { lower } from '../../../src/compile/passes/lower.js'
import { simplify } from '../../../src/compile/passes/simplify.js'
import { gt, lt, where } from '../../../src/core/primitives.js'
import type { Primitive } from '../../../src/core/value.js'
import { column, type Operand, type Value, value } from '../../../src/core/value.js'
import { points } from '../../support/compile.js'
import { apply, rows } from '../../support/rows.js'

function evaluate(row: Primitive, operands: readonly number[]): number {
  const f = row.evaluate as unknown as (...given: unknown[]) => number
  return row.arity === undefined ? f(operands) : f(...operands)
}

const compiled = (outputs: readonly Operand[], inputs: readonly Value[]) =>
  formsOf(simplify(lower(outputs, inputs)))

const byLength = (all: readonly (readonly number[])[]) =>
  [...new Set(all.map(point => point.length))].map(length => all.filter(point => point.length === length))

describe('every row of the table', () => {
  it.each(rows.map(row => [row.name, row] as const))('%s', (_name, row) => {
    for (const list of byLength(points(row))) {
      const arity = list[0]!.length
      const expected = list.map(point => evaluate(row, point))
      const inputs = Array.from({ length: arity }, (_, i) => value(0.5, `x${i}`))
      const single = wasm.create(compiled([apply(row, inputs)], inputs), {
        reduction: 'sum',
        lanes: undefined,
      })
      const out = new Float64Array(1)
      const found = list.map(point => {
        single.run(Float64Array.from(point), out, undefined, 0, 1)
        return out[0]
      })
      expect(found).toEqual(expected.map(x => x))
      const columns = inputs.map((_, i) => column(`x${i}`))
      const program = compiled([apply(row, columns)], [])
      const bound = {
        columns: program.steps.columns.map(label =>
          Float64Array.from(list, point => point[Number(label.slice(1))]!),
        ),
        rows: list.length,
        version: 0,
      }
      for (const lanes of [1, 2] as const) {
        const kernel = wasm.create(program, { reduction: 'none', lanes })
        const all = new Float64Array(list.length)
        kernel.run(new Float64Array(0), all, bound, 0, list.length)
        expect([...all]).toEqual(expected)
        kernel.run(new Float64Array(0), all, bound, 1, list.length)
        expect([...all.subarray(0, -1)]).toEqual(expected.slice(1))
      }
    }
  })
})

describe('programs of many functions', () => {
  it.each([1, 2] as const)('in %i lanes hand values and conditions to each other', lanes => {
    const [x, y, w] = [column('x'), column('y'), value(0.7, 'w')]
    let u: Value = x.mul(w)
    let v: Value = y.add(w)
    for (let i = 0; i < 20; i++) {
      const which = gt(u, v)
      const next = where(which, u.sigmoid(), v.sin()).add(i % 5 === 0 ? u.atan() : v.tanh())
      v = where(lt(u, w), u.log(), where(which, v, u))
        .abs()
        .add(1)
        .log()
        .add(u.mul(0.1))
      u = next
    }
    const outputs = [u, v, w.exp(), ...gradient(u, [w])]
    const rows = 205
    const data = {
      x: Float64Array.from({ length: rows }, (_, i) => (i - 100) / 10),
      y: Float64Array.from({ length: rows }, (_, i) => (i % 61 === 0 ? Number.NaN : i % 97)),
    }
    for (const reduce of ['none', 'sum'] as const) {
      const options = { inputs: [w], reduce }
      const run = (engine: 'wasm' | 'interpreter') =>
        compile(outputs, { ...options, engine, lanes })
          .bind(data)
          .run([0.7], undefined, 3, 204)
      expect(run('wasm')).toEqual(run('interpreter'))
    }
  })
})
