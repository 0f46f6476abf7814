import { TableError } from './error.js'

/** A record of the file: what stands between its separators, and the line, from 1, that it begins on. */
export interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

export interface Lines {
  readonly separator: string
  readonly lines: readonly Line[]
  /** Those that begin with #, without it: some programs write the header into the last of them. */
  readonly comments: readonly Line[]
}

const BLANKS = 'blanks'
/** In the order in which they are tried: where semicolons separate, commas may be in numbers. */
const SEPARATORS = [';', '\t', ',', '|', BLANKS]
/** So many records tell what separates them. */
const LOOKED_AT = 20

/** The records of a text. What separates their cells is said by a first line `sep=;`, or is what cuts all of them alike. */
export function linesOf(text: string): Lines {
  const said = /^"?sep=(.)"?[^\S\n\r]*(?:\r\n|\r|\n|$)/i.exec(text)
  if (said !== null) return split(text.slice(said[0].length), said[1]!, 2)
  const cuts = SEPARATORS.map(separator => sample(text, separator))
  const isCut = ({ lines }: Lines): boolean => (lines[0]?.cells.length ?? 0) > 1
  // R names one column too few, those of the names of the rows.
  const isEven = ({ lines: [names, ...rows] }: Lines): boolean =>
    rows.every(({ cells }) => cells.length === rows[0]!.cells.length) &&
    (rows.length === 0 || [0, 1].includes(rows[0]!.cells.length - names!.cells.length))
  const best = cuts.find(cut => isCut(cut) && isEven(cut)) ??
    cuts.find(cut => isCut(cut) && cut.separator !== BLANKS) ?? { separator: '\t' } // A single column: in its numbers commas stand for decimals.
  return split(text, best.separator, 1)
}

function sample(text: string, separator: string): Lines {
  try {
    return split(text, separator, 1, LOOKED_AT)
  } catch {
    // Its quotation marks make no sense, which is said once it is clear that this is what separates.
    const [names] = text.trimStart().split(/[\n\r]/, 1)
    return { separator, lines: [{ number: 1, cells: names!.split(separator) }], comments: [] }
  }
}

/**
 * Cuts a text into records by RFC 4180, in one pass: a cell may stand in quotation marks, within which one is written
 * twice, and separators and ends of lines mean nothing. Records of empty cells are passed over.
 */
function split(text: string, separator: string, firstNumber: number, most = Infinity): Lines {
  const lines: Line[] = []
  const comments: Line[] = []
  const isBlank = separator === BLANKS
  let at = 0
  let number = firstNumber

  function quotedCell(): string {
    const opened = number
    let cell = ''
    for (at++; at < text.length; at++) {
      const character = text[at]!
      if (character === '"') {
        if (text[at + 1] !== '"') {
          at++
          return cell
        }
        at++
      } else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) number++
      cell += character
    }
    throw new TableError(opened, 'a quotation mark opens here and is never closed')
  }

  function plainCell(): string {
    const start = at
    while (at < text.length && !isEnd(text[at]!)) at++
    return text.slice(start, at)
  }

  function isEnd(character: string): boolean {
    return (
      character === '\n' || character === '\r' || (isBlank ? /\s/.test(character) : character === separator)
    )
  }

  function skipBlanks(): void {
    while (at < text.length && /[^\S\n\r]/.test(text[at]!) && (isBlank || text[at] !== separator)) at++
  }

  /** Quotation marks mean nothing in it, or not much. */
  function comment(): string[] {
    const start = at + 1
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    const said = text.slice(start, at).trim()
    return said.split(isBlank ? /\s+/ : separator).map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
  }

  function record(): string[] {
    const cells: string[] = []
    for (;;) {
      skipBlanks()
      if (text[at] === '"') {
        cells.push(quotedCell().trim())
        skipBlanks()
        if (!isBlank && at < text.length && !isEnd(text[at]!)) {
          throw new TableError(
            number,
            `text follows the quotation mark that closes “${cells.at(-1)!.slice(0, 40)}”`,
          )
        }
      } else if (!isBlank || (at < text.length && !isEnd(text[at]!))) cells.push(plainCell().trim())
      if (at >= text.length || text[at] === '\n' || text[at] === '\r') return cells
      if (!isBlank) at++
    }
  }

  while (at < text.length && lines.length < most) {
    const start = number
    const [found, cells] = text[at] === '#' ? [comments, comment()] : [lines, record()]
    if (cells.some(cell => cell !== '')) found.push({ number: start, cells })
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    number++
  }
  return { separator, lines, comments }
}
