import type { Double } from '../math/steps.js'
import { describe, thisCopy } from './describe.js'
import type { Notation } from './notation.js'

/** What a primitive consumes: a `Value`, or a plain number, which makes no node and gets no gradient. */
export type Operand = Value | number

/**
 * A scalar that remembers how it was computed: a node of the graph. What it can do is added where it is done:
 * `backward()` and `forward()` in `backward.ts`, `toString()` in `print.ts`, every primitive in `methods.ts`.
 *
 * A leaf is made by hand with {@link value}, {@link column} or {@link constant}; every other `Value` is the result
 * of a primitive, and its `inputs` lead back to the leaves. `mul(w, x)` and `w.mul(x)` record the same node.
 *
 * @example
 * const w = value(3, 'w')
 * const y = w.mul(2).add(1).square()
 * y.backward()
 * console.log(y.data, w.grad) // 49 28
 */
export class Value {
  /** @internal For {@link describe}. */ static readonly copy: object = thisCopy
  /**
   * The number computed when the node was recorded, or by the last `forward()`. That of a leaf may be set; what depends on
   * it follows at the next `forward()`, which therefore comes before `backward()`.
   */
  data: number
  /**
   * The derivative of the last output swept by `backward()` with respect to this node. A leaf accumulates over
   * calls, until `zeroGrad`; any other node holds the adjoint of the latest call.
   */
  grad: number
  /** A name for people: it appears in printed formulas, error messages and reports. */
  label: string | undefined
  /** The operation that made this node; `null` for a leaf. */
  readonly primitive: Primitive | null

  // The operands are fields, not an array: an array per node costs 30 % of record + backward on small graphs and
  // twice that on large ones (docs/decisions.md). `operands` is set for three operands or more.
  /** @internal */ readonly x: Operand | undefined
  /** @internal */ readonly y: Operand | undefined
  /** @internal */ readonly operands: readonly Operand[] | undefined
  /** @internal Number of the last traversal that touched this node (order.ts). */
  mark: number
  /** @internal Cached by the first sweep from this output: a recorded graph never changes. */
  order: Order | undefined

  /** @internal Use {@link value}, {@link column} or {@link constant}; primitives record the other nodes. */
  constructor(
    data: number,
    label?: string,
    primitive: Primitive | null = null,
    x?: Operand,
    y?: Operand,
    operands?: readonly Operand[],
  ) {
    if (typeof data !== 'number') throw wrongData(data, primitive, [x, y, ...(operands ?? [])])
    this.data = data
    this.grad = 0
    this.label = label
    this.primitive = primitive
    this.x = x
    this.y = y
    this.operands = operands
    this.mark = 0
    this.order = undefined
    if (watcher !== undefined) watcher(this)
  }

  /** What this node consumes, in operand order: Values and plain numbers. Empty for a leaf. */
  get inputs(): readonly Operand[] {
    if (this.operands !== undefined) return this.operands
    if (this.y !== undefined) return [this.x!, this.y]
    return this.x === undefined ? [] : [this.x]
  }

  /** `'result'` for the result of a primitive; otherwise which kind of leaf this is. */
  get kind(): 'result' | 'value' | 'column' | 'constant' {
    return this.primitive === null ? 'value' : 'result'
  }

  /** Names this node and returns it: `x.mul(w).add(b).as('net')`. */
  as(label: string): this {
    if (typeof label !== 'string') throw new TypeError(`as: the label is ${describe(label)}; wanted a string`)
    this.label = label
    return this
  }

  /** What `JSON.stringify` writes of a node: itself, and not the graph below it, which may share without end. */
  toJSON(): { label: string | undefined; data: number; grad: number } {
    const { label, data, grad } = this
    return { label, data, grad }
  }

  /** A `Value` in arithmetic or a comparison is a mistake that JavaScript would turn into NaN or a string. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString()
    // The hint of + and ==, in which a text may have been meant
    const forText = hint === 'default' ? '; for its formula as text write String(x)' : ''
    throw new TypeError(
      `Value${this.label === undefined ? '' : ` '${this.label}'`} used as a number: use gt, where, or .data ` +
        `(JavaScript operators do not record; write x.mul(2) for x * 2)${forText}`,
    )
  }
}

/**
 * The operation that made a node, as sweeps and engines read it: its name, its value and its partial derivatives. A rule
 * for a function of numbers is written in `rule.ts`; `primitive.ts` makes one of these of it.
 */
export interface Primitive {
  /** The name by which the operation prints, and by which formulas call it. */
  readonly name: string
  /** The number of operands; `undefined` for a list of any length. */
  readonly arity: number | undefined
  /** Numbers in, number out: one by one, or for a list of any length one list. */
  readonly evaluate: (...operands: never[]) => number
  /** For a fixed arity: the partials, constant numbers or functions. */
  readonly partials: readonly LocalRule[]
  /** For a primitive that selects: when each operand is taken. */
  readonly taken: readonly (1 | Exclude<LocalRule, number>)[] | undefined
  /** For each operand, whether the rule has a singularity at some value of it. */
  readonly singular: readonly (Singularity | ((...operands: Operand[]) => Singularity))[] | undefined
  /** For each operand, when it leaves something to the others. */
  readonly leavesOpen: readonly (1 | LeavesRule)[] | undefined
  /** The partial in operand `i`, whatever the arity; `shared` is what `share` returns for the node, if it is there. */
  readonly partial: (
    i: number,
    out: Operand,
    operands: readonly Operand[],
    shared?: readonly Operand[],
  ) => Operand
  /** What the partials of one node have in common. */
  readonly share: ((out: Operand, operands: readonly Operand[]) => readonly Operand[]) | undefined
  /** For a fixed arity: the partials as a derivation shows them, if they are not shown as they are. */
  readonly textbook: readonly LocalRule[] | undefined
  /** Of operands one by one, or for a list of any length of one list. */
  readonly steps: ((...operands: never[]) => Double) | undefined
  /** The sign that it is written with, if it has one. */
  readonly notation: Notation | undefined
}

/** 0 where an operand that is still decides the result of it and the other one alone. */
export type LeavesRule = (operand: Operand, other: Operand) => Operand

/** What a rule says of one operand: a constant, or a function of the result and the operands. */
export type LocalRule = number | ((out: Operand, ...operands: Operand[]) => Operand)

/**
 * A point where a rule of finite operands is not finite: at a `pole` the value is infinite, as that of log at 0; at a
 * `branch` point only slopes are, as those of sqrt at 0. A function says it of the operands, of which plain numbers are known.
 */
export type Singularity = 'pole' | 'branch' | undefined

/** The nodes of a graph that data may decide, as far as the graph tells: see guards.ts. */
export interface Guards {
  /** The nodes whose edges are masked. */
  readonly guarded: ReadonlySet<Value>
  /** The nodes of which it must be known whether they are still, each after its operands. */
  readonly asked: readonly Value[]
  /** What is no data. */
  readonly depends: ReadonlySet<Operand>
  /** What may be infinite while it is still. */
  readonly maybeInfinite: ReadonlySet<Operand>
}

/** A node that a primitive made. */
export interface Recorded extends Value {
  readonly primitive: Primitive
}

export function isRecorded(node: Value): node is Recorded {
  return node.primitive !== null
}

/** A topological order from one output: the leaves, then every result after its inputs, the output last. */
export interface Order {
  // Two lists, since the sweeps have nothing to do at a leaf but to start and finish it.
  readonly leaves: readonly Value[]
  readonly results: readonly Recorded[]
  /** Whether some node selects among its operands (`where`, `max`, `relu`, …), so that sweeps must mask. */
  readonly selects: boolean
  /** The nodes that sweeps must mask since data may decide them: see guards.ts. */
  readonly guards: Guards | undefined
  /** Scratch of `sweepBackward`, for what the leaves' `grad` held before: kept, since sweeps of small graphs are short. */
  readonly held: number[]
}

function wrongData(data: unknown, primitive: Primitive | null, inputs: readonly unknown[]): TypeError {
  if (primitive === null) {
    return new TypeError(
      `new Value: the data is ${describe(data)}; wanted a number. Leaves are made by value(0.5, 'w'), column('x') and constant(2)`,
    )
  }
  const wrong = inputs.find(input => input instanceof Value && typeof input.data !== 'number')
  const cause = wrong instanceof Value ? `; ${wrongDataOf(wrong)}` : ''
  return new TypeError(`${primitive.name}: the result is ${describe(data)}; wanted a number${cause}`)
}

/** What is wrong with the data of a leaf that is no number: most often the text of a field in a form. */
export function wrongDataOf({ label, data }: Value): string {
  const name = label === undefined ? 'a leaf' : `'${label}'`
  return `the data of ${name} is ${describe(data)}; set a number, such as Number(text) or the valueAsNumber of an input element`
}

let watcher: ((node: Value) => void) | undefined

/** Runs `run`, and shows every node that it makes to `see`. Ends with the call, however that ends. */
export function watchNodes<T>(see: (node: Value) => void, run: () => T): T {
  const outer = watcher
  watcher = see
  try {
    return run()
  } finally {
    watcher = outer
  }
}

class Column extends Value {
  override get kind(): 'column' {
    return 'column'
  }
}

class Constant extends Value {
  override get kind(): 'constant' {
    return 'constant'
  }
}

/**
 * A leaf that the user feeds and differentiates with respect to: a weight, an input.
 *
 * @example
 * const w1 = value(0.15, 'w1')
 */
export function value(data: number, label?: string): Value {
  if (label !== undefined && typeof label !== 'string') {
    throw new TypeError(`value: the label is ${describe(label)}; wanted a string`)
  }
  return new Value(wantNumber('value', data, label), label)
}

/**
 * A leaf that stands for one number per row of a data set, found in the data by its label. Its `data` is NaN until
 * it is fed; set it and call `forward()` to evaluate one row eagerly.
 *
 * @example
 * const dosage = column('dosage')
 * const twice = dosage.mul(2)
 * dosage.data = 0.5
 * twice.forward() // 1
 */
export function column(label: string): Value {
  if (typeof label !== 'string' || label === '') {
    throw new TypeError(
      `column: the label is ${describe(label)}; wanted the name under which the data holds the column`,
    )
  }
  return new Column(Number.NaN, label)
}

/**
 * A plain number as a `Value`, for code that wants one: it gets no gradient.
 *
 * @example
 * const x = value(2, 'x')
 * const y = constant(3).mul(x)
 * y.backward()
 * console.log(y.data, x.grad) // 6 3
 */
export function constant(data: number): Value {
  return new Constant(wantNumber('constant', data))
}

/** The number that an operand stands for. */
export function dataOf(operand: Operand): number {
  return typeof operand === 'number' ? operand : operand.data
}

/** An operand as a `Value`: a number becomes a constant. */
export function asValue(operand: Operand): Value {
  return typeof operand === 'number' ? constant(operand) : operand
}

function wantNumber(caller: string, data: unknown, label?: string): number {
  if (typeof data === 'number') return data
  const named = label === undefined ? '' : ` of '${label}'`
  throw new TypeError(`${caller}: the data${named} is ${describe(data)}; wanted a number`)
}
