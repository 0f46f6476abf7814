/** chainrule: scalar automatic differentiation. Expressions over {@link Value}, exact gradients of any order. */

import './core/methods.js'

export {
  type CheckedEntry,
  type CheckOptions,
  type CheckReport,
  checkGradients,
  GradientCheckError,
} from './calculus/checkGradients.js'
export type { SlopeComparison } from './calculus/differences.js'
export { gradient } from './calculus/gradient.js'
export { type Flattened, flatten, type Tree, type TreeOf } from './calculus/tree.js'
export {
  elu,
  leakyRelu,
  logaddexp,
  mean,
  norm,
  prod,
  reciprocal,
  silu,
  softmax,
  square,
} from './core/functions.js'
export type { Notation } from './core/notation.js'
export { topologicalOrder } from './core/order.js'
export {
  type Bilinear,
  type Binary,
  type PartialRule,
  type Primitive,
  primitive,
  type Result,
  type Rule,
  type TakenRule,
  type Ternary,
  type Unary,
  type Variadic,
  type VariadicRule,
} from './core/primitive.js'
export * from './core/primitives.js'
export { column, constant, type Operand, Value, value, zeroGrad } from './core/value.js'
export { FormulaError } from './formula/error.js'
export { type Formula, type FormulaOptions, formula, parseFormula } from './formula/index.js'
export type { FormulaLimits } from './formula/parse.js'
