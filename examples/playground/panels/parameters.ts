/** The parameters: a slider and a number to move each, its slope, and whether it is learnt. */

import { byId, html, set, write } from '../dom.js'
import { short } from '../numbers.js'
import type { Pass } from '../pass.js'
import type { Session } from '../session.js'
import { receivedAfter } from '../walk.js'
import type { Panel } from './panel.js'

interface Row {
  readonly name: string
  readonly element: HTMLTableRowElement
  readonly pick: HTMLButtonElement
  readonly slider: HTMLInputElement
  readonly number: HTMLInputElement
  /** Of the loss of the row in the graph. */
  readonly ofRow: HTMLElement
  /** Of the loss over all rows. */
  readonly ofAll: HTMLElement
  readonly learned: HTMLInputElement
}

export function parametersPanel(session: Session, pass: Pass): Panel {
  const host = byId('parameters')
  let rows: Row[] = []
  const rowHead = html('th', { scope: 'col' })
  const allHead = html('th', { scope: 'col' }, 'Σ all rows')
  const used = html('p', { class: 'help', id: 'slope-used' })

  function rebuild(): void {
    rows = (session.problem?.parameters ?? []).map(({ label }) => createRow(label!, session))
    const several = session.problem !== undefined && session.problem.rows > 1
    const head = (text: string) => (text === '' ? html('td') : html('th', { scope: 'col' }, text))
    for (const cell of [allHead, ...rows.map(({ ofAll }) => ofAll)]) cell.hidden = !several
    used.hidden = !several
    host.replaceChildren(
      html(
        'table',
        {},
        html('thead', {}, html('tr', {}, ...['', 'value', ''].map(head), rowHead, allHead, head('learn'))),
        html('tbody', {}, ...rows.map(({ element }) => element)),
      ),
      used,
    )
  }

  function frame(): void {
    const { training, problem, state } = session
    const several = problem!.rows > 1
    write(rowHead, several ? `∂ row ${state.row + 1}` : 'slope')
    const { nextRow } = training!
    write(used, several ? usedBy(nextRow, state.row) : '')
    rowHead.classList.toggle('used', nextRow === state.row)
    allHead.classList.toggle('used', nextRow === undefined)
    // All of it, however far the walk has come.
    const { steps } = several ? pass.numbers() : { steps: [] }
    const received = receivedAfter(steps, steps.length)
    rows.forEach(({ name, slider, number, ofRow, ofAll }, i) => {
      const value = training!.values[i]!
      reach(slider, value)
      // Not while it is typed in.
      if (document.activeElement !== number) number.value = forInput(value)
      const whole = short(training!.gradient[i]!)
      write(ofRow, several ? short(received.get(name)?.sum ?? 0) : whole)
      write(ofAll, whole)
    })
  }

  return {
    rebuild,
    frame,
    refresh() {
      frame()
      const { selected, fixed } = session.state
      for (const { name, element, pick, learned } of rows) {
        element.classList.toggle('selected', name === selected)
        set(pick, { 'aria-pressed': String(name === selected) })
        learned.checked = !fixed.includes(name)
      }
    },
  }
}

function createRow(name: string, session: Session): Row {
  const pick = html('button', { type: 'button', class: 'pick', title: `The chain rule for ${name}` }, name)
  const slider = html('input', {
    type: 'range',
    min: -5,
    max: 5,
    step: 0.01,
    'aria-label': `${name}, slider`,
  })
  const number = html('input', { type: 'number', step: 'any', 'aria-label': `${name}, value` })
  const ofRow = html('td', { class: 'adjoint' })
  const ofAll = html('td', { class: 'adjoint total' })
  const learned = html('input', { type: 'checkbox', 'aria-label': `learn ${name}` })
  pick.addEventListener('click', () => session.choose({ selected: name }))
  slider.addEventListener('input', () => session.setParameter(name, slider.valueAsNumber))
  number.addEventListener('change', () => {
    if (Number.isFinite(number.valueAsNumber)) session.setParameter(name, number.valueAsNumber)
    else session.choose({})
  })
  learned.addEventListener('change', () => session.setLearned(name, learned.checked))
  const element = html(
    'tr',
    { 'data-parameter': name },
    html('th', { scope: 'row' }, pick),
    html('td', {}, number),
    html('td', { class: 'slide' }, slider),
    ofRow,
    ofAll,
    html('td', { class: 'learn' }, learned),
  )
  return { name, element, pick, slider, number, ofRow, ofAll, learned }
}

/** Which of the two slopes a step goes down. */
function usedBy(nextRow: number | undefined, row: number): string {
  const which = nextRow === undefined ? 'Σ, the slopes over all rows' : `∂ row ${nextRow + 1}`
  const seen = nextRow === undefined || nextRow === row ? '' : ', which is not the row in the graph'
  return `The next step goes down ${which}${seen}.`
}

/** Moves the thumb; a value beyond the ends doubles the range. */
function reach(slider: HTMLInputElement, value: number): void {
  let end = Number(slider.max)
  if (Number.isFinite(value)) while (Math.abs(value) > end) end *= 2
  set(slider, { max: end, min: -end, step: end / 500 })
  if (Number.isFinite(value)) slider.value = String(value)
}

function forInput(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(6))) : ''
}
