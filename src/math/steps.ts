/**
 * The steps that elementary functions are made of. A definition (`definitions/`) applies these to symbolic
 * operands and so describes a function once; TypeScript is generated from the description ahead of time
 * (`generated/`), and a compiler can expand it into any target that has IEEE doubles.
 *
 * Every step is exact or correctly rounded, and defined for one lane, so that targets agree to the bit. There are
 * three kinds of value: doubles, 32-bit integers (exponents and table rows) and conditions.
 */

import type { Table } from './generated/tables.js'

export type Kind = 'double' | 'integer' | 'condition'

export type Operation =
  | 'parameter'
  | 'constant'
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'sqrt'
  | 'neg'
  | 'abs'
  | 'min'
  | 'max'
  | 'floor'
  | 'ceil'
  | 'copySign'
  | 'flipSign'
  | 'select'
  | 'lookup'
  | 'scale'
  | 'unscale'
  | 'double'
  | 'integer'
  | 'highWord'
  | 'exponentAbove'
  | 'significandAbove'
  | 'plus'
  | 'minus'
  | 'bits'
  | 'shift'
  | 'less'
  | 'lessOrEqual'
  | 'equal'
  | 'hasBit'
  | 'and'
  | 'call'

export interface Step<K extends Kind = Kind> {
  readonly kind: K
  readonly operation: Operation
  readonly operands: readonly Step[]
  /** The number of a constant; a mask, a distance or the number of a bit; the column of `lookup`. */
  readonly value: number
  /** The name of a parameter, or the name that generated code gives to the step. */
  readonly label: string
  readonly table: Table | undefined
  /** A second number, of `significandAbove`. */
  readonly extra: number
  /** What a `call` calls. */
  readonly callee: Callee | undefined
}

/** A function of doubles that is no step itself. */
export type Callee = (...operands: never[]) => number

export type Double = Step<'double'>
export type Integer = Step<'integer'>
export type Condition = Step<'condition'>

/** Where a double operand is expected, a number stands for a constant. */
export type Operand = Double | number

function step<K extends Kind>(kind: K, operation: Operation, operands: readonly Step[], value = 0): Step<K> {
  return { kind, operation, operands, value, label: '', table: undefined, extra: 0, callee: undefined }
}

export function constant(x: number): Double {
  return step('double', 'constant', [], x)
}

function asDouble(x: Operand): Double {
  return typeof x === 'number' ? constant(x) : x
}

function asInteger(n: Integer | number): Integer {
  return typeof n === 'number' ? step('integer', 'constant', [], n) : n
}

/** The same step with a name for readers of generated code. */
export function named<K extends Kind>(label: string, x: Step<K>): Step<K> {
  return { ...x, label }
}

export function parameter(name: string): Double {
  return named(name, step('double', 'parameter', []))
}

/** An operand that is an integer, such as an exponent handed to a part. */
export function integerParameter(name: string): Integer {
  return named(name, step('integer', 'parameter', []))
}

// Doubles: the IEEE operations, correctly rounded, in the order in which they are written.

export function add(x: Operand, y: Operand): Double {
  return step('double', 'add', [asDouble(x), asDouble(y)])
}

export function sub(x: Operand, y: Operand): Double {
  return step('double', 'sub', [asDouble(x), asDouble(y)])
}

export function mul(x: Operand, y: Operand): Double {
  return step('double', 'mul', [asDouble(x), asDouble(y)])
}

export function div(x: Operand, y: Operand): Double {
  return step('double', 'div', [asDouble(x), asDouble(y)])
}

export function sqrt(x: Operand): Double {
  return step('double', 'sqrt', [asDouble(x)])
}

export function neg(x: Operand): Double {
  return step('double', 'neg', [asDouble(x)])
}

export function abs(x: Operand): Double {
  return step('double', 'abs', [asDouble(x)])
}

export function min(x: Operand, y: Operand): Double {
  return step('double', 'min', [asDouble(x), asDouble(y)])
}

export function max(x: Operand, y: Operand): Double {
  return step('double', 'max', [asDouble(x), asDouble(y)])
}

export function floor(x: Operand): Double {
  return step('double', 'floor', [asDouble(x)])
}

export function ceil(x: Operand): Double {
  return step('double', 'ceil', [asDouble(x)])
}

/** |x| with the sign bit of y. */
export function copySign(x: Operand, y: Double): Double {
  return step('double', 'copySign', [asDouble(x), y])
}

/** x, negated where the bit 2^bit of n is set. */
export function flipSign(x: Double, n: Integer, bit: number): Double {
  return step('double', 'flipSign', [x, n], bit)
}

/** `whenTrue` or `whenFalse`. Both are computed where there are no branches. */
export function select(condition: Condition, whenTrue: Operand, whenFalse: Operand): Double {
  return step('double', 'select', [condition, asDouble(whenTrue), asDouble(whenFalse)])
}

/** -1, 0 or 1 by the sign of x; the zeros and NaN are themselves. */
export function sign(x: Operand): Double {
  return select(less(0, x), 1, select(less(x, 0), -1, x))
}

/** The entry of a table at a row, which must exist for every bit pattern of the operands. */
export function lookup(table: Table, row: Integer, column: number): Double {
  return { ...step('double', 'lookup', [row], column), table }
}

/**
 * A function of this many doubles. One that has a definition of its own is expanded into its steps where the call is
 * compiled; any other is called.
 */
export function call<Operands extends number[]>(
  callee: (...operands: Operands) => number,
  ...operands: { [I in keyof Operands]: Operand }
): Double {
  return {
    ...step('double', 'call', (operands as Operand[]).map(asDouble)),
    callee: callee as unknown as Callee,
  }
}

/** x * 2^n for a normal x with a normal result: adds n to the exponent field. -1074 <= n <= 1023. */
export function scale(x: Operand, n: Integer): Double {
  return step('double', 'scale', [asDouble(x), n])
}

/** x / 2^n for a normal x with a normal result. -1023 <= n <= 1074. */
export function unscale(x: Operand, n: Integer): Double {
  return step('double', 'unscale', [asDouble(x), n])
}

// Integers

/** The double with the value n. */
export function double(n: Integer): Double {
  return step('double', 'double', [n])
}

/** 1.5 * 2^52: adding it to |x| < 2^31 leaves x, rounded to an integer, in the low word. */
export const ROUNDER: number = 6755399441055744

/** x rounded to the nearest integer, ties to even, for |x| < 2^31. */
export function nearest(x: Operand): Double {
  return sub(add(x, ROUNDER), ROUNDER)
}

/** The integer of a double that has an integer value, |x| < 2^31. */
export function integer(x: Double): Integer {
  return step('integer', 'integer', [x])
}

/**
 * For x = 2^k z with z in [z0, 2 z0), the exponent k. `start` is the high word of z0, whose low word is 0. Other x than
 * positive normal ones give a |k| above 1000.
 */
export function exponentAbove(x: Double, start: number): Integer {
  return step('integer', 'exponentAbove', [x, wordAbove(x, start)], start)
}

/** The high word of x less that of z0: from bit 20 the exponent k, below it the first bits of how far z is above z0. */
export function wordAbove(x: Double, start: number): Integer {
  return named('above', minus(highWord(x), start))
}

/** The z of `exponentAbove`, times 2^extra. Unspecified where |k| is above 1000. */
export function significandAbove(x: Double, start: number, extra: number): Double {
  return { ...step('double', 'significandAbove', [x], start), extra }
}

/** The upper 32 bits of a double: sign, exponent, 20 bits of the fraction. */
export function highWord(x: Double): Integer {
  return step('integer', 'highWord', [x])
}

/** n + m, which must not leave the 32 bits. */
export function plus(n: Integer, m: Integer | number): Integer {
  return step('integer', 'plus', [n, asInteger(m)])
}

/** n - m, which must not leave the 32 bits. */
export function minus(n: Integer, m: Integer | number): Integer {
  return step('integer', 'minus', [n, asInteger(m)])
}

/** The bits of n under a mask of at most 31 bits. */
export function bits(n: Integer, mask: number): Integer {
  return step('integer', 'bits', [n], mask)
}

/** n shifted right arithmetically. */
export function shift(n: Integer, by: number): Integer {
  return step('integer', 'shift', [n], by)
}

// Conditions: false where an operand is NaN.

export function less(x: Operand, y: Operand): Condition {
  return step('condition', 'less', [asDouble(x), asDouble(y)])
}

export function lessOrEqual(x: Operand, y: Operand): Condition {
  return step('condition', 'lessOrEqual', [asDouble(x), asDouble(y)])
}

/** Whether x equals y; the two zeros are equal. */
export function equal(x: Operand, y: Operand): Condition {
  return step('condition', 'equal', [asDouble(x), asDouble(y)])
}

/** Whether any bit of the mask is set. */
export function hasBit(n: Integer, mask: number): Condition {
  return step('condition', 'hasBit', [n], mask)
}

export function and(p: Condition, q: Condition): Condition {
  return step('condition', 'and', [p, q])
}

/** The conditions that must all hold for a condition to hold, one by one. */
export function conjuncts(condition: Step): readonly Step[] {
  return condition.operation === 'and' ? condition.operands.flatMap(conjuncts) : [condition]
}

/** The polynomial with these coefficients, lowest first, from the highest down (Horner): the fewest operations. */
export function chain(x: Double, coefficients: readonly Operand[]): Double {
  return asDouble(coefficients.reduceRight((sum, coefficient) => add(coefficient, mul(x, sum))))
}

/** The polynomial with these coefficients, lowest first, with pairs combined (Estrin) to shorten the chain. */
export function polynomial(x: Double, coefficients: readonly Operand[]): Double {
  let terms: Operand[] = [...coefficients]
  let power = x
  while (terms.length > 1) {
    const next: Operand[] = []
    for (let i = 0; i < terms.length; i += 2) {
      const low = terms[i]!
      const high = terms[i + 1]
      next.push(high === undefined ? low : add(low, mul(power, high)))
    }
    terms = next
    if (terms.length > 1) power = mul(power, power)
  }
  return asDouble(terms[0]!)
}
