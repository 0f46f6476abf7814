/** What an objective does with the rows it is given, without a database. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { compile, objective } from '../../src/compile/index.js'
import { column, value } from '../../src/core/value.js'
import { gaussNewton, minimizeAsync, normalEquations } from '../../src/fit/index.js'
import { duckdb, sqlObjective, toSql } from '../../src/sql/index.js'
import { openDuckDB } from './engines.js'

const [w, b] = [value(0, 'w'), value(0, 'b')]
const residual = w.mul(column('x')).add(b).sub(column('y'))
const { program } = objective(residual.mul(residual), { parameters: [w, b] })
const query = toSql(program, { dialect: duckdb, table: 't' })

describe('sqlObjective', () => {
  it('takes rows as arrays or objects, of numbers, text or bigints', async () => {
    for (const row of [[5, '-1.5', 2, 3n], { o1: 5, o2: -1.5, o3: '2', used_rows: '3' }]) {
      const gradientOut = new Float64Array(2)
      expect(await sqlObjective(query, async () => row)([1, 2], gradientOut)).toBe(5)
      expect([...gradientOut]).toEqual([-1.5, 2])
    }
  })

  it('reads numbers as engines write them, and no other text', async () => {
    const read = (o1: unknown): Promise<number> => sqlObjective(query, async () => [o1, 0, 0, 3])([1, 2])
    const texts = ['1.50', '-2e-3', '+.5E1', '7.', 'inf', '-Infinity', 'Infinity', '-inf', 'NaN', 'nan']
    const wanted = [1.5, -0.002, 5, 7, Infinity, -Infinity, Infinity, -Infinity, NaN, NaN]
    expect(await Promise.all(texts.map(read))).toEqual(wanted)
    for (const text of ['0x10', '', ' ', '1,5', '1 2', 'x', '1e', '.']) {
      await expect(read(text), text).rejects.toThrow(
        `sqlObjective: column 'o1' of the result is the string ${JSON.stringify(text)}; wanted a number`,
      )
    }
  })

  it('checks what it is to write to, before it asks the database', async () => {
    const asked: string[] = []
    const loss = sqlObjective(query, async sql => {
      asked.push(sql)
      return [5, -1.5, 2, 3]
    })
    await expect(loss([1, 2], new Float64Array(1))).rejects.toThrow(
      'sqlObjective: gradientOut is of length 1; wanted a Float64Array of 2 or more',
    )
    await expect(loss([1, 2], [0, 0] as never)).rejects.toThrow(
      'sqlObjective: gradientOut is an array of 2; wanted a Float64Array of 2 or more',
    )
    const products = compile(normalEquations(residual, [w, b]), { inputs: [w, b], reduce: 'sum' }).program
    const withMatrix = sqlObjective(toSql(products, { dialect: duckdb, table: 't' }), async () => [])
    await expect(withMatrix([1, 2], new Float64Array(2), new Float64Array(3))).rejects.toThrow(
      'sqlObjective: curvatureOut is of length 3; wanted a Float64Array of 4 or more',
    )
    expect(asked).toEqual([])
  })

  it('leaves retries to its caller, and asks again for a count that failed', async () => {
    let calls = 0
    const told: number[] = []
    const flaky = sqlObjective(
      query,
      async sql => {
        if (++calls % 2 === 1) throw new Error('connection lost')
        return sql.includes('skipped_rows') ? [7] : [5, -1.5, 2, 3]
      },
      { onEvaluation: ({ skipped }) => told.push(skipped) },
    )
    await expect(flaky([1, 2])).rejects.toThrow('connection lost')
    await expect(flaky([1, 2])).rejects.toThrow('connection lost')
    calls = 1
    const steady = sqlObjective(query, async sql => (sql.includes('skipped_rows') ? [7] : [5, -1.5, 2, 3]), {
      onEvaluation: ({ skipped }) => told.push(skipped),
    })
    expect([await steady([1, 2]), await steady([1, 2])]).toEqual([5, 5])
    expect(told).toEqual([7, 7])
  })

  it('says what is wrong with a row, a query or a matrix that is not there', async () => {
    for (const row of [undefined, [], {}, [null, 1, 2, 3], { o1: 'x' }]) {
      await expect(sqlObjective(query, async () => row as never)([1, 2])).rejects.toThrow('wanted a number')
    }
    const two = toSql(compile([w, b], { inputs: [w, b], reduce: 'sum' }).program, {
      dialect: duckdb,
      table: 't',
    })
    expect(() => sqlObjective(two, async () => [])).toThrow('2 outputs for 2 inputs; wanted 3')
    const matrix = new Float64Array(4)
    await expect(sqlObjective(query, async () => [5, 1, 2, 3])([1, 2], undefined, matrix)).rejects.toThrow(
      'no matrix',
    )
  })

  it('gives Gauss and Newton their sums: a line through three points, in two steps', async () => {
    const database = await openDuckDB()
    const sums = compile(normalEquations(residual, [w, b]), { inputs: [w, b], reduce: 'sum' })
    const subquery = 'SELECT 0 AS x, 1 AS y UNION ALL SELECT 1, 3 UNION ALL SELECT 2, 5'
    const atDatabase = sqlObjective(
      toSql(sums.program, { dialect: duckdb, subquery }),
      async (sql, parameters) => (await database.query(sql, parameters))[0]!,
    )
    const { parameters, steps } = await minimizeAsync(atDatabase, {
      parameters: [0, 0],
      optimizer: gaussNewton(),
    })
    expect(steps).toBeLessThan(10)
    expect(parameters[0]).toBeCloseTo(2, 9)
    expect(parameters[1]).toBeCloseTo(1, 9)
    await database.close()
  })
})
