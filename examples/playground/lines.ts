/**
 * The graph as the lines of its printed formula. A line is a formula of its own, over leaves that stand for the lines
 * and leaves it uses, so that its local derivatives are found by `backward()` on it alone. The chain rule between lines
 * is then written out in walk.ts, where each of its products can be seen.
 */

import { parseFormula, topologicalOrder, type Value, zeroGrad } from 'chainrule'
import { lossOf, type Problem } from './problem.js'

export interface Line {
  readonly name: string
  /** The sign or the name of its operation, for a line that has one and no name of its own. */
  readonly operation: string | undefined
  readonly output: Value
  readonly inputs: readonly { readonly name: string; readonly leaf: Value }[]
}

export interface Sheet {
  readonly leaves: readonly { readonly name: string; readonly kind: 'parameter' | 'data' }[]
  /** In the order of evaluation; the last is the loss. */
  readonly lines: readonly Line[]
}

/** The lines of the loss: one for each name in the formula, or, in detail, one for each operation. */
export function sheetOf({ formula, columns, pasted }: Problem, detailed: boolean): Sheet {
  const { loss } = lossOf(formula, { columns: pasted.names })
  const made = detailed ? nameEverything(loss) : new Set<string>()
  const lines = String(loss)
    .split('\n')
    .map((text): Line => {
      const { expression, leaves } = parseFormula(text)
      const inputs = Object.entries(leaves).map(([name, leaf]) => ({ name, leaf }))
      const name = expression.label!
      const operation = made.has(name) ? operationOf(expression) : undefined
      return { name, operation, output: expression, inputs }
    })
  const named = new Set(lines.map(({ name }) => name))
  const used = new Set(lines.flatMap(({ inputs }) => inputs.map(({ name }) => name)))
  const leaves = [...used]
    .filter(name => !named.has(name))
    .map(name => ({ name, kind: columns.includes(name) ? ('data' as const) : ('parameter' as const) }))
  return { leaves, lines }
}

/** Gives every operation without a label a name, and returns these names. */
function nameEverything(loss: Value): Set<string> {
  const nodes = topologicalOrder(loss)
  const taken = new Set(nodes.map(node => node.label))
  const made = new Set<string>()
  let number = 0
  for (const node of nodes) {
    if (node.primitive === null || node.label !== undefined) continue
    do number++
    while (taken.has(`t${number}`))
    node.label = `t${number}`
    made.add(node.label)
  }
  return made
}

function operationOf({ primitive }: Value): string | undefined {
  return primitive?.notation?.symbol ?? primitive?.name
}

/** Runs the lines forward from the values of the leaves; returns the values of all. */
export function forwardLines({ lines }: Sheet, leaves: ReadonlyMap<string, number>): Map<string, number> {
  const values = new Map(leaves)
  for (const { name, output, inputs } of lines) {
    for (const input of inputs) input.leaf.data = values.get(input.name)!
    values.set(name, output.forward())
  }
  return values
}

/** The derivatives of a line by what it uses, at the values it was last run with. */
export function localDerivatives({ output, inputs }: Line): readonly number[] {
  zeroGrad(inputs.map(({ leaf }) => leaf))
  output.backward()
  return inputs.map(({ leaf }) => leaf.grad)
}
