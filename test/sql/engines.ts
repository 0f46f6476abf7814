/** The engines that run inside a test, as functions from a statement to the row it gives. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { PGlite } from '@electric-sql/pglite'
import { type Dialect, duckdb, postgres } from '../../src/sql/dialect.js'

export interface Database {
  readonly dialect: Dialect
  /** Runs a statement; the rows of its result, by column name. */
  query(sql: string, parameters?: readonly string[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export async function openDuckDB(): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection: DuckDBConnection = await instance.connect()
  return {
    dialect: duckdb,
    async query(sql, parameters = []) {
      const reader = await connection.runAndReadAll(sql, [...parameters])
      return reader.getRowObjectsJS() as Record<string, unknown>[]
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

export async function openPostgres(): Promise<Database> {
  const database = await PGlite.create()
  return {
    dialect: postgres,
    async query(sql, parameters = []) {
      return (await database.query<Record<string, unknown>>(sql, [...parameters])).rows
    },
    close: () => database.close(),
  }
}

export const databases: readonly [name: string, open: () => Promise<Database>][] = [
  ['DuckDB', openDuckDB],
  ['PostgreSQL', openPostgres],
]
