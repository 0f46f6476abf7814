/** Play, pause, step, reset, and what training is told: speed, rate, seed. */

import { byId, html, write } from '../dom.js'
import { count, short } from '../numbers.js'
import type { Session } from '../session.js'
import { SPEEDS } from '../state.js'
import type { Panel } from './panel.js'

export function transportPanel(session: Session): Panel {
  const play = html('button', { type: 'button', class: 'primary', id: 'play' }, '▶ Play')
  const step = html('button', { type: 'button', id: 'step', title: 'One update' }, 'Step')
  const reset = html('button', { type: 'button', id: 'reset', title: 'Back to the start' }, '↺ Reset')
  const speed = html(
    'select',
    { id: 'speed' },
    ...SPEEDS.map(n => html('option', { value: n }, `${count(n)} a second`)),
  )
  const rate = html('input', { id: 'rate', type: 'number', min: 0, step: 'any', inputmode: 'decimal' })
  const seed = html('input', { id: 'seed', type: 'text', placeholder: 'lesson', spellcheck: 'false' })
  const share = html('button', { type: 'button', id: 'share' }, 'Copy link')
  const updates = html('output', { id: 'updates' })
  const loss = html('output', { id: 'total' })
  const engine = html('output', { id: 'engine' })
  const slowest = byId('slowest')
  const trouble = html('p', { id: 'training-error', class: 'error' })
  byId('transport').append(
    html(
      'div',
      { class: 'controls' },
      html('div', { class: 'buttons' }, play, step, reset),
      html(
        'div',
        { class: 'figures' },
        figure('Updates', updates),
        figure('Loss', loss),
        figure('Engine', engine),
      ),
      trouble,
    ),
    html(
      'div',
      { class: 'settings' },
      field('Speed', speed),
      field('Learning rate', rate),
      field('Seed', seed),
      share,
    ),
  )
  const live = byId('live')

  play.addEventListener('click', () => (session.playing ? session.pause() : session.play()))
  step.addEventListener('click', () => session.step())
  reset.addEventListener('click', () => session.reset())
  speed.addEventListener('change', () => session.choose({ speed: Number(speed.value) }))
  rate.addEventListener('change', () => {
    if (rate.valueAsNumber > 0) session.choose({ rate: rate.valueAsNumber })
    else rate.value = String(session.state.rate)
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
