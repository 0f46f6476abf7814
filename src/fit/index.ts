/**
 * chainrule/fit: {@link fit} for a formula and data, {@link leastSquares} for residuals, {@link minimize} and
 * {@link minimizeAsync} for any other loss, and the optimisers they take.
 */

import '../core/methods.js'

export { type Cell, numbersOf, readTable, type Table, TableError } from '../table/index.js'
export type { Data } from './data.js'
export { type FitOptions, fit } from './fit.js'
export { type LeastSquaresOptions, leastSquares } from './leastSquares.js'
export { type AdamOptions, adam, adamW, gradientDescent, momentum, rmsprop } from './methods/firstOrder.js'
export { gaussNewton, normalEquations } from './methods/gaussNewton.js'
export { lbfgs } from './methods/lbfgs.js'
export type { Loss, Optimizer, Settled, Step, Trial } from './methods/optimizer.js'
export { type LossOptions, type MinimizeOptions, type Minimum, minimize } from './minimize.js'
export { type AsyncObjective, minimizeAsync } from './minimizeAsync.js'
export type { Progress, ProgressOptions } from './progress.js'
export { type Derived, Fit, type Prediction } from './report/fittedFormula.js'
export { type Estimate, LeastSquaresResult } from './report/result.js'
export type { SolveOptions } from './solve.js'
