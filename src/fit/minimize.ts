import { flatten, type Tree, type TreeOf } from '../calculus/tree.js'
import { objective as compileObjective } from '../compile/index.js'
import { checkOptions, describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import { dataOf, Value } from '../core/value.js'
import { seeded } from '../random/seeded.js'
import { type Data, readColumns } from './data.js'
import { lbfgs } from './methods/lbfgs.js'
import { checkOptimizer, checkStartOf, type Loss, type Optimizer } from './methods/optimizer.js'
import {
  type Ending,
  printable,
  STEPPING_OPTIONS,
  type SteppingOptions,
  stepping,
} from './methods/stepping.js'
import { columnsBelow } from './rows.js'
import { checkStart } from './start.js'

/** Options of {@link minimize}. */
export interface MinimizeOptions<T> extends SteppingOptions {
  /** For a loss: the leaves to be found, a list or a tree; they start from their `data`. For a function: the start. */
  readonly parameters: T
  /** Default {@link lbfgs}. */
  readonly optimizer?: Optimizer
}

export const MINIMIZE_OPTIONS: readonly string[] = ['parameters', 'optimizer', ...STEPPING_OPTIONS]

/** What {@link minimize} takes besides, for a loss with columns. */
export interface LossOptions<T> extends MinimizeOptions<T> {
  /** Rows or columns, for a loss with `column` leaves. */
  readonly data?: Data
  /** Whether the losses of the rows are added up or averaged. Default `'sum'`. */
  readonly reduce?: 'sum' | 'mean'
  /** How many rows a step looks at; each epoch takes them in a new order. Default: all rows, as they stand. */
  readonly batchSize?: number
  /** Of the order of the rows: the same seed gives the same result. Default 'chainrule'. */
  readonly seed?: string | number
}

const LOSS_OPTIONS = ['data', 'reduce', 'batchSize', 'seed']

/** What {@link minimize} has found. */
export interface Minimum<T> extends Ending {
  /** Numbers, in the shape in which the parameters were given. */
  readonly parameters: TreeOf<T, number>
  /** The loss there, over all rows. */
  readonly loss: number
  /** How often the loss was evaluated, with or without its gradient. */
  readonly evaluations: number
}

/**
 * Finds parameters for which a loss is smallest.
 *
 * @param loss a `Value` written with the parameters, and with columns for what differs from row to row; it is compiled
 *   with its gradient, and the `data` of the parameters is left at what was found. Or a function of flat numbers, as
 *   `objective` of chainrule/compile returns: `(parameters, gradientOut?) => loss`, which writes the gradient as well
 * @throws Error if the loss is not finite at the start, and for wrong data or options
 * @example
 * const [slope, intercept] = [value(0, 'slope'), value(0, 'intercept')]
 * const error = slope.mul(column('x')).add(intercept).sub(column('y'))
 * minimize(error.square(), { parameters: { slope, intercept }, data: { x: [0, 1, 2], y: [1, 3, 5] } })
 * // parameters: { slope: 2, intercept: 1 }
 */
export function minimize<T extends Tree<Value>>(loss: Value, options: LossOptions<T>): Minimum<T>
export function minimize<T extends Tree<number>>(loss: Loss, options: MinimizeOptions<T>): Minimum<T>
export function minimize(loss: Value | Loss, options: LossOptions<Tree<Value | number>>): Minimum<number[]> {
  if (options?.parameters === undefined) {
    throw new TypeError('minimize: got no parameters; wanted { parameters }, what is to be found')
  }
  const named = loss instanceof Value ? [...MINIMIZE_OPTIONS, ...LOSS_OPTIONS] : MINIMIZE_OPTIONS
  checkOptions('minimize', options, named)
  const { optimizer = lbfgs() } = options
  checkOptimizer('minimize', optimizer)
  const { leaves, paths, unflatten } = flatten(options.parameters as readonly (Value | number)[])
  if (leaves.length === 0) throw new RangeError('minimize: there are no parameters; wanted at least one')
  const { whole, batch, nextBatch, dispose } =
    loss instanceof Value ? ofGraph(loss, leaves, options) : ofFunction(loss, leaves)
  if (nextBatch !== undefined && !optimizer.batches) {
    throw new TypeError(
      'minimize: this optimizer wants the same loss at every step; leave out batchSize, or take one such as adam()',
    )
  }
  const nameOf = (i: number): string => (leaves[i] as Value).label ?? paths[i] ?? ''
  let evaluations = 0
  const counted = (objective: Loss): Loss => {
    return (parameters, gradientOut) => {
      evaluations++
      return objective(parameters, gradientOut)
    }
  }

  try {
    const parameters = Float64Array.from(leaves, dataOf)
    checkStart('minimize', parameters, nameOf)
    const steps = stepping('minimize', parameters, options)
    const slopes = new Float64Array(parameters.length).fill(Number.NaN)
    checkStartOf('minimize', counted(whole)(parameters, slopes), slopes, i => nameOf(i) || 'the parameter')
    const step = optimizer(counted(batch), parameters)
    let next = steps.next()
    while (next.done !== true) {
      nextBatch?.()
      next = steps.next(step())
    }
    leaves.forEach((leaf, i) => {
      if (leaf instanceof Value) leaf.data = parameters[i]!
    })
    const final = counted(whole)(parameters)
    return printable(
      { parameters: unflatten([...parameters]), loss: final, evaluations, ...next.value },
      i => nameOf(i) || 'parameter',
      parameters,
    )
  } finally {
    dispose?.()
  }
}

/** What there is to minimise: over all rows, and over those of the present batch. */
interface Losses {
  readonly whole: Loss
  readonly batch: Loss
  readonly nextBatch?: () => void
  readonly dispose?: () => void
}

function ofFunction(loss: Loss, leaves: readonly unknown[]): Losses {
  if (typeof loss !== 'function') {
    throw new TypeError(`minimize: the loss is ${describe(loss)}; wanted a Value or a function of parameters`)
  }
  const wrong = leaves.find(leaf => typeof leaf !== 'number')
  if (wrong !== undefined) {
    throw new TypeError(
      `minimize: a parameter is ${describe(wrong)}; for a function, wanted the numbers to start from`,
    )
  }
  return { whole: loss, batch: loss }
}

function ofGraph(
  loss: Value,
  leaves: readonly (Value | number)[],
  { data, reduce = 'sum', batchSize, seed = 'chainrule' }: LossOptions<unknown>,
): Losses {
  const wrong = leaves.find(leaf => !(leaf instanceof Value))
  if (wrong !== undefined) {
    throw new TypeError(
      `minimize: a parameter is ${describe(wrong)}; for a loss that is a Value, wanted its leaves`,
    )
  }
  const columns = columnsBelow([loss])
  if (columns.length === 0 && batchSize !== undefined) {
    throw new TypeError('minimize: batchSize is given, but the loss has no columns')
  }
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`minimize: batchSize is ${describe(batchSize)}; wanted a whole number from 1`)
  }
  const below = new Set<unknown>(topologicalOrder(loss))
  if (!leaves.some(leaf => below.has(leaf))) {
    throw new Error(
      'minimize: the loss depends on none of the parameters; wanted the leaves that it is written with',
    )
  }
  const compile = () => compileObjective(loss, { parameters: leaves as readonly Value[], reduce })
  // Of one program: another one without the gradient would cost more to compile than the two evaluations save.
  const unread = new Float64Array(leaves.length)
  const withGradient =
    (objective: Loss): Loss =>
    (parameters, gradientOut = unread) =>
      objective(parameters, gradientOut)
  if (columns.length === 0) {
    const compiled = compile()
    const whole = withGradient(compiled)
    return { whole, batch: whole, dispose: compiled.dispose }
  }
  if (data === undefined)
    throw new Error(`minimize: the loss has columns; wanted { data } with ${columns.join(', ')}`)
  const table = readColumns('minimize', data, columns)
  const { rows } = table
  if (rows === 0) throw new Error('minimize: the data has no rows; wanted at least one')
  const compiled = compile()
  const { dispose } = compiled
  const whole = withGradient(compiled.bind({ ...table.columns }))
  if (batchSize === undefined) return { whole, batch: whole, dispose }

  const shuffled = compiled.bind({ ...table.columns })
  const random = seeded(seed)
  const order = Int32Array.from({ length: rows }, (_, i) => i)
  let from = 0
  let to = 0
  return {
    whole,
    batch: (parameters, gradientOut) => shuffled(parameters, gradientOut, from, to),
    nextBatch: () => {
      from = to < rows ? to : 0
      to = Math.min(from + batchSize, rows)
      if (from > 0) return
      shuffle(order, random)
      shuffled.permute(order)
    },
    dispose,
  }
}

/** Fisher and Yates's shuffle. */
function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
}
