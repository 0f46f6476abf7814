import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as math from '../../src/math/index.js'
import { points } from '../support/points.js'

type Functions = Record<string, (x: number) => number>

const functions = math as unknown as Functions
const odd = ['sin', 'tan', 'tanh', 'sinh', 'asin', 'atan', 'asinh', 'atanh', 'cbrt', 'erf']
const even = ['cos', 'cosh', 'sech2', 'gaussian', 'normalDensity']
const increasing = [
  ...[
    'exp',
    'expm1',
    'log',
    'log1p',
    'log2',
    'log10',
    'tanh',
    'sinh',
    'asin',
    'atan',
    'asinh',
    'acosh',
    'atanh',
  ],
  ...['cbrt', 'erf', 'sigmoid', 'softplus', 'logSigmoid', 'normalCdf'],
]
const decreasing = ['acos', 'erfc']

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

const view = new DataView(new ArrayBuffer(8))

/** The double after x, towards Infinity. */
function next(x: number): number {
  if (x === 0) return Number.MIN_VALUE
  view.setFloat64(0, x)
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n))
  return view.getFloat64(0)
}

/** The first neighbours, and then a pair of arguments in order, on which f steps back. */
function stepBack(name: string, direction: number): number[] | undefined {
  const f = functions[name]!
  const xs = points(name, 40_000, 11).filter(x => Number.isFinite(f(x)) && Number.isFinite(x))
  for (const x of xs) {
    const y = next(x)
    if (direction * f(x) > direction * f(y)) return [x, y]
  }
  const sorted = xs.sort()
  for (let i = 1; i < sorted.length; i++) {
    if (direction * f(sorted[i - 1]!) > direction * f(sorted[i]!)) return [sorted[i - 1]!, sorted[i]!]
  }
  return undefined
}

describe('monotone', () => {
  it.each(increasing)('%s', name => expect(stepBack(name, 1)).toBeUndefined())
  it.each(decreasing)('%s', name => expect(stepBack(name, -1)).toBeUndefined())
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
