/** Everything that a link to the page says. */

import { lessons, type ModelId } from './lessons.js'

export interface State {
  readonly model: ModelId
  /** The text of the model; only that of your own formula can be changed. */
  readonly formula: string
  readonly data: string
  /** Draws the starting values; empty for those of the lesson. */
  readonly seed: string
  readonly method: Method
  readonly rate: number
  /** Updates a second, while playing. */
  readonly speed: number
  readonly updates: number
  /** Where the parameters stand; `undefined` if they stand at their start. */
  readonly values: ReadonlyMap<string, number> | undefined
  /** The parameters that are not learnt. */
  readonly fixed: readonly string[]
  /** The row of the data that the graph shows. */
  readonly row: number
  /** The parameter that is looked at. */
  readonly selected: string
  /** Lines visited by the backward pass; `undefined` shows all of it. */
  readonly walk: number | undefined
  /** Whether the graph shows every operation. */
  readonly detailed: boolean
}

/** How parameters are moved: by the slope alone, or by a fit with its bends, which needs `observed ~ formula`. */
export type Method = 'descent' | 'fit'

export const SPEEDS = [2, 60, 600, 6000] as const

export function initialState(model: ModelId): State {
  const { formula, data, fixed, rate, selected, row } = lessons[model]
  return {
    ...{ model, formula, data, fixed, rate, selected, row },
    method: lessons[model].method ?? 'descent',
    ...{ seed: '', speed: 60, updates: 0, values: undefined, walk: undefined, detailed: false },
  }
}
