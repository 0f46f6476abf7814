/** Derivations as text: the same equations in four notations. */
import { nameText } from '../core/notation.js'
import type { DerivationData, Factor } from './derivation.js'
import { differenceFormula, type Formula, type NamedDerivative, productFormula } from './formula.js'
import { latexStyle, latexText, mathmlStyle, operator, textStyle, xmlText } from './styles.js'
import { infixParts, type Style, write } from './write.js'

/** left = side = side = … */
interface Equation {
  readonly left: Formula
  readonly sides: readonly Side[]
}

/** A sum, mostly of one term. */
interface Side {
  readonly terms: readonly Formula[]
  /** Said of what is not written out. */
  readonly note?: string
}

/** What a factor is, and where it comes from. */
interface Row {
  readonly definition: Equation | undefined
  readonly derivative: Equation
}

interface Sections {
  /** The chain rule in names. */
  readonly formulas: readonly Equation[]
  readonly rows: readonly Row[]
  /** The same in numbers, and the update. */
  readonly numbers: readonly Equation[]
}

function sectionsOf({ output, leaf, derivative, factors, unbound, update }: DerivationData): Sections {
  const shown = factors.flatMap(factor =>
    factor.terms.length === 0 ? [factor] : factor.terms.flatMap(term => term.factors),
  )
  const hasBoth = shown.some(({ direct }) => direct)
  const named = ({ of, by, direct }: Pick<Factor, 'of' | 'by' | 'direct'>): NamedDerivative =>
    hasBoth ? { of, by, extent: direct ? 'direct' : 'whole' } : { of, by }
  const whole = named({ of: output, by: leaf, direct: false })
  const sums = [...new Set(factors.filter(({ terms }) => terms.length > 0))]
  const formulas: Equation[] = sums.map(factor => ({ left: named(factor), sides: [sumIn(factor, named)] }))
  const numbers: Equation[] = sums.map(factor => ({
    left: named(factor),
    sides: [
      sumIn(factor, ({ value }) => value),
      { terms: factor.terms.map(({ value }) => value), ...noteOf(factor) },
      { terms: [factor.value] },
    ],
  }))
  if (factors.length > 1) {
    formulas.unshift({ left: whole, sides: [{ terms: [productFormula(factors.map(named))] }] })
    const product = { terms: [productFormula(factors.map(({ value }) => value))] }
    numbers.push({ left: whole, sides: [product, { terms: [derivative] }] })
  }
  if (factors.length === 0) {
    const note = derivative === 0 ? { note: `${nameText(output)} does not depend on ${nameText(leaf)}` } : {}
    numbers.push({ left: whole, sides: [{ terms: [derivative], ...note }] })
  }
  if (update !== undefined) {
    const { rate, before, after } = update
    const sides = [
      differenceFormula(leaf, productFormula([rate, whole])),
      differenceFormula(before, productFormula([rate, derivative])),
      after,
    ].map(term => ({ terms: [term] }))
    numbers.push({ left: { updated: leaf }, sides })
  }
  return { formulas, rows: [...new Set(shown)].map(factor => rowOf(factor, named(factor), unbound)), numbers }
}

function sumIn(factor: Factor, piece: (factor: Factor) => Formula): Side {
  return { terms: factor.terms.map(({ factors }) => productFormula(factors.map(piece))), ...noteOf(factor) }
}

function noteOf({ paths, terms }: Factor): { note?: string } {
  const more = paths - terms.length
  return more > 0 ? { note: `${counted(more)} more ${more === 1 ? 'path' : 'paths'}` } : {}
}

function counted(n: number): string {
  if (n === Number.POSITIVE_INFINITY) return 'more than 1e308'
  return n <= Number.MAX_SAFE_INTEGER ? n.toLocaleString('en-US') : `about ${n.toPrecision(3)}`
}

function rowOf(
  { of, value, definition, formula, collapsed }: Factor,
  left: NamedDerivative,
  unbound: readonly string[],
): Row {
  const notes = collapsed > 1 ? [`${counted(collapsed)} factors in one`] : []
  if (Number.isNaN(value) && unbound.length > 0) notes.push(`no data for ${unbound.map(nameText).join(', ')}`)
  const sides: Side[] = [{ terms: [value], ...(notes.length > 0 && { note: notes.join('; ') }) }]
  if (formula !== undefined && formula !== value) sides.unshift({ terms: [formula] })
  return {
    definition: definition === undefined ? undefined : { left: of, sides: [{ terms: [definition] }] },
    derivative: { left, sides },
  }
}

/** The terms of a side, each as it stands in a sum: one that begins with a minus sign gets brackets, but for the first. */
function written({ terms }: Side, style: Style): string[] {
  return terms.map((term, i) => {
    const text = write(term, style)
    return i > 0 && isNegative(term) ? style.brackets(text) : text
  })
}

function isNegative(term: Formula): boolean {
  if (typeof term === 'number') return term < 0
  return (
    typeof term === 'object' &&
    'operands' in term &&
    typeof term.operands[0] === 'number' &&
    term.operands[0] < 0
  )
}

/** A sum of products is written line by line. */
function isTall({ terms }: Side): boolean {
  return terms.length > 1 && terms.some(term => typeof term === 'object')
}

// ── Plain text ──────────────────────────────────────────────────────────────────────────────────────────────────

const LONG_LINE = 110
const WIDE_COLUMN = 48

export function toText(derivation: DerivationData): string {
  const style = textStyle(derivation.digits)
  const { formulas, rows, numbers } = sectionsOf(derivation)
  return [textLines(formulas, style), textTable(rows, style), textLines(numbers, style)]
    .filter(section => section !== '')
    .join('\n\n')
}

function textLines(equations: readonly Equation[], style: Style): string {
  return equations.map(equation => textEquation(equation, style)).join('\n')
}

function textEquation({ left, sides }: Equation, style: Style): string {
  const head = write(left, style)
  const margin = ' '.repeat(head.length)
  const pieces = sides.map(side => {
    const terms = [
      ...written(side, style),
      ...(side.terms.length > 1 && side.note ? [`… (${side.note})`] : []),
    ]
    const note = side.terms.length === 1 && side.note ? ` (${side.note})` : ''
    return terms.join(isTall(side) ? `\n${margin} + ` : ' + ') + note
  })
  const line = `${head} = ${pieces.join(' = ')}`
  return sides.some(isTall) || line.length > LONG_LINE ? `${head} = ${pieces.join(`\n${margin} = `)}` : line
}

function textTable(rows: readonly Row[], style: Style): string {
  const lefts = widest(rows.map(({ definition }) => (definition ? write(definition.left, style) : '')))
  const definitions = rows.map(({ definition }) => {
    if (definition === undefined) return ''
    const [side] = definition.sides
    return `${write(definition.left, style).padEnd(lefts)} = ${written(side!, style).join('')}`
  })
  const column = Math.min(WIDE_COLUMN, widest(definitions))
  const heads = widest(rows.map(({ derivative }) => write(derivative.left, style)))
  return rows
    .map(({ derivative }, i) => {
      const head = write(derivative.left, style)
      const equation = `${head.padEnd(heads)}${textEquation(derivative, style).slice(head.length)}`
      const definition = definitions[i]!
      if (column === 0) return equation
      if (definition.length > column) return `${definition}\n${' '.repeat(column)}   ${equation}`
      return `${definition.padEnd(column)}   ${equation}`
    })
    .join('\n')
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0)
}

// ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────

export function toMarkdown(derivation: DerivationData): string {
  const style = textStyle(derivation.digits)
  const { formulas, rows, numbers } = sectionsOf(derivation)
  const fenced = (equations: readonly Equation[]): string[] =>
    equations.length === 0 ? [] : [`\`\`\`text\n${textLines(equations, style)}\n\`\`\``]
  const table = rows.map(({ definition, derivative }) =>
    [
      definition === undefined ? '' : code(textEquation(definition, style)),
      code(write(derivative.left, style)),
      derivative.sides.length === 1 ? '' : code(written(derivative.sides[0]!, style).join('')),
      [written(derivative.sides.at(-1)!, style).join(''), derivative.sides.at(-1)!.note ?? '']
        .filter(text => text !== '')
        .join(', '),
    ].join(' | '),
  )
  const head = ['where', 'factor', 'formula', 'value'].join(' | ')
  const lines = [head, '--- | --- | --- | ---', ...table].map(line => `| ${line} |`)
  return [...fenced(formulas), ...(rows.length === 0 ? [] : [lines.join('\n')]), ...fenced(numbers)].join(
    '\n\n',
  )
}

/** Text as code in a cell of a table: its fence is longer than any run of backticks in it. */
function code(text: string): string {
  const longest = widest([...text.matchAll(/`+/g)].map(([run]) => run))
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return `${fence}${space}${text.replaceAll('|', '\\|')}${space}${fence}`
}

// ── LaTeX ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function toLatex(derivation: DerivationData): string {
  const style = latexStyle(derivation.digits)
  const { formulas, rows, numbers } = sectionsOf(derivation)
  const lines = [
    ...formulas.map(equation => latexEquation(equation, style)),
    ...rows.flatMap(({ definition, derivative }) => [
      ...(definition === undefined ? [] : [latexEquation(definition, style)]),
      latexEquation(derivative, style),
    ]),
    ...numbers.map(equation => latexEquation(equation, style)),
  ]
  return `\\begin{aligned}\n${lines.join(' \\\\\n')}\n\\end{aligned}`
}

function latexEquation({ left, sides }: Equation, style: Style): string {
  const pieces = sides.map(side => {
    const note = side.note === undefined ? [] : [`\\text{${latexText(side.note)}}`]
    if (side.terms.length === 1) return [...written(side, style), ...note].join('\\quad ')
    const terms = [...written(side, style), ...(note.length > 0 ? [`\\cdots\\ ${note[0]}`] : [])]
    return terms.join(isTall(side) ? ' \\\\\n  &\\quad + ' : ' + ')
  })
  const tall = sides.some(isTall)
  return `${write(left, style)} &= ${pieces.join(tall ? ' \\\\\n  &= ' : ' = ')}`
}

// ── MathML ──────────────────────────────────────────────────────────────────────────────────────────────────────

export function toMathML(derivation: DerivationData): string {
  const style = mathmlStyle(derivation.digits)
  const { formulas, rows, numbers } = sectionsOf(derivation)
  const paragraph = (equation: Equation): string => mathmlParagraph(equation, style)
  const lines = [
    ...formulas.map(paragraph),
    ...rows.map(({ definition, derivative }) => {
      const equations = definition === undefined ? [derivative] : [definition, derivative]
      return `<div class="factor">${equations.map(paragraph).join('')}</div>`
    }),
    ...numbers.map(paragraph),
  ]
  return `<div class="derivation">\n${lines.join('\n')}\n</div>`
}

/**
 * Browsers do not break mathematics, but they break a line between two of its elements: every side is one, and every
 * operand of its outermost operation, so that a long equation fits a narrow page. A sum of products has a line for
 * each term.
 */
function mathmlParagraph({ left, sides }: Equation, style: Style): string {
  const lines: string[][] = [[]]
  const put = (sign: string, pieces: readonly string[], onNewLine: boolean): void => {
    if (onNewLine) lines.push([])
    lines.at(-1)!.push(`<mo form="infix">${sign}</mo>${pieces[0]}`, ...pieces.slice(1))
  }
  const tall = sides.some(isTall)
  sides.forEach((side, i) => {
    const note = side.note === undefined ? [] : [`<mtext>&#160;(${xmlText(side.note)})</mtext>`]
    const [first, ...others] = side.terms.map((term, j) => mathmlPieces(term, style, j > 0))
    put('=', others.length === 0 ? [...first!, ...note] : first!, tall && i > 0)
    for (const pieces of others) put('+', pieces, isTall(side))
    if (others.length > 0 && note.length > 0) put('+', [`<mo>…</mo>${note[0]}`], isTall(side))
  })
  lines[0]![0] = write(left, style) + lines[0]![0]
  const math = (piece: string): string =>
    `<math xmlns="http://www.w3.org/1998/Math/MathML" displaystyle="true"><mrow>${piece}</mrow></math>`
  return `<p>${lines.map(pieces => pieces.map(math).join('<wbr/>')).join('<br/>')}</p>`
}

/** The operands of a term, each with the sign before it. */
function mathmlPieces(term: Formula, style: Style, inSum: boolean): string[] {
  if (inSum && isNegative(term)) return [style.brackets(write(term, style))]
  const { symbol, operands } = infixParts(term, style) ?? { symbol: '', operands: [write(term, style)] }
  return operands.map((operand, i) =>
    i === 0 ? operand : `<mo form="infix">${operator(symbol)}</mo>${operand}`,
  )
}
