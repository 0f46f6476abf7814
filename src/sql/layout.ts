import type { Dialect } from './dialect.js'
import { type Expression, Precedence } from './expression.js'

/** A part of a query: text, or the place of a number that is handed over with it. */
export type Piece = string | number

/** A select, which reads the one before it; the first one reads the select of the columns. */
export interface Level {
  /** The columns of the select before that are still wanted after this one. */
  readonly carried: readonly string[]
  readonly computed: readonly { readonly name: string; readonly pieces: readonly Piece[] }[]
}

/** A query as nested selects. */
export interface Layout {
  readonly levels: readonly Level[]
  /** What is added up, in terms of the last level. */
  readonly outputs: readonly (readonly Piece[])[]
}

/** An expression that nests deeper gets a name, since parsers recurse. */
const DEEPEST = 32

/** So often a single operation may be written out. */
const FEW = 3

/** How many levels may become one. */
const MOST_MERGED = 8

/** How many operations may be written: DuckDB plans so many in ten seconds, and takes more than twice as long for twice as many. */
const MOST_WRITTEN = 50_000

/** @throws Error for more operations, or operands of one, than a query may have */
export function checkLength(operations: number): void {
  if (operations <= MOST_WRITTEN) return
  throw new Error(
    `toSql: the query would have more than ${MOST_WRITTEN} operations; wanted fewer, which an engine plans in seconds; ` +
      'bind the rows to a compiled program instead, or split the program',
  )
}

/**
 * Writes expressions as nested selects, so that what is used more than once is computed once: a shared expression is
 * computed in the first select in which all it refers to has names.
 *
 * An engine takes so many selects within one another and no more. If there are more levels, a few at a time are merged:
 * expressions shared within the same select are then written out wherever they are used there, and computed again.
 *
 * @param all what was made, operands first
 * @throws Error if there is no reasonable way
 */
export function layOut(
  all: readonly Expression[],
  outputs: readonly Expression[],
  { name: nameOfDialect, depth }: Dialect,
): Layout {
  const unmerged = levelsOf(all, outputs)
  let most = 0
  for (const level of unmerged.values()) most = Math.max(most, level)
  const merged = Math.max(1, Math.ceil(most / depth))
  if (merged > MOST_MERGED) {
    throw new Error(
      `toSql: the program is too deep for ${nameOfDialect}, which nests no more than ${depth} selects; ` +
        'bind the rows to a compiled program instead, or split the program',
    )
  }

  /** The level that computes an expression; one that has none is written out where it is used. */
  const homes = new Map<Expression, number>()
  const names = new Map<Expression, string>()
  for (const [expression, level] of unmerged) {
    homes.set(expression, Math.ceil(level / merged))
    names.set(expression, expression.column ?? `t${names.size + 1}`)
  }

  const lastReader = new Map<Expression, number>()
  let pieces: Piece[] = []
  let count = 0

  // Recursion ends at named expressions: it is DEEPEST * MOST_MERGED deep at most.
  function write(expression: Expression, level: number, binding: Precedence): void {
    const home = homes.get(expression)
    if (home !== undefined && home < level) {
      lastReader.set(expression, Math.max(level, lastReader.get(expression) ?? 0))
      pieces.push(names.get(expression)!)
    } else if (expression.precedence < binding) {
      pieces.push('(')
      spellOut(expression, level)
      pieces.push(')')
    } else spellOut(expression, level)
  }

  function spellOut({ parameter, pieces: text, operands, binding }: Expression, level: number): void {
    checkLength(++count)
    pieces.push(parameter ?? text[0]!)
    operands.forEach((operand, i) => {
      write(operand, level, i > 0 && binding > Precedence.Any ? binding + 1 : binding)
      pieces.push(text[i + 1]!)
    })
  }

  function written(writeIt: () => void): readonly Piece[] {
    pieces = []
    writeIt()
    return pieces
  }

  const last = Math.ceil(most / merged)
  const computed = Array.from({ length: last + 1 }, (): [Expression, readonly Piece[]][] => [])
  for (const [expression, home] of homes) {
    if (home > 0) computed[home]!.push([expression, written(() => spellOut(expression, home))])
  }
  const results = outputs.map(output => written(() => write(output, last + 1, Precedence.Any)))

  const levels = computed.slice(1).map((items, i): Level => {
    const level = 1 + i
    const isWanted = (expression: Expression): boolean => (lastReader.get(expression) ?? 0) > level
    const carried = [...homes].filter(([expression, home]) => home < level && isWanted(expression))
    return {
      carried: carried.map(([expression]) => names.get(expression)!),
      computed: items.flatMap(([expression, pieces]) =>
        isWanted(expression) ? [{ name: names.get(expression)!, pieces }] : [],
      ),
    }
  })
  return { levels, outputs: results }
}

/**
 * The level that each named expression is computed in: 0 for columns, and one above what it is made of for expressions that
 * are used more than once or nest too deep.
 */
function levelsOf(all: readonly Expression[], outputs: readonly Expression[]): Map<Expression, number> {
  const uses = new Map<Expression, number>()
  const use = (expression: Expression): void => {
    uses.set(expression, (uses.get(expression) ?? 0) + 1)
  }
  outputs.forEach(use)
  for (let i = all.length - 1; i >= 0; i--) if (uses.has(all[i]!)) all[i]!.operands.forEach(use)

  const levels = new Map<Expression, number>()
  /** Of what is written out: the highest level that it reads, and how deep it nests. */
  const reaches = new Map<Expression, number>()
  const depths = new Map<Expression, number>()
  for (const expression of all) {
    if (!uses.has(expression)) continue
    let reach = 0
    let depth = 0
    for (const operand of expression.operands) {
      reach = Math.max(reach, levels.get(operand) ?? reaches.get(operand)!)
      if (!levels.has(operand) && operand.operands.length > 0)
        depth = Math.max(depth, depths.get(operand)! + 1)
    }
    // a + b + c is (a + b) + c.
    if (expression.binding > Precedence.Any) depth += Math.max(0, expression.operands.length - 2)
    // A negation, or one operation on names used a few times, costs less than a column that is carried along.
    const isCheap =
      depth === 0 &&
      (expression.negates !== undefined ||
        (expression.binding > Precedence.Any &&
          expression.operands.length === 2 &&
          uses.get(expression)! <= FEW))
    const isShared = uses.get(expression)! > 1 && expression.operands.length > 0 && !isCheap
    if (expression.column !== undefined) levels.set(expression, 0)
    else if (isShared || depth >= DEEPEST) levels.set(expression, reach + 1)
    reaches.set(expression, reach)
    depths.set(expression, depth)
  }
  return levels
}
