// Without the types of Node or of a page: an AbortSignal is anything with `aborted`.
import { column, value } from 'chainrule'
import { adam, type Fit, fit, leastSquares, minimize } from 'chainrule/fit'

const data = { x: [1, 2, 3], y: [2, 4, 7] }
export const fitted: Fit = fit('y ~ a * x', data, { start: { a: 1 }, signal: { aborted: false } })
export const error: number | undefined = fitted.estimates.a?.standardError

const w = value(1, 'w')
const residual = column('y').sub(w.mul(column('x')))
export const ssr: number = leastSquares(residual, { parameters: { w }, data }).sumOfSquares
export const found: number = minimize(residual.square(), {
  parameters: { w },
  data,
  optimizer: adam(),
  batchSize: 2,
}).parameters.w
export const numbers: number[] = minimize(p => p[0]! * p[0]!, { parameters: [1] }).parameters
