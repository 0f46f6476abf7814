/** chainrule/view: derivatives written out as a lesson does, and graphs as pictures. */

export type { DerivationData, Factor, Term } from './derivation.js'
export { toDot } from './dot.js'
export type { Derivation, ExplainOptions } from './explain.js'
export { explain } from './explain.js'
export type { Formula, NamedDerivative, Operation, Updated } from './formula.js'
export type { GraphOptions } from './graph.js'
export { toMermaid } from './mermaid.js'
