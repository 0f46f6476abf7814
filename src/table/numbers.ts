/** What programs write for a value that is not there. */
const MISSING = new Set([
  '',
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  'null',
  'none',
  '?',
  '.',
  '-',
  '--',
  '–',
  '—',
])

export function isMissing(cell: string): boolean {
  return MISSING.has(cell.toLowerCase())
}

// Digits, in groups of three or not, then decimals and an exponent. No hexadecimal, no Infinity, no unit.
const numeral = (mark: string, group: string): RegExp =>
  new RegExp(
    String.raw`^[+-]?(?=\d|${mark}\d)(?:[1-9]\d{0,2}(?:${group}\d{3})+|\d*)(?:${mark}\d*)?(?:e[+-]?\d+)?$`,
    'i',
  )
const WITH_POINT = numeral(String.raw`\.`, "[,'’]")
const WITH_COMMA = numeral(',', "[.'’]")

/** Digits in groups, as in 1 234: blanks within a number, none of which separates cells here. */
const GROUPED = /^[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?=$|[.,e])/i

function plain(cell: string): string {
  return cell.replace('−', '-').replace(GROUPED, digits => digits.replace(/\s/g, ''))
}

/** The sign before the decimals; `undefined` where it cannot be told from the one between thousands. */
export type DecimalMark = '.' | ',' | undefined

interface Evidence {
  /** Some number is one with this mark only, as 1.5 and 1,234.5 are with the point. */
  readonly point: boolean
  readonly comma: boolean
  /** Some number is one with either mark, as 1.234 is. */
  readonly anyPoint: boolean
  readonly anyComma: boolean
}

function evidenceIn(cells: readonly string[]): Evidence {
  const found = { point: false, comma: false, anyPoint: false, anyComma: false }
  for (const cell of cells) {
    const text = plain(cell)
    const [point, comma] = [WITH_POINT.test(text), WITH_COMMA.test(text)]
    if (point && !comma) found.point = true
    else if (comma && !point) found.comma = true
    else if (point && text.includes('.')) found.anyPoint = true
    else if (point && text.includes(',')) found.anyComma = true
  }
  return found
}

/**
 * For each column the mark by which all of its numbers are numbers. Where that does not tell, the other columns do; then
 * whoever separates cells with anything but commas has a comma for decimals.
 */
export function decimalMarksOf(columns: readonly (readonly string[])[], separator: string): DecimalMark[] {
  const evidence = columns.map(evidenceIn)
  const some = (key: keyof Evidence): boolean => evidence.some(found => found[key])
  const ofFile = some('point') === some('comma') ? undefined : some('point') ? '.' : ','
  const guessed = some('anyPoint') && some('anyComma') ? undefined : some('anyPoint') ? '.' : ','
  return evidence.map(({ point, comma, anyPoint, anyComma }) => {
    if (point !== comma) return point ? '.' : ','
    if (point) return undefined
    if (!anyPoint && !anyComma) return '.'
    return ofFile ?? (guessed === ',' && separator === ',' ? undefined : guessed)
  })
}

/** The number of a cell; `undefined` for one that holds none, or one that depends on an unknown mark. */
export function numberOf(cell: string, mark: DecimalMark): number | undefined {
  const text = plain(cell)
  const withPoint = WITH_POINT.test(text) ? Number(text.replace(/[,'’]/g, '')) : Number.NaN
  const withComma = WITH_COMMA.test(text) ? Number(text.replace(/[.'’]/g, '').replace(',', '.')) : Number.NaN
  const number = mark === '.' || withPoint === withComma ? withPoint : mark === ',' ? withComma : Number.NaN
  // 1e999 is no number of a file.
  return Number.isFinite(number) ? number : undefined
}

/** Why a cell is no number, for the person who wrote it. */
export function notANumber(cell: string): string {
  const shown = `“${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}”`
  if (/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|^\d{1,2}:\d{2}|^\d{1,2}[. -][A-Za-z]{3}/.test(cell)) {
    return `${shown}, a date or time; wanted a number, such as the days or seconds since the first`
  }
  const text = plain(cell)
  if (WITH_POINT.test(text) || WITH_COMMA.test(text)) {
    return `${shown}, where the decimals cannot be told from thousands; write those of the column alike, without thousands`
  }
  if (/^0x[\da-f]+$/i.test(cell)) return `${shown}; wanted a decimal number`
  if (/^[<>≤≥]\s*[\d.,]+$/.test(cell)) return `${shown}, a bound; wanted a number, or NA to leave the row out`
  if (/^[+-]?[\d.,]+\s*\D+$/.test(cell)) return `${shown}; wanted a number alone, and its unit in the header`
  return `${shown}, which is not a number`
}
