/**
 * Names come from files, forms and addresses. What every object inherits is a name like any other: it gives the same
 * results, and nothing is written to a prototype.
 */
import fc from 'fast-check'
import { afterAll, expect, it, vi } from 'vitest'
import { flatten } from '../src/calculus/tree.js'
import { compile, objective } from '../src/compile/index.js'
import { Fit, fit as fitFormula, leastSquares, minimize } from '../src/fit/index.js'
import {
  checkGradients,
  column,
  grad,
  gradient,
  hessian,
  parseFormula,
  primitive,
  type Value,
  value,
} from '../src/index.js'
import { duckdb, sqlObjective, toSql } from '../src/sql/index.js'
import { explain, toDot, toMermaid } from '../src/view/index.js'

// Of a loaded machine.
vi.setConfig({ testTimeout: 60_000 })

const inherited = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'prototype',
  '__defineGetter__',
]
const hostile = fc.constantFrom(
  ...inherited,
  'then',
  'length',
  'name',
  'toJSON',
  'get',
  'a b',
  '`',
  '\\',
  '"',
  'é',
)
const fourNames = fc.uniqueArray(hostile, {
  minLength: 4,
  maxLength: 4,
}) as fc.Arbitrary<unknown> as fc.Arbitrary<[a: string, k: string, x: string, y: string]>

/** An object with these own properties, `__proto__` among them. */
const record = <T>(...entries: [string, T][]): Record<string, T> => Object.fromEntries(entries)
const quoted = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``

const prototypes = [Object.prototype, Array.prototype, Function.prototype]
const before = prototypes.map(prototype => Reflect.ownKeys(prototype))
afterAll(() => {
  expect(prototypes.map(prototype => Reflect.ownKeys(prototype))).toEqual(before)
  const keys = []
  for (const key in {}) keys.push(key)
  expect(keys).toEqual([])
})

/** With other names the same: `run` gives its results without the names, which is compared with harmless ones. */
function sameForAllNames(run: (a: string, k: string, x: string, y: string) => unknown): void {
  const wanted = run('a', 'k', 'x', 'y')
  fc.assert(
    fc.property(fourNames, names => {
      expect(run(...names)).toEqual(wanted)
    }),
    { seed: 20261201, numRuns: 25 },
  )
}

const xs = [0, 1, 2, 3]
const ys = [2.1, 1.2, 0.8, 0.4]

function model(a: string, k: string, x: string): { output: Value; leaves: [Value, Value] } {
  const leaves: [Value, Value] = [value(2, a), value(0.5, k)]
  return { output: leaves[0].mul(leaves[1].neg().mul(column(x)).exp()), leaves }
}

it('labels: values, slopes, programs, modules', () => {
  sameForAllNames((a, k, x) => {
    const { output, leaves } = model(a, k, x)
    const program = compile([output, ...gradient(output, leaves)], { inputs: leaves })
    const results = program.bind(record([x, xs])).run([2, 0.5])
    const loss = objective(output, { parameters: record([a, leaves[0]], [k, leaves[1]]) })
    const slope = new Float64Array(2)
    const total = loss.bind(record([x, xs]))([2, 0.5], slope)
    const module = program.toModule()
    expect(module).toContain(JSON.stringify([a, k]))
    expect(module).toContain(JSON.stringify([x]))
    return [[...results], total, [...slope]]
  })
})

it('a column that is missing is missing, whatever objects inherit', () => {
  for (const name of inherited) {
    const bound = compile(column(name).mul(2), { inputs: [] })
    expect(() => bound.bind({})).toThrow(`there are no data for column '${name}'`)
    expect(() => fitFormula(`y ~ a * ${name}`, { y: ys, x: xs }, { start: { a: 1 } })).not.toThrow()
    expect(parseFormula(`${name} * 2`).leaves[name]).toBeDefined()
    expect(() => parseFormula(`${name}(2)`)).toThrow(`there is no function '${name}'`)
    expect(() => fitFormula('y ~ a * x', { y: ys, x: xs }, record([name, 1]) as never)).toThrow(
      `no option '${name}'`,
    )
  }
})

it('formulas: text, names, columns, definitions', () => {
  sameForAllNames((a, k, x, y) => {
    const text = `${quoted(y)} = ${quoted(k)} * ${quoted(x)}; ${quoted(a)} * exp(-${quoted(y)})`
    const { expression, leaves } = parseFormula(text, { columns: [x], names: record([k, value(0.5, k)]) })
    leaves[a]!.data = 2
    expect(Object.keys(leaves)).toEqual([k, x, a])
    expect(String(parseFormula(String(expression)).expression)).toBe(String(expression))
    const of = compile(expression, { inputs: [leaves[a]!, leaves[k]!] })
    return [...of.bind(record([x, xs])).run([2, 0.5])]
  })
})

it('fits: data as columns and as rows, start, bounds, fixed, weights, predictions, JSON', () => {
  sameForAllNames((a, k, x, y) => {
    const formula = `${quoted(y)} ~ ${quoted(a)} * exp(-${quoted(k)} * ${quoted(x)})`
    const columns = record([x, xs], [y, ys])
    const rows = xs.map((_, i) => JSON.parse(JSON.stringify(record([x, xs[i]!], [y, ys[i]!]))))
    const options = { start: record([a, 2], [k, 1]), bounds: record([k, [0, 10] as [number, number]]) }
    const result = fitFormula(formula, columns, options)
    const again = Fit.fromJSON(JSON.stringify(result))
    const held = fitFormula(formula, columns, { start: record([a, 2]), fixed: record([k, 0.5]) })
    expect(fitFormula(formula, rows, options).parameters).toEqual(result.parameters)
    expect(Object.keys(result.parameters)).toEqual([a, k])
    expect(again.parameters[k]).toBe(result.parameters[k])
    return [
      Object.values(result.parameters),
      Object.values(result.estimates).map(({ standardError }) => standardError),
      [...again.predict(record([x, [4, 5]])).values],
      [held.parameters[a], held.parameters[k]],
    ]
  })
})

it('searches: minimize and leastSquares over leaves of any label', () => {
  sameForAllNames((a, k) => {
    const [p, q] = [value(3, a), value(1, k)]
    const found = minimize(p.sub(1).square().add(q.add(2).square()), { parameters: [p, q] })
    const fitted = leastSquares([p.sub(1), q.add(2)], { parameters: [p, q] })
    return [[...(found.parameters as Iterable<number>)], Object.values(fitted.parameters)]
  })
})

it('trees of parameters: grad, hessian, checkGradients, flatten', () => {
  sameForAllNames((a, k) => {
    const f = (p: Record<string, Value>) => p[a]!.square().mul(p[k]!)
    const point = record([a, 3], [k, 2])
    const slope = grad(f as never)(point as never) as unknown as Record<string, number>
    expect(Object.keys(slope)).toEqual([a, k])
    expect(flatten(point).unflatten([1, 2])).toEqual(record([a, 1], [k, 2]))
    const second = hessian(f as never)(point as never) as unknown as Record<string, Record<string, number>>
    const { correct } = checkGradients(f as never, point)
    return [slope[a], slope[k], second[a]![k], correct]
  })
})

it('primitives of your own', () => {
  for (const name of inherited) {
    const own = primitive(name, { evaluate: x => 3 * x, partials: [() => 3] })
    const x = value(2, 'x')
    const y = own(x)
    expect([y.data, gradient(y, [x])[0]!.data]).toEqual([6, 3])
    expect(compile(y, { inputs: [x] }).run([5])[0]).toBe(15)
    expect(parseFormula(`${name}(4)`, { primitives: [own] }).expression.data).toBe(12)
    expect(() =>
      toSql(compile(own(column('c')), { inputs: [] }).program, { dialect: duckdb, table: 't' }),
    ).toThrow(`the primitive '${name}' has no form in DuckDB`)
  }
})

it('pictures and derivations', () => {
  sameForAllNames((a, k, x) => {
    const { output, leaves } = model(a, k, x)
    const plain = (text: string) => text.replace(/<[^>]*>/g, '').length > 0
    return [
      plain(toDot(output, { labelledOnly: true })),
      plain(toMermaid(output)),
      plain(explain(output, leaves[0]).toMarkdown()),
    ]
  })
})

it('JSON that says what class it is of gets a message all the same', () => {
  for (const made of [null, 5, {}, { name: 'Map' }, { name: { toString: 1 } }, { name: 'X', copy: 1 }]) {
    expect(() => grad((x: Value) => x)({ constructor: made } as never)).toThrow(TypeError)
    expect(() => fitFormula('y ~ a', { y: { constructor: made } } as never)).toThrow(
      "column 'y' is an object; wanted",
    )
  }
})

it('SQL: columns, inputs, results', async () => {
  for (const name of inherited) {
    const { output, leaves } = model('a', 'k', name)
    const loss = objective(output, { parameters: leaves })
    const query = toSql(loss.program, { dialect: duckdb, table: name, columns: record([name, name]) })
    expect(query.at([2, 0.5]).sql).toContain(`source."${name}"`)
    expect(query.at([2, 0.5]).sql).toContain(`FROM "${name}"`)
    // A driver that hands back no such column is told so, whatever its row inherits.
    const evaluate = sqlObjective(query, async () => Object.create({ o1: 1 }) as never)
    await expect(evaluate([2, 0.5])).rejects.toThrow("column 'used_rows' of the result is undefined")
  }
})
