/** The picture of the graph: no arrow runs under a box that it does not belong to. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTable } from '../../examples/playground/csv.js'
import { type Layout, layoutOf } from '../../examples/playground/graph/layout.js'
import { BOX_HEIGHT, type Direction, type Point, type Route } from '../../examples/playground/graph/routes.js'
import { lessons } from '../../examples/playground/lessons.js'
import { sheetOf } from '../../examples/playground/lines.js'
import { createProblem } from '../../examples/playground/problem.js'

/** Points of the path that `pathOf` writes: lines within the ranks, and between them cubics with straight ends. */
function pointsOf(route: Route, direction: Direction): Point[] {
  const [along, side] = direction === 'right' ? (['x', 'y'] as const) : (['y', 'x'] as const)
  const points: Point[] = []
  for (const [i, { enter, leave }] of route.entries()) {
    if (i > 0) {
      const from = route[i - 1]!.leave
      for (let t = 0; t <= 1; t += 1 / 64) {
        // The inner points of control are half way along, at the height of their ends.
        const bent = 3 * t * (1 - t) * 0.5 + t ** 3
        const eased = 3 * t * t * (1 - t) + t ** 3
        points.push({
          [along]: from[along] + (enter[along] - from[along]) * bent,
          [side]: from[side] + (enter[side] - from[side]) * eased,
        } as unknown as Point)
      }
    }
    for (let t = 0; t <= 1; t += 1 / 32) {
      points.push({ x: enter.x + (leave.x - enter.x) * t, y: enter.y + (leave.y - enter.y) * t })
    }
  }
  return points
}

/** The boxes that arrows run under without belonging to them. */
function strangers({ boxes, arrows }: Layout, direction: Direction): string[] {
  return arrows.flatMap(({ from, to, weight, route }) => {
    const points = pointsOf(route, direction)
    return boxes
      .filter(({ name }) => name !== from && name !== to && name !== weight)
      .filter(({ x, y, width }) =>
        points.some(p => Math.abs(p.x - x) < width / 2 && Math.abs(p.y - y) < BOX_HEIGHT / 2),
      )
      .map(({ name }) => `${from} -> ${to} under ${name}`)
  })
}

const directions: readonly Direction[] = ['right', 'down']

describe.each(directions)('a graph drawn to the %s', direction => {
  it.each(Object.values(lessons).flatMap(lesson => [false, true].map(detailed => ({ ...lesson, detailed }))))(
    '$id, detailed: $detailed',
    ({ formula, data, detailed }) => {
      const layout = layoutOf(sheetOf(createProblem(formula, parseTable(data)), detailed), direction)
      expect(layout.arrows.length).toBeGreaterThan(4)
      expect(strangers(layout, direction)).toEqual([])
    },
  )

  it('random networks', () => {
    const unit = fc.record({
      weights: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
      long: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 8 }), units => {
        // Each unit uses some of the units and columns before it, each by a weight of its own.
        const names = ['x1', 'x2']
        const lines = units.map(({ weights, long }, i) => {
          const name = `${long ? 'a_rather_long_name_' : 'h'}${i}`
          const terms = weights.map((at, k) => `w${i}_${k} * ${names[at % names.length]}`)
          names.push(name)
          return `${name} = tanh(${terms.join(' + ')})`
        })
        const formula = [...lines, `E = (${names.join(' + ')}) ** 2`].join('\n')
        const problem = createProblem(formula, parseTable('x1, x2\n1, 2'))
        for (const detailed of [false, true]) {
          expect(strangers(layoutOf(sheetOf(problem, detailed), direction), direction)).toEqual([])
        }
        problem.dispose()
      }),
      { seed: 20261201, numRuns: 40 },
    )
  }, 120_000)
})
