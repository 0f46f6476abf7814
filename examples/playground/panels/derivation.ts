/** The chain rule for one parameter, written out by `explain` from the graph of the row that is shown. */

import { explain } from 'chainrule/view'
import { byId, html, write } from '../dom.js'
import { short } from '../numbers.js'
import { showRow } from '../problem.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

export function derivationPanel(session: Session): Panel {
  const host = byId('derivation')
  const title = byId('derivation-title')

  function refresh(): void {
    const { problem, training, state } = session
    if (problem === undefined || training === undefined) return
    showRow(problem, training.values, state.row)
    const index = problem.parameters.findIndex(({ label }) => label === state.selected)
    // The update that follows from this row alone, if updates are made of it alone.
    const alone = problem.rows === 1 || training.nextRow === state.row
    const learned = !state.fixed.includes(state.selected)
    const derivation = explain(problem.loss, problem.parameters[index]!, {
      ...(alone && learned && { rate: state.rate }),
      digits: 6,
    })
    const ofRow = problem.rows === 1 ? '' : `, for row ${state.row + 1}`
    write(title, `Chain rule for ${state.selected}${ofRow}`)
    // Text of labels is escaped by explain: this is its MathML and nothing else.
    host.innerHTML = derivation.toMathML()
    if (!alone) {
      const slope = training.gradient[index]!
      const before = training.values[index]!
      const total = `Over all ${problem.rows} rows the derivatives add up to Σ ${short(slope)}`
      const next = learned
        ? `, so the next update is ${short(before)} − ${short(state.rate)} · ${bracketed(slope)} = ${short(before - state.rate * slope)}.`
        : '; the parameter is not learnt.'
      host.append(html('p', { class: 'help' }, total + next))
    }
  }

  return { refresh, frame: refresh }
}

function bracketed(x: number): string {
  return x < 0 ? `(${short(x)})` : short(x)
}
