/** What the graph and the walk show together: the lines of the problem, run forward and back at the row looked at. */

import { forwardLines, type Sheet, sheetOf } from './lines.js'
import type { Session } from './session.js'
import { type Received, receivedAfter, type WalkStep, walkBack } from './walk.js'

export interface PassNumbers {
  readonly values: ReadonlyMap<string, number>
  /** Every step of the backward pass, taken or not. */
  readonly steps: readonly WalkStep[]
  readonly taken: number
  /** What the steps taken have handed out; what has not been handed anything is not in it. */
  readonly received: ReadonlyMap<string, Received>
  /** The line visited last, while the pass is being walked. */
  readonly current: string | undefined
}

export interface Pass {
  readonly sheet: Sheet
  /** For another problem, or another degree of detail. */
  rebuild(): void
  numbers(): PassNumbers
  /** Visits so many lines and no more; `undefined` visits all. */
  walkTo(taken: number | undefined): void
}

export function createPass(session: Session): Pass {
  let sheet: Sheet = { leaves: [], lines: [] }

  return {
    get sheet() {
      return sheet
    },
    rebuild() {
      sheet = sheetOf(session.problem!, session.state.detailed)
    },
    numbers() {
      const { problem, training, state } = session
      const leaves = new Map<string, number>()
      problem!.parameters.forEach(({ label }, i) => {
        leaves.set(label!, training!.values[i]!)
      })
      for (const name of problem!.columns) leaves.set(name, problem!.table.columns[name]![state.row]!)
      const values = forwardLines(sheet, leaves)
      const steps = walkBack(sheet)
      const taken = Math.min(state.walk ?? steps.length, steps.length)
      const current = state.walk === undefined ? undefined : steps[taken - 1]?.line.name
      return { values, steps, taken, received: receivedAfter(steps, taken), current }
    },
    walkTo(taken) {
      session.pause()
      const most = sheet.lines.length
      session.choose({ walk: taken === undefined ? undefined : Math.max(0, Math.min(most, taken)) })
    },
  }
}
