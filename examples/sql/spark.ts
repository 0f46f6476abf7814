/**
 * `npm run spark:sql [-- --rows N]`: the logistic model of the SQL example, fitted by a real Spark cluster: a standalone master with
 * two workers, on this machine. It needs Java and Python's package pyspark (`pip install pyspark`), and says so if one is missing.
 * PYTHON names the interpreter, if it is not python3.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { column, softplus, value } from 'chainrule'
import { objective } from 'chainrule/compile'
import { lbfgs, minimize, minimizeAsync } from 'chainrule/fit'
import { spark, sqlObjective, toSql } from 'chainrule/sql'
import { makePatients, openDatabase } from './database.js'

const HOST = '127.0.0.1'
const PORT = 17_077
const MASTER = `spark://${HOST}:${PORT}`

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const rows = Number(values.rows)
const python = process.env.PYTHON ?? 'python3'
const home = sparkHome()
if (home !== undefined) await fitOnCluster(home)

/** Where pyspark keeps Spark; `undefined`, with a word on what is missing, if it cannot run. */
function sparkHome(): string | undefined {
  const quietly = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] } satisfies Parameters<
    typeof execFileSync
  >[2]
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
  } catch {
    console.log('No Spark here: there is no java on the path. Spark 4 wants Java 17 or later.')
    return undefined
  }
  try {
    return dirname(execFileSync(python, ['-c', 'import pyspark; print(pyspark.__file__)'], quietly).trim())
  } catch {
    console.log(`No Spark here: ${python} has no package pyspark. Try: pip install pyspark`)
    return undefined
  }
}

async function fitOnCluster(home: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-spark-'))
  const file = join(folder, 'patients.parquet')
  const database = await openDatabase()
  const processes: ChildProcess[] = []
  const start = (main: string, ...args: string[]): void => {
    const environment = { ...process.env, SPARK_HOME: home, SPARK_LOCAL_IP: HOST, SPARK_WORKER_DIR: folder }
    const command = ['--host', HOST, '--webui-port', '0', ...args]
    processes.push(
      spawn(join(home, 'bin', 'spark-class'), [`org.apache.spark.deploy.${main}`, ...command], {
        env: environment,
        stdio: 'ignore',
      }),
    )
  }
  try {
    await makePatients(database, file, rows)
    start('master.Master', '--port', String(PORT))
    for (let i = 0; i < 2; i++) start('worker.Worker', '--cores', '1', '--memory', '1g', MASTER)

    const bridge = spawn(python, [fileURLToPath(new URL('bridge.py', import.meta.url)), MASTER, file], {
      env: { ...process.env, SPARK_HOME: home, SPARK_LOCAL_IP: HOST },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    processes.push(bridge)
    const lines = createInterface({ input: bridge.stdout })[Symbol.asyncIterator]()
    const answer = async (): Promise<Record<string, unknown>> => {
      const { value, done } = await lines.next()
      if (done) throw new Error('Spark has gone')
      return JSON.parse(value)
    }
    const hello = await answer()
    console.log(`Spark ${hello.version}, ${MASTER}, 2 workers; ${rows.toLocaleString('en-US')} rows`)

    const parameters = [value(0, 'perDosage'), value(0, 'perAge'), value(0, 'intercept')] as const
    const [perDosage, perAge, intercept] = parameters
    const logit = perDosage
      .mul(column('dosage'))
      .add(perAge.mul(column('age')))
      .add(intercept)
    const loss = softplus(logit).sub(column('recovered').mul(logit))
    const compiled = objective(loss, { parameters, reduce: 'mean' })
    const query = toSql(compiled.program, { dialect: spark, table: 'patients' })
    const atCluster = sqlObjective(
      query,
      async sql => {
        bridge.stdin.write(`${JSON.stringify(sql)}\n`)
        const { row, error } = await answer()
        if (error !== undefined) throw new Error(String(error))
        return row as unknown[]
      },
      {
        onEvaluation: ({ loss, rows, skipped, milliseconds }) =>
          console.log(`  loss ${loss.toFixed(9)}  ${rows} rows, ${skipped} skipped, ${milliseconds} ms`),
      },
    )
    // A cluster adds in another order each time, so the last digits of a sum are noise.
    const optimizer = lbfgs({ gradientTolerance: 1e-8, rounding: 1e-12 })
    const found = await minimizeAsync(atCluster, { parameters: [0, 0, 0], optimizer })

    const names = compiled.program.columns
    const where = names.map(name => `"${name}" IS NOT NULL`).join(' AND ')
    const data = await database.columns(
      `SELECT ${names.map(name => `"${name}"`).join(', ')} FROM "${file}" WHERE ${where}`,
    )
    const bound = compiled.bind(Object.fromEntries(names.map((name, i) => [name, data[i]!])))
    const wanted = minimize(bound, { parameters: [0, 0, 0] })
    let apart = 0
    parameters.forEach(({ label }, i) => {
      console.log(
        `  ${label!.padEnd(12)}${found.parameters[i]!.toFixed(9)}  in memory ${wanted.parameters[i]!.toFixed(9)}`,
      )
      apart = Math.max(apart, Math.abs(found.parameters[i]! / wanted.parameters[i]! - 1))
    })
    console.log(
      `${found.reason}; ${found.evaluations} queries; parameters agree to ${apart.toExponential(1)}`,
    )
    if (!(apart < 1e-6)) process.exitCode = 1
    bridge.stdin.end()
  } finally {
    for (const child of processes) child.kill()
    database.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
