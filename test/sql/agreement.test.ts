/** What the databases compute is what the compiled program computes: every primitive, random programs. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import type { Primitive } from '../../src/core/value.js'
import { column, type Value } from '../../src/core/value.js'
import { toSql } from '../../src/sql/index.js'
import { points, randomProblem } from '../support/compile.js'
import { random } from '../support/points.js'
import { apply, rows } from '../support/rows.js'
import { samplesOf } from '../support/samples.js'
import { type Database, databases } from './engines.js'
import { evaluateWithErrors } from './rounding.js'

/** The sums that a query gives. */
async function sums(
  database: Database,
  program: Parameters<typeof toSql>[0],
  subquery: string,
  point: readonly number[] = [],
) {
  const { sql, parameters } = toSql(program, { dialect: database.dialect, subquery }).at(point)
  const [row] = await database.query(sql, parameters)
  return {
    rows: Number(row!.used_rows),
    outputs: program.outputs.map((_, i) => Number(row![`o${i + 1}`])),
  }
}

/** Rows of numbers as a select. */
function select(
  { dialect }: Database,
  names: readonly string[],
  data: readonly (readonly number[])[],
): string {
  const row = (numbers: readonly number[]): string =>
    `SELECT ${numbers.map((x, i) => `${dialect.number(x)} AS "${names[i]}"`).join(', ')}`
  return data.map(row).join(' UNION ALL ')
}

/** A row of the table over columns, and its gradient. */
function valueAndGradient(row: Primitive, count: number): { xs: Value[]; outputs: Value[] } {
  const xs = Array.from({ length: count }, (_, i) => column(`x${i}`))
  const out = apply(row, xs) as Value
  return { xs, outputs: [out, ...gradient(out, xs)] }
}

describe.each(databases)('%s', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  }, 60_000)
  afterAll(() => database.close())

  it.each(rows.map(row => [row.name, row] as const))(
    '%s: value and gradient agree to 1e-12 at every sample and special value where they are finite and normal',
    async (_name, row) => {
      let compared = 0
      for (const point of points(row)) {
        const { xs, outputs } = valueAndGradient(row, point.length)
        const compiled = compile(outputs, { inputs: [], reduce: 'sum' })
        const { program } = compiled
        const data = program.columns.map(label => point[xs.findIndex(x => x.label === label)]!)
        if (evaluateWithErrors(program, [], data) === undefined) continue
        const labels = xs.map(({ label }) => label!)
        const got = await sums(database, program, select(database, labels, [point]))
        const bound = Object.fromEntries(labels.map((label, i) => [label, [point[i]!]]))
        const wanted =
          program.columns.length === 0
            ? compiled.run([])
            : compiled.bind(pick(bound, program.columns)).run([])
        got.outputs.forEach((x, i) => {
          const difference = Math.abs(x - wanted[i]!)
          expect(
            difference,
            `${row.name}(${point}): output ${i} is ${x}, wanted ${wanted[i]}`,
          ).toBeLessThanOrEqual(1e-12 * Math.abs(wanted[i]!))
        })
        compiled.dispose()
        compared++
      }
      expect(compared).toBeGreaterThanOrEqual(samplesOf(row).length / 2)
    },
    60_000,
  )

  // Some 20 operations are rounded, and the square in the exponent, up to 4^2, by 2^-53 of itself.
  it.each(['erf', 'erfc'])(
    '%s: every digit on both sides of the borders of its approximations',
    async name => {
      const row = rows.find(row => row.name === name)!
      const y = apply(row, [column('x')]) as Value
      const compiled = compile([y], { inputs: [], reduce: 'sum' })
      const { sql } = toSql(compiled.program, { dialect: database.dialect, table: 't' }).at([])
      for (const border of [0.46875, 4]) {
        expect(sql).toContain(`<= ${database.dialect.number(border)} THEN`)
        for (const shift of [-0.1, -0.01, -Number.EPSILON, 0, Number.EPSILON, 0.01, 0.05, 0.1, 0.3]) {
          for (const x of [border * (1 + shift), -border * (1 + shift)]) {
            const { outputs } = await sums(database, compiled.program, select(database, ['x'], [[x]]))
            const [wanted] = compiled.bind({ x: [x] }).run([])
            const error = Math.abs(outputs[0]! / wanted! - 1)
            expect(error, `${name}(${x})`).toBeLessThanOrEqual(border === 4 ? 5e-15 : 1e-15)
          }
        }
      }
    },
  )

  it('random programs: sums of values, first and second derivatives', async () => {
    const r = random(8)
    let programs = 0
    for (let n = 0; n < 150; n++) {
      const { inputs, outputs, point, data } = randomProblem(r, 1 + Math.floor(40 * r.unit()))
      const compiled = compile([...outputs], { inputs: [...inputs], reduce: 'sum' })
      const { columns } = compiled.program
      if (columns.length === 0) continue
      const length = Math.min(data[columns[0]!]!.length, 10)
      const all = Array.from({ length }, (_, i) => columns.map(label => data[label]![i]!))
      const kept = all.flatMap(row => {
        const bounded = evaluateWithErrors(compiled.program, point, row)
        return bounded === undefined ? [] : [{ row, errors: bounded.errors }]
      })
      if (kept.length === 0) continue
      const got = await sums(
        database,
        compiled.program,
        select(
          database,
          columns,
          kept.map(({ row }) => row),
        ),
        point,
      )
      const bound = Object.fromEntries(columns.map((label, c) => [label, kept.map(({ row }) => row[c]!)]))
      const wanted = compiled.bind(bound).run(point)
      expect(got.rows).toBe(kept.length)
      got.outputs.forEach((x, o) => {
        const error = kept.reduce((total, { errors }) => total + errors[o]!, 0)
        expect(
          Math.abs(x - wanted[o]!),
          `program ${n}, output ${o}: ${x}, wanted ${wanted[o]}`,
        ).toBeLessThanOrEqual(1e-12 * Math.abs(wanted[o]!) + error)
      })
      compiled.dispose()
      programs++
    }
    expect(programs).toBeGreaterThan(30)
  }, 120_000)
})

function pick(data: Readonly<Record<string, number[]>>, labels: readonly string[]): Record<string, number[]> {
  return Object.fromEntries(labels.map(label => [label, data[label]!]))
}
