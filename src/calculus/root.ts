import { describe } from '../core/describe.js'
import { primitive, type Variadic } from '../core/primitive.js'
import type { Operand, Value } from '../core/value.js'
import { dataOf } from '../core/value.js'
import { linearSolve } from './linearSolve.js'
import { pull } from './pullback.js'
import { roundingOf } from './rounding.js'
import { type Traceable, trace } from './trace.js'
import { flattenFor, type Tree, type TreeOf } from './tree.js'

/**
 * The solution u of the equations `residuals(u, parameters)` = 0 near `start`, with its derivatives in the parameters:
 * exact at every order, and independent of how the solution was found. Newton's method polishes `start`, every unknown
 * to the digits that its equations leave it, so that `start` may be the answer of any solver, or a rough guess; `forward()` and `backward()` work as on any other node.
 *
 * By the implicit function theorem du/dp = -(∂r/∂u)⁻¹ ∂r/∂p. The derivative of one unknown costs one small linear
 * solve and one reverse sweep over the residuals; being written in terms of the solution itself, it can be
 * differentiated again. A fixed point u = g(u, p) is the root of g(u, p) - u.
 *
 * @param residuals as many as there are unknowns, in any tree; of the unknowns and the parameters, nothing else
 * @param parameters a tree of Values or numbers: numbers in, numbers out
 * @param start near the solution, in the shape of the unknowns
 * @returns the solution in the shape of `start`
 * @throws RangeError if there are not as many residuals as unknowns, or Newton's method does not arrive
 * @example
 * // Kepler's equation: the eccentric anomaly E for a mean anomaly m and an eccentricity e.
 * const E = root((E, [m, e]) => E.sub(mul(e!, sin(E))).sub(m!), [value(1), value(0.1)], 1)
 */
export function root<U extends Tree<number>, P extends Tree<Operand>>(
  residuals: (unknowns: TreeOf<U, Value>, parameters: TreeOf<P, Value>) => Tree<Operand>,
  parameters: P,
  start: U,
): TreeOf<U, P extends Tree<number> ? number : Value> {
  const given = flattenFor('root', 'the parameters', parameters)
  const guess = flattenFor('root', 'the start', start)
  const guesses = guess.leaves.map((x, k) => {
    if (typeof x === 'number') return x
    throw new TypeError(
      `root: the start${guess.paths[k] === '' ? '' : ` ${guess.paths[k]}`} is ${describe(x)}; wanted a number`,
    )
  })
  const equations: Traceable = (us: never, ps: never) =>
    residuals(guess.unflatten(us) as never, given.unflatten(ps) as never)

  const solution = remembered(ps => newton(equations, ps, guesses))
  const unknowns: readonly Variadic[] = guess.paths.map((path, k) =>
    primitive(`root${path}`, {
      evaluate: ps => solution(ps)[k]!,
      share: (out, ps) => {
        const us = unknowns.map((unknown, j) => (j === k ? out : unknown(ps)))
        const { jacobian, pullback } = linearised(equations, us, ps)
        // Row k of the inverse: what the residuals count for in this unknown.
        return pullback(
          linearSolve(
            transposed(jacobian),
            unit(us.length, k).map(x => -x),
          ),
        )
      },
      partial: (i, _out, _ps, partials) => partials[i]!,
    }),
  )
  const found = solution(given.leaves.map(dataOf))
  if (!found.every(Number.isFinite)) {
    throw new RangeError(
      `root: Newton's method does not arrive from ${guesses.slice(0, 4).join(', ')}; wanted a start near the solution`,
    )
  }
  return guess.unflatten(unknowns.map(unknown => unknown(given.leaves))) as never
}

/** The equations at a point: numbers where the point is one of numbers. */
function linearised(equations: Traceable, us: readonly Operand[], ps: readonly Operand[]) {
  const { inputs, outputs, nodes, numbers, finished } = trace('root', equations, [us, ps])
  const unknowns = inputs.slice(0, us.length)
  const parameters = inputs.slice(us.length)
  if (outputs.length !== us.length) {
    throw new RangeError(
      `root: got ${outputs.length} residuals for ${us.length} unknowns; wanted one for each`,
    )
  }
  const plain = (results: readonly Operand[]): readonly Operand[] => (numbers ? finished(results) : results)
  return {
    values: plain(outputs),
    jacobian: outputs.map(output => plain(pull(nodes, [output], [1], unknowns))),
    pullback: (bars: readonly Operand[]) => plain(pull(nodes, outputs, bars, parameters)),
    roundings: () => outputs.map(output => roundingOf(nodes, output, unknowns)),
  }
}

/** Newton's method takes some five steps from near by; what takes more than this does not arrive. */
const STEPS = 100
/** A step of two units in the last place: the unknown itself cannot be told better. */
const LAST_STEP = 2 ** -51
/** Of the bound on what rounding makes of a step: the solution of the linear system rounds as well. */
const LAST_ROUNDINGS = 4

/**
 * The solution near `start`; NaN where Newton's method does not arrive. It has arrived when the step of each unknown is
 * next to nothing beside that unknown, or beside what rounding in the residuals makes of it: unknowns may be of any
 * sizes, and one that is 0, or the difference of large terms, ends at the second.
 */
function newton(equations: Traceable, ps: readonly number[], start: readonly number[]): readonly number[] {
  let us = start
  for (let n = 0; n < STEPS; n++) {
    const { values, jacobian, roundings } = linearised(equations, us, ps)
    if (!areNumbers(values) || !jacobian.every(areNumbers)) {
      throw new Error(
        'root: the residuals depend on a Value of an enclosing call that is not among the parameters; hand it over there',
      )
    }
    if (values.every(x => x === 0)) return us
    const steps = linearSolve(jacobian, values).map(dataOf)
    us = us.map((u, k) => u - steps[k]!)
    const moving = us.flatMap((u, k) => (Math.abs(steps[k]!) <= LAST_STEP * Math.abs(u) ? [] : [k]))
    if (moving.length === 0) return us
    const bounds = roundings()
    const isRounding = (k: number): boolean => {
      const weights = linearSolve(transposed(jacobian), unit(us.length, k)).map(dataOf)
      const bound = weights.reduce((total, weight, i) => total + Math.abs(weight) * bounds[i]!, 0)
      return Math.abs(steps[k]!) <= LAST_ROUNDINGS * bound
    }
    if (moving.every(isRounding)) return us
  }
  return us.map(() => Number.NaN)
}

function areNumbers(xs: readonly Operand[]): xs is readonly number[] {
  return xs.every(x => typeof x === 'number')
}

function unit(length: number, k: number): number[] {
  return Array.from({ length }, (_, i) => (i === k ? 1 : 0))
}

/** Keeps the last result, since every unknown asks for the solution at the same parameters. */
function remembered(f: (xs: readonly number[]) => readonly number[]): typeof f {
  let last: { readonly xs: readonly number[]; readonly result: readonly number[] } | undefined
  return xs => {
    if (last === undefined || last.xs.length !== xs.length || xs.some((x, i) => !Object.is(x, last!.xs[i]))) {
      last = { xs: [...xs], result: f(xs) }
    }
    return last.result
  }
}

function transposed<T>(rows: readonly (readonly T[])[]): T[][] {
  return rows.map((_, j) => rows.map(row => row[j]!))
}
