/** A Parquet file of made-up patients, and DuckDB to read it. */

import { DuckDBInstance } from '@duckdb/node-api'

export interface Database {
  /** The first row of the result of a statement. */
  row(sql: string, parameters?: readonly string[]): Promise<readonly unknown[]>
  /** Columns of numbers, row by row the same. */
  columns(sql: string): Promise<Float64Array[]>
  close(): void
}

export async function openDatabase(): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    async row(sql, parameters = []) {
      const reader = await connection.runAndReadAll(sql, [...parameters])
      return reader.getRowsJS()[0] ?? []
    },
    async columns(sql) {
      const result = await connection.stream(sql)
      const parts: Float64Array[][] = result.columnNames().map(() => [])
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        for (const [i, part] of parts.entries())
          part.push(Float64Array.from(chunk.getColumnValues(i) as number[]))
      }
      return parts.map(part => {
        const whole = new Float64Array(part.reduce((total, { length }) => total + length, 0))
        let from = 0
        for (const piece of part) {
          whole.set(piece, from)
          from += piece.length
        }
        return whole
      })
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/**
 * Writes the file: the dosage a patient got, the age, a response that bends upwards with the dosage, and whether the patient
 * recovered. One dosage in a thousand is missing. The numbers are hashes, so the file is the same every time.
 */
export async function makePatients(database: Database, file: string, rows: number): Promise<void> {
  const uniform = (salt: number): string =>
    `(hash(i * 8 + ${salt}) % 9007199254740881)::DOUBLE / 9007199254740881`
  await database.row(`COPY (
  SELECT
    CASE WHEN hash(i * 8) % 1000 = 0 THEN NULL ELSE dosage END AS dosage,
    age,
    0.5e0 + 2e0 * ln(1e0 + exp(1.5e0 * dosage - 3e0)) + noise AS response,
    CASE WHEN luck < 1e0 / (1e0 + exp(-(1.2e0 * dosage - 0.04e0 * age - 0.5e0))) THEN 1e0 ELSE 0e0 END AS recovered
  FROM (
    SELECT i, 4e0 * (${uniform(1)}) AS dosage, 20e0 + 60e0 * (${uniform(2)}) AS age, ${uniform(3)} AS luck,
      0.2e0 * ((${uniform(4)}) + (${uniform(5)}) + (${uniform(6)}) - 1.5e0) AS noise
    FROM range(${rows}) AS numbers(i)
  )
) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`)
}
