/** The gradient by the chain rule, held against differences of the function itself. */

import { type CheckReport, checkGradients, GradientCheckError, type Value } from 'chainrule'
import { byId, html } from '../dom.js'
import { short } from '../numbers.js'
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
    const verdict = report.correct ? 'The gradient is right.' : 'The gradient could not be confirmed.'
    const of = rows === problem.rows ? '' : ` On the first ${rows} of ${problem.rows} rows:`
    result.replaceChildren(
      html('p', { class: report.correct ? 'right' : 'error' }, `${verdict}${of}`),
      tableOf(report, names),
    )
  })

  return {
    refresh() {},
    rebuild() {
      result.replaceChildren()
    },
  }
}

function tableOf({ entries }: CheckReport, names: readonly string[]): HTMLElement {
  const heads = ['', 'chain rule', 'difference', 'error']
  const rows = entries.map(({ reverse, difference, error, correct, kink }, i) => {
    const said = kink !== undefined ? 'at a kink' : correct ? short(error) : 'too large'
    const cells = [short(reverse, 8), short(difference, 8), said].map(text => html('td', {}, text))
    return html('tr', {}, html('th', { scope: 'row' }, names[i]!), ...cells)
  })
  const head = html(
    'tr',
    {},
    ...heads.map(text => (text === '' ? html('td') : html('th', { scope: 'col' }, text))),
  )
  return html(
    'div',
    { class: 'scroller' },
    html('table', {}, html('thead', {}, head), html('tbody', {}, ...rows)),
  )
}
