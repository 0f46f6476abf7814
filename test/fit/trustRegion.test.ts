/** Single steps of Levenberg and Marquardt's method, against what can be worked out by hand. */
import { describe, expect, it } from 'vitest'
import { Bounds, Point, type ResidualFunctions } from '../../src/fit/methods/point.js'
import { isGood, trustedStep } from '../../src/fit/methods/trustRegion.js'

/** p^2 - target, which bends: its second derivative along v is 2 v^2. */
const parabola = (target: number): ResidualFunctions => ({
  rows: 1,
  residuals: ([p], out) => {
    out[0] = p! * p! - target
  },
  jacobian: ([p], out) => {
    out[0] = 2 * p!
  },
  acceleration: (_, [v], out) => {
    out[0] = 2 * v! * v!
  },
})

/** The step from p = 1, wide enough for no damping. */
function stepTo(target: number, least = Number.NEGATIVE_INFINITY, greatest = Number.POSITIVE_INFINITY) {
  const functions = parabola(target)
  const bounds = new Bounds(Float64Array.of(least), Float64Array.of(greatest))
  const point = new Point(functions, Float64Array.of(1))
  return trustedStep(functions, point, bounds.linearise(point)!, 1e9, bounds)
}

describe('a step', () => {
  it("is Gauss and Newton's, and half the acceleration along it", () => {
    // To p^2 = 1.5: v = 0.25, and the acceleration -2 v^2 / 2 = -0.0625.
    const step = stepTo(1.5)
    expect(step.parameters[0]).toBe(1 + 0.25 - 0.5 * 0.0625)
    expect(step.isDamped).toBe(false)
    expect(step.predicted).toBe(0.25)
  })

  it('is too bent where twice its acceleration is longer than 0.75 of it', () => {
    // From 1 to p^2 = 1 + d the ratio is d.
    expect(stepTo(1.74).isTooBent).toBe(false)
    expect(stepTo(1.76).isTooBent).toBe(true)
    expect(isGood(stepTo(1.74), 1, 0)).toBe(true)
    expect(isGood(stepTo(1.76), 1, 0)).toBe(false)
  })

  it('ends at a bound that it would cross', () => {
    const up = stepTo(1.5, 0, 1.125)
    expect([up.parameters[0], up.isClipped]).toEqual([1.125, true])
    const down = stepTo(0.5, 0.875, 2)
    expect([down.parameters[0], down.isClipped]).toEqual([0.875, true])
  })

  it('does not leave a bound outwards, at either end, and leaves it inwards', () => {
    expect(stepTo(1.5, 0, 1).parameters[0]).toBe(1)
    expect(stepTo(0.5, 1, 2).parameters[0]).toBe(1)
    expect(stepTo(1.5, 1, 2).parameters[0]).toBeGreaterThan(1)
    expect(stepTo(0.5, 0, 1).parameters[0]).toBeLessThan(1)
  })

  it('is good if it gains a ten-thousandth of what was predicted', () => {
    const step = stepTo(1.5)
    expect(isGood(step, 1, 1 - 0.25 * 1.1e-4)).toBe(true)
    expect(isGood(step, 1, 1 - 0.25 * 0.9e-4)).toBe(false)
    expect(isGood(step, 1, Number.NaN)).toBe(false)
  })
})
