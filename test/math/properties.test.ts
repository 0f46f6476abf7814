import fc from 'fast-check'
import { describe, it } from 'vitest'
import * as math from '../../src/math/index.js'

type Functions = Record<string, (x: number) => number>

const functions = math as unknown as Functions
const odd = ['sin', 'tan', 'tanh', 'sinh', 'asin', 'atan', 'asinh', 'atanh', 'cbrt', 'erf']
const even = ['cos', 'cosh', 'sech2', 'gaussian', 'normalDensity']

const runs = { numRuns: 3000 }

describe('exactly odd', () => {
  it.each(odd)('%s', name => {
    const f = functions[name]!
    fc.assert(
      fc.property(fc.double(), x => Object.is(f(-x), -f(x))),
      runs,
    )
  })
})

describe('exactly even', () => {
  it.each(even)('%s', name => {
    const f = functions[name]!
    fc.assert(
      fc.property(fc.double(), x => Object.is(f(-x), f(x))),
      runs,
    )
  })
})

describe('bounds', () => {
  it('sines, cosines, logistic values and probabilities stay in their ranges', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => {
        const inUnit = [math.sigmoid(x), math.normalCdf(x), math.sech2(x), math.gaussian(x)]
        const inSigned = [math.sin(x), math.cos(x), math.tanh(x), math.erf(x), math.directionCosine(x, 1)]
        return inUnit.every(y => y >= 0 && y <= 1) && inSigned.every(y => y >= -1 && y <= 1)
      }),
      runs,
    )
  })

  it('1 less a logistic value is that of the opposite argument, to an ulp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -36, max: 36, noNaN: true }),
        x => Math.abs(math.sigmoid(x) + math.sigmoid(-x) - 1) <= 2 ** -52,
      ),
      runs,
    )
  })
})
