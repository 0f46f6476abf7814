import { describe, expect, it } from 'vitest'
import * as math from '../../src/math/index.js'
import { specials } from '../support/points.js'

type Functions = Record<string, (x: number, y?: number) => number>

const ours = math as unknown as Functions
const twins = Math as unknown as Functions
const shared = Object.keys(ours).filter(name => typeof twins[name] === 'function')

/** A value whose bits ECMAScript settles: an approximation is free in its last bits. */
function isSettled(x: number): boolean {
  return Number.isNaN(x) || x === 0 || !Number.isFinite(x)
}

describe('special values are those of ECMAScript for', () => {
  it.each(shared)('%s', name => {
    const isBinary = ['pow', 'atan2', 'hypot'].includes(name)
    for (const x of specials) {
      for (const y of isBinary ? specials : [0]) {
        const expected = twins[name]!(x, y)
        const actual = ours[name]!(x, y)
        if (isSettled(expected) || isSettled(actual)) expect(actual, `${name}(${x}, ${y})`).toBe(expected)
        else expect(Math.abs(actual / expected - 1), `${name}(${x}, ${y})`).toBeLessThan(1e-3)
      }
    }
  })
})

describe('functions without a twin', () => {
  it.each([
    [
      'sigmoid',
      [
        [Infinity, 1],
        [-Infinity, 0],
        [0, 0.5],
        [-0, 0.5],
        [NaN, NaN],
        [1000, 1],
        [-1000, 0],
      ],
    ],
    [
      'softplus',
      [
        [Infinity, Infinity],
        [-Infinity, 0],
        [NaN, NaN],
        [1000, 1000],
        [-1000, 0],
      ],
    ],
    [
      'logSigmoid',
      [
        [Infinity, -0],
        [-Infinity, -Infinity],
        [NaN, NaN],
        [-1000, -1000],
      ],
    ],
    [
      'erf',
      [
        [Infinity, 1],
        [-Infinity, -1],
        [0, 0],
        [-0, -0],
        [NaN, NaN],
        [7, 1],
        [5e-324, 5e-324],
      ],
    ],
    [
      'erfc',
      [
        [Infinity, 0],
        [-Infinity, 2],
        [0, 1],
        [-0, 1],
        [NaN, NaN],
        [28, 0],
      ],
    ],
    [
      'sech2',
      [
        [Infinity, 0],
        [-Infinity, 0],
        [0, 1],
        [NaN, NaN],
        [400, 0],
      ],
    ],
    [
      'gaussian',
      [
        [Infinity, 0],
        [-Infinity, 0],
        [0, 1],
        [NaN, NaN],
        [-1e200, 0],
      ],
    ],
    [
      'normalDensity',
      [
        [Infinity, 0],
        [-Infinity, 0],
        [NaN, NaN],
        [-1e200, 0],
      ],
    ],
    [
      'normalCdf',
      [
        [Infinity, 1],
        [-Infinity, 0],
        [0, 0.5],
        [-0, 0.5],
        [NaN, NaN],
        [50, 1],
        [-50, 0],
      ],
    ],
  ] as const)('%s', (name, pairs) => {
    for (const [x, expected] of pairs) expect(ours[name]!(x), `${name}(${x})`).toBe(expected)
  })

  it('directionCosine', () => {
    const { directionCosine } = math
    expect(directionCosine(0, 0)).toBe(0)
    expect(directionCosine(3, 4)).toBe(0.6)
    expect(directionCosine(Infinity, 1)).toBe(1)
    expect(directionCosine(-Infinity, 1)).toBe(-1)
    expect(directionCosine(1, Infinity)).toBe(0)
    expect(directionCosine(Infinity, Infinity)).toBeNaN()
    expect(directionCosine(NaN, 1)).toBeNaN()
    expect(directionCosine(1, NaN)).toBeNaN()
    expect(directionCosine(3e-320, 4e-320)).toBeCloseTo(0.6, 3)
    expect(directionCosine(1.5e308, 1.5e308)).toBeCloseTo(Math.SQRT1_2, 15)
  })
})

describe('pow', () => {
  it('is exact where an integer power is a double', () => {
    for (let x = -40; x <= 40; x++) {
      let power = 1n
      for (let n = 0; n <= 40; n++, power *= BigInt(x)) {
        if (Math.abs(Number(power)) > 2 ** 53) break
        expect(math.pow(x, n), `${x} ** ${n}`).toBe(Number(power))
      }
    }
    for (let n = -1074; n < 1024; n++) expect(math.pow(2, n)).toBe(2 ** n)
  })

  it('gives perfect squares their roots', () => {
    for (let n = 1; n < 3000; n++) expect(math.pow(n * n, 0.5)).toBe(n)
  })
})

it('roots of perfect cubes, logarithms of powers and Pythagorean triples are exact', () => {
  for (let n = -2000; n <= 2000; n++) expect(math.cbrt(n ** 3)).toBe(n)
  for (let n = -1074; n < 1024; n++) expect(math.log2(2 ** n)).toBe(n)
  for (let n = 0; n <= 22; n++) expect(math.log10(10 ** n)).toBe(n)
  for (let n = 1; n < 200; n++) expect(math.hypot(3 * n, 4 * n)).toBe(5 * n)
})
