/** Play, pause, step, reset, and what training is told: speed, rate, seed. */

import { byId, html, write } from '../dom.js'
import { count, short } from '../numbers.js'
import { depthOf } from '../past.js'
import type { Session } from '../session.js'
import { type Method, SPEEDS } from '../state.js'
import type { Panel } from './panel.js'

export function transportPanel(session: Session): Panel {
  const play = html('button', { type: 'button', class: 'primary', id: 'play' }, '▶ Play')
  const step = html('button', { type: 'button', id: 'step', title: 'One update' }, 'Step')
  const reset = html('button', { type: 'button', id: 'reset', title: 'Back to the start' }, '↺ Reset')
  const undo = html(
    'button',
    { type: 'button', id: 'undo', title: 'Back to before the last change' },
    '↶ Undo',
  )
  const speed = html(
    'select',
    { id: 'speed' },
    ...SPEEDS.map(n => html('option', { value: n }, `${count(n)} a second`)),
  )
  const method = html(
    'select',
    { id: 'method' },
    html('option', { value: 'fit' }, 'Levenberg-Marquardt'),
    html('option', { value: 'descent' }, 'gradient descent'),
  )
  // As text: a number field shows nothing of 0,03, and says nothing either.
  const rate = html('input', {
    id: 'rate',
    type: 'text',
    inputmode: 'decimal',
    'aria-describedby': 'rate-error',
  })
  const rateError = html('span', { id: 'rate-error', role: 'alert' })
  const seed = html('input', { id: 'seed', type: 'text', placeholder: 'lesson', spellcheck: 'false' })
  const share = html('button', { type: 'button', id: 'share' }, 'Copy link')
  const updates = html('output', { id: 'updates' })
  const loss = html('output', { id: 'total' })
  const engine = html('output', { id: 'engine' })
  const slowest = byId('slowest')
  const trouble = html('span', { id: 'training-error' })
  const smaller = html('button', { type: 'button', id: 'smaller-rate' })
  const methodField = field('Method', method)
  const rateField = field('Learning rate', rate)
  byId('transport').append(
    html(
      'div',
      { class: 'controls' },
      html('div', { class: 'buttons' }, play, step, reset, undo),
      html(
        'div',
        { class: 'figures' },
        figure('Updates', updates),
        figure('Loss', loss),
        figure('Engine', engine),
      ),
    ),
    html(
      'div',
      { class: 'settings' },
      field('Speed', speed),
      methodField,
      rateField,
      field('Seed', seed),
      share,
    ),
    html('div', { class: 'messages error' }, trouble, smaller, rateError),
  )
  const live = byId('live')

  play.addEventListener('click', () => (session.playing ? session.pause() : session.play()))
  step.addEventListener('click', () => session.step())
  // What is undone is what the browser's Back undoes.
  undo.addEventListener('click', () => history.back())
  reset.addEventListener('click', () => session.reset())
  speed.addEventListener('change', () => session.choose({ speed: Number(speed.value) }))
  method.addEventListener('change', () => session.choose({ method: method.value as Method }))
  rate.addEventListener('change', () => {
    // A comma is how half of the world writes it.
    const wanted = Number(rate.value.trim().replace(',', '.'))
    const isRate = wanted > 0 && Number.isFinite(wanted)
    write(
      rateError,
      isRate
        ? ''
        : `The rate stays ${session.state.rate}: “${rate.value}” is no number above 0, such as 0.03.`,
    )
    if (isRate) session.choose({ rate: wanted })
    else rate.value = String(session.state.rate)
  })
  smaller.addEventListener('click', () => {
    session.choose({ rate: Number((session.state.rate / 10).toPrecision(3)) })
    session.play()
  })
  seed.addEventListener('change', () => session.reseed(seed.value.trim()))
  share.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      write(live, 'Link copied.')
      write(share, 'Copied')
    } catch {
      write(live, 'The address of this page is the link; copy it from the address bar.')
      write(share, 'See address bar')
    }
    setTimeout(() => write(share, 'Copy link'), 2000)
  })

  function frame(): void {
    const { training } = session
    write(updates, training === undefined ? '–' : count(training.updates))
    write(loss, training === undefined ? '–' : short(training.loss))
  }

  return {
    frame,
    refresh() {
      frame()
      const { state, problem, training, current, playing } = session
      write(play, playing ? '❚❚ Pause' : '▶ Play')
      speed.value = String(state.speed)
      if (document.activeElement !== rate) rate.value = String(state.rate)
      if (document.activeElement !== seed) seed.value = state.seed
      for (const button of [play, step, reset]) button.disabled = training === undefined || !current
      write(engine, problem?.engine ?? '–')
      write(trouble, session.trouble.training ?? '')
      undo.disabled = depthOf(history.state) === 0
      write(smaller, `Go on with ${short(state.rate / 10)}`)
      smaller.hidden = !session.diverged
      method.value = state.method
      methodField.hidden = state.model !== 'formula' || problem?.observed === undefined
      rateField.hidden = session.method === 'fit'
      if (session.slowestUpdate > 0) {
        write(slowest, `The slowest update so far took ${session.slowestUpdate.toFixed(2)} ms.`)
      }
    },
  }
}

function field(label: string, input: HTMLElement): HTMLElement {
  return html('label', { class: 'field' }, html('span', {}, label), input)
}

function figure(label: string, output: HTMLOutputElement): HTMLElement {
  // An output is a live region by itself, and would be read out at every frame.
  output.setAttribute('aria-live', 'off')
  return html('div', { class: 'figure' }, html('label', { for: output.id }, label), output)
}
