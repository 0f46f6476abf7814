import { gradient } from '../../calculus/gradient.js'
import { compile } from '../../compile/index.js'
import { exp, log } from '../../core/primitives.js'
import type { Value } from '../../core/value.js'
import type { DataColumns } from '../data.js'
import { norm } from '../linear/vectors.js'
import { type NewtonSolution, newton, type SecondOrder } from '../methods/newton.js'
import { profile } from '../report/profile.js'
import { columnsBelow, FEW_ROWS } from '../rows.js'
import type { EstimationRecord, ProfileSearch } from './estimation.js'

/** A likelihood whose input has been checked. */
export interface LikelihoodProblem {
  readonly caller: string
  /** The negative log-likelihood of one row. */
  readonly loss: Value
  readonly parameters: readonly Value[]
  readonly names: readonly string[]
  /** The parameters that stand in the graph as their logarithms. */
  readonly positive: ReadonlySet<string>
  readonly starts: readonly Float64Array[]
  readonly data: DataColumns
  readonly confidence: number
  readonly maxIterations: number
}

/**
 * Finds the parameters that make the data most likely, by Newton's method with the exact Hessian; the inverse of that
 * Hessian, the observed information, is their covariance.
 *
 * @throws Error if the likelihood is finite at none of the starts
 */
export function maximise(problem: LikelihoodProblem): EstimationRecord {
  const { caller, loss, parameters, names, starts, data, maxIterations } = problem
  const { evaluate, dispose } = withDerivatives(loss, parameters, data)
  try {
    const finite = starts.flatMap(start => newton({ evaluate }, start, 0) ?? [])
    const best = finite.reduce<NewtonSolution | undefined>(
      (least, solution) => (least === undefined || solution.value < least.value ? solution : least),
      undefined,
    )
    if (best === undefined) {
      const at = names.map((name, j) => `${name} = ${parameterAt(problem, starts[0]!, j)}`).join(', ')
      throw new Error(
        `${caller}: the likelihood or a derivative is not finite at the start ${at}; choose other start values`,
      )
    }
    const solution = newton({ evaluate }, best.point, maxIterations)!
    return recordOf(problem, solution, evaluate)
  } finally {
    dispose()
  }
}

/** The loss over all rows with its gradient and Hessian. */
function withDerivatives(loss: Value, parameters: readonly Value[], data: DataColumns) {
  const size = parameters.length
  const slopes = gradient(loss, parameters)
  const bends = slopes.flatMap((slope, i) => gradient(slope, parameters.slice(0, i + 1)))
  const outputs = [loss, ...slopes, ...bends]
  const few = data.rows < FEW_ROWS
  const compiled = compile(outputs, {
    inputs: parameters,
    reduce: 'sum',
    engine: few ? 'interpreter' : 'auto',
  })
  const labels = columnsBelow([loss])
  const { run } =
    labels.length === 0
      ? compiled
      : compiled.bind(Object.fromEntries(labels.map(label => [label, data.columns[label]!])))
  const results = new Float64Array(outputs.length)
  const evaluate = (at: Float64Array, out: Float64Array): void => {
    run(at, results)
    out.set(results.subarray(0, 1 + size))
    let next = 1 + size
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        out[1 + size + i * size + j] = out[1 + size + j * size + i] = results[next++]!
      }
    }
  }
  return { evaluate, dispose: () => compiled.dispose() }
}

/** The search for the profile of a parameter: Newton's method over the others, whose derivatives are part of what there is. */
export function profileSearch(problem: LikelihoodProblem, record: EstimationRecord): ProfileSearch {
  const { loss, parameters, names, positive, data, maxIterations } = problem
  return (j, width) => {
    const size = parameters.length
    const { evaluate, dispose } = withDerivatives(loss, parameters, data)
    const at = Float64Array.from(record.values, (x, i) => (positive.has(names[i]!) ? log(x) : x))
    const free = names.map((_, i) => i).filter(i => i !== j)
    const all = new Float64Array(1 + size + size * size)
    const overOthers: SecondOrder['evaluate'] = (others, out) => {
      for (const [k, i] of free.entries()) at[i] = others[k]!
      evaluate(at, all)
      const taken = free.flatMap(i => free.map(k => all[1 + size + i * size + k]!))
      out.set([all[0]!, ...free.map(i => all[1 + i]!), ...taken])
    }
    const best = {
      value: record.values[j]!,
      standardError: norm(record.inverseRoot[j]!),
      others: Float64Array.from(free, i => at[i]!),
    }
    try {
      return profile(best, width, (x, others) => {
        at[j] = positive.has(names[j]!) ? log(x) : x
        const found = newton({ evaluate: overOthers }, others, maxIterations)
        if (found === undefined) return undefined
        // Rounding may put the held value a hair above the best one.
        return { excess: Math.max(2 * (found.value + record.logLikelihood), 0), others: found.point }
      })
    } finally {
      dispose()
    }
  }
}

function parameterAt({ names, positive }: LikelihoodProblem, point: ArrayLike<number>, j: number): number {
  return positive.has(names[j]!) ? exp(point[j]!) : point[j]!
}

function recordOf(
  problem: LikelihoodProblem,
  { point, value, inverseRoot, rank, undetermined, stopped, iterations, evaluations }: NewtonSolution,
  evaluate: (at: Float64Array, out: Float64Array) => void,
): EstimationRecord {
  const { names, data, confidence, positive } = problem
  const warnings: string[] = []
  const unknown = names.filter((_, j) => undetermined[j])
  if (unknown.length > 0) {
    warnings.push(`the likelihood does not determine ${unknown.join(', ')}: other values are as likely`)
  }
  if (inverseRoot === undefined) {
    warnings.push('the search ended where the likelihood is not greatest (a saddle): start elsewhere')
  }
  // Of a positive parameter the graph holds the logarithm, whose standard error is relative.
  const root = names.map((name, j) =>
    names.map((_, k) => {
      if (inverseRoot === undefined || undetermined[j]) return Number.NaN
      return inverseRoot[j]![k]! * (positive.has(name) ? exp(point[j]!) : 1)
    }),
  )
  const bent = inverseRoot === undefined ? [] : names.filter((_, j) => !undetermined[j] && isBent(j))
  if (bent.length > 0) {
    warnings.push(
      `the log-likelihood is far from a parabola within a standard error of ${bent.join(', ')}, which may run off without end: ` +
        'standard errors and intervals say little; simplify the model, or fix a parameter',
    )
  }
  return {
    names,
    values: Array.from(point, (_, j) => parameterAt(problem, point, j)),
    fixed: {},
    inverseRoot: root,
    rank,
    logLikelihood: -value,
    observations: data.rows,
    confidence,
    converged: stopped === 'flat' && inverseRoot !== undefined,
    reason: REASONS[stopped],
    iterations,
    evaluations,
    warnings,
  }

  /** Whether one standard error to either side lowers the log-likelihood by something else than about 1/2. */
  function isBent(j: number): boolean {
    const row = inverseRoot![j]!
    const length = norm(row)
    const step = inverseRoot!.map(other => other.reduce((total, x, k) => total + x * row[k]!, 0) / length)
    const derivatives = new Float64Array(1 + names.length + names.length * names.length)
    return [-1, 1].some(sign => {
      evaluate(
        point.map((x, i) => x + sign * step[i]!),
        derivatives,
      )
      const fall = derivatives[0]! - value
      return !(fall > HALF / BENT && fall < HALF * BENT)
    })
  }
}

/** What a parabola falls by over one standard error. */
const HALF = 0.5
/** Everyday likelihoods of some ten rows fall by 0.2 to 1.5; one that runs off to infinity does not fall at all. */
const BENT = 10

const REASONS: Readonly<Record<NewtonSolution['stopped'], string>> = {
  flat: 'the log-likelihood no longer rises',
  stuck: 'no step raises the log-likelihood any further',
  iterations: 'it reached maxIterations',
}
