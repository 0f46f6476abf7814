/**
 * Fitting where the rows lie: a logistic and a softplus model over ten million rows of a Parquet file. The model is an
 * expression as ever; its loss and gradient become one SQL query, DuckDB answers it, and the optimiser never sees a row.
 */

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { column, gradient, softplus, type Value, value } from 'chainrule'
import { compile, objective } from 'chainrule/compile'
import { gaussNewton, lbfgs, minimize, minimizeAsync, normalEquations, type Optimizer } from 'chainrule/fit'
import { duckdb, sqlObjective, toSql } from 'chainrule/sql'
import { createChecks } from '../shared/checks.js'
import { type Database, makePatients, openDatabase } from './database.js'

const HELP = `Usage: npm run example:sql -- [--rows N]

  --rows N   how many rows the file gets  (default EXAMPLE_SQL_ROWS, or 10,000,000)`

const { values } = parseArgs({ options: { rows: { type: 'string' }, help: { type: 'boolean' } } })
const rows = Number(values.rows ?? process.env.EXAMPLE_SQL_ROWS ?? 10_000_000)
if (values.help || !Number.isInteger(rows) || rows < 100) {
  console.log(HELP)
  process.exit(values.help ? 0 : 1)
}

const check = createChecks()
const folder = mkdtempSync(join(tmpdir(), 'chainrule-sql-'))
const file = join(folder, 'patients.parquet')
const database = await openDatabase()
try {
  const { seconds } = await timed(() => makePatients(database, file, rows))
  const megabytes = (statSync(file).size / 1e6).toFixed(0)
  console.log(`${count(rows)} patients in a Parquet file of ${megabytes} MB, made in ${seconds} s`)

  // Whether a patient recovers: the cross-entropy of a logistic model, from the logit so that no digits are lost.
  const logistic = [value(0, 'perDosage'), value(0, 'perAge'), value(0, 'intercept')] as const
  const [perDosage, perAge, intercept] = logistic
  const logit = perDosage
    .mul(column('dosage'))
    .add(perAge.mul(column('age')))
    .add(intercept)
  const crossEntropy = softplus(logit).sub(column('recovered').mul(logit))
  await fitBothWays(database, {
    title: 'Recovery: a logistic model, by L-BFGS',
    parameters: logistic,
    outputs: [crossEntropy, ...gradient(crossEntropy, logistic)],
    // An engine adds in another order each time, so the last digits of a sum are noise.
    optimizer: lbfgs({ gradientTolerance: 1e-8, rounding: 1e-12 }),
  })

  // The response: a curve that bends once. Of squares more can be added up, and it takes a fraction of the queries.
  const bend = [value(1, 'w1'), value(-1, 'b1'), value(1, 'w2'), value(0, 'b2')] as const
  const [w1, b1, w2, b2] = bend
  const predicted = w2.mul(softplus(w1.mul(column('dosage')).add(b1))).add(b2)
  const residual = predicted.sub(column('response'))
  await fitBothWays(database, {
    title: 'Response: w2 * softplus(w1 * dosage + b1) + b2, by Gauss and Newton',
    parameters: bend,
    outputs: normalEquations(residual, bend),
    optimizer: gaussNewton(),
  })
} finally {
  database.close()
  rmSync(folder, { recursive: true })
}
check.finish()

interface Task {
  readonly title: string
  readonly parameters: readonly Value[]
  /** The loss of a row, its gradient, and what else the optimiser wants added up. */
  readonly outputs: readonly Value[]
  readonly optimizer: Optimizer
}

/** Fits a model by SQL, prints how it goes, and compares with the same fit over rows in memory. */
async function fitBothWays(
  database: Database,
  { title, parameters, outputs, optimizer }: Task,
): Promise<void> {
  const labels = parameters.map(({ label }) => label!)
  const start = parameters.map(({ data }) => data)

  const { program } = compile([...outputs], { inputs: parameters, reduce: 'mean' })
  const query = toSql(program, { dialect: duckdb, table: file })
  console.log(`\n${title}\n\n${indent(query.at(start).sql.replaceAll(file, 'patients.parquet'))}\n`)

  let evaluations = 0
  let milliseconds = 0
  let skipped = 0
  const atDatabase = sqlObjective(query, database.row, {
    onEvaluation: evaluation => {
      evaluations++
      milliseconds += evaluation.milliseconds
      skipped = evaluation.skipped
    },
  })
  const fitted = await minimizeAsync(atDatabase, {
    parameters: start,
    optimizer,
    onStep: ({ step, loss, parameters }) => {
      const numbers = [...parameters].map((p, i) => `${labels[i]} ${p.toFixed(5)}`)
      console.log(`  step ${String(step).padStart(2)}   loss ${loss.toFixed(9)}   ${numbers.join('  ')}`)
    },
  })
  const perRow = (1e6 * milliseconds) / evaluations / (rows - skipped)
  console.log(`  ${fitted.reason}
  ${evaluations} queries, ${(milliseconds / evaluations).toFixed(0)} ms each: ${perRow.toFixed(1)} ns a row; ${count(skipped)} rows skipped, with a NULL`)

  const compiled = objective(outputs[0]!, { parameters, reduce: 'mean' })
  const names = compiled.program.columns
  const where = names.map(name => `"${name}" IS NOT NULL`).join(' AND ')
  const data = await database.columns(
    `SELECT ${names.map(name => `"${name}"`).join(', ')} FROM "${file}" WHERE ${where}`,
  )
  const bound = compiled.bind(Object.fromEntries(names.map((name, i) => [name, data[i]!])))
  const { result: inMemory, seconds } = await timed(async () => minimize(bound, { parameters: start }))
  console.log(`
  ${'parameter'.padEnd(12)}${'by SQL'.padStart(16)}${'in memory'.padStart(16)}`)
  let apart = 0
  labels.forEach((label, i) => {
    const [found, wanted] = [fitted.parameters[i]!, inMemory.parameters[i]!]
    console.log(`  ${label.padEnd(12)}${found.toFixed(9).padStart(16)}${wanted.toFixed(9).padStart(16)}`)
    // Where the loss is flat to its last digit, parameters are settled to the root of that.
    check.equal(`${title}: ${label}`, difference(found, wanted, 1e-6), 'none')
    apart = Math.max(apart, Math.abs(found / wanted - 1))
  })
  console.log(`  in memory: ${bound.engine}, ${inMemory.evaluations} evaluations in ${seconds} s
  the two answers agree to ${apart.toExponential(1)} of each parameter`)
  check.equal(`${title}: the loss`, difference(fitted.loss, inMemory.loss, 1e-10), 'none')
  check.equal(`${title}: rows`, bound.rows + skipped, rows)
  compiled.dispose()
}

/** Rounding both to so many digits would tell neighbours apart. */
function difference(found: number, wanted: number, tolerance: number): string {
  const apart = Math.abs(found / wanted - 1)
  return apart < tolerance ? 'none' : `${apart} of it`
}

async function timed<T>(task: () => Promise<T>): Promise<{ result: T; seconds: string }> {
  const start = performance.now()
  const result = await task()
  return { result, seconds: ((performance.now() - start) / 1000).toFixed(1) }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
