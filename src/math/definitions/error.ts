import { type Definition, type Part, unary } from '../definition.js'
import {
  ERF_TAIL,
  INVERSE_ROOT_2_HIGH,
  INVERSE_ROOT_2_LOW,
  SCALED_ERFC,
  TWO_OVER_ROOT_PI_LESS_1,
} from '../generated/tables.js'
import { type ExactPair, fastTwoSum, normalize, type Pair, product, twoSquare } from '../pairs.js'
import {
  abs,
  add,
  and,
  constant,
  copySign,
  type Double,
  highWord,
  less,
  lookup,
  minus,
  mul,
  named,
  neg,
  type Operand,
  parameter,
  polynomial,
  select,
  shift,
  sub,
} from '../steps.js'
import { expPair } from './exponential.js'

const x = parameter('x')
const xTail = parameter('xTail')
const y = parameter('y')
const yTail = parameter('yTail')

const square = twoSquare(x)

export const squareParts: Part = {
  name: 'squareParts',
  summary: 'x^2 with its tail.',
  parameters: [x],
  value: square.high,
  tail: square.low,
}

const multiplied = normalize(product({ high: x, low: xTail }, { high: y, low: yTail }))

export const productParts: Part = {
  name: 'productParts',
  summary: '(x + xTail) (y + yTail) with its tail.',
  parameters: [x, xTail, y, yTail],
  value: multiplied.high,
  tail: multiplied.low,
}

/** erf(x) - x for |x| <= 1/2. 2 / sqrt(pi) x = x + 0.128 x, so that rounding the small part costs an eighth of an ulp. */
function erfRest(x: Double): Double {
  const z = named('z', mul(x, x))
  return mul(x, add(TWO_OVER_ROOT_PI_LESS_1, mul(z, polynomial(z, ERF_TAIL))))
}

/** The high word of 1/2, where the table of e^(x^2) erfc(x) begins. */
const TABLE_START = 0x3fe00000
const DEGREE = 12

/** e^(x^2) erfc(x), 1/2 <= x < 28. */
function scaledErfc(x: Double, xTail: Operand): ExactPair {
  const row = named('row', shift(minus(highWord(x), TABLE_START), 17))
  const t = named('t', add(sub(x, lookup(SCALED_ERFC, row, 0)), xTail))
  const coefficients = Array.from({ length: DEGREE }, (_, i) => lookup(SCALED_ERFC, row, 3 + i))
  return fastTwoSum(
    lookup(SCALED_ERFC, row, 1),
    add(lookup(SCALED_ERFC, row, 2), mul(t, polynomial(t, coefficients))),
  )
}

const scaled = scaledErfc(x, xTail)

export const scaledErfcParts: Part = {
  name: 'scaledErfcParts',
  summary: 'e^(x^2) erfc(x) with its tail, 1/2 <= x < 28.',
  parameters: [x, xTail],
  value: scaled.high,
  tail: scaled.low,
}

/** erfc(x + xTail) for x >= 1/2, given its exact square, where it is a normal double. */
function complement(x: Double, xTail: Operand, square: Pair): ExactPair {
  return normalize(product(expPair(neg(square.high), neg(square.low)), scaledErfc(x, xTail)))
}

/** whole - y, rounded once. */
function less1(whole: number, y: ExactPair): Double {
  const difference = sub(whole, y.high)
  return add(difference, sub(sub(sub(whole, difference), y.high), y.low))
}

/** whole - factor * erf(x + xTail) for |x| <= 1/2 and a factor that is a power of 2. */
function lessErf(whole: number, factor: number, x: Double, xTail: Operand): Double {
  const high = mul(factor, x)
  const difference = sub(whole, high)
  const slope = mul(1.13, sub(1, mul(x, x)))
  const rest = mul(factor, xTail === 0 ? erfRest(x) : add(erfRest(x), mul(slope, xTail)))
  return add(difference, sub(sub(sub(whole, difference), high), rest))
}

/** Where the table begins. */
const HALF = 0.5

/** |x| where it has a row of the table, and 1/2 elsewhere: what a lane does not want must be read all the same. */
function inTable(a: Double): Double {
  return named('b', select(and(less(HALF, a), less(a, 27.5)), a, HALF))
}

export const erf: Definition = unary(
  'erf',
  'The error function, 2 / sqrt(pi) times the integral of e^-t^2 from 0 to x.',
  x => {
    const a = abs(x)
    const b = inTable(a)
    const far = copySign(less1(1, complement(b, 0, twoSquare(b))), x)
    return { usual: less(a, 6), value: select(less(HALF, a), far, add(x, erfRest(x))) }
  },
)

export const erfc: Definition = unary('erfc', '1 - erf(x), accurate in its tail.', x => {
  const a = abs(x)
  const b = inTable(a)
  const tail = complement(b, 0, twoSquare(b))
  const far = select(less(0, x), tail.high, less1(2, tail))
  return { usual: and(less(-6, x), less(x, 26)), value: select(less(HALF, a), far, lessErf(1, 1, x, 0)) }
})

/** The integral of the normal density up to x, as erfc(-x / sqrt(2)) / 2 without rounding the quotient. */
function normal(x: Double): Double {
  const t = normalize(
    product({ high: neg(x), low: 0 }, { high: constant(INVERSE_ROOT_2_HIGH), low: INVERSE_ROOT_2_LOW }),
  )
  const a = abs(t.high)
  const isUpper = less(t.high, 0)
  const square = twoSquare(x)
  const b = inTable(a)
  const half = { high: mul(0.5, square.high), low: mul(0.5, square.low) }
  const tail = complement(b, select(isUpper, neg(t.low), t.low), half)
  const probability = { high: mul(0.5, tail.high), low: mul(0.5, tail.low) }
  const far = select(isUpper, less1(1, probability), probability.high)
  return select(less(HALF, a), far, lessErf(0.5, 0.5, t.high, t.low))
}

export const normalCdf: Definition = unary(
  'normalCdf',
  'The distribution function of the standard normal distribution.',
  x => ({
    usual: less(abs(x), 37),
    value: normal(x),
  }),
)
