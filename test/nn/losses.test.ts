import { describe, expect, it } from 'vitest'
import '../../src/vitest/index.js'
import { column, type Value, value } from '../../src/index.js'
import {
  binaryCrossEntropy,
  crossEntropy,
  halvedSquaredError,
  hinge,
  squaredError,
  sumOfSquaredResiduals,
} from '../../src/nn/index.js'

describe('losses', () => {
  it('squared errors', () => {
    expect(squaredError(value(3), 1).data).toBe(4)
    expect(halvedSquaredError(value(3), 1).data).toBe(2)
    expect(sumOfSquaredResiduals([value(3), value(-1)], [1, 1]).data).toBe(8)
    expect(() => sumOfSquaredResiduals([value(3)], [])).toThrow('got 1 predictions and 0 observations')
  })

  it('binary cross-entropy is -log p of the observed class, exact in both tails', () => {
    const p = 1 / (1 + Math.exp(-0.7))
    expect(binaryCrossEntropy(value(0.7), 1).data).toBeCloseTo(-Math.log(p), 15)
    expect(binaryCrossEntropy(value(0.7), 0).data).toBeCloseTo(-Math.log(1 - p), 15)
    expect(binaryCrossEntropy(value(0.7), 0.25).data).toBeCloseTo(
      -0.25 * Math.log(p) - 0.75 * Math.log(1 - p),
      15,
    )
    // log(1 + e^-40) = e^-40 to double precision.
    expect(binaryCrossEntropy(value(40), 1).data / Math.exp(-40)).toBeCloseTo(1, 15)
    expect(binaryCrossEntropy(value(1000), 0).data).toBe(1000)
  })

  it('softmax cross-entropy is -log of the softmax', () => {
    const logits = [1, 2, 0.5].map(x => value(x))
    const total = Math.exp(1) + Math.exp(2) + Math.exp(0.5)
    expect(crossEntropy(logits, 1).data).toBeCloseTo(-Math.log(Math.exp(2) / total), 15)
    expect(crossEntropy([value(1000), value(0)], 1).data).toBe(1000)
    expect(() => crossEntropy(logits, 3)).toThrow(
      'crossEntropy: the class is 3; wanted a whole number from 0 to 2',
    )
  })

  it('hinge is max(0, 1 - label * score)', () => {
    expect([hinge(value(0.25), 1).data, hinge(value(0.25), -1).data, hinge(value(2), 1).data]).toEqual([
      0.75, 1.25, 0,
    ])
  })

  it('all have correct gradients', () => {
    expect((p: Value) => squaredError(p, 0.3)).toHaveCorrectGradients(1.2, { order: 2 })
    expect((p: Value) => halvedSquaredError(p, 0.3)).toHaveCorrectGradients(1.2, { order: 2 })
    expect((p: Value, q: Value) => sumOfSquaredResiduals([p, q], [1, 2])).toHaveCorrectGradients([0.5, -1])
    expect((z: Value) => binaryCrossEntropy(z, 1)).toHaveCorrectGradients(-3, { order: 2 })
    expect((...z: Value[]) => crossEntropy(z, 2)).toHaveCorrectGradients([0.5, -1, 2], { order: 2 })
    expect((z: Value) => hinge(z, 1)).toHaveCorrectGradients(0.5)
  })
})

describe('losses at large logits', () => {
  it('cross-entropy keeps its digits', () => {
    const logits = [value(1e12), value(1e12)]
    const loss = crossEntropy(logits, 0)
    expect(loss.data).toBe(Math.LN2)
    loss.backward()
    expect(logits.map(({ grad }) => grad)).toEqual([-0.5, 0.5])
  })

  it('refuse a class that is no whole number', () => {
    expect(() => crossEntropy([value(1)], 0.5)).toThrow('crossEntropy: the class is 0.5')
    expect(() => crossEntropy([value(1)], '0' as never)).toThrow('crossEntropy: the class is the string "0"')
    expect(() => crossEntropy([], 0)).toThrow('crossEntropy: there are no logits')
  })

  it('binary cross-entropy at an infinite logit', () => {
    expect(binaryCrossEntropy(value(Number.POSITIVE_INFINITY), 1).data).toBe(0)
  })
})

describe('targets that are none', () => {
  const logit = value(2, 'logit')
  const loose = (f: unknown) => f as (...given: unknown[]) => unknown

  it.each([0, 5, -0.5, Number.NaN])('hinge refuses the label %d', label => {
    expect(() => hinge(logit, label)).toThrow(`hinge: the label is ${label}; wanted -1 or 1`)
  })

  it.each([-1, 2, 1.0001, Number.NaN])('binary cross-entropy refuses the class %d', target => {
    expect(() => binaryCrossEntropy(logit, target)).toThrow(
      `binaryCrossEntropy: the target is ${target}; wanted the class 0 or 1, or a probability between`,
    )
  })

  it('a Value as target is taken, since its data may come later', () => {
    const target = column('class')
    const loss = binaryCrossEntropy(logit, target)
    target.data = 1
    expect(loss.forward()).toBe(binaryCrossEntropy(logit, 1).data)
    const label = column('label')
    const margin = hinge(logit, label)
    label.data = -1
    expect(margin.forward()).toBe(3)
  })

  it('what is no list is told so', () => {
    expect(() => loose(crossEntropy)(logit, 0)).toThrow(
      'crossEntropy: got an object of class Value; wanted an',
    )
    expect(() => loose(crossEntropy)([logit, logit], [0, 1])).toThrow(
      'crossEntropy: the class is an array of 2; wanted a whole number from 0 to 1',
    )
    expect(() => loose(sumOfSquaredResiduals)(logit, 1)).toThrow('sumOfSquaredResiduals: got an object of')
    expect(() => loose(sumOfSquaredResiduals)([logit])).toThrow('sumOfSquaredResiduals: got undefined')
  })
})
