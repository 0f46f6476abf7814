/** The little that this page wants from a library for documents. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>
type Child = Node | string

export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  set(element, attributes)
  element.append(...children)
  return element
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  set(element, attributes)
  element.append(...children)
  return element
}

/** Sets attributes; `false` and `undefined` take one away, `true` sets it empty. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
}

/** Writes text only where it differs: most numbers of a frame are those of the frame before. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** An element of index.html, which is part of this program. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`index.html has no element #${id}`)
  return element as E
}
