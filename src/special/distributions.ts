/**
 * Distribution functions of Student, Fisher, chi-squared, Gamma, Beta and the normal distribution: numbers in, numbers
 * out. Each has the probability below a point (`Cdf`), that above it (`Tail`, with the digits that 1 - cdf loses), and
 * the point below which a probability lies (`Quantile`) or above which it lies (`TailQuantile`). Parameters out of range
 * give NaN, as do probabilities outside [0, 1].
 */

import { exp, log1p, normalCdf, pow } from '../math/index.js'
import {
  betaQuantileOdds,
  betaTails,
  gammaTails,
  type Tails,
  unitGammaQuantile,
} from './numbers/incomplete.js'
import { normalQuantile } from './numbers/normal.js'
import { over, type Pair, productOf } from './numbers/pairs.js'
import { oddsIn } from './numbers/shapes.js'
import { gammaStar } from './numbers/stirling.js'

// ── Student ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The probability that Student's t with `df` degrees of freedom is at most `t`. */
export function studentCdf(t: number, df: number): number {
  return studentTail(-t, df)
}

/** The probability that Student's t with `df` degrees of freedom exceeds `t`. */
export function studentTail(t: number, df: number): number {
  if (df === Infinity) return normalCdf(-t)
  if (!(df > 0) || Number.isNaN(t)) return Number.NaN
  const size = Math.abs(t)
  let beyond = 0.5
  // Beyond, the distribution is its power law to the last digit, and t^2 may overflow.
  if (size > POWER_LAW * Math.sqrt(df)) beyond = powerLawFactor(df) * pow(Math.sqrt(df) / size, df)
  else if (size > 1e-20) beyond = betaTails(df / 2, 0.5, over(over([df, 0], [size, 0]), [size, 0])).lower / 2
  return t < 0 ? 1 - beyond : beyond
}

/** The t below which Student's t with `df` degrees of freedom lies with probability `p`. */
export function studentQuantile(p: number, df: number): number {
  return 0 - studentTailQuantile(p, df)
}

/** The t above which Student's t with `df` degrees of freedom lies with probability `p`. */
export function studentTailQuantile(p: number, df: number): number {
  if (df === Infinity) return -normalQuantile(p)
  if (!(df > 0 && p >= 0 && p <= 1)) return Number.NaN
  if (p > 0.5) return -studentTailQuantile(1 - p, df)
  if (p > 0.25) return Math.sqrt(df * betaQuantileOdds(0.5, df / 2, 1 - 2 * p, 2 * p))
  const root = Math.sqrt(df)
  const far = root * pow(p / powerLawFactor(df), -1 / df)
  return far > POWER_LAW * root ? far : root / Math.sqrt(betaQuantileOdds(df / 2, 0.5, 2 * p, 1 - 2 * p))
}

/** From here, in roots of the degrees of freedom, df / t^2 is below the rounding of 1. */
const POWER_LAW = 1e20

/** The factor of (sqrt(df) / t)^df in the tail: 1 / (df B(df/2, 1/2)). */
function powerLawFactor(df: number): number {
  const a = df / 2
  // Stirling's formula for the Beta function, with what it leaves.
  const stirling = gammaStar(a + 0.5) / (gammaStar(a) * gammaStar(0.5))
  const logarithm = a * log1p(0.5 / a) + 0.5 * log1p(2 * a)
  return (Math.sqrt(a / (a + 0.5) / (4 * Math.PI)) * stirling * exp(logarithm)) / df
}

// ── Fisher ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The probability that Fisher's F with `df1` and `df2` degrees of freedom is at most `f`. */
export function fisherCdf(f: number, df1: number, df2: number): number {
  return fisherTails(f, df1, df2).lower
}

/** The probability that Fisher's F with `df1` and `df2` degrees of freedom exceeds `f`. */
export function fisherTail(f: number, df1: number, df2: number): number {
  return fisherTails(f, df1, df2).upper
}

/** The f below which Fisher's F lies with probability `p`. */
export function fisherQuantile(p: number, df1: number, df2: number): number {
  return betaQuantileOdds(df1 / 2, df2 / 2, p, 1 - p) * (df2 / df1)
}

/** The f above which Fisher's F lies with probability `p`. */
export function fisherTailQuantile(p: number, df1: number, df2: number): number {
  return betaQuantileOdds(df1 / 2, df2 / 2, 1 - p, p) * (df2 / df1)
}

function fisherTails(f: number, df1: number, df2: number): Tails {
  if (!(f > 1)) return betaTails(df1 / 2, df2 / 2, over(productOf(Math.max(f, 0), df1), [df2, 0]))
  // Mirrored, for f * df1 may overflow.
  const odds: Pair = f === Infinity ? [0, 0] : over(over([df2, 0], [f, 0]), [df1, 0])
  const { lower, upper, density } = betaTails(df2 / 2, df1 / 2, odds)
  return { lower: upper, upper: lower, density }
}

// ── Gamma and chi-squared ───────────────────────────────────────────────────────────────────────────────────────

/** The probability that chi-squared with `df` degrees of freedom is at most `x`. */
export function chiSquaredCdf(x: number, df: number): number {
  return gammaCdf(x, df / 2, 2)
}

/** The probability that chi-squared with `df` degrees of freedom exceeds `x`. */
export function chiSquaredTail(x: number, df: number): number {
  return gammaTail(x, df / 2, 2)
}

/** The x below which chi-squared with `df` degrees of freedom lies with probability `p`. */
export function chiSquaredQuantile(p: number, df: number): number {
  return gammaQuantile(p, df / 2, 2)
}

/** The x above which chi-squared with `df` degrees of freedom lies with probability `p`. */
export function chiSquaredTailQuantile(p: number, df: number): number {
  return gammaTailQuantile(p, df / 2, 2)
}

/** The probability that a Gamma variable of this shape and scale (its mean is their product) is at most `x`. */
export function gammaCdf(x: number, shape: number, scale = 1): number {
  return scaledGammaTails(x, shape, scale).lower
}

/** The probability that a Gamma variable of this shape and scale exceeds `x`. */
export function gammaTail(x: number, shape: number, scale = 1): number {
  return scaledGammaTails(x, shape, scale).upper
}

/** The x below which a Gamma variable of this shape and scale lies with probability `p`. */
export function gammaQuantile(p: number, shape: number, scale = 1): number {
  return scale > 0 ? unitGammaQuantile(shape, p, 1 - p) * scale : Number.NaN
}

/** The x above which a Gamma variable of this shape and scale lies with probability `p`. */
export function gammaTailQuantile(p: number, shape: number, scale = 1): number {
  return scale > 0 ? unitGammaQuantile(shape, 1 - p, p) * scale : Number.NaN
}

function scaledGammaTails(x: number, shape: number, scale: number): Tails {
  const ratio: Pair = x < Infinity ? over([Math.max(x, 0), 0], [scale, 0]) : [x, 0]
  return gammaTails(scale > 0 ? shape : Number.NaN, ratio)
}

// ── Beta ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The probability that a Beta variable of the shapes `a` and `b` is at most `x`. */
export function betaCdf(x: number, a: number, b: number): number {
  return betaTails(a, b, oddsIn(x)).lower
}

/** The probability that a Beta variable of the shapes `a` and `b` exceeds `x`. */
export function betaTail(x: number, a: number, b: number): number {
  return betaTails(a, b, oddsIn(x)).upper
}

/** The x below which a Beta variable of the shapes `a` and `b` lies with probability `p`. */
export function betaQuantile(p: number, a: number, b: number): number {
  return ofOdds(betaQuantileOdds(a, b, p, 1 - p))
}

/** The x above which a Beta variable of the shapes `a` and `b` lies with probability `p`. */
export function betaTailQuantile(p: number, a: number, b: number): number {
  return ofOdds(betaQuantileOdds(a, b, 1 - p, p))
}

function ofOdds(odds: number): number {
  return odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds)
}
