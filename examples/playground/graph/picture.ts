/** The graph as a picture: boxes with values and adjoints, arrows as thick as what flows back along them. */

import { set, svg, write } from '../dom.js'
import type { Sheet } from '../lines.js'
import { short } from '../numbers.js'
import type { WalkStep } from '../walk.js'
import { type Arrow, BOX_HEIGHT, type Box, type Layout } from './layout.js'

/** So many fit into a box. */
const DIGITS = 3

export interface GraphNumbers {
  readonly values: ReadonlyMap<string, number>
  /** Complete or not; what has not been handed anything has none. */
  readonly adjoints: ReadonlyMap<string, number>
  /** The steps that the backward pass has taken. */
  readonly steps: readonly WalkStep[]
  /** The line visited last, while the pass is being walked. */
  readonly current: string | undefined
  readonly selected: string
}

export interface GraphPicture {
  readonly element: SVGSVGElement
  show(numbers: GraphNumbers): void
  /** Puts the numbers into the names that screen readers read; too slow for every frame. */
  describe(numbers: GraphNumbers): void
}

export function createGraphPicture(layout: Layout, sheet: Sheet, choose: (box: Box) => void): GraphPicture {
  const loss = sheet.lines.at(-1)!.name
  const arrows = layout.arrows.map(arrow => ({
    arrow,
    path: svg('path', { d: pathOf(arrow), class: 'arrow' }),
  }))
  const operations = new Map(sheet.lines.map(({ name, operation }) => [name, operation]))
  const boxes = layout.boxes.map(box => drawBox(box, operations.get(box.name)))
  const element = svg(
    'svg',
    {
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      width: layout.width,
      height: layout.height,
      role: 'group',
      'aria-label': `Graph of ${loss}; arrow keys go from box to box`,
    },
    svg('defs', {}, arrowHead()),
    svg('g', {}, ...arrows.map(({ path }) => path)),
    svg('g', {}, ...boxes.map(({ group }) => group)),
  )

  // Wide graphs are scrolled rather than made too small to read.
  element.style.minWidth = `${0.8 * layout.width}px`

  // One stop of the Tab key for the whole graph; arrow keys move within it, from left to right and down.
  const order = boxes.toSorted((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
  let active = 0
  set(order[active]!.group, { tabindex: 0 })
  const focus = (index: number): void => {
    set(order[active]!.group, { tabindex: -1 })
    active = (index + order.length) % order.length
    set(order[active]!.group, { tabindex: 0 })
    order[active]!.group.focus()
  }
  order.forEach(({ box, group }, index) => {
    group.addEventListener('click', () => {
      focus(index)
      choose(box)
    })
    group.addEventListener('keydown', event => {
      if (event.key === 'ArrowRight' || event.key === 'ArrowDown') focus(active + 1)
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') focus(active - 1)
      else if (event.key === 'Home') focus(0)
      else if (event.key === 'End') focus(-1)
      else if (event.key === 'Enter' || event.key === ' ') choose(box)
      else return
      event.preventDefault()
    })
  })

  return {
    element,
    show({ values, adjoints, steps, current, selected }) {
      for (const { box, group, value, adjoint } of boxes) {
        write(value, short(values.get(box.name) ?? Number.NaN, DIGITS))
        // The loss has a slope along data too, and nobody follows it.
        const reached = box.kind === 'data' ? undefined : adjoints.get(box.name)
        write(adjoint, reached === undefined ? '' : `∂ ${short(reached, DIGITS)}`)
        group.classList.toggle('current', box.name === current)
        group.classList.toggle('selected', box.name === selected)
      }
      const products = new Map(
        steps.flatMap(({ line, contributions }) =>
          contributions.map(({ to, product }) => [`${to}\n${line.name}`, product] as const),
        ),
      )
      const largest = Math.max(...[...products.values()].map(Math.abs).filter(Number.isFinite), 1e-300)
      for (const { arrow, path } of arrows) {
        const product = products.get(`${arrow.from}\n${arrow.to}`)
        const sign = product === undefined || product === 0 ? 'none' : product > 0 ? 'positive' : 'negative'
        const width =
          product === undefined ? 1.2 : 1.2 + 4 * Math.sqrt(Math.min(1, Math.abs(product) / largest))
        set(path, { 'stroke-width': width.toFixed(1), 'data-sign': sign })
        path.classList.toggle('current', arrow.to === current)
      }
    },
    describe({ values, adjoints, selected }) {
      for (const { box, group } of boxes) {
        const adjoint = adjoints.get(box.name)
        const derivative = adjoint === undefined ? '' : `, derivative of ${loss} by it ${short(adjoint)}`
        const label = `${box.name}, ${kindText(box)}, ${short(values.get(box.name) ?? Number.NaN)}${derivative}`
        set(group, { 'aria-label': label })
        if (box.kind === 'parameter') set(group, { 'aria-pressed': String(box.name === selected) })
      }
    },
  }
}

function kindText({ kind }: Box): string {
  return kind === 'line' ? 'computed' : kind
}

function drawBox(box: Box, operation: string | undefined) {
  const left = box.x - box.width / 2
  const top = box.y - BOX_HEIGHT / 2
  const name = box.name.length > 20 ? `${box.name.slice(0, 19)}…` : box.name
  const value = svg('text', { x: box.x, y: top + 33, class: 'value' })
  const adjoint = svg('text', { x: box.x, y: top + 49, class: 'adjoint' })
  const group = svg(
    'g',
    { class: `box ${box.kind}`, role: 'button', tabindex: -1, 'data-name': box.name },
    svg('rect', { x: left, y: top, width: box.width, height: BOX_HEIGHT, rx: box.kind === 'line' ? 10 : 4 }),
    svg(
      'text',
      { x: box.x, y: top + 16, class: 'name' },
      name,
      ...(operation === undefined ? [] : [svg('tspan', { class: 'operation', dx: 6 }, operation)]),
    ),
    value,
    adjoint,
  )
  return { box, group, value, adjoint }
}

function arrowHead(): SVGMarkerElement {
  const shape = svg('path', { d: 'M0,0 L8,4 L0,8 z', class: 'head' })
  const size = { markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse' }
  return svg('marker', { id: 'head', refX: 8, refY: 4, orient: 'auto', ...size }, shape)
}

/** A smooth line through the points that the layout found. */
function pathOf({ points }: Arrow): string {
  const [first, ...others] = points
  let d = `M${at(first!)}`
  let last = first!
  for (const [i, point] of others.entries()) {
    if (i === others.length - 1) {
      d += ` Q${at(last)} ${at(point)}`
    } else {
      const middle = { x: (point.x + others[i + 1]!.x) / 2, y: (point.y + others[i + 1]!.y) / 2 }
      d += ` Q${at(point)} ${at(middle)}`
    }
    last = point
  }
  return d
}

function at({ x, y }: { x: number; y: number }): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`
}
