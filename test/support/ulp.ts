const view = new DataView(new ArrayBuffer(8))

/** The distance from |x| to the next double above it. The spacing of the subnormals for 0 and below. */
export function ulp(x: number): number {
  view.setFloat64(0, Math.abs(x))
  const exponent = Math.max(1, (view.getUint32(0) >>> 20) & 0x7ff)
  return exponent === 0x7ff
    ? Number.NaN
    : exponent > 52
      ? 2 ** (exponent - 1075)
      : 2 ** (exponent - 1) * 2 ** -1074
}

/**
 * How many units in the last place `actual` lies from `expected`; the unit is that of `scale`, the size of the terms
 * whose sum was expected. 0 where both are the same or both NaN; Infinity where only one is finite.
 */
export function ulps(actual: number, expected: number, scale: number = expected): number {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return 0
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Number.POSITIVE_INFINITY
  return Math.abs(actual - expected) / ulp(scale)
}

/** The same double, as an engine must give it: `===`, or both NaN. */
export function same(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}
