/** Student's t distribution, from the Standard Library for JavaScript (@stdlib). */

import cdf from '@stdlib/stats-base-dists-t-cdf'
import quantile from '@stdlib/stats-base-dists-t-quantile'

/** The half-width, in standard errors, of an interval that holds with the given probability. NaN without freedom. */
export function halfWidth(confidence: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > 0 ? quantile(0.5 + confidence / 2, degreesOfFreedom) : Number.NaN
}

/** The probability of a value at least as far from 0 as `t`, on either side. */
export function twoSided(t: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > 0 ? 2 * cdf(-Math.abs(t), degreesOfFreedom) : Number.NaN
}
