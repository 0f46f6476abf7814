/**
 * chainrule/mini: everything that chainrule exports, without methods: `mul(w, x)`, not `w.mul(x)`. A bundle then holds what
 * is used and nothing else, where a method would bring the whole table.
 *
 * @example
 * const w = value(0.5, 'w')
 * const loss = square(sub(mul(w, 3), 1))
 * loss.backward()
 * w.grad // 3
 */

import './core/backward.js'
import './core/print.js'

export {
  type CheckedEntry,
  type CheckOptions,
  type CheckReport,
  checkGradients,
  GradientCheckError,
} from './calculus/checkGradients.js'
export type { SlopeComparison } from './calculus/differences.js'
export { findNaN, type NotFinite } from './calculus/findNaN.js'
export {
  type Derivative,
  grad,
  type ValueAndDerivative,
  type ValueAndGradient,
  valueAndGrad,
} from './calculus/grad.js'
export { gradient } from './calculus/gradient.js'
export { type Hessian, hessian, type Jacobian, jacfwd, jacobian, jacrev } from './calculus/jacobian.js'
export {
  type GivenList,
  hvp,
  jvp,
  type ValueAndPullback,
  type ValueAndTangent,
  vjp,
} from './calculus/products.js'
export { pullback } from './calculus/pullback.js'
export { root } from './calculus/root.js'
export { tangent } from './calculus/tangent.js'
export { trackSources } from './calculus/trackSources.js'
export { type Flattened, flatten, type Given, type Tree, type TreeOf } from './calculus/tree.js'
export { type WithDerivative, withDerivative } from './calculus/withDerivative.js'
export { zeroGrad } from './core/backward.js'
export {
  elu,
  leakyRelu,
  logaddexp,
  mean,
  prod,
  reciprocal,
  silu,
  softmax,
  square,
} from './core/functions.js'
export * from './core/generated/public.js'
export type { Notation } from './core/notation.js'
export { topologicalOrder } from './core/order.js'
export {
  type Bilinear,
  type Binary,
  primitive,
  type Result,
  type Ternary,
  type Unary,
  type Variadic,
} from './core/primitive.js'
export type { PartialRule, Rule, TakenRule, VariadicRule } from './core/rule.js'
export { column, constant, type Operand, type Primitive, Value, value } from './core/value.js'
export { FormulaError } from './formula/error.js'
export { type Formula, type FormulaOptions, formula, parseFormula } from './formula/index.js'
export type { FormulaLimits } from './formula/parse.js'
export * from './special/distributions.js'
export * from './special/index.js'
