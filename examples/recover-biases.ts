/**
 * A printed training log, and two numbers that its document does not state. The 2-2-2 network of two-two-two.ts was
 * trained there with other targets, and with two biases that nobody wrote down; the error after each of the first 67
 * updates was printed. Each update subtracts a gradient, so the log is a differentiable program of the biases: its
 * derivative goes through 67 gradients. Least squares finds the biases that reproduce the log, digit by digit.
 */

import { add, dot, grad, jacfwd, jvp, mul, type Operand, sigmoid, square, sub, type Value } from 'chainrule'
import { descentCurve, type Point } from './shared/charts.js'
import { createChecks } from './shared/checks.js'
import { savePicture } from './shared/pictures.js'

// ── What is known ───────────────────────────────────────────────────────────────────────────────────────────────

const inputs = [0.05, 0.1]
const target1 = 0.01
const target2 = 0.09
const startWeights = [0.15, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.55]
const rate = 0.5

/** The biases that the document states for its worked example. They do not give this log. */
const statedBiases = [0.35, 0.6]

/** The error after each update, as printed: nine decimals, zeros at the end left out. */
const printed = `
  0.476998757 0.461369429 0.445427858 0.429235296 0.412860293 0.396377469 0.379865924 0.363407337 0.347083859
  0.330975933 0.315160159 0.299707365 0.284680974 0.270135765 0.256117071 0.242660411 0.229791548 0.217526898
  0.205874218 0.194833509 0.184398037 0.174555407 0.165288635 0.156577163 0.148397792 0.140725515 0.133534229
  0.126797337 0.120488244 0.114580744 0.109049325 0.103869388 0.099017411 0.094471044 0.090209175 0.086211948
  0.082460763 0.07893825 0.075628228 0.072515661 0.069586595 0.0668281 0.06422821 0.061775857 0.059460809
  0.057273613 0.055205536 0.053248511 0.051395086 0.049638375 0.047972015 0.046390122 0.044887254 0.043458377
  0.042098829 0.040804291 0.039570762 0.038394528 0.037272145 0.036200414 0.035176359 0.034197217 0.033260414
  0.032363552 0.031504398 0.030680869 0.02989102`
  .trim()
  .split(/\s+/)

// ── The log as a function of the biases ─────────────────────────────────────────────────────────────────────────

function error(weights: readonly Operand[], [b1, b2]: readonly Operand[]): Operand {
  const h1 = sigmoid(add(dot(weights.slice(0, 2), inputs), b1!))
  const h2 = sigmoid(add(dot(weights.slice(2, 4), inputs), b1!))
  const o1 = sigmoid(add(dot(weights.slice(4, 6), [h1, h2]), b2!))
  const o2 = sigmoid(add(dot(weights.slice(6, 8), [h1, h2]), b2!))
  return mul(0.5, add(square(sub(target1, o1)), square(sub(target2, o2))))
}

/** Trains with these biases and returns the error after each update. */
function train(biases: readonly Value[]): Operand[] {
  let weights: readonly Operand[] = startWeights
  return printed.map(() => {
    const slopes: readonly Operand[] = grad(error)(weights, biases)
    weights = weights.map((w, i) => sub(w, mul(rate, slopes[i]!)))
    return error(weights, biases)
  })
}
// ── Least squares ───────────────────────────────────────────────────────────────────────────────────────────────

const digits = (x: number): string => x.toFixed(9)
const expected = printed.map(Number)
const agreeing = (errors: readonly number[]): number =>
  errors.filter((e, i) => digits(e) === digits(expected[i]!)).length

/** Half a unit of the last printed digit: what rounding leaves open. */
const rounding = 0.5e-9

interface Attempt {
  readonly biases: readonly number[]
  readonly errors: readonly number[]
  readonly largest: number
}

function attempt(biases: readonly number[]): Attempt {
  // A step beside: nothing moves, only the values are wanted.
  const errors: readonly number[] = jvp(train, [biases], [[0, 0]]).value
  return { biases, errors, largest: Math.max(...errors.map((e, i) => Math.abs(e - expected[i]!))) }
}

/** Gauss and Newton: the step to where the weighted squares would be least if the errors were linear in the biases. */
function step({ biases, errors }: Attempt, importance: readonly number[]): number[] {
  const rows: number[][] = jacfwd(train)(biases)
  let [a11, a12, a22, c1, c2] = [0, 0, 0, 0, 0]
  rows.forEach(([d1, d2], i) => {
    const w = importance[i]!
    const residual = errors[i]! - expected[i]!
    a11 += w * d1! * d1!
    a12 += w * d1! * d2!
    a22 += w * d2! * d2!
    c1 += w * d1! * residual
    c2 += w * d2! * residual
  })
  const determinant = a11 * a22 - a12 * a12
  return [biases[0]! - (a22 * c1 - a12 * c2) / determinant, biases[1]! - (a11 * c2 - a12 * c1) / determinant]
}

console.log(`Two biases from a printed log of training

A 2-2-2 sigmoid network, targets ${target1} and ${target2}; after each update w - ${rate} * dE/dw its error was printed.
With the biases that the document states elsewhere, ${statedBiases.join(' and ')}, the first line would read ${digits(attempt(statedBiases).errors[0]!)}.

  step        bias 1        bias 2   largest difference   lines that agree`)

const path: Attempt[] = [attempt(statedBiases)]
let importance = expected.map(() => 1)
for (;;) {
  const last = path.at(-1)!
  const row = [
    String(path.length - 1).padStart(6),
    ...last.biases.map(b => b.toFixed(10).padStart(14)),
    last.largest.toExponential(2).padStart(21),
    `${agreeing(last.errors)} of ${printed.length}`.padStart(19),
  ]
  console.log(row.join(''))
  if (agreeing(last.errors) === printed.length || path.length > 20) break
  // Down to the rounding of the log, every line counts for more the further it is off (Lawson, 1961): the largest
  // difference is what must be small, not the sum of the squares.
  if (last.largest < 4 * rounding) {
    importance = importance.map((w, i) => w * Math.abs(last.errors[i]! - expected[i]!))
  }
  path.push(attempt(step(last, importance)))
}

const found = path.at(-1)!
console.log(`
The log, and the network trained with the biases found

  update     printed    computed
${printed.map((text, i) => `  ${String(i + 1).padStart(6)}  ${text.padEnd(11)} ${digits(found.errors[i]!)}`).join('\n')}
`)

const picture = savePicture(
  'recover-biases',
  descentCurve({
    title: 'Two biases from 67 printed errors',
    xLabel: 'Gauss-Newton steps',
    yLabel: 'largest difference to the log (logarithmic)',
    curve: path.map(({ largest }, n): Point => [n, largest]),
    named: [[path.length - 1, found.largest, 'all 67 lines']],
  }),
)
console.log(`Picture: ${picture}`)

// ── Checks ──────────────────────────────────────────────────────────────────────────────────────────────────────

const check = createChecks()
printed.forEach((text, i) => {
  check.equal(
    `the error after update ${i + 1}`,
    digits(found.errors[i]!),
    text.padEnd('0.123456789'.length, '0'),
  )
})
check.finish()
