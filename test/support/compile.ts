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
