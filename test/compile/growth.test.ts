/** Long programs compile on every engine, and many programs live side by side. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { engines } from '../../src/compile/engines.js'
import { type CompileOptions, compile, objective } from '../../src/compile/index.js'
import { logsumexp, relu, sub, sum } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { backwardGradient } from '../support/rows.js'

const names = engines.map(({ name }) => name as NonNullable<CompileOptions['engine']>)

type Shape = (size: number) => { output: Value; leaves: Value[] }

const shapes: Readonly<Record<string, Shape>> = {
  chain(size) {
    const leaves = [value(0.5, 'x'), value(-0.3, 'y')]
    let output = leaves[0]!
    for (let i = 0; i < size / 4; i++)
      output = i % 2 === 0 ? output.mul(leaves[1]!) : output.add(leaves[i % 3 === 0 ? 0 : 1]!)
    return { output, leaves }
  },
  'wide sum'(size) {
    const leaves = Array.from({ length: size / 4 }, (_, i) => value(1 / (i + 1)))
    return { output: sum(leaves.map(leaf => leaf.mul(leaf))) as Value, leaves }
  },
}

/** The 64-32-10 classifier of one image: 2,410 parameters. */
function network(): { output: Value; leaves: Value[] } {
  const leaves: Value[] = []
  const layer = (inputs: readonly (Value | number)[], size: number): Value[] =>
    Array.from({ length: size }, (_, i) => {
      const weights = inputs.map((_, j) => value(Math.sin(7 * i + 3 * j) / 8))
      const bias = value(0.01 * i)
      leaves.push(...weights, bias)
      return sum([...weights.map((weight, j) => weight.mul(inputs[j]!)), bias]) as Value
    })
  const image = Array.from({ length: 64 }, (_, i) => (i % 17) / 16)
  const scores = layer(
    layer(image, 32).map(h => relu(h) as Value),
    10,
  )
  return { output: sub(logsumexp(scores) as Value, scores[3]!) as Value, leaves }
}

describe.each(names)('%s', engine => {
  it.each(Object.keys(shapes).flatMap(shape => [1e3, 1e4, 1e5].map(size => [shape, size] as const)))(
    'a %s of about %d operations',
    (shape, size) => {
      expectEqual(shapes[shape]!(size), engine)
    },
    60_000,
  )

  it('a 64-32-10 network with its 2,410 derivatives', () => {
    const graph = network()
    expect(graph.leaves).toHaveLength(2410)
    expectEqual(graph, engine)
  }, 60_000)

  it('a thousand programs alive at once', () => {
    const programs = Array.from({ length: 1000 }, (_, i) => {
      const x = value(0, 'x')
      return compile(x.mul(i).exp(), { inputs: [x], engine })
    })
    const x = value(0.001)
    for (const [i, program] of programs.entries()) expect(program.run([0.001])[0]).toBe(x.mul(i).exp().data)
    for (const program of programs) program.dispose()
  }, 60_000)

  it('a hundred thousand runs into the same array leave nothing behind', () => {
    const { output, leaves } = shapes.chain!(100)
    const evaluate = objective(output, { parameters: leaves, engine })
    const at = Float64Array.of(0.5, -0.3)
    const slope = new Float64Array(2)
    const run = (calls: number): void => {
      for (let i = 0; i < calls; i++) evaluate(at, slope)
    }
    run(20_000)
    const before = process.memoryUsage()
    run(100_000)
    const after = process.memoryUsage()
    // Array buffers are counted apart and are not what a young heap may fill up with until its next collection.
    expect(after.arrayBuffers).toBeLessThanOrEqual(before.arrayBuffers)
  })
})

function expectEqual(
  { output, leaves }: ReturnType<Shape>,
  engine: NonNullable<CompileOptions['engine']>,
): void {
  const f = compile([output, ...gradient(output, leaves)], { inputs: leaves, engine })
  expect(f.engine).toBe(engine)
  const got = f.run(leaves.map(({ data }) => data))
  const wanted = [output.data, ...backwardGradient(output, leaves)]
  expect(got.length).toBe(wanted.length)
  expect([...got].every((x, i) => x === wanted[i])).toBe(true)
  f.dispose()
}
