/**
 * THE TABLE. A row is one exported constant: the public function, the operation in the graph, and its rules.
 * A new primitive is a new row and nothing else: it becomes a method, is exported, tested, checked and printed.
 *
 * An operation earns a row if it has a machine instruction, a stabler value or derivative than its composition, a
 * derivative that composition cannot express, or makes graphs much smaller. The rest is in functions.ts.
 *
 * Partials are written with the rows themselves. They are chosen so that their own derivatives stay accurate too:
 * `sech2` for tanh, since 1 - tanh(x)^2 loses the tail; `oneMinusSquare` for asin, since 1 - x*x cancels near 1.
 */

import * as math from '../math/index.js'
import * as steps from '../math/steps.js'
import {
  type Bilinear,
  type Binary,
  tableRow as primitive,
  type Ternary,
  type Unary,
  type Variadic,
} from './primitive.js'
import type { Operand, Singularity } from './value.js'

// ── Arithmetic ──────────────────────────────────────────────────────────────────────────────────────────────────

/** The sum `x + y`. */
export const add: Binary = primitive('add', {
  evaluate: (x, y) => x + y,
  partials: [1, 1],
  leavesOpen: [leavesOfSum, leavesOfSum],
  notation: { symbol: '+', precedence: 1 },
})

/** The difference `x - y`. */
export const sub: Binary = primitive('sub', {
  evaluate: (x, y) => x - y,
  partials: [1, -1],
  leavesOpen: [leavesOfSum, leavesOfSum],
  notation: { symbol: '-', precedence: 1 },
})

/** The product `x * y`. */
export const mul: Binary = primitive('mul', {
  evaluate: (x, y) => x * y,
  partials: ['y', 'x'],
  leavesOpen: [leavesOfProduct, leavesOfProduct],
  notation: { symbol: '*', precedence: 2 },
})

/** The quotient `x / y`. */
export const div: Binary = primitive('div', {
  evaluate: (x, y) => x / y,
  partials: [(_out, _x, y) => div(1, y), (out, _x, y) => neg(div(out, y))],
  singular: [undefined, (_x, y) => (typeof y === 'number' && y !== 0 ? undefined : 'pole')],
  leavesOpen: [leavesOfProduct, leavesOfProduct],
  notation: { symbol: '/', precedence: 2 },
})

/** 1 unless x is infinite: what such a term leaves of a sum is nothing. */
function leavesOfSum(x: Operand): Operand {
  return ne(abs(x), Number.POSITIVE_INFINITY)
}

/** 1 unless x is 0 or infinite, and then equal to its half: what such a factor leaves of a product is nothing. */
function leavesOfProduct(x: Operand): Operand {
  return ne(mul(0.5, x), x)
}

/** 1 unless x is 0, 1 or infinite: what such a base leaves to the exponent y is nothing, but for the jump of 0 ** y at y = 0. */
function leavesOfBase(x: Operand, y: Operand): Operand {
  return where(y, mul(leavesOfProduct(x), ne(x, 1)), 1)
}

/** The negation `-x`. */
export const neg: Unary = primitive('neg', {
  evaluate: x => -x,
  partials: [-1],
  notation: { symbol: '-', precedence: 3 },
})

/**
 * The power `x ** y`. A plain number as exponent is a constant of the model: integer powers are right for every sign
 * of `x`, and an exponent of 0 makes the constant 1, so that x^2 has the third derivative 0 at 0. With a `Value` as
 * exponent the partial in it is `out * log(x)`: NaN for x < 0, and 0 at x = 0 < y.
 */
export const pow: Binary = primitive('pow', {
  // The square and the slope of a square are what people raise to; x * x is the correctly rounded value.
  evaluate: (x, y) => (y === 2 ? x * x : y === 1 ? x : math.pow(x, y)),
  partials: [(_out, x, y) => slopeInBase(x, y, 0), (out, x, y) => slopeInExponent(out, x, y)],
  textbook: [(_out, x, y) => mul(y, pow(x, sub(y, 1))), (out, x) => mul(out, log(x))],
  // In the exponent, 0 ** 0 and log of a negative number.
  singular: [(_x, y) => singularityOfPower(y), x => (typeof x === 'number' && x > 0 ? undefined : 'branch')],
  leavesOpen: [leavesOfBase, leavesOfProduct],
  notation: { symbol: '**', precedence: 4 },
})

/**
 * The power `x ** (y - z)`, without rounding the difference: that of 1/3 - 1 would cost log(x) / 2 ulp. It is what the
 * derivatives of `pow` in `x` are made of, with the whole number `z` that counts them.
 *
 * @internal
 */
export const powOfDifference: Ternary = primitive('powOfDifference', {
  evaluate: (x, y, z) => {
    const exponent = y - z
    const power = pow(x, exponent)
    const factor = differenceError(y, z, exponent) * math.log(x)
    // Not for x <= 0, where the logarithm is infinite or NaN.
    return Math.abs(factor) < 1 ? power * (1 + factor) : power
  },
  partials: [
    (_out, x, y, z) => slopeInBase(x, y, z),
    (out, x, y, z) => slopeInExponent(out, x, sub(y, z)),
    (out, x, y, z) => neg(slopeInExponent(out, x, sub(y, z))),
  ],
  textbook: [
    (_out, x, y, z) => mul(sub(y, z), pow(x, sub(y, add(z, 1)))),
    (out, x) => mul(out, log(x)),
    (out, x) => neg(mul(out, log(x))),
  ],
  singular: [
    (_x, y, z) => singularityOfPower(typeof y === 'number' && typeof z === 'number' ? y - z : y),
    undefined,
    undefined,
  ],
})

/** That of x ** y at x = 0. */
function singularityOfPower(y: Operand): Singularity {
  if (typeof y !== 'number' || y < 0) return 'pole'
  return y === 0 || y >= 1 ? undefined : 'branch'
}

/** What rounding took from `y - z`. Source: D. E. Knuth, The Art of Computer Programming 2, 4.2.2 (TwoSum). */
function differenceError(y: number, z: number, difference: number): number {
  const part = difference - y
  return y - (difference - part) - (z + part)
}

/** The derivative of x ** (y - z) in x. Of plain numbers whose difference is exact it is a plain power again. */
function slopeInBase(x: Operand, y: Operand, z: Operand): Operand {
  // The z of a slope is a whole number; of others z + 1 is rounded, and numbers must do what Values do below.
  if (typeof y === 'number' && typeof z === 'number' && Number.isInteger(z)) {
    if (y - z === 0) return 0
    const exponent = y - (z + 1)
    const isExact = differenceError(y, z + 1, exponent) === 0
    return mul(y - z, isExact ? plainPower(x, exponent) : powOfDifference(x, y, z + 1))
  }
  const exponent = z === 0 ? y : sub(y, z)
  const slope = mul(exponent, powOfDifference(x, y, add(z, 1)))
  // 0 * x^-1, of which the derivative in y is 1 / x; but x^-1 is infinite for these x, and 0 * x^-1 NaN.
  return where(mul(eq(exponent, 0), where(gt(abs(x), 2 ** -1024), 0, 1)), 0, slope)
}

/** x ** exponent; gradients are shorter without the powers that say nothing. */
function plainPower(x: Operand, exponent: number): Operand {
  return exponent === 0 ? 1 : exponent === 1 ? x : pow(x, exponent)
}

/** The derivative of `out`, x ** y, in y. */
function slopeInExponent(out: Operand, x: Operand, y: Operand): Operand {
  return where(mul(eq(x, 0), gt(y, 0)), 0, mul(out, log(x)))
}

/** The square root. Its derivative at 0 is Infinity. */
export const sqrt: Unary = primitive('sqrt', {
  evaluate: x => Math.sqrt(x),
  partials: [out => div(0.5, out)],
  singular: ['branch'],
})

/** The cube root, also of negative numbers. Its derivative at 0 is Infinity. */
export const cbrt: Unary = primitive('cbrt', {
  evaluate: math.cbrt,
  partials: [out => div(1, mul(3, mul(out, out)))],
  singular: ['branch'],
})

// ── Exponentials and logarithms ─────────────────────────────────────────────────────────────────────────────────

/** The exponential e^x. */
export const exp: Unary = primitive('exp', {
  evaluate: math.exp,
  partials: ['out'],
})

/** e^x - 1, accurate near 0. */
export const expm1: Unary = primitive('expm1', {
  evaluate: math.expm1,
  partials: [(_out, x) => exp(x)],
})

/** The natural logarithm. */
export const log: Unary = primitive('log', {
  evaluate: math.log,
  partials: [(_out, x) => div(1, x)],
  singular: ['pole'],
})

/** log(1 + x), accurate near 0. */
export const log1p: Unary = primitive('log1p', {
  evaluate: math.log1p,
  partials: [(_out, x) => div(1, add(1, x))],
  singular: ['pole'],
})

/** The logarithm to base 2. */
export const log2: Unary = primitive('log2', {
  evaluate: math.log2,
  partials: [(_out, x) => div(Math.LOG2E, x)],
  singular: ['pole'],
})

/** The logarithm to base 10. */
export const log10: Unary = primitive('log10', {
  evaluate: math.log10,
  partials: [(_out, x) => div(Math.LOG10E, x)],
  singular: ['pole'],
})

// ── Sigmoid and its relatives ───────────────────────────────────────────────────────────────────────────────────

/** The logistic sigmoid 1 / (1 + e^-x). */
export const sigmoid: Unary = primitive('sigmoid', {
  evaluate: math.sigmoid,
  // Not out * (1 - out), which has no digits left for x > 37.
  partials: [(_out, x) => sigmoidSlope(x)],
  textbook: [out => mul(out, sub(1, out))],
})

/** e^-x / (1 + e^-x)^2, the derivative of sigmoid with its tails. @internal */
export const sigmoidSlope: Unary = primitive('sigmoidSlope', {
  evaluate: math.sigmoidSlope,
  // 1 - 2 sigmoid(x) with the tail. Near 0 it has the rounding of its terms: -tanh(x / 2) would keep all digits there,
  // but cost a Hessian-vector product half its time, where these share the exponential that is there.
  partials: [(out, x) => mul(out, sub(sigmoid(neg(x)), sigmoid(x)))],
})

/** log(sigmoid(x)), without underflow: the log-likelihood of a logit. */
export const logSigmoid: Unary = primitive('logSigmoid', {
  evaluate: math.logSigmoid,
  partials: [(_out, x) => sigmoid(neg(x))],
})

/** log(1 + e^x), a smooth relu, without overflow. */
export const softplus: Unary = primitive('softplus', {
  evaluate: math.softplus,
  partials: [(_out, x) => sigmoid(x)],
})

/** The hyperbolic tangent. */
export const tanh: Unary = primitive('tanh', {
  evaluate: math.tanh,
  partials: [(_out, x) => sech2(x)],
  textbook: [out => sub(1, pow(out, 2))],
})

/** 1 / cosh(x)^2, the derivative of tanh with its tails. @internal */
export const sech2: Unary = primitive('sech2', {
  evaluate: math.sech2,
  partials: [(out, x) => mul(-2, mul(out, tanh(x)))],
})

/** max(x, 0). Its derivative at 0 is 0 (that of `max(x, 0)` is 1/2). */
export const relu: Unary = primitive('relu', {
  evaluate: x => Math.max(x, 0),
  partials: [1],
  taken: [out => ne(out, 0)],
})

/** The Gaussian error linear unit x * Phi(x), exact (not its tanh approximation). */
export const gelu: Unary = primitive('gelu', {
  // Below -40 the factor Phi(x) is 0; the product with -Infinity would be NaN.
  evaluate: x => (x < -40 ? -0 : x * math.normalCdf(x)),
  partials: [(_out, x) => add(normalCdf(x), mul(withinTails(x), normalDensity(x)))],
  textbook: [(_out, x) => add(normalCdf(x), mul(x, normalDensity(x)))],
})

// ── The normal distribution and the error function ──────────────────────────────────────────────────────────────

/** The error function. */
export const erf: Unary = primitive('erf', {
  evaluate: math.erf,
  partials: [(_out, x) => mul(TWO_OVER_SQRT_PI, gaussian(x))],
})

/** The complementary error function 1 - erf(x), with its tail. */
export const erfc: Unary = primitive('erfc', {
  evaluate: math.erfc,
  partials: [(_out, x) => mul(-TWO_OVER_SQRT_PI, gaussian(x))],
})

/** e^(-x^2), accurate in the tail: the square is split, since a rounded x*x costs x^2 ulp. */
export const gaussian: Unary = primitive('gaussian', {
  evaluate: math.gaussian,
  partials: [(out, x) => mul(-2, mul(withinTails(x), out))],
  textbook: [(out, x) => mul(-2, mul(x, out))],
})

/** The density of the standard normal distribution, e^(-x^2 / 2) / sqrt(2 pi). */
export const normalDensity: Unary = primitive('normalDensity', {
  evaluate: math.normalDensity,
  partials: [(out, x) => neg(mul(withinTails(x), out))],
  textbook: [(out, x) => neg(mul(x, out))],
})

/** The distribution function of the standard normal distribution, with its tail. */
export const normalCdf: Unary = primitive('normalCdf', {
  evaluate: math.normalCdf,
  partials: [(_out, x) => normalDensity(x)],
})

/** The factor x of a density, which is 0 beyond 39: so that its derivatives are 0 there too, and not Infinity * 0. */
function withinTails(x: Operand): Operand {
  return clamp(x, -40, 40)
}

const TWO_OVER_SQRT_PI = 1.1283791670955126

// ── Trigonometric and hyperbolic functions ──────────────────────────────────────────────────────────────────────

/** The sine of an angle in radians. */
export const sin: Unary = primitive('sin', {
  evaluate: math.sin,
  partials: [(_out, x) => cos(x)],
})

/** The cosine of an angle in radians. */
export const cos: Unary = primitive('cos', {
  evaluate: math.cos,
  partials: [(_out, x) => neg(sin(x))],
})

/** The tangent of an angle in radians. */
export const tan: Unary = primitive('tan', {
  evaluate: math.tan,
  partials: [out => add(1, mul(out, out))],
})

/** The arc sine, in radians. */
export const asin: Unary = primitive('asin', {
  evaluate: math.asin,
  partials: [(_out, x) => div(1, sqrt(oneMinusSquare(x)))],
  singular: ['branch'],
})

/** The arc cosine, in radians. */
export const acos: Unary = primitive('acos', {
  evaluate: math.acos,
  partials: [(_out, x) => div(-1, sqrt(oneMinusSquare(x)))],
  singular: ['branch'],
})

/** 1 - x^2 as (1 - x)(1 + x), which keeps its digits near 1 and, by its own rule, those of its derivative near 0. @internal */
export const oneMinusSquare: Unary = primitive('oneMinusSquare', {
  evaluate: x => (1 - x) * (1 + x),
  partials: [(_out, x) => mul(-2, x)],
})

/** The arc tangent, in radians. */
export const atan: Unary = primitive('atan', {
  evaluate: math.atan,
  // 1 / hypot(1, x)^2: squaring x itself would overflow in the second derivative.
  partials: [
    (_out, x) => {
      const cosine = directionCosine(1, x)
      return mul(cosine, cosine)
    },
  ],
})

/** The angle of the point (x, y) in radians, from -pi to pi: `atan2(y, x)`, the *ordinate first*, as in `Math.atan2`. */
export const atan2: Binary = primitive('atan2', {
  evaluate: math.atan2,
  partials: [
    (_out, y, x) => div(directionCosine(x, y), hypot(x, y)),
    (_out, y, x) => neg(div(directionCosine(y, x), hypot(x, y))),
  ],
  singular: ['branch', 'branch'],
})

/** The hyperbolic sine. */
export const sinh: Unary = primitive('sinh', {
  evaluate: math.sinh,
  partials: [(_out, x) => cosh(x)],
})

/** The hyperbolic cosine. */
export const cosh: Unary = primitive('cosh', {
  evaluate: math.cosh,
  partials: [(_out, x) => sinh(x)],
})

/** The inverse hyperbolic sine. */
export const asinh: Unary = primitive('asinh', {
  evaluate: math.asinh,
  partials: [(_out, x) => directionCosine(1, x)],
})

/** The inverse hyperbolic cosine, for x >= 1. */
export const acosh: Unary = primitive('acosh', {
  evaluate: math.acosh,
  // Two roots: the product (x - 1)(x + 1) would overflow.
  partials: [(_out, x) => div(1, mul(sqrt(sub(x, 1)), sqrt(add(x, 1))))],
  singular: ['branch'],
})

/** The inverse hyperbolic tangent, for -1 < x < 1. */
export const atanh: Unary = primitive('atanh', {
  evaluate: math.atanh,
  partials: [(_out, x) => div(1, oneMinusSquare(x))],
  singular: ['pole'],
})

/**
 * sqrt(x^2 + y^2) without overflow. Its derivative at the origin is 0, as that of `abs`; there is no second one, and what
 * is made of it there is NaN. So of three numbers or more take {@link norm}: hypot(hypot(x, y), z) passes through a point
 * without a second derivative at x = y = 0, where the whole has one. And take x^2 + y^2 itself for the square of a distance.
 */
export const hypot: Binary = primitive('hypot', {
  evaluate: math.hypot,
  partials: [(_out, x, y) => directionCosine(x, y), (_out, x, y) => directionCosine(y, x)],
  leavesOpen: [leavesOfSum, leavesOfSum],
})

/** x / hypot(x, y): the cosine of the direction to (x, y). 0 at the origin. @internal */
export const directionCosine: Binary = primitive('directionCosine', {
  evaluate: math.directionCosine,
  partials: [
    (_out, x, y) => {
      const sine = directionCosine(y, x)
      return mul(sine, div(sine, hypot(x, y)))
    },
    (out, x, y) => neg(mul(out, div(directionCosine(y, x), hypot(x, y)))),
  ],
  singular: ['branch', 'branch'],
})

// ── Piecewise functions ─────────────────────────────────────────────────────────────────────────────────────────

/** The absolute value. Its derivative at 0 is 0. */
export const abs: Unary = primitive('abs', {
  evaluate: x => Math.abs(x),
  partials: [(_out, x) => sign(x)],
  taken: [(_out, x) => ne(x, 0)],
})

/** -1, 0 or 1 by the sign of x. Its derivative is 0. */
export const sign: Unary = primitive('sign', {
  evaluate: x => Math.sign(x),
  partials: [0],
})

/** The largest integer not above x. Its derivative is 0. */
export const floor: Unary = primitive('floor', {
  evaluate: x => Math.floor(x),
  partials: [0],
})

/** The smallest integer not below x. Its derivative is 0. */
export const ceil: Unary = primitive('ceil', {
  evaluate: x => Math.ceil(x),
  partials: [0],
})

/** The larger of x and y. A tie splits the derivative in halves, so that that of max(x, x) sums to 1. */
export const max: Binary = primitive('max', {
  evaluate: (x, y) => Math.max(x, y),
  partials: [halfAtATie, halfAtATie],
  taken: [(_out, x, y) => where(lt(x, y), 0, 1), (_out, x, y) => where(gt(x, y), 0, 1)],
})

/** The smaller of x and y. A tie splits the derivative in halves. */
export const min: Binary = primitive('min', {
  evaluate: (x, y) => Math.min(x, y),
  partials: [halfAtATie, halfAtATie],
  taken: [(_out, x, y) => where(gt(x, y), 0, 1), (_out, x, y) => where(lt(x, y), 0, 1)],
})

/** x kept within the bounds `low` and `high`: min(max(x, low), high). At a bound the slope in x is 1. */
export const clamp: Ternary = primitive('clamp', {
  evaluate: (x, low, high) => Math.min(Math.max(x, low), high),
  partials: [1, 1, 1],
  // NaN fails every comparison. A bound that is NaN is taken, as by max: it is where the result comes from.
  taken: [
    (_out, x, low, high) => where(lt(x, low), 0, where(gt(x, high), 0, 1)),
    (_out, x, low, high) => where(ge(x, low), 0, where(gt(low, high), 0, 1)),
    (_out, x, low, high) => where(le(max(x, low), high), 0, 1),
  ],
})

function halfAtATie(_out: Operand, x: Operand, y: Operand): Operand {
  return where(eq(x, y), 0.5, 1)
}

/** 1 where x > y, else 0. Like every comparison it is 0 when an operand is NaN, and its derivative is 0. */
export const gt: Binary = primitive('gt', {
  evaluate: (x, y) => (x > y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '>', precedence: 0 },
})

/** 1 where x >= y, else 0. */
export const ge: Binary = primitive('ge', {
  evaluate: (x, y) => (x >= y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '>=', precedence: 0 },
})

/** 1 where x < y, else 0. */
export const lt: Binary = primitive('lt', {
  evaluate: (x, y) => (x < y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '<', precedence: 0 },
})

/** 1 where x <= y, else 0. */
export const le: Binary = primitive('le', {
  evaluate: (x, y) => (x <= y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '<=', precedence: 0 },
})

/** 1 where x equals y, else 0; the two zeros are equal. */
export const eq: Binary = primitive('eq', {
  evaluate: (x, y) => (x === y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '==', precedence: 0 },
})

/** 1 where x differs from y, else 0; NaN differs from everything. */
export const ne: Binary = primitive('ne', {
  evaluate: (x, y) => (x !== y ? 1 : 0),
  partials: [0, 0],
  notation: { symbol: '!=', precedence: 0 },
})

/**
 * `yes` where the condition is true, else `no`: `where(gt(x, 0), sqrt(x), 0)`. A number is true as in JavaScript: 0
 * and NaN are false. Both branches are evaluated; the derivative of `where` is `where` of the derivatives, so that
 * the branch not taken adds exactly 0, even where its own derivative is infinite or NaN.
 */
export const where: Ternary = primitive('where', {
  evaluate: (condition, yes, no) => (condition ? yes : no),
  partials: [0, 1, 1],
  taken: [1, (_out, condition) => condition, (_out, condition) => where(condition, 0, 1)],
})

/** `x * y` where the condition is true, else 0: what the chain rule hands on below a selection, as one node. @internal */
export const productWhere: Ternary = primitive('productWhere', {
  evaluate: (condition, x, y) => (condition ? x * y : 0),
  partials: [0, (_out, _condition, _x, y) => y, (_out, _condition, x) => x],
  taken: [1, (_out, condition) => condition, (_out, condition) => condition],
})

/** The value of x, held constant: its derivative is 0. */
export const stopGradient: Unary = primitive('stopGradient', {
  evaluate: x => x,
  partials: [0],
})

// ── Reductions of a list ────────────────────────────────────────────────────────────────────────────────────────

/** The sum of a list, added from the left. The sum of an empty list is the number 0. */
export const sum: Variadic = primitive('sum', {
  evaluate: xs => {
    let total = -0
    for (let i = 0; i < xs.length; i++) total += xs[i]!
    return xs.length === 0 ? 0 : total
  },
  // -0 + x is x.
  steps: xs => xs.reduce(steps.add),
  partial: () => 1,
  leavesOpen: [1, leavesOfSum],
})

/** The inner product of two lists of the same length, added from the left: `dot(weights, inputs)`. */
export const dot: Bilinear = primitive('dot', {
  gather: (xs, ys) => {
    if (xs!.length !== ys!.length) {
      throw new RangeError(
        `dot: the lists have ${xs!.length} and ${ys!.length} elements; wanted two of the same length`,
      )
    }
    return [...xs!, ...ys!]
  },
  evaluate: xs => {
    const n = xs.length / 2
    let total = -0
    for (let i = 0; i < n; i++) total += xs[i]! * xs[n + i]!
    return n === 0 ? 0 : total
  },
  steps: xs => {
    const n = xs.length / 2
    return xs
      .slice(0, n)
      .map((x, i) => steps.mul(x, xs[n + i]!))
      .reduce(steps.add)
  },
  partial: (i, _out, xs) => xs[(i + xs.length / 2) % xs.length]!,
  leavesOpen: [leavesOfProduct, leavesOfSum],
})

/** log(e^x1 + … + e^xn) without overflow or underflow. Its partials are the softmax. */
export const logsumexp: Variadic = primitive('logsumexp', {
  // The largest term is taken out and the rest goes through log1p, so that softplus(-40) = logsumexp([0, -40]) holds.
  evaluate: xs => {
    let top = 0
    for (let i = 1; i < xs.length; i++) if (!(xs[i]! <= xs[top]!)) top = i
    const largest = xs[top] ?? Number.NEGATIVE_INFINITY
    if (!Number.isFinite(largest)) return largest
    let rest = 0
    for (let i = 0; i < xs.length; i++) if (i !== top) rest += math.exp(xs[i]! - largest)
    return largest + math.log1p(rest)
  },
  steps: logsumexpSteps,
  // e^(x - out) would inherit the rounding of out, which is all there is at 1e16.
  share: (_out, xs) => {
    // The shift cancels in the quotient, so the derivative through it is 0 and need not be computed.
    const largest = stopGradient(xs.reduce((x, y) => max(x, y)))
    const powers = xs.map(x => shiftedExp(x, largest))
    const others = sumsOfOthers(powers)
    return powers.map((power, i) => fraction(power, others[i]!))
  },
  partial: (i, _out, _xs, softmax) => softmax[i]!,
})

/** The same choice of the largest term; its own term is 0 in the sum of the others. */
function logsumexpSteps(xs: readonly steps.Double[]): steps.Double {
  let largest = xs[0]!
  let top: steps.Double = steps.constant(0)
  for (const [i, x] of xs.entries()) {
    if (i === 0) continue
    const stays = steps.lessOrEqual(x, largest)
    largest = steps.select(stays, largest, x)
    top = steps.select(stays, top, i)
  }
  const terms = xs.map((x, i) =>
    steps.select(steps.equal(top, i), 0, steps.call(math.exp, steps.sub(x, largest))),
  )
  const logarithm = steps.add(largest, steps.call(math.log1p, terms.reduce(steps.add)))
  return steps.select(steps.less(steps.abs(largest), Number.POSITIVE_INFINITY), logarithm, largest)
}

/**
 * e^(x - y), where y is the largest of a list to which x belongs: also among infinities, where the one as large as y is 1,
 * and what is -Infinity like all the others is 0.
 *
 * @internal
 */
export const shiftedExp: Binary = primitive('shiftedExp', {
  evaluate: (x, y) => (y === Number.NEGATIVE_INFINITY ? 0 : x === y ? 1 : math.exp(x - y)),
  partials: ['out', out => neg(out)],
})

/** x / (x + y), whose derivative keeps its digits where x is nearly all: that of x / total has 1 - x / total. 0 of 0. @internal */
export const fraction: Binary = primitive('fraction', {
  evaluate: (x, y) => (x === 0 ? 0 : x / (x + y)),
  partials: [(_out, x, y) => div(fraction(y, x), add(x, y)), (out, x, y) => neg(div(out, add(x, y)))],
})

/** For each element the sum of all others, in linear time: what is before it and what is behind. */
function sumsOfOthers(xs: readonly Operand[]): Operand[] {
  let before: Operand = 0
  const others = xs.map(x => {
    const sumBefore = before
    before = sumBefore === 0 ? x : add(sumBefore, x)
    return sumBefore
  })
  let behind: Operand = 0
  for (let i = xs.length - 1; i >= 0; i--) {
    others[i] = behind === 0 ? others[i]! : others[i] === 0 ? behind : add(others[i]!, behind)
    behind = behind === 0 ? xs[i]! : add(xs[i]!, behind)
  }
  return others
}

/**
 * The Euclidean length of a list, without overflow. At the origin its derivative is 0, and there is no second one: the
 * square of a length is `dot(xs, xs)`, which is smooth there.
 *
 * @example
 * norm([2, 3, 6]) // 7
 */
export const norm: Variadic = primitive('norm', {
  evaluate: xs => {
    let length = 0
    for (let i = 0; i < xs.length; i++) length = math.hypot(length, xs[i]!)
    return length
  },
  steps: xs =>
    xs.slice(1).reduce<steps.Double>((length, x) => steps.call(math.hypot, length, x), steps.abs(xs[0]!)),
  // Not by the partials of hypot one after another, which pass through points without a second derivative where the whole
  // has one. The smallest number takes the place of a length of 0: x / length is then 0, and its own slope infinite.
  share: out => [max(out, Number.MIN_VALUE)],
  partial: (i, _out, xs, [length]) =>
    xs.length === 2 ? directionCosine(xs[i]!, xs[1 - i]!) : div(xs[i]!, length!),
})
