import '../../src/index.js'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import { expand } from '../../src/compile/passes/expand.js'
import { lower } from '../../src/compile/passes/lower.js'
import { gatherRuns } from '../../src/compile/passes/runs.js'
import { check } from '../../src/compile/program/check.js'
import { evaluate } from '../../src/compile/program/evaluate.js'
import { print } from '../../src/compile/program/print.js'
import type { Program } from '../../src/compile/program/program.js'
import { roll } from '../../src/compile/roll/roll.js'
import { dot, exp, sum } from '../../src/core/primitives.js'
import { type Value, value } from '../../src/core/value.js'
import { compiledEngines, SPECIAL } from '../support/compile.js'
import { random } from '../support/points.js'

const draws = random(7)

function leavesOf(count: number): Value[] {
  return Array.from({ length: count }, (_, i) => value(draws.unit() - 0.5, `x${i}`))
}

function programOf(outputs: readonly Value[], inputs: readonly Value[]): Program {
  return expand(lower(outputs, inputs), { inline: true })
}

function runsOf({ instructions }: Program): readonly (readonly [terms: number, operands: number])[] {
  return instructions.flatMap(({ operation, operands }) =>
    operation.kind === 'run' ? [[operation.count, operands.length] as const] : [],
  )
}

const xs = leavesOf(2000)
const half = 1000
const [first, second] = [xs.slice(0, half), xs.slice(half)]

/** What there is to gather in each: terms and operands of the runs. */
const CASES: readonly (readonly [string, readonly Value[], readonly (readonly [number, number])[]])[] = [
  ['a sum', [sum(xs)], [[1999, 2000]]],
  ['a product of lists', [dot(first, second)], [[999, 1999]]],
  ['squares', [dot(first, first)], [[999, 1999]]],
  ['nested additions', [xs.slice(0, 600).reduce((y, x) => y.add(x))], [[599, 600]]],
  [
    'runs one after the other in one sum',
    [sum([...second, exp(xs[0]!), ...first])],
    [
      [999, 1000],
      [1000, 1001],
    ],
  ],
  ['a short sum', [sum(xs.slice(0, 20))], []],
  ['inputs in another order', [sum([...xs].reverse())], []],
  ['running totals, each an output', runningTotals(xs.slice(0, 600)), []],
  ['a product and its gradient', [dot(first, second), ...gradient(dot(first, second), xs)], [[999, 1999]]],
]

function runningTotals(terms: readonly Value[]): Value[] {
  const totals: Value[] = []
  for (const term of terms) totals.push(totals.length === 0 ? term : totals.at(-1)!.add(term))
  return totals
}

describe('runs of inputs', () => {
  it.each(CASES)('%s', (_, outputs, runs) => {
    const program = programOf(outputs, xs)
    const gathered = gatherRuns(program)
    check(gathered)
    expect(runsOf(gathered)).toEqual(runs)
    if (runs.length === 0) expect(gathered).toBe(program)
    else expect(gathered.instructions.length).toBeLessThan(program.instructions.length)
    const data = xs.map(x => x.data)
    expect(evaluate(gathered, data)).toEqual(outputs.map(output => output.data))
  })

  describe.each(compiledEngines)('on %s', engine => {
    it.each(CASES)('%s, with the bits of the graph', (_, outputs) => {
      const program = compile(outputs, { inputs: xs, engine })
      expect(program.engine).toBe(engine)
      expect([...program.run(xs.map(x => x.data))]).toEqual(outputs.map(output => output.data))
    })

    it('with special values, each of them somewhere', () => {
      const program = compile([sum(xs), dot(first, second)], { inputs: xs, engine })
      for (const special of SPECIAL) {
        const data = xs.map((x, i) => (i % 411 === 5 ? special : x.data))
        const total = data.reduce((y, x) => y + x, -0)
        const product = first.reduce((y, _, i) => y + data[i]! * data[half + i]!, -0)
        expect([...program.run(data)]).toEqual([total, product])
      }
    })

    it('where results are written over the inputs', () => {
      const program = compile([sum(first), sum(second)], { inputs: xs, engine })
      const data = Float64Array.from(xs, x => x.data)
      program.run(data, data)
      expect([...data.subarray(0, 2)]).toEqual([sum(first).data, sum(second).data])
    })
  })

  it('of what loops have computed', () => {
    const total = sum(xs.map(x => exp(x.mul(x)).add(x)))
    const { parts } = roll(lower([total], xs))!
    const [left] = parts.filter(({ isLoop }) => !isLoop)
    expect(runsOf(gatherRuns(expand(left!.program, { inline: true })))).toEqual([[1999, 2000]])
  })

  it('as a listing', () => {
    const program = gatherRuns(programOf([sum(xs), dot(first, second)], xs))
    expect(print(program)).toContain('run %0 + %1 … %1999')
    expect(print(program)).toMatch(/run %\d+ \+ %1 … %999 \* %1001 … %1999/)
  })

  it('as a module', async () => {
    const text = compile(dot(first, second), { inputs: xs }).toModule()
    const { run } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
      readonly run: (inputs: Float64Array, out: Float64Array) => void
    }
    const out = new Float64Array(1)
    run(
      Float64Array.from(xs, x => x.data),
      out,
    )
    expect(out[0]).toBe(dot(first, second).data)
  })
})

describe.each(compiledEngines)('a run of more operands than a call takes, on %s', engine => {
  it('is compiled and gives the bits of the graph', () => {
    const many = leavesOf(200_000)
    const total = sum(many.map(x => x.mul(x))) as Value
    const program = compile([total, ...gradient(total, many.slice(0, 2))], { inputs: many, engine })
    const at = Float64Array.from(many, ({ data }) => data)
    expect([...program.run(at)]).toEqual([total.data, 2 * at[0]!, 2 * at[1]!])
    program.dispose()
  }, 60_000)
})
