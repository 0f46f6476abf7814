import { takenOf } from '../calculus/chainRule.js'
import type { Value } from '../core/value.js'
import { dataOf } from '../core/value.js'

/** How a node's result moves with one of its operands, as numbers at the present data. */
export interface LocalPartial {
  readonly partial: number
  /** Whether the node takes the operand; if not, the chain rule hands on exactly 0, whatever the partial is. */
  readonly taken: boolean
}

/** The partials of a node in its operands; `undefined` where the result does not depend on the operand at all. */
export function localPartials({ primitive, data, inputs }: Value): readonly (LocalPartial | undefined)[] {
  if (primitive === null) return []
  const operands = inputs.map(dataOf)
  const shared = primitive.share?.(data, operands)
  return inputs.map((_, i) => {
    if (primitive.partials[i] === 0) return undefined
    return {
      partial: primitive.partial(i, data, operands, shared) as number,
      taken: Boolean(takenOf(primitive, i, data, operands)),
    }
  })
}
