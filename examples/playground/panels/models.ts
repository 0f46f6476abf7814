/** Which model is looked at. */

import { byId, html, write } from '../dom.js'
import { lessons, type ModelId } from '../lessons.js'
import type { Session } from '../session.js'
import type { Panel } from './panel.js'

export function modelsPanel(session: Session): Panel {
  const inputs = Object.values(lessons).map(({ id, name }) => {
    const input = html('input', { type: 'radio', name: 'model', value: id, id: `model-${id}` })
    input.addEventListener('change', () => session.visit(input.value as ModelId))
    byId('models').append(input, html('label', { for: input.id }, name))
    return input
  })
  const idea = byId('idea')
  return {
    refresh() {
      for (const input of inputs) input.checked = input.value === session.state.model
      write(idea, session.lesson.idea)
    },
  }
}
