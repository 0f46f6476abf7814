import { describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import { asValue, Value } from '../core/value.js'
import { pull } from './pullback.js'

/**
 * The gradient of `output` with respect to each of `inputs`, as a graph: Values that can be differentiated again,
 * evaluated again with `forward()`, printed or compiled. It performs the operations of `backward()` in the same
 * order, so both give the same bits. An input that the output does not depend on gets the constant 0.
 *
 * @example
 * const x = value(2, 'x')
 * const [dy] = gradient(x.pow(3), [x])
 * const [ddy] = gradient(dy!, [x])
 * console.log(dy!.data, ddy!.data) // 12 12
 */
export function gradient(output: Value, inputs: readonly Value[]): Value[] {
  checkArguments(output, inputs)
  return pull(topologicalOrder(output), [output], [1], inputs).map(asValue)
}

function checkArguments(output: unknown, inputs: unknown): void {
  if (!(output instanceof Value)) {
    throw new TypeError(`gradient: the output is ${describe(output)}; wanted a Value`)
  }
  if (!Array.isArray(inputs)) {
    throw new TypeError(`gradient: the inputs are ${describe(inputs)}; wanted an array of Values`)
  }
  for (const [i, input] of inputs.entries()) {
    if (!(input instanceof Value)) {
      throw new TypeError(`gradient: input ${i + 1} is ${describe(input)}; wanted a Value`)
    }
  }
}
