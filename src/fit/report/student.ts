/** What a report says of Student's t distribution. */

import { studentTail, studentTailQuantile } from '../../special/distributions.js'

/** The half-width, in standard errors, of an interval that holds with the given probability. NaN without freedom. */
export function halfWidth(confidence: number, degreesOfFreedom: number): number {
  return studentTailQuantile(0.5 - confidence / 2, degreesOfFreedom)
}

/** The probability of a value at least as far from 0 as `t`, on either side. */
export function twoSided(t: number, degreesOfFreedom: number): number {
  return 2 * studentTail(Math.abs(t), degreesOfFreedom)
}
