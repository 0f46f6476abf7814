/**
 * The incomplete Gamma and Beta functions, regularised. Both tails are integrals of a density over log x, or over the
 * log of the odds x / (1 - x), where it is log-concave: a tail is the density at its end times a {@link tailIntegral}.
 * The density is Stirling's formula, in which the exponent is a sum of negative terms, to 60 bits.
 */

import { exp, expm1, log, log1p, pow } from '../../math/index.js'
import { logBeta, logGamma, logGamma1p } from './gamma.js'
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

const UNKNOWN: Tails = { lower: Number.NaN, upper: Number.NaN, density: Number.NaN }

/** Below this exponent a density underflows. */
const END = -800

/**
 * The tails of the Gamma distribution of scale 1. With a factor, of the log of the variable over the shape, the integrals
 * of the density times that, the upper one being less the lower.
 */
export function gammaTails(shape: number, x: Pair, factor?: (log: number) => number): Tails {
  if (!(shape > 0 && x[0] >= 0)) return UNKNOWN
  const complement = factor === undefined ? 1 : 0
  if (x[0] === 0) return tailsOf(0, complement, 0, false)
  if (x[0] === Infinity) return tailsOf(0, complement, 0, true)
  if (complement === 1 && shape < 1 && x[0] < 1e-17) {
    // The first term of the series (DLMF 8.7.1), near 1 for small shapes.
    const logFactor = shape < 0.5 ? logGamma1p(shape) : logGamma(1 + shape)
    const exponent = shape * log(x[0]) - logFactor
    const lower = pow(x[0], shape) / exp(logFactor)
    return { lower, upper: -expm1(exponent), density: shape * lower }
  }
  const { excess, logRatio, density } = gammaEnd(shape, x)
  const isLower = excess < 0
  if (density === 0) return tailsOf(0, complement, 0, !isLower)
  const distance = Math.abs(shape * excess)
  // At x e^-t, below the mean. All terms of h are positive.
  const below = (t: number) => {
    const u = expm1(-t)
    return -distance * u - shape * logLess(u, -t)
  }
  // At x (1 + u), above the mean, where the density falls as an exponential; of small shapes everywhere.
  const above =
    shape < 1
      ? (u: number) => x[0] * u + (1 - shape) * log1p(u)
      : (u: number) => (distance + 1) * u - (shape - 1) * log1pmx(u)
  const upper = () =>
    density *
    tailIntegral(
      above,
      widthOf(above, distance + 1, Math.abs(shape - 1)),
      factor && (u => factor(logRatio + log1p(u))),
    )
  if (!isLower) return tailsOf(upper(), complement, density, true)
  const lower =
    density * tailIntegral(below, widthOf(below, distance, x[0]), factor && (t => factor(logRatio - t)))
  // Of small shapes nearly all may lie below a point below the mean.
  if (complement === 1 && shape < 1 && lower > 0.5) return { lower, upper: upper(), density }
  return tailsOf(lower, complement, density, false)
}

/** The density at x per unit of log x, x less its mean and the log of x, both over the mean. */
function gammaEnd(shape: number, x: Pair): { excess: number; logRatio: number; density: number } {
  const a: Pair = [shape, 0]
  const ratio = over(x, a)
  const excess = over(minus(x, a), a)
  const logRatio = Math.abs(excess[0]) < 0.5 ? log1p(excess[0]) : log(ratio[0])
  const factor = (INVERSE_ROOT_2_PI * Math.sqrt(shape)) / gammaStar(shape)
  const isNothing = shape * logLess(excess[0], logRatio) < END
  const density = isNothing ? 0 : factor * exponential(times(a, log1pmxPair(excess, ratio)))
  return { excess: excess[0], logRatio, density }
}

/** A tail and the other, which with it makes `whole`. */
function tailsOf(tail: number, whole: number, density: number, isUpper: boolean): Tails {
  return isUpper
    ? { lower: whole - tail, upper: tail, density }
    : { lower: tail, upper: whole - tail, density }
}

/** Of the logs of x and of 1 - x, each over its value at the mean. */
export type BetaFactor = (log: number, logRest: number) => number

/**
 * The tails of the Beta distribution where x / (1 - x) = odds. With a factor, the integrals of the density times that,
 * the upper one being less the lower.
 */
export function betaTails(a: number, b: number, odds: Pair, factor?: BetaFactor): Tails {
  if (!(a > 0 && b > 0 && odds[0] >= 0)) return UNKNOWN
  const complement = factor === undefined ? 1 : 0
  if (odds[0] === 0) return tailsOf(0, complement, 0, false)
  if (odds[0] === Infinity) return tailsOf(0, complement, 0, true)
  // To the right of the mean everything is mirrored.
  const isUpper = odds[0] > a / b
  const [tail, density] = isUpper
    ? lowerTail(b, a, over([1, 0], odds), factor && ((log, logRest) => factor(logRest, log)))
    : lowerTail(a, b, odds, factor)
  return tailsOf(tail, complement, density, isUpper)
}

function lowerTail(a: number, b: number, odds: Pair, factor?: BetaFactor): readonly [number, number] {
  const { density, excess, logX, logY } = betaEnd(a, b, odds)
  if (density === 0) return [0, 0]
  const o = odds[0]
  const x = o / (1 + o)
  const y = 1 / (1 + o)
  const distance = -a * excess
  if (o > 1 && a > 3) {
    // At the odds o / (1 + r) the density falls as an exponential in r while 1 - x is small. It is, over its end,
    // (1 + r)^(b - 1) / (1 + r y)^(a + b), and distance * y = (a + b) y - b.
    const slope = distance * y + 1
    const h = (r: number) =>
      b < 1
        ? (a + b) * log1p(r * y) + (1 - b) * log1p(r)
        : slope * r + (a + b) * log1pmx(r * y) - (b - 1) * log1pmx(r)
    const far = factor && ((r: number) => factor(logX - log1p(r * y), logY + log1p(r) - log1p(r * y)))
    return [density * tailIntegral(h, widthOf(h, slope, 0), far), density]
  }
  const logRestAt = (t: number) => {
    const c = -expm1(-t)
    return c * x < 0.5 ? log1p(-x * c) : log(y + x * exp(-t))
  }
  // At the odds o e^-t: x grows by 1 + below, 1 - x by 1 + above. All terms are positive.
  const h = (t: number) => {
    const c = -expm1(-t)
    const rest = 1 - x * c < 0.5 ? y + x * exp(-t) : 1 - x * c
    const logRest = logRestAt(t)
    const below = (-c * y) / rest
    return -distance * below - a * logLess(below, -t - logRest) - b * logLess((c * x) / rest, -logRest)
  }
  const near = factor && ((t: number) => factor(logX - t - logRestAt(t), logY - logRestAt(t)))
  return [density * tailIntegral(h, widthOf(h, distance * y, (a + b) * x * y), near), density]
}

interface BetaEnd {
  /** Per unit of the log of the odds. */
  readonly density: number
  /** The odds less theirs at the mean, over that. */
  readonly excess: number
  /** The logs of x and of 1 - x, each over its value at the mean. */
  readonly logX: number
  readonly logY: number
}

/** What a density is at its end, for odds not above those of the mean. */
function betaEnd(a: number, b: number, odds: Pair): BetaEnd {
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
  const stirling = gammaStar(a + b) / (gammaStar(a) * gammaStar(b))
  const factor = INVERSE_ROOT_2_PI * Math.sqrt(a * (b / (a + b))) * stirling
  return {
    density: exponent[0] < END ? 0 : factor * exponential(exponent),
    excess: excess[0],
    logX: Math.abs(u[0]) < 0.5 ? log1p(u[0]) : log(q[0]),
    logY: log1p(v[0]),
  }
}

/** The density of the Beta distribution per unit of the log of the odds. */
function betaOddsDensity(a: number, b: number, odds: Pair): number {
  if (!(a > 0 && b > 0 && odds[0] >= 0)) return Number.NaN
  if (odds[0] === 0 || odds[0] === Infinity) return 0
  return odds[0] > a / b ? betaEnd(b, a, over([1, 0], odds)).density : betaEnd(a, b, odds).density
}

/** The density of the Gamma distribution per unit of log x. */
function gammaLogDensity(shape: number, x: number): number {
  if (!(shape > 0 && x >= 0)) return Number.NaN
  return x === 0 || x === Infinity ? 0 : gammaEnd(shape, [x, 0]).density
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

/** Where a density per unit of the log is too near underflow for one per unit of x. */
const SMALL = 1e-305

/** x^(a - 1) e^-x / Gamma(a), with its limits at 0. */
export function gammaDensityAt(a: number, x: number): number {
  const density = gammaLogDensity(a, x)
  if (x === 0) return limit(a, 1)
  return density < SMALL ? exp((a - 1) * log(x) - x - logGamma(a)) : density / x
}

/** x^(a - 1) (1 - x)^(b - 1) / B(a, b), with its limits at 0 and 1; `odds` are x / (1 - x). */
export function betaDensityAt(a: number, b: number, x: number, odds: Pair): number {
  if (x === 0) return limit(a, b)
  if (x === 1) return limit(b, a)
  const density = betaOddsDensity(a, b, odds)
  if (density < SMALL) return exp((a - 1) * log(x) + (b - 1) * log1p(-x) - logBeta(a, b))
  return density / (x * (1 - x))
}

/** The density at the end where it is as `factor` x^(shape - 1). */
function limit(shape: number, factor: number): number {
  if (!(shape > 0 && factor > 0)) return Number.NaN
  return shape < 1 ? Infinity : shape === 1 ? factor : 0
}
