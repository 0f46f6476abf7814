import { type Operand, Value } from '../core/value.js'
import { clipped, FormulaError } from './error.js'
import type { Step, Syntax } from './parse.js'

/**
 * Makes the graph of a formula. `leafOf` says what a name stands for that no line of the formula defines; `holes` are
 * the operands of the template.
 */
export function build(
  { text, steps, definitions, response, expression }: Syntax,
  leafOf: (name: string, number: number | undefined) => Operand,
  holes: readonly Operand[] = [],
): { readonly expression: Operand; readonly response: Operand | undefined } {
  // Of several names for one step (`b = a`) the first counts.
  const nameOf = new Map([...definitions].reverse().map(([name, { step }]) => [step, name]))
  const results: Operand[] = []
  for (const [i, step] of steps.entries()) {
    const result = resultOf(step)
    results.push(result)
    const name = nameOf.get(i)
    if (name !== undefined && result instanceof Value && isMadeHere(step, result)) result.label = name
  }
  return {
    expression: results[expression]!,
    response: response === undefined ? undefined : results[response.step]!,
  }

  function resultOf(step: Step): Operand {
    switch (step.kind) {
      case 'number':
        return step.value
      case 'name':
        return leafOf(step.name, step.number)
      case 'hole':
        return holes[step.index]!
      default:
        return call(step)
    }
  }

  function call(step: Step & { kind: 'call' | 'listCall' }): Operand {
    const { callable, position } = step
    const resultsAt = (indices: readonly number[]): Operand[] => indices.map(index => results[index]!)
    let result: unknown
    try {
      result =
        step.kind === 'call'
          ? callable.apply(resultsAt(step.operands))
          : callable.applyToLists!(...step.lists.map(resultsAt))
    } catch (error) {
      throw new FormulaError(text, position, error instanceof Error ? error.message : String(error), {
        cause: error,
      })
    }
    if (typeof result === 'number' || result instanceof Value) return result
    throw new FormulaError(text, position, `${clipped(callable.name)} gives a list; wanted a single value`)
  }

  /** `h = ${y}` or `h = prod(w)` is another name for what has its own. */
  function isMadeHere(step: Step, result: Value): boolean {
    if (step.kind === 'call') return !step.operands.some(index => results[index] === result)
    return step.kind === 'listCall' && !step.lists.flat().some(index => results[index] === result)
  }
}
