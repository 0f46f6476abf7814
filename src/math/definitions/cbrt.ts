import { type Definition, unary } from '../definition.js'
import { CBRT_START } from '../generated/tables.js'
import { split } from '../pairs.js'
import {
  abs,
  add,
  and,
  chain,
  copySign,
  div,
  double,
  floor,
  highWord,
  integer,
  less,
  minus,
  mul,
  named,
  scale,
  select,
  shift,
  sub,
} from '../steps.js'

/** Below it numbers are subnormal, and multiplied by 2^54. */
const NORMAL = 2 ** -1022

/**
 * The cube root of x = 2^(3 q) m, m in [1, 8): a polynomial (2^-9), Halley's iteration (2^-27), and one exact step:
 * with t rounded to 26 bits, the remainder m - t^3 is a double, and m^(1/3) = t (1 + rho)^(1/3), rho = m / t^3 - 1.
 */
export const cbrt: Definition = unary('cbrt', 'The cube root of x.', x => {
  const a = abs(x)
  const isSubnormal = less(a, NORMAL)
  const normal = named('normal', select(isSubnormal, mul(a, 2 ** 54), a))
  const q = named('q', floor(div(double(minus(shift(highWord(normal), 20), 1023)), 3)))
  const m = named('m', scale(normal, integer(mul(-3, q))))
  const start = named('start', chain(m, CBRT_START))
  const cube = mul(mul(start, start), start)
  const t = named('t', split(mul(start, div(add(cube, mul(2, m)), add(mul(2, cube), m)))).high)
  const square = mul(t, t)
  const squareHigh = split(square).high
  const remainder = sub(sub(m, mul(squareHigh, t)), mul(sub(square, squareHigh), t))
  const rho = named('rho', div(remainder, mul(square, t)))
  const root = add(t, mul(mul(t, rho), sub(1 / 3, mul(rho, 1 / 9))))
  const sized = mul(scale(root, integer(q)), select(isSubnormal, 2 ** -18, 1))
  return { usual: and(less(0, a), less(a, Infinity)), value: copySign(sized, x) }
})
