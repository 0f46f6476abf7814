import { describe, expect, it } from 'vitest'
import '../../src/vitest/index.js'
import { describe as describeGot } from '../../src/core/describe.js'
import { constant, sigmoid, sum, tanh, type Value, value } from '../../src/index.js'
import {
  descend,
  he,
  identity,
  layer,
  mlp,
  neuron,
  normal,
  squaredError,
  uniform,
  xavier,
} from '../../src/nn/index.js'

const labels = (parameters: readonly Value[]): (string | undefined)[] => parameters.map(({ label }) => label)
const data = (parameters: readonly Value[]): number[] => parameters.map(({ data }) => data)

describe('neuron, layer, mlp', () => {
  it('computes activation(w · x + b)', () => {
    const unit = neuron(2, { activation: tanh })
    unit.weights[0]!.data = 0.5
    unit.weights[1]!.data = -0.25
    unit.bias.data = 0.125
    expect(unit([2, 3]).data).toBeCloseTo(Math.tanh(0.5 * 2 - 0.25 * 3 + 0.125), 15)
  })

  it('orders and labels parameters layer by layer, neuron by neuron, weights then bias', () => {
    const net = mlp([2, 2, 1], { activation: sigmoid, output: identity })
    expect(labels(net.parameters)).toEqual([
      'layer1/neuron1/w1',
      'layer1/neuron1/w2',
      'layer1/neuron1/b',
      'layer1/neuron2/w1',
      'layer1/neuron2/w2',
      'layer1/neuron2/b',
      'layer2/neuron1/w1',
      'layer2/neuron1/w2',
      'layer2/neuron1/b',
    ])
    expect(labels(layer(1, 1, { activation: tanh }).parameters)).toEqual(['neuron1/w1', 'neuron1/b'])
    expect(labels(neuron(1, { activation: tanh, label: 'gate' }).parameters)).toEqual(['gate/w1', 'gate/b'])
  })

  it('applies the output activation to the last layer only', () => {
    const net = mlp([1, 1, 1], { activation: () => value(10), output: identity })
    const [w, b] = net.layers[1]!.parameters
    expect(net([0])[0]!.data).toBe(10 * w!.data + b!.data)
  })

  it('gives the same weights for the same seed, whether number or string, and others for another', () => {
    const weights = (seed: string | number): number[] =>
      data(mlp([3, 4, 2], { activation: tanh, output: tanh, seed }).parameters)
    expect(weights(1)).toEqual(weights('1'))
    expect(weights(1)).not.toEqual(weights(2))
    expect(new Set(weights(1)).size).toBe(3 * 4 + 4 * 2 + 1) // all weights differ; the biases are 0
  })

  it('draws from any source of random numbers', () => {
    const net = layer(2, 1, { activation: tanh, weights: uniform(-1, 1), random: () => 0.75 })
    expect(data(net.parameters)).toEqual([0.5, 0.5, 0])
  })

  it('has correct gradients and learns', () => {
    const net = mlp([2, 3, 1], { activation: tanh, output: identity, seed: 4 })
    const loss = (): Value => squaredError(net([0.5, -1])[0]!, 0.3)
    const start = data(net.parameters)
    expect((...xs: Value[]) => {
      const bound = mlp([2, 3, 1], { activation: tanh, output: identity, random: () => 0.5 })
      const shifted = [...bound.parameters]
      let next = 0
      const units = bound.layers.map(({ neurons }) =>
        neurons.map(unit => ({ w: unit.weights.map(() => xs[next++]!), b: xs[next++]! })),
      )
      expect(shifted).toHaveLength(xs.length)
      const run = (inputs: (Value | number)[], l: number): Value[] =>
        units[l]!.map(({ w, b }) => sum(w.map((weight, i) => weight.mul(inputs[i]!))).add(b))
      return squaredError(run(run([0.5, -1], 0).map(tanh), 1)[0]!, 0.3)
    }).toHaveCorrectGradients(start)

    const before = loss()
    before.backward()
    descend(net.parameters, 0.05)
    expect(loss().data).toBeLessThan(before.data)
  })

  it('refuses bad sizes, inputs and activations by name', () => {
    expect(() => neuron(0, { activation: tanh })).toThrow(
      'neuron: the number of inputs is 0; wanted a whole number from 1',
    )
    expect(() => layer(2, 1.5, { activation: tanh })).toThrow('layer: the number of neurons is 1.5')
    expect(() => mlp([2], { activation: tanh, output: tanh })).toThrow(
      'mlp: the sizes are an array of 1; wanted the number of inputs and at least one layer',
    )
    expect(() => mlp([2, 1], { activation: tanh } as never)).toThrow(
      'mlp: the option output is undefined; wanted a function such as tanh or identity',
    )
    const net = mlp([2, 1], { activation: tanh, output: tanh })
    expect(() => net([1])).toThrow('layer1/neuron1: got 1 inputs; wanted 2, in an array')
  })
})

describe('descend', () => {
  it('subtracts rate times gradient', () => {
    const w = value(3)
    w.grad = 4
    descend([w], 0.25)
    expect(w.data).toBe(2)
  })
})

describe('initialisers', () => {
  // A generator that is good enough for moments: Park and Miller's minimal standard.
  const generator = (): (() => number) => {
    let state = 42
    return () => {
      state = (state * 48271) % 2147483647
      return state / 2147483647
    }
  }
  const moments = (draw: () => number): { mean: number; deviation: number; largest: number } => {
    const xs = Array.from({ length: 20_000 }, draw)
    const mean = xs.reduce((a, b) => a + b) / xs.length
    const variance = xs.reduce((a, x) => a + (x - mean) ** 2, 0) / xs.length
    return { mean, deviation: Math.sqrt(variance), largest: Math.max(...xs.map(Math.abs)) }
  }

  // Over 20,000 draws the mean errs by sd / 141 and the deviation by some 0.5 %: the bounds are four such errors.
  it.each([
    ['uniform', uniform(1, 3), 2, 1 / Math.sqrt(3), 3],
    ['normal', normal(5, 2), 5, 2, Number.POSITIVE_INFINITY],
    ['xavier', xavier(), 0, Math.sqrt(2 / 10), Math.sqrt(6 / 10)],
    ['he', he(), 0, Math.sqrt(2 / 4), Number.POSITIVE_INFINITY],
  ])('%s has the mean, deviation and range it says', (_name, initialiser, mean, deviation, bound) => {
    const random = generator()
    const found = moments(() => initialiser(random, 4, 6))
    expect(Math.abs(found.mean - mean)).toBeLessThan((4 * deviation) / Math.sqrt(20_000))
    expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(0.02)
    expect(found.largest).toBeLessThanOrEqual(bound)
  })
})

describe('initialisers and bad sources', () => {
  it('end for a source that repeats itself', () => {
    const unit = neuron(2, { activation: tanh, weights: he(), random: () => 0.5 })
    expect(data(unit.weights).every(Number.isFinite)).toBe(true)
  })

  it('name the weight for which no number came', () => {
    const broken = (): number => undefined as unknown as number
    expect(() => neuron(1, { activation: tanh, label: 'n', random: broken })).toThrow(
      'n/w1: the initialiser gave the number NaN; wanted a finite number',
    )
  })

  it('options and inputs that are none are told so', () => {
    const make = (options: object) => () => neuron(2, { activation: tanh, ...options })
    expect(make({ weights: he })).toThrow(
      'w1: the initialiser gave the function (anonymous); wanted a finite',
    )
    expect(make({ weights: he })).toThrow('write xavier(), with brackets')
    expect(make({ random: 5 })).toThrow('the option random is the number 5; wanted a function such as')
    expect(make({ seed: {} })).toThrow('the option seed is an object; wanted a text or a number')
    const inputs = (given: unknown) => () => make({})()(given as number[])
    expect(inputs(1)).toThrow('neuron: got the number 1; wanted 2, in an array')
    expect(inputs(undefined)).toThrow('neuron: got undefined; wanted 2')
    for (const returned of ['a', undefined, 5]) {
      expect(() => make({ activation: () => returned })()([1, 2])).toThrow(
        `neuron: the activation returned ${describeGot(returned)}; wanted a Value`,
      )
    }
  })

  it('descend checks its arguments before it changes anything', () => {
    const w = value(3)
    w.grad = 1
    for (const rate of [undefined, '0.1', Number.NaN, -0.1, Number.POSITIVE_INFINITY]) {
      expect(() => descend([w], rate as number)).toThrow(
        `descend: the rate is ${describeGot(rate)}; wanted a finite number from 0`,
      )
    }
    expect(() => descend([w, w.mul(2)], 1)).toThrow('descend: element 2 is the result of a primitive; wanted')
    expect(() => descend([w, constant(2)], 1)).toThrow('descend: element 2 is a constant; wanted leaves')
    expect(() => descend([w, undefined as unknown as Value], 1)).toThrow('descend: element 2 is undefined')
    expect(w.data).toBe(3)
  })
})
