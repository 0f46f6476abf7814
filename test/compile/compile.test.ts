/** The public functions: what they take, what they return, and what they say when they are given something else. */

import { describe, expect, it, vi } from 'vitest'
import { samplesOf } from '../support/samples.js'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { withDerivative } from '../../src/calculus/withDerivative.js'
import { engineNamed, engines } from '../../src/compile/engines/engines.js'
import { type CompileOptions, compile, compileAsync, objective } from '../../src/compile/index.js'
import { apply, primitive } from '../../src/core/primitive.js'
import * as primitives from '../../src/core/primitives.js'
import { exp, mul, softplus } from '../../src/core/primitives.js'
import { column, constant, type Primitive, value } from '../../src/core/value.js'
import { rowSum } from '../support/compile.js'

const names = engines.map(({ name }) => name as NonNullable<CompileOptions['engine']>)

function line() {
  const [w, b] = [value(2, 'w'), value(1, 'b')]
  const [x, y] = [column('x'), column('y')]
  return { w, b, x, y, loss: w.mul(x).add(b).sub(y).square() }
}

describe.each(names)('on %s', engine => {
  it('a program without columns runs once', () => {
    const { w, b } = line()
    const f = compile([w.mul(b), w.exp()], { inputs: [w, b], engine })
    expect(f.engine).toBe(engine)
    expect([...f.run([3, 4])]).toEqual([12, exp(3)])
  })

  it('outputs and inputs may be trees', () => {
    const layer = { weights: [value(1), value(2)], bias: value(3) }
    const outputs = { y: layer.weights[0]!.mul(layer.bias), z: [layer.weights[1]!.add(1)] }
    const f = compile(outputs, { inputs: layer, engine })
    expect([...f.run([5, 6, 7])]).toEqual([35, 7])
  })

  it('out may be the inputs: a step writes over the parameters', () => {
    const [x, y] = [value(0, 'x'), value(0, 'y')]
    const swap = compile([y, x.add(y)], { inputs: [x, y], engine })
    const state = Float64Array.of(1, 2)
    expect(swap.run(state, state)).toBe(state)
    expect([...state]).toEqual([2, 3])
    for (let i = 0; i < 10; i++) swap.run(state, state)
    expect([...state]).toEqual([233, 377])
  })

  it('out may be the inputs where there are rows, too', () => {
    const { w, b, loss } = line()
    const bound = compile([loss, w.mul(b)], { inputs: [w, b], engine }).bind({ x: [1, 2], y: [0, 0] })
    const memory = Float64Array.of(3, 1, 0, 0)
    bound.run(memory.subarray(0, 2), memory)
    expect([...memory]).toEqual([16, 49, 3, 3])
  })

  it('rows are kept, summed in the defined order, or averaged; ranges and permutations agree', () => {
    const { w, b, loss } = line()
    const rows = 2500
    const x = Array.from({ length: rows }, (_, i) => Math.sin(i))
    const y = Array.from({ length: rows }, (_, i) => Math.cos(3 * i) * 10 ** (i % 7))
    const kept = compile(loss, { inputs: [w, b], engine }).bind({ x, y })
    const added = compile(loss, { inputs: [w, b], engine, reduce: 'sum' }).bind({ x, y })
    const mean = compile(loss, { inputs: [w, b], engine, reduce: 'mean' }).bind({ x, y })
    const all = [...kept.run([0.3, -2])]
    expect(added.run([0.3, -2])[0]).toBe(rowSum(all))
    expect(mean.run([0.3, -2])[0]).toBe(rowSum(all) / rows)
    for (const [from, to] of [
      [0, 0],
      [0, 1],
      [7, 10],
      [3, 1030],
      [1, 2500],
    ] as const) {
      expect([...kept.run([0.3, -2], undefined, from, to)]).toEqual(all.slice(from, to))
      expect(added.run([0.3, -2], undefined, from, to)[0] === rowSum(all.slice(from, to))).toBe(true)
    }
    const order = x.map((_, i) => (i * 7 + 3) % rows)
    for (const bound of [kept, added]) bound.permute(order)
    const permuted = order.map(row => all[row]!)
    expect([...kept.run([0.3, -2])]).toEqual(permuted)
    expect(added.run([0.3, -2], undefined, 5, 1500)[0]).toBe(rowSum(permuted.slice(5, 1500)))
    // Of the data as they were bound, not of the last order.
    kept.permute(x.map((_, i) => i))
    expect([...kept.run([0.3, -2])]).toEqual(all)
  })

  it('no rows sum to 0', () => {
    const { w, b, loss } = line()
    const f = compile(loss, { inputs: [w, b], engine, reduce: 'sum' }).bind({ x: [], y: [] })
    // Not the -0 that sums start at, wherever the range is empty.
    expect(f.run([1, 1])[0]).toBe(0)
    const mean = compile(loss, { inputs: [w, b], engine, reduce: 'mean' }).bind({ x: [1], y: [1] })
    expect(mean.run([1, 1], undefined, 1, 1)[0]).toBeNaN()
    const bound = objective(loss, { parameters: [w, b], engine }).bind({ x: [1], y: [1] })
    const slopes = new Float64Array(2).fill(5)
    expect([bound([1, 1], slopes, 1, 1), ...slopes]).toEqual([0, 0, 0])
    expect(() => objective(loss, { parameters: [w, b], reduce: 'none' as 'sum' })).toThrow(
      "objective: reduce is the string \"none\"; wanted 'sum' or 'mean'",
    )
    expect([
      ...compile(loss, { inputs: [w, b], engine })
        .bind({ x: [], y: [] })
        .run([1, 1]),
    ]).toEqual([])
  })

  it('a uniform output counts once per row in a sum', () => {
    const { w, b, loss } = line()
    const f = compile([w, loss], { inputs: [w, b], engine, reduce: 'sum' }).bind({
      x: [1, 2, 3],
      y: [0, 0, 0],
    })
    expect(f.run([0.1, 0])[0]).toBe(0.1 + 0.1 + 0.1)
  })

  it('a loss without columns counts once per row, with its gradient and alone, if its slope has a column', () => {
    const w = value(3, 'w')
    const tilted = withDerivative(x => mul(1, x), [() => column('q')])
    for (const [reduce, total] of [
      ['sum', 12],
      ['mean', 3],
    ] as const) {
      const compiled = objective(tilted(w), { parameters: [w], reduce, engine })
      const bound = compiled.bind({ q: [5, 6, 7, 8] })
      const slope = new Float64Array(1)
      expect([bound([3]), bound([3], slope)]).toEqual([total, total])
      expect(slope[0]).toBe(reduce === 'sum' ? 26 : 6.5)
      expect(() => compiled([3])).toThrow('bind their data first')
      compiled.dispose()
      expect(() => bound([3])).toThrow('disposed of')
    }
  })

  it('data are copied', () => {
    const { w, b, loss } = line()
    const x = Float64Array.of(1, 2)
    const f = compile(loss, { inputs: [w, b], engine }).bind({ x, y: [0, 0] })
    x.fill(9)
    expect([...f.run([1, 0])]).toEqual([1, 4])
  })

  it('inputs may be any array of numbers', () => {
    const x = value(1, 'x')
    const f = compile(x.mul(2), { inputs: [x], engine })
    expect([f.run([3])[0], f.run(Float32Array.of(3))[0], f.run(Int8Array.of(3))[0]]).toEqual([6, 6, 6])
  })

  it('an objective gives the loss and its gradient, with data and without', () => {
    const { w, b, loss } = line()
    const bound = objective(loss, { parameters: { w, b }, engine }).bind({ x: [1, 2], y: [3, 5] })
    expect([bound.engine, bound.rows]).toEqual([engine, 2])
    const slope = new Float64Array(2)
    expect(bound([0, 0], slope)).toBe(34)
    expect([...slope]).toEqual([-26, -16])
    expect(bound([0, 0])).toBe(34)
    bound.permute([1, 0])
    expect([bound([0, 0], slope, 0, 1), bound([0, 0], undefined, 0, 1)]).toEqual([25, 25])

    const free = objective(w.square().add(b), { parameters: [w, b], engine })
    const point = Float64Array.of(3, 4)
    expect(free(point)).toBe(13)
    expect(free(point, point)).toBe(13)
    expect([...point]).toEqual([6, 1])
    expect(
      objective(loss, { parameters: [w, b], reduce: 'mean', engine }).bind({ x: [1, 2], y: [3, 5] })([0, 0]),
    ).toBe(17)
  })

  it('compileAsync gives the same', async () => {
    const x = value(1, 'x')
    const f = await compileAsync(softplus(x), { inputs: [x], engine })
    expect(f.engine).toBe(engine)
    expect(f.run([0.3])[0]).toBe(softplus(0.3))
  })

  it('after dispose() it says so', () => {
    const x = value(1, 'x')
    const f = compile(x.exp(), { inputs: [x], engine })
    f.dispose()
    expect(() => f.run([1])).toThrow('run: the program has been disposed of; compile it again')
  })

  it('an error leaves the program usable', () => {
    const { w, b, loss } = line()
    const f = compile(loss, { inputs: [w, b], engine })
    expect(() => f.bind({ x: [1], y: [1, 2] })).toThrow(
      "bind: column 'y' has 2 rows and column 'x' 1; wanted as many in each",
    )
    const bound = f.bind({ x: [1, 2], y: [3, 5] })
    expect(() => bound.run([1])).toThrow(
      'run: the inputs are an array of 1; wanted an array of 2 numbers: w, b',
    )
    expect(() => bound.run([1, 1], new Float64Array(1))).toThrow(
      'run: out is a Float64Array of 1; wanted a Float64Array of 2 or more',
    )
    expect(() => bound.permute([0, 0])).toThrow('permute: row 0, at place 1 of the order, stands twice')
    expect([...bound.run([0, 0])]).toEqual([9, 25])
  })
})

describe('errors', () => {
  const { w, b, loss } = line()
  const f = compile(loss, { inputs: [w, b] })

  it('a leaf that is not listed', () => {
    expect(() => compile(loss, { inputs: [w] })).toThrow(
      "compile: the outputs depend on the leaf 'b', but it is not among the inputs. List it, so that every run is given " +
        "its value; make it a column, with column('b'), if it has one value per row; or make it a constant, with constant(1)",
    )
    expect(() => compile(value(2).exp(), { inputs: [] })).toThrow(/a leaf without a label \(its data is 2\)/)
  })

  it.each([
    ['no options', undefined, 'compile: got no inputs'],
    ['a result as input', { inputs: [w.exp().as('e')] }, "compile: input 'e' is the result of a primitive"],
    ['a column as input', { inputs: [column('x')] }, "compile: input 'x' is a column"],
    ['a constant as input', { inputs: [constant(3)] }, "compile: input '[0]' is a constant"],
    ['a leaf twice', { inputs: [w, b, w] }, "compile: input 'w' is listed twice"],
    ['a number as input', { inputs: [3] }, "compile: input '[0]' is the number 3"],
    [
      'an unknown reduction',
      { inputs: [w, b], reduce: 'product' },
      'compile: reduce is the string "product"; wanted \'none\'',
    ],
    [
      'an unknown engine',
      { inputs: [w, b], engine: 'gpu' },
      'compile: the engine is the string "gpu"; wanted \'auto\' or one of',
    ],
  ])('%s', (_what, options, message) => {
    expect(() => compile(loss, options as never)).toThrow(message)
  })

  it.each([
    ['a missing column', { x: [1] }, "bind: there are no data for column 'y'; wanted the columns 'x', 'y'"],
    [
      'an unknown column',
      { x: [1], y: [1], z: [1] },
      "bind: the program has no column 'z'; it has the columns 'x', 'y'",
    ],
    ['a column that is a number', { x: 1, y: [1] }, "bind: the data of column 'x' are the number 1"],
    [
      'a row that is a text',
      { x: ['1'], y: [1] },
      'bind: row 0 of column \'x\' is the string "1"; wanted a number',
    ],
    ['nothing', undefined, "bind: got undefined; wanted an object with the columns 'x', 'y', one array each"],
    [
      'rows',
      [{ x: 1, y: 1 }],
      "bind: got an array of 1; wanted an object with the columns 'x', 'y', one array each",
    ],
    ['a map', new Map(), 'bind: got an object of class Map; wanted an object with the columns'],
  ])('%s', (_what, data, message) => {
    expect(() => f.bind(data as never)).toThrow(message)
  })

  it('running without data, and data without columns', () => {
    expect(() => f.run([1, 2])).toThrow(
      'run: the program has columns; bind their data first: .bind({ x: …, y: … })',
    )
    expect(() => compile(w, { inputs: [w] }).bind({ x: [1] })).toThrow('bind: the program has no columns')
  })

  it.each([
    [-1, 2],
    [0, 3],
    [2, 1],
    [0.5, 2],
  ])('the range from %d to %d of two rows', (from, to) => {
    expect(() => f.bind({ x: [1, 2], y: [1, 2] }).run([1, 1], undefined, from, to)).toThrow(
      `run: the rows are from ${from} to ${to}; wanted a range within 0 to 2`,
    )
  })

  it('orders that are none', () => {
    const bound = f.bind({ x: [1, 2], y: [1, 2] })
    expect(() => bound.permute([0])).toThrow('permute: the order has 1 rows; wanted 2')
    expect(() => bound.permute([0, 2])).toThrow('permute: row 2, at place 1 of the order, is none of 0 to 1')
    expect(() => bound.permute([0, 0.5])).toThrow('is none of 0 to 1')
  })

  it('options that there are none of', () => {
    expect(() => objective(loss, { parameters: [w, b], reduction: 'mean' } as never)).toThrow(
      "objective: there is no option 'reduction'; wanted parameters, reduce, engine, lanes",
    )
    expect(() => compile(loss, { inputs: [w, b], engines: 'wasm' } as never)).toThrow(
      "compile: there is no option 'engines'; did you mean 'engine'?",
    )
  })

  it('of objectives', () => {
    expect(() => objective(3 as never, { parameters: [] })).toThrow(
      'objective: the loss is the number 3; wanted a Value',
    )
    expect(() => objective(loss, {} as never)).toThrow('objective: got no parameters')
    const bound = objective(loss, { parameters: [w, b] }).bind({ x: [1], y: [1] })
    expect(() => bound([1, 1], new Float64Array(1))).toThrow(
      'objective: gradientOut is of length 1; wanted a Float64Array of 2',
    )
    expect(() => bound([1, 1], [0, 0] as never)).toThrow('objective: gradientOut is an array of 2')
  })

  it.each([false, true])('after dispose() every call says so, a loss alone compiled before: %s', before => {
    const disposed = 'run: the program has been disposed of; compile it again'
    const w = value(1, 'w')
    const slope = new Float64Array(1)
    const loss = objective(w.square(), { parameters: [w] })
    const ofRows = objective(w.sub(column('x')).square(), { parameters: [w] })
    const bound = ofRows.bind({ x: [1, 2] })
    if (before) expect([loss([3]), bound([3])]).toEqual([9, 5])
    loss.dispose()
    ofRows.dispose()
    for (const call of [loss, bound, ofRows.bind({ x: [1] })]) {
      expect(() => call([3])).toThrow(disposed)
      expect(() => call([3], slope)).toThrow(disposed)
      expect(() => call.findNaN([3])).toThrow(disposed)
    }
    loss.dispose()
  })
})

describe('auto', () => {
  it('takes the first engine that may run', () => {
    const x = value(1, 'x')
    expect(compile(x.exp(), { inputs: [x] }).engine).toBe(engines[0]!.name)
  })

  it('takes the tape for a program too long for straight-line code', () => {
    const longest = Math.max(...engines.map(engine => engine.longest).filter(Number.isFinite))
    expect(engineNamed('auto', () => longest).name).toBe('wasm')
    expect(engineNamed('auto', () => longest + 1).name).toBe('interpreter')
  })

  it('an engine that the page forbids is refused by name and passed over by auto', async () => {
    const original = globalThis.Function
    // Whether source may be made into a function is asked once: of modules loaded anew.
    vi.resetModules()
    const { compile } = await import('../../src/compile/index.js')
    const { value } = await import('../../src/index.js')
    globalThis.Function = function forbidden() {
      throw new EvalError('Refused to evaluate a string as JavaScript')
    } as unknown as typeof Function
    try {
      const x = value(1, 'x')
      expect(() => compile(x, { inputs: [x], engine: 'javascript' })).toThrow(
        "compile: the engine 'javascript' cannot run here",
      )
      const f = compile(x.mul(2), { inputs: [x] })
      expect(f.engine).not.toBe('javascript')
      expect(f.run([4])[0]).toBe(8)
    } finally {
      globalThis.Function = original
    }
  })

  it('wasm is passed over where WebAssembly has no vectors', async () => {
    vi.resetModules()
    const { compile } = await import('../../src/compile/index.js')
    const { webAssembly } = await import('../../src/compile/engines/wasm/webassembly.js')
    const { value } = await import('../../src/index.js')
    // f64x2.extract_lane stands in every module that asks for vectors
    const WithoutVectors = class {
      constructor(bytes: Uint8Array) {
        if (String(bytes).includes('253,33')) throw new SyntaxError('invalid opcode 0xfd')
      }
    }
    const translate = vi.spyOn(webAssembly!, 'Module').mockImplementation(WithoutVectors as never)
    try {
      const x = value(1, 'x')
      expect(() => compile(x, { inputs: [x], engine: 'wasm' })).toThrow(
        "compile: the engine 'wasm' cannot run here",
      )
      expect(translate).toHaveBeenCalledOnce()
      expect(compile(x.mul(2), { inputs: [x] }).engine).toBe('javascript')
    } finally {
      translate.mockRestore()
    }
  })
})

describe('toModule', () => {
  async function load(text: string) {
    return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as {
      run: (
        inputs: ArrayLike<number>,
        out: Float64Array,
        columns?: Float64Array[],
        from?: number,
        to?: number,
      ) => void
      inputs: string[]
      columns: string[]
      outputs: number
    }
  }

  it('is a module of its own with the same bits', async () => {
    const { w, b, x } = line()
    const y = softplus(w.mul(x)).add(b.sin()).add(x.erf()).pow(1.5)
    const outputs = [y, ...gradient(y, [w, b])]
    for (const reduce of ['none', 'sum', 'mean'] as const) {
      const f = compile(outputs, { inputs: [w, b], reduce })
      const text = f.toModule()
      expect(text).not.toMatch(/\bimport\b|\brequire\b|\beval\b|new Function/)
      const module = await load(text)
      expect([module.inputs, module.columns, module.outputs]).toEqual([['w', 'b'], ['x'], 3])
      const data = Float64Array.of(0.1, -0.5, 3, 1e6, -800, Number.NaN, 0)
      const wanted = f.bind({ x: data }).run([0.7, 2e6])
      const out = new Float64Array(wanted.length)
      module.run([0.7, 2e6], out, [data], 0, data.length)
      expect([...out]).toEqual([...wanted])
      const none = f.bind({ x: [] }).run([0.7, 2e6])
      out.fill(5)
      module.run([0.7, 2e6], out, [Float64Array.of()], 0, 0)
      expect([...out.subarray(0, none.length)]).toEqual([...none])
    }
  })

  it('writes out every row of the table', async () => {
    for (const row of Object.values(primitives) as Primitive[]) {
      const [sample] = samplesOf(row)
      const leaves = sample!.map((data, i) => value(data, `x${i}`))
      const f = compile([apply(row, leaves)], { inputs: leaves, engine: 'interpreter' })
      const module = await load(f.toModule())
      const out = new Float64Array(1)
      for (const operands of samplesOf(row).filter(({ length }) => length === leaves.length)) {
        module.run(operands, out)
        expect(out[0], `${row.name}(${operands})`).toBe(f.run(operands)[0])
      }
    }
  })

  it('imports what a user has made', async () => {
    const cube = primitive('cube', {
      evaluate: x => x * x * x,
      partials: [(_out, x) => mul(3, mul(x, x))],
    })
    const x = value(1, 'x')
    const f = compile(cube(x), { inputs: [x] })
    expect(() => f.toModule()).toThrow("toModule: the program calls 'cube', which chainrule cannot write out")
    expect(() => f.toModule({ primitives: 5 as never })).toThrow(
      "toModule: primitives is the number 5; wanted the name of a module, such as './primitives.js'",
    )
    expect(() => f.toModule({ primitive: './mine.js' } as never)).toThrow("did you mean 'primitives'?")
    expect(() => f.toModule('./mine.js' as never)).toThrow('toModule: got the string "./mine.js"')
    const theirs = `data:text/javascript,${encodeURIComponent('export const cube = { evaluate: x => x * x * x }')}`
    const module = await load(f.toModule({ primitives: theirs }))
    const out = new Float64Array(1)
    module.run([3], out)
    expect(out[0]).toBe(27)
  })
})
