/** Gradient descent on the compiled loss, or a fit step by step: parameters, their gradient, and how the loss went. */

import { fitPath } from './fitPath.js'
import type { Lesson } from './lessons.js'
import type { Problem } from './problem.js'
import type { Method } from './state.js'

export interface Training {
  /** Where the parameters stand, in the order of the problem. */
  readonly values: Float64Array
  /** The gradient of the loss over all rows, there. */
  readonly gradient: Float64Array
  readonly loss: number
  readonly updates: number
  /** [update, loss], thinned evenly as it grows. */
  readonly history: readonly (readonly [update: number, loss: number])[]
  /** The row that the next update looks at; `undefined` if it looks at all. */
  readonly nextRow: number | undefined
  /** One update of the parameters that are learnt; what there is to say where none could be made. */
  step(rate: number, learned: readonly boolean[], method?: Method): string | undefined
  /** Back to where the loss was least. */
  recover(): void
  /** Brings loss, gradient and history up to date with the parameters. */
  refresh(): void
}

const LONGEST_HISTORY = 600

export function createTraining(
  problem: Problem,
  update: Lesson['update'],
  start: ArrayLike<number>,
  updatesBefore: number,
): Training {
  const values = Float64Array.from(start)
  const gradient = new Float64Array(values.length)
  const slope = new Float64Array(values.length)
  let history: [number, number][] = []
  let stride = 1
  let loss = Number.NaN
  let updates = updatesBefore
  const best = Float64Array.from(values)
  let least = Number.POSITIVE_INFINITY
  let path: ReturnType<typeof fitPath> | undefined

  const nextRow = (): number | undefined => (update === 'all rows' ? undefined : updates % problem.rows)

  function record(): void {
    if (loss < least) {
      least = loss
      best.set(values)
    }
    if (history.at(-1)?.[0] === updates) history.pop()
    // The latest point is always there; the one before stays if its update is a multiple of the stride.
    const last = history.at(-1)
    if (last !== undefined && last[0] % stride !== 0) history.pop()
    history.push([updates, loss])
    if (history.length > LONGEST_HISTORY) {
      stride *= 2
      history = history.filter(([update], i) => update % stride === 0 || i === history.length - 1)
    }
  }

  const training: Training = {
    values,
    gradient,
    get loss() {
      return loss
    },
    get updates() {
      return updates
    },
    get history() {
      return history
    },
    get nextRow() {
      return nextRow()
    },
    step(rate: number, learned: readonly boolean[], method: Method = 'descent'): string | undefined {
      if (method === 'fit') {
        if (path?.continues(values, learned) !== true) path = fitPath(problem, values, learned)
        const next = path.next()
        if (next === undefined) return path.said
        values.set(next)
        updates++
        return undefined
      }
      const row = nextRow()
      if (row === undefined) loss = problem.evaluate(values, slope)
      else {
        loss = problem.evaluate(values)
        problem.evaluate(values, slope, row, row + 1)
      }
      record()
      for (let i = 0; i < values.length; i++) if (learned[i]!) values[i]! -= rate * slope[i]!
      updates++
      return undefined
    },
    recover(): void {
      values.set(best)
      training.refresh()
    },
    refresh(): void {
      loss = problem.evaluate(values, gradient)
      record()
    },
  }
  // The loss alone is compiled when it is first asked for: better now than in the first update.
  problem.evaluate(values)
  training.refresh()
  return training
}
