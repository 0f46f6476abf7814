/** The loss against one parameter while the others stay, with its tangent: what one slope of the gradient says. */

import { svg } from '../dom.js'
import { lossLabel } from '../problem.js'
import type { Session } from '../session.js'
import type { Chart } from './chart.js'
import { across, createField, draw, line, place, type Span } from './frame.js'

const STEPS = 60

export function slice(host: HTMLElement, session: Session): Chart {
  const problem = session.problem!
  const training = session.training!
  const name = session.state.selected
  const index = problem.parameters.findIndex(({ label }) => label === name)
  const field = createField(host, {
    label: `Loss against ${name}, with its tangent`,
    xLabel: name,
    yLabel: lossLabel(session.problem!),
  })
  const curve = line(field, 'fit')
  const tangent = line(field, 'tangent')
  const dot = svg('circle', { r: 6, class: 'dot' })
  field.points.append(dot)
  const moved = new Float64Array(training.values.length)
  const reach = Math.max(2, 1.5 * Math.abs(training.values[index]!))
  let xs: Span = [training.values[index]! - reach, training.values[index]! + reach]

  return {
    title: `Loss against ${name}`,
    show() {
      const here = training.values[index]!
      if (here < xs[0] || here > xs[1]) xs = [here - reach, here + reach]
      moved.set(training.values)
      const points = across(xs, STEPS).map(x => {
        moved[index] = x
        return [x, problem.evaluate(moved)] as const
      })
      const { loss } = training
      const slope = training.gradient[index]!
      const ys = points
        .map(([, y]) => y)
        .filter(Number.isFinite)
        .sort((a, b) => a - b)
      const low = Math.min(loss, ys[0] ?? loss)
      const median = ys[ys.length >> 1] ?? loss
      const highest = ys.at(-1) ?? loss
      // Steep walls would flatten what lies between them: they are cut off well above the rest.
      const high = Math.max(low + 1.3 * (loss - low), Math.min(highest, low + 6 * (median - low)))
      const space = 0.08 * (high - low)
      field.scale(xs, [rounded(low - space, high - low), rounded(high + space, high - low)])
      draw(field, curve, points)
      draw(field, tangent, [
        [xs[0], loss + slope * (xs[0] - here)],
        [xs[1], loss + slope * (xs[1] - here)],
      ])
      place(field, dot, here, loss)
    },
  }
}

/** To about two digits of the height, so that axes rest while numbers move a little. */
function rounded(x: number, height: number): number {
  const unit = 10 ** Math.floor(Math.log10(height / 4 || 1))
  return Number.isFinite(unit) && unit > 0 ? Math.round(x / unit) * unit : x
}
