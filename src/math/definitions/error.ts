import type { Part } from '../definition.js'
import { ERF_TAIL, SCALED_ERFC, TWO_OVER_ROOT_PI_LESS_1 } from '../generated/tables.js'
import { fastTwoSum, normalize, product, twoSquare } from '../pairs.js'
import { add, highWord, lookup, minus, mul, named, parameter, polynomial, shift, sub } from '../steps.js'

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

const z = named('z', mul(x, x))

/** 2 / sqrt(pi) x = x + 0.128 x, so that rounding the small part costs an eighth of an ulp. */
export const erfParts: Part = {
  name: 'erfParts',
  summary: 'erf(x) - x for |x| <= 1/2.',
  parameters: [x],
  value: mul(x, add(TWO_OVER_ROOT_PI_LESS_1, mul(z, polynomial(z, ERF_TAIL)))),
}

/** The high word of 1/2, where the table of e^(x^2) erfc(x) begins. */
const TABLE_START = 0x3fe00000
const DEGREE = 12

const row = named('row', shift(minus(highWord(x), TABLE_START), 17))
const t = named('t', add(sub(x, lookup(SCALED_ERFC, row, 0)), xTail))
const coefficients = Array.from({ length: DEGREE }, (_, i) => lookup(SCALED_ERFC, row, 3 + i))
const scaled = fastTwoSum(
  lookup(SCALED_ERFC, row, 1),
  add(lookup(SCALED_ERFC, row, 2), mul(t, polynomial(t, coefficients))),
)

export const scaledErfcParts: Part = {
  name: 'scaledErfcParts',
  summary: 'e^(x^2) erfc(x) with its tail, 1/2 <= x < 28.',
  parameters: [x, xTail],
  value: scaled.high,
  tail: scaled.low,
}
