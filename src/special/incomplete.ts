/**
 * The incomplete Gamma and Beta functions, regularised. Both tails are integrals of a density over log x, or over the
 * log of the odds x / (1 - x), where it is log-concave: a tail is the density at its end times a {@link tailIntegral}.
 * The density is Stirling's formula, in which the exponent is a sum of negative terms, to 60 bits.
 */

import { exp, expm1, log, log1p } from '../math/index.js'
import { log1pmx, log1pmxPair, logLess } from './logarithm.js'
import { minus, over, type Pair, plus, sumOf, times } from './pairs.js'
import { gammaStar } from './stirling.js'
import { tailIntegral, widthOf } from './tailIntegral.js'

/** The probabilities below and above a point, and the density there per unit of log x (or of the log odds). */
export interface Tails {
  readonly lower: number
  readonly upper: number
  readonly density: number
}

const INVERSE_ROOT_2_PI = 0.3989422804014327

const NOTHING_BELOW: Tails = { lower: 0, upper: 1, density: 0 }
const NOTHING_ABOVE: Tails = { lower: 1, upper: 0, density: 0 }
const UNKNOWN: Tails = { lower: Number.NaN, upper: Number.NaN, density: Number.NaN }

/** Below this exponent a density underflows. */
const END = -800

/** The tails of the Gamma distribution of scale 1. */
export function gammaTails(shape: number, x: Pair): Tails {
  if (!(shape > 0 && x[0] >= 0)) return UNKNOWN
  if (x[0] === 0) return NOTHING_BELOW
  if (x[0] === Infinity) return NOTHING_ABOVE
  const a: Pair = [shape, 0]
  const ratio = over(x, a)
  const excess = over(minus(x, a), a)
  if (shape * logLess(excess[0], log(ratio[0])) < END) return excess[0] < 0 ? NOTHING_BELOW : NOTHING_ABOVE
  const density =
    (INVERSE_ROOT_2_PI * Math.sqrt(shape) * exponential(times(a, log1pmxPair(excess, ratio)))) /
    gammaStar(shape)
  const tail =
    density * (excess[0] < 0 ? belowEnd(shape, x, -shape * excess[0]) : aboveEnd(shape, x, shape * excess[0]))
  return excess[0] < 0 ? { lower: tail, upper: 1 - tail, density } : { lower: 1 - tail, upper: tail, density }
}

/** The integral of (s / x)^(a - 1) e^(x - s) ds / x over s < x <= a, at s = x e^-t. All terms of h are positive. */
function belowEnd(a: number, x: Pair, distance: number): number {
  const h = (t: number) => {
    const u = expm1(-t)
    return -distance * u - a * logLess(u, -t)
  }
  return tailIntegral(h, widthOf(h, distance, x[0]))
}

/** The same over s > x >= a, at s = x (1 + u), where it falls as an exponential. */
function aboveEnd(a: number, x: Pair, distance: number): number {
  const h =
    a < 1
      ? (u: number) => x[0] * u + (1 - a) * log1p(u)
      : (u: number) => (distance + 1) * u - (a - 1) * log1pmx(u)
  return tailIntegral(h, widthOf(h, distance + 1, Math.abs(a - 1)))
}

/** The tails of the Beta distribution where x / (1 - x) = odds. */
export function betaTails(a: number, b: number, odds: Pair): Tails {
  if (!(a > 0 && b > 0 && odds[0] >= 0)) return UNKNOWN
  if (odds[0] === 0) return NOTHING_BELOW
  if (odds[0] === Infinity) return NOTHING_ABOVE
  // To the right of the mean everything is mirrored.
  if (odds[0] > a / b) {
    const { lower, upper, density } = lowerTail(b, a, over([1, 0], odds))
    return { lower: upper, upper: lower, density }
  }
  return lowerTail(a, b, odds)
}

function lowerTail(a: number, b: number, odds: Pair): Tails {
  // Relative to the mean: w of its odds, q and r of its x and 1 - x.
  const total = sumOf(a, b)
  const w = over(times(odds, [b, 0]), [a, 0])
  const excess = minus(w, [1, 0])
  const scale = plus([b, 0], times([a, 0], w))
  const q = over(times(w, total), scale)
  const r = over(total, scale)
  const u = over(times([b, 0], excess), scale)
  const v = over(times([-a, 0], excess), scale)
  const exponent = plus(times([a, 0], log1pmxPair(u, q)), times([b, 0], log1pmxPair(v, r)))
  if (exponent[0] < END) return NOTHING_BELOW
  const stirling = gammaStar(a + b) / (gammaStar(a) * gammaStar(b))
  const density = INVERSE_ROOT_2_PI * Math.sqrt(a * (b / (a + b))) * stirling * exponential(exponent)
  const o = odds[0]
  const x = o / (1 + o)
  const y = 1 / (1 + o)
  const distance = -a * excess[0]
  if (o > 1 && a > 3) return tailsOf(density * farEnd(a, b, y, distance), density)
  // At the odds o e^-t: x grows by 1 + below, 1 - x by 1 + above.
  const h = (t: number) => {
    const c = -expm1(-t)
    const rest = 1 - x * c < 0.5 ? y + x * exp(-t) : 1 - x * c
    const logRest = c * x < 0.5 ? log1p(-x * c) : log(rest)
    const below = (-c * y) / rest
    return -distance * below - a * logLess(below, -t - logRest) - b * logLess((c * x) / rest, -logRest)
  }
  const lower = density * tailIntegral(h, widthOf(h, distance * y, (a + b) * x * y))
  return tailsOf(lower, density)
}

function tailsOf(lower: number, density: number): Tails {
  return { lower, upper: 1 - lower, density }
}

/** The integral at the odds o / (1 + r), which falls as an exponential where 1 - x is small. */
function farEnd(a: number, b: number, y: number, distance: number): number {
  // (1 + r)^(b - 1) / (1 + r y)^(a + b), and distance * y = (a + b) y - b.
  const slope = distance * y + 1
  const h = (r: number) =>
    b < 1
      ? (a + b) * log1p(r * y) + (1 - b) * log1p(r)
      : slope * r + (a + b) * log1pmx(r * y) - (b - 1) * log1pmx(r)
  return tailIntegral(h, widthOf(h, slope, 0))
}

function exponential([high, low]: Pair): number {
  const power = exp(high)
  return power + power * low
}

/** For a start that Newton's method on the tail then makes exact. */
const ROUGHLY = 1e-3
const NEWTON = 60

/** The x below which the Gamma distribution has the probability `lower`, which with `upper` makes 1. */
export function unitGammaQuantile(shape: number, lower: number, upper: number): number {
  if (!(shape > 0 && lower >= 0 && upper >= 0)) return Number.NaN
  if (lower === 0) return 0
  if (upper === 0) return Infinity
  const isLower = lower <= upper
  const bound = -log(isLower ? lower : upper) / shape
  // Where the exponent of the density is the log of the tail: Chernoff's bound, so that the true x is nearer the mean.
  const x = shape * (isLower ? belowMean(bound) : aboveMean(bound))
  return solved(x, isLower, isLower ? lower : upper, x => gammaTails(shape, [x, 0]))
}

/** The solution of r - 1 - log r = bound with r < 1, by Newton's method in log r, where it is convex. */
function belowMean(bound: number): number {
  let theta = -(bound + 1)
  for (let i = 0; i < NEWTON; i++) {
    const u = expm1(theta)
    const step = (logLess(u, theta) + bound) / -u
    theta -= step
    if (Math.abs(step) < ROUGHLY) break
  }
  return exp(theta)
}

/** The solution of r - 1 - log r = bound with r > 1, by Newton's method in r. */
function aboveMean(bound: number): number {
  let u = 2 * bound + Math.sqrt(2 * bound)
  for (let i = 0; i < NEWTON; i++) {
    const step = ((log1pmx(u) + bound) * (1 + u)) / -u
    u -= step
    if (Math.abs(step) < ROUGHLY * u) break
  }
  return 1 + u
}

/** The odds below which the Beta distribution has the probability `lower`, which with `upper` makes 1. */
export function betaQuantileOdds(a: number, b: number, lower: number, upper: number): number {
  if (!(a > 0 && b > 0 && lower >= 0 && upper >= 0)) return Number.NaN
  if (lower === 0) return 0
  if (upper === 0) return Infinity
  if (lower > upper) return 1 / betaQuantileOdds(b, a, upper, lower)
  const bound = log(lower)
  let theta = -(1 - bound / a)
  for (let i = 0; i < NEWTON; i++) {
    // Relative to the mean, as in `lowerTail`.
    const excess = expm1(theta)
    const scale = b + a * exp(theta)
    const logScale = log(scale / (a + b))
    const exponent =
      a * logLess((b * excess) / scale, theta - logScale) + b * logLess((-a * excess) / scale, -logScale)
    const step = (exponent - bound) / ((-a / scale) * excess * b)
    theta -= step
    if (Math.abs(step) < ROUGHLY) break
  }
  return solved((a / b) * exp(theta), true, lower, odds => betaTails(a, b, [odds, 0]))
}

/** Newton's method for the log of a tail over log x, in which it is concave. */
function solved(start: number, isLower: boolean, wanted: number, tails: (x: number) => Tails): number {
  const goal = log(wanted)
  let x = start
  for (let i = 0; i < 100; i++) {
    const { lower, upper, density } = tails(x)
    const tail = isLower ? lower : upper
    if (tail === 0 || !(x > 0 && x < Infinity)) return x
    const ratio = tail / wanted
    const difference = Math.abs(ratio - 1) < 0.5 ? log(ratio) : log(tail) - goal
    const step = (difference * tail) / density
    x *= exp(isLower ? -step : step)
    if (Math.abs(step) < 1e-10) break
  }
  return x
}
