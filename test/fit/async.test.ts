/** Optimisers that ask: losses that take time go the same way as losses that are there at once. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { compile, objective } from '../../src/compile/index.js'
import { softplus } from '../../src/core/primitives.js'
import { column, value } from '../../src/core/value.js'
import {
  type AsyncObjective,
  adam,
  gaussNewton,
  gradientDescent,
  lbfgs,
  minimize,
  minimizeAsync,
  normalEquations,
  type Optimizer,
} from '../../src/fit/index.js'

/** Rosenbrock's valley. */
function rosenbrock([x, y]: ArrayLike<number> & Iterable<number>, gradientOut?: Float64Array): number {
  const [a, b] = [1 - x!, y! - x! * x!]
  gradientOut?.set([-2 * a - 400 * x! * b, 200 * b])
  return a * a + 100 * b * b
}

const later: AsyncObjective = async (parameters, gradientOut) => rosenbrock(parameters, gradientOut)

const optimizers: [string, () => Optimizer, number][] = [
  ['lbfgs', () => lbfgs(), 200],
  ['adam', () => adam({ rate: 0.01 }), 50],
  ['gradientDescent', () => gradientDescent({ rate: 1e-3 }), 50],
]

describe('minimizeAsync', () => {
  it.each(optimizers)('%s: the same steps as minimize, to the bit', async (_name, make, maxSteps) => {
    const wanted = minimize(rosenbrock, { parameters: [-1.2, 1], optimizer: make(), maxSteps })
    const found = await minimizeAsync(later, { parameters: [-1.2, 1], optimizer: make(), maxSteps })
    expect(found.history).toEqual(wanted.history)
    expect(found.parameters).toEqual(wanted.parameters)
    expect([found.steps, found.converged, found.reason]).toEqual([
      wanted.steps,
      wanted.converged,
      wanted.reason,
    ])
  })

  it('takes a tree, tells each step and stops when told to', async () => {
    const signal = { aborted: false }
    const found = await minimizeAsync(
      async ([x], gradientOut) => {
        gradientOut[0] = 2 * x!
        return x! * x!
      },
      {
        parameters: { x: 3 },
        optimizer: gradientDescent({ rate: 0.1 }),
        signal,
        onStep: ({ step }) => {
          signal.aborted = step === 2
        },
      },
    )
    expect(found.parameters.x).toBeCloseTo(1.92, 12)
    expect(found.reason).toBe('it was told to stop')
  })

  it('refuses a start without a finite loss, and rejects with what the loss rejects with', async () => {
    await expect(minimizeAsync(async () => Number.NaN, { parameters: [1] })).rejects.toThrow(
      'NaN at the start',
    )
    const lost = () => Promise.reject(new Error('connection lost'))
    await expect(minimizeAsync(lost, { parameters: [1] })).rejects.toThrow('connection lost')
    await expect(minimizeAsync(later, { parameters: [] })).rejects.toThrow('wanted the numbers to start from')
  })
})

describe('gaussNewton', () => {
  it('finds a parameter beside one that the loss does not use', async () => {
    const loss: AsyncObjective = async ([x], gradientOut, curvatureOut) => {
      gradientOut.set([x! - 3, 0])
      curvatureOut?.set([1, 0, 0, 0])
      return (x! - 3) ** 2 / 2
    }
    const found = await minimizeAsync(loss, { parameters: [0, 7], optimizer: gaussNewton() })
    expect(found.converged).toBe(true)
    expect(found.parameters[0]).toBeCloseTo(3, 6)
    expect(found.parameters[1]).toBe(7)
  })

  it('goes downhill where the curvature is negative', async () => {
    const doubleWell: AsyncObjective = async ([x], gradientOut, curvatureOut) => {
      gradientOut[0] = x! ** 3 - x!
      if (curvatureOut) curvatureOut[0] = 3 * x! * x! - 1
      return (x! * x! - 1) ** 2 / 4
    }
    const found = await minimizeAsync(doubleWell, { parameters: [0.1], optimizer: gaussNewton() })
    expect(found.converged).toBe(true)
    expect(Math.abs(found.parameters[0]!)).toBeCloseTo(1, 6)
  })

  it('goes downhill along a product of parameters, whose curvatures are all mixed', async () => {
    const saddle: AsyncObjective = async ([x, y], gradientOut, curvatureOut) => {
      gradientOut.set([y! + x! ** 3, x! + y! ** 3])
      curvatureOut?.set([3 * x! ** 2, 1, 1, 3 * y! ** 2])
      return x! * y! + (x! ** 4 + y! ** 4) / 4
    }
    const found = await minimizeAsync(saddle, { parameters: [1, 0], optimizer: gaussNewton() })
    expect(found.converged).toBe(true)
    expect(found.loss).toBeCloseTo(-0.5, 12)
  })

  it.each([
    ['a slope of the wrong sign', -1, 1],
    ['a curvature that is not a number', 1, Number.NaN],
  ])('says that it is stuck, not converged: %s', async (_name, sign, curvature) => {
    const wrong: AsyncObjective = async ([x], gradientOut, curvatureOut) => {
      gradientOut[0] = sign * (x! - 3)
      if (curvatureOut) curvatureOut[0] = curvature
      return (x! - 3) ** 2 / 2
    }
    const found = await minimizeAsync(wrong, { parameters: [0], optimizer: gaussNewton() })
    expect(found.parameters).toEqual([0])
    expect(found.converged).toBe(false)
    expect(found.reason).toContain('though its derivatives promise one')
  })

  const parameters = [value(1, 'w'), value(0.5, 'b'), value(0.3, 'c')] as const
  const [w, b, c] = parameters
  const residual = softplus(w.mul(column('x')).add(b))
    .mul(c)
    .sub(column('y'))
  const xs = Array.from({ length: 50 }, (_, i) => i / 10 - 2)
  const data = { x: xs, y: xs.map((x, i) => 2 * softplus(1.5 * x - 0.3) + 0.01 * Math.sign((i % 3) - 1)) }

  it('reaches the minimum of the sums', async () => {
    const sums = compile(normalEquations(residual, parameters), { inputs: parameters, reduce: 'sum' }).bind(
      data,
    )
    let evaluations = 0
    const loss: AsyncObjective = async (at, gradientOut, curvatureOut) => {
      evaluations++
      const out = sums.run(at)
      gradientOut.set(out.subarray(1, 4))
      const triangle = [4, 5, 6, 5, 7, 8, 6, 8, 9]
      curvatureOut?.set(triangle.map(k => out[k]!))
      return out[0]!
    }
    const found = await minimizeAsync(loss, { parameters: [1, 0.5, 0.3], optimizer: gaussNewton() })
    expect(found.converged).toBe(true)
    expect(evaluations).toBeLessThan(30)
    // An independent way: L-BFGS on the same loss. The minimum is flat to the root of the rounding.
    const { parameters: wanted } = minimize(
      objective(residual.mul(residual).mul(0.5), { parameters }).bind(data),
      { parameters: [1, 0.5, 0.3] },
    )
    found.parameters.forEach((p, i) => {
      expect(Math.abs(p - wanted[i]!)).toBeLessThan(1e-6)
    })
  })

  it('says so when the objective has no curvature', async () => {
    await expect(minimizeAsync(later, { parameters: [3, 1], optimizer: gaussNewton() })).rejects.toThrow(
      'no curvature',
    )
  })
})

it('minimizeAsync refuses a loss that writes no slopes, whatever asks', async () => {
  for (const optimizer of [lbfgs(), adam(), gaussNewton()]) {
    await expect(minimizeAsync(async ([x]) => (x! - 3) ** 2, { parameters: [1], optimizer })).rejects.toThrow(
      'minimizeAsync: at the start the slope in [0] is NaN, or was not written',
    )
  }
})
