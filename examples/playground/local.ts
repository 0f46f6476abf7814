/** The derivative of one line by one thing it uses, typeset. */

import { explain } from 'chainrule/view'
import type { Line } from './lines.js'

/** Of a line on its own `explain` writes its definition and then one factor: ∂h/∂net = h · (1 − h) = 0.2445. */
export function localDerivative({ output, inputs }: Line, input: number): Element {
  const { content } = Object.assign(document.createElement('template'), {
    innerHTML: explain(output, inputs[input]!.leaf, { digits: 4 }).toMathML(),
  })
  return content.querySelector('.factor p:last-child')!
}
