import type { Operand, Value } from '../core/value.js'
import type { Derivative } from './grad.js'
import { pull } from './pullback.js'
import { push } from './tangent.js'
import { type Trace, type Traceable, trace } from './trace.js'
import type { Tree, TreeOf } from './tree.js'

/** From a function to its Jacobian in the first argument: the result's shape, with the argument's at each leaf. */
export interface Jacobian {
  <Rest extends readonly unknown[], Y extends Tree<Operand>>(
    f: (x: Value, ...rest: Rest) => Y,
  ): Derivative<Value, Rest, TreeOf<Y, Value>>
  <X extends Tree<Operand>, Rest extends readonly unknown[], Y extends Tree<Operand>>(
    f: (x: X, ...rest: Rest) => Y,
  ): Derivative<X, Rest, TreeOf<Y, X>>
}

/** From a function to its Hessian in the first argument: the result's shape, with the argument's twice over at each leaf. */
export interface Hessian {
  <Rest extends readonly unknown[], Y extends Tree<Operand>>(
    f: (x: Value, ...rest: Rest) => Y,
  ): Derivative<Value, Rest, TreeOf<Y, Value>>
  <X extends Tree<Operand>, Rest extends readonly unknown[], Y extends Tree<Operand>>(
    f: (x: X, ...rest: Rest) => Y,
  ): Derivative<X, Rest, TreeOf<Y, TreeOf<X, X>>>
}

/**
 * The Jacobian of a function in its first argument, by forward mode: one sweep per input. The result has the shape of
 * what the function returns, with the shape of the argument in the place of each output: for a list of m outputs of
 * a list of n inputs, m rows of n entries. What is said of numbers, Values and further arguments at `grad` holds.
 *
 * @param f a function from Values to a tree of Values
 * @example
 * jacfwd(([r, phi]: Value[]) => [r!.mul(cos(phi!)), r!.mul(sin(phi!))])([2, 0]) // [[1, 0], [0, 2]]
 */
export function jacfwd<
  X extends Tree<Operand> = Value,
  Rest extends readonly unknown[] = [],
  Y extends Tree<Operand> = Value,
>(f: (x: X, ...rest: Rest) => Y): Derivative<X, Rest, TreeOf<Y, X>> {
  return jacobianBy('jacfwd', f, byColumns)
}

/**
 * As {@link jacfwd}, by reverse mode: one sweep per output.
 *
 * @param f a function from Values to a tree of Values
 * @example
 * jacrev(([x, y]: Value[]) => [x!.mul(y!)])([2, 3]) // [[3, 2]]
 */
export function jacrev<
  X extends Tree<Operand> = Value,
  Rest extends readonly unknown[] = [],
  Y extends Tree<Operand> = Value,
>(f: (x: X, ...rest: Rest) => Y): Derivative<X, Rest, TreeOf<Y, X>> {
  return jacobianBy('jacrev', f, byRows)
}

/**
 * As {@link jacfwd} or {@link jacrev}, whichever needs fewer sweeps: forward mode unless there are fewer outputs than
 * inputs.
 *
 * @param f a function from Values to a tree of Values
 * @example
 * jacobian(({ w, b }: { w: Value; b: Value }) => w.mul(2).add(b))({ w: 1, b: 0 }) // { w: 2, b: 1 }
 */
export function jacobian<
  X extends Tree<Operand> = Value,
  Rest extends readonly unknown[] = [],
  Y extends Tree<Operand> = Value,
>(f: (x: X, ...rest: Rest) => Y): Derivative<X, Rest, TreeOf<Y, X>> {
  return jacobianBy('jacobian', f, traced =>
    traced.outputs.length < traced.inputs.length ? byRows(traced) : byColumns(traced),
  )
}

/**
 * The second derivatives of a function in its first argument, forward mode over reverse mode: for a `Value` of n inputs
 * n rows of n entries, in the shape of the argument twice over.
 *
 * @param f a function from Values to a `Value` (or to a tree of them, for the Hessian of each)
 * @example
 * hessian(([x, y]: Value[]) => x!.mul(y!.square()))([2, 3]) // [[0, 6], [6, 4]]
 */
export function hessian<
  X extends Tree<Operand> = Value,
  Rest extends readonly unknown[] = [],
  Y extends Tree<Operand> = Value,
>(f: (x: X, ...rest: Rest) => Y): Derivative<X, Rest, TreeOf<Y, TreeOf<X, X>>> {
  return jacobianBy('hessian', jacrev(f), byColumns)
}

/** From a trace to its Jacobian, row by row. */
type Sweeps = (traced: Trace) => Operand[][]

const byColumns: Sweeps = ({ nodes, inputs, outputs }) => {
  const columns = inputs.map(input => outputs.map(push(nodes, [input], [1])))
  return outputs.map((_, row) => columns.map(column => column[row]!))
}

const byRows: Sweeps = ({ nodes, inputs, outputs }) =>
  outputs.map(output => pull(nodes, [output], [1], inputs))

function jacobianBy(caller: string, f: Traceable, sweeps: Sweeps): never {
  const differentiate = (x: unknown, ...rest: unknown[]): unknown => {
    const ofFirst = typeof f === 'function' ? (input: never) => f(input, ...(rest as never[])) : f
    const traced = trace(caller, ofFirst, [x])
    return traced.likeResult(sweeps(traced).map(row => traced.likeArguments(traced.finished(row))[0]))
  }
  return differentiate as never
}
