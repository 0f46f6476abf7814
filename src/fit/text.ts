/** Numbers as text. */

/** So many significant digits; what is not a number is a dash. */
export function significant(x: number, digits: number): string {
  if (Number.isNaN(x)) return '-'
  // Without the zeros that toPrecision fills up with.
  return Number.isFinite(x) ? x.toPrecision(digits).replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '') : String(x)
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
