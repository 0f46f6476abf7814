/** The orders that families of functions have. */

/** How often a function can be differentiated by its family: more is no use, and costs time or digits. */
const LARGEST_DERIVATIVE = 30
const LARGEST_BESSEL = 1000

/** Whether n counts derivatives. */
export function isDerivativeOrder(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= LARGEST_DERIVATIVE
}

/** Whether there is a Bessel function of the order n here. */
export function isBesselOrder(n: number): boolean {
  return Number.isInteger(n) && Math.abs(n) <= LARGEST_BESSEL
}
