/** The graph of one row, and the backward pass through it, line by line. */

import { byId, html, write } from '../dom.js'
import { layoutOf } from '../graph/layout.js'
import { createGraphPicture, type GraphNumbers, type GraphPicture } from '../graph/picture.js'
import { forwardLines, type Sheet, sheetOf } from '../lines.js'
import { localDerivative } from '../local.js'
import { short } from '../numbers.js'
import type { Session } from '../session.js'
import { adjointsAfter, type WalkStep, walkBack } from '../walk.js'
import type { Panel } from './panel.js'

const MOST_BOXES = 160
const WALK_PAUSE_MS = 1200

export function graphPanel(session: Session): Panel {
  const host = byId('graph')
  const options = byId('graph-options')
  const row = html('input', { type: 'number', id: 'row', min: 1, step: 1 })
  const rowField = html('label', { class: 'field inline' }, html('span', {}, 'Row'), row)
  const detailed = html('input', { type: 'checkbox', id: 'detailed' })
  options.append(rowField, html('label', { class: 'check' }, detailed, ' every operation'))

  const walk = byId('walk')
  const button = (id: string, text: string) => html('button', { type: 'button', id }, text)
  const first = button('walk-first', 'From the loss')
  const back = button('walk-back', 'Back')
  const next = button('walk-next', 'Next')
  const run = button('walk-run', 'Walk')
  const all = button('walk-all', 'Whole pass')
  const said = html('div', { class: 'said', 'aria-live': 'polite', id: 'walk-said' })
  walk.append(html('div', { class: 'buttons' }, first, back, next, run, all), said)

  let sheet: Sheet | undefined
  let picture: GraphPicture | undefined
  let timer: ReturnType<typeof setInterval> | undefined

  const lineCount = (): number => sheet?.lines.length ?? 0
  const go = (taken: number | undefined): void => {
    if (session.playing) session.pause()
    session.choose({ walk: taken === undefined ? undefined : Math.max(0, Math.min(lineCount(), taken)) })
  }
  const stopWalking = (): void => {
    clearInterval(timer)
    timer = undefined
    write(run, 'Walk')
  }
  const advance = (): void => {
    const taken = session.state.walk ?? 0
    if (taken >= lineCount()) stopWalking()
    else go(taken + 1)
  }

  first.addEventListener('click', () => go(0))
  back.addEventListener('click', () => go((session.state.walk ?? lineCount()) - 1))
  next.addEventListener('click', () => {
    const { walk } = session.state
    go(walk === undefined ? 0 : walk + 1)
  })
  all.addEventListener('click', () => go(undefined))
  run.addEventListener('click', () => {
    if (timer !== undefined) return stopWalking()
    if ((session.state.walk ?? lineCount()) >= lineCount()) go(0)
    write(run, 'Stop')
    timer = setInterval(advance, WALK_PAUSE_MS)
  })
  row.addEventListener('change', () => {
    const wanted = Math.round(row.valueAsNumber) - 1
    if (wanted >= 0 && wanted < session.problem!.rows) session.choose({ row: wanted })
    else row.value = String(session.state.row + 1)
  })
  detailed.addEventListener('change', () => {
    session.choose({ detailed: detailed.checked, walk: undefined })
    rebuild()
    refresh()
  })

  function numbers(): { steps: WalkStep[]; shown: GraphNumbers } {
    const { problem, training, state } = session
    const leaves = new Map<string, number>()
    problem!.parameters.forEach(({ label }, i) => {
      leaves.set(label!, training!.values[i]!)
    })
    for (const name of problem!.columns) leaves.set(name, problem!.table.columns[name]![state.row]!)
    const values = forwardLines(sheet!, leaves)
    const steps = walkBack(sheet!)
    const taken = Math.min(state.walk ?? steps.length, steps.length)
    const current = state.walk === undefined ? undefined : steps[taken - 1]?.line.name
    const adjoints = adjointsAfter(steps, taken)
    return {
      steps,
      shown: { values, adjoints, steps: steps.slice(0, taken), current, selected: state.selected },
    }
  }

  function rebuild(): void {
    const { problem, state } = session
    stopWalking()
    sheet = undefined
    picture = undefined
    if (problem === undefined) return
    const made = sheetOf(problem, state.detailed)
    const boxes = made.lines.length + made.leaves.length
    if (boxes > MOST_BOXES) {
      const text = `The graph has ${boxes} boxes; it is drawn up to ${MOST_BOXES}. Training works all the same.`
      host.replaceChildren(html('p', { class: 'help' }, text))
      return
    }
    sheet = made
    picture = createGraphPicture(layoutOf(made), made, ({ name, kind }) => {
      if (kind === 'parameter') session.choose({ selected: name })
      else if (kind === 'line') go(made.lines.toReversed().findIndex(line => line.name === name) + 1)
    })
    host.replaceChildren(picture.element)
  }

  function frame(): void {
    if (picture !== undefined) picture.show(numbers().shown)
    row.value = String(session.state.row + 1)
  }

  function refresh(): void {
    const { problem, state } = session
    detailed.checked = state.detailed
    rowField.hidden = problem === undefined || problem.rows < 2
    row.max = String(problem?.rows ?? 1)
    walk.hidden = picture === undefined
    frame()
    if (picture === undefined) return
    const { steps, shown } = numbers()
    picture.describe(shown)
    const place = shown.current && picture.place(shown.current)
    // A wide graph is scrolled along with the walk.
    if (place) host.scrollLeft = place * host.scrollWidth - host.clientWidth / 2
    if (state.walk === undefined || state.walk >= steps.length) {
      if (state.walk === undefined) stopWalking()
    }
    back.disabled = state.walk === 0
    next.disabled = state.walk === steps.length
    said.replaceChildren(...sayWalk(steps, state.walk))
  }

  return { rebuild, refresh, frame }
}

/** What the pass does at the line visited last. */
function sayWalk(steps: readonly WalkStep[], taken: number | undefined): Node[] {
  const loss = steps[0]!.line.name
  if (taken === undefined) {
    const text = 'The whole pass is shown. Walk it from the loss to see each product, or pick a computed box.'
    return [html('p', {}, text)]
  }
  if (taken === 0) return [html('p', {}, `It begins at the loss: the derivative of ${loss} by ${loss} is 1.`)]
  const { line, adjoint, contributions } = steps[Math.min(taken, steps.length) - 1]!
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
  const cells = contributions.map(({ to, product, total }, i) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, to),
      html('td', {}, localDerivative(line, i)),
      html('td', {}, `× ${short(adjoint)}`),
      html('td', { class: 'adjoint' }, `= ${short(product)}`),
      html('td', {}, total === product ? '' : `${short(total)} with what came before`),
    ),
  )
  const heads = ['to', 'local derivative', '× incoming', '= product', 'sum']
  const table = html(
    'table',
    {},
    html('thead', {}, html('tr', {}, ...heads.map(text => html('th', { scope: 'col' }, text)))),
    html('tbody', {}, ...cells),
  )
  return [
    head,
    html('div', { class: 'scroller', role: 'region', 'aria-label': 'Products', tabindex: 0 }, table),
  ]
}
