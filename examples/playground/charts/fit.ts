/** The fitted curve over the observations, and the named parts it is the sum of. */

import { topologicalOrder, type Value } from 'chainrule'
import { compile } from 'chainrule/compile'
import { html, svg } from '../dom.js'
import type { Problem } from '../problem.js'
import type { Session } from '../session.js'
import type { Chart } from './chart.js'
import { across, createField, draw, line, padded, place, type Span, spanOf } from './frame.js'

const STEPS = 120
const MOST_PARTS = 3

/** The one column that the prediction is drawn against; `undefined` if there is no such picture. */
export function fitAxis({ predicted, observed }: Problem): string | undefined {
  if (predicted === undefined || observed === undefined) return undefined
  const columns = columnsBelow(predicted)
  return columns.length === 1 ? columns[0] : undefined
}

export function fittedCurve(host: HTMLElement, session: Session): Chart {
  const { problem, training } = session
  const { predicted, observed, parameters, table } = problem!
  const axis = fitAxis(problem!)!
  const xs = table.columns[axis]!
  const ys = valuesOf(observed!, problem!)
  const yLabel = observed!.label ?? 'observed'
  const field = createField(host, {
    label: `${yLabel} against ${axis}: fit and observations`,
    xLabel: axis,
    yLabel,
  })

  const xSpan = padded(spanOf(xs), 0.06)
  const grid = across(xSpan, STEPS)
  const parts = partsOf(predicted!)
  const program = compile([...parts, predicted!], { inputs: [...parameters], reduce: 'none' })
  const bound = program.bind({ [axis]: grid })
  const out = new Float64Array((parts.length + 1) * grid.length)
  const paths = [...parts.map((_, i) => line(field, `part part-${i + 1}`)), line(field, 'fit')]
  const dots = xs.map(() => svg('circle', { r: xs.length > 60 ? 3 : 5.5, class: 'observed' }))
  field.points.append(...dots)
  if (parts.length > 0) {
    const looks = [...parts.map((_, i) => `part part-${i + 1}`), 'fit']
    const names = [...parts.map(part => part.label!), predicted!.label!]
    host.append(html('p', { class: 'legend' }, ...looks.map((look, i) => entry(look, names[i]!))))
  }
  const data = spanOf(ys)
  let ySpan = padded(data, 0.25)
  let shown = -1

  /** The axis grows with the curve, though not beyond some heights of the data, and never shrinks: it would dance. */
  function grow(curve: Span): void {
    const height = data[1] - data[0] || 1
    const within = (y: number): number => Math.min(Math.max(y, data[0] - 2 * height), data[1] + 2 * height)
    const [low, high] = [within(curve[0]), within(curve[1])]
    if (low < ySpan[0] || high > ySpan[1]) ySpan = padded(spanOf([low, high, ...ySpan]), 0.05)
  }

  return {
    title: `Fit of ${yLabel}`,
    show() {
      bound.run(training!.values, out)
      grow(spanOf(out))
      const scaled = field.scale(xSpan, ySpan)
      paths.forEach((path, i) => {
        const ofPart = out.subarray(i * grid.length, (i + 1) * grid.length)
        draw(
          field,
          path,
          grid.map((x, j) => [x, ofPart[j]!] as const),
        )
      })
      if (scaled) for (const [i, dot] of dots.entries()) place(field, dot, xs[i]!, ys[i]!)
      const { row } = session.state
      if (row === shown) return
      dots[shown]?.classList.remove('shown')
      dots[row]?.classList.add('shown')
      shown = row
    },
    dispose: () => program.dispose(),
  }
}

/** The labelled terms of a sum, each of which is a curve of its own. */
function partsOf(predicted: Value): Value[] {
  const parts: Value[] = []
  const terms = [predicted]
  for (let term = terms.pop(); term !== undefined && parts.length < MOST_PARTS; term = terms.pop()) {
    if (term !== predicted && term.label !== undefined) {
      if (term.primitive !== null && columnsBelow(term).length > 0) parts.push(term)
    } else if (term.primitive?.name === 'add') {
      for (const input of term.inputs) if (typeof input !== 'number') terms.push(input)
    }
  }
  return parts.reverse()
}

function columnsBelow(node: Value): string[] {
  return topologicalOrder(node)
    .filter(({ kind }) => kind === 'column')
    .map(({ label }) => label!)
}

/** What was observed may be computed itself, as in `log(y) ~ …`. */
function valuesOf(observed: Value, { table }: Problem): readonly number[] {
  const program = compile([observed], { inputs: [], reduce: 'none' })
  const used = Object.fromEntries(columnsBelow(observed).map(name => [name, table.columns[name]!]))
  const values = [...program.bind(used).run([])]
  program.dispose()
  return values
}

/** A name of the legend with a piece of its line. */
function entry(look: string, name: string): HTMLElement {
  const stroke = svg('path', { d: 'M0,4 H28', class: `curve ${look}` })
  return html('span', {}, svg('svg', { width: 28, height: 8, 'aria-hidden': 'true' }, stroke), name)
}
