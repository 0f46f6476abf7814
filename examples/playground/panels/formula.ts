/** The formula and its data, to read or to write; what is wrong with them is said beside them, with a caret. */

import { byId, html, set, write } from '../dom.js'
import type { Problem } from '../problem.js'
import type { Session } from '../session.js'
import { inPageWords, namesSaid, rewritten } from '../typed.js'
import type { Panel } from './panel.js'

const TYPING_PAUSE_MS = 350

export function formulaPanel(session: Session): Panel {
  const formula = area('formula-text', 'formula-error')
  const data = area('data-text', 'data-error')
  const formulaError = html('pre', { id: 'formula-error', class: 'error', role: 'alert' })
  const dataError = html('p', { id: 'data-error', class: 'error', role: 'alert' })
  const mend = html('button', { type: 'button', id: 'mend' })
  const names = html('p', { class: 'help', id: 'names', 'aria-live': 'polite' })
  const dataNote = html('p', { class: 'help', id: 'data-note' })
  const copy = html('button', { type: 'button', id: 'copy' }, 'Change this formula')
  const help = html(
    'p',
    { class: 'help' },
    'Lines name intermediates; the last is the model. Signs: + − * / ** and comparisons. Functions: exp, log, ' +
      'sigmoid, softplus, tanh, relu, sin, sqrt, max, where and all the others of chainrule.',
  )
  byId('formula').append(
    html(
      'div',
      { class: 'columns' },
      html(
        'div',
        {},
        html('label', { for: formula.id, class: 'caption' }, 'Formula'),
        formula,
        formulaError,
        mend,
        names,
        help,
      ),
      html(
        'div',
        {},
        html('label', { for: data.id, class: 'caption' }, 'Data, a line of names and then rows'),
        data,
        dataError,
        dataNote,
      ),
    ),
    copy,
  )

  let timer: ReturnType<typeof setTimeout> | undefined
  const written = (): void => {
    clearTimeout(timer)
    timer = undefined
    session.rewrite({ formula: formula.value, data: data.value })
  }
  for (const input of [formula, data]) {
    input.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(written, TYPING_PAUSE_MS)
    })
    input.addEventListener('change', () => {
      if (timer !== undefined) written()
    })
  }
  mend.addEventListener('click', () => {
    formula.value = mend.value
    written()
    formula.focus()
  })
  copy.addEventListener('click', () => {
    session.copy()
    formula.focus()
  })

  const card = byId<HTMLDetailsElement>('formula-card')

  return {
    rebuild() {
      card.open = session.state.model === 'formula'
    },
    refresh() {
      const { state, trouble } = session
      const own = state.model === 'formula'
      for (const input of [formula, data]) input.readOnly = !own
      copy.hidden = own
      help.hidden = !own
      // Not while it is being written in: the caret would jump.
      if (document.activeElement !== formula || timer === undefined) show(formula, state.formula)
      if (document.activeElement !== data || timer === undefined) show(data, state.data)
      sayWhere(formulaError, inPageWords(trouble.formula ?? ''))
      const { problem, current } = session
      const mended =
        trouble.formula === undefined ? undefined : rewritten(state.formula, problem?.pasted.names ?? [])
      mend.hidden = mended === undefined
      mend.value = mended ?? ''
      write(mend, `Write it as ${mended ?? ''}`)
      const shown = own && current && problem !== undefined
      write(names, shown ? `${namesSaid(state.formula, namesOf(problem)).join('. ')}.` : '')
      write(dataNote, shown ? notesOn(problem) : '')
      write(dataError, trouble.data ?? '')
      set(formula, { 'aria-invalid': trouble.formula === undefined ? false : 'true' })
      set(data, { 'aria-invalid': trouble.data === undefined ? false : 'true' })
    },
  }
}

function area(id: string, error: string): HTMLTextAreaElement {
  return html('textarea', {
    id,
    rows: 6,
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': error,
  })
}

function show(input: HTMLTextAreaElement, text: string): void {
  if (input.value !== text) input.value = text
}

/** The reason may take several lines; the place below it must not, or the caret would point at something else. */
function sayWhere(host: HTMLElement, error: string): void {
  if (host.textContent === error) return
  const [reason, ...place] = error.split('\n')
  if (place.length === 0) {
    write(host, error)
    return
  }
  const shown = html('span', { class: 'place' }, place.join('\n'))
  host.replaceChildren(`${reason}\n`, shown)
  const [line, caret] = place.map(text => text.length)
  shown.scrollLeft = (shown.scrollWidth * caret!) / Math.max(line!, caret!) - shown.clientWidth / 2
}

function namesOf({ parameters, columns, pasted }: Problem) {
  return { parameters: parameters.map(({ label }) => label!), columns, unused: pasted.others(columns) }
}

function notesOn({ pasted, table }: Problem): string {
  const { leftOut } = table
  const left = `left out, since a value is missing: line${leftOut.length > 1 ? 's' : ''} ${leftOut.join(', ')}`
  const notes = [...pasted.notes, ...(leftOut.length > 0 ? [left] : [])]
  return notes.map(note => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`).join(' ')
}
