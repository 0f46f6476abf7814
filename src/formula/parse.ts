import { operandStrengths } from '../core/notation.js'
import { clipped, FormulaError } from './error.js'
import { type Holes, shown, type Token, tokensOf } from './tokens.js'
import { adviceOn } from './unknown.js'
import type { Callable, Sign, Vocabulary } from './vocabulary.js'

/** A step of a formula. Operands are indices of earlier steps, so that a formula is built by going through them once. */
export type Step = { readonly position: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string; readonly number: number | undefined }
  | { readonly kind: 'hole'; readonly index: number }
  | { readonly kind: 'call'; readonly callable: Callable; readonly operands: readonly number[] }
  | { readonly kind: 'listCall'; readonly callable: Callable; readonly lists: readonly (readonly number[])[] }
)

/** A text that has been read, without a Value in it: the same text may be built many times. */
export interface Syntax {
  readonly text: string
  readonly steps: readonly Step[]
  /** The intermediates `name = …`, by name. */
  readonly definitions: ReadonlyMap<string, { readonly step: number; readonly position: number }>
  /** The left side of `~`, and where the sign stands. */
  readonly response: { readonly step: number; readonly position: number } | undefined
  readonly expression: number
}

/** How large a formula may be. */
export interface FormulaLimits {
  /** Characters of the text; 1,000,000 unless said. */
  readonly length: number
  /** Brackets, signs and calls open at the same time; 1,000 unless said. */
  readonly depth: number
  /** Numbers, names and operations; 100,000 unless said. */
  readonly nodes: number
}

export const defaultLimits: FormulaLimits = { length: 1_000_000, depth: 1000, nodes: 100_000 }

/** What is open: a sign that waits for its right operand, or a bracket. */
type Open =
  | { readonly kind: 'sign'; readonly sign: Sign; readonly left: number | undefined; readonly token: Token }
  | { readonly kind: 'group'; readonly token: Token }
  | {
      readonly kind: 'call'
      readonly token: Token
      readonly callable: Callable
      readonly operands: number[]
      readonly lists: number[][]
    }
  | { readonly kind: 'list'; readonly token: Token; readonly elements: number[] }

/**
 * Reads a formula: operator precedence with a stack of its own (Dijkstra's shunting yard), so that depth costs no
 * recursion and time is linear in the text. The strengths of the signs are those that the printer writes by.
 */
export function parse(
  text: string,
  vocabulary: Vocabulary,
  limits: FormulaLimits,
  holes: Holes = [],
): Syntax {
  const { callables, prefixes, infixes } = vocabulary
  if (text.length > limits.length) throw tooLarge(text, limits.length, 'length', 'characters', limits)
  const nextToken = tokensOf(text, vocabulary.tokenPattern, holes)
  const steps: Step[] = []
  const definitions = new Map<string, { step: number; position: number }>()
  /** Names that no line above has defined. */
  const free = new Set<string>()
  const open: Open[] = []
  let brackets = 0
  let current = nextToken()
  let following = nextToken()

  const fail = (token: Token, reason: string): FormulaError => new FormulaError(text, token.start, reason)

  function take(): Token {
    const taken = current
    current = following
    following = nextToken()
    return taken
  }

  /** The token that comes next. Between brackets a formula may go over several lines. */
  function peek(): Token {
    if (brackets > 0) while (current.kind === 'break') take()
    return current
  }

  /** Takes the token that comes next if it is this symbol. */
  function takes(symbol: string): boolean {
    const found = symbolOf(peek()) === symbol
    if (found) take()
    return found
  }

  function skipSeparators(): void {
    while (current.kind === 'break' || symbolOf(current) === ';') take()
  }

  function push(step: Step): number {
    if (steps.length >= limits.nodes) {
      throw tooLarge(text, step.position, 'nodes', 'numbers, names and operations', limits)
    }
    return steps.push(step) - 1
  }

  function start(opened: Open): void {
    if (open.length >= limits.depth) {
      throw tooLarge(text, opened.token.start, 'depth', 'brackets, signs and calls within each other', limits)
    }
    if (opened.kind !== 'sign') brackets++
    open.push(opened)
  }

  function expression(): number {
    for (;;) {
      let operand = readOperand()
      for (;;) {
        const token = peek()
        const symbol = symbolOf(token)
        const infix = symbol === undefined ? undefined : infixes.get(symbol)
        if (infix !== undefined) {
          readInfix(infix, operand, token)
          break
        }
        if (brackets === 0 && endsExpression(token, symbol)) return applySigns(operand, 0)
        if (symbol !== ',' && symbol !== ')' && symbol !== ']') throw unexpectedAfterOperand(token, symbol)
        const closed = readSeparator(operand, token, symbol)
        if (closed === undefined) break
        operand = closed
      }
    }
  }

  function endsExpression(token: Token, symbol: string | undefined): boolean {
    return token.kind === 'end' || token.kind === 'break' || symbol === ';' || symbol === '~'
  }

  /** Reads prefixes and opening brackets up to a number, a name, a hole or an empty call. */
  function readOperand(): number {
    for (;;) {
      peek()
      const token = take()
      const position = token.start
      if (token.kind === 'number') return push({ kind: 'number', value: token.value, position })
      if (token.kind === 'hole') return push({ kind: 'hole', index: token.index, position })
      if (token.kind === 'name') {
        if (symbolOf(current) !== '(') return reference(token.name, token.number, position)
        take()
        const callable = callables.get(token.name)
        if (callable === undefined) {
          const { name } = token
          throw fail(token, `there is no function '${clipped(name)}'; ${adviceOn(name, callables)}`)
        }
        start({ kind: 'call', token, callable, operands: [], lists: [] })
        if (takes(')')) return closeCall()
        continue
      }
      const symbol = symbolOf(token)
      const prefix = symbol === undefined ? undefined : prefixes.get(symbol)
      if (prefix !== undefined) start({ kind: 'sign', sign: prefix, left: undefined, token })
      else if (symbol === '(') start({ kind: 'group', token })
      else if (symbol === '[') {
        const closed = openList(token)
        if (closed !== undefined) return closed
      } else if (symbol !== '+') throw fail(token, `${shown(text, token)} stands where a value is wanted`)
    }
  }

  function reference(name: string, number: number | undefined, position: number): number {
    const defined = number === undefined ? definitions.get(name) : undefined
    if (defined !== undefined) return defined.step
    if (number === undefined) free.add(name)
    return push({ kind: 'name', name, number, position })
  }

  function readInfix(sign: Sign, operand: number, token: Token): void {
    const left = applySigns(operand, operandStrengths(sign.precedence)[0])
    const before = open.at(-1)
    if (before?.kind === 'sign' && before.left !== undefined) {
      const [, wanted] = operandStrengths(before.sign.precedence)
      if (sign.precedence < wanted) {
        throw fail(token, 'comparisons do not follow each other; write (x < y) * (y < z), or use brackets')
      }
    }
    take()
    start({ kind: 'sign', sign, left, token })
  }

  /** Applies the open signs that bind at least so strongly to what has been read to their right. */
  function applySigns(operand: number, strength: number): number {
    let result = operand
    for (;;) {
      const top = open.at(-1)
      if (top?.kind !== 'sign' || top.sign.precedence < strength) return result
      open.pop()
      const operands = top.left === undefined ? [result] : [top.left, result]
      result = push({ kind: 'call', callable: top.sign.callable, operands, position: top.token.start })
    }
  }

  /** Reads `,`, `)` or `]`. The value of what is now closed, or nothing where another operand follows. */
  function readSeparator(last: number, token: Token, symbol: ',' | ')' | ']'): number | undefined {
    const operand = applySigns(last, 0)
    const top = open.at(-1)
    if (top === undefined) throw fail(token, `no bracket is open for this '${symbol}'${afterComma(symbol)}`)
    if (top.kind === 'call') {
      if (top.lists.length > 0) throw fail(token, `${top.callable.name}: lists and single values are mixed`)
      top.operands.push(operand)
    } else if (top.kind === 'list') top.elements.push(operand)
    const closing = top.kind === 'list' ? ']' : ')'
    if (symbol !== closing && (symbol !== ',' || top.kind === 'group')) {
      throw fail(token, `'${symbol}' stands where '${closing}' is wanted${afterComma(symbol)}`)
    }
    take()
    if (symbol === ',') return undefined
    if (top.kind === 'call') return closeCall()
    brackets--
    open.pop()
    return top.kind === 'list' ? closeList(top.elements) : operand
  }

  /** A list in square brackets: only as an argument of a function of lists. */
  function openList(token: Token): number | undefined {
    const top = open.at(-1)
    if (top?.kind !== 'call' || top.callable.lists === undefined) {
      const reason = 'a list in square brackets is only for a function of lists, as in sum([x, y])'
      throw fail(token, reason)
    }
    if (top.operands.length > 0) throw fail(token, `${top.callable.name}: lists and single values are mixed`)
    start({ kind: 'list', token, elements: [] })
    if (!takes(']')) return undefined
    brackets--
    open.pop()
    return closeList([])
  }

  /** After `]`: the value of the call if it ends here, or nothing where another list follows. */
  function closeList(elements: number[]): number | undefined {
    const call = open.at(-1) as Open & { kind: 'call' }
    call.lists.push(elements)
    if (takes(',')) return undefined
    if (takes(')')) return closeCall()
    throw fail(current, `${shown(text, current)} stands where ',' or ')' is wanted`)
  }

  function closeCall(): number {
    const { token, callable, operands, lists } = open.pop() as Open & { kind: 'call' }
    brackets--
    const position = token.start
    const { name } = callable
    if (lists.length > 0) {
      if (lists.length === callable.lists) return push({ kind: 'listCall', callable, lists, position })
      throw fail(token, `${name}: got ${counted(lists.length, 'list')}; wanted ${callable.lists}`)
    }
    const got = counted(operands.length, 'operand')
    const { fewest, most } = callable
    if (operands.length < fewest || operands.length > most) {
      throw fail(token, `${name}: got ${got}; wanted ${fewest === most ? fewest : `${fewest} to ${most}`}`)
    }
    if (operands.length % (callable.lists ?? 1) !== 0) {
      throw fail(token, `${name}: got ${got}; wanted ${callable.lists} lists of the same length`)
    }
    return push({ kind: 'call', callable, operands, position })
  }

  function unexpectedAfterOperand(token: Token, symbol: string | undefined): FormulaError {
    if (brackets > 0 && endsExpression(token, symbol)) {
      const opening = open.filter(({ kind }) => kind !== 'sign').at(-1)!
      return fail(opening.token, 'the bracket that opens here is never closed')
    }
    if (symbol === '=') {
      return fail(token, "'=' stands only after a name at the start of a line; a comparison is written ==")
    }
    return fail(token, `a sign is missing before ${shown(text, token)}; a product is written with *`)
  }

  function define(token: Token & { kind: 'name' }): number {
    const { name } = token
    const quoted = `'${clipped(name)}'`
    if (token.number !== undefined) {
      throw fail(token, `${quoted} is the number ${token.number}; for a name like it write \`${name}\``)
    }
    if (definitions.has(name))
      throw fail(token, `${quoted} is defined on a line above; give this line another name`)
    take()
    take()
    const step = expression()
    if (free.has(name)) throw fail(token, `${quoted} is used before it is defined here`)
    definitions.set(name, { step, position: token.start })
    return step
  }

  for (;;) {
    skipSeparators()
    const first = current
    if (first.kind === 'end') throw fail(first, 'there is no formula')
    let response: Syntax['response']
    let result: number
    const isDefinition = first.kind === 'name' && symbolOf(following) === '='
    if (isDefinition) result = define(first)
    else {
      result = expression()
      if (symbolOf(current) === '~') {
        response = { step: result, position: take().start }
        result = expression()
      }
    }
    if (symbolOf(current) === '~') throw fail(current, "'~' stands once, in a last line without a name")
    skipSeparators()
    if (current.kind === 'end') return { text, steps, definitions, response, expression: result }
    if (!isDefinition)
      throw fail(
        first,
        'only the last line may go without a name; begin this one with `name =`, or put brackets around what goes over lines',
      )
  }
}

function afterComma(symbol: string): string {
  return symbol === ',' ? '; decimals are written with a point, as in 1.5' : ''
}

function symbolOf(token: Token): string | undefined {
  return token.kind === 'symbol' ? token.symbol : undefined
}

function tooLarge(
  text: string,
  position: number,
  limit: keyof FormulaLimits,
  what: string,
  limits: FormulaLimits,
): FormulaError {
  const most = limits[limit].toLocaleString('en')
  return new FormulaError(
    text,
    position,
    `the formula has more than ${most} ${what}; raise the limit with { limits: { ${limit}: … } }`,
  )
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
