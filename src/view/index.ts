/**
 * chainrule/view: {@link explain} writes a derivative out as a lesson does; {@link toDot} and {@link toMermaid} draw graphs.
 */

export type { DerivationData, Factor, Term } from './derivation.js'
export { toDot } from './dot.js'
export { type Derivation, type ExplainOptions, explain } from './explain.js'
export type { Formula, NamedDerivative, Operation, Updated } from './formula.js'
export type { GraphOptions } from './graph.js'
export { toMermaid } from './mermaid.js'
