import { describe } from './describe.js'
import { checkedRule, checkSurplus, wrongOperand } from './refusals.js'
import {
  type AnyRule,
  type PartialRule,
  type Rule,
  theFirst,
  theResult,
  theSecond,
  type VariadicRule,
} from './rule.js'
import { type LocalRule, type Operand, type Primitive, Value } from './value.js'

/** A primitive of one operand: a number for a number, a `Value` for a `Value`. */
export interface Unary extends Primitive {
  readonly arity: 1
  <X extends Operand>(x: X): Result<X>
}

/** What a function of one operand returns for it. */
export type Result<X extends Operand> = X extends number ? number : Value

/** A primitive of two operands. */
export interface Binary extends Primitive {
  readonly arity: 2
  (x: number, y: number): number
  (x: Value, y: Operand): Value
  (x: Operand, y: Value): Value
  (x: Operand, y: Operand): Operand
}

/** A primitive of three operands. */
export interface Ternary extends Primitive {
  readonly arity: 3
  (x: number, y: number, z: number): number
  (x: Value, y: Operand, z: Operand): Value
  (x: Operand, y: Value, z: Operand): Value
  (x: Operand, y: Operand, z: Value): Value
  (x: Operand, y: Operand, z: Operand): Operand
}

/** A primitive over a list of operands. */
export interface Variadic extends Primitive {
  readonly arity: undefined
  (operands: readonly number[]): number
  <const L extends readonly Operand[]>(operands: L): ListResult<L>
}

/** What a function of a list returns for it: a `Value` if some element is known to be one, a number if all are. */
export type ListResult<L extends readonly Operand[]> = L[number] extends number
  ? number
  : true extends { [I in keyof L]: L[I] extends Value ? true : false }[number]
    ? Value
    : Operand

/** A primitive over two lists of the same length. */
export interface Bilinear extends Primitive {
  readonly arity: undefined
  (xs: readonly number[], ys: readonly number[]): number
  <const L extends readonly Operand[], const M extends readonly Operand[]>(
    xs: L,
    ys: M,
  ): ListResult<[...L, ...M]>
}

/**
 * Makes a primitive from its rules: one constant that is the public function, the operation in the graph and the
 * record of its rules. Given numbers it returns a number; given any `Value` it records a node and returns a `Value`.
 * The rows of chainrule's own table are made in the same way, and a primitive made by a user gets everything they
 * have: gradients of any order, `forward()`, gradient checks, printing.
 *
 * @param name how the operation prints
 * @param rule its value and derivatives: {@link Rule} for a fixed number of operands, {@link VariadicRule} for a list
 * @example
 * const cube: Unary = primitive('cube', {
 *   evaluate: x => x * x * x,
 *   partials: [(_out, x) => mul(3, mul(x, x))],
 * })
 * cube(2) // 8
 */
export function primitive(name: string, rule: Rule<[x: number]>): Unary
export function primitive(name: string, rule: Rule<[x: number, y: number]>): Binary
export function primitive(name: string, rule: Rule<[x: number, y: number, z: number]>): Ternary
export function primitive(
  name: string,
  rule: VariadicRule & { gather: NonNullable<VariadicRule['gather']> },
): Bilinear
export function primitive(name: string, rule: VariadicRule): Variadic
export function primitive(name: string, rule: AnyRule): Primitive {
  return made(name, checkedRule(name, rule))
}

/**
 * {@link primitive} for the table, whose rules return what they should: to check `evaluate` costs 5 % of recording.
 * Bundlers read below that a row which nothing uses may be dropped.
 */
/*#__NO_SIDE_EFFECTS__*/
export const tableRow: typeof primitive = (name: string, rule: AnyRule) => made(name, rule) as never

function made(name: string, rule: AnyRule): Primitive {
  const arity = rule.partials?.length
  const make = arity === undefined ? variadic : arity === 1 ? unary : arity === 2 ? binary : fixed
  return Object.assign(make(name, rule), {
    arity,
    evaluate: rule.evaluate,
    partials: rule.partials?.map(resolved) ?? [],
    partial: partialOf(rule),
    share: rule.share,
    textbook: rule.textbook?.map(resolved),
    steps: rule.steps,
    taken: rule.taken,
    singular: rule.singular,
    leavesOpen: rule.leavesOpen,
    notation: rule.notation,
  })
}

type Numeric = (...operands: number[]) => number

/** A function that records nodes of itself: typed as the primitive that it is once the rules have been put on it. */
type Recorder<Given = Operand> = Primitive & ((...given: Given[]) => Operand)

// The recorders of one and two operands are written out: they are the hottest code of the library, and a rest
// parameter costs an array for each node. Each is named by a computed key: setting a function's `name` afterwards
// turns the function into a dictionary in V8, and reading its rules takes twice the time.
function unary(name: string, rule: AnyRule): Primitive {
  const evaluate = rule.evaluate as Numeric
  const { [name]: record } = {
    [name]: (x: Operand, index?: unknown): Operand => {
      if (index !== undefined) checkSurplus(name, [x], index)
      if (typeof x === 'number') return evaluate(x)
      if (!(x instanceof Value)) throw wrongOperand(name, [x])
      return new Value(evaluate(x.data), undefined, record!, x)
    },
  } as Record<string, Recorder>
  return record!
}

function binary(name: string, rule: AnyRule): Primitive {
  const evaluate = rule.evaluate as Numeric
  const { [name]: record } = {
    [name]: (x: Operand, y: Operand, index?: unknown, list?: unknown): Operand => {
      if (index !== undefined) checkSurplus(name, [x, y], index, list)
      if (typeof x === 'number') {
        if (typeof y === 'number') return evaluate(x, y)
        if (!(y instanceof Value)) throw wrongOperand(name, [x, y])
        return new Value(evaluate(x, y.data), undefined, record!, x, y)
      }
      if (!(x instanceof Value) || !(typeof y === 'number' || y instanceof Value)) {
        throw wrongOperand(name, [x, y])
      }
      const yData = typeof y === 'number' ? y : y.data
      return new Value(evaluate(x.data, yData), undefined, record!, x, y)
    },
  } as Record<string, Recorder>
  return record!
}

function fixed(name: string, rule: AnyRule): Primitive {
  const arity = rule.partials!.length
  const evaluate = rule.evaluate as Numeric
  const { [name]: record } = {
    [name]: (...given: Operand[]): Operand => {
      // Numbers first: rules call `where` at every node of a sweep with masks.
      if (given.length === arity && given.every(isNumber)) return evaluate(...given)
      if (given.length > arity) checkSurplus(name, given.slice(0, arity), ...given.slice(arity))
      // As many as there are partials: what is missing is then reported.
      const operands = rule.partials!.map((_, i) => given[i]!)
      const data = evaluate(...numbersOf(name, operands))
      if (operands.every(isNumber)) return data
      return new Value(data, undefined, record!, undefined, undefined, operands)
    },
  } as Record<string, Recorder>
  return record!
}

function variadic(name: string, rule: AnyRule): Primitive {
  const { gather } = rule
  const record = (...lists: (readonly Operand[])[]): Operand => {
    for (const list of lists) {
      if (Array.isArray(list)) continue
      throw new TypeError(`${name}: got ${describe(list)}; wanted an array of Values or numbers`)
    }
    return recordList(named!, gather === undefined ? [...lists[0]!] : gather(...lists))
  }
  // Parameters by name: the function's `length` says how many lists it takes.
  const { [name]: named } = (
    gather === undefined
      ? {
          [name]: (xs: readonly Operand[], ...[index]: unknown[]): Operand => {
            if (index !== undefined) checkSurplus(name, [xs], index)
            return record(xs)
          },
        }
      : {
          [name]: (xs: readonly Operand[], ys: readonly Operand[], ...[index, list]: unknown[]): Operand => {
            if (index !== undefined) checkSurplus(name, [xs, ys], index, list)
            return record(xs, ys)
          },
        }
  ) as Record<string, Recorder<readonly Operand[]>>
  return named!
}

function recordList(primitive: Primitive, operands: readonly Operand[]): Operand {
  const evaluate = primitive.evaluate as (...operands: unknown[]) => number
  const data = evaluate(numbersOf(primitive.name, operands))
  if (operands.every(isNumber)) return data
  return new Value(data, undefined, primitive, undefined, undefined, operands)
}

/**
 * Applies a primitive to its operands one after another, as a node holds them and `toString()` prints them, whatever
 * form the arguments of its function take: two lists of `dot` follow each other.
 */
export function apply(primitive: Primitive, operands: readonly Operand[]): Operand {
  if (primitive.arity === undefined) return recordList(primitive, [...operands])
  return (primitive as Recorder)(...operands)
}

function resolved(rule: PartialRule<Operand[]>): LocalRule {
  return rule === 'out' ? theResult : rule === 'x' ? theFirst : rule === 'y' ? theSecond : rule
}

/** The partial in one form for every arity. */
function partialOf({ partials, partial, share }: AnyRule): Primitive['partial'] {
  const rules = partials?.map(resolved)
  return (i, out, operands, shared = share?.(out, operands)) => {
    const rule = rules?.[i]
    if (rule === undefined) return partial!(i, out, operands, shared ?? [])
    return typeof rule === 'number' ? rule : rule(out, ...operands)
  }
}

const isNumber = (operand: unknown): operand is number => typeof operand === 'number'

/** The numbers behind operands; throws where an operand is neither a `Value` nor a number. */
function numbersOf(name: string, operands: readonly Operand[]): number[] {
  return operands.map(operand => {
    if (typeof operand === 'number') return operand
    if (!(operand instanceof Value)) throw wrongOperand(name, operands)
    return operand.data
  })
}
