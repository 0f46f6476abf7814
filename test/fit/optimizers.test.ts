import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { adam, adamW, gradientDescent, momentum, rmsprop } from '../../src/fit/methods/firstOrder.js'
import { gaussNewton } from '../../src/fit/methods/gaussNewton.js'
import { lbfgs } from '../../src/fit/methods/lbfgs.js'
import type { Loss, Optimizer } from '../../src/fit/methods/optimizer.js'

const reference = JSON.parse(
  readFileSync(new URL('reference/torch-trajectories.json', import.meta.url), 'utf8'),
) as { start: number[]; trajectories: Record<string, number[][]> }

const OPTIMIZERS: Readonly<Record<string, Optimizer>> = {
  gradientDescent: gradientDescent({ rate: 1e-4 }),
  momentum: momentum({ rate: 1e-4 }),
  nesterov: momentum({ rate: 1e-4, nesterov: true }),
  rmsprop: rmsprop(),
  'rmsprop, own options': rmsprop({ rate: 0.002, decay: 0.9, epsilon: 1e-6 }),
  adam: adam(),
  'adam, own options': adam({ rate: 0.05, decays: [0.8, 0.99], epsilon: 1e-6 }),
  adamW: adamW(),
  'adamW, own options': adamW({ rate: 0.05, weightDecay: 0.1 }),
}

/** The loss of reference/torch-trajectories.py. */
const objective: Loss = (parameters, gradientOut) => {
  const [x, y, z] = parameters as unknown as [number, number, number]
  const u = y - x * x
  const v = z - y * y
  gradientOut?.set([-400 * x * u - 2 * (1 - x), 200 * u - 400 * y * v - 2 * (1 - y), 200 * v + z * z * z])
  return 100 * u * u + (1 - x) * (1 - x) + 100 * v * v + (1 - y) * (1 - y) + 0.25 * (z * z) * (z * z)
}

describe('100 steps as PyTorch makes them', () => {
  it('every trajectory of the reference is tested', () => {
    expect(Object.keys(OPTIMIZERS)).toEqual(Object.keys(reference.trajectories))
  })

  it.each(Object.entries(OPTIMIZERS))('%s', (name, optimizer) => {
    const parameters = Float64Array.from(reference.start)
    const step = optimizer(objective, parameters)
    // The order of roundings differs a little from PyTorch's, and 100 steps carry the difference along: 1e-12 leaves
    // room for some thousand of them.
    for (const [n, expected] of reference.trajectories[name]!.entries()) {
      step()
      expected.forEach((x, i) => {
        expect(Math.abs(parameters[i]! - x), `step ${n + 1}, parameter ${i + 1}`).toBeLessThanOrEqual(
          1e-12 * Math.max(1, Math.abs(x)),
        )
      })
    }
  })
})

describe('options that are none', () => {
  const makers = { gradientDescent, momentum, rmsprop, adam, adamW, lbfgs, gaussNewton }

  it.each(Object.entries(makers))('%s wants an object, and only options it has', (name, make) => {
    const loose = make as (options: unknown) => unknown
    expect(() => loose(0.1)).toThrow(`${name}: got the number 0.1; wanted an object with `)
    expect(() => loose(null)).toThrow(`${name}: got null; wanted an object with `)
    expect(() => loose({ lr: 0.1 })).toThrow(`${name}: there is no option 'lr'; wanted `)
  })

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY, '0.1'])('a rate of %s is refused', rate => {
    for (const make of [gradientDescent, momentum, rmsprop, adam, adamW]) {
      expect(() => make({ rate: rate as number })).toThrow(/: rate is the .*; wanted a positive number/)
    }
  })

  it('decays are two', () => {
    expect(() => adam({ decays: 0.9 as never })).toThrow('adam: decays is the number 0.9; wanted two numbers')
    expect(() => adam({ decays: [0.9] as never })).toThrow(
      'adam: decays is an array of 1; wanted two numbers',
    )
    expect(() => gaussNewton({ tolerance: -1 })).toThrow('gaussNewton: tolerance is the number -1; wanted')
  })
})
