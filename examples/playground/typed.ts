/** Formulas as people type them, put into the words of this page. */

import { FormulaError, parseFormula } from 'chainrule'

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\p{Nd}\u2080-\u2089_]*`
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\^/g, '**'],
  [/[−–]/g, '-'],
  [/[·×⋅∙]/g, '*'],
  [/÷/g, '/'],
  [/([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, ' ** $1'],
  // 2x, 2(x + 1), (a)(b): a number or a bracket at the head of a product; 1e5 is one number, x2(…) is a call.
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{M}\p{N}_.])((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![eE][+-]?\d)\s*(?=\(|${NAME})`,
      'gu',
    ),
    '$1 * ',
  ],
  [new RegExp(String.raw`\)\s*(?=\(|${NAME}|\d)`, 'gu'), ') * '],
]

/** The formula as it would have to be written; `undefined` where that would be no better. */
export function rewritten(formula: string, columns: readonly string[]): string | undefined {
  // What stands in backticks is a name, whatever is in it.
  const pieces = formula.split(/(`(?:[^`\\]|\\.)*`)/)
  const text = pieces.map((piece, i) => (i % 2 === 1 ? piece : SIGNS.reduce(rewrite, piece))).join('')
  if (text === formula) return undefined
  try {
    parseFormula(text, { columns })
    return text
  } catch (error) {
    if (error instanceof FormulaError) return undefined
    throw error
  }
}

function rewrite(text: string, [from, to]: (typeof SIGNS)[number]): string {
  const changed = text.replace(from, to)
  return to.includes('** $1')
    ? changed.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/g, raised => raised.normalize('NFKC').replace('−', '-'))
    : changed
}

/** Without the advice that only a program can follow. */
export function inPageWords(message: string): string {
  return message
    .replace(/; raise the limit with \{[^\n]*\}/, '; this page takes no larger one')
    .replace('one of your own is given with { primitives: […] }; ', '')
}

/** What the names of a formula stand for, as one line each. */
export function namesSaid(
  formula: string,
  {
    parameters,
    columns,
    unused,
  }: {
    readonly parameters: readonly string[]
    readonly columns: readonly string[]
    readonly unused: readonly string[]
  },
): string[] {
  const outside = formula.replace(/`(?:[^`\\]|\\.)*`/g, ' ')
  const constants = ['e', 'pi'].filter(name =>
    new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_.])${name}(?![\p{L}\p{M}\p{N}_(])`, 'u').test(outside),
  )
  const values = constants.map(name => `${name} = ${name === 'e' ? '2.718…' : '3.142…'}`)
  return [
    `Data: ${listed(columns)}`,
    `Parameters: ${listed(parameters)}`,
    ...(values.length > 0 ? [`Constants: ${listed(values)}`] : []),
    ...(unused.length > 0 ? [`Columns not used: ${listed(unused)}`] : []),
  ]
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
