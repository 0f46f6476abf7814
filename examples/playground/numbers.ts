/** Numbers for reading: up to so many significant digits, and a minus sign as wide as a plus. */
export function short(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x)
  const size = Math.abs(x)
  if (x === 0) return '0'
  if (size >= 1e-3 && size < 1e5) {
    // With more places before the point than digits, toPrecision would write a power.
    const rounded = size < 10 ** digits ? x.toPrecision(digits) : String(Math.round(x))
    // What is short by itself stays so: 0.4 is not 0.4000.
    return typographic(Number(rounded) === x ? String(x) : rounded)
  }
  const shortest = x.toExponential()
  const rounded = x.toExponential(digits - 2)
  const [factor, exponent] = (shortest.length < rounded.length ? shortest : rounded).split('e')
  const power = `10${[...exponent!.replace('+', '')].map(superscript).join('')}`
  return factor === '1' ? power : `${typographic(factor!)}·${power}`
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
