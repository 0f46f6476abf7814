/**
 * Random programs with selections, and the same programs in which each selection is replaced by the operand it takes at a
 * point: what the derivatives of the first must be, the second say without any masks.
 */
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { compile } from '../../src/compile/index.js'
import {
  abs,
  add,
  clamp,
  div,
  exp,
  gt,
  log,
  lt,
  max,
  min,
  mul,
  neg,
  pow,
  relu,
  sin,
  sqrt,
  sub,
  where,
} from '../../src/core/primitives.js'
import { type Operand, Value, value } from '../../src/core/value.js'
import { compiledEngines } from './compile.js'
import type { Random } from './points.js'
import { backwardGradient, hessian } from './rows.js'
import { same } from './ulp.js'

type Step = (operands: readonly Operand[]) => Operand
export interface Instruction {
  readonly inputs: readonly number[]
  readonly masked: Step
  /** The same with every selection replaced by what it takes at these operands. */
  readonly taken: Step
}

const numberOf = (operand: Operand) => (operand instanceof Value ? operand.data : operand)

const smooth: readonly (readonly [arity: number, step: Step])[] = [
  [2, ([x, y]) => add(x!, y!)],
  [2, ([x, y]) => sub(x!, y!)],
  [2, ([x, y]) => mul(x!, y!)],
  [2, ([x, y]) => div(x!, y!)],
  [1, ([x]) => sqrt(x!)],
  [1, ([x]) => pow(x!, 3)],
  [1, ([x]) => pow(x!, 1 / 3)],
  [1, ([x]) => log(x!)],
  [1, ([x]) => sin(x!)],
  [1, ([x]) => exp(x!)],
  [1, ([x]) => neg(x!)],
]

/** The mean of two operands: what a tie of max and min takes. Twice the half of the same number is exact. */
const halves = (x: Operand, y: Operand) => add(mul(0.5, x), mul(0.5, y))

const selecting: readonly (readonly [arity: number, masked: Step, taken: Step])[] = [
  [4, ([a, b, x, y]) => where(gt(a!, b!), x!, y!), ([a, b, x, y]) => (numberOf(a!) > numberOf(b!) ? x! : y!)],
  [4, ([a, b, x, y]) => where(lt(a!, b!), x!, y!), ([a, b, x, y]) => (numberOf(a!) < numberOf(b!) ? x! : y!)],
  [2, ([x, y]) => max(x!, y!), ([x, y]) => larger(x!, y!)],
  [2, ([x, y]) => min(x!, y!), ([x, y]) => neg(larger(neg(x!), neg(y!)))],
  [1, ([x]) => relu(x!), ([x]) => (numberOf(x!) <= 0 ? 0 : x!)],
  [
    1,
    ([x]) => abs(x!),
    ([x]) =>
      numberOf(x!) > 0 ? x! : numberOf(x!) < 0 ? neg(x!) : numberOf(x!) === 0 ? 0 : mul(x!, Number.NaN),
  ],
  [1, ([x]) => clamp(x!, -1, 2), ([x]) => (numberOf(x!) < -1 ? -1 : numberOf(x!) > 2 ? 2 : x!)],
]

function larger(x: Operand, y: Operand): Operand {
  // Both operands of max are taken where they cannot be compared.
  if (Number.isNaN(numberOf(x)) || Number.isNaN(numberOf(y))) return add(x, y)
  if (numberOf(x) === numberOf(y)) return halves(x, y)
  return numberOf(x) > numberOf(y) ? x : y
}

export function runBranches(
  program: readonly Instruction[],
  leaves: readonly Value[],
  form: 'masked' | 'taken',
): Value {
  const results: Operand[] = [...leaves]
  for (const instruction of program) {
    results.push(instruction[form](instruction.inputs.map(i => results[i]!)))
  }
  const last = results.at(-1)!
  return last instanceof Value ? last : (where(1, last, leaves[0]!) as Value)
}

/** Few different numbers, so that ties, zeros, poles and edges of domains are frequent. */
export const BRANCH_POINTS: readonly number[] = [-2, -1, 0, 0, 0.5, 1, 4]

/** A program of three leaves. */
export function randomBranches(draw: Random): Instruction[] {
  const below = (n: number) => Math.floor(n * draw.unit())
  const program: Instruction[] = []
  const length = 3 + below(9)
  for (let n = 0; n < length; n++) {
    const selects = draw.unit() < 0.4
    const [arity, masked, taken] = selects
      ? selecting[below(selecting.length)]!
      : [...smooth[below(smooth.length)]!, undefined]
    // Mostly recent results, so that little of the program is dead.
    const available = 3 + n
    const inputs = Array.from({ length: arity }, () =>
      draw.unit() < 0.6 ? Math.max(0, available - 1 - below(3)) : below(available),
    )
    program.push({ inputs, masked, taken: taken ?? masked })
  }
  return program
}

/** Two sums of the same terms in another order: equal up to rounding, and NaN or infinite together. */
export function agree(a: number, b: number, size: number): boolean {
  return same(a, b) || (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-12 * size)
}

/** The scale of a list of numbers, those that are not finite aside. */
export function sizeOf(numbers: readonly number[]): number {
  return numbers.filter(Number.isFinite).reduce((size, x) => Math.max(size, Math.abs(x)), 1)
}

/**
 * Compiles random programs with selections, with their first and second derivatives, and runs each at two points, the second
 * being one that nothing was recorded at, against the programs of the branches taken there, differentiated by `backward()`.
 */
export function compareBranches(
  draw: Random,
  count: number,
): { wrong: string[]; compared: number; wild: number } {
  const wrong: string[] = []
  let compared = 0
  let wild = 0
  const pointsOf = (): number[] =>
    [0, 1, 2].map(() => BRANCH_POINTS[Math.floor(draw.unit() * BRANCH_POINTS.length)]!)
  for (let n = 0; n < count; n++) {
    const program = randomBranches(draw)
    const [recorded, other] = [pointsOf(), pointsOf()]
    const leaves = recorded.map((x, i) => value(x, `x${i}`))
    const masked = runBranches(program, leaves, 'masked')
    const first = gradient(masked, leaves)
    const outputs = [masked, ...first, ...first.flatMap(slope => gradient(slope, leaves))]
    const kernels = compiledEngines.map(engine => compile(outputs, { inputs: leaves, engine }))
    for (const at of [recorded, other]) {
      const takenLeaves = at.map(x => value(x))
      const taken = runBranches(program, takenLeaves, 'taken')
      // A NaN that reaches a selection has no branch to compare with.
      if (Number.isNaN(taken.data)) continue
      const slopes = backwardGradient(taken, takenLeaves)
      const curvatures = hessian(taken, takenLeaves, backwardGradient).flat()
      const size = sizeOf(slopes)
      const sizes = [1, size, size, size, ...curvatures.map(() => size * sizeOf(curvatures))]
      const wanted = [taken.data, ...slopes, ...curvatures]
      for (const kernel of kernels) {
        const got = kernel.run(at)
        const differ = wanted.findIndex((x, i) => !agree(got[i]!, x, sizes[i]!))
        if (differ === -1) continue
        wrong.push(`${kernel.engine}, program ${n} at ${at}: ${[...got]} should be ${wanted}\n${masked}`)
      }
      compared++
      if (!wanted.every(Number.isFinite)) wild++
    }
    for (const kernel of kernels) kernel.dispose()
  }
  return { wrong, compared, wild }
}
