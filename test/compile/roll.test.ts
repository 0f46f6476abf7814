/** What repeats in a long program becomes loops, with the bits of the graph. */
import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import { lower } from '../../src/compile/passes/lower.js'
import { simplify } from '../../src/compile/passes/simplify.js'
import { check } from '../../src/compile/program/check.js'
import { roll } from '../../src/compile/roll/roll.js'
import { add, mul, sum } from '../../src/core/primitives.js'
import { type Operand, Value, value } from '../../src/core/value.js'
import { compiledEngines } from '../support/compile.js'
import { random } from '../support/points.js'
import { same } from '../support/ulp.js'

interface Long {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
}

const leaves = (n: number): Value[] => Array.from({ length: n }, (_, i) => value(Math.sin(i + 1), `x${i}`))
const running = (terms: readonly Operand[]): Value => terms.reduce((x, y) => add(x, y)) as Value
const withGradient = (loss: Value, inputs: Value[]): Long => ({
  inputs,
  outputs: [loss, ...gradient(loss, inputs)],
})

/** Programs in which much repeats, each in its own way. */
const LONG: Readonly<Record<string, () => Long>> = {
  'a running total of terms': () => {
    const xs = leaves(400)
    return withGradient(running(xs.slice(1).map((x, i) => x.sub(xs[i]!.square()).square())), xs)
  },
  'one sum of terms, with data of their own': () => {
    const [a, b] = [value(0.5, 'a'), value(2, 'b')]
    const residuals = Array.from({ length: 500 }, (_, i) =>
      a.mul(Math.cos(i)).add(b).sigmoid().sub(Math.sin(i)),
    )
    return withGradient(sum(residuals.map(r => r.square())), [a, b])
  },
  'steps of a grid, each over the one before': () => {
    const xs = leaves(40)
    let cells = xs
    for (let step = 0; step < 20; step++) {
      cells = cells.map((cell, i) =>
        cell.add(mul(0.1, (cells[i - 1] ?? cell).sub(cells[i + 1] ?? cell).tanh())),
      )
    }
    return { inputs: xs, outputs: cells }
  },
  'what several need, and outputs that are inputs, constants and each other': () => {
    const xs = leaves(300)
    const shared = xs.map((x, i) =>
      x
        .exp()
        .mul(xs[(i + 7) % 300]!)
        .add(1)
        .log(),
    )
    const users = shared.map((s, i) =>
      s
        .mul(shared[(i + 1) % 300]!)
        .add(s)
        .sub(xs[i]!),
    )
    return {
      inputs: xs,
      outputs: [xs[3]!, ...users, mul(2, 3) as unknown as Value, users[5]!, ...shared.slice(0, 9)],
    }
  },
  'after a total, terms again': () => {
    const xs = leaves(300)
    const size = sum(xs.map(x => x.exp())).log()
    return withGradient(running(xs.map(x => x.sub(size).mul(x).sin())), xs)
  },
}

describe.each(Object.keys(LONG))('%s', name => {
  const { inputs, outputs } = LONG[name]!()
  const program = simplify(lower(outputs, inputs))

  it('is rolled into few well-formed parts', () => {
    const rolled = roll(program)!
    for (const part of rolled.parts) check(part.program)
    const loops = rolled.parts.filter(({ isLoop }) => isLoop)
    expect(loops.length).toBeGreaterThan(0)
    const written = new Set(rolled.parts.map(part => part.program)).size
    expect(written).toBeLessThan(40)
  })

  it.each(compiledEngines)('has the bits of the graph by %s, where it was recorded and elsewhere', engine => {
    const compiled = compile(outputs, { inputs, engine })
    expect(compiled.engine).toBe(engine)
    if (engine !== 'interpreter') expect(String(compiled.program)).toMatch(/^; .* as \d+ loops/)
    const draw = random(5)
    const top = sum(outputs.filter(output => output instanceof Value)) as Value
    for (let round = 0; round < 3; round++) {
      const point = Float64Array.from(inputs, ({ data }) => data)
      const out = compiled.run(point)
      outputs.forEach((output, o) => {
        expect(same(out[o]!, output instanceof Value ? output.data : output), `output ${o}`).toBe(true)
      })
      for (const leaf of inputs) leaf.data = 3 * draw.unit() - 1
      top.forward()
    }
    compiled.dispose()
  })
})

it('what does not repeat is left as it was', () => {
  const draw = random(3)
  const xs = leaves(20)
  const names = ['sin', 'tanh', 'square', 'abs', 'neg', 'sigmoid'] as const
  let y = xs[0]!
  for (let i = 0; i < 3000; i++) {
    const x = xs[Math.floor(draw.unit() * xs.length)]!
    y = draw.unit() < 0.5 ? y.mul(x).add(x) : y[names[i % names.length]!]()
  }
  expect(roll(simplify(lower([y], xs)))).toBeUndefined()
  const compiled = compile([y], { inputs: xs, engine: 'javascript' })
  expect(String(compiled.program)).toMatch(/^; .* as steps/)
})

it('results may be written over the inputs', () => {
  const xs = leaves(600)
  const compiled = compile(
    xs.map((x, i) =>
      x
        .mul(xs[(i + 1) % 600]!)
        .add(1)
        .square(),
    ),
    { inputs: xs },
  )
  const point = Float64Array.from(xs, ({ data }) => data)
  const wanted = compiled.run(point)
  expect(compiled.run(point, point)).toEqual(wanted)
})
