/** What a query calls by the user's names: the source of its rows and their columns. */

import { describe } from '../core/describe.js'
import type { Dialect } from './dialect.js'

/** What `toSql` is told besides the program. */
export interface SqlOptions {
  /** `duckdb`, `postgres`, `spark`, or a record of your own. */
  readonly dialect: Dialect
  /** The table that holds the rows: a name, which is quoted; several for one in a schema, `['sales', 'orders']`. */
  readonly table?: string | readonly string[]
  /** Instead of a table, a select that makes the rows. It becomes part of the query as it is: never text from strangers. */
  readonly subquery?: string
  /** The column that stands for a label, where it is called otherwise. */
  readonly columns?: { readonly [label: string]: string }
}

/** The table or subquery of the rows, which is called `source`. */
export function sourceText({ dialect, table, subquery }: SqlOptions): string {
  if ((table === undefined) === (subquery === undefined)) {
    const got = table === undefined ? 'neither a table nor a subquery' : 'both a table and a subquery'
    throw new TypeError(`toSql: got ${got}; wanted one of them, for the rows`)
  }
  if (table !== undefined) {
    const path = Array.isArray(table) ? table : [table]
    if (path.length === 0) {
      throw new TypeError('toSql: the table is an empty array; wanted its name, after those of what it is in')
    }
    return `${path.map(part => quoted(part, 'the table', dialect)).join('.')} AS source`
  }
  if (typeof subquery !== 'string' || subquery.trim() === '') {
    throw new TypeError(`toSql: the subquery is ${describe(subquery)}; wanted the text of a select`)
  }
  // A comment at the end of the subquery must not swallow the parenthesis.
  return `(${subquery}\n) AS source`
}

/** The quoted names of the columns that stand for these labels. */
export function columnNames(labels: readonly string[], { dialect, columns }: SqlOptions): string[] {
  if (columns !== undefined && (typeof columns !== 'object' || columns === null || Array.isArray(columns))) {
    throw new TypeError(`toSql: columns is ${describe(columns)}; wanted { label: 'name of the column' }`)
  }
  const given = new Map(Object.entries(columns ?? {}))
  const known = new Set(labels)
  for (const label of given.keys()) {
    if (known.has(label)) continue
    const has = labels.length === 0 ? 'none' : labels.map(label => `'${label}'`).join(', ')
    throw new RangeError(`toSql: columns has '${label}', but the program has no such column; it has ${has}`)
  }
  const spellings = new Map<string, string>()
  return labels.map(label => {
    const name = given.has(label) ? given.get(label)! : label
    const result = quoted(name, `the column of '${label}'`, dialect)
    const folded = dialect.fold(name)
    const other = spellings.get(folded) ?? name
    if (other !== name) {
      throw new Error(
        `toSql: the columns '${other}' and '${name}' are the same to ${dialect.name}, which does not tell capital ` +
          'letters from small ones; rename one in a subquery, and map its label to the new name with columns',
      )
    }
    spellings.set(folded, name)
    return result
  })
}

/** An identifier as the dialect quotes it. */
function quoted(
  name: unknown,
  whose: string,
  { name: nameOfDialect, quote, identifierBytes }: Dialect,
): string {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`toSql: the name of ${whose} is ${describe(name)}; wanted a string that is not empty`)
  }
  const refuse = (reason: string): never => {
    throw new Error(`toSql: the name of ${whose}, ${JSON.stringify(name)}, ${reason}`)
  }
  if (name.includes('\0')) refuse('contains the character NUL, which SQL has no way to write')
  if (/\p{Surrogate}/u.test(name)) refuse('contains half of a surrogate pair, which is not a character')
  if (identifierBytes !== undefined && byteLength(name) > identifierBytes) {
    refuse(
      `has more than ${identifierBytes} bytes, and ${nameOfDialect} would cut it; rename it in a subquery, ` +
        'and map the label of a column to its new name with columns',
    )
  }
  return quote + name.replaceAll(quote, quote + quote) + quote
}

function byteLength(text: string): number {
  return encodeURIComponent(text).replaceAll(/%../g, '-').length
}
