/** The text of queries: what is shared, what is refused, how deep and how long they get. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { compile, objective } from '../../src/compile/index.js'
import { primitive, type Unary } from '../../src/core/primitive.js'
import { dot, exp, mul, sin, softplus, sum } from '../../src/core/primitives.js'
import { column, type Value, value } from '../../src/core/value.js'
import { duckdb, type Form, postgres, spark, sqlObjective, toSql } from '../../src/sql/index.js'
import { rows } from '../support/rows.js'
import { type Database, databases } from './engines.js'

const dialects = [duckdb, postgres, spark]

const programOf = (outputs: readonly Value[], inputs: readonly Value[] = []) =>
  compile([...outputs], { inputs: [...inputs], reduce: 'sum', engine: 'interpreter' }).program

describe('toSql', () => {
  const w = value(0.5, 'w')
  const [x, y] = [column('x'), column('y')]

  it('says which dialect is wanted', () => {
    const program = programOf([x])
    const wanted = 'wanted { dialect } with one such as duckdb from chainrule/sql'
    expect(() => toSql(program, undefined as never)).toThrow(`toSql: the dialect is undefined; ${wanted}`)
    expect(() => toSql(program, { dialect: 'mysql' as never, table: 't' })).toThrow(
      `toSql: the dialect is the string "mysql"; ${wanted}`,
    )
    expect(() => toSql(compile(x, { inputs: [] }) as never, { dialect: duckdb, table: 't' })).toThrow(
      'toSql: the program is an object of class CompiledProgram; wanted the program of what compile or objective gave',
    )
  })

  it('computes what is shared once, in a select of its own', () => {
    const shared = exp(w.mul(x))
    const query = toSql(programOf([shared.mul(shared).add(y)], [w]), {
      dialect: duckdb,
      table: ['main', 'points'],
    })
    expect(query.at([2])).toEqual({
      sql: `SELECT SUM(t2 * t2 + c2) AS o1, COUNT(*) AS used_rows
FROM (SELECT c2, exp(2e0 * c1) AS t2
FROM (SELECT CAST(source."x" AS DOUBLE) AS c1, CAST(source."y" AS DOUBLE) AS c2
FROM "main"."points" AS source
WHERE source."x" IS NOT NULL AND source."y" IS NOT NULL) AS r0) AS r1`,
      parameters: [],
    })
  })

  it('makes one of the literal factors of a product, unless that overflows', () => {
    const written = (y: Value): string =>
      toSql(programOf([y]), { dialect: spark, table: 't' })
        .at([])
        .sql.split('\n')[0]!
    expect(written(x.mul(0.5).mul(2).mul(-1))).toContain('SUM(-c1)')
    expect(written(mul(3, x.mul(5)))).toContain('SUM(15e0 * c1)')
    expect(written(x.mul(1e200).mul(1e200))).toContain('SUM(1e+200 * (1e+200 * c1))')
    expect(written(x.mul(5).mul(0))).toContain('SUM(0e0 * (5e0 * c1))')
  })

  it('hands over numbers, computed here, for what does not depend on the row', () => {
    const cube: Unary = primitive('cube', {
      evaluate: x => x * x * x,
      partials: [(_out, x) => mul(3, mul(x, x))],
    })
    const query = toSql(programOf([cube(w).mul(x), softplus(w), w], [w]), { dialect: postgres, table: 't' })
    expect(query.at([2]).sql).toContain('SUM(CAST($1 AS double precision) * c1)')
    expect(() => query.at(["1' AS DOUBLE)) --" as unknown as number])).toThrow(
      'is of type string; wanted a number',
    )
    expect(query.at([2]).parameters).toEqual(['8', String(softplus(2)), '2'])
    expect(query.at([-0]).parameters[2]).toBe('-0')
  })

  it('writes the numbers into the text where the dialect binds none', () => {
    const query = toSql(programOf([w.sub(x)], [w]), { dialect: spark, table: 't' })
    expect(query.at([-2])).toEqual({
      sql:
        'SELECT SUM(-2e0 - c1) AS o1, COUNT(*) AS used_rows\nFROM (SELECT CAST(source.`x` AS DOUBLE) AS c1\n' +
        'FROM `t` AS source\nWHERE source.`x` IS NOT NULL) AS r0',
      parameters: [],
    })
  })

  it('never writes two minus signs in a row, which begin a comment', () => {
    const program = programOf([x.neg().neg().sub(-1).sub(x.neg()).mul(-2).neg().min(w)], [w])
    for (const dialect of dialects) {
      expect(toSql(program, { dialect, table: 't' }).at([-3]).sql).not.toContain('--')
    }
  })

  it.each(dialects)('every row of the table has a form in $name', ({ forms }) => {
    expect(rows.map(row => row.name).filter(name => !Object.hasOwn(forms, name))).toEqual([])
  })

  it('refuses by name a primitive without a form, and takes one that is given', () => {
    const cube: Unary = primitive('cube', { evaluate: x => x * x * x, partials: [0] })
    const program = programOf([cube(x)])
    expect(() => toSql(program, { dialect: postgres, table: 't' })).toThrow(
      "'cube' has no form in PostgreSQL",
    )
    const taught = {
      ...duckdb,
      forms: { ...duckdb.forms, cube: ((sql, x) => sql.mul(x!, sql.mul(x!, x!))) satisfies Form },
    }
    expect(toSql(program, { dialect: taught, table: 't' }).at([]).sql).toContain('SUM(c1 * (c1 * c1))')
    const inherited: Unary = primitive('constructor', { evaluate: x => x, partials: [0] })
    expect(() => toSql(programOf([inherited(x)]), { dialect: duckdb, table: 't' })).toThrow(
      "'constructor' has no form",
    )
  })

  it('refuses by name a primitive of the user that is called like one of the table, even where it has a form', () => {
    const own: Unary = primitive('exp', { evaluate: x => x + 1, partials: [1] })
    const taught = { ...duckdb, forms: { ...duckdb.forms, exp: ((sql, x) => sql.add(x!, 1)) satisfies Form } }
    for (const dialect of [...dialects, taught]) {
      expect(() => toSql(programOf([own(x)]), { dialect, table: 't' })).toThrow(
        "toSql: the primitive 'exp' is one of yours, and chainrule has another of that name; give yours a name of its own",
      )
    }
    // What does not depend on the row is computed by the primitive itself.
    expect(
      toSql(programOf([own(w).mul(x)], [w]), { dialect: postgres, table: 't' }).at([2]).parameters,
    ).toEqual(['3'])
  })

  it('says what is wrong with a form that is no function', () => {
    const dialect = { ...duckdb, forms: { ...duckdb.forms, mul: 3 as never } }
    expect(() => toSql(programOf([x.mul(y)]), { dialect, table: 't' })).toThrow(
      "toSql: the form of 'mul' in DuckDB is the number 3; wanted a function, (sql, x) => …",
    )
  })

  const write = (options: object) => () =>
    toSql(programOf([x.mul(w)], [w]), { dialect: postgres, ...options })

  it.each([
    [{ table: '' }, 'the name of the table is the string ""; wanted a string that is not empty'],
    [{ table: 5 }, 'the name of the table is the number 5; wanted a string'],
    [{ table: null }, 'the name of the table is null; wanted a string'],
    [{ table: [] }, 'the table is an empty array; wanted its name'],
    [{ table: ['public', ''] }, 'the name of the table is the string ""'],
    [{}, 'got neither a table nor a subquery; wanted one of them'],
    [{ table: 't', subquery: 'SELECT 1' }, 'got both a table and a subquery; wanted one of them'],
    [{ subquery: ' ' }, 'the subquery is the string " "; wanted the text of a select'],
    [{ subquery: ['SELECT 1'] }, 'the subquery is an array of 1; wanted the text of a select'],
    [{ table: 'a\0b' }, 'the name of the table, "a\\u0000b", contains the character NUL'],
    [{ table: '\ud800' }, 'half of a surrogate pair'],
    [{ table: 'é'.repeat(32) }, 'more than 63 bytes, and PostgreSQL would cut it'],
    [
      { table: 't', columns: { x: 'c'.repeat(64) } },
      `the name of the column of 'x', "${'c'.repeat(64)}", has more than 63`,
    ],
    [{ table: 't', columns: { y: 'x' } }, "columns has 'y', but the program has no such column; it has 'x'"],
    [{ table: 't', columns: { x: 7 } }, "the name of the column of 'x' is the number 7; wanted a string"],
    [{ table: 't', columns: ['x'] }, "columns is an array of 1; wanted { label: 'name of the column' }"],
    [{ table: 't', columns: null }, 'columns is null; wanted'],
  ])('refuses %j', (options, message) => {
    expect(write(options)).toThrow(`toSql: ${message}`.replace(/^toSql: (more|half)/, '$1'))
  })

  it('takes as many bytes of a name as there may be, and wants a number for each input', () => {
    // 63 are kept, and one more is refused: above.
    expect(write({ table: `${'é'.repeat(31)}e` })).not.toThrow()
    expect(write({ table: `${'é'.repeat(31)}ee` })).toThrow('more than 63 bytes')
    expect(() => write({ table: 't' })().at([])).toThrow('got 0 inputs; the program has 1')
    for (const nothing of [undefined, null]) {
      expect(() => write({ table: 't' })().at(nothing as never)).toThrow(
        `SqlQuery.at: the inputs are ${nothing}; wanted a list of numbers, one for each of 1`,
      )
    }
  })

  it.each([
    ['width', 'WIDTH', [duckdb, spark]],
    ['é', 'É', [spark]],
    ['k', '\u212a', [spark]], // the sign of the kelvin
    ['straße', 'STRASSE', []],
    ['fi', '\ufb01', []],
    ['σ', 'ς', []],
  ])('%s and %s are one column to some engines, which are not asked for both', (one, other, refusing) => {
    const program = programOf([column(one).mul(column(other))])
    for (const dialect of dialects) {
      const write =
        (columns = {}) =>
        () =>
          toSql(program, { dialect, table: 't', columns })
      if (!(refusing as (typeof duckdb)[]).includes(dialect)) expect(write()).not.toThrow()
      else {
        expect(write()).toThrow(
          `toSql: the columns '${one}' and '${other}' are the same to ${dialect.name}, which does not tell capital letters`,
        )
        expect(write({ [other]: 'other' })).not.toThrow()
        // Two labels may stand for one column if it is meant.
        expect(write({ [other]: one })).not.toThrow()
      }
    }
  })

  it.each([
    // As many arguments overflow the stack of a call.
    ['a sum', 150_000, (terms: Value[]) => sum(terms)],
    ['a dot', 30_000, (terms: Value[]) => dot(terms, terms)],
    ['sums within a sum', 60_000, (terms: Value[]) => sum([sum(terms.slice(0, 30_000)), sum(terms)])],
    ['a chain', 60_000, (terms: Value[]) => terms.reduce((total, term) => total.add(term))],
  ])(
    'refuses %s of %i terms',
    (_name, count, make) => {
      const program = programOf([make(Array.from({ length: count }, (_, i) => x.sub(i)))])
      expect(() => toSql(program, { dialect: duckdb, table: 't' })).toThrow(
        /the query would have more than 50000 operations|the program is too deep for DuckDB, which nests no more/,
      )
    },
    60_000,
  )
})

/** A chain in which every link is used twice, and its gradient. */
function chain(links: number): Value[] {
  const w = value(0.9, 'w')
  let out: Value = column('x')
  for (let i = 0; i < links; i++) out = sin(out.mul(w)).add(out)
  return [out, ...gradient(out, [w])]
}

/** Layers of 10 neurons, each seeing the whole layer before. */
function layers(): Value[] {
  const weights = Array.from({ length: 4 }, (_, i) => value(0.1 * (i + 1), `w${i}`))
  let layer: Value[] = [column('x'), column('y')]
  for (let depth = 0; depth < 3; depth++) {
    layer = Array.from({ length: 10 }, (_, i) =>
      layer.reduce((sum: Value, node, k) => sum.add(weights[(i + k) % 4]!.mul(node)), weights[i % 4]!).tanh(),
    )
  }
  const loss = layer.reduce((sum, node) => sum.add(node))
  return [loss, ...gradient(loss, weights)]
}

const large: [string, Value[]][] = [
  ['a chain of shared links', chain(70)],
  ['layers', layers()],
  [
    'a long sum',
    [Array.from({ length: 500 }, (_, i) => column('x').mul(i)).reduce((sum: Value, x) => sum.add(x))],
  ],
  ['a sum of a list', [sum(Array.from({ length: 250 }, (_, i) => column('x').mul(i)))]],
  [
    'a long product',
    [Array.from({ length: 500 }, (_, i) => i).reduce((out: Value, i) => out.mul(1 + i / 1e6), column('x'))],
  ],
]

describe.each(databases)('%s', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
  }, 60_000)
  afterAll(() => database.close())

  it.each(large)(
    'takes %s of about 500 operations in less than 100 KB',
    async (_name, outputs) => {
      const leaves = [...new Set(outputs.flatMap(output => leavesOf(output)))]
      const compiled = compile(outputs, { inputs: leaves, reduce: 'sum' })
      const { program } = compiled
      expect(program.instructions.length).toBeGreaterThan(450)
      const numbers = leaves.map(({ data }) => data)
      const subquery = 'SELECT 0.25e0 AS x, -0.5e0 AS y UNION ALL SELECT 0.75e0, 0.125e0'
      for (const dialect of dialects) {
        const { sql } = toSql(program, { dialect, subquery }).at(numbers)
        expect(sql.length).toBeLessThan(100_000)
      }
      const { sql, parameters } = toSql(program, { dialect: database.dialect, subquery }).at(numbers)
      const [row] = await database.query(sql, parameters)
      const data = { x: [0.25, 0.75], y: [-0.5, 0.125] }
      const bound = compiled.bind(Object.fromEntries(program.columns.map(name => [name, data[name as 'x']])))
      bound.run(numbers).forEach((wanted, i) => {
        expect(Math.abs(Number(row![`o${i + 1}`]) - wanted)).toBeLessThanOrEqual(1e-12 * Math.abs(wanted))
      })
    },
    60_000,
  )

  it('evaluates shared expressions once: 60 links of doubling would otherwise take 2^60 steps', async () => {
    let out: Value = column('x')
    for (let i = 0; i < 60; i++) out = out.mul(out).mul(0.5).add(0.3)
    const { sql, parameters } = toSql(programOf([out]), {
      dialect: database.dialect,
      subquery: 'SELECT 0.25e0 AS x',
    }).at([])
    const [row] = await database.query(sql, parameters)
    let wanted = 0.25
    for (let i = 0; i < 60; i++) wanted = wanted * wanted * 0.5 + 0.3
    expect(Number(row!.o1)).toBe(wanted)
  }, 60_000)

  it('has as two columns what is not refused as one', async () => {
    const pairs = [
      ['é', 'É'],
      ['k', '\u212a'],
      ['straße', 'STRASSE'],
      ['fi', '\ufb01'],
      ['σ', 'ς'],
    ] as const
    for (const [one, other] of pairs) {
      const { sql } = toSql(programOf([column(one).mul(10).add(column(other))]), {
        dialect: database.dialect,
        subquery: `SELECT 1e0 AS "${one}", 2e0 AS "${other}"`,
      }).at([])
      expect(Number((await database.query(sql, []))[0]!.o1), other).toBe(12)
    }
  })

  it('leaves out rows with a NULL in a column that is read, and counts them', async () => {
    const w = value(2, 'w')
    const error = w.mul(column('x')).sub(column('y'))
    const compiled = objective(error.mul(error), { parameters: [w], reduce: 'mean' })
    const subquery =
      'SELECT 1e0 AS x, 5e0 AS y, 1 AS unread UNION ALL SELECT NULL, 1, 1 UNION ALL SELECT 1, NULL, 1 UNION ALL SELECT 3, 5, NULL'
    const query = toSql(compiled.program, { dialect: database.dialect, subquery })
    const told: object[] = []
    const atDatabase = sqlObjective(
      query,
      async (sql, parameters) => (await database.query(sql, parameters))[0]!,
      { onEvaluation: evaluation => told.push(evaluation) },
    )
    const gradientOut = new Float64Array(1)
    expect(await atDatabase([2], gradientOut)).toBe((9 + 1) / 2)
    expect([...gradientOut]).toEqual([(-6 + 6) / 2])
    expect(told).toEqual([{ loss: 5, rows: 2, skipped: 2, milliseconds: expect.any(Number) }])
    expect(compiled.bind({ x: [1, 3], y: [5, 5] })([2], gradientOut)).toBe(5)
    expect([...gradientOut]).toEqual([0])
  })

  it.each(['sum', 'mean'] as const)('gives of no rows the %s that memory gives', async reduce => {
    const compiled = compile(column('x'), { inputs: [], reduce })
    const query = toSql(compiled.program, {
      dialect: database.dialect,
      subquery: 'SELECT 1e0 AS x WHERE 1 = 0',
    })
    const loss = sqlObjective(query, async (sql, parameters) => (await database.query(sql, parameters))[0]!)
    // Added to 0, since in memory a sum begins with -0.
    expect(await loss([])).toBe(0 + compiled.bind({ x: [] }).run([])[0]!)
  })

  it('adds 5,000 terms of a list in groups, which parsers do not nest too deep', async () => {
    const program = programOf([sum(Array.from({ length: 5000 }, (_, i) => column('x').sub(i)))])
    const { sql, parameters } = toSql(program, {
      dialect: database.dialect,
      subquery: 'SELECT 1e0 AS x',
    }).at([])
    const [row] = await database.query(sql, parameters)
    expect(Number(row!.o1)).toBe(5000 - (4999 * 5000) / 2)
  }, 60_000)
})

function leavesOf(output: Value): Value[] {
  const found = new Set<Value>()
  const seen = new Set<Value>()
  const stack = [output]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (node.kind === 'value') found.add(node)
    for (const input of node.inputs) if (typeof input !== 'number') stack.push(input)
  }
  return [...found]
}
