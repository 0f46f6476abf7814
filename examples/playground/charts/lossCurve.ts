/** How the loss went, on a logarithmic axis as soon as it has come far. */

import { svg } from '../dom.js'
import { lossLabel } from '../problem.js'
import type { Session } from '../session.js'
import type { Chart } from './chart.js'
import { createField, draw, line, place, type Span, spanOf } from './frame.js'

export function lossCurve(host: HTMLElement, { problem, training }: Session): Chart {
  const field = createField(host, { label: 'Loss curve', xLabel: 'updates', yLabel: lossLabel(problem!) })
  const path = line(field, 'fit')
  const dot = svg('circle', { r: 4.5, class: 'now' })
  field.points.append(dot)
  return {
    title: 'Loss, update by update',
    show() {
      const { history } = training!
      const [first] = history[0]!
      const [last] = history.at(-1)!
      const losses = spanOf(history.map(([, loss]) => loss))
      const logarithmic = losses[0] > 0 && losses[1] > 20 * losses[0]
      const room = Math.max(10, roundedUp(last - first))
      field.scale([first, first + room], logarithmic ? decades(losses) : aboveZero(losses), logarithmic)
      draw(field, path, history)
      const [, loss] = history.at(-1)!
      place(field, dot, last, loss)
    },
  }
}

/** Axes that grow in steps are easier on the eye, and cheaper, than axes that always move. */
function roundedUp(x: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, x)))
  return size * ([1, 1.5, 2, 3, 5, 7.5].find(factor => factor * size >= x) ?? 10)
}

function decades([low, high]: Span): Span {
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))]
}

function aboveZero([low, high]: Span): Span {
  return [Math.min(0, low < 0 ? -roundedUp(-low) : 0), high > 0 ? 1.05 * high : 1]
}
