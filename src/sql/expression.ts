/** SQL expressions as a graph in which equal ones are one, so that what is used twice can be computed once. */

/** A piece of SQL, and what is known of it. */
export interface Expression {
  /** The text, in pieces between which the operands stand. */
  readonly pieces: readonly string[]
  /** What stands between the pieces. */
  readonly operands: readonly Expression[]
  /** How tightly the text holds together. */
  readonly precedence: Precedence
  /** An operand that holds together less tightly than this is put in parentheses; all but the first even at equality. */
  readonly binding: Precedence
  /** The number, for a literal. */
  readonly value: number | undefined
  /** x, for -x. */
  readonly negates: Expression | undefined
  /** k and x, for k * x with a literal k. */
  readonly scales: readonly [number, Expression] | undefined
  /** The condition, for a number that is 1 where it holds and 0 elsewhere. */
  readonly condition: Expression | undefined
  /** The name, for a column of the data. */
  readonly column: string | undefined
  /** The place of the number among those handed over with the query, for such a number. */
  readonly parameter: number | undefined
}

/** How tightly text holds together, from the least. */
export enum Precedence {
  Any,
  And,
  Comparison,
  Sum,
  Product,
  Negation,
  Atom,
}

/** So many terms are added by one sum. */
const MOST_GROUPS = 16

/** Where an expression is expected, a number stands for a literal. */
export type Operand = Expression | number

/** How SQL writes a comparison: as in `sql.compare('<>', x, 0)`. */
export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '<>'

/** Makes expressions. Equal requests give the same object, and operands are made before what uses them. */
export class Expressions {
  /** All that were made, operands first. */
  readonly all: Expression[] = []
  private readonly places = new Map<Expression, number>()
  private readonly known = new Map<string, Expression>()

  private readonly literal: (x: number) => string

  /** @param literal how the dialect writes a number, so that it reads back to the same double */
  constructor(literal: (x: number) => string) {
    this.literal = literal
  }

  number(x: Operand): Expression {
    if (typeof x !== 'number') return x
    // A minus sign before a minus sign would begin a comment.
    const precedence = x < 0 || Object.is(x, -0) ? Precedence.Negation : Precedence.Atom
    return this.make([this.literal(x)], [], { precedence, value: x })
  }

  /** A column of the data, by the name that the query gives it. */
  column(name: string): Expression {
    return this.make([name], [], { column: name })
  }

  /** A number handed over with the query. Its text may be a negative literal. */
  parameter(place: number): Expression {
    return this.make(['', `${place}`], [], { precedence: Precedence.Negation, parameter: place })
  }

  add(x: Operand, y: Operand): Expression {
    return this.infix('+', Precedence.Sum, [x, y])
  }

  /** Many terms are added in groups, and groups of groups: parsers recurse once for each term of a group. */
  sum(terms: readonly Operand[]): Expression {
    if (terms.length <= MOST_GROUPS) return this.infix('+', Precedence.Sum, terms)
    const size = Math.ceil(terms.length / MOST_GROUPS)
    const groups = Array.from({ length: Math.ceil(terms.length / size) }, (_, i) =>
      this.sum(terms.slice(i * size, (i + 1) * size)),
    )
    return this.infix('+', Precedence.Sum, groups)
  }

  sub(x: Operand, y: Operand): Expression {
    return this.infix('-', Precedence.Sum, [x, y])
  }

  /** Literal factors of a product become one. */
  mul(x: Operand, y: Operand): Expression {
    const [a, b] = [this.number(x), this.number(y)]
    if (b.value !== undefined) return this.scaled(b.value, a)
    if (a.value !== undefined) return this.scaled(a.value, b)
    return this.infix('*', Precedence.Product, [a, b])
  }

  private scaled(factor: number, x: Expression): Expression {
    if (factor === 1) return x
    if (factor === -1) return this.neg(x)
    const [inner, scaled] = x.scales ?? [1, x]
    const product = factor * inner
    // What overflows or underflows has to do so where it would.
    const isNormal = Math.abs(product) >= 2 ** -1022 && Math.abs(product) < Number.POSITIVE_INFINITY
    if (x !== scaled && isNormal) return this.scaled(product, scaled)
    return this.infix('*', Precedence.Product, [factor, x], { scales: [factor, x] })
  }

  /** The quotient as the engine computes it: some raise an error for y = 0. */
  div(x: Operand, y: Operand): Expression {
    return this.infix('/', Precedence.Product, [x, y])
  }

  neg(x: Operand): Expression {
    const negated = this.number(x)
    const rest = { precedence: Precedence.Negation, binding: Precedence.Atom, negates: negated }
    return negated.negates ?? this.make(['-', ''], [negated], rest)
  }

  call(name: string, ...operands: readonly Operand[]): Expression {
    const between = operands.slice(1).map(() => ', ')
    return this.make([`${name}(`, ...between, ')'], operands)
  }

  and(x: Expression, y: Expression): Expression {
    return this.infix('AND', Precedence.And, [x, y])
  }

  /** A comparison as SQL makes it: NaN equals NaN and is larger than every number. */
  compare(symbol: Comparison, x: Operand, y: Operand): Expression {
    return this.infix(symbol, Precedence.Comparison, [x, y])
  }

  /** `yes` where the condition holds, else `no`; only the one taken is evaluated. */
  when(condition: Expression, yes: Operand, no: Operand): Expression {
    const holds = yes === 1 && no === 0 ? condition : undefined
    return this.make(['CASE WHEN ', ' THEN ', ' ELSE ', ' END'], [condition, yes, no], { condition: holds })
  }

  cast(x: Expression, type: string): Expression {
    return this.make(['CAST(', ` AS ${type})`], [x])
  }

  private infix(
    symbol: string,
    precedence: Precedence,
    operands: readonly Operand[],
    rest: Pick<Partial<Expression>, 'scales'> = {},
  ): Expression {
    const between = operands.slice(1).map(() => ` ${symbol} `)
    return this.make(['', ...between, ''], operands, { precedence, binding: precedence, ...rest })
  }

  private make(
    pieces: readonly string[],
    operands: readonly Operand[],
    rest: Partial<Omit<Expression, 'pieces' | 'operands'>> = {},
  ): Expression {
    const expressions = operands.map(operand => this.number(operand))
    const key = JSON.stringify([pieces, expressions.map(operand => this.places.get(operand))])
    let expression = this.known.get(key)
    if (expression === undefined) {
      expression = {
        pieces,
        operands: expressions,
        precedence: Precedence.Atom,
        binding: Precedence.Any,
        value: undefined,
        negates: undefined,
        scales: undefined,
        condition: undefined,
        column: undefined,
        parameter: undefined,
        ...rest,
      }
      this.known.set(key, expression)
      this.places.set(expression, this.all.length)
      this.all.push(expression)
    }
    return expression
  }
}
