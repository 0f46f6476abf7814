import { describe, expect, it } from 'vitest'
import * as math from '../../src/math/index.js'
import { names, points } from '../support/points.js'

type Unary = (x: number) => number

/** A function that rises (1) or falls (-1) from one argument to another. */
interface Curve {
  readonly f: Unary
  readonly direction: number
  readonly from: number
  readonly to: number
  /** The function whose arguments are tried. */
  readonly pointsOf: string
}

const unary = math as unknown as Record<string, Unary>

function curve(name: string, direction: number, from = -Infinity, to = Infinity): [string, Curve] {
  return [name, { f: unary[name]!, direction, from, to, pointsOf: name }]
}

function fixing(title: string, f: Unary, direction: number, from: number, pointsOf: string): [string, Curve] {
  return [title, { f, direction, from, to: Infinity, pointsOf }]
}

const { pow, hypot, atan2, directionCosine } = math
const fixed = [0.001, 0.7, 1, 50]

const curves: readonly [string, Curve][] = [
  ...['exp', 'expm1', 'log', 'log2', 'log10', 'log1p'].map(name => curve(name, 1)),
  ...['tanh', 'sinh', 'asinh', 'acosh', 'atanh', 'asin', 'atan', 'cbrt', 'erf'].map(name => curve(name, 1)),
  ...['sigmoid', 'softplus', 'logSigmoid', 'normalCdf'].map(name => curve(name, 1)),
  ...['acos', 'erfc'].map(name => curve(name, -1)),
  ...['sech2', 'gaussian', 'normalDensity'].map(name => curve(name, -1, 0)),
  curve('cosh', 1, 0),
  curve('sin', 1, -Math.PI / 2, Math.PI / 2),
  curve('cos', -1, 0, Math.PI),
  curve('tan', 1, -Math.PI / 2, Math.PI / 2),
  ...[-1.7, 0.3, 2].map(y => fixing(`pow(x, ${y})`, x => pow(x, y), Math.sign(y), 0, 'log')),
  ...[0.3, 7].map(x => fixing(`pow(${x}, y)`, y => pow(x, y), Math.sign(x - 1), -Infinity, 'exp')),
  ...fixed.flatMap(c => [
    fixing(`hypot(x, ${c})`, x => hypot(x, c), 1, 0, 'asinh'),
    fixing(`atan2(y, ${c})`, y => atan2(y, c), 1, -Infinity, 'atan'),
    fixing(`atan2(${c}, x)`, x => atan2(c, x), -1, -Infinity, 'atan'),
    fixing(`directionCosine(x, ${c})`, x => directionCosine(x, c), 1, -Infinity, 'atan'),
    fixing(`directionCosine(${c}, y)`, y => directionCosine(c, y), -1, 0, 'atan'),
  ]),
]

const view = new DataView(new ArrayBuffer(8))

/** The double after x, towards Infinity. */
function next(x: number): number {
  if (x === 0) return Number.MIN_VALUE
  view.setFloat64(0, x)
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n))
  return view.getFloat64(0)
}

/** An argument before which f has its value at x, and after which another; x if there is none within a hundred octaves. */
function endOfStep(f: Unary, x: number): number {
  let last = x
  let beyond = next(x)
  for (let octave = 0, distance = beyond - x; f(beyond) === f(x); octave++, distance *= 2) {
    if (octave === 100) return x
    last = beyond
    beyond = x + distance
  }
  for (;;) {
    const middle = last + (beyond - last) / 2
    if (middle === last || middle === beyond) return last
    if (f(middle) === f(x)) last = middle
    else beyond = middle
  }
}

/**
 * Neighbours on which f steps back. A function that is level for many arguments can do so only about the ends of its
 * steps, so these are sought out.
 */
function stepBack({ f, direction, from, to, pointsOf }: Curve): readonly number[] | undefined {
  const within = (x: number) => (Number.isFinite(x) && x >= from && x <= to ? f(x) : Number.NaN)
  for (const start of points(pointsOf, 4000, 11)) {
    if (!Number.isFinite(within(start))) continue
    let x = endOfStep(within, start)
    for (let i = 0; i < 6; i++) x = -next(-x)
    for (let i = 0; i < 12; i++) {
      const y = next(x)
      if (direction * within(y) < direction * within(x)) return [x, y]
      x = y
    }
  }
  return undefined
}

/** Arguments in order, far apart, on which f steps back. */
function fallBack({ f, direction, from, to, pointsOf }: Curve): readonly number[] | undefined {
  const xs = points(pointsOf, 20_000, 12).filter(x => x >= from && x <= to && !Number.isNaN(f(x)))
  xs.sort()
  const at = xs.findIndex((x, i) => i > 0 && direction * f(x) < direction * f(xs[i - 1]!))
  return at < 0 ? undefined : [xs[at - 1]!, xs[at]!]
}

describe('monotone', () => {
  it.each(curves)('%s', (_, tried) => {
    expect(stepBack(tried)).toBeUndefined()
    expect(fallBack(tried)).toBeUndefined()
  })

  // sigmoidSlope is a product of rounded factors, of which one rises while the other falls.
  it('every function is among them, but the derivative of sigmoid', () => {
    const titles = curves.map(([title]) => title.replace(/\(.*/, ''))
    expect([...new Set(titles)].sort()).toEqual(names.filter(name => name !== 'sigmoidSlope').sort())
  })
})
