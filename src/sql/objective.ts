import { describe } from '../core/describe.js'
import type { SqlQuery } from './toSql.js'

/**
 * Runs a statement and returns the one row of its result, as an object or an array. The numbers to bind to `$1`, `$2`, …
 * are given as text. This is the place for connections, retries and time limits: what it throws reaches the caller of the
 * objective.
 */
export type RunSql = (sql: string, parameters: readonly string[]) => Promise<SqlRow>

/**
 * A row of a result as drivers give it: a list of values in the order of the columns, or an object by their names.
 *
 * @example
 * const row: SqlRow = { o1: 34, o2: -26, o3: -16, used_rows: 2n }
 */
export type SqlRow = readonly unknown[] | { readonly [column: string]: unknown }

/**
 * What {@link sqlObjective} may be told.
 *
 * @example
 * sqlObjective(query, run, { onEvaluation: ({ loss, milliseconds }) => console.log(loss, milliseconds) })
 */
export interface SqlObjectiveOptions {
  /** Told of each evaluation when its result is there. */
  readonly onEvaluation?: (evaluation: SqlEvaluation) => void
}

/** One evaluation by the database. */
export interface SqlEvaluation {
  /** What the query gave. */
  readonly loss: number
  /** How many rows were added up. */
  readonly rows: number
  /** How many rows were left out since a column in use is NULL there. */
  readonly skipped: number
  /** From sending the query to having the row. */
  readonly milliseconds: number
}

/**
 * A loss that a database evaluates, for full-batch methods. The gradient is written to `gradientOut`; the matrix of
 * {@link sqlObjective}'s further outputs to `curvatureOut`, symmetric, n * n numbers.
 */
export type SqlObjective = (
  parameters: ArrayLike<number>,
  gradientOut?: Float64Array,
  curvatureOut?: Float64Array,
) => Promise<number>

/**
 * Makes an objective of a query: of the outputs, the first is the loss and the next are its derivatives by each input, as
 * in the program of `objective`. The upper triangle of a symmetric matrix may follow, row by row: J'J of least squares, or
 * the Hessian.
 *
 * Rows in which a column in use is NULL are left out. How many is asked once, with the first evaluation: it is a property of
 * the data. Over no rows, sums are 0 and means NaN, as in memory.
 *
 * @param query what `toSql` made
 * @param run sends a statement to the database
 * @throws Error if the number of outputs fits neither form; from the objective, what `run` throws, and if its row is none
 * @example
 * const loss = objective(error.square(), { parameters: [w, b] })
 * const query = toSql(loss.program, { dialect: duckdb, table: 'measurements' })
 * const atDatabase = sqlObjective(query, async (sql, parameters) => {
 *   const reader = await connection.runAndReadAll(sql, [...parameters])
 *   return reader.getRows()[0]!
 * })
 * const slope = new Float64Array(2)
 * await atDatabase([0, 0], slope)
 */
export function sqlObjective(query: SqlQuery, run: RunSql, options: SqlObjectiveOptions = {}): SqlObjective {
  const { onEvaluation } = options
  const size = query.inputs.length
  const triangle = (size * (size + 1)) / 2
  const hasCurvature = query.outputs === 1 + size + triangle
  if (query.outputs !== 1 + size && !hasCurvature) {
    throw new RangeError(
      `sqlObjective: the query has ${query.outputs} outputs for ${size} inputs; wanted ${1 + size}, the loss and its ` +
        `derivatives, as in objective(…).program, or ${1 + size + triangle} with the triangle of a matrix`,
    )
  }
  const ofNoRows = query.reduce === 'mean' ? Number.NaN : 0
  let skipped: Promise<number> | undefined

  async function countSkipped(): Promise<number> {
    const row = await run(query.skipped, [])
    return numberIn(row, 'skipped_rows', 0)
  }

  return async (parameters, gradientOut, curvatureOut) => {
    if (curvatureOut !== undefined && !hasCurvature) {
      throw new Error('sqlObjective: the query has no matrix among its outputs; leave curvatureOut out')
    }
    checkOut('gradientOut', gradientOut, size)
    checkOut('curvatureOut', curvatureOut, size * size)
    const { sql, parameters: numbers } = query.at(parameters)
    const start = Date.now()
    const row = await run(sql, numbers)
    const milliseconds = Date.now() - start
    const rows = numberIn(row, 'used_rows', query.outputs)
    // SQL's sum and mean of no rows are NULL.
    const output = (i: number): number => (rows === 0 ? ofNoRows : numberIn(row, `o${i + 1}`, i))
    const loss = output(0)
    if (gradientOut !== undefined) for (let i = 0; i < size; i++) gradientOut[i] = output(1 + i)
    if (curvatureOut !== undefined) {
      let next = 1 + size
      for (let i = 0; i < size; i++) {
        for (let j = i; j < size; j++) {
          const entry = output(next++)
          curvatureOut[i * size + j] = entry
          curvatureOut[j * size + i] = entry
        }
      }
    }
    if (onEvaluation !== undefined) {
      // A count that failed is asked for again.
      skipped ??= countSkipped().catch(error => {
        skipped = undefined
        throw error
      })
      onEvaluation({ loss, rows, skipped: await skipped, milliseconds })
    }
    return loss
  }
}

function checkOut(name: string, out: unknown, length: number): void {
  if (out === undefined || (out instanceof Float64Array && out.length >= length)) return
  const got = out instanceof Float64Array ? `of length ${out.length}` : describe(out)
  throw new RangeError(`sqlObjective: ${name} is ${got}; wanted a Float64Array of ${length} or more`)
}

/** What engines write for a double, without the forms that only JavaScript reads, such as 0x10. */
const numeral = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan)$/i
const infinity = /^([+-]?)inf(?:inity)?$/i

/** Drivers give sums as numbers or text, and counts as numbers, bigints or text. */
function numberIn(row: SqlRow | undefined, name: string, place: number): number {
  const got = Array.isArray(row)
    ? row[place]
    : (row as { readonly [column: string]: unknown } | undefined)?.[name]
  if (typeof got === 'number' || typeof got === 'bigint') return Number(got)
  if (typeof got === 'string') {
    if (numeral.test(got)) return Number(got)
    const sign = infinity.exec(got)?.[1]
    if (sign !== undefined) return sign === '-' ? -Infinity : Infinity
  }
  throw new TypeError(
    `sqlObjective: column '${name}' of the result is ${describe(got)}; wanted a number. ` +
      'run is to return the one row of the result, as an object by column name or as an array',
  )
}
