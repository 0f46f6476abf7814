/** The graph of one row, as a picture to pick from. */

import { byId, html } from '../dom.js'
import { layoutOf } from '../graph/layout.js'
import { createGraphPicture, type GraphPicture } from '../graph/picture.js'
import type { Direction } from '../graph/routes.js'
import type { Pass } from '../pass.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

const MOST_BOXES = 160
/** Below this width in pixels a graph grows down the page. */
const NARROW = 560

export function graphPanel(session: Session, pass: Pass): Panel {
  const host = byId('graph')
  const row = html('input', { type: 'number', id: 'row', min: 1, step: 1 })
  const rowField = html('label', { class: 'field inline' }, html('span', {}, 'Row'), row)
  const detailed = html('input', { type: 'checkbox', id: 'detailed' })
  byId('graph-options').append(rowField, html('label', { class: 'check' }, detailed, ' every operation'))
  let picture: GraphPicture | undefined
  let direction: Direction = 'right'

  row.addEventListener('change', () => {
    const wanted = Math.round(row.valueAsNumber) - 1
    if (wanted >= 0 && wanted < session.problem!.rows) session.choose({ row: wanted })
    else row.value = String(session.state.row + 1)
  })
  detailed.addEventListener('change', () => session.detail(detailed.checked))

  const fitting = (): Direction => (host.clientWidth < NARROW ? 'down' : 'right')

  function draw(): void {
    const { sheet } = pass
    const boxes = sheet.lines.length + sheet.leaves.length
    if (boxes > MOST_BOXES) {
      picture = undefined
      const text = `The graph has ${boxes} boxes; it is drawn up to ${MOST_BOXES}. All the rest works.`
      host.replaceChildren(html('p', { class: 'help' }, text))
      return
    }
    direction = fitting()
    picture = createGraphPicture(layoutOf(sheet, direction), sheet, direction, ({ name, kind }) => {
      if (kind === 'parameter') session.choose({ selected: name })
      else if (kind === 'line')
        pass.walkTo(1 + pass.numbers().steps.findIndex(({ line }) => line.name === name))
    })
    host.replaceChildren(picture.element)
  }

  function frame(): void {
    picture?.show(pass.numbers(), session.state.selected)
    row.value = String(session.state.row + 1)
  }

  return {
    rebuild: draw,
    frame,
    refresh() {
      const { problem, state } = session
      detailed.checked = state.detailed
      rowField.hidden = problem!.rows < 2
      row.max = String(problem!.rows)
      if (direction !== fitting()) draw()
      frame()
      const numbers = pass.numbers()
      picture?.describe(numbers, state.selected)
      // A wide graph is scrolled along with the walk.
      const place = numbers.current && picture?.place(numbers.current)
      if (place) host.scrollLeft = place * host.scrollWidth - host.clientWidth / 2
    },
  }
}
