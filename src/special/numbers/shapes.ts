/**
 * Derivatives of the incomplete Gamma and Beta functions in their shapes, of any order. They have no closed form: they are
 * the integral of the density times a polynomial in its logs, the derivatives of e^L over e^L (Bell polynomials), by the
 * rule that makes the functions themselves.
 */

import { logLessDigamma, polygamma } from './gamma.js'
import { betaTails, gammaTails } from './incomplete.js'
import { isDerivativeOrder } from './orders.js'
import { minus, over, type Pair } from './pairs.js'

/** x / (1 - x), 1 - x being exact as a pair. */
export function oddsIn(x: number): Pair {
  return x <= 0 ? [0, 0] : x >= 1 ? [Infinity, 0] : over([x, 0], minus([1, 0], [x, 0]))
}

/** The derivative of order n in a of the probability that a Gamma variable of shape a is at most x. */
export function gammaShape(n: number, a: number, x: number): number {
  if (!isDerivativeOrder(n)) return Number.NaN
  if (n === 0) return gammaTails(a, [x, 0]).lower
  const offset = logLessDigamma(a)
  const slopes = Array.from({ length: n }, (_, k) => (k === 0 ? 0 : -polygamma(k, a)))
  return gammaTails(a, [x, 0], log => {
    slopes[0] = log + offset
    return bell(n, slopes)
  }).lower
}

/** The derivative of order n of e^L over e^L, `slopes` being the derivatives of L from the first on. */
function bell(n: number, slopes: readonly number[]): number {
  const b = [1]
  for (let k = 1; k <= n; k++) {
    let sum = 0
    let choose = 1
    for (let j = 0; j < k; j++) {
      sum += choose * b[k - 1 - j]! * slopes[j]!
      choose = (choose * (k - 1 - j)) / (j + 1)
    }
    b.push(sum)
  }
  return b[n]!
}

/** The derivative of the orders n in a and m in b of the probability that a Beta variable is at most x. */
export function betaShape(n: number, m: number, a: number, b: number, x: number): number {
  if (!(isDerivativeOrder(n) && isDerivativeOrder(m))) return Number.NaN
  if (n + m === 0) return betaTails(a, b, oddsIn(x)).lower
  const total = logLessDigamma(a + b)
  const aOffset = logLessDigamma(a) - total
  const bOffset = logLessDigamma(b) - total
  const slopes = Array.from({ length: n + 1 }, (_, i) =>
    Array.from({ length: m + 1 }, (_, j) => (i + j < 2 ? 0 : betaSlope(i, j, a, b))),
  )
  return betaTails(a, b, oddsIn(x), (log, logRest) => {
    if (n > 0) slopes[1]![0] = log + aOffset
    if (m > 0) slopes[0]![1] = logRest + bOffset
    return bell2(n, m, slopes)
  }).lower
}

/** The derivative of order i in a and j in b, i + j > 1, of the log of the density: of -log B(a, b). */
export function betaSlope(i: number, j: number, a: number, b: number): number {
  const own = j === 0 ? polygamma(i - 1, a) : i === 0 ? polygamma(j - 1, b) : 0
  return polygamma(i + j - 1, a + b) - own
}

/** `bell` in two variables. */
function bell2(n: number, m: number, slopes: readonly (readonly number[])[]): number {
  const b: number[][] = []
  for (let i = 0; i <= n; i++) {
    b.push([])
    for (let j = 0; j <= m; j++) b[i]!.push(i + j === 0 ? 1 : bellAt(i, j, b, slopes))
  }
  return b[n]![m]!
}

function bellAt(
  i: number,
  j: number,
  b: readonly (readonly number[])[],
  slopes: readonly (readonly number[])[],
): number {
  // One derivative is taken of L itself, the others fall on it or on the rest.
  const [di, dj] = i > 0 ? [1, 0] : [0, 1]
  let sum = 0
  for (let k = 0; k <= i - di; k++) {
    for (let l = 0; l <= j - dj; l++) {
      const count = choose(i - di, k) * choose(j - dj, l)
      sum += count * b[i - di - k]![j - dj - l]! * slopes[k + di]![l + dj]!
    }
  }
  return sum
}

function choose(n: number, k: number): number {
  let result = 1
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1)
  return result
}
