import { describe, expect, it } from 'vitest'
import { leastSquares, minimize } from '../../src/fit/index.js'
import { square, sum, type Value, value } from '../../src/index.js'
import { functions } from './moreGarbowHillstrom.js'

/** A minimum of 0 is reached to within rounding; of the others six digits are printed, the last one rounded. */
function expectMinimum(got: number, minima: readonly number[]): void {
  const reached = minima.some(m => (m === 0 ? got < 1e-25 : Math.abs(got - m) <= 5e-6 * m))
  expect(reached, `${got}; wanted ${minima.join(' or ')}`).toBe(true)
}

describe.each(functions)('$name', ({ name, start, minima, residuals }) => {
  const leaves = (): Value[] => start.map((x, j) => value(x, `x${j + 1}`))

  it('Levenberg-Marquardt', () => {
    const parameters = leaves()
    const result = leastSquares(residuals(parameters) as Value[], { parameters })
    expect(result.converged).toBe(true)
    expectMinimum(result.sumOfSquares, minima)
    expect(parameters.map(({ data }) => data)).toEqual(Object.values(result.parameters))
  })

  it('L-BFGS', () => {
    const parameters = leaves()
    const loss = sum(residuals(parameters).map(residual => square(residual as Value)))
    const result = minimize(loss, { parameters })
    expect(result.converged).toBe(true)
    // Twelve parameters that the residuals hardly tell apart: what rounding leaves of the gradient decides how far it gets.
    if (name === '20 Watson, 12') expect(result.loss).toBeLessThan(1e-8)
    else expectMinimum(result.loss, minima)
    expect(parameters.map(({ data }) => data)).toEqual(result.parameters)
  })
})
