/** The outputs of a network beside what they should be. */

import { topologicalOrder } from 'chainrule'
import { html, set, svg, write } from '../dom.js'
import type { Picture } from '../lessons.js'
import { short } from '../numbers.js'
import { showRow } from '../problem.js'
import type { Session } from '../session.js'
import type { Chart } from './chart.js'
import { createField } from './frame.js'

export function targets(
  host: HTMLElement,
  session: Session,
  { pairs }: Picture & { kind: 'targets' },
): Chart {
  const problem = session.problem!
  const { values } = session.training!
  const nodes = new Map(topologicalOrder(problem.loss).map(node => [node.label, node]))
  const field = createField(host, {
    label: 'Outputs of the network and their targets',
    xLabel: 'output (bar) and target (line)',
    yLabel: 'value',
    xNames: pairs.map(([output]) => output),
  })
  field.scale([-0.6, pairs.length - 0.4], [0, 1.05])
  const bars = pairs.map(([output, target], i) => {
    const [left, right] = [field.x(i - 0.22), field.x(i + 0.22)]
    const drawn = {
      output: nodes.get(output)!,
      target: nodes.get(target)!,
      bar: svg('rect', { x: left, width: right - left, class: 'bar' }),
      goal: svg('line', { x1: left - 12, x2: right + 12, class: 'goal' }),
      text: svg('text', { x: field.x(i), class: 'tick middle strong' }),
    }
    field.marks.append(drawn.bar, drawn.goal, drawn.text)
    return drawn
  })
  const note = html('p', { class: 'hidden' })
  host.append(note)

  return {
    title: 'Outputs and their targets',
    show() {
      showRow(problem, values, session.state.row)
      for (const { output, target, bar, goal, text } of bars) {
        const [top, zero] = [field.y(output.data), field.y(0)]
        set(bar, { y: top.toFixed(1), height: Math.max(0, zero - top).toFixed(1) })
        set(goal, { y1: field.y(target.data), y2: field.y(target.data) })
        set(text, { y: (output.data > 0.9 ? top + 16 : top - 6).toFixed(1) })
        write(text, short(output.data))
      }
      write(
        note,
        bars
          .map(
            ({ output, target }) => `${output.label} is ${short(output.data)}, target ${short(target.data)}`,
          )
          .join('; '),
      )
    },
  }
}
