import { gradient } from '../calculus/gradient.js'
import { tangent } from '../calculus/tangent.js'
import { type Value, value } from '../core/value.js'
import type { DataColumns } from './data.js'
import type { ResidualFunctions } from './methods/point.js'
import { rowFunction } from './rows.js'

/**
 * Residuals written as graphs, evaluated in every row of the data, with their exact first and second derivatives. The
 * derivatives are graphs too, made once from the rules of the primitives.
 */
export function residualFunctions(
  residuals: readonly Value[],
  parameters: readonly Value[],
  data: DataColumns,
): ResidualFunctions & { dispose(): void } {
  const slopes = residuals.map(residual => gradient(residual, parameters))
  const velocity = parameters.map((_, j) => value(0, `velocity ${j + 1}`))
  const along = (y: Value): Value => tangent(y, parameters, velocity)
  const bends = residuals.map(residual => along(along(residual)))

  const values = rowFunction(residuals, parameters, data)
  const firsts = rowFunction(
    parameters.flatMap((_, j) => slopes.map(slope => slope[j]!)),
    parameters,
    data,
  )
  const seconds = rowFunction(bends, [...parameters, ...velocity], data)
  const size = parameters.length
  const inputs = new Float64Array(2 * size)
  return {
    rows: residuals.length * data.rows,
    residuals: values.run,
    jacobian: firsts.run,
    acceleration: (at, along, out) => {
      inputs.set(at)
      inputs.set(along, size)
      seconds.run(inputs, out)
    },
    dispose() {
      for (const program of [values, firsts, seconds]) program.dispose()
    },
  }
}
