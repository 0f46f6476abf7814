import { highWord, scale } from './bits.js'
import { CBRT_START } from './generated/tables.js'

const [c0, c1, c2, c3, c4] = CBRT_START as [number, number, number, number, number]

/** 2^27 + 1 */
const SPLITTER = 134217729

function upperHalf(x: number): number {
  const c = x * SPLITTER
  return c - (c - x)
}

/**
 * The cube root of x = 2^(3 q) m, m in [1, 8): a polynomial (2^-9), Halley's iteration (2^-27), and one exact step:
 * with t rounded to 26 bits, the remainder m - t^3 is a double, and m^(1/3) = t (1 + rho)^(1/3), rho = m / t^3 - 1.
 */
export function cbrt(x: number): number {
  const a = Math.abs(x)
  if (!(a > 0 && a < Number.POSITIVE_INFINITY)) return x
  const isSubnormal = a < 2 ** -1022
  const normal = isSubnormal ? a * 2 ** 54 : a
  const q = Math.floor(((highWord(normal) >> 20) - 1023) / 3)
  const m = scale(normal, -3 * q)
  const start = c0 + m * (c1 + m * (c2 + m * (c3 + m * c4)))
  const cube = start * start * start
  const t = upperHalf(start * ((cube + 2 * m) / (2 * cube + m)))
  const square = t * t
  const squareHigh = upperHalf(square)
  const remainder = m - squareHigh * t - (square - squareHigh) * t
  const rho = remainder / (square * t)
  const root = scale(t + t * rho * (1 / 3 - rho * (1 / 9)), isSubnormal ? q - 18 : q)
  return x < 0 ? -root : root
}
