/**
 * How primitives are written in SQL: the forms that dialects share. Every form is total and stable: the functions of
 * SQL raise errors outside of their domains, where ours return NaN or an infinity, so their arguments are guarded, and
 * nothing overflows on the way to a finite result.
 *
 * A dialect replaces the forms that it has to, or can, write otherwise. `sql.of` finds the form in force.
 */

import type { Comparison, Expression, Expressions, Operand } from './expression.js'

/** Writes one primitive, given its operands. */
export type Form = (sql: Writer, ...operands: Expression[]) => Expression

/** The forms that are there, by the name of the primitive. */
export type Forms = { readonly [primitive: string]: Form }

/** Makes expressions, also those of primitives by name. */
export interface Writer extends Expressions {
  /** The primitive of this name, in the form that the dialect has for it. */
  of(primitive: string, ...operands: readonly Operand[]): Expression
}

const INFINITY = Number.POSITIVE_INFINITY

// A guard protects only what stands in its branches: what is used elsewhere too is computed once, for every row, before.
// So an operation that can raise an error is either used inside one guard, or safe for all the operands it gets.

/** A comparison as IEEE 754 has it, false if an operand is NaN. In SQL NaN is larger than every number. */
function ordered(symbol: '>' | '>=' | '='): Form {
  return (sql, x, y) => sql.when(orderedCondition(sql, symbol, x, y), 1, 0)
}

function orderedCondition(sql: Writer, symbol: Comparison, x: Expression, y: Expression): Expression {
  const holds = sql.compare(symbol, x, y)
  const excludesNaN = isNumber(x) || (symbol === '=' && isNumber(y))
  return excludesNaN ? holds : sql.and(holds, sql.compare('<=', x, INFINITY))
}

/** Whether the operand is a literal other than NaN. */
function isNumber({ value }: Expression): boolean {
  return value !== undefined && !Number.isNaN(value)
}

/** `yes` where |x| <= limit, or NaN: for functions that raise an error elsewhere. */
export function within(sql: Writer, x: Expression, limit: number, yes: Expression): Expression {
  return sql.when(sql.compare('<=', sql.of('abs', x), limit), yes, Number.NaN)
}

/** log(1 + x) for x >= 0. Source: the correction of the rounding of 1 + x, as in Kahan's log1p. */
function log1pOfPositive(sql: Writer, x: Expression): Expression {
  const u = sql.add(1, x)
  return sql.sub(sql.call('ln', u), sql.div(sql.sub(sql.sub(u, 1), x), u))
}

/** e^-|x|, which never overflows. */
function expOfMinusAbs(sql: Writer, x: Expression): Expression {
  return sql.of('exp', sql.neg(sql.of('abs', x)))
}

/**
 * x^2 for an exponential, which is 0 from 40 on. That the square is rounded costs the exponential 750 * 2^-53 < 1e-13 of
 * itself at most.
 */
function squareUpTo40(sql: Writer, x: Expression): Expression {
  const size = sql.of('min', sql.of('abs', x), 40)
  return sql.mul(size, size)
}

function infix(name: 'sub' | 'mul' | 'div'): Form {
  return (sql, x, y) => sql[name](x, y)
}

/** A function of the engine that is what ours is. */
export function native(name: string): Form {
  return (sql, ...operands) => sql.call(name, ...operands)
}

/** A function of the engine that raises an error for an infinite angle. */
function ofAngle(name: string): Form {
  return (sql, x) => within(sql, x, Number.MAX_VALUE, sql.call(name, x))
}

// The error function. Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
// Computation 23 (1969), with the coefficients of his CALERF (SPECFUN, netlib): relative errors below 1e-16.

const ERF_BORDER = 0.46875

/** erf x / x in x^2, for |x| <= 0.46875. */
const NEAR = [
  [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694],
  [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
] as const

/** e^(x^2) erfc x in x, from there to 4. */
const MIDDLE = [
  [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
    881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
  ],
  [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
    4362.619090143247, 3439.3676741437216, 1230.3393548037495,
  ],
] as const

/** (1 / sqrt(pi) - x e^(x^2) erfc x) x^2 in 1 / x^2, beyond. */
const FAR = [
  [
    0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
    0.0006587491615298378,
  ],
  [1, 2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918],
] as const

const INVERSE_ROOT_PI = 0.5641895835477563

// Both are total, because a shared part of them is computed in every row.

function erfOfSmall(sql: Writer, x: Expression): Expression {
  const size = sql.of('min', sql.of('abs', x), ERF_BORDER)
  return sql.mul(x, ratio(sql, sql.mul(size, size), NEAR))
}

/** erfc |x|, of which 28 and beyond is 0. */
function erfcOfLarge(sql: Writer, size: Expression): Expression {
  const x = sql.of('min', sql.of('max', size, ERF_BORDER), 28)
  const square = sql.mul(x, x)
  const inverse = sql.div(1, square)
  const far = sql.div(sql.sub(INVERSE_ROOT_PI, sql.mul(inverse, ratio(sql, inverse, FAR))), x)
  const scaled = sql.when(sql.compare('<=', x, 4), ratio(sql, x, MIDDLE), far)
  return sql.mul(sql.of('exp', sql.neg(square)), scaled)
}

type Polynomial = readonly number[]

function ratio(sql: Writer, x: Expression, [above, below]: readonly [Polynomial, Polynomial]): Expression {
  return sql.div(polynomial(sql, x, above), polynomial(sql, x, below))
}

/** A polynomial by Horner's rule, highest coefficient first. */
function polynomial(sql: Writer, x: Expression, [first, ...rest]: Polynomial): Expression {
  return rest.reduce((sum, coefficient) => sql.add(sql.mul(sum, x), coefficient), sql.number(first!))
}

export const sharedForms: Forms = {
  // 2 x is x + x, and needs no name for x.
  add: (sql, x, y) => (x === y ? sql.mul(2, x) : sql.add(x, y)),
  sub: infix('sub'),
  mul: infix('mul'),
  div: infix('div'),
  neg: (sql, x) => sql.neg(x),
  powOfDifference: (sql, x, y, z) => sql.of('pow', x, sql.sub(y, z)),
  pow: (sql, x, y) => (y.value === 2 ? sql.mul(x, x) : y.value === 1 ? x : sql.call('power', x, y)),
  sqrt: (sql, x) => sql.when(sql.compare('>=', x, 0), sql.call('sqrt', x), Number.NaN),
  cbrt: native('cbrt'),

  exp: native('exp'),
  // e^(x/2) - e^(-x/2) has no cancellation when it is 2 sinh(x/2). Below -40 the result is -1 to the last bit.
  expm1: (sql, x) => {
    const half = sql.mul(0.5, sql.of('max', x, -40))
    const product = sql.mul(sql.mul(2, sql.of('exp', half)), sql.call('sinh', half))
    return sql.when(sql.compare('>', x, 709), sql.of('exp', x), product)
  },
  log: (sql, x) =>
    sql.when(
      sql.compare('>', x, 0),
      sql.call('ln', x),
      sql.when(sql.compare('=', x, 0), -INFINITY, Number.NaN),
    ),
  log1p: (sql, x) => {
    const u = sql.add(1, x)
    const corrected = sql.sub(sql.of('log', u), sql.of('div', sql.sub(sql.sub(u, 1), x), u))
    // From 2^53 there is nothing to correct; at -1 the correction is 0 / 0.
    const isUsual = sql.and(sql.compare('>', x, -1), sql.compare('<=', x, 2 ** 53))
    return sql.when(isUsual, corrected, sql.of('log', u))
  },
  log2: (sql, x) => sql.mul(sql.of('log', x), Math.LOG2E),
  log10: (sql, x) => sql.mul(sql.of('log', x), Math.LOG10E),

  sigmoid: (sql, x) => sql.div(1, sql.add(1, sql.of('exp', sql.neg(x)))),
  // y / (1 + e^x) for the sigmoid y, by the exponential of y. (e^-x y^2 needs a bound on e^-x, which costs more.)
  sigmoidSlope: (sql, x) => {
    const inverse = sql.of('div', 1, sql.of('exp', sql.neg(x)))
    return sql.div(sql.of('sigmoid', x), sql.add(1, inverse))
  },
  logSigmoid: (sql, x) => sql.neg(sql.of('softplus', sql.neg(x))),
  softplus: (sql, x) => sql.add(sql.of('relu', x), log1pOfPositive(sql, expOfMinusAbs(sql, x))),
  tanh: native('tanh'),
  // From 400 it is 0.
  sech2: (sql, x) => {
    const power = sql.of('exp', sql.mul(-2, sql.of('min', sql.of('abs', x), 400)))
    const u = sql.add(1, power)
    return sql.div(sql.mul(4, power), sql.mul(u, u))
  },
  relu: (sql, x) => sql.when(sql.compare('>', x, 0), x, 0),
  gelu: (sql, x) => sql.mul(x, sql.of('normalCdf', x)),

  erf: (sql, x) => {
    const size = sql.of('abs', x)
    const rest = sql.sub(1, erfcOfLarge(sql, size))
    const signed = sql.when(sql.compare('<', x, 0), sql.neg(rest), rest)
    return sql.when(sql.compare('<=', size, ERF_BORDER), erfOfSmall(sql, x), signed)
  },
  erfc: (sql, x) => {
    const size = sql.of('abs', x)
    const tail = erfcOfLarge(sql, size)
    const far = sql.when(sql.compare('<', x, 0), sql.sub(2, tail), tail)
    return sql.when(sql.compare('<=', size, ERF_BORDER), sql.sub(1, erfOfSmall(sql, x)), far)
  },
  normalCdf: (sql, x) => sql.mul(0.5, sql.of('erfc', sql.mul(-Math.SQRT1_2, x))),

  gaussian: (sql, x) => sql.of('exp', sql.neg(squareUpTo40(sql, x))),
  normalDensity: (sql, x) => sql.mul(0.3989422804014327, sql.of('exp', sql.mul(-0.5, squareUpTo40(sql, x)))),

  sin: ofAngle('sin'),
  cos: ofAngle('cos'),
  tan: ofAngle('tan'),
  asin: (sql, x) => within(sql, x, 1, sql.call('asin', x)),
  acos: (sql, x) => within(sql, x, 1, sql.call('acos', x)),
  oneMinusSquare: (sql, x) => sql.mul(sql.sub(1, x), sql.add(1, x)),
  atan: native('atan'),
  atan2: native('atan2'),
  sinh: native('sinh'),
  cosh: native('cosh'),
  asinh: native('asinh'),
  acosh: (sql, x) => sql.when(sql.compare('>=', x, 1), sql.call('acosh', x), Number.NaN),
  atanh: (sql, x) => within(sql, x, 1, sql.call('atanh', x)),
  hypot: (sql, x, y) => {
    const [a, b] = [sql.of('abs', x), sql.of('abs', y)]
    const larger = sql.of('max', a, b)
    // Below 1e-100 the ratio does not count, and its square might underflow.
    const ratio = sql.of('max', sql.of('div', sql.of('min', a, b), larger), 1e-100)
    const scaled = sql.mul(larger, sql.call('sqrt', sql.add(1, sql.mul(ratio, ratio))))
    const isUsual = sql.and(sql.compare('>', larger, 0), sql.compare('<', larger, INFINITY))
    return sql.when(isUsual, scaled, larger)
  },
  directionCosine: (sql, x, y) =>
    sql.when(sql.compare('=', x, 0), 0, sql.of('div', x, sql.of('hypot', x, y))),

  abs: native('abs'),
  sign: (sql, x) => {
    const negative = sql.when(sql.compare('<', x, 0), -1, x)
    return sql.when(orderedCondition(sql, '>', x, sql.number(0)), 1, negative)
  },
  floor: native('floor'),
  ceil: native('ceil'),
  // NaN is larger than every number, also when negated: both conditions let it through.
  max: (sql, x, y) => sql.when(sql.compare('>=', x, y), x, y),
  min: (sql, x, y) => sql.when(sql.compare('>=', sql.neg(x), sql.neg(y)), x, y),
  clamp: (sql, x, low, high) => sql.of('min', sql.of('max', x, low), high),
  gt: ordered('>'),
  ge: ordered('>='),
  lt: (sql, x, y) => sql.of('gt', y, x),
  le: (sql, x, y) => sql.of('ge', y, x),
  eq: ordered('='),
  ne: (sql, x, y) => sql.when(orderedCondition(sql, '=', x, y), 0, 1),
  productWhere: (sql, condition, x, y) => sql.of('where', condition, sql.mul(x, y), 0),
  where: (sql, condition, yes, no) => {
    const { condition: comparison } = condition
    const isTrue = (): Expression =>
      sql.and(sql.compare('<>', condition, 0), sql.compare('<=', condition, INFINITY))
    return sql.when(comparison ?? isTrue(), yes, no)
  },
  stopGradient: (_sql, x) => x,

  sum: (sql, ...terms) => sql.sum(terms),
  dot: (sql, ...xs) => {
    const half = xs.length / 2
    const products = xs.slice(0, half).map((x, i) => sql.mul(x, xs[half + i]!))
    return sql.sum(products)
  },
  // From the left, two at a time: log(e^x + e^y) is the larger one and log(1 + e^-|x - y|).
  logsumexp: (sql, ...xs) =>
    xs.reduce((x, y) =>
      sql.add(sql.of('max', x, y), log1pOfPositive(sql, expOfMinusAbs(sql, sql.sub(x, y)))),
    ),
  shiftedExp: (sql, x, shift) => {
    // Half the difference, since the whole one may overflow; beyond 400 only that e^x is 0 or infinite counts.
    const half = sql.of('clamp', sql.sub(sql.mul(0.5, x!), sql.mul(0.5, shift!)), -400, 400)
    const power = sql.when(sql.compare('=', x!, shift!), 1, sql.of('exp', sql.mul(2, half)))
    return sql.when(sql.compare('=', shift!, -INFINITY), 0, power)
  },
  fraction: (sql, x, y) => sql.when(sql.compare('=', x!, 0), 0, sql.of('div', x!, sql.add(x!, y!))),
  norm: (sql, ...xs) => xs.slice(1).reduce((length, x) => sql.of('hypot', length, x), sql.of('abs', xs[0]!)),
}
