/** The bit moves of the elementary functions on numbers. */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
const high: number = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The upper 32 bits of a double: sign, exponent, 20 bits of the fraction. */
export function highWord(x: number): number {
  double[0] = x
  return words[high]!
}

/** |x| with the sign bit of y. */
export function copySign(x: number, y: number): number {
  return y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)
}

/** 2^(i - 1074) for every exponent of a double: a look-up costs less than writing words and reading a double. */
export const POWERS_OF_TWO: Float64Array = new Float64Array(1074 + 1024)
for (let i = 0, power = 2 ** -1074; i < POWERS_OF_TWO.length; i++, power *= 2) POWERS_OF_TWO[i] = power

/** x * 2^n rounded once, for any n: the first factor is exact where the product does not overflow. */
export function scale(x: number, n: number): number {
  if (n > 1023) return x * POWERS_OF_TWO[1023 + 1074]! * scale(1, n - 1023)
  if (n < -1022) {
    if (n < -2200) return x * 0
    return x * POWERS_OF_TWO[-500 + 1074]! * scale(1, n + 500)
  }
  return x * POWERS_OF_TWO[n + 1074]!
}
