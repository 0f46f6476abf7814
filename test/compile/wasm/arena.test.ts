/** The one memory of all compiled programs. */

import { describe, expect, it, vi } from 'vitest'
import { Columns } from '../../../src/compile/columns.js'
import { compileProgram } from '../../../src/compile/compile.js'
import { Arena, sharedArena } from '../../../src/compile/engines/wasm/arena.js'
import { webAssembly } from '../../../src/compile/engines/wasm/webassembly.js'
import { type Compiled, compile, compileAsync, objective } from '../../../src/compile/index.js'
import { column, gradient, type Value, value } from '../../../src/index.js'

function polynomial(c: number): { readonly x: Value; readonly y: Value } {
  const x = value(2, 'x')
  return { x, y: x.mul(x).add(x.mul(c)).add(c).tanh() }
}

/** Long, and of many parts that differ in their numbers only. */
function chain(count: number): { readonly x: Value; readonly y: Value } {
  const x = value(0.1, 'x')
  const parts = Array.from({ length: count }, (_, i) =>
    x
      .mul(i / count)
      .add(1)
      .sin()
      .mul(x),
  )
  return { x, y: parts.reduce((sum, part) => sum.add(part)) }
}

function compiled(c: number): Compiled {
  const { x, y } = polynomial(c)
  return compile([y, ...gradient(y, [x])], { inputs: [x], engine: 'wasm' })
}

describe('the arena', () => {
  it('hands out blocks that do not overlap, takes them back and grows', () => {
    const arena = new Arena()
    const first = arena.allocate(100)
    const second = arena.allocate(8)
    expect(second - first).toBeGreaterThanOrEqual(100)
    const before = arena.doubles
    const large = arena.allocate(5_000_000)
    expect(before.length).toBe(0)
    expect(arena.doubles.byteLength).toBeGreaterThanOrEqual(large + 5_000_000)
    arena.release(first, 100)
    expect(arena.allocate(120)).toBe(first)
    const { used } = arena.usage
    for (let i = 0; i < 100; i++) arena.release(arena.allocate(5_000_000), 5_000_000)
    expect(arena.usage.used).toBe(used)
  })

  it('says so when there is no more', () => {
    expect(() => new Arena().allocate(2 ** 32)).toThrow(
      /memory of 4 GB has no room for 4294967296 more bytes/,
    )
  })

  it.each([2 ** 31 + 1, 2 ** 32 + 100, 5e9, 2 ** 40])('has no block of %d bytes', bytes => {
    const arena = new Arena()
    const { usage } = arena
    expect(() => arena.allocate(bytes)).toThrow(`no room for ${bytes} more bytes`)
    expect(arena.usage).toEqual(usage)
  })
})

describe('programs', () => {
  it('live side by side, each with its own numbers, while the memory grows', () => {
    const programs = Array.from({ length: 500 }, (_, i) => compiled(i / 500))
    sharedArena().release(sharedArena().allocate(2 ** 24), 2 ** 24)
    programs.forEach((program, i) => {
      const { x, y } = polynomial(i / 500)
      x.data = 0.3
      expect(program.run([0.3])[0]).toBe(y.forward())
    })
    const { used } = sharedArena().usage
    for (const program of programs) program.dispose()
    expect(sharedArena().usage.used).toBeLessThan(used)
  }, 60_000)

  it('give their memory back when disposed of, and none is taken by calls', () => {
    compiled(1).dispose()
    const { used, total } = sharedArena().usage
    for (let i = 0; i < 200; i++) compiled(i).dispose()
    expect(sharedArena().usage).toEqual({ used, total })
    const program = compiled(3)
    const out = new Float64Array(2)
    const during = sharedArena().usage
    for (let i = 0; i < 100_000; i++) program.run(out.subarray(0, 1), out)
    expect(sharedArena().usage).toEqual(during)
    program.dispose()
    program.dispose()
    expect(sharedArena().usage.used).toBe(used)
  })

  it('that the engine of the page refuses take no memory', async () => {
    compiled(1).dispose()
    const { used } = sharedArena().usage
    const refused = () => {
      throw new RangeError('too large')
    }
    for (const name of ['Module', 'Instance'] as const) {
      const spy = vi.spyOn(webAssembly!, name).mockImplementation(refused)
      expect(() => compiled(2)).toThrow('too large')
      const { x, y } = polynomial(3)
      if (name === 'Instance') await expect(compileAsync(y, { inputs: [x] })).rejects.toThrow('too large')
      spy.mockRestore()
    }
    const spy = vi.spyOn(webAssembly!, 'compile').mockImplementation(async () => refused())
    const { x, y } = polynomial(3)
    await expect(compileAsync(y, { inputs: [x] })).rejects.toThrow('too large')
    spy.mockRestore()
    expect(sharedArena().usage.used).toBe(used)
  })

  it('read columns that are uploaded once, and again when they are put into another order', () => {
    const w = value(1, 'w')
    const program = compile(w.mul(column('x')).sub(column('y')).square(), {
      inputs: [w],
      engine: 'wasm',
      reduce: 'none',
    })
    const x = Float64Array.from({ length: 3000 }, (_, i) => i)
    const y = Float64Array.from({ length: 3000 }, (_, i) => 2 * i)
    const bound = program.bind({ x, y })
    expect([...bound.run([3])]).toEqual([...x].map(n => n * n))
    const { used } = sharedArena().usage
    for (let i = 0; i < 10; i++) bound.run([i])
    expect(sharedArena().usage.used).toBe(used)
    bound.permute(Array.from(x, n => 2999 - n))
    expect([...bound.run([3], undefined, 0, 2)]).toEqual([2999 ** 2, 2998 ** 2])
    expect(sharedArena().usage.used).toBe(used)
  })

  it('give back their copies of columns when disposed of, so that a loop that never waits takes no more', () => {
    const w = value(1, 'w')
    const error = w.mul(column('x')).sub(1)
    const data = { x: new Float64Array(5000).fill(2) }
    const round = (): void => {
      const program = compile(error, { inputs: [w], engine: 'wasm', reduce: 'sum' })
      const bounds = [program.bind(data), program.bind(data)]
      for (const bound of bounds) expect(bound.run([1])[0]).toBe(5000)
      program.dispose()
      const loss = objective(error.square(), { parameters: [w], engine: 'wasm' })
      const bound = loss.bind(data)
      expect(bound([1])).toBe(5000)
      expect(bound([1], new Float64Array(1))).toBe(5000)
      loss.dispose()
    }
    round()
    const { usage } = sharedArena()
    for (let i = 0; i < 50; i++) round()
    expect(sharedArena().usage).toEqual(usage)
  })

  it('do not read the copy of columns that went with another program', () => {
    const w = value(1, 'w')
    const [product, sum] = [w.mul(column('x')), w.add(column('x'))].map(y =>
      compileProgram(y, { inputs: [w], engine: 'wasm' }),
    )
    const columns = new Columns(['x'], { x: [5, 6, 7] })
    const [products, sums] = [product!.over(columns), sum!.over(columns)]
    expect([...products.run([2])]).toEqual([10, 12, 14])
    expect([...sums.run([2])]).toEqual([7, 8, 9])
    product!.dispose()
    // What was released is handed out again, and written over
    const other = compile(w.mul(column('x')), { inputs: [w], engine: 'wasm' })
    other.bind({ x: [-1, -1, -1] }).run([1])
    expect([...sums.run([2])]).toEqual([7, 8, 9])
    const { usage } = sharedArena()
    sums.permute([2, 1, 0])
    expect([...sums.run([2])]).toEqual([9, 8, 7])
    expect(sharedArena().usage).toEqual(usage)
  })

  it('as loops take no more memory when they run again, and give all of it back', () => {
    const round = (): void => {
      const { x, y } = chain(900)
      const program = compile([y], { inputs: [x], engine: 'wasm' })
      expect(String(program.program)).toMatch(/ as [1-9]\d* loops/)
      expect(program.run([0.1])[0]).toBe(y.data)
      const { usage } = sharedArena()
      for (let i = 0; i < 5; i++) program.run([0.2])
      expect(sharedArena().usage).toEqual(usage)
      program.dispose()
    }
    round()
    const { usage } = sharedArena()
    for (let i = 0; i < 5; i++) round()
    expect(sharedArena().usage).toEqual(usage)
  }, 60_000)

  it('are also made off the main thread', async () => {
    const { x, y } = polynomial(2)
    const program = await compileAsync([y], { inputs: [x], engine: 'wasm' })
    expect(program.engine).toBe('wasm')
    expect(program.run([2])[0]).toBe(y.data)
  })

  it('are made off the main thread as loops too', async () => {
    const { x, y } = chain(900)
    // The constructor translates where it is called, `WebAssembly.compile` elsewhere
    const translated = vi.spyOn(webAssembly!, 'Module')
    try {
      expect(compile(y, { inputs: [x], engine: 'wasm' }).run([0.1])[0]).toBe(y.data)
      expect(translated).toHaveBeenCalled()
      translated.mockClear()
      const program = await compileAsync(y, { inputs: [x], engine: 'wasm' })
      expect(translated).not.toHaveBeenCalled()
      expect(String(program.program)).toMatch(/ as [1-9]\d* loops/)
      expect(program.run([0.1])[0]).toBe(y.data)
    } finally {
      translated.mockRestore()
    }
  }, 60_000)
})
