import { describe } from '../core/describe.js'
import { type ListResult, primitive } from '../core/primitive.js'
import { checkSurplus } from '../core/refusals.js'
import type { PartialRule, Rule } from '../core/rule.js'
import { type Operand, Value } from '../core/value.js'
import { named, outsideOf } from './trace.js'

/** What {@link withDerivative} returns: numbers for numbers, a `Value` for any `Value`. */
export type WithDerivative<Operands extends readonly Operand[]> = <const L extends Operands>(
  ...operands: L
) => ListResult<L>

/**
 * A composed function with a derivative of its own: the value is what `f` computes, the partials are those given, in
 * forward and in reverse mode and at every order. For a derivative that is stabler or cheaper than the one through the
 * steps of `f`, or one that is wanted instead of it. `checkGradients` holds it against differences of `f`.
 *
 * The steps of `f` stay in the graph, where they are evaluated and printed; the derivative is not taken through them.
 * For an operation that should be a single node, use `primitive`.
 *
 * @param f a function of one to three operands, written with functions (`mul(x, y)`), so that it takes numbers as well
 * @param partials one per operand, in the form of a primitive's: a function of the result and the operands, or the name
 *   of one of them, or a constant
 * @throws Error, when called, if the result depends on a `Value` that is no operand: no partial speaks of it
 * @example
 * // Rounding whose slope counts as 1 ("straight through").
 * const round = withDerivative(x => floor(add(x, 0.5)), [1])
 * grad(x => round(x).square())(2.4) // 4
 */
export function withDerivative(
  f: (x: Operand) => Operand,
  partials: readonly [PartialRule<[Operand]>],
): WithDerivative<[Operand]>
export function withDerivative(
  f: (x: Operand, y: Operand) => Operand,
  partials: readonly [PartialRule<[Operand, Operand]>, PartialRule<[Operand, Operand]>],
): WithDerivative<[Operand, Operand]>
export function withDerivative(
  f: (x: Operand, y: Operand, z: Operand) => Operand,
  partials: readonly [
    PartialRule<[Operand, Operand, Operand]>,
    PartialRule<[Operand, Operand, Operand]>,
    PartialRule<[Operand, Operand, Operand]>,
  ],
): WithDerivative<[Operand, Operand, Operand]>
export function withDerivative(
  f: (...operands: Operand[]) => Operand,
  partials: readonly PartialRule<never[]>[],
): unknown {
  if (typeof f !== 'function') {
    throw new TypeError(`withDerivative: got ${describe(f)}; wanted a function of operands`)
  }
  if (!Array.isArray(partials)) {
    throw new TypeError(
      `withDerivative: the partials are ${describe(partials)}; wanted a list, one per operand`,
    )
  }
  // The result of f is one operand more, the last: the value of the node, on which it does not depend as far as
  // derivatives are concerned.
  const name = f.name || 'withDerivative'
  const attached = primitive(name, {
    evaluate: (...operands: number[]) => operands.at(-1)!,
    partials: [...partials, 0],
  } as unknown as Rule<number[] & [number, number]>)
  return (...given: Operand[]) => {
    const operands = partials.map((_, i) => given[i]!)
    if (given.length > operands.length) checkSurplus(name, operands, ...given.slice(operands.length))
    const result = f(...operands)
    checkDependence(operands, result)
    return (attached as (...operands: Operand[]) => Operand)(...operands, result)
  }
}

/** Throws if a result depends on other Values than the operands: that dependence has no partial and would be lost. */
function checkDependence(operands: readonly Operand[], result: Operand): void {
  if (!(result instanceof Value)) return
  const [other] = outsideOf(
    operands.filter(operand => operand instanceof Value),
    [result],
  )
  if (other === undefined) return
  throw new Error(
    `withDerivative: the function depends on ${named(other)}, which is not among its operands, so that no partial is ` +
      'given for it; make it an operand, or hold it constant with stopGradient',
  )
}
