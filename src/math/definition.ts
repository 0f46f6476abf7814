import type { Outline } from './order.js'
import { type Condition, type Double, type Integer, parameter, type Step } from './steps.js'

/** What a definition says of its operands. */
export interface Meaning {
  readonly value: Double
  /** Where this does not hold, a function of the same operands in `rare.ts` gives the value instead. */
  readonly usual: Condition
}

/** An elementary function, stated once. */
export interface Definition {
  readonly name: string
  readonly summary: string
  readonly parameters: readonly string[]
  readonly describe: (...operands: Double[]) => Meaning
}

export function unary(name: string, summary: string, describe: (x: Double) => Meaning): Definition {
  return { name, summary, parameters: ['x'], describe: (...[x]) => describe(x!) }
}

export function binary(
  name: string,
  summary: string,
  describe: (x: Double, y: Double) => Meaning,
): Definition {
  return { name, summary, parameters: ['x', 'y'], describe: (...[x, y]) => describe(x!, y!) }
}

/** A piece of a function without a rare path, from which hand-written functions are built. */
export interface Part {
  readonly name: string
  readonly summary: string
  readonly parameters: readonly (Double | Integer)[]
  readonly value: Step
  /** Further results, left in the object `beside` under these names. */
  readonly tail?: Double
  readonly exponent?: Integer
}

export function outlineOf(definition: Definition): Outline {
  const parameters = definition.parameters.map(name => parameter(name))
  const { value, usual } = definition.describe(...parameters)
  return { parameters, results: [value], usual }
}

export function outlineOfPart({ parameters, value, tail, exponent }: Part): Outline {
  const results = [value, tail, exponent].filter(result => result !== undefined)
  return { parameters, results, usual: undefined }
}
