/** A least-squares fit of 10^5 rows and 7 parameters, against ml-levenberg-marquardt, as paired ratios. */

import { fit } from 'chainrule/fit'
import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import seedrandom from 'seedrandom'
import { paired, sunk } from './paired.js'
import { conditions, quick, rounded, save } from './results.js'

const rows = quick ? 1000 : 100_000
const random = seedrandom('fit')
const names = ['w1', 'b1', 'w2', 'b2', 'w3', 'w4', 'b3']
const truth = [3.34, -1.43, -3.53, 0.57, -1.22, -2.3, 2.61]
const start = [3, -1, -3, 0.5, -1, -2, 2]

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** w3 softplus(w1 x + b1) + w4 softplus(w2 x + b2) + b3, as the other library wants it. */
const model =
  (p: number[]) =>
  (x: number): number =>
    p[4]! * softplus(p[0]! * x + p[1]!) + p[5]! * softplus(p[2]! * x + p[3]!) + p[6]!
const jacobianFunction =
  (p: number[]) =>
  (x: number): number[] => {
    const first = p[0]! * x + p[1]!
    const second = p[2]! * x + p[3]!
    const s1 = p[4]! * sigmoid(first)
    const s2 = p[5]! * sigmoid(second)
    return [s1 * x, s1, s2 * x, s2, softplus(first), softplus(second), 1]
  }

const x = Array.from({ length: rows }, (_, i) => -1 + (3 * i) / rows)
const y = x.map(x => model(truth)(x) + 0.05 * (random() + random() + random() - 1.5))

const ours = (): number[] => {
  const { parameters } = fit(
    'y ~ w3 * softplus(w1 * x + b1) + w4 * softplus(w2 * x + b2) + b3',
    { x, y },
    { start: Object.fromEntries(names.map((name, j) => [name, start[j]!])) },
  )
  return names.map(name => parameters[name]!)
}
const theirs = (options: object): number[] =>
  levenbergMarquardt({ x, y }, model, { initialValues: start, ...options }).parameterValues

// Its only test for convergence is a sum of squares below `errorTolerance`, so with noise it makes all 100 iterations;
// and it takes only improvements above it, so that 0 is needed for all digits.
const exact = { jacobianFunction, errorTolerance: 0 }
const functions = {
  chainrule: ours,
  numeric: () => theirs({}),
  analytic: () => theirs(exact),
  // By hand: stopped after as few iterations as give the answer to seven digits, which a user cannot know.
  'analytic, 6 iterations': () => theirs({ ...exact, maxIterations: 6 }),
}

const answer = ours()
for (const [name, run] of Object.entries(functions)) {
  const worst = Math.max(...run().map((p, j) => Math.abs(p / answer[j]! - 1)))
  console.log(`${name}: parameters within ${worst.toExponential(1)} of chainrule's`)
  // Its forward differences with a step of 0.1 bias the answer in the fourth digit.
  if (!(worst < (name === 'numeric' ? 1e-3 : 1e-6))) throw new Error(`${name}: another answer`)
}

const timed = Object.fromEntries(
  Object.entries(functions).map(([name, run]) => [name, () => run()[0]!]),
) as Record<keyof typeof functions, () => number>
const result = paired(timed, { rounds: quick ? 1 : 5, blockMilliseconds: 0.1 })
const ratios = {
  numeric: rounded(result.ratio('numeric', 'chainrule')),
  analytic: rounded(result.ratio('analytic', 'chainrule')),
  analyticSixIterations: rounded(result.ratio('analytic, 6 iterations', 'chainrule')),
}
const milliseconds = rounded(result.microseconds('chainrule') / 1000)
console.log({ rows, milliseconds, ratios, control: rounded(result.control) })
save('fit', { conditions: conditions(), rows, milliseconds, ratios, control: rounded(result.control) })
console.log(`(sink ${sunk()})`)
