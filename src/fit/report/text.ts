/** Numbers as text. */

/** So many significant digits, in whichever notation is shorter; what is not a number is a dash. */
export function significant(x: number, digits: number): string {
  if (Number.isNaN(x)) return '-'
  if (!Number.isFinite(x)) return String(x)
  const [plain, scientific] = [x.toPrecision(digits), x.toExponential(digits - 1)].map(withoutZeros)
  return plain!.length <= scientific!.length ? plain! : scientific!
}

/** Without the zeros that fill up the digits behind the point. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}

/** Lines with aligned columns: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)))
  return rows
    .map(row =>
      row
        .map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** As R prints it: what is below the rounding of 1 is only said to be so. */
export function probability(p: number): string {
  return p < 2e-16 ? '<2e-16' : significant(p, 3)
}

/** `1 row`, `2 rows`. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
