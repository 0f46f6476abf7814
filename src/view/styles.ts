/**
 * The styles in which a derivation is written. Lessons write dE/dw in text and with ∂ where it is typeset. Where whole and
 * direct derivatives meet, the former have d and the latter ∂ in all styles.
 */
import { nameText } from '../core/notation.js'
import { decimals, indexed, type Style } from './write.js'

/** Plain text, as formulas print: `dE/dw5 = dE/do1 * do1/dw5`. */
export function textStyle(digits: number): Style {
  return {
    number: x => {
      const { mantissa, exponent } = decimals(x, digits)
      return exponent === undefined ? mantissa : `${mantissa}e${exponent}`
    },
    name: nameText,
    derivative: ({ of, by, extent }) => {
      const sign = extent === 'direct' ? '∂' : 'd'
      return `${sign}${nameText(of)}/${sign}${nameText(by)}`
    },
    updated: name => `${nameText(name)}+`,
    brackets: inner => `(${inner})`,
    prefix: (symbol, operand) => `${symbol}${operand}`,
    infix: (symbol, operands) => operands.join(` ${symbol} `),
    call: (name, operands) => `${name}(${operands.join(', ')})`,
  }
}

/** LaTeX for a place where mathematics is typeset, without packages. */
export function latexStyle(digits: number): Style {
  return {
    number: x => {
      if (Math.abs(x) === Number.POSITIVE_INFINITY) return x > 0 ? '\\infty' : '-\\infty'
      const { mantissa, exponent } = decimals(x, digits)
      if (mantissa === 'NaN') return '\\text{NaN}'
      return exponent === undefined ? mantissa : `${mantissa} \\times 10^{${exponent}}`
    },
    name: latexName,
    derivative: ({ of, by, extent }) => {
      const sign = extent === 'whole' ? '\\mathrm{d}' : '\\partial'
      return `\\frac{${sign} ${latexName(of)}}{${sign} ${latexName(by)}}`
    },
    updated: name => `{${latexName(name)}}^{+}`,
    brackets: inner => `\\left(${inner}\\right)`,
    prefix: (symbol, operand) => `${symbol}${operand}`,
    infix: (symbol, operands) => operands.join(symbol === '*' ? ' \\cdot ' : ` ${latexText(symbol)} `),
    call: (name, operands) => `\\operatorname{${latexText(name)}}\\left(${operands.join(', ')}\\right)`,
    quotient: (x, y) => `\\frac{${x}}{${y}}`,
    power: (x, y) => `{${x}}^{${y}}`,
  }
}

function latexName(name: string): string {
  const parts = indexed(name)
  if (parts === undefined || !/^[\x20-\x7e]*$/.test(name)) return `\\text{${latexText(name)}}`
  const word = (text: string): string => (/^(\p{L}|\d+)$/u.test(text) ? text : `\\mathrm{${text}}`)
  return parts.index === undefined ? word(parts.stem) : `${word(parts.stem)}_{${word(parts.index)}}`
}

const LATEX_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '\n': ' ',
}

/** Text for the inside of `\text{}`. */
export function latexText(text: string): string {
  // An accent without a letter would sit on a brace; it gets the circle that Unicode has for it.
  const accented = printable(text).replace(/(^|[^\p{L}\p{N}\p{Mn}])(?=[\u0300-\u036f])/gu, '$1\u25cc')
  return accented.replace(/[\\^~\n]|[{}$&%#_]/g, c => LATEX_ESCAPES[c] ?? `\\${c}`)
}

/** MathML Core, which browsers typeset themselves. */
export function mathmlStyle(digits: number): Style {
  const style: Style = {
    number: x => {
      if (x < 0) return `<mrow><mo>−</mo>${style.number(-x)}</mrow>`
      const { mantissa, exponent } = decimals(x, digits)
      const number = Number.isFinite(x) ? `<mn>${mantissa}</mn>` : `<mi>${x > 0 ? '∞' : 'NaN'}</mi>`
      if (exponent === undefined) return number
      return `<mrow>${number}<mo>×</mo><msup><mn>10</mn><mn>${exponent.replace('-', '−')}</mn></msup></mrow>`
    },
    name: mathmlName,
    derivative: ({ of, by, extent }) => {
      const sign = `<mo>${extent === 'whole' ? 'd' : '∂'}</mo>`
      return `<mfrac><mrow>${sign}${mathmlName(of)}</mrow><mrow>${sign}${mathmlName(by)}</mrow></mfrac>`
    },
    updated: name => `<msup>${mathmlName(name)}<mo>+</mo></msup>`,
    brackets: inner => `<mrow><mo>(</mo>${inner}<mo>)</mo></mrow>`,
    prefix: (symbol, operand) => `<mrow><mo>${operator(symbol)}</mo>${operand}</mrow>`,
    infix: (symbol, operands) => `<mrow>${operands.join(`<mo>${operator(symbol)}</mo>`)}</mrow>`,
    call: (name, operands) =>
      `<mrow><mi>${xmlText(name)}</mi><mo>(</mo>${operands.join('<mo>,</mo>')}<mo>)</mo></mrow>`,
    quotient: (x, y) => `<mfrac>${x}${y}</mfrac>`,
    power: (x, y) => `<msup>${x}${y}</msup>`,
  }
  return style
}

/** A dot and a minus sign, as they are printed. */
export function operator(symbol: string): string {
  return symbol === '*' ? '·' : symbol === '-' ? '−' : xmlText(symbol)
}

function mathmlName(name: string): string {
  const parts = indexed(name)
  if (parts === undefined) return `<mtext>${xmlText(name)}</mtext>`
  const { stem, index } = parts
  if (index === undefined) return `<mi>${stem}</mi>`
  return `<msub><mi>${stem}</mi>${/^\d+$/.test(index) ? `<mn>${index}</mn>` : `<mi>${index}</mi>`}</msub>`
}

/** Text that may stand in XML and HTML, between tags or in quotes. */
export function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
}

/** With a sign in place of what neither XML nor LaTeX can carry: control characters, halves of pairs, private use. */
function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Cs}\p{Co}\p{Cn}]/gu,
    '\ufffd',
  )
}
