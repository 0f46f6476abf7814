import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { engines } from '../../src/compile/engines/engines.js'
import { type CompileOptions, compile } from '../../src/compile/index.js'
import { topologicalOrder } from '../../src/core/order.js'
import { sum } from '../../src/core/primitives.js'
import type { Primitive } from '../../src/core/value.js'
import { column, type Operand, Value, value } from '../../src/core/value.js'
import type { Random } from './points.js'
import { apply, backwardGradient, rows } from './rows.js'
import { samplesOf } from './samples.js'
import { same } from './ulp.js'

/** The engines by name, as `compile` takes them. */
export const compiledEngines = engines.map(({ name }) => name as NonNullable<CompileOptions['engine']>)

/** Values at which functions change their ways: zeros, ends of the range, borders of the usual domains. */
export const SPECIAL: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2,
  3,
  -3,
  20.5,
  -41,
  707.9,
  -708.5,
  -744,
  16_001,
  2e6,
  1e-320,
  5e-324,
  -2e-308,
  1e200,
  -1e300,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
]

/** The samples of a row, and the special values in all pairs; three operands take them in turns. */
export function points(row: Primitive): readonly (readonly number[])[] {
  const { arity } = row
  const samples = samplesOf(row)
  if (arity === 1) return [...samples, ...SPECIAL.map(x => [x])]
  if (arity === 2) return [...samples, ...SPECIAL.flatMap(x => SPECIAL.map(y => [x, y]))]
  const count = arity ?? 4
  const turns = SPECIAL.flatMap((_, i) =>
    [1, 5, 7].map(stride =>
      Array.from({ length: count }, (_, k) => SPECIAL[(i + k * stride) % SPECIAL.length]!),
    ),
  )
  return [...samples, ...turns]
}

/** A random graph, the data it is fed, and what must come out of it. */
export interface Problem {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly loss: Value
  readonly point: readonly number[]
  /** By label; none for a program that is run once. */
  readonly data: Readonly<Record<string, readonly number[]>>
  readonly rows: number
}

const ORDINARY = [0.5, 1, -1, 2, -0.25, 3, 0.1, 10]

/** Draws over all rows of the table, with shared nodes, constants and special values, of `size` operations. */
export function randomProblem(r: Random, size: number): Problem {
  const below = (n: number): number => Math.floor(r.unit() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const number = (): number => {
    const kind = r.unit()
    return kind < 0.15 ? pick(SPECIAL) : kind < 0.4 ? pick(ORDINARY) : 4 * r.unit() - 2
  }
  const inputs = Array.from({ length: 1 + below(4) }, (_, i) => value(number(), `x${i}`))
  const columns = Array.from({ length: below(3) }, (_, i) => column(`c${i}`))
  const leaves = [...inputs, ...columns]
  const nodes: Value[] = [...leaves]
  for (let i = 0; i < size; i++) {
    const row = pick(rows)
    // Mostly near the leaves: deep compositions are NaN or constant.
    const operand = (): Operand => {
      const kind = r.unit()
      if (kind < 0.12) return number()
      return kind < 0.5
        ? pick(leaves)
        : kind < 0.8
          ? nodes[nodes.length - 1 - below(Math.min(8, nodes.length))]!
          : pick(nodes)
    }
    const count = row.arity ?? row.length * (1 + below(4))
    const operands = Array.from({ length: count }, operand)
    if (!operands.some(x => x instanceof Value)) operands[0] = pick(nodes)
    nodes.push(apply(row, operands) as Value)
  }
  const made = nodes.slice(leaves.length)
  // The last nodes, and some of the others, so that most of what was made counts.
  const loss = sum([...made.slice(-2), pick(made), pick(made)]) as Value
  const first = gradient(loss, [...inputs])
  const outputs = [pick(nodes), loss, ...first]
  if (size <= 20) outputs.push(...gradient(pick(first), [...inputs]))
  const length = columns.length === 0 ? 1 : below(71)
  const data = Object.fromEntries(columns.map(({ label }) => [label!, Array.from({ length }, number)]))
  return { inputs, outputs, loss, point: inputs.map(({ data }) => data), data, rows: length }
}

/** Operations of bodies that are repeated: cheap ones mostly, so that numbers stay ordinary. */
const REPEATED = [
  'add',
  'sub',
  'mul',
  'max',
  'tanh',
  'sigmoid',
  'softplus',
  'abs',
  'where',
  'sum',
  'dot',
  'sin',
]

/**
 * Draws a program made of repetition: bodies of random operations run over lists of numbers, within each other to depth 3,
 * with carried values, values shared by all iterations or made by an earlier loop, and a first or last iteration that differs.
 */
export function repeatingProblem(r: Random): Problem {
  const below = (n: number): number => Math.floor(r.unit() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const number = (): number =>
    r.unit() < 0.02 ? pick(SPECIAL) : r.unit() < 0.3 ? pick(ORDINARY) : 2 * r.unit() - 1
  const inputs = Array.from({ length: 4 + below(30) }, (_, i) => value(number(), `x${i}`))
  const columns = Array.from({ length: r.unit() < 0.5 ? 0 : 1 + below(12) }, (_, i) => column(`c${i}`))
  const lists: Value[][] = [inputs, ...(columns.length > 0 ? [columns] : [])]
  const table = rows.filter(({ name }) => REPEATED.includes(name))
  /** Where an operand comes from, given the iterations around and what the body has made so far. */
  type Source = (at: readonly number[], made: readonly Value[], before: Value) => Operand
  function source(depth: number): Source {
    const list = pick(lists)
    const [offset, stride] = [below(list.length), pick([1, 1, 1, -1, 2, 0])]
    const level = below(depth)
    const constants = Array.from({ length: 7 }, number)
    const shared = pick(list)
    const back = 1 + below(4)
    return pick<Source>([
      (_at, made, before) => made.at(-back) ?? before,
      (_at, made, before) => made.at(-1) ?? before,
      (_at, _made, before) => before,
      () => shared,
      at => constants[at[level]! % 7]!,
      at => list[(((offset + stride * at[level]!) % list.length) + list.length) % list.length]!,
      at => list[(offset + at.reduce((sum, i) => 5 * sum + i, 0)) % list.length]!,
    ])
  }
  /** A loop as a function of the iterations around and the value that goes in. */
  function loop(depth: number): (around: readonly number[], before: Value) => Value {
    const isRagged = r.unit() < 0.2
    const count = depth === 1 ? 6 + below(30) : 3 + below(7)
    const steps = Array.from({ length: 1 + below(4) }, () => {
      const row = pick(table)
      const operands = Array.from({ length: row.arity ?? row.length * (1 + below(6)) }, () => source(depth))
      return { row, operands }
    })
    const inner = depth < 3 && r.unit() < 0.35 ? loop(depth + 1) : undefined
    const differs = r.unit() < 0.3 ? pick([0, count - 1]) : -1
    const carries = r.unit() < 0.6
    return (around, before) => {
      const results: Value[] = []
      let carried = before
      const times = isRagged && around.length > 0 ? 2 + ((count + around.at(-1)!) % 9) : count
      for (let i = 0; i < times; i++) {
        const at = [...around, i]
        const made: Value[] = []
        for (const { row, operands } of steps) {
          const given = operands.map(source => source(at, made, carried))
          if (!given.some(x => x instanceof Value)) given[0] = carried
          made.push(apply(row, given) as Value)
        }
        if (inner !== undefined) made.push(inner(at, made.at(-1)!))
        const last = i === differs ? made.at(-1)!.mul(0.5) : made.at(-1)!
        results.push(last)
        if (carries) carried = last
      }
      if (around.length === 0) lists.push(results)
      return carries ? carried : (sum(results) as Value)
    }
  }
  let total: Value = pick(inputs)
  for (let i = 0; i < 1 + below(3); i++) total = total.mul(0.25).add(loop(1)([], total))
  const loss = total.add(sum(pick(lists)))
  const first = gradient(loss, [...inputs])
  const outputs = [total, loss, ...first, ...pick(lists)]
  if (r.unit() < 0.3) outputs.push(...gradient(pick(first), [...inputs]))
  const length = columns.length === 0 ? 1 : pick([0, 1, 3, 4, 6, 9, 70])
  const data = Object.fromEntries(columns.map(({ label }) => [label!, Array.from({ length }, number)]))
  return { inputs, outputs, loss, point: inputs.map(({ data }) => data), data, rows: length }
}

/** The outputs row by row as the graph itself gives them, and by `backward()` the derivatives of the loss. */
export function eagerly({ inputs, outputs, loss, data, rows }: Problem): {
  values: number[][]
  slopes: number[][]
} {
  const top = sum([...outputs]) as Value
  const columns = topologicalOrder(top).filter(node => node.kind === 'column')
  const values: number[][] = []
  const slopes: number[][] = []
  for (let row = 0; row < rows; row++) {
    for (const leaf of columns) leaf.data = data[leaf.label!]![row]!
    top.forward()
    values.push(outputs.map(output => output.data))
    slopes.push(backwardGradient(loss, inputs))
  }
  return { values, slopes }
}

/** The row sum as it is defined, with nothing of an engine. */
export function rowSum(rows: readonly number[]): number {
  let total = -0
  for (let start = 0; start < rows.length; start += 1024) {
    const lanes = [-0, -0, -0, -0]
    for (let i = start; i < Math.min(start + 1024, rows.length); i++) lanes[(i - start) % 4]! += rows[i]!
    const [a0, a1, a2, a3] = lanes as [number, number, number, number]
    total += a0 + a2 + (a1 + a3)
  }
  return total
}

/** Runs a problem on an engine, kept and reduced, and says where it differs from the graph; '' if nowhere. */
export function differences(problem: Problem, engine: string, truth = eagerly(problem)): string {
  const { inputs, outputs, point, data, rows } = problem
  const found: string[] = []
  const compare = (what: string, got: number, wanted: number): void => {
    if (!same(got, wanted)) found.push(`${engine}, ${what}: ${got}, wanted ${wanted}`)
  }
  for (const reduce of ['none', 'sum'] as const) {
    const compiled = compile([...outputs], { inputs: [...inputs], reduce, engine: engine as 'interpreter' })
    if (compiled.engine !== engine) found.push(`ran ${compiled.engine}, wanted ${engine}`)
    const { columns } = compiled.program
    const bound = Object.fromEntries(columns.map(label => [label, data[label]!]))
    const runsOnce = columns.length === 0
    const got = runsOnce ? compiled.run(point) : compiled.bind(bound).run(point)
    const count = runsOnce ? 1 : rows
    outputs.forEach((_, o) => {
      const wanted = truth.values.slice(0, count).map(row => row[o]!)
      if (runsOnce && rows === 0) return
      if (reduce === 'sum') compare(`sum of output ${o}`, got[o]!, rowSum(wanted))
      else
        wanted.forEach((x, row) => {
          compare(`output ${o}, row ${row}`, got[o * count + row]!, x)
        })
      if (reduce === 'none' || o < 2 || o >= 2 + inputs.length) return
      // The gradient is what backward() gives for each row, added up.
      const slopes = truth.slopes.slice(0, count).map(row => row[o - 2]!)
      compare(`backward() in ${inputs[o - 2]!.label}`, got[o]!, rowSum(slopes))
    })
    compiled.dispose()
  }
  return found.slice(0, 5).join('\n')
}
