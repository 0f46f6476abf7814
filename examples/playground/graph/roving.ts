/** One stop of the Tab key for many elements: arrow keys move among them, and Enter chooses one. */

import { set } from '../dom.js'

export function roving(elements: readonly SVGElement[], choose: (index: number) => void): void {
  let active = 0
  const focus = (index: number): void => {
    set(elements[active]!, { tabindex: -1 })
    active = (index + elements.length) % elements.length
    set(elements[active]!, { tabindex: 0 })
    elements[active]!.focus()
  }
  elements.forEach((element, index) => {
    set(element, { tabindex: index === active ? 0 : -1 })
    element.addEventListener('click', () => {
      focus(index)
      choose(index)
    })
    element.addEventListener('keydown', event => {
      if (event.key === 'ArrowRight' || event.key === 'ArrowDown') focus(active + 1)
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') focus(active - 1)
      else if (event.key === 'Home') focus(0)
      else if (event.key === 'End') focus(-1)
      else if (event.key === 'Enter' || event.key === ' ') choose(index)
      else return
      event.preventDefault()
    })
  })
}
