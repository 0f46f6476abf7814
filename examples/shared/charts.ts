/**
 * The charts of the lessons, as descriptions: Observable Plot draws them into a page, or into a file (pictures.ts).
 * Nothing here touches a document or the file system.
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
const CLASS_COLOURS = [BLUE, VERMILION, GREEN, PURPLE, AMBER, SKY]
const CLASS_SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const
const INK = '#222222'

/** Small enough that a phone need not shrink it much, with letters to match. */
const WIDTH = 480
const HEIGHT = 380
const MARGIN_LEFT = 76

interface Frame {
  readonly title: string
  readonly x: Plot.ScaleOptions
  readonly y: Plot.ScaleOptions
  readonly marks: Plot.Markish[]
  /** Lines of a legend, below the title. */
  readonly legend?: readonly Plot.Markish[]
}

const LEGEND_LINE = 22

function framed({ title, x, y, marks, legend = [] }: Frame): Plot.PlotOptions {
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
    width: WIDTH,
    height: HEIGHT + LEGEND_LINE * legend.length,
    marginTop: 48 + LEGEND_LINE * legend.length,
    marginRight: 32,
    marginBottom: 52,
    marginLeft: MARGIN_LEFT,
    style: { fontSize: '13px', color: INK, background: 'white' },
    ariaLabel: title,
    x: { ...axis, labelOffset: 42, ...x },
    y: { ...axis, labelOffset: MARGIN_LEFT - 12, ...y },
    marks: [...marks, heading, ...legend],
  }
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
  if (exponent >= 0) return (10 ** exponent).toLocaleString('en-US')
  if (!short) return (10 ** exponent).toFixed(-exponent)
  const superscript = [...String(-exponent)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
  return `10⁻${superscript}`
}

/** How an error falls over the steps of a descent, on a logarithmic axis; some of its points can be named. */
export function descentCurve(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly curve: readonly Point[]
  readonly logarithmicSteps?: boolean
  readonly named?: readonly (readonly [...Point, name: string])[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, curve, named = [] } = options
  const steps = curve.map(([step]) => step)
  return framed({
    title,
    x: options.logarithmicSteps ? logarithmic(xLabel, steps) : { label: xLabel },
    y: logarithmic(
      yLabel,
      curve.map(([, error]) => error),
    ),
    marks: [
      Plot.line(thinned(curve, options.logarithmicSteps === true), { stroke: BLUE, strokeWidth: 2.5 }),
      Plot.dot(named, { fill: BLUE, r: 4.5 }),
      named.map((point, i) =>
        Plot.text([point], {
          text: '2',
          ...(i === named.length - 1
            ? { textAnchor: 'end', dx: -8, dy: 10 }
            : { textAnchor: 'start', dx: 8, dy: -10 }),
          fill: INK,
          stroke: 'white',
          strokeWidth: 4,
        }),
      ),
    ],
  })
}

/** At most one point for each pixel of width: nobody sees the others, and the file stays small. */
function thinned(curve: readonly Point[], logarithmicSteps: boolean): Point[] {
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
export function descentSteps(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly curve: readonly Point[]
  readonly steps: readonly { readonly at: Point; readonly slope: number; readonly name?: string }[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, curve, steps } = options
  const width = span(curve.map(([x]) => x))
  const height = span(curve.map(([, y]) => y))
  const named = steps.filter(({ name }) => name !== undefined)
  // Tangents of the same length on paper, whatever their slope.
  const tangents = named.map(({ at: [x, y], slope }) => {
    const reach = (0.18 * width) / Math.hypot(1, (slope * width) / height)
    return { x1: x - reach, y1: y - slope * reach, x2: x + reach, y2: y + slope * reach }
  })
  return framed({
    title,
    x: { label: xLabel },
    // Room below for the tangents, which cross the curve's floor.
    y: { label: yLabel, grid: true, domain: [-0.1 * height, Math.max(...curve.map(([, y]) => y))] },
    marks: [
      Plot.ruleY([0], { stroke: '#999999' }),
      Plot.line(curve, { stroke: SKY, strokeWidth: 5 }),
      Plot.link(tangents, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: INK, strokeWidth: 1.5 }),
      Plot.dot(
        steps.map(({ at }) => at),
        { fill: VERMILION, stroke: 'white', r: 6 },
      ),
      Plot.text(
        named.map(({ at }) => at),
        {
          text: named.map(({ name }) => name!),
          textAnchor: 'start',
          dx: 12,
          dy: -8,
          fill: INK,
          stroke: 'white',
          strokeWidth: 4,
        },
      ),
    ],
  })
}

/** Several curves over the same axis, each named where it stands, and the observations. */
export function fittedCurve(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  /** Up to three; the last one is the fit. The name stands at the given x, above the curve or below it. */
  readonly curves: readonly {
    readonly name: string
    readonly points: readonly Point[]
    readonly nameAt: Point
  }[]
  readonly observed: readonly Point[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, curves, observed } = options
  const looks = [
    { stroke: BLUE, strokeWidth: 2.5, strokeDasharray: '8 4' },
    { stroke: VERMILION, strokeWidth: 2.5, strokeDasharray: '2 4' },
    { stroke: GREEN, strokeWidth: 3.5 },
  ]
  return framed({
    title,
    x: { label: xLabel },
    y: { label: yLabel, grid: true },
    marks: [
      Plot.ruleY([0], { stroke: '#999999' }),
      curves.map(({ points }, i) => Plot.line(points, { ...looks[i] })),
      Plot.dot(observed, { fill: INK, stroke: 'white', r: 6.5 }),
      curves.map(({ name, nameAt }, i) =>
        Plot.text([nameAt], {
          text: [name],
          fill: looks[i]?.stroke ?? INK,
          stroke: 'white',
          strokeWidth: 4,
          fontWeight: 'bold',
        }),
      ),
    ],
  })
}

/** Observations, the curve fitted to them, and the band in which the curve lies with some confidence. */
export function fittedBand(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly observed: readonly Point[]
  readonly curve: readonly Point[]
  /** The lower and the upper end at each x of the curve. */
  readonly band: readonly (readonly [x: number, low: number, high: number])[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, observed, curve, band } = options
  return framed({
    title,
    x: { label: xLabel },
    y: { label: yLabel, grid: true },
    marks: [
      Plot.areaY(band, { x: '0', y1: '1', y2: '2', fill: SKY, fillOpacity: 0.35 }),
      Plot.line(curve, { stroke: BLUE, strokeWidth: 2.5 }),
      Plot.dot(observed, { stroke: VERMILION, strokeWidth: 2, r: 4 }),
    ],
  })
}

/** What a model leaves unexplained, around 0. */
export function residualDots(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly points: readonly Point[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, points } = options
  return framed({
    title,
    x: { label: xLabel },
    y: { label: yLabel, grid: true },
    marks: [
      Plot.ruleY([0], { stroke: '#999999' }),
      Plot.link(points, { x1: '0', y1: 0, x2: '0', y2: '1', stroke: SKY, strokeWidth: 1.5 }),
      Plot.dot(points, { fill: VERMILION, r: 3.5 }),
    ],
  })
}

/** Points of several classes, over the regions in which a classifier answers each class. */
export function decisionRegions(options: {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly classes: readonly string[]
  /** One score per class; the largest is the answer. */
  readonly scores: (x: number, y: number) => readonly number[]
  readonly points: readonly { readonly at: Point; readonly classIndex: number }[]
}): Plot.PlotOptions {
  const { title, xLabel, yLabel, classes, scores, points } = options
  const [x1, x2] = padded(points.map(({ at }) => at[0]))
  const [y1, y2] = padded(points.map(({ at }) => at[1]))
  const colour = (i: number): string => CLASS_COLOURS[i % CLASS_COLOURS.length]!
  const symbol = (i: number) => CLASS_SYMBOLS[i % CLASS_SYMBOLS.length]!
  // Class i is answered where it leads every other class: where its lead is above 0.
  const lead = (i: number) => (x: number, y: number) => {
    const all = scores(x, y)
    return all[i]! - Math.max(...all.filter((_, j) => j !== i))
  }
  return framed({
    title,
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
          fill: colour(i),
          fillOpacity: 0.22,
          stroke: '#666666',
          strokeWidth: 1,
          pixelSize: 4,
        }),
      ),
      Plot.frame({ stroke: '#999999' }),
      classes.map((_, i) =>
        Plot.dot(
          points.filter(({ classIndex }) => classIndex === i),
          {
            x: ({ at }: { at: Point }) => at[0],
            y: ({ at }: { at: Point }) => at[1],
            fill: colour(i),
            stroke: 'white',
            symbol: symbol(i),
            r: 6,
          },
        ),
      ),
    ],
    legend: legendLines(classes).map((line, number, { length }) =>
      line.map(({ index, left }) => {
        const place = { frameAnchor: 'top-left', dy: -16 - LEGEND_LINE * (length - 1 - number) } as const
        return [
          Plot.dot([0], { ...place, dx: left + 6, symbol: symbol(index), fill: colour(index), r: 6 }),
          Plot.text([classes[index]!], { ...place, lineAnchor: 'middle', dx: left + 20, fill: INK }),
        ]
      }),
    ),
  })
}

/** Which classes stand in each line of the legend, and how far from the left, as far as a name's length tells. */
function legendLines(names: readonly string[]): { index: number; left: number }[][] {
  const lines: { index: number; left: number }[][] = [[]]
  let left = 0
  names.forEach((name, index) => {
    const width = 38 + 8 * name.length
    if (left > 0 && left + width > WIDTH - MARGIN_LEFT) {
      lines.push([])
      left = 0
    }
    lines.at(-1)!.push({ index, left })
    left += width
  })
  return lines
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
