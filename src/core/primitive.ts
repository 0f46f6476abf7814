import type { Double } from '../math/steps.js'
import { describe } from './describe.js'
import { theFirst, theResult, theSecond } from './namedRules.js'
import type { Notation } from './notation.js'
import { type Operand, Value } from './value.js'

/**
 * The partial derivative of a primitive with respect to one operand, written with primitives, so that one rule gives
 * numbers from numbers and a graph from Values. A partial that is an operand, or the result itself, is written by its
 * name: those of `x * y` are `'y'` and `'x'`. A plain number is a constant partial; the plain number 0 says that the
 * result does not depend on the operand at all, and nothing is added for it.
 */
export type PartialRule<Operands extends readonly Operand[]> =
  | number
  | 'x'
  | 'y'
  | 'out'
  | ((out: Operand, ...operands: Operands) => Operand)

/**
 * Whether a selecting primitive takes an operand: a condition as `where` reads it, so that 0 and NaN say no. The
 * derivative of a selection is the selection of the derivatives: what is not taken gets exactly 0, however wild the
 * partials below it are.
 */
export type TakenRule<Operands extends readonly Operand[]> =
  | 1
  | ((out: Operand, ...operands: Operands) => Operand)

/** What the records of all primitives may say. */
interface RuleCommon {
  /**
   * The plain mathematical formula, without numerical care, as a Python expression over mpmath in `x`, `y`, `z` or
   * the list `xs`. The reference values of the tests are computed from it in high precision.
   */
  readonly definition?: string
  /** For an operation that is written with a sign of its own. */
  readonly notation?: Notation
}

/** The record of a primitive with a fixed number of operands; `Numbers` is `[number]`, `[number, number]`, … */
export interface Rule<Numbers extends readonly number[]> extends RuleCommon {
  /** Numbers in, number out. It never throws: it follows IEEE 754. */
  readonly evaluate: (...operands: Numbers) => number
  /** One partial per operand. */
  readonly partials: { readonly [I in keyof Numbers]: PartialRule<OperandsLike<Numbers>> }
  /** For a primitive that selects: when each operand is taken. */
  readonly taken?: { readonly [I in keyof Numbers]: TakenRule<OperandsLike<Numbers>> }
  /** The partials as textbooks write them, where numerical care makes `partials` read otherwise. Shown, never run. */
  readonly textbook?: { readonly [I in keyof Numbers]: PartialRule<OperandsLike<Numbers>> }
  /** What `evaluate` does, as IEEE steps that a compiler can write out, to the same bits. Without it, it is called. */
  readonly steps?: (...operands: { [I in keyof Numbers]: Double }) => Double
  /** Operands to test at: ordinary points and the nasty ones. */
  readonly samples: readonly Readonly<Numbers>[]
}

/** The record of a primitive over a list of operands of any length. */
export interface VariadicRule extends RuleCommon {
  /** A list of numbers in, number out. It never throws: it follows IEEE 754. */
  readonly evaluate: (operands: readonly number[]) => number
  /** The partial with respect to operand `i`; `shared` is what `share` returned for this node. */
  readonly partial: (
    i: number,
    out: Operand,
    operands: readonly Operand[],
    shared: readonly Operand[],
  ) => Operand
  /** What the partials of one node have in common, so that it is computed once and not for every operand. */
  readonly share?: (out: Operand, operands: readonly Operand[]) => readonly Operand[]
  /** What `evaluate` does to a list that is not empty, as IEEE steps. Without it, it is called. */
  readonly steps?: (operands: readonly Double[]) => Double
  /** Lists to test at. */
  readonly samples: readonly (readonly number[])[]
  /** For a function of two lists: checks them and makes one list of operands of them. */
  readonly gather?: (...lists: (readonly Operand[])[]) => readonly Operand[]
}

type OperandsLike<Numbers extends readonly number[]> = { [I in keyof Numbers]: Operand }

/** What every primitive carries: the record of its rules, in the form that sweeps and engines read. */
export interface Primitive {
  /** The name by which the operation prints, and by which formulas call it. */
  readonly name: string
  /** The number of operands; `undefined` for a list of any length. */
  readonly arity: number | undefined
  /** Numbers in, number out: one by one, or for a list of any length one list. */
  readonly evaluate: (...operands: never[]) => number
  /** For a fixed arity: the partials, constant numbers or functions. */
  readonly partials: readonly Exclude<PartialRule<Operand[]>, string>[]
  /** For a primitive that selects: when each operand is taken. */
  readonly taken: readonly TakenRule<Operand[]>[] | undefined
  /** The partial in operand `i`, whatever the arity; `shared` is what `share` returns for the node, if it is there. */
  readonly partial: (
    i: number,
    out: Operand,
    operands: readonly Operand[],
    shared?: readonly Operand[],
  ) => Operand
  /** What the partials of one node have in common. */
  readonly share: VariadicRule['share']
  /** For a fixed arity: the partials as a derivation shows them, if they are not shown as they are. */
  readonly textbook: Primitive['partials'] | undefined
  /** Of operands one by one, or for a list of any length of one list. */
  readonly steps: ((...operands: never[]) => Double) | undefined
  /** Operands to test at. */
  readonly samples: readonly (readonly number[])[]
  /** The plain mathematical formula, as a Python expression over mpmath. */
  readonly definition: string | undefined
  /** The sign that it is written with, if it has one. */
  readonly notation: Notation | undefined
}

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
 *   samples: [[2], [-0.5]],
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
  checkRule(name, rule)
  const { evaluate, partials, partial } = rule
  return made(name, {
    ...rule,
    evaluate: checked(name, evaluate as Numeric, partials?.length),
    partials: partials?.map((partial, i) => checkedPartial(name, i, partial, partials.length)),
    partial: partial && ((i, ...given) => checkPartial(name, i, partial(i, ...given))),
  })
}

/** {@link primitive} for the table, whose rules return what they should: to check `evaluate` costs 5 % of recording. */
export const tableRow: typeof primitive = (name: string, rule: AnyRule) => made(name, rule) as never

// Operands are written out for rules of one and two: a rest parameter makes a list, and a sweep took three times as long.

function checked(name: string, evaluate: Numeric, arity: number | undefined): Numeric {
  const check = (result: unknown): number => {
    if (typeof result === 'number') return result
    throw new TypeError(`${name}: evaluate returned ${describe(result)}; wanted a number`)
  }
  if (arity === 1) return x => check(evaluate(x))
  if (arity === 2) return (x, y) => check(evaluate(x, y))
  return (...operands) => check(evaluate(...operands))
}

function checkedPartial(
  name: string,
  i: number,
  rule: PartialRule<Operand[]>,
  arity: number,
): PartialRule<Operand[]> {
  if (typeof rule !== 'function') return rule
  if (arity === 1) return (out, x) => checkPartial(name, i, rule(out, x!))
  if (arity === 2) return (out, x, y) => checkPartial(name, i, rule(out, x!, y!))
  return (out, ...operands) => checkPartial(name, i, rule(out, ...operands))
}

function checkPartial(name: string, i: number, result: unknown): Operand {
  if (typeof result === 'number' || result instanceof Value) return result
  throw new TypeError(
    `${name}: the partial in operand ${i + 1} returned ${describe(result)}; wanted a number or a Value`,
  )
}

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
    samples: rule.samples,
    definition: rule.definition,
    notation: rule.notation,
  })
}

// Inside, the arity is a number and not a type: one loose form of all rules, behind the typed overloads above.
interface AnyRule extends RuleCommon {
  evaluate: (...operands: never[]) => number
  partials?: readonly PartialRule<Operand[]>[] | undefined
  partial?: VariadicRule['partial'] | undefined
  share?: VariadicRule['share']
  taken?: readonly TakenRule<Operand[]>[]
  textbook?: readonly PartialRule<Operand[]>[]
  steps?: (...operands: never[]) => Double
  samples: readonly (readonly number[])[]
  gather?: VariadicRule['gather']
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

function resolved(rule: PartialRule<Operand[]>): Primitive['partials'][number] {
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

/** Throws unless `operands` is an array of Values and numbers, without holes. */
export function checkOperands(name: string, operands: readonly unknown[]): void {
  if (!Array.isArray(operands)) {
    throw new TypeError(`${name}: got ${describe(operands)}; wanted an array of Values or numbers`)
  }
  for (let i = 0; i < operands.length; i++) {
    if (!isNumber(operands[i]) && !(operands[i] instanceof Value)) throw wrongOperand(name, [...operands])
  }
}

/** The numbers behind operands; throws where an operand is neither a `Value` nor a number. */
function numbersOf(name: string, operands: readonly Operand[]): number[] {
  return operands.map(operand => {
    if (typeof operand === 'number') return operand
    if (!(operand instanceof Value)) throw wrongOperand(name, operands)
    return operand.data
  })
}

/**
 * Throws for an argument too many, which JavaScript would drop: `add(x, y, z)` is no sum of three. The index that
 * `map` and `Array.from` hand over as well is no mistake, nor are the index and the list of `reduce`.
 */
export function checkSurplus(
  name: string,
  wanted: readonly unknown[],
  index?: unknown,
  list?: unknown,
): void {
  const isCallback = wanted.length === 1 || Array.isArray(list) || ArrayBuffer.isView(list)
  if (!(isNumber(index) && isCallback)) throw surplusError(name, wanted, index)
}

/** The error of an argument too many. */
export function surplusError(name: string, wanted: readonly unknown[], surplus: unknown): TypeError {
  const advice =
    wanted.length === 2 && !Array.isArray(wanted[0])
      ? `; of a list there are sum([…]), prod([…]) and […].reduce(${name})`
      : ''
  return new TypeError(
    `${callText(name, [...wanted, surplus])}: wanted ${wanted.length} argument${wanted.length === 1 ? '' : 's'}${advice}`,
  )
}

function callText(name: string, operands: readonly unknown[]): string {
  const shown = operands.map(o => (o instanceof Value ? (o.label ?? 'Value') : isNumber(o) ? String(o) : '?'))
  return `${name}(${shown.length > 6 ? `${shown.slice(0, 6).join(', ')}, …` : shown.join(', ')})`
}

function wrongOperand(name: string, operands: readonly unknown[]): TypeError {
  const i = operands.findIndex(o => !(o instanceof Value) && !isNumber(o))
  const which = operands.length === 1 ? 'the operand' : `operand ${i + 1}`
  return new TypeError(
    `${callText(name, operands)}: ${which} is ${describe(operands[i])}; wanted a Value or a number`,
  )
}

function checkRule(name: string, rule: AnyRule): void {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `primitive: the name is ${describe(name)}; wanted the name by which the operation prints`,
    )
  }
  const wrong = (what: string): never => {
    throw new TypeError(`primitive '${name}': ${what}`)
  }
  if (typeof rule?.evaluate !== 'function') {
    wrong(`evaluate is ${describe(rule?.evaluate)}; wanted a function from numbers to a number`)
  }
  const { partials, partial } = rule
  if ((partials === undefined) === (partial === undefined)) {
    wrong('wanted either partials, one per operand, or for a list of operands one partial(i, out, operands)')
  }
  if (partials !== undefined && !Array.isArray(partials)) {
    wrong(`partials is ${describe(partials)}; wanted an array, one partial per operand`)
  }
  if (partials?.length === 0) wrong('partials is empty; wanted one per operand')
  if (partials !== undefined && rule.evaluate.length > partials.length) {
    wrong(
      `evaluate takes ${rule.evaluate.length} operands and there are ${partials.length} partials; wanted one each`,
    )
  }
  if (partial !== undefined && typeof partial !== 'function') {
    wrong(`partial is ${describe(partial)}; wanted a function of (i, out, operands)`)
  }
  for (const rule of partials ?? []) {
    if (typeof rule === 'function' || typeof rule === 'number' || rule === 'out' || rule === 'x') continue
    if (rule === 'y' && partials!.length > 1) continue
    wrong(
      `a partial is ${describe(rule)}; wanted a function of (out, ...operands), a number, 'out', 'x' or 'y'`,
    )
  }
  if (rule.steps !== undefined && typeof rule.steps !== 'function') {
    wrong(`steps is ${describe(rule.steps)}; wanted a function from symbolic operands to a step`)
  }
  if (rule.taken !== undefined && rule.taken.length !== partials?.length) {
    wrong(`taken has ${rule.taken.length} entries; wanted one per operand`)
  }
  for (const taken of rule.taken ?? []) {
    if (typeof taken === 'function' || taken === 1) continue
    wrong(`an entry of taken is ${describe(taken)}; wanted a function of (out, ...operands), or 1`)
  }
}
