/** The backward pass, line by line: the local derivative, what has come in, and their product. */

import { byId, html, write } from '../dom.js'
import { localDerivative } from '../local.js'
import { short } from '../numbers.js'
import type { Pass } from '../pass.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

const PAUSE_MS = 1200
const WALK = '▶ Walk'

export function walkPanel(session: Session, pass: Pass): Panel {
  const button = (id: string, text: string) => html('button', { type: 'button', id }, text)
  const first = button('walk-first', 'Start at the loss')
  const back = button('walk-back', '‹ Back')
  const next = button('walk-next', 'Next ›')
  const run = button('walk-run', WALK)
  const all = button('walk-all', 'Show it all')
  const said = html('div', { class: 'said', 'aria-live': 'polite', id: 'walk-said' })
  byId('walk').append(html('div', { class: 'buttons' }, first, back, next, run, all), said)

  let timer: ReturnType<typeof setInterval> | undefined
  let silent = false

  const taken = (): number => session.state.walk ?? pass.sheet.lines.length
  const isOver = (): boolean => taken() >= pass.sheet.lines.length

  function stop(): void {
    clearInterval(timer)
    timer = undefined
    write(run, WALK)
  }

  first.addEventListener('click', () => pass.walkTo(0))
  back.addEventListener('click', () => pass.walkTo(taken() - 1))
  next.addEventListener('click', () => pass.walkTo(session.state.walk === undefined ? 0 : taken() + 1))
  all.addEventListener('click', () => pass.walkTo(undefined))
  run.addEventListener('click', () => {
    if (timer !== undefined) {
      stop()
      return
    }
    if (isOver()) pass.walkTo(0)
    write(run, '❚❚ Stop')
    timer = setInterval(() => (isOver() ? stop() : pass.walkTo(taken() + 1)), PAUSE_MS)
  })

  return {
    rebuild: stop,
    refresh() {
      const whole = session.state.walk === undefined
      if (whole) stop()
      back.disabled = taken() === 0
      next.disabled = !whole && isOver()
      all.disabled = whole
      // Said once: a screen reader would read it again after every choice.
      if (whole && silent) return
      silent = whole
      said.replaceChildren(...(whole ? [html('p', {}, WHOLE)] : sayStep(pass)))
    },
  }
}

const WHOLE =
  'All derivatives are shown. Walk from the loss back to the parameters to see each product, or pick a computed box.'

/** What the pass does at the line visited last. */
function sayStep(pass: Pass): Node[] {
  const { steps, taken, received } = pass.numbers()
  const loss = steps[0]!.line.name
  if (taken === 0) return [html('p', {}, `It begins at the loss: the derivative of ${loss} by ${loss} is 1.`)]
  const { line, adjoint, contributions } = steps[taken - 1]!
  const head = html(
    'p',
    {},
    html('span', { class: 'count' }, `${taken} of ${steps.length}`),
    ' ',
    html('code', {}, String(line.output)),
    ' — what has reached ',
    html('b', {}, line.name),
    ' is ',
    html('b', { class: 'adjoint' }, `∂${loss}/∂${line.name} = ${short(adjoint)}`),
  )
  const data = new Set(pass.sheet.leaves.filter(({ kind }) => kind === 'data').map(({ name }) => name))
  // Data are not moved: nobody follows the slope along them.
  const followed = contributions.flatMap((contribution, i) =>
    data.has(contribution.to) ? [] : { ...contribution, i },
  )
  const isSum = followed.some(({ to }) => received.get(to)!.of > 1)
  const sumOf = (to: string, total: number): HTMLElement | string => {
    const { parts, of } = received.get(to)!
    if (of === 1) return ''
    if (parts < of) return html('span', { class: 'part' }, `${short(total)}: sum so far, ${parts} of ${of}`)
    return html('span', { class: 'adjoint' }, `${short(total)}: all ${of}, ∂${loss}/∂${to}`)
  }
  const rows = followed.map(({ to, product, total, i }) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, to),
      html('td', {}, localDerivative(line, i)),
      html('td', {}, `× ${short(adjoint)}`),
      html('td', { class: 'adjoint' }, `= ${short(product)}`),
      ...(isSum ? [html('td', {}, sumOf(to, total))] : []),
    ),
  )
  const heads = ['to', 'local derivative', '× incoming', '= product', ...(isSum ? ['sum'] : [])]
  const table = html(
    'table',
    {},
    html('thead', {}, html('tr', {}, ...heads.map(text => html('th', { scope: 'col' }, text)))),
    html('tbody', {}, ...rows),
  )
  const scroller = { class: 'scroller', role: 'region', 'aria-label': 'Products', tabindex: 0 }
  return [head, html('div', scroller, table)]
}
