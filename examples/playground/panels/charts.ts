/** The charts: the fit of the model, the loss as it went, the loss against one parameter. */

import type { Chart } from '../charts/chart.js'
import { fitAxis, fittedCurve } from '../charts/fit.js'
import { lossCurve } from '../charts/lossCurve.js'
import { regions } from '../charts/regions.js'
import { slice } from '../charts/slice.js'
import { targets } from '../charts/targets.js'
import { byId, write } from '../dom.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

export function chartsPanel(session: Session): Panel {
  const hosts = { fit: byId('fit'), loss: byId('loss'), slice: byId('slice') }
  let charts: { fit?: Chart | undefined; loss?: Chart; slice?: Chart } = {}
  /** What the charts were drawn for, besides the problem. */
  let drawnFor = ''

  function rebuild(): void {
    charts.fit?.dispose?.()
    charts = {}
    drawnFor = ''
  }

  /** Charts are made again for another row, another parameter, another start or another width. */
  function make(): void {
    const { state, problem, training } = session
    if (problem === undefined || training === undefined) return
    const widths = Object.values(hosts).map(host => host.clientWidth)
    const key = [state.selected, state.seed, training.history[0], widths].join()
    if (key === drawnFor) return
    drawnFor = key
    charts.fit?.dispose?.()
    charts = { fit: fitOf(), loss: lossCurve(hosts.loss, session), slice: slice(hosts.slice, session) }
    for (const [name, chart] of Object.entries(charts)) {
      if (chart !== undefined) write(byId(`${name}-title`), chart.title)
    }
    hosts.fit.closest('section')!.hidden = charts.fit === undefined
  }

  function fitOf(): Chart | undefined {
    const { lesson, problem } = session
    hosts.fit.closest('section')!.hidden = false
    if (lesson.picture?.kind === 'regions') return regions(hosts.fit, session, lesson.picture)
    if (lesson.picture?.kind === 'targets') return targets(hosts.fit, session, lesson.picture)
    return fitAxis(problem!) === undefined ? undefined : fittedCurve(hosts.fit, session)
  }

  function frame(): void {
    charts.fit?.show()
    charts.loss?.show()
    charts.slice?.show()
  }

  return {
    rebuild,
    frame,
    refresh() {
      make()
      frame()
    },
  }
}
