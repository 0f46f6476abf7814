/**
 * chainrule/fit: {@link fit} for a formula and data, {@link leastSquares} for residuals, {@link minimize} and
 * {@link minimizeAsync} for any other loss, and the optimisers they take.
 */

import '../core/methods.js'

export { type Cell, numbersOf, readTable, type Table, TableError } from '../table/index.js'
export type { Data } from './data.js'
export { type FitOptions, fit } from './fit.js'
export { type LeastSquaresOptions, leastSquares } from './leastSquares.js'
export { type EstimateOptions, estimate } from './likelihood/estimate.js'
export { Estimation } from './likelihood/estimation.js'
export {
  beta,
  binomial,
  exponential,
  type Family,
  gamma,
  logLogistic,
  logNormal,
  negativeBinomial,
  normal,
  poisson,
  student,
  weibull,
} from './likelihood/family.js'
export { type CentrePrediction, FamilyFit, type FamilyOptions } from './likelihood/fitFamily.js'
export { type AdamOptions, adam, adamW, gradientDescent, momentum, rmsprop } from './methods/firstOrder.js'
export { gaussNewton, normalEquations } from './methods/gaussNewton.js'
export { lbfgs } from './methods/lbfgs.js'
export type { Loss, Optimizer, Settled, Step, Trial } from './methods/optimizer.js'
export { type LossOptions, type MinimizeOptions, type Minimum, minimize } from './minimize.js'
export { type AsyncObjective, minimizeAsync } from './minimizeAsync.js'
export type { Progress, ProgressOptions } from './progress.js'
export { type Compared, type Comparison, compare } from './report/compare.js'
export type { Derived } from './report/derived.js'
export { Fit, type Prediction } from './report/fittedFormula.js'
export type { Profile } from './report/profile.js'
export { type Estimate, LeastSquaresResult } from './report/result.js'
export type { SolveOptions } from './solve.js'
