/**
 * The integral of e^-h(t) from 0 to Infinity, for the h of a tail: convex, h(0) = 0, not falling. All terms are
 * positive, so nothing cancels. Source: the double exponential formula, H. Takahasi and M. Mori, Publ. RIMS 9 (1974)
 * 721: with t = width * e^(s - e^-s) the trapezoidal rule in s converges faster than any power.
 */

import { exp } from '../../math/index.js'

const STEP = 1 / 8
const FIRST = -29
const LAST = 400

interface Node {
  readonly at: number
  readonly weight: number
}
let nodes: readonly Node[] | undefined

function nodesOfRule(): readonly Node[] {
  nodes ??= Array.from({ length: LAST - FIRST + 1 }, (_, i) => {
    const s = (FIRST + i) * STEP
    const at = exp(s - exp(-s))
    return { at, weight: STEP * at * (1 + exp(-s)) }
  })
  return nodes
}

/** From here a term may be the last, if it is also too small beside the sum; a factor may be a power of t. */
const FAR = 30
const NEGLIGIBLE = 2 ** -70
const NEGLIGIBLE_WITH_FACTOR = 2 ** -100

/** With a `factor` the integrand is that times e^-h. */
export function tailIntegral(
  h: (t: number) => number,
  width: number,
  factor?: (t: number) => number,
): number {
  const end = factor === undefined ? NEGLIGIBLE : NEGLIGIBLE_WITH_FACTOR
  let sum = 0
  let sumOfTerms = 0
  for (const { at, weight } of nodesOfRule()) {
    const height = h(width * at)
    const term = weight * exp(-height)
    sumOfTerms += term
    if (!(height < FAR || term > end * sumOfTerms)) break
    sum += factor === undefined ? term : term * factor(width * at)
  }
  return width * sum
}

/** A t with h(t) near 1, given the first two derivatives of h at 0. */
export function widthOf(h: (t: number) => number, slope: number, curvature: number): number {
  let width = 1 / (slope + Math.sqrt(curvature))
  for (let i = 0; i < 60 && h(2 * width) < 1; i++) width *= 2
  for (let i = 0; i < 60 && h(width) > 2; i++) width /= 2
  return width
}
