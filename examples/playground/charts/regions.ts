/** Where a classifier answers which class: a picture behind the points, the stronger the surer. */

import { topologicalOrder, type Value } from 'chainrule'
import { compile } from 'chainrule/compile'
import { html, svg } from '../dom.js'
import type { Picture } from '../lessons.js'
import type { Session } from '../session.js'
import type { Chart } from './chart.js'
import { across, createField, padded, place, spanOf } from './frame.js'

const CELLS = 48

export function regions(host: HTMLElement, session: Session, picture: Picture & { kind: 'regions' }): Chart {
  const { loss, parameters, table } = session.problem!
  const { values } = session.training!
  const [xs, ys, classes] = [picture.x, picture.y, picture.classes].map(name => table.columns[name]!)
  const field = createField(host, {
    label: `The points, and the regions in which each class is answered`,
    xLabel: picture.x,
    yLabel: picture.y,
  })
  const xSpan = padded(spanOf(xs!), 0.1)
  const ySpan = padded(spanOf(ys!), 0.1)
  field.scale(xSpan, ySpan)

  // The points of the grid, row by row from the top, as a picture has its pixels.
  const [gx, gy] = [across(xSpan, CELLS - 1), across(ySpan, CELLS - 1).reverse()]
  const grid = { [picture.x]: gy.flatMap(() => gx), [picture.y]: gy.flatMap(y => gx.map(() => y)) }
  const scores = picture.scores.map(name => named(loss, name))
  const program = compile(scores, { inputs: [...parameters], reduce: 'none' })
  const bound = program.bind(grid)
  const out = new Float64Array(scores.length * CELLS * CELLS)

  const canvas = html('canvas', { width: CELLS, height: CELLS, 'aria-hidden': 'true' })
  const { left, top, width, height } = field.box
  Object.assign(canvas.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  })
  host.prepend(canvas)
  const context = canvas.getContext('2d')!
  const pixels = context.createImageData(CELLS, CELLS)
  const colours = ['--blue', '--vermilion'].map(rgb)

  const ring = svg('circle', { r: 10, class: 'ring' })
  const signs = xs!.map((x, i) => sign(classes![i]!, field.x(x), field.y(ys![i]!)))
  field.points.append(ring, ...signs)

  return {
    title: 'Decision regions',
    show() {
      bound.run(values, out)
      const cells = CELLS * CELLS
      for (let i = 0; i < cells; i++) {
        const lead = out[cells + i]! - out[i]!
        const colour = colours[lead > 0 ? 1 : 0]!
        pixels.data.set(colour, 4 * i)
        pixels.data[4 * i + 3] = 28 + 100 * Math.min(1, Math.abs(lead))
      }
      context.putImageData(pixels, 0, 0)
      const { row } = session.state
      place(field, ring, xs![row]!, ys![row]!)
    },
    dispose: () => program.dispose(),
  }
}

function named(loss: Value, name: string): Value {
  return topologicalOrder(loss).find(node => node.label === name)!
}

/** A circle for class 0, a square for class 1: colour alone would not do for everybody. */
function sign(classIndex: number, x: number, y: number): SVGElement {
  return classIndex === 0
    ? svg('circle', { cx: x, cy: y, r: 5.5, class: 'sign zero' })
    : svg('rect', { x: x - 5, y: y - 5, width: 10, height: 10, class: 'sign one' })
}

function rgb(property: string): [number, number, number] {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(property).trim()
  return [1, 3, 5].map(i => Number.parseInt(hex.slice(i, i + 2), 16)) as [number, number, number]
}
