/** Names are data: whatever stands in them, a query reads the table and columns of these names and nothing else. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import '../../src/index.js'
import { compile, objective } from '../../src/compile/index.js'
import { column, value } from '../../src/core/value.js'
import { toSql } from '../../src/sql/index.js'
import { type Database, databases } from './engines.js'

const NASTY = [
  '"',
  '""',
  "'",
  "''",
  '`',
  ';',
  '--',
  '/*',
  '*/',
  '\\',
  '\n',
  '\r',
  '\t',
  '$1',
  '?',
  ':x',
  '%s',
  '(',
  ')',
  ',',
  '.',
  '*',
  ' ',
  'é',
  'e\u0301',
  'ß',
  '名',
  '🦆',
  '\u200b',
  '\u202e',
  'U&',
  'select',
  'FROM',
  'null',
  'source',
  'c1',
  't1',
  'r0',
  'o1',
  'used_rows',
  "'; DROP TABLE victim; --",
  '"; DROP TABLE victim; --',
  '" OR 1=1 --',
  '") AS source --',
  '*/ 1 /*',
  "' || 'x",
]

/** Names made of nasty pieces and of any characters, of at most 63 bytes, without NUL. */
const name = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map(pieces => pieces.join('').replaceAll(/\0|\p{Surrogate}/gu, ''))
  .filter(text => text !== '' && Buffer.byteLength(text) <= 63)

/** DuckDB takes names that differ in case for the same. */
const names = fc.uniqueArray(name, {
  minLength: 5,
  maxLength: 5,
  selector: text => text.toUpperCase().toLowerCase(),
})

/** The quoting of the SQL standard, written again. */
const quoted = (text: string): string => `"${text.split('"').join('""')}"`

describe.each(databases)('%s', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
    await database.query('CREATE TABLE victim AS SELECT 42 AS secret')
  }, 60_000)
  afterAll(() => database.close())

  it('reads the columns meant, whatever tables, columns and labels are called', async () => {
    const property = fc.asyncProperty(names, async ([table, x, y, decoy, label]) => {
      const create = `CREATE TABLE ${quoted(table!)} AS SELECT 3e0 AS ${quoted(decoy!)}, 5e0 AS ${quoted(x!)}, 7e0 AS ${quoted(y!)}`
      await database.query(create)
      try {
        const w = value(0, label!)
        const loss = objective(w.mul(column(x!)).sub(column('other')).as(decoy!), { parameters: [w] })
        const query = toSql(loss.program, {
          dialect: database.dialect,
          table: table!,
          columns: { other: y! },
        })
        const { sql, parameters } = query.at([2])
        const [row] = await database.query(sql, parameters)
        expect([Number(row!.o1), Number(row!.o2), Number(row!.used_rows)]).toEqual([3, 5, 1])
        expect(Number((await database.query(query.skipped))[0]!.skipped_rows)).toBe(0)
        loss.dispose()
      } finally {
        await database.query(`DROP TABLE ${quoted(table!)}`)
      }
    })
    await fc.assert(property, { numRuns: 200, seed: 20261122 })
    expect(await database.query('SELECT secret FROM victim')).toEqual([{ secret: 42 }])
  }, 120_000)

  it('takes columns called like its own names, and a struct called like its own table', async () => {
    const own = ['c2', 'c1', 't1', 'source', 'used_rows', 'o1']
    const select = `SELECT ${own.map((text, i) => `${i + 1}e0 AS "${text}"`).join(', ')}`
    const columns = own.map(column)
    const square = columns[0]!.mul(columns[1]!)
    const total = columns.reduce((sum, x) => sum.add(x), square.mul(square))
    const { program } = compile(total, { inputs: [], reduce: 'sum' })
    const { sql, parameters } = toSql(program, {
      dialect: database.dialect,
      subquery: `${select} -- the rows`,
    }).at([])
    expect(Number((await database.query(sql, parameters))[0]!.o1)).toBe(25)
  })

  it('reads numbers back to the same bits, in the text and as parameters', async () => {
    const view = new DataView(new ArrayBuffer(8))
    const anyDouble = fc.array(fc.nat(255), { minLength: 8, maxLength: 8 }).map(bytes => {
      bytes.forEach((byte, i) => {
        view.setUint8(i, byte)
      })
      return view.getFloat64(0)
    })
    const special = [
      0,
      -0,
      1,
      0.1,
      5e-324,
      -2.2250738585072014e-308,
      Number.MAX_VALUE,
      2 ** 53 + 2,
      Infinity,
      -Infinity,
      NaN,
    ]
    const drawn = fc.sample(fc.oneof(anyDouble, fc.double()), { numRuns: 500, seed: 1 })
    const { dialect } = database
    // Their sum is no use for -0: it is read as 1 / x.
    const inverse = (x: number): number => (x === 0 ? 1 / x : x)
    for (let from = 0; from < drawn.length; from += 50) {
      const numbers = [...special, ...drawn.slice(from, from + 50)]
      const inText = numbers.map((x, i) => `${dialect.number(x)} AS a${i}`)
      const { placeholder } = dialect
      const bound = placeholder === undefined ? [] : numbers.map((_, i) => `${placeholder(i + 1)} AS b${i}`)
      const [row] = await database.query(
        `SELECT ${[...inText, ...bound].join(', ')}`,
        bound.map((_, i) => (Object.is(numbers[i], -0) ? '-0' : String(numbers[i]))),
      )
      numbers.forEach((x, i) => {
        expect(inverse(Number(row![`a${i}`])), `${x} as text`).toBe(inverse(x))
        if (i < bound.length) expect(inverse(Number(row![`b${i}`])), `${x} as a parameter`).toBe(inverse(x))
      })
    }
  })
})
