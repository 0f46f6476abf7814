import type { ListedProgram } from '../compile/compile.js'
import { evaluateOperation } from '../compile/program/evaluate.js'
import type { Program } from '../compile/program/program.js'
import { describe } from '../core/describe.js'
import { numberText } from '../core/notation.js'
import * as primitives from '../core/primitives.js'
import type { Primitive } from '../core/value.js'
import type { Dialect } from './dialect.js'
import { type Expression, Expressions, type Operand } from './expression.js'
import type { Writer } from './forms.js'
import { checkLength, type Layout, layOut, type Piece } from './layout.js'
import { columnNames, type SqlOptions, sourceText } from './names.js'

/** A statement with the numbers to bind to it. */
export interface SqlStatement {
  /** The text. */
  readonly sql: string
  /**
   * The numbers, as text that every engine reads back to the same double. (Drivers differ in what they make of a
   * JavaScript number: some send 2 as an integer, or lose -0.) Empty where they are written into `sql`.
   */
  readonly parameters: readonly string[]
}

/** A program as a query: one row, with the program's outputs over the rows of a table. */
export interface SqlQuery {
  /** What is made of the rows: their mean for a program compiled with `reduce: 'mean'`, for any other their sum. */
  readonly reduce: 'sum' | 'mean'
  /** How many outputs there are. Their columns are called `o1`, `o2`, …; one more, `used_rows`, counts the rows. */
  readonly outputs: number
  /** The inputs that the program has. */
  readonly inputs: readonly (string | undefined)[]
  /** The query for these values of the inputs. In dialects that bind numbers, `sql` is the same for all of them. */
  at(inputs: ArrayLike<number>): SqlStatement
  /** A query for the number of rows that are left out since a column that the program reads is NULL; as `skipped_rows`. */
  readonly skipped: string
}

/**
 * Writes a program as one aggregate query. Expressions that are used more than once are computed once; what does not
 * depend on the row is computed here and handed over as a number. Rows in which a column that the program reads is NULL
 * are left out. A NaN in the data is a number like any other, and makes the sums NaN.
 *
 * The sums, or means over the rows that are left, are those of the compiled program up to rounding: an engine adds in the
 * order it likes, and its elementary functions may differ in the last bits. A program compiled with `reduce: 'none'` is
 * added up too: a query has one row.
 *
 * @throws Error for a primitive that has no form in the dialect, or is called like one of the table, with its name; for names that cannot be quoted, or are one
 *   to the engine; for a label in `columns` that the program does not have; for a program that is too deep or too long
 * @example
 * const query = toSql(compiled.program, { dialect: duckdb, table: 'measurements' })
 * const { sql, parameters } = query.at([0.5, 2])
 */
export function toSql(program: ListedProgram, options: SqlOptions): SqlQuery {
  if (!Array.isArray(program?.instructions)) {
    throw new TypeError(
      `toSql: the program is ${describe(program)}; wanted the program of what compile or objective gave`,
    )
  }
  const dialect: unknown = options?.dialect
  if (!isDialect(dialect)) {
    throw new TypeError(
      `toSql: the dialect is ${describe(dialect)}; wanted { dialect } with one such as duckdb from chainrule/sql`,
    )
  }
  const source = sourceText(options)
  const names = columnNames(program.columns, options)
  const reduce = program.reduce === 'mean' ? 'mean' : 'sum'
  const sql = new DialectWriter(dialect)
  const { outputs, uniforms } = expressionsOf(program, sql)
  const pieces = queryPieces(layOut(sql.all, outputs, dialect), names, source, reduce, dialect)
  const bound = dialect.placeholder && assemble(pieces, dialect.placeholder)
  return {
    reduce,
    outputs: program.outputs.length,
    inputs: program.inputs,
    at(inputs) {
      checkInputs(inputs, program)
      const numbers = uniforms(inputs)
      if (bound !== undefined) return { sql: bound, parameters: numbers.map(numberText) }
      return { sql: assemble(pieces, place => dialect.number(numbers[place - 1]!)), parameters: [] }
    },
    skipped: `SELECT COUNT(*) AS skipped_rows\nFROM ${source}\nWHERE ${anyNull(names)}`,
  }
}

function isDialect(x: unknown): x is Dialect {
  return typeof x === 'object' && x !== null && 'forms' in x && 'number' in x
}

/** Forms go by name, and call each other by name: one of these is the primitive of the table and no other. */
const table: ReadonlyMap<string, Primitive> = new Map(
  Object.values(primitives).map(primitive => [primitive.name, primitive]),
)

function checkName(primitive: Primitive): string {
  const { name } = primitive
  const known = table.get(name)
  if (known === undefined || known === primitive) return name
  throw new Error(
    `toSql: the primitive '${name}' is one of yours, and chainrule has another of that name; ` +
      'give yours a name of its own, and the dialect a form for it',
  )
}

/** Writes primitives in the forms of a dialect. */
class DialectWriter extends Expressions implements Writer {
  private readonly dialect: Dialect

  constructor(dialect: Dialect) {
    super(dialect.number)
    this.dialect = dialect
  }

  of(primitive: string, ...operands: readonly Operand[]): Expression {
    const { forms, name } = this.dialect
    if (!Object.hasOwn(forms, primitive)) {
      throw new Error(
        `toSql: the primitive '${primitive}' has no form in ${name}; give it one: ` +
          `dialect: { ...dialect, forms: { ...dialect.forms, ${primitive}: (sql, x) => … } }`,
      )
    }
    const form: unknown = forms[primitive]
    if (typeof form !== 'function') {
      throw new TypeError(
        `toSql: the form of '${primitive}' in ${name} is ${describe(form)}; wanted a function, (sql, x) => …`,
      )
    }
    return forms[primitive]!(this, ...operands.map(operand => this.number(operand)))
  }
}

/**
 * The outputs as expressions over columns and numbers, and what those numbers are: what does not depend on the row is
 * computed here, with the rules of the primitives, and handed over.
 */
function expressionsOf(program: Program, sql: DialectWriter) {
  const { instructions } = program
  const isUniform: boolean[] = []
  /** The places whose numbers are handed over. */
  const handed: number[] = []
  const written = new Map<number, Expression>()

  function expressionAt(place: number): Expression {
    let expression = written.get(place)
    if (expression === undefined) {
      const { operation } = instructions[place]!
      expression =
        operation.kind === 'constant' ? sql.number(operation.value) : sql.parameter(handed.push(place))
      written.set(place, expression)
    }
    return expression
  }

  instructions.forEach(({ operation, operands }, place) => {
    if (operation.kind !== 'primitive') {
      if (operation.kind === 'column') written.set(place, sql.column(columnName(operation.index)))
      else if (operation.kind !== 'constant' && operation.kind !== 'input') {
        throw new Error(
          'toSql: the program consists of steps; wanted one of primitives, as `compile(…).program` is',
        )
      }
      isUniform.push(operation.kind !== 'column')
      return
    }
    isUniform.push(operands.every(operand => isUniform[operand]))
    if (isUniform[place]) return
    // Also since a call takes no more than some 100,000 arguments.
    checkLength(operands.length)
    written.set(place, sql.of(checkName(operation.primitive), ...operands.map(expressionAt)))
  })
  const outputs = program.outputs.map(expressionAt)

  return {
    outputs,
    uniforms(inputs: ArrayLike<number>): number[] {
      const values: number[] = []
      instructions.forEach(({ operation, operands }, place) => {
        if (!isUniform[place] || operation.kind === 'column') return
        values[place] =
          operation.kind === 'input'
            ? inputs[operation.index]!
            : evaluateOperation(
                operation,
                operands.map(operand => values[operand]!),
              )
      })
      return handed.map(place => values[place]!)
    },
  }
}

function columnName(index: number): string {
  return `c${index + 1}`
}

/**
 * The selects from the outside in. Names of the user stand in the innermost one only, qualified, so that none of them can
 * be taken for one of ours.
 */
function queryPieces(
  { levels, outputs }: Layout,
  names: readonly string[],
  source: string,
  reduce: SqlQuery['reduce'],
  dialect: Dialect,
): Piece[] {
  const aggregate = reduce === 'mean' ? 'AVG' : 'SUM'
  const results = outputs.flatMap((output, i): Piece[] => [`${aggregate}(`, ...output, `) AS o${i + 1}, `])
  const pieces: Piece[] = ['SELECT ', ...results, 'COUNT(*) AS used_rows']
  for (const { carried, computed } of [...levels].reverse()) {
    const items = [
      ...carried.map((name): Piece[] => [name]),
      ...computed.map(({ name, pieces }): Piece[] => [...pieces, ` AS ${name}`]),
    ]
    pieces.push('\nFROM (SELECT ')
    // Not push(...): a call takes some 100,000 arguments.
    for (const piece of separated(items)) pieces.push(piece)
  }
  const columns = names.map((name, i) => `CAST(source.${name} AS ${dialect.double}) AS ${columnName(i)}`)
  // A select needs an item.
  if (columns.length === 0) columns.push('1 AS nothing')
  const where =
    names.length === 0 ? '' : `\nWHERE ${names.map(name => `source.${name} IS NOT NULL`).join(' AND ')}`
  pieces.push(`\nFROM (SELECT ${columns.join(', ')}\nFROM ${source}${where}) AS r0`)
  levels.forEach((_, i) => {
    pieces.push(`${dialect.fence}) AS r${i + 1}`)
  })
  return pieces
}

function separated(items: readonly (readonly Piece[])[]): Piece[] {
  return items.flatMap((item, i) => (i === 0 ? item : [', ', ...item]))
}

function assemble(pieces: readonly Piece[], number: (place: number) => string): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : number(piece))).join('')
}

function anyNull(names: readonly string[]): string {
  return names.length === 0 ? '1 = 0' : names.map(name => `source.${name} IS NULL`).join(' OR ')
}

function checkInputs(inputs: ArrayLike<number>, { inputs: wanted }: Program): void {
  if (typeof inputs !== 'object' || inputs === null) {
    throw new TypeError(
      `SqlQuery.at: the inputs are ${describe(inputs)}; wanted a list of numbers, one for each of ${wanted.length}`,
    )
  }
  if (inputs.length !== wanted.length) {
    throw new RangeError(`SqlQuery.at: got ${inputs.length} inputs; the program has ${wanted.length}`)
  }
  // A dialect may write numbers into the text: nothing else must get there.
  for (let i = 0; i < inputs.length; i++) {
    if (typeof inputs[i] === 'number') continue
    throw new TypeError(
      `SqlQuery.at: input ${wanted[i] ?? i} is of type ${typeof inputs[i]}; wanted a number`,
    )
  }
}
