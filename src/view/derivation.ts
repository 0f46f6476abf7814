import type { Formula } from './formula.js'

/** A derivative by the chain rule as plain data: it survives `JSON.stringify`, but for infinities and NaN. */
export interface DerivationData {
  /** The names of the output and of the leaf, and of all nodes here: those under which `String(output)` prints them. */
  readonly output: string
  /** The name of the leaf. */
  readonly leaf: string
  /** d output / d leaf: the same bits as `gradient` and `backward` give. */
  readonly derivative: number
  /** Their product is the derivative. Empty if the output does not depend on the leaf, or is it. */
  readonly factors: readonly Factor[]
  /** The columns that have no data, so that numbers that depend on them are NaN. */
  readonly unbound: readonly string[]
  /** On how many ways the leaf reaches the output: exact up to 2^53, then rounded, and Infinity beyond 1.8e308. */
  readonly paths: number
  /** The leaf before and after a step down its slope. */
  readonly update: { readonly rate: number; readonly before: number; readonly after: number } | undefined
  /** Significant digits of the numbers shown. */
  readonly digits: number
}

/** The derivative d of / d by of one waypoint by another. */
export interface Factor {
  /** The name of what is differentiated. */
  readonly of: string
  /** The name of that by which it is. */
  readonly by: string
  /** Over all paths between the two, unless it is direct. */
  readonly value: number
  /**
   * Whether it is that of one path alone, with all that lies on other paths from `by` to `of` held fixed: of
   * `out = h * k` with `h = k ** 2` the direct derivative by k is h, and the whole one h + k * 2 * k.
   */
  readonly direct: boolean
  /** The formula of the node `of`; `undefined` if it is long, or if factors were collapsed. */
  readonly definition: Formula | undefined
  /** The derivative as a formula; `undefined` if it is long, or if there are waypoints between. */
  readonly formula: Formula | undefined
  /** How many paths over waypoints lead from `by` to `of`. */
  readonly paths: number
  /** Where there are several, the first of them; the value is the sum over all. */
  readonly terms: readonly Term[]
  /** How many factors of the product were collapsed into this one; 1 if none. */
  readonly collapsed: number
}

/** One path: its value is the product of its factors, or 0 if a selection on it takes another operand. */
export interface Term {
  /** From the first waypoint of the path to the last. */
  readonly factors: readonly Factor[]
  /** Their product. */
  readonly value: number
}
