/** The line breaks of JavaScript. */
export const lineBreak: RegExp = /\r\n|[\n\r\u2028\u2029]/

/** Said of a text that is no formula: what is wrong, where, and the line with a caret under the place. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError'
  /** Index into the text, from 0. */
  readonly position: number
  /** Line of the text, from 1. */
  readonly line: number
  /** Character of the line, from 1. */
  readonly column: number
  /** What is wrong, without the place. */
  readonly reason: string
  /** The line, or as much of it as fits, and below it the caret. */
  readonly excerpt: string

  constructor(text: string, position: number, reason: string, options?: ErrorOptions) {
    const before = text.slice(0, position).split(lineBreak)
    const column = before.at(-1)!.length + 1
    const start = position - column + 1
    const [line] = text.slice(start, position + WIDTH).split(lineBreak, 1)
    const excerpt = pointed(line!, column)
    super(`${reason} (line ${before.length}, column ${column})\n${excerpt}`, options)
    this.position = position
    this.line = before.length
    this.column = column
    this.reason = reason
    this.excerpt = excerpt
  }
}

/** As many characters of a long line are shown on each side of the caret. */
const WIDTH = 60

function pointed(line: string, column: number): string {
  const from = Math.max(0, column - 1 - WIDTH)
  const cut = from > 0 ? '…' : ''
  // A tab, or a character that is not seen, would part the caret from its place.
  const shown = cut + line.slice(from, column - 1 + WIDTH).replace(/\p{C}/gu, ' ')
  return `  ${shown}\n  ${' '.repeat(cut.length + column - 1 - from)}^`
}

/** A name or symbol of the text as it stands in a message, whatever its length. */
export function clipped(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name
}
