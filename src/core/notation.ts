/** What the printer and the parser of formulas must agree on: signs, how strongly they bind, numbers, names. */

/** How an operation that has a sign of its own is written: before its one operand, or between its two. */
export interface Notation {
  /** Such as `+` or `**`. */
  readonly symbol: string
  /** How strongly it binds: 0 comparisons, 1 sums, 2 products, 3 the unary minus, 4 powers. */
  readonly precedence: 0 | 1 | 2 | 3 | 4
}

// As in Python, `-x ** 2` is -(x^2), `x ** -y` needs no brackets, `**` associates to the right and the rest to the
// left. Comparisons do not associate: Python chains `x < y < z`, JavaScript compares 0 or 1 with z.
export const UNARY = 3
const POWER = 4
/** Names, numbers, calls and what stands in brackets. */
export const ATOM = 5

/** How strongly the operands of a sign between two of them must bind to stand there without brackets. */
export function operandStrengths(precedence: Notation['precedence']): readonly [left: number, right: number] {
  if (precedence === POWER) return [ATOM, UNARY]
  return [precedence === 0 ? 1 : precedence, precedence + 1]
}

/** Words that are numbers. A name spelt like one of them stands in backticks. */
export const NAMED_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
])

/** The word that keeps a number from being computed with at once: `exp(constant(2))` is an operation, `exp(2)` a number. */
export const CONSTANT = 'constant'

/**
 * A name that needs no backticks: a letter or underscore, then letters with their marks, digits and underscores of any
 * script, and digits as an index, as in `w₁`. (A raised one is a power, and no part of a name.) Nothing in it is
 * invisible. An accent may stand behind its letter as a mark of its own: what is read is the composed form (NFC).
 */
export const PLAIN_NAME: RegExp =
  /(?:(?!\p{DI})[\p{L}_])(?:(?!\p{DI})[\p{L}\p{Mn}\p{Mc}\p{Nd}\u2080-\u2089_])*/u
const wholePlainName = new RegExp(`^${PLAIN_NAME.source}$`, 'u')

/** What a name without backticks reads as: é is one name, whether typed as one character or as e and an accent. */
export function plainNameOf(text: string): string {
  return text.normalize('NFC')
}

/** The shortest text that reads back to the same double. */
export function numberText(x: number): string {
  return Object.is(x, -0) ? '-0' : String(x)
}

/** A name as it stands in a formula: in backticks unless it is plain. {@link readQuoted} reads it back. */
export function nameText(name: string): string {
  if (!NAMED_NUMBERS.has(name) && wholePlainName.test(name) && plainNameOf(name) === name) return name
  // A definition is one line: line breaks of every kind are escaped, as backslashes and backticks are.
  const escaped = name
    .replace(/[\\`]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(/[\r\u2028\u2029]/g, c => `\\u{${c.charCodeAt(0).toString(16)}}`)
  return `\`${escaped}\``
}

/** The name within the backticks of a formula; `undefined` if an escape in it is none that {@link nameText} writes. */
export function readQuoted(escaped: string): string | undefined {
  let wrong = false
  // The last alternative is a backslash before anything else.
  const name = escaped.replace(/\\(?:([\\`])|(n)|u\{(d|2028|2029)\}|)/g, (_all, same, newline, code) => {
    if (same !== undefined) return same
    if (newline !== undefined) return '\n'
    wrong ||= code === undefined
    return String.fromCharCode(Number.parseInt(code, 16))
  })
  return wrong ? undefined : name
}
