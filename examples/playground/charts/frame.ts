/** Axes and a clipped field to draw in. The field keeps its marks; axes are drawn again only when they change. */

import { set, svg } from '../dom.js'
import { short } from '../numbers.js'

export type Span = readonly [low: number, high: number]

export interface Field {
  /** Where lines and areas go: they are cut off at the edges of the field. */
  readonly marks: SVGGElement
  /** Where points go: they are whole at the edges. */
  readonly points: SVGGElement
  readonly host: HTMLElement
  x(value: number): number
  y(value: number): number
  /** The field on paper. */
  readonly box: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  /** Scales the axes; a logarithmic one takes spans above 0. Says whether they changed. */
  scale(x: Span, y: Span, logarithmic?: boolean): boolean
  /** The path through points; where one is not finite, it breaks. */
  path(points: Iterable<readonly [x: number, y: number]>): string
}

export interface FieldOptions {
  readonly label: string
  readonly xLabel: string
  readonly yLabel: string
  /** Names below the horizontal axis, instead of numbers. */
  readonly xNames?: readonly string[]
}

const HEIGHT = 264
const MARGIN = { left: 64, right: 14, top: 12, bottom: 44 }

let fields = 0

export function createField(host: HTMLElement, { label, xLabel, yLabel, xNames }: FieldOptions): Field {
  const width = Math.max(220, host.clientWidth)
  const box = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: width - MARGIN.left - MARGIN.right,
    height: HEIGHT - MARGIN.top - MARGIN.bottom,
  }
  const axes = svg('g', { class: 'axes' })
  const marks = svg('g')
  const points = svg('g')
  const clip = `field-${++fields}`
  host.replaceChildren(
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': label },
      svg(
        'clipPath',
        { id: clip },
        svg('rect', { x: box.left, y: box.top, width: box.width, height: box.height }),
      ),
      axes,
      svg('g', { 'clip-path': `url(#${clip})` }, marks),
      points,
    ),
  )

  let spans: { x: Span; y: Span; logarithmic: boolean } = { x: [0, 1], y: [0, 1], logarithmic: false }
  let drawn = ''

  const x = (value: number): number =>
    box.left + (box.width * (value - spans.x[0])) / (spans.x[1] - spans.x[0])
  const share = (value: number): number => {
    const [low, high] = spans.y
    if (!spans.logarithmic) return (value - low) / (high - low)
    return Math.log(value / low) / Math.log(high / low)
  }
  const y = (value: number): number => box.top + box.height * (1 - share(value))

  function drawAxes(): void {
    const yTicks = spans.logarithmic ? powers(spans.y) : ticks(spans.y, 5)
    const xTicks = xNames === undefined ? ticks(spans.x, box.width < 260 ? 4 : 6) : xNames.map((_, i) => i)
    const bottom = box.top + box.height
    axes.replaceChildren(
      ...yTicks.flatMap(tick => [
        svg('line', { x1: box.left, x2: box.left + box.width, y1: y(tick), y2: y(tick), class: 'rule' }),
        svg('text', { x: box.left - 6, y: y(tick) + 4, class: 'tick end' }, short(tick)),
      ]),
      ...xTicks.map(tick =>
        svg('text', { x: x(tick), y: bottom + 17, class: 'tick middle' }, xNames?.[tick] ?? short(tick)),
      ),
      svg('line', { x1: box.left, x2: box.left + box.width, y1: bottom, y2: bottom, class: 'axis' }),
      svg('text', { x: box.left + box.width / 2, y: HEIGHT - 5, class: 'label middle' }, xLabel),
      svg(
        'text',
        { transform: `translate(13 ${box.top + box.height / 2}) rotate(-90)`, class: 'label middle' },
        yLabel,
      ),
    )
  }

  return {
    marks,
    points,
    host,
    box,
    x,
    y,
    scale(xSpan, ySpan, logarithmic = false) {
      const key = `${xSpan} ${ySpan} ${logarithmic}`
      if (key === drawn) return false
      drawn = key
      spans = { x: widened(xSpan), y: logarithmic ? ySpan : widened(ySpan), logarithmic }
      drawAxes()
      return true
    },
    path(points) {
      let d = ''
      let pen = 'M'
      for (const [px, py] of points) {
        const [left, top] = [x(px), y(py)]
        if (!Number.isFinite(top)) {
          pen = 'M'
          continue
        }
        // Far outside is cut off: coordinates beyond what a screen has are drawn wrongly.
        d += `${pen}${left.toFixed(1)},${Math.max(-1e4, Math.min(1e4, top)).toFixed(1)}`
        pen = 'L'
      }
      return d
    },
  }
}

export function spanOf(numbers: Iterable<number>): Span {
  let low = Infinity
  let high = -Infinity
  for (const x of numbers) {
    if (!Number.isFinite(x)) continue
    low = Math.min(low, x)
    high = Math.max(high, x)
  }
  return low <= high ? [low, high] : [0, 1]
}

export function padded([low, high]: Span, share: number): Span {
  const space = share * (high - low || Math.abs(high) || 1)
  return [low - space, high + space]
}

export function across([low, high]: Span, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps)
}

/** A line of marks: sets its path. */
export function line(field: Field, look: string): SVGPathElement {
  const path = svg('path', { class: `curve ${look}` })
  field.marks.append(path)
  return path
}

export function draw(field: Field, path: SVGPathElement, points: Iterable<readonly [number, number]>): void {
  set(path, { d: field.path(points) })
}

/** Puts a circle at a point; one that is not finite or not in the field has no place. */
export function place(field: Field, circle: SVGCircleElement, x: number, y: number): void {
  const [cx, cy] = [field.x(x), field.y(y)]
  const { left, top, width, height } = field.box
  const there = cx >= left - 1 && cx <= left + width + 1 && cy >= top - 1 && cy <= top + height + 1
  set(circle, there ? { cx: cx.toFixed(1), cy: cy.toFixed(1), display: false } : { display: 'none' })
}

/** A span of one number has no width to draw in. */
function widened([low, high]: Span): Span {
  return high > low ? [low, high] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2]
}

/** Round numbers within a span, about so many. */
function ticks([low, high]: Span, wanted: number): number[] {
  const rough = (high - low) / wanted
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * ([1, 2, 5].find(factor => factor * size >= rough) ?? 10)
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

function powers([low, high]: Span): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const every = Math.max(1, Math.ceil((last - first) / 5))
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return exponents.filter(exponent => (last - exponent) % every === 0).map(exponent => 10 ** exponent)
}
