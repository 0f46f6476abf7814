/**
 * A neural network as a squiggle fitted to data: one input (a dosage), two softplus neurons, one output (how well the
 * dosage works). Gradient descent learns one parameter, then three, then all seven.
 */

import { column as data, formula, softplus, square, sub, sum, type Value, value, zeroGrad } from 'chainrule'
import { fit, gradientDescent, minimize } from 'chainrule/fit'
import { descentCurve, descentSteps, fittedCurve, type Point, residualStems } from './shared/charts.js'
import { createChecks } from './shared/checks.js'
import { savePicture } from './shared/pictures.js'
import { startProgress } from './shared/progress.js'

// ── The data, the network and its error ─────────────────────────────────────────────────────────────────────────

// A low dosage does not work, a medium one does, a high one does not.
const observations = [
  { dosage: 0, efficacy: 0 },
  { dosage: 0.5, efficacy: 1 },
  { dosage: 1, efficacy: 0 },
]

const w1 = value(3.34, 'w1')
const b1 = value(-1.43, 'b1')
const w2 = value(-3.53, 'w2')
const b2 = value(0.57, 'b2')
const w3 = value(-1.22, 'w3')
const w4 = value(-2.3, 'w4')
const b3 = value(0, 'b3')
const all = [w1, b1, w2, b2, w3, w4, b3]

const firstCurve = (dosage: number) => w3.mul(softplus(w1.mul(dosage).add(b1)))
const secondCurve = (dosage: number) => w4.mul(softplus(w2.mul(dosage).add(b2)))
const predicted = (dosage: number) => firstCurve(dosage).add(secondCurve(dosage)).add(b3)

// The sum of the squared residuals. It is recorded once: when parameters change, forward() evaluates it again, and
// backward() finds its slope along every parameter.
const predictions = observations.map(({ dosage }) => predicted(dosage))
const residuals = observations.map(({ efficacy }, i) => sub(efficacy, predictions[i]!))
const SSR = sum(residuals.map(residual => square(residual)))

/** One step of gradient descent: each parameter learned goes down its slope. The others stay. */
function descend(learned: readonly Value[], rate: number): void {
  zeroGrad(all)
  SSR.backward()
  for (const parameter of learned) parameter.data -= rate * parameter.grad
  SSR.forward()
}

console.log(`Dosage and efficacy: fitting a squiggle to three observations

predicted = w3 * softplus(w1 * dosage + b1) + w4 * softplus(w2 * dosage + b2) + b3
SSR       = sum of (observed - predicted)^2`)

// ── Stage 1: b3 alone ───────────────────────────────────────────────────────────────────────────────────────────

console.log(`
Stage 1: learn b3 alone, the other six known
  ${describe(all.slice(0, 6), 2)}`)

const ssrAt = [0, 1, 2, 3].map(x => {
  b3.data = x
  return SSR.forward()
})
console.log(`  SSR at b3 = 0, 1, 2, 3:  ${ssrAt.map(ssr => ssr.toFixed(ssr > 5 ? 1 : 2)).join('  ')}`)

const rate1 = 0.1
const smallStep = 0.005
const path: { b3: number; SSR: number; slope: number }[] = []

console.log(`
  Descent: step size = ${rate1} * slope, new b3 = b3 - step size, until |step size| < ${smallStep}

      b3       SSR     slope  step size`)

b3.data = 0
SSR.forward()
for (let stepSize = Number.POSITIVE_INFINITY; Math.abs(stepSize) >= smallStep; ) {
  const before = { b3: b3.data, SSR: SSR.data }
  descend([b3], rate1)
  stepSize = rate1 * b3.grad
  path.push({ ...before, slope: b3.grad })
  const digits = [before.SSR, b3.grad, stepSize].map(x => x.toPrecision(3).padStart(8))
  console.log(`  ${column(before.b3, 3, 6)}  ${digits.join('  ')}`)
}
const learnedB3 = b3.data
console.log(`  b3 = ${learnedB3.toFixed(2)}, SSR = ${SSR.data.toFixed(6)}`)

const b3Picture = savePicture(
  'dosage-b3',
  descentSteps({
    title: 'SSR against b3, and the way down',
    xLabel: 'b3',
    yLabel: 'SSR, sum of squared residuals',
    curve: range(-0.5, 4.5, 120).map(x => {
      b3.data = x
      return [x, SSR.forward()] as const
    }),
    steps: path.map((step, i) => ({
      at: [step.b3, step.SSR],
      slope: step.slope,
      ...(i < 3 && { name: ['start', '1 step', '2 steps'][i]! }),
    })),
  }),
)

// Smaller and smaller steps end where the slope is 0.
b3.data = 0
SSR.forward()
for (let n = 0; n < 100; n++) descend([b3], rate1)
const lowestB3 = b3.data

// ── Stage 2: w3, w4 and b3 ──────────────────────────────────────────────────────────────────────────────────────

const rate2 = 0.1
const tinyStep = 1e-12
const three = [w3, w4, b3]
w3.data = 0.36
w4.data = 0.63
b3.data = 0
const ssrBefore2 = SSR.forward()

console.log(`
Stage 2: learn w3, w4 and b3, the others known
  start   ${describe(three, 2)}  SSR = ${ssrBefore2.toFixed(4)}`)

descend(three, rate2)
const slopes2 = three.map(parameter => parameter.grad)
console.log(`  slopes  ${three.map((p, i) => `${p.label}: ${slopes2[i]!.toFixed(4)}`).join('  ')}`)

let steps2 = 1
while (three.some(parameter => Math.abs(rate2 * parameter.grad) > tinyStep)) {
  descend(three, rate2)
  steps2++
}
const end2 = three.map(parameter => parameter.data)
console.log(`  end     ${describe(three, 4)}  after ${count(steps2)} steps of ${rate2} * slope`)

// ── Stage 3: all seven ──────────────────────────────────────────────────────────────────────────────────────────

const rate3 = 0.03
const smallSSR = 1e-12
const start3 = [2.74, 0, -1.13, 0, 0.36, 0.63, 0]
setStart()
const ssrBefore3 = SSR.forward()
const predictedBefore3 = predictions.map(prediction => prediction.data)

console.log(`
Stage 3: learn all seven, ${rate3} * slope at a time, until SSR < ${smallSSR}

  steps         SSR`)

let slopes3: number[] = []
const losses: Point[] = [[0, ssrBefore3]]
const progress = startProgress('steps', 10_000)
let steps3 = 0
logLoss()
while (SSR.data >= smallSSR) {
  descend(all, rate3)
  steps3++
  if (steps3 === 1) slopes3 = all.map(parameter => parameter.grad)
  losses.push([steps3, SSR.data])
  if ([1, 10, 100, 1000].includes(steps3)) logLoss()
  progress.update(steps3)
}
progress.finish()
logLoss()

console.log('\n           start     end')
all.forEach((parameter, i) => {
  console.log(`  ${parameter.label}    ${column(start3[i]!, 2, 8)}${column(parameter.data, 2, 8)}`)
})

console.log('\n  dosage  observed  predicted at the start  predicted at the end')
observations.forEach(({ dosage, efficacy }, i) => {
  console.log(
    `  ${dosage.toFixed(1).padEnd(6)}  ${efficacy.toFixed(1).padEnd(8)}  ` +
      `${predictedBefore3[i]!.toFixed(4).padEnd(22)}  ${Math.abs(predictions[i]!.data).toFixed(4)}`,
  )
})

const curveOf = (f: (dosage: number) => Value): Point[] => range(0, 1, 100).map(x => [x, f(x).data])
const observed = observations.map(({ dosage, efficacy }): Point => [dosage, efficacy])
const pictures = [
  b3Picture,
  savePicture(
    'dosage-curve',
    fittedCurve({
      title: 'Two bent lines add up to the squiggle',
      xLabel: 'dosage (0 low, 1 high)',
      yLabel: 'efficacy (0 none, 1 full)',
      curves: [
        { name: 'first neuron * w3', points: curveOf(firstCurve) },
        { name: 'second neuron * w4', points: curveOf(secondCurve) },
        { name: 'both + b3', points: curveOf(predicted) },
      ],
      observed,
    }),
  ),
  savePicture(
    'dosage-residuals',
    residualStems({
      title: 'What is left to explain',
      xLabel: 'dosage (0 low, 1 high)',
      yLabel: 'residual: observed - predicted',
      fits: [
        { name: 'at the start', residuals: observed.map(([x, y], i) => [x, y - predictedBefore3[i]!]) },
        { name: 'at the end', residuals: observed.map(([x, y], i) => [x, y - predictions[i]!.data]) },
      ],
    }),
  ),
  savePicture(
    'dosage-loss',
    descentCurve({
      title: 'Learning all seven parameters',
      xLabel: 'steps',
      yLabel: 'SSR (logarithmic)',
      curve: losses,
    }),
  ),
]

// ── The same in four lines ──────────────────────────────────────────────────────────────────────────────────────

// Stage 3 again: the squared residual of one row as a formula, and an optimiser that knows the rest.
const end3 = all.map(parameter => parameter.data)
setStart()
const squaredResidual = formula`(${w3} * softplus(${w1} * ${data('dosage')} + ${b1}) + ${w4} * softplus(${w2} * ${data('dosage')} + ${b2}) + ${b3} - ${data('efficacy')}) ** 2`
const again = minimize(squaredResidual, {
  parameters: all,
  data: observations,
  optimizer: gradientDescent({ rate: rate3 }),
  maxSteps: steps3,
})

// The method for sums of squares, from where stage 1 began. It finds another solution: seven parameters can be bent
// through three points in many ways, and the result says so.
const start1 = { w1: 3.34, b1: -1.43, w2: -3.53, b2: 0.57, w3: -1.22, w4: -2.3, b3: 0 }
const fitted = fit(
  'efficacy ~ w3 * softplus(w1 * dosage + b1) + w4 * softplus(w2 * dosage + b2) + b3',
  observations,
  { start: start1 },
)

console.log(`
The same in four lines
  minimize: ${count(again.steps)} steps, SSR = ${again.loss.toExponential(2)}
  ${describe(all, 4)}

  fit:
${String(fitted).replace(/^/gm, '  ')}`)

console.log(`\nPictures: ${pictures.join('\n          ')}`)

// ── Checks ──────────────────────────────────────────────────────────────────────────────────────────────────────

const check = createChecks()

// Stage 1. The figures with few digits are those of the published lesson; those with all digits were computed once in
// double precision from the formulas, outside chainrule.
const EXPECTED_SSR = [20.423597677589214, 7.768489297011464, 1.1133809164337165, 0.45827253585596883]
const EXPECTED_PATH = [
  [0, 20.423597677589214, -15.655108380577747],
  [1.565510838057775, 3.267828389054717, -6.262043352231099],
  [2.191715173280885, 0.5229053028891979, -2.5048173408924375],
  [2.442196907370129, 0.08371760910271552, -1.0019269363569747],
  [2.5423896010058264, 0.013447578096878335, -0.4007707745427891],
  [2.582466678460105, 0.002204373135944476, -0.16030830981711697],
  [2.598497509441817, 0.00040546034219502553, -0.06412332392684705],
  [2.6049098418345014, 0.00011763429519511406, -0.02564932957073962],
] as const
ssrAt.forEach((ssr, x) => {
  check.printed(`SSR at b3 = ${x}`, ssr, ['20.4', '7.8', '1.11', '0.46'][x]!)
  check.close(`SSR at b3 = ${x}`, ssr, EXPECTED_SSR[x]!)
})
check.printed('slope at b3 = 0', path[0]!.slope, '-15.7')
check.printed('slope after one step', path[1]!.slope, '-6.26')
check.equal('steps of stage 1', path.length, EXPECTED_PATH.length)
EXPECTED_PATH.forEach(([b3, ssr, slope], i) => {
  check.close(`b3 before step ${i + 1}`, path[i]!.b3, b3)
  check.close(`SSR before step ${i + 1}`, path[i]!.SSR, ssr)
  check.close(`slope at step ${i + 1}`, path[i]!.slope, slope)
})
check.printed('b3 learned in stage 1', learnedB3, '2.61')
check.close('b3 at the lowest SSR', lowestB3, 2.609184730096291)

// Stage 2: three equations in three unknowns, solved outside chainrule.
const EXPECTED_SLOPES_2 = [2.576139529882881, 1.2567622996820274, 1.8995546661671223]
const EXPECTED_END_2 = ['-1.21589822', '-2.30380658', '2.60666112']
check.close('SSR at the start of stage 2', ssrBefore2, 1.3976679482658463)
three.forEach(({ label }, i) => {
  check.close(`slope along ${label} at the start of stage 2`, slopes2[i]!, EXPECTED_SLOPES_2[i]!)
  check.printed(`${label} at the end of stage 2`, end2[i]!, EXPECTED_END_2[i]!)
})

// Stage 3: the published parameters, and the same descent in double precision, outside chainrule.
const EXPECTED_PREDICTED_3 = [0.6862157087543458, 0.8582318099997126, 1.185279687367333]
const EXPECTED_SLOPES_3 = [
  0.7609437196206794, 0.9672858439713443, 0.33227637742329064, 0.7322256677431087, 7.142314400495206,
  1.4872805518519527, 3.459454412242783,
]
const PUBLISHED = ['3.34', '-1.43', '-3.53', '0.57', '-1.22', '-2.30', '2.61']
const EXPECTED_END_3 = [
  3.3368982726501657, -1.430713182638479, -3.527881091840045, 0.5733331381545492, -1.218855677667217,
  -2.3009741927130825, 2.60914610374691,
]
check.close('SSR at the start of stage 3', ssrBefore3, 1.8958781559227895)
EXPECTED_PREDICTED_3.forEach((expected, i) => {
  check.close(`prediction ${i + 1} at the start of stage 3`, predictedBefore3[i]!, expected)
})
check.equal('steps of stage 3', steps3, 3440)
all.forEach((parameter, i) => {
  check.close(`slope along ${parameter.label} at the start of stage 3`, slopes3[i]!, EXPECTED_SLOPES_3[i]!)
  check.printed(`${parameter.label} at the end of stage 3`, end3[i]!, PUBLISHED[i]!)
  check.close(`${parameter.label} at the end of stage 3`, end3[i]!, EXPECTED_END_3[i]!)
  check.close(`${parameter.label} by minimize`, again.parameters[i]!, EXPECTED_END_3[i]!)
})
check.printed('SSR by fit', fitted.sumOfSquares, '0.000000000000000')
observations.forEach(({ efficacy }, i) => {
  check.printed(`prediction ${i + 1} at the end`, Math.abs(predictions[i]!.data), efficacy.toFixed(5))
})
check.finish()

function setStart(): void {
  all.forEach((parameter, i) => {
    parameter.data = start3[i]!
  })
}

function logLoss(): void {
  const ssr = SSR.data >= 0.001 ? SSR.data.toFixed(6) : SSR.data.toExponential(2)
  console.log(`  ${count(steps3).padStart(5)}  ${ssr.padStart(10)}`)
}

function describe(parameters: readonly Value[], decimals: number): string {
  return parameters.map(({ label, data }) => `${label} = ${data.toFixed(decimals)}`).join('  ')
}

function column(x: number, decimals: number, width: number): string {
  return x.toFixed(decimals).padStart(width)
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}

function range(low: number, high: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps)
}
