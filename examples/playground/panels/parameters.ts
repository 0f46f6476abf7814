/** The parameters: a slider and a number to move each, its slope, and whether it is learnt. */

import { byId, html, set, write } from '../dom.js'
import { short } from '../numbers.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

interface Row {
  readonly name: string
  readonly element: HTMLTableRowElement
  readonly pick: HTMLButtonElement
  readonly slider: HTMLInputElement
  readonly number: HTMLInputElement
  readonly slope: HTMLElement
  readonly learned: HTMLInputElement
}

export function parametersPanel(session: Session): Panel {
  const host = byId('parameters')
  let rows: Row[] = []

  function rebuild(): void {
    rows = (session.problem?.parameters ?? []).map(({ label }) => createRow(label!, session))
    const heads = ['', 'value', '', 'slope', 'learn']
    host.replaceChildren(
      html(
        'table',
        {},
        html(
          'thead',
          {},
          html(
            'tr',
            {},
            ...heads.map(text => (text === '' ? html('td') : html('th', { scope: 'col' }, text))),
          ),
        ),
        html('tbody', {}, ...rows.map(({ element }) => element)),
      ),
    )
  }

  function frame(): void {
    const { training } = session
    rows.forEach(({ slider, number, slope }, i) => {
      const value = training!.values[i]!
      reach(slider, value)
      // Not while it is typed in.
      if (document.activeElement !== number) number.value = forInput(value)
      write(slope, short(training!.gradient[i]!))
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
  const slope = html('td', { class: 'adjoint' })
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
    slope,
    html('td', { class: 'learn' }, learned),
  )
  return { name, element, pick, slider, number, slope, learned }
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
