import { flatten, type Tree } from '../calculus/tree.js'
import { checkOptions, describe } from '../core/describe.js'
import { lbfgs } from './methods/lbfgs.js'
import { checkOptimizer, checkStartOf, type Step, type Trial } from './methods/optimizer.js'
import { printable, stepping } from './methods/stepping.js'
import { MINIMIZE_OPTIONS, type MinimizeOptions, type Minimum } from './minimize.js'
import { checkStart } from './start.js'

/**
 * A loss that takes time, such as one that a database evaluates. It writes the gradient to `gradientOut` and, for an
 * optimiser that asks for it, the matrix of curvature to `curvatureOut`. What it rejects with ends the search.
 */
export type AsyncObjective = (
  parameters: Float64Array,
  gradientOut: Float64Array,
  curvatureOut?: Float64Array,
) => Promise<number>

/**
 * Finds parameters for which a loss is smallest, as `minimize` does, where the loss is not there at once: each evaluation is
 * waited for, and there is one at a time.
 *
 * @param loss gives a promise of the loss, as `sqlObjective` of chainrule/sql does
 * @throws Error if the loss is not finite at the start, and for wrong options; rejects with what the loss rejects with
 * @example
 * const loss = sqlObjective(query, run)
 * const { parameters } = await minimizeAsync(loss, { parameters: { slope: 0, intercept: 0 } })
 */
export function minimizeAsync<T extends Tree<number>>(
  loss: AsyncObjective,
  options: MinimizeOptions<T>,
): Promise<Minimum<T>>
export async function minimizeAsync(
  loss: AsyncObjective,
  options: MinimizeOptions<Tree<number>>,
): Promise<Minimum<number[]>> {
  if (options?.parameters === undefined) {
    throw new TypeError('minimizeAsync: got no parameters; wanted { parameters }, the numbers to start from')
  }
  checkOptions('minimizeAsync', options, MINIMIZE_OPTIONS)
  const { optimizer = lbfgs() } = options
  checkOptimizer('minimizeAsync', optimizer)
  if (typeof loss !== 'function') {
    throw new TypeError(
      `minimizeAsync: the loss is ${describe(loss)}; wanted a function that gives a promise`,
    )
  }
  // Any tree will do; the checker would follow the type of every tree there is.
  const { leaves, paths, unflatten } = flatten(options.parameters as readonly number[])
  const wrong = leaves.find(leaf => typeof leaf !== 'number')
  if (leaves.length === 0 || wrong !== undefined) {
    const got = leaves.length === 0 ? 'none' : describe(wrong)
    throw new TypeError(`minimizeAsync: the parameters are ${got}; wanted the numbers to start from`)
  }
  const parameters = Float64Array.from(leaves)
  checkStart('minimizeAsync', parameters, i => paths[i]!)
  let evaluations = 0
  const answer = async ({ parameters, gradient, curvature }: Trial): Promise<number> => {
    if (++evaluations > 1) return await loss(parameters, gradient, curvature)
    gradient.fill(Number.NaN)
    const first = await loss(parameters, gradient, curvature)
    checkStartOf('minimizeAsync', first, gradient, i => paths[i] || 'the parameter')
    return first
  }

  const begin = optimizer.ask(parameters)
  const step = async (): Promise<Step> => {
    const asking = begin()
    let next = asking.next()
    while (next.done !== true) next = asking.next(await answer(next.value))
    return next.value
  }
  const steps = stepping('minimizeAsync', parameters, options)
  let next = steps.next()
  while (next.done !== true) next = steps.next(await step())
  const final = await answer({ parameters, gradient: new Float64Array(parameters.length) })
  return printable(
    { parameters: unflatten([...parameters]), loss: final, evaluations, ...next.value },
    i => paths[i] || 'parameter',
    parameters,
  )
}
