/** The gradient by the chain rule, held against differences of the function itself. */

import { type CheckReport, checkGradients, GradientCheckError, type Value } from 'chainrule'
import { byId, html } from '../dom.js'
import { recordLoss } from '../problem.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

/** The graph is recorded anew for each difference: some rows tell as much as many. */
const MOST_ROWS = 10

export function checkPanel(session: Session): Panel {
  const button = html('button', { type: 'button', id: 'check-gradient' }, 'Check gradient')
  const result = html('div', { id: 'check-result', 'aria-live': 'polite' })
  byId('check').append(button, result)

  button.addEventListener('click', () => {
    session.pause()
    const { problem, training } = session
    if (problem === undefined || training === undefined) return
    const rows = Math.min(problem.rows, MOST_ROWS)
    const names = problem.parameters.map(({ label }) => label!)
    const point = Object.fromEntries(names.map((name, i) => [name, training.values[i]!]))
    const f = (values: Record<string, Value>) => recordLoss(problem, values, rows)
    let report: CheckReport
    try {
      report = checkGradients(f, point)
    } catch (error) {
      if (error instanceof GradientCheckError) report = error.report
      else return result.replaceChildren(html('p', {}, (error as Error).message))
    }
    const of = rows === problem.rows ? '' : ` Checked on the first ${rows} of ${problem.rows} rows.`
    const verdict = report.correct ? 'The gradient is right.' : 'The gradient is wrong.'
    result.replaceChildren(
      html('p', { class: report.correct ? 'right' : 'error' }, `${verdict}${of}`),
      html('pre', { tabindex: 0, role: 'region', 'aria-label': 'Report' }, String(report)),
    )
  })

  return {
    refresh() {},
    rebuild() {
      result.replaceChildren()
    },
  }
}
