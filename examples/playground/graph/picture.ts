/** The graph as a picture: boxes with values and adjoints, arrows as thick as what flows back along them. */

import { set, svg, write } from '../dom.js'
import type { Sheet } from '../lines.js'
import { short } from '../numbers.js'
import type { PassNumbers } from '../pass.js'
import { isComplete } from '../walk.js'
import type { Layout } from './layout.js'
import { BOX_HEIGHT, type Box, type Direction, pathOf } from './routes.js'
import { roving } from './roving.js'

/** So many fit into a box. */
const DIGITS = 3

export interface GraphPicture {
  readonly element: SVGSVGElement
  show(numbers: PassNumbers, selected: string): void
  /** Where the middle of a box is, from the left, as a share of the width. */
  place(name: string): number | undefined
  /** Puts the numbers into the names that screen readers read; too slow for every frame. */
  describe(numbers: PassNumbers, selected: string): void
}

export function createGraphPicture(
  layout: Layout,
  sheet: Sheet,
  direction: Direction,
  choose: (box: Box) => void,
): GraphPicture {
  const loss = sheet.lines.at(-1)!.name
  const arrows = layout.arrows.map(arrow => ({
    arrow,
    path: svg('path', { d: pathOf(arrow.route, direction), class: 'arrow' }),
  }))
  const data = new Set(layout.boxes.filter(({ kind }) => kind === 'data').map(({ name }) => name))
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

  // Wide graphs are scrolled rather than made too small to read; a telephone is held closer.
  element.style.minWidth = `${(direction === 'right' ? 0.8 : 0.7) * layout.width}px`

  // Rank by rank.
  const [along, across] = direction === 'right' ? (['x', 'y'] as const) : (['y', 'x'] as const)
  const order = boxes.toSorted((a, b) => a.box[along] - b.box[along] || a.box[across] - b.box[across])
  roving(
    order.map(({ button }) => button),
    index => choose(order[index]!.box),
  )

  return {
    element,
    show({ values, received, steps, taken, current }, selected) {
      for (const { box, group, value, adjoint } of boxes) {
        write(value, short(values.get(box.name) ?? Number.NaN, DIGITS))
        // The loss has a slope along data too, and nobody follows it.
        const reached = box.kind === 'data' ? undefined : received.get(box.name)
        const isWhole = reached === undefined || isComplete(reached)
        const sum = reached === undefined ? '' : short(reached.sum, DIGITS)
        write(adjoint, sum === '' ? '' : isWhole ? `∂ ${sum}` : `${sum}, ${reached!.parts} of ${reached!.of}`)
        // A part of a sum is no derivative, and may have the other sign.
        adjoint.classList.toggle('part', !isWhole)
        group.classList.toggle('current', box.name === current)
        group.classList.toggle('selected', box.name === selected)
      }
      const products = new Map(
        steps
          .slice(0, taken)
          .flatMap(({ line, contributions }) =>
            contributions.map(({ to, product }) => [`${to}\n${line.name}`, product] as const),
          ),
      )
      const largest = Math.max(...[...products.values()].map(Math.abs).filter(Number.isFinite), 1e-300)
      for (const { arrow, path } of arrows) {
        // What goes towards data goes to the weight on the way.
        const receiver = data.has(arrow.from) ? arrow.weight : arrow.from
        const product = products.get(`${receiver}\n${arrow.to}`)
        const sign = product === undefined || product === 0 ? 'none' : product > 0 ? 'positive' : 'negative'
        const share = Math.sqrt(Math.min(1, Math.abs(product ?? 0) / largest))
        const width = Number.isNaN(share) ? 1.2 : 1.2 + 4 * share
        set(path, { 'stroke-width': width.toFixed(1), 'data-sign': sign })
        path.classList.toggle('current', arrow.to === current)
      }
    },
    place(name) {
      const box = layout.boxes.find(box => box.name === name)
      return box && box.x / layout.width
    },
    describe({ values, received }, selected) {
      for (const { box, button } of boxes) {
        const reached = received.get(box.name)
        const said =
          reached === undefined || isComplete(reached)
            ? `derivative of ${loss} by it`
            : `sum so far, ${reached.parts} of ${reached.of},`
        const derivative = reached === undefined ? '' : `, ${said} ${short(reached.sum)}`
        const label = `${box.name}, ${kindText(box)}, ${short(values.get(box.name) ?? Number.NaN)}${derivative}`
        const pressed = box.kind === 'parameter' && String(box.name === selected)
        set(button, { 'aria-label': label, 'aria-pressed': pressed })
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
  const button = svg('rect', {
    ...{ x: left, y: top, width: box.width, height: BOX_HEIGHT, rx: box.kind === 'line' ? 10 : 4 },
    role: 'button',
  })
  const sign = operation === '*' ? '×' : operation
  const title = svg('text', { x: box.x, y: top + 16, class: 'name' }, name)
  if (sign !== undefined) title.append(svg('tspan', { class: 'operation', dx: 6 }, sign))
  // What the texts say, the name of the button says.
  const texts = svg('g', { 'aria-hidden': 'true' }, title, value, adjoint)
  const group = svg('g', { class: `box ${box.kind}`, 'data-name': box.name }, button, texts)
  return { box, group, button, value, adjoint }
}

function arrowHead(): SVGMarkerElement {
  const shape = svg('path', { d: 'M0,0 L8,4 L0,8 z', class: 'head' })
  const size = { markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse' }
  return svg('marker', { id: 'head', refX: 8, refY: 4, orient: 'auto', ...size }, shape)
}
