/**
 * The charts of the lessons, as descriptions: Observable Plot draws them into a page (`Plot.plot(chart)`), or into a
 * file without a browser (pictures.ts). Nothing here touches a document or the file system.
 */

import * as Plot from '@observablehq/plot'

/** A point in the plane: x, then y. */
export type Point = readonly [x: number, y: number]

// Colours that people with any kind of colour vision tell apart (Okabe and Ito), each used with a shape or a dash of
// its own as well.
const BLUE = '#0072b2'
const VERMILION = '#d55e00'
const GREEN = '#009e73'
const PURPLE = '#cc79a7'
const AMBER = '#e69f00'
const SKY = '#56b4e9'
const SIGNS = [
  { fill: BLUE, symbol: 'circle' },
  { fill: VERMILION, symbol: 'square' },
  { fill: GREEN, symbol: 'triangle' },
  { fill: PURPLE, symbol: 'diamond' },
  { fill: AMBER, symbol: 'star' },
  { fill: SKY, symbol: 'wye' },
] as const
const INK = '#222222'
const PAPER = 'white'

/** Text on a halo of paper, so that it reads over lines. */
const OVER_LINES = { fill: INK, stroke: PAPER, strokeWidth: 4 } as const

/** What every chart is told. */
export interface ChartOptions {
  /** About 36 letters fit above a chart as wide as a phone. */
  readonly title: string
  /** What runs along the axis, with its unit where there is one: `time (s)`. */
  readonly xLabel: string
  readonly yLabel: string
  /** In pixels; letters keep their size. A phone has room for about 343. */
  readonly width?: number
}

const WIDTH = 480
const HEIGHT = 380
const MARGIN_LEFT = 76

interface Frame extends Pick<ChartOptions, 'title' | 'width'> {
  readonly x: Plot.ScaleOptions
  readonly y: Plot.ScaleOptions
  readonly marks: Plot.Markish[]
  /** Named below the title, in as many lines as it takes. */
  readonly legend?: readonly LegendEntry[]
}

interface LegendEntry {
  readonly name: string
  /** The sign before the name, drawn around a place given by its offset from the top left corner. */
  readonly sign: (place: { frameAnchor: 'top-left'; dx: number; dy: number }) => Plot.Markish
}

const LEGEND_LINE = 22
const LEGEND_SIGN = 24

function framed({ title, width = WIDTH, x, y, marks, legend: entries = [] }: Frame): Plot.PlotOptions {
  const legend = legendOf(entries, width)
  const axis = { labelAnchor: 'center', labelArrow: 'none' } as const
  const heading = Plot.text([title], {
    frameAnchor: 'top-left',
    lineAnchor: 'bottom',
    dx: 12 - MARGIN_LEFT,
    dy: -16 - LEGEND_LINE * legend.length,
    fontSize: 16,
    fontWeight: 'bold',
    fill: INK,
  })
  return {
    width,
    height: HEIGHT + LEGEND_LINE * legend.length,
    marginTop: 48 + LEGEND_LINE * legend.length,
    marginRight: 32,
    marginBottom: 52,
    marginLeft: MARGIN_LEFT,
    style: { fontSize: '13px', color: INK, background: PAPER },
    ariaLabel: title,
    x: { ...axis, labelOffset: 42, ...x },
    y: { ...axis, labelOffset: MARGIN_LEFT - 12, ...y },
    marks: [...marks, heading, ...legend],
  }
}

/** The entries in lines as long as the chart is wide, as far as a name's length tells. */
function legendOf(entries: readonly LegendEntry[], width: number): Plot.Markish[] {
  const lines: { entry: LegendEntry; left: number }[][] = [[]]
  let left = 0
  for (const entry of entries) {
    const room = LEGEND_SIGN + 18 + 7.5 * entry.name.length
    if (left > 0 && left + room > width - 16) {
      lines.push([])
      left = 0
    }
    lines.at(-1)!.push({ entry, left })
    left += room
  }
  if (entries.length === 0) return []
  return lines.map((line, number) =>
    line.map(({ entry: { name, sign }, left }) => {
      const dy = -16 - LEGEND_LINE * (lines.length - 1 - number)
      const dx = 12 - MARGIN_LEFT + left
      return [
        sign({ frameAnchor: 'top-left', dx: dx + LEGEND_SIGN / 2, dy }),
        Plot.text([name], {
          frameAnchor: 'top-left',
          lineAnchor: 'middle',
          dx: dx + LEGEND_SIGN + 6,
          dy,
          fill: INK,
        }),
      ]
    }),
  )
}

/** A piece of line as a sign of the legend. */
function lineSign(look: Plot.LineOptions): LegendEntry['sign'] {
  // A vector without a head is a line of a given length on paper.
  return place => Plot.vector([0], { ...place, ...look, shape: bar, rotate: 90, length: LEGEND_SIGN })
}

const bar: Plot.VectorShapeImplementation = {
  draw(context, length) {
    context.moveTo(0, 0)
    context.lineTo(0, -length)
  },
}

/** A logarithmic scale with a tick at every power of ten, or at every third one where there are many. */
function logarithmic(label: string, numbers: readonly number[]): Plot.ScaleOptions {
  const low = Math.floor(Math.log10(Math.min(...numbers)))
  const high = Math.ceil(Math.log10(Math.max(...numbers)))
  const every = high - low > 7 ? 3 : 1
  const exponents = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(e => e % every === 0)
  return {
    type: 'log',
    label,
    domain: [10 ** low, 10 ** high],
    ticks: exponents.map(exponent => 10 ** exponent),
    tickFormat: (tick: number) => powerOfTen(Math.round(Math.log10(tick)), low < -5),
    grid: true,
  }
}

function powerOfTen(exponent: number, short: boolean): string {
  if (exponent >= 0 && exponent < 5) return (10 ** exponent).toLocaleString('en-US')
  if (exponent < 0 && !short) return (10 ** exponent).toFixed(-exponent)
  const digits = [...String(exponent)].map(digit => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]))
  return `10${digits.join('')}`
}

/**
 * How an error falls over the steps of a descent, on a logarithmic axis; some of its points can be named. What is not
 * above 0 has no place on it and is left out.
 */
export function descentCurve(
  options: ChartOptions & {
    readonly curve: readonly Point[]
    readonly logarithmicSteps?: boolean
    readonly named?: readonly (readonly [...Point, name: string])[]
  },
): Plot.PlotOptions {
  const { xLabel, yLabel, logarithmicSteps = false, named = [] } = options
  const curve = options.curve.filter(([step, error]) => error > 0 && (step > 0 || !logarithmicSteps))
  const steps = curve.map(([step]) => step)
  return framed({
    ...options,
    x: logarithmicSteps ? logarithmic(xLabel, steps) : { label: xLabel, ticks: 5 },
    y: logarithmic(
      yLabel,
      curve.map(([, error]) => error),
    ),
    marks: [
      Plot.line(thinned(curve, logarithmicSteps), { stroke: BLUE, strokeWidth: 2.5 }),
      Plot.dot(named, { fill: BLUE, r: 4.5 }),
      named.map((point, i) =>
        Plot.text([point], {
          text: '2',
          ...(i === named.length - 1
            ? { textAnchor: 'end', dx: -8, dy: 10 }
            : { textAnchor: 'start', dx: 8, dy: -10 }),
          ...OVER_LINES,
        }),
      ),
    ],
  })
}

/** At most one point for each pixel of width: nobody sees the others, and the file stays small. */
function thinned(curve: readonly Point[], logarithmicSteps: boolean): readonly Point[] {
  if (curve.length <= WIDTH) return curve
  const place = (x: number): number => (logarithmicSteps ? Math.log(x) : x)
  const first = place(curve[0]![0])
  const span = place(curve.at(-1)![0]) - first
  let taken = -1
  return curve.filter(([x], i) => {
    const pixel = Math.floor((WIDTH * (place(x) - first)) / span)
    if (pixel === taken && i < curve.length - 1) return false
    taken = pixel
    return true
  })
}

/** An error against one parameter, with the steps of a descent as dots on it; the named ones show their tangent. */
export function descentSteps(
  options: ChartOptions & {
    readonly curve: readonly Point[]
    readonly steps: readonly { readonly at: Point; readonly slope: number; readonly name?: string }[]
  },
): Plot.PlotOptions {
  const { xLabel, yLabel, curve, steps } = options
  const width = span(curve.map(([x]) => x))
  const height = span(curve.map(([, y]) => y))
  const named = steps.filter(({ name }) => name !== undefined)
  // Tangents of the same length on paper, whatever their slope.
  const tangents = named.map(({ at: [x, y], slope }) => {
    const reach = (0.18 * width) / Math.hypot(1, (slope * width) / height)
    return { x1: x - reach, y1: y - slope * reach, x2: x + reach, y2: y + slope * reach }
  })
  const dots = { fill: VERMILION, stroke: PAPER, r: 6 }
  const curveLook = { stroke: SKY, strokeWidth: 5 }
  const tangentLook = { stroke: INK, strokeWidth: 1.5 }
  return framed({
    ...options,
    x: { label: xLabel },
    // Room below for the tangents, which cross the curve's floor.
    y: { label: yLabel, grid: true, domain: [-0.1 * height, Math.max(...curve.map(([, y]) => y))] },
    marks: [
      Plot.ruleY([0], { stroke: '#999999' }),
      Plot.line(curve, curveLook),
      Plot.link(tangents, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', ...tangentLook }),
      Plot.dot(
        steps.map(({ at }) => at),
        dots,
      ),
      Plot.text(
        named.map(({ at }) => at),
        { text: named.map(({ name }) => name!), textAnchor: 'start', dx: 12, dy: -8, ...OVER_LINES },
      ),
    ],
    legend: [
      { name: yLabel.replace(/,.*/, ''), sign: lineSign(curveLook) },
      { name: 'steps', sign: place => Plot.dot([0], { ...place, ...dots }) },
      { name: 'tangents', sign: lineSign(tangentLook) },
    ],
  })
}

/** The fit over the observations, and what it is the sum of. */
export function fittedCurve(
  options: ChartOptions & {
    /** The components, up to three, and the fit itself last. */
    readonly curves: readonly { readonly name: string; readonly points: readonly Point[] }[]
    readonly observed: readonly Point[]
    /** Where the fit lies with some confidence: the lower and the upper end at each x. */
    readonly band?: readonly (readonly [x: number, low: number, high: number])[]
  },
): Plot.PlotOptions {
  const { xLabel, yLabel, curves, observed, band = [] } = options
  const look = (i: number) => (i === curves.length - 1 ? FIT : COMPONENTS[i % COMPONENTS.length]!)
  const dots = { fill: INK, stroke: PAPER, r: dotRadius(observed.length) }
  return framed({
    ...options,
    x: { label: xLabel, ticks: 6 },
    y: { label: yLabel, grid: true },
    marks: [
      Plot.ruleY([0], { stroke: '#999999' }),
      Plot.areaY(band, { x: '0', y1: '1', y2: '2', fill: FIT.stroke, fillOpacity: 0.2 }),
      curves.map(({ points }, i) => Plot.line(points, look(i))),
      Plot.dot(observed, dots),
    ],
    legend: [
      ...curves.map(({ name }, i) => ({ name, sign: lineSign(look(i)) })),
      { name: 'observed', sign: place => Plot.dot([0], { ...place, ...dots }) },
    ],
  })
}

const FIT = { stroke: GREEN, strokeWidth: 3.5 }
const COMPONENTS = [
  { stroke: BLUE, strokeWidth: 2.5, strokeDasharray: '8 4' },
  { stroke: VERMILION, strokeWidth: 2.5, strokeDasharray: '2 4' },
  { stroke: PURPLE, strokeWidth: 2.5, strokeDasharray: '8 4 2 4' },
]

/** What a fit leaves of each observation, observed - predicted: stems from 0, one sign for each fit compared. */
export function residualStems(
  options: ChartOptions & {
    readonly fits: readonly { readonly name: string; readonly residuals: readonly Point[] }[]
  },
): Plot.PlotOptions {
  const { xLabel, yLabel, fits } = options
  const residuals = fits.flatMap(({ residuals }) => residuals)
  const sign = (i: number) => ({ ...SIGNS[i % SIGNS.length]!, stroke: PAPER, r: dotRadius(residuals.length) })
  const reach = Math.max(...residuals.map(([, y]) => Math.abs(y)))
  return framed({
    ...options,
    x: { label: xLabel, ticks: 6, inset: 12 },
    // As far down as up, so that a lean to one side shows.
    y: { label: yLabel, grid: true, domain: reach > 0 ? [-1.1 * reach, 1.1 * reach] : [-1, 1] },
    marks: [
      Plot.ruleY([0], { stroke: INK }),
      fits.map(({ residuals }, i) => [
        Plot.ruleX(residuals, { x: '0', y1: 0, y2: '1', stroke: sign(i).fill, strokeWidth: 1.5 }),
        Plot.dot(residuals, sign(i)),
      ]),
    ],
    legend:
      fits.length < 2
        ? []
        : fits.map(({ name }, i) => ({ name, sign: place => Plot.dot([0], { ...place, ...sign(i), r: 6 }) })),
  })
}

/** Few observations are drawn to be seen, many to be told apart. */
function dotRadius(count: number): number {
  return count > 40 ? 3 : 6
}

/** Points of several classes, over the regions in which a classifier answers each class. */
export function decisionRegions(
  options: ChartOptions & {
    readonly classes: readonly string[]
    /** One score per class; the largest is the answer. */
    readonly scores: (x: number, y: number) => readonly number[]
    readonly points: readonly { readonly at: Point; readonly classIndex: number }[]
  },
): Plot.PlotOptions {
  const { xLabel, yLabel, classes, scores, points } = options
  const [x1, x2] = padded(points.map(({ at }) => at[0]))
  const [y1, y2] = padded(points.map(({ at }) => at[1]))
  const sign = (i: number) => ({ ...SIGNS[i % SIGNS.length]!, stroke: PAPER, r: 6 })
  // Class i is answered where it leads every other class: where its lead is above 0.
  const lead = (i: number) => (x: number, y: number) => {
    const all = scores(x, y)
    return all[i]! - Math.max(...all.filter((_, j) => j !== i))
  }
  return framed({
    ...options,
    x: { label: xLabel, domain: [x1, x2] },
    y: { label: yLabel, domain: [y1, y2] },
    marks: [
      classes.map((_, i) =>
        Plot.contour({
          value: lead(i),
          thresholds: [0],
          // Beyond the frame and cut off there, so that the outlines run along the borders of the classes only.
          x1: x1 - 0.02 * (x2 - x1),
          y1: y1 - 0.02 * (y2 - y1),
          x2: x2 + 0.02 * (x2 - x1),
          y2: y2 + 0.02 * (y2 - y1),
          clip: true,
          fill: sign(i).fill,
          fillOpacity: 0.22,
          stroke: '#666666',
          strokeWidth: 1,
          pixelSize: 4,
        }),
      ),
      Plot.frame({ stroke: '#999999' }),
      classes.map((_, i) =>
        Plot.dot(
          points.filter(({ classIndex }) => classIndex === i).map(({ at }) => at),
          sign(i),
        ),
      ),
    ],
    legend: classes.map((name, i) => ({ name, sign: place => Plot.dot([0], { ...place, ...sign(i) }) })),
  })
}

function padded(numbers: readonly number[]): Point {
  const low = Math.min(...numbers)
  const high = Math.max(...numbers)
  const space = 0.1 * (high - low || 1)
  return [low - space, high + space]
}

function span(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers)
}
