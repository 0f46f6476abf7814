/** Fitting: optimisers, least squares, formulas fitted to data. */

import '../core/methods.js'

export type { Data } from './data.js'
export { adam, adamW, type AdamOptions, gradientDescent, momentum, rmsprop } from './firstOrder.js'
export { fit, type FitOptions } from './fit.js'
export { Fit, type Prediction } from './fittedFormula.js'
export { lbfgs } from './lbfgs.js'
export type { Objective, Optimizer, Settled, Step } from './optimizer.js'
export type { Progress, ProgressOptions } from './progress.js'
export { type Estimate, LeastSquaresResult } from './result.js'
