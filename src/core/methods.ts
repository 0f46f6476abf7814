/**
 * Every primitive of fixed arity as a method of `Value`: `x.mul(y)` is `mul(x, y)`. The types are derived from the
 * table, so that a new row needs nothing here; documentation and go-to-definition land on the row.
 */
import type { Binary, Ternary, Unary } from './primitive.js'
import * as primitives from './primitives.js'
import { type Operand, Value } from './value.js'

type Table = typeof primitives

/** The method that a primitive becomes: its first operand is `this`. */
type Method<P> = P extends Ternary
  ? (y: Operand, z: Operand) => Value
  : P extends Binary
    ? (y: Operand) => Value
    : P extends Unary
      ? () => Value
      : never

type Methods = {
  [Name in keyof Table as Table[Name] extends Unary | Binary | Ternary ? Name : never]: Method<Table[Name]>
}

declare module './value.js' {
  interface Value extends Methods {}
}

for (const [name, primitive] of Object.entries(primitives)) {
  if (primitive.arity === undefined) continue
  const method = primitive as (x: Operand, y?: Operand, z?: Operand) => Operand
  Object.defineProperty(Value.prototype, name, {
    value(this: Value, y?: Operand, z?: Operand): Operand {
      return method(this, y, z)
    },
  })
}

/** What `console.log` shows in Node: the numbers, without the graph behind them. */
Object.defineProperty(Value.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Value): string {
    const name = this.label ?? this.primitive?.name
    return `Value(${name === undefined ? '' : `${name}: `}data ${this.data}, grad ${this.grad})`
  },
})
