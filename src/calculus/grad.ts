import { describe } from '../core/describe.js'
import { type Operand, Value } from '../core/value.js'
import { pull } from './pullback.js'
import { type Traceable, trace } from './trace.js'
import type { Given, Tree, TreeOf } from './tree.js'

/**
 * A derivative in the first argument, of the shape `R`; the further arguments are handed over as they are. Numbers give
 * numbers. Values give Values, which can be differentiated again.
 */
export interface Derivative<X, Rest extends readonly unknown[], R> {
  (x: Given<X, number>, ...rest: Rest): TreeOf<R, number>
  (x: Given<X, Value>, ...rest: Rest): TreeOf<R, Value>
  (x: Given<X, Operand>, ...rest: Rest): TreeOf<R, Operand>
}

/** The value of a function and its gradient, from one run. */
export interface ValueAndGradient<X, Leaf> {
  /** What the function returned. */
  readonly value: Leaf
  /** Its gradient in the first argument, in the shape of that. */
  readonly gradient: TreeOf<X, Leaf>
}

/** As {@link Derivative}, with the value beside the gradient. */
export interface ValueAndDerivative<X, Rest extends readonly unknown[]> {
  (x: Given<X, number>, ...rest: Rest): ValueAndGradient<X, number>
  (x: Given<X, Value>, ...rest: Rest): ValueAndGradient<X, Value>
  (x: Given<X, Operand>, ...rest: Rest): ValueAndGradient<X, Operand>
}

/**
 * The gradient of a function, as a function: `grad(f)(x)` has the shape of `x`. As in JAX the derivative is that in the
 * first argument, a number, an array or a plain object of them; the further arguments are handed over as they are.
 *
 * Numbers in, numbers out; Values in, Values out. With numbers, a `Value` that the function gets from elsewhere is an
 * error, since the dependence on it would be lost: hand it over within the first argument, or wrap it in
 * `stopGradient`. The inputs of an enclosing call are the exception: calls can be nested, each derivative is that in its
 * own variable, and where the result of the inner call depends on the variable of the outer one, it is a `Value`.
 *
 * @param f a function from Values to one `Value`
 * @throws TypeError if the function returns anything but one `Value` or number
 * @example
 * grad(x => x.pow(3))(2) // 12
 * grad(grad(x => x.pow(3)))(2) // 12
 * grad(({ w, b }: { w: Value[]; b: Value }) => add(dot(w, [1, 2]), b).tanh())({ w: [0.1, 0.2], b: 0 })
 */
export function grad<Rest extends readonly unknown[]>(
  f: (x: Value, ...rest: Rest) => Operand,
): Derivative<Value, Rest, Value>
export function grad<X extends Tree<Operand>, Rest extends readonly unknown[]>(
  f: (x: X, ...rest: Rest) => Operand,
): Derivative<X, Rest, X>
export function grad(f: Traceable): unknown {
  return (x: unknown, ...rest: unknown[]) => differentiate('grad', f, x, rest).gradient
}

/**
 * As {@link grad}, with the value of the function beside its gradient: `{ value, gradient }`.
 *
 * @example
 * valueAndGrad(x => x.pow(3))(2) // { value: 8, gradient: 12 }
 */
export function valueAndGrad<Rest extends readonly unknown[]>(
  f: (x: Value, ...rest: Rest) => Operand,
): ValueAndDerivative<Value, Rest>
export function valueAndGrad<X extends Tree<Operand>, Rest extends readonly unknown[]>(
  f: (x: X, ...rest: Rest) => Operand,
): ValueAndDerivative<X, Rest>
export function valueAndGrad(f: Traceable): unknown {
  return (x: unknown, ...rest: unknown[]) => differentiate('valueAndGrad', f, x, rest)
}

/** The value and the gradient of `f` in its first argument, on behalf of `caller`. */
export function differentiate(
  caller: string,
  f: Traceable,
  x: unknown,
  rest: readonly unknown[],
): { readonly value: Operand; readonly gradient: unknown } {
  const traced = trace(caller, checkScalar(caller, f, rest), [x])
  const { inputs, outputs, nodes, likeArguments, finished } = traced
  const [value, ...slopes] = finished([...outputs, ...pull(nodes, outputs, [1], inputs)])
  return { value: value!, gradient: likeArguments(slopes)[0] }
}

/** The function of the first argument alone, which throws unless it returns one number. */
function checkScalar(caller: string, f: Traceable, rest: readonly unknown[]): Traceable {
  if (typeof f !== 'function') return f
  return (x: never) => {
    const y = f(x, ...(rest as never[]))
    if (typeof y === 'number' || y instanceof Value) return y
    throw new TypeError(
      `${caller}: the function returned ${describe(y)}; wanted one Value (jacobian takes functions of several outputs)`,
    )
  }
}
