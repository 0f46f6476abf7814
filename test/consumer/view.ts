import { value } from 'chainrule'
import { type Derivation, explain, type Factor, toDot, toMermaid } from 'chainrule/view'

const x = value(2, 'x')
const derivation: Derivation = explain(x.square(), x, { rate: 0.1 })
const factors: readonly Factor[] = derivation.factors
export const texts: string[] = [
  derivation.toLatex(),
  toDot(x, { limit: 10 }),
  toMermaid(x),
  ...factors.map(f => f.of),
]
