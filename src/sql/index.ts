/**
 * chainrule/sql: for rows that a database holds. {@link toSql} writes a program as one aggregate query, in the dialects
 * {@link duckdb}, {@link postgres} and {@link spark}; {@link sqlObjective} makes a loss of it for `minimizeAsync`.
 */

export { type Dialect, duckdb, postgres, spark } from './dialect.js'
export type { Comparison, Expression, Expressions, Operand as SqlOperand } from './expression.js'
export type { Form, Forms, Writer } from './forms.js'
export type { SqlOptions } from './names.js'
export {
  type RunSql,
  type SqlEvaluation,
  type SqlObjective,
  type SqlObjectiveOptions,
  type SqlRow,
  sqlObjective,
} from './objective.js'
export { type SqlQuery, type SqlStatement, toSql } from './toSql.js'
