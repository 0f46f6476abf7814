import { numberText } from '../core/notation.js'
import { type Form, type Forms, native, sharedForms } from './forms.js'

/**
 * What differs from one SQL to another. Another dialect is one such record; `{ ...duckdb, forms: { ...duckdb.forms, cube } }`
 * teaches one a primitive of your own.
 */
export interface Dialect {
  /** For error messages. */
  readonly name: string
  /** The type of a 64-bit float. */
  readonly double: string
  /** A finite number, NaN or an infinity as an expression of that type, which reads back to the same bits. */
  readonly number: (x: number) => string
  /** The character around an identifier. Inside of one it is doubled. */
  readonly quote: '"' | '`'
  /** The longest identifier in bytes of UTF-8, where a longer one is silently cut. */
  readonly identifierBytes: number | undefined
  /** Columns are the same if this makes the same of their quoted names: names in small letters, where case does not count. */
  readonly fold: (name: string) => string
  /** How a bound parameter is written, counted from 1; without it parameters are written into the query. */
  readonly placeholder: ((place: number) => string) | undefined
  /** What keeps a nested select from being merged into the one around it, which would compute shared expressions again. */
  readonly fence: string
  /** How many selects may be nested. */
  readonly depth: number
  /** How primitives are written, by name. */
  readonly forms: Forms
}

/** Digits that read back to the same double, with the exponent that makes a literal a double and not a decimal. */
function withExponent(x: number): string {
  const digits = numberText(x)
  return digits.includes('e') ? digits : `${digits}e0`
}

/** DuckDB, from 1.0: files of Parquet or CSV, or tables, on one machine. */
export const duckdb: Dialect = {
  name: 'DuckDB',
  double: 'DOUBLE',
  number: x => (Number.isFinite(x) ? withExponent(x) : `CAST('${x}' AS DOUBLE)`),
  quote: '"',
  identifierBytes: undefined,
  // É and é are two columns.
  fold: name => name.replace(/[A-Z]+/g, letters => letters.toLowerCase()),
  // Bound as text they would double the time of planning, and even a statement kept prepared saves none.
  placeholder: undefined,
  fence: '',
  // Of 400 nested selects planning took 0.2 s.
  depth: 200,
  forms: sharedForms,
}

/** x / y where y may be 0: SQL raises an error, IEEE 754 has Infinity (of the sign of x alone) and NaN. */
const guardedQuotient: Form = (sql, x, y) => {
  const quotient = sql.div(x, y)
  if (y.value !== undefined && y.value !== 0) return quotient
  return sql.when(sql.compare('=', y, 0), sql.mul(x, Number.POSITIVE_INFINITY), quotient)
}

/**
 * PostgreSQL, from 13. Where a result overflows or underflows, PostgreSQL raises an error; the forms avoid that for
 * elementary functions and for division by 0, but a sum, product, quotient or power of huge or tiny numbers still raises it.
 */
export const postgres: Dialect = {
  name: 'PostgreSQL',
  double: 'double precision',
  number: x => (Number.isFinite(x) ? `${withExponent(x)}::float8` : `'${x}'::float8`),
  quote: '"',
  identifierBytes: 63,
  fold: name => name,
  placeholder: place => `CAST($${place} AS double precision)`,
  fence: ' OFFSET 0',
  // 400 take 8 s to plan; PGlite's stack ends between 160 and 180.
  depth: 100,
  forms: {
    ...sharedForms,
    div: guardedQuotient,
    exp: (sql, x) => {
      const belowOverflow = sql.when(
        sql.compare('<=', x, 709.782712893384),
        sql.call('exp', x),
        sql.mul(x, Number.POSITIVE_INFINITY),
      )
      return sql.when(sql.compare('<', x, -745.1), 0, belowOverflow)
    },
    pow: (sql, x, y) => {
      const shared = sharedForms.pow!(sql, x, y)
      if (y.value === 1 || y.value === 2) return shared
      let power = shared
      if (y.value === undefined || y.value < 0) {
        const isPole = sql.and(sql.compare('=', x, 0), sql.compare('<', y, 0))
        power = sql.when(isPole, Number.POSITIVE_INFINITY, power)
      }
      if (y.value === undefined || !Number.isInteger(y.value)) {
        const isComplex = sql.and(sql.compare('<', x, 0), sql.compare('<>', y, sql.call('floor', y)))
        power = sql.when(isComplex, Number.NaN, power)
      }
      return power
    },
  },
}

/** Spark's floor and ceil return 64-bit integers; doubles from 2^52 are integers as they are. */
function throughInteger(name: string): Form {
  return (sql, x) => {
    const integer = sql.cast(sql.call(name, x), 'DOUBLE')
    return sql.when(sql.compare('<=', sql.of('abs', x), 2 ** 52), integer, x)
  }
}

const logOfOnePlus: Form = (sql, x) => {
  const atMostMinusOne = sql.when(sql.compare('=', x, -1), Number.NEGATIVE_INFINITY, Number.NaN)
  return sql.when(sql.compare('>', x, -1), sql.call('log1p', x), atMostMinusOne)
}

/** Spark SQL, from 3.4, in its ANSI mode or out of it. */
export const spark: Dialect = {
  name: 'Spark SQL',
  double: 'DOUBLE',
  number: x => (Number.isFinite(x) ? withExponent(x) : `CAST('${x}' AS DOUBLE)`),
  quote: '`',
  identifierBytes: undefined,
  // Unless spark.sql.caseSensitive is set.
  fold: name => name.toLowerCase(),
  placeholder: undefined,
  fence: '',
  // The analyser gives up after 100 rounds (spark.sql.analyzer.maxIterations), and needs one for each select.
  depth: 80,
  forms: {
    ...sharedForms,
    div: guardedQuotient,
    expm1: native('expm1'),
    log1p: logOfOnePlus,
    hypot: native('hypot'),
    floor: throughInteger('floor'),
    ceil: throughInteger('ceil'),
  },
}
