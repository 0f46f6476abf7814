/** Long programs compile on every engine, and many programs live side by side; larger still: `npm run growth:compile`. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { engines } from '../../src/compile/engines/engines.js'
import { type CompileOptions, compile, objective } from '../../src/compile/index.js'
import { value } from '../../src/core/value.js'
import { type Graph, shapes } from '../support/growth.js'
import { backwardGradient } from '../support/rows.js'

const names = engines.map(({ name }) => name as NonNullable<CompileOptions['engine']>)

const SHORT = ['chain', 'wide sum', 'random graph'] as const

describe.each(names)('%s', engine => {
  it.each(SHORT.flatMap(shape => [1e3, 1e4, 1e5].map(size => [shape, size] as const)))(
    'a %s of about %d operations',
    (shape, size) => {
      expectEqual(shapes[shape](size), engine)
    },
    60_000,
  )

  it('a 64-32-10 network with its 2,410 derivatives', () => {
    const graph = shapes['64-32-10 network'](1)
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
    const { output, leaves } = shapes.chain(100)
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

function expectEqual({ output, leaves }: Graph, engine: NonNullable<CompileOptions['engine']>): void {
  const f = compile([output, ...gradient(output, leaves)], { inputs: leaves, engine })
  expect(f.engine).toBe(engine)
  const got = f.run(leaves.map(({ data }) => data))
  const wanted = [output.data, ...backwardGradient(output, leaves)]
  expect(got.length).toBe(wanted.length)
  expect([...got].every((x, i) => x === wanted[i])).toBe(true)
  f.dispose()
}
