/** Formulas as text: `formula` for programs, `parseFormula` for text from elsewhere. */
import { checkOptions, describe } from '../core/describe.js'
import { plainNameOf } from '../core/notation.js'
import type { Primitive } from '../core/value.js'
import { asValue, column, type Operand, Value, value } from '../core/value.js'
import { build } from './build.js'
import { clipped, FormulaError } from './error.js'
import { defaultLimits, type FormulaLimits, parse, type Syntax } from './parse.js'
import { vocabularyOf } from './vocabulary.js'

const vocabulary = vocabularyOf()

/** Options of {@link parseFormula}. */
export interface FormulaOptions {
  /** The names that are columns of a data set: each becomes a `column`. */
  readonly columns?: Iterable<string>
  /** What names stand for, instead of new leaves: Values and numbers of yours, or the `leaves` of another formula. */
  readonly names?: { readonly [name: string]: Operand }
  /** Primitives of your own, called by their names. */
  readonly primitives?: Iterable<Primitive>
  /** Limits for text that is not trusted; set one to Infinity for a formula that is. */
  readonly limits?: Partial<FormulaLimits>
}

/** What {@link parseFormula} has read. */
export interface Formula {
  /** The last line; for `left ~ right`, the right side. */
  readonly expression: Value
  /** The left side of `left ~ right`, which is what a fit wants the right side to equal. */
  readonly response: Value | undefined
  /** The leaves by name, in the order of the text: new ones, columns, and yours where a name stands for one. */
  readonly leaves: { readonly [name: string]: Value }
}

/**
 * Reads a formula: numbers, names, `+ - * / **`, comparisons, brackets, calls of the primitives and of the plain
 * functions over them, `pi` and `e`. Lines, or parts between semicolons, `name = …` name intermediates; the last line
 * is the formula. A name that is not defined becomes a leaf, whose `data` is NaN until it is set. The grammar is that
 * of `toString()`, whose text it reads back, and is written down in docs/formula.md.
 *
 * The text may come from anybody: it reaches the operations of the table and nothing else, in time proportional to
 * its length, within the limits of the options.
 *
 * @throws FormulaError for a text that is no formula, with the place; TypeError for an option that there is none of
 * @example
 * const { expression, leaves } = parseFormula('h = softplus(w1 * dosage + b1); w3 * h + b3')
 * for (const leaf of Object.values(leaves)) leaf.data = 0.5
 * expression.forward() // 1.06843550305745
 */
export function parseFormula(text: string, options: FormulaOptions = {}): Formula {
  if (typeof text !== 'string') throw new TypeError(`parseFormula: got ${describe(text)}; wanted a text`)
  checkOptions('parseFormula', options, ['columns', 'names', 'primitives', 'limits'])
  const given = givenNames(options)
  const words =
    options.primitives === undefined ? vocabulary : vocabularyOf(checkPrimitives(options.primitives))
  const syntax = parse(text, words, limitsOf(options.limits))
  for (const [name, { position }] of syntax.definitions) {
    if (!given.has(name)) continue
    const reason = `'${clipped(name)}' is one of the names given with the formula; call this line something else`
    throw new FormulaError(text, position, reason)
  }
  return formulaOf(syntax, given, [])
}

/**
 * A formula written in a program, with Values and numbers put in: the mathematics of
 * `w.mul(x).add(b).softplus()` as it is written on paper. The text is read once for each place in the program. The
 * grammar is that of {@link parseFormula}. A name outside of holes is a new leaf, whose `data` is NaN, and not the variable
 * of that name: `findNaN` names a leaf that was meant to be a hole.
 *
 * @throws FormulaError for a text that is no formula
 * @example
 * const w = value(0.5, 'w')
 * const y = formula`softplus(${w} * ${x} + 1) ** 2`
 */
export function formula(strings: TemplateStringsArray, ...holes: Operand[]): Value {
  if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
    throw new TypeError('formula: wanted a template after it, without brackets; for a text use parseFormula')
  }
  for (const [i, hole] of holes.entries()) {
    if (typeof hole === 'number' || hole instanceof Value) continue
    throw new TypeError(`formula: hole ${i + 1} is ${describe(hole)}; wanted a Value or a number`)
  }
  return formulaOf(syntaxOf(strings), new Map(), holes).expression
}

// A place in a program hands over the same array every time.
const read = new WeakMap<TemplateStringsArray, Syntax>()

function syntaxOf(strings: TemplateStringsArray): Syntax {
  const known = read.get(strings)
  if (known !== undefined) return known
  const holes: { start: number; end: number }[] = []
  let text = ''
  for (const [i, part] of strings.entries()) {
    if (i > 0) {
      const mark = `\${${i}}`
      holes.push({ start: text.length, end: text.length + mark.length })
      text += mark
    }
    // What JavaScript cannot unescape it hands over as undefined.
    text += part ?? strings.raw[i]
  }
  const syntax = parse(text, vocabulary, defaultLimits, holes)
  if (syntax.response !== undefined) {
    const reason = "'~' is for parseFormula and for fits; a template is one expression"
    throw new FormulaError(text, syntax.response.position, reason)
  }
  read.set(strings, syntax)
  return syntax
}

function formulaOf(syntax: Syntax, given: ReadonlyMap<string, Operand>, holes: readonly Operand[]): Formula {
  // Without a prototype, so that a leaf may be called __proto__ or constructor.
  const leaves: Record<string, Value> = Object.create(null)
  const leafOf = (name: string, number: number | undefined): Operand => {
    const operand = given.get(name) ?? number ?? leaves[name] ?? value(Number.NaN, name)
    if (operand instanceof Value && operand.primitive === null) leaves[name] = operand
    return operand
  }
  const { expression, response } = build(syntax, leafOf, holes)
  return {
    expression: asValue(expression),
    response: response === undefined ? undefined : asValue(response),
    leaves,
  }
}

function givenNames({ columns = [], names = {} }: FormulaOptions): Map<string, Operand> {
  const given = new Map<string, Operand>()
  if (
    typeof columns === 'string' ||
    typeof (columns as Partial<Iterable<string>> | null)?.[Symbol.iterator] !== 'function'
  ) {
    throw new TypeError(`parseFormula: columns is ${describe(columns)}; wanted a list of names`)
  }
  for (const name of columns) given.set(name, column(name))
  if (typeof names !== 'object' || names === null || Array.isArray(names)) {
    throw new TypeError(`parseFormula: names is ${describe(names)}; wanted { name: a Value or a number }`)
  }
  for (const [name, operand] of Object.entries(names)) {
    if (typeof operand !== 'number' && !(operand instanceof Value)) {
      throw new TypeError(`parseFormula: names.${name} is ${describe(operand)}; wanted a Value or a number`)
    }
    if (given.has(name)) {
      throw new TypeError(
        `parseFormula: '${name}' is given both as a column and under names; wanted one of them`,
      )
    }
    given.set(name, operand)
  }
  // A name is read in its composed form, and finds what is given in another.
  for (const [name, operand] of [...given]) {
    const composed = plainNameOf(name)
    if (!given.has(composed)) given.set(composed, operand)
  }
  return given
}

/** A limit that is no number would be none at all. */
function limitsOf(limits: Partial<FormulaLimits> = {}): FormulaLimits {
  checkOptions('parseFormula: limits', limits, Object.keys(defaultLimits))
  const all = { ...defaultLimits, ...limits }
  for (const [name, limit] of Object.entries(all)) {
    if (typeof limit === 'number' && limit >= 0) continue
    throw new TypeError(`parseFormula: limits.${name} is ${describe(limit)}; wanted a number, or Infinity`)
  }
  return all
}

function checkPrimitives(primitives: Iterable<Primitive>): Primitive[] {
  return Array.from(primitives, (primitive: Primitive | undefined, i) => {
    if (typeof primitive?.evaluate === 'function') return primitive
    throw new TypeError(
      `parseFormula: primitives has ${describe(primitive)} as element ${i + 1}; wanted a primitive`,
    )
  })
}
