import { describe, expect, it } from 'vitest'
import * as math from '../../src/math/index.js'
import reference from './reference.json' with { type: 'json' }

type Functions = Record<string, (...operands: number[]) => number>

/** The distance between doubles at x, 2^-1074 among the subnormals. */
function ulp(x: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), -1022)
  const unit = 2 ** Math.max(exponent - 52, -1074)
  return Math.abs(x) < 2 ** exponent ? Math.max(unit / 2, 2 ** -1074) : unit
}

/** Largest error allowed in ulp; docs/accuracy.md has what a longer measurement found. */
const bounds: Record<string, number> = {
  log10: 0.51,
  atan: 0.51,
  atan2: 0.51,
  asin: 0.51,
  cbrt: 0.51,
  // Quotients of rounded numbers: see docs/elementary-functions.md
  sigmoid: 2,
  softplus: 2,
  logSigmoid: 2,
  sigmoidSlope: 5,
}

describe('error in ulp against stored values of high precision', () => {
  it.each(Object.entries(reference))('%s', (name, rows) => {
    const f = (math as unknown as Functions)[name]!
    const bound = bounds[name] ?? 1
    for (const row of rows) {
      const operands = row.slice(0, -2)
      const [nearest, excess] = row.slice(-2) as [number, number]
      const error = Math.abs((f(...operands) - nearest) / ulp(nearest) - excess)
      expect(error, `${name}(${operands.join(', ')})`).toBeLessThanOrEqual(bound)
    }
  })
})
