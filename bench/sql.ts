/**
 * `npm run bench:sql [-- --rows N]`: the gradient of the 2-2-2 network over ten million rows of a Parquet file, in DuckDB.
 * Against the same sums written by hand; how the cost grows with the rows; how much memory it takes.
 *
 * Times are processor time over all threads: other work on the machine does not count in it. The two queries take turns,
 * as in paired.ts.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { column, sigmoid, square, sub, type Value, value } from 'chainrule'
import { objective } from 'chainrule/compile'
import { duckdb, type SqlStatement, toSql } from 'chainrule/sql'
import { median } from './paired.js'

type Eight<T> = [T, T, T, T, T, T, T, T]
const WEIGHTS = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55]
const HIDDEN_BIAS = 0.35
const OUTPUT_BIAS = 0.6

/** The network of the example two-two-two, over columns. */
function generated(file: string): SqlStatement {
  const weights = WEIGHTS.map((w, i) => value(w, `w${i + 1}`))
  const [w1, w2, w3, w4, w5, w6, w7, w8] = weights as Eight<Value>
  const [i1, i2] = [column('i1'), column('i2')]
  const h1 = sigmoid(w1.mul(i1).add(w2.mul(i2)).add(HIDDEN_BIAS))
  const h2 = sigmoid(w3.mul(i1).add(w4.mul(i2)).add(HIDDEN_BIAS))
  const o1 = sigmoid(w5.mul(h1).add(w6.mul(h2)).add(OUTPUT_BIAS))
  const o2 = sigmoid(w7.mul(h1).add(w8.mul(h2)).add(OUTPUT_BIAS))
  const error = square(sub(column('target1'), o1))
    .mul(0.5)
    .add(square(sub(column('target2'), o2)).mul(0.5))
  return toSql(objective(error, { parameters: weights }).program, { dialect: duckdb, table: file }).at(
    WEIGHTS,
  )
}

/** What someone who knows the chain rule and SQL would write. */
function handWritten(file: string): SqlStatement {
  const [w1, w2, w3, w4, w5, w6, w7, w8] = WEIGHTS.map(w => `${w}::DOUBLE`)
  const sql = `
SELECT SUM(0.5::DOUBLE * ((o1 - target1) * (o1 - target1) + (o2 - target2) * (o2 - target2))),
  SUM(g1 * i1), SUM(g1 * i2), SUM(g2 * i1), SUM(g2 * i2), SUM(d1 * h1), SUM(d1 * h2), SUM(d2 * h1), SUM(d2 * h2), COUNT(*)
FROM (SELECT *, (d1 * ${w5} + d2 * ${w7}) * h1 * (1 - h1) AS g1, (d1 * ${w6} + d2 * ${w8}) * h2 * (1 - h2) AS g2
FROM (SELECT *, (o1 - target1) * o1 * (1 - o1) AS d1, (o2 - target2) * o2 * (1 - o2) AS d2
FROM (SELECT *, 1 / (1 + exp(-(${w5} * h1 + ${w6} * h2 + ${OUTPUT_BIAS}::DOUBLE))) AS o1,
  1 / (1 + exp(-(${w7} * h1 + ${w8} * h2 + ${OUTPUT_BIAS}::DOUBLE))) AS o2
FROM (SELECT *, 1 / (1 + exp(-(${w1} * i1 + ${w2} * i2 + ${HIDDEN_BIAS}::DOUBLE))) AS h1,
  1 / (1 + exp(-(${w3} * i1 + ${w4} * i2 + ${HIDDEN_BIAS}::DOUBLE))) AS h2
FROM '${file}'))))`
  return { sql, parameters: [] }
}

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000000' }, 'memory-of': { type: 'string' } },
})
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()

async function run({ sql, parameters }: SqlStatement): Promise<readonly unknown[]> {
  return (await connection.runAndReadAll(sql, [...parameters])).getRowsJS()[0]!
}

/** Milliseconds of processor time. */
async function costOf(statement: SqlStatement): Promise<number> {
  const before = process.cpuUsage()
  await run(statement)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

if (values['memory-of'] !== undefined) {
  // A process of its own, since the peak of a process never goes down.
  const before = process.memoryUsage.rss()
  await run(generated(values['memory-of']))
  console.log(process.resourceUsage().maxRSS * 1024 - before)
} else {
  const rows = Number(values.rows)
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-sql-'))
  try {
    await measure(rows, folder)
  } finally {
    connection.closeSync()
    rmSync(folder, { recursive: true })
  }
}

async function measure(rows: number, folder: string): Promise<void> {
  const sizes = [rows / 100, rows / 10, rows]
  const files = sizes.map(size => join(folder, `${size}.parquet`))
  for (const [i, file] of files.entries()) {
    const uniform = (salt: number): string =>
      `(hash(i * 4 + ${salt}) % 9007199254740881)::DOUBLE / 9007199254740881`
    const columns = ['i1', 'i2', 'target1', 'target2'].map((name, salt) => `${uniform(salt)} AS ${name}`)
    await run({
      sql: `COPY (SELECT ${columns.join(', ')} FROM range(${sizes[i]}) AS numbers(i)) TO '${file}' (FORMAT parquet)`,
      parameters: [],
    })
  }
  const file = files[2]!
  const queries = { generated: generated(file), byHand: handWritten(file) }
  console.log(
    `The 2-2-2 network: ${queries.generated.sql.length} characters of SQL; ${rows} rows, ${megabytes(statSync(file).size)}`,
  )

  const [found, wanted] = [await run(queries.generated), await run(queries.byHand)]
  const apart = found.map((x, i) => Math.abs(Number(x) / Number(wanted[i]) - 1))
  console.log(`by hand the same sums, to ${Math.max(...apart).toExponential(1)} relatively`)

  const ratios: number[] = []
  const control: number[] = []
  for (let round = 0; round < 5; round++) {
    const forth = [
      await costOf(queries.generated),
      await costOf(queries.byHand),
      await costOf(queries.generated),
    ]
    const back = [
      await costOf(queries.generated),
      await costOf(queries.byHand),
      await costOf(queries.generated),
    ]
    ratios.push((forth[0]! + back[2]!) / (forth[1]! + back[1]!))
    control.push((forth[0]! + back[2]!) / (forth[2]! + back[0]!))
  }
  console.log(
    `against hand-written SQL: ${median(ratios).toFixed(2)} (control ${median(control).toFixed(2)})`,
  )

  // Of 100,000 rows one thread reads all, and the others wait actively: processor time would count that.
  await run({ sql: 'SET threads = 1', parameters: [] })
  const statements = files.map(generated)
  const perRow: number[][] = sizes.map(() => [])
  for (let round = 0; round < 5; round++) {
    for (const [i, statement] of statements.entries()) {
      // As many rows of each size, in up to ten calls.
      const calls = Math.min(10, rows / sizes[i]!)
      let cost = 0
      for (let call = 0; call < calls; call++) cost += await costOf(statement)
      perRow[i]!.push((1e6 * cost) / calls / sizes[i]!)
    }
  }
  sizes.forEach((size, i) => {
    const growth = median(perRow[i]!.map((cost, round) => cost / perRow[2]![round]!))
    console.log(
      `${String(size).padStart(10)} rows: ${median(perRow[i]!).toFixed(0)} ns a row, ${growth.toFixed(2)} of the largest`,
    )
  })
  await run({ sql: 'RESET threads', parameters: [] })
  const start = performance.now()
  await run(queries.generated)
  console.log(
    `a step takes ${((performance.now() - start) / 1000).toFixed(2)} s on this machine as it is now`,
  )

  const script = fileURLToPath(import.meta.url)
  const peak = Number(
    execFileSync(process.execPath, [...process.execArgv, script, '--memory-of', file], { encoding: 'utf8' }),
  )
  console.log(`memory at its peak: ${megabytes(peak)} for ${megabytes(32 * rows)} of doubles`)
}
