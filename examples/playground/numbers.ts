/** Numbers for reading: four significant digits, and a minus sign as wide as a plus. */
export function short(x: number): string {
  if (!Number.isFinite(x)) return String(x)
  const size = Math.abs(x)
  if (x === 0) return '0'
  if (Number.isInteger(x) && size < 1e5) return typographic(String(x))
  if (size >= 1e-3 && size < 1e5) return typographic(x.toPrecision(4))
  const [digits, exponent] = x.toExponential(2).split('e')
  return `${typographic(digits!)}·10${[...exponent!.replace('+', '')].map(superscript).join('')}`
}

/** A count with separators. */
export function count(n: number): string {
  return n.toLocaleString('en')
}

function typographic(text: string): string {
  return text.replace('-', '−')
}

function superscript(character: string): string {
  return character === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(character)]!
}
