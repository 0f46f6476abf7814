import { NAMED_NUMBERS, PLAIN_NAME, plainNameOf, readQuoted } from '../core/notation.js'
import { clipped, FormulaError, lineBreak } from './error.js'

/** A piece of the text, from `start` up to `end`. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'number'; readonly value: number }
  /** `number` is set for a word that is a number (`pi`), unless it is in backticks. */
  | { readonly kind: 'name'; readonly name: string; readonly number: number | undefined }
  | { readonly kind: 'hole'; readonly index: number }
  | { readonly kind: 'symbol'; readonly symbol: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'end' }
)

/** Where the holes of a template stand in its text: `${…}` as it is shown in messages. */
export type Holes = readonly { readonly start: number; readonly end: number }[]

/** Signs that are no operations. */
const punctuation = ['(', ')', '[', ']', ',', ';', '=', '~']

// What other languages write, and what is typed on paper.
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['^', '`^` is read in several ways (-x^2, x^y^z); the power is written x ** y'],
  ['−', 'this is not the minus sign of a keyboard; write -'],
  ['×', 'a product is written with *'],
  ['·', 'a product is written with *'],
  ['÷', 'a quotient is written with /'],
])

/** The pattern of one token, of which each alternative takes time proportional to what it matches. */
export function tokenPattern(operations: Iterable<string>): RegExp {
  // The longest first: `**` is not two products.
  const symbols = [...new Set([...operations, ...punctuation])].sort((a, b) => b.length - a.length)
  const alternatives = [
    String.raw`(?<blank>[^\S\n\r\u2028\u2029]+)`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    `(?<name>${PLAIN_NAME.source})`,
    `(?<line>${lineBreak.source})`,
    `(?<symbol>${symbols.map(symbol => symbol.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`,
  ]
  return new RegExp(alternatives.join('|'), 'uy')
}

/** A function that gives the tokens of a text one after another, and at the end that of kind `end` for ever. */
export function tokensOf(text: string, pattern: RegExp, holes: Holes): () => Token {
  let end = 0
  let hole = 0

  return () => {
    for (;;) {
      const start = end
      if (start === text.length) return { kind: 'end', start, end }
      if (holes[hole]?.start === start) {
        end = holes[hole]!.end
        return { kind: 'hole', index: hole++, start, end }
      }
      if (text[start] === '`') return quotedName(start)
      pattern.lastIndex = start
      const found = pattern.exec(text)
      if (found === null) {
        throw new FormulaError(text, start, unknownCharacter(text, start))
      }
      end = pattern.lastIndex
      const { blank, number, name, symbol } = found.groups!
      if (number !== undefined) return { kind: 'number', value: Number(number), start, end }
      if (name !== undefined) {
        return { kind: 'name', name: plainNameOf(name), number: NAMED_NUMBERS.get(name), start, end }
      }
      if (symbol !== undefined) return { kind: 'symbol', symbol, start, end }
      if (blank === undefined) return { kind: 'break', start, end }
    }
  }

  function quotedName(start: number): Token {
    end = start + 1
    while (end < text.length && text[end] !== '`') end += text[end] === '\\' ? 2 : 1
    if (end >= text.length) throw new FormulaError(text, start, 'this backtick is never closed')
    if ((holes[hole]?.start ?? Infinity) < end) {
      throw new FormulaError(text, start, 'a name in backticks cannot hold a hole of the template')
    }
    const name = readQuoted(text.slice(start + 1, end++))
    if (name === undefined) {
      const reason =
        'a name in backticks has an unknown escape; a backslash is written \\\\ and a backtick \\`'
      throw new FormulaError(text, start, reason)
    }
    return { kind: 'name', name, number: undefined, start, end }
  }
}

/** As much of a name with dots, such as statistics programs write, is looked at on each side. */
const NAME_LENGTH = 40
const before = new RegExp(`(?:${PLAIN_NAME.source}\\.)*${PLAIN_NAME.source}$`, 'u')
const behind = new RegExp(`^(?:\\.${PLAIN_NAME.source})+`, 'u')

function unknownCharacter(text: string, start: number): string {
  const codePoint = text.codePointAt(start)!
  const character = String.fromCodePoint(codePoint)
  // One that is not seen, such as the zero-width space of a web page, is named by its number.
  const seen = /\p{C}/u.test(character)
    ? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
    : `'${character}'`
  if (/[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]/.test(character))
    return `a power is written ** ${character.normalize('NFKC')}`
  const left = before.exec(text.slice(Math.max(0, start - NAME_LENGTH), start))
  const right = behind.exec(text.slice(start, start + NAME_LENGTH))
  const hint = left && right ? `; a name with a dot in it stands in backticks, \`${left[0]}${right[0]}\`` : ''
  return elsewhere.get(character) ?? `${seen} has no meaning here${hint}`
}

/** A token as it stands in a message. */
export function shown(text: string, { kind, start, end }: Token): string {
  if (kind === 'end') return 'the end'
  return kind === 'break' ? 'the end of the line' : `'${clipped(text.slice(start, end))}'`
}
