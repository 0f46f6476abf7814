import { describe } from '../core/describe.js'
import type { Result } from '../core/primitive.js'
import type { Operand, Value } from '../core/value.js'
import { differentiate } from './grad.js'
import { pull } from './pullback.js'
import { push } from './tangent.js'
import { type Traceable, trace } from './trace.js'
import { type Flattened, flattenFor, type Given, type Tree, type TreeOf } from './tree.js'

/** A list with what may be given for each argument in the list of types `X`. */
export type GivenList<X extends readonly unknown[], Leaf> = { readonly [I in keyof X]: Given<X[I], Leaf> }

/** What a function returned, and the rate at which that changes. */
export interface ValueAndTangent<Y, Leaf> {
  /** What the function returned. */
  readonly value: TreeOf<Y, Leaf>
  /** The rate at which it changes, in the same shape. */
  readonly tangent: TreeOf<Y, Leaf>
}

/** What a function returned, and the way back from its cotangent. */
export interface ValueAndPullback<X, Y, Leaf> {
  /** What the function returned. */
  readonly value: TreeOf<Y, Leaf>
  /** From a cotangent of the shape of the value to a list with the cotangent of each argument. */
  readonly pullback: {
    (cotangent: Given<Y, Leaf>): TreeOf<X, Leaf>
    (cotangent: Given<Y, Operand>): TreeOf<X, Operand>
  }
}

/**
 * The Jacobian-vector product of forward mode: what the function returns for `primals`, and how that changes when the
 * arguments move along `tangents`. One sweep, whatever the number of inputs.
 *
 * @param f a function from trees of Values to a tree of Values
 * @param primals a list of its arguments; all numbers for numbers out, Values for Values out
 * @param tangents a list of the same shape: a direction. The plain number 0 says that an input stands still.
 * @example
 * jvp((x, y) => x.mul(y), [2, 3], [1, 10]) // { value: 6, tangent: 23 }
 */
export function jvp<Y extends Tree<Operand>, L extends Operand>(
  f: (...inputs: Value[]) => Y,
  primals: readonly L[],
  tangents: readonly L[],
): ValueAndTangent<Y, Result<L>>
export function jvp<X extends readonly unknown[], Y extends Tree<Operand>>(
  f: (...inputs: X) => Y,
  primals: GivenList<X, number>,
  tangents: GivenList<X, number>,
): ValueAndTangent<Y, number>
export function jvp<X extends readonly unknown[], Y extends Tree<Operand>>(
  f: (...inputs: X) => Y,
  primals: GivenList<X, Operand>,
  tangents: GivenList<X, Operand>,
): ValueAndTangent<Y, Operand>
export function jvp(f: Traceable, primals: unknown, tangents: unknown): unknown {
  return forward('jvp', f, primals, tangents)
}

function forward(caller: string, f: Traceable, primals: unknown, tangents: unknown) {
  if (!Array.isArray(primals)) {
    throw new TypeError(
      `${caller}: the primals are ${describe(primals)}; wanted a list with one entry per argument`,
    )
  }
  const { inputs, outputs, nodes, numbers, likeResult, finished } = trace(caller, f, primals)
  const { leaves } = flattenLike(caller, 'the tangents', tangents, flattenFor(caller, 'the primals', primals))
  const dotOf = push(nodes, inputs, leaves)
  const asNumbers = numbers && leaves.every(leaf => typeof leaf === 'number')
  return {
    value: likeResult(finished(outputs, asNumbers)),
    tangent: likeResult(finished(outputs.map(dotOf), asNumbers)),
  }
}

/**
 * The vector-Jacobian product of reverse mode: what the function returns, and a function `pullback` from a cotangent
 * of the result to the cotangents of the arguments, as a list. `pullback` may be called as often as you like; each
 * call is one sweep, whatever the number of inputs.
 *
 * @param f a function from trees of Values to a tree of Values
 * @param primals its arguments; all numbers for numbers out, Values for Values out
 * @example
 * const { value, pullback } = vjp((x, y) => [x.mul(y), x.add(y)], 2, 3) // value: [6, 5]
 * pullback([1, 10]) // [13, 12]
 */
export function vjp<Y extends Tree<Operand>, L extends Operand>(
  f: (...inputs: Value[]) => Y,
  ...primals: readonly L[]
): ValueAndPullback<Value[], Y, Result<L>>
export function vjp<X extends readonly unknown[], Y extends Tree<Operand>>(
  f: (...inputs: X) => Y,
  ...primals: GivenList<X, number>
): ValueAndPullback<X, Y, number>
export function vjp<X extends readonly unknown[], Y extends Tree<Operand>>(
  f: (...inputs: X) => Y,
  ...primals: GivenList<X, Operand>
): ValueAndPullback<X, Y, Operand>
export function vjp(f: Traceable, ...primals: unknown[]): unknown {
  // A copy: the pullback may be called after the caller has changed his arrays.
  const { leaves, unflatten } = flattenFor('vjp', 'the argument', primals)
  const traced = trace('vjp', f, unflatten(leaves))
  const { inputs, outputs, nodes, numbers, likeArguments, likeResult, finished } = traced
  const value = likeResult(finished(outputs))
  const shape = flattenFor('vjp', 'the value', value)
  return {
    value,
    pullback: (cotangent: unknown) => {
      const { leaves } = flattenLike('pullback', 'the cotangent', cotangent, shape)
      const asNumbers = numbers && leaves.every(leaf => typeof leaf === 'number')
      return likeArguments(finished(pull(nodes, outputs, leaves, inputs), asNumbers))
    },
  }
}

/**
 * The Hessian-vector product: how the gradient of `f` in its first argument changes when the arguments move along
 * `tangents`. Forward mode over reverse mode: the Hessian itself is never made, and the price is a small multiple of
 * that of the gradient, whatever the number of inputs.
 *
 * @param f a function from trees of Values to one `Value`
 * @param primals a list of its arguments
 * @param tangents a list of the same shape: a direction
 * @example
 * hvp((xs: Value[]) => prod(xs), [[2, 3, 5]], [[1, 0, 0]]) // [0, 5, 3]
 */
export function hvp<L extends Operand>(
  f: (...inputs: Value[]) => Operand,
  primals: readonly L[],
  tangents: readonly L[],
): Result<L>
export function hvp<X extends readonly unknown[]>(
  f: (...inputs: X) => Operand,
  primals: GivenList<X, number>,
  tangents: GivenList<X, number>,
): TreeOf<X[0], number>
export function hvp<X extends readonly unknown[]>(
  f: (...inputs: X) => Operand,
  primals: GivenList<X, Operand>,
  tangents: GivenList<X, Operand>,
): TreeOf<X[0], Operand>
export function hvp(f: Traceable, primals: unknown, tangents: unknown): unknown {
  const gradient: Traceable = (x, ...rest) => differentiate('hvp', f, x, rest).gradient
  return forward('hvp', gradient, primals, tangents).tangent
}

/** The leaves of a tree that must have the shape of another one. */
function flattenLike(
  caller: string,
  name: string,
  tree: unknown,
  like: Flattened<never, Operand>,
): { readonly leaves: readonly Operand[] } {
  const { leaves, paths } = flattenFor(caller, name, tree)
  const count = Math.max(paths.length, like.paths.length)
  for (let i = 0; i < count; i++) {
    if (paths[i] === like.paths[i]) continue
    throw new RangeError(
      `${caller}: the shape of ${name} is wrong: got ${placeInWords(paths[i])}, wanted ${placeInWords(like.paths[i])}`,
    )
  }
  return { leaves }
}

function placeInWords(path: string | undefined): string {
  return path === undefined ? 'no more numbers' : path === '' ? 'a single number' : `a number at ${path}`
}
