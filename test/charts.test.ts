/** The charts that examples and the page share: each is drawn at the width of a file and at that of a phone. */

import type { PlotOptions } from '@observablehq/plot'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import {
  type ChartOptions,
  decisionRegions,
  descentCurve,
  descentSteps,
  fittedCurve,
  type Point,
  residualStems,
} from '../examples/shared/charts.js'
import { drawn } from '../examples/shared/pictures.js'

const named = { title: 'A title of a chart', xLabel: 'time (s)', yLabel: 'height (m)' }
const points: Point[] = [
  [0, 1],
  [1, 3],
  [2, 2],
]
const charts: Record<string, (options: ChartOptions) => PlotOptions> = {
  descentCurve: options =>
    descentCurve({
      ...options,
      curve: [
        [0, 1],
        [1, 0.1],
        [2, 0],
      ],
    }),
  descentSteps: options =>
    descentSteps({ ...options, curve: points, steps: [{ at: [0, 1], slope: 2, name: 'start' }] }),
  fittedCurve: options =>
    fittedCurve({
      ...options,
      curves: [
        { name: 'part', points },
        { name: 'fit', points },
      ],
      observed: points,
    }),
  residualStems: options => residualStems({ ...options, fits: [{ name: 'one', residuals: points }] }),
  'residualStems of an exact fit': options =>
    residualStems({
      ...options,
      fits: [
        {
          name: 'one',
          residuals: [
            [0, 0],
            [1, 0],
          ],
        },
      ],
    }),
  decisionRegions: options =>
    decisionRegions({
      ...options,
      classes: ['low', 'high'],
      scores: x => [1 - x, x],
      points: [
        { at: [0, 0], classIndex: 0 },
        { at: [1, 2], classIndex: 1 },
      ],
    }),
}

describe.each(Object.entries(charts))('%s', (_name, chart) => {
  it.each([undefined, 343])('is as wide as asked, with both axes named: %s', width => {
    const svg = drawn(chart({ ...named, ...(width !== undefined && { width }) }))
    expect(svg).not.toContain('NaN')
    for (const text of Object.values(named)) expect(svg).toContain(`>${text}<`)
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).render().width).toBe(width ?? 480)
  })
})

it('a logarithmic curve leaves out what is not above 0, and its scale stands on the rest', () => {
  const chart = descentCurve({
    ...named,
    curve: [
      [1, 1],
      [2, 0.01],
      [3, 0],
    ],
  })
  expect(chart.y?.domain).toEqual([0.01, 1])
})
