/**
 * Backpropagation by hand and by machine: two inputs, two hidden neurons, two outputs, all sigmoid. The network is
 * written as its formulas; backward() applies the chain rule to them, and here two of its results are taken apart.
 */

import { gradient, sigmoid, square, sub, type Value, value, zeroGrad } from 'chainrule'
import { descentCurve, type Point } from './shared/charts.js'
import { createChecks } from './shared/checks.js'
import { savePicture } from './shared/pictures.js'

// ── The network ─────────────────────────────────────────────────────────────────────────────────────────────────

const i1 = 0.05
const i2 = 0.1
const target1 = 0.01
const target2 = 0.99

// What is learned is a Value; what stays as it is, is a number. The biases are shared by a layer and not trained.
const w1 = value(0.15, 'w1')
const w2 = value(0.2, 'w2')
const w3 = value(0.25, 'w3')
const w4 = value(0.3, 'w4')
const w5 = value(0.4, 'w5')
const w6 = value(0.45, 'w6')
const w7 = value(0.5, 'w7')
const w8 = value(0.55, 'w8')
const weights = [w1, w2, w3, w4, w5, w6, w7, w8]
const b1 = 0.35
const b2 = 0.6

const net_h1 = w1.mul(i1).add(w2.mul(i2)).add(b1).as('net_h1')
const net_h2 = w3.mul(i1).add(w4.mul(i2)).add(b1).as('net_h2')
const h1 = sigmoid(net_h1).as('h1')
const h2 = sigmoid(net_h2).as('h2')

const net_o1 = w5.mul(h1).add(w6.mul(h2)).add(b2).as('net_o1')
const net_o2 = w7.mul(h1).add(w8.mul(h2)).add(b2).as('net_o2')
const o1 = sigmoid(net_o1).as('o1')
const o2 = sigmoid(net_o2).as('o2')

const residual1 = sub(target1, o1).as('residual1')
const residual2 = sub(target2, o2).as('residual2')
const E_o1 = square(residual1).mul(0.5).as('E_o1')
const E_o2 = square(residual2).mul(0.5).as('E_o2')
const E = E_o1.add(E_o2).as('E')

// ── Forward: every quantity on the way from the inputs to the error ─────────────────────────────────────────────

console.log(`A 2-2-2 network: the error and its gradient

E as chainrule recorded it, line by line
${indent(String(E))}

Forward, with inputs i1 = ${i1} and i2 = ${i2}, targets ${target1} and ${target2}, fixed biases ${b1} and ${b2}`)

const forward = [net_h1, net_h2, h1, h2, net_o1, net_o2, o1, o2, E_o1, E_o2, E].map(snapshot)
for (const { name, data } of forward) console.log(`  ${name.padEnd(6)} = ${nine(data)}`)

// ── Backward: the slope of E along every weight ─────────────────────────────────────────────────────────────────

E.backward()
const started = weights.map(w => w.data)
const gradients = weights.map(w => w.grad)

console.log('\nBackward: how E changes with each weight')
weights.forEach((w, i) => {
  console.log(`  dE/d${w.label} = ${wide(gradients[i]!)}`)
})

/** The derivative of one quantity with respect to another one that it was computed from. */
function d(y: Value, x: Value): number {
  return gradient(y, [x])[0]!.data
}

// w5 reaches E along one path: w5 -> net_o1 -> o1 -> E. The chain rule multiplies the slopes along it.
const w5Product = d(E, o1) * d(o1, net_o1) * d(net_o1, w5)

console.log(`
w5, factor by factor: one path, w5 -> net_o1 -> o1 -> E
  dE/do1       = o1 - target1   = ${nine(d(E, o1))}
  do1/dnet_o1  = o1 * (1 - o1)  = ${nine(d(o1, net_o1))}
  dnet_o1/dw5  = h1             = ${nine(d(net_o1, w5))}
  dE/dw5       = their product  = ${nine(w5Product)}`)

// w1 reaches E along two paths, through o1 and through o2. The chain rule adds what arrives at h1 along each.
const throughO1 = d(E, o1) * d(o1, net_o1) * d(net_o1, h1)
const throughO2 = d(E, o2) * d(o2, net_o2) * d(net_o2, h1)
const w1Product = (throughO1 + throughO2) * d(h1, net_h1) * d(net_h1, w1)

console.log(`
w1, factor by factor: two paths, w1 -> net_h1 -> h1, then through o1 and through o2
  through o1   = dE/do1 * do1/dnet_o1 * dnet_o1/dh1
               = (o1 - target1) * o1 * (1 - o1) * w5
               = ${wide(d(E, o1))} * ${nine(d(o1, net_o1))} * ${nine(d(net_o1, h1))} = ${wide(throughO1)}
  through o2   = dE/do2 * do2/dnet_o2 * dnet_o2/dh1
               = (o2 - target2) * o2 * (1 - o2) * w7
               = ${wide(d(E, o2))} * ${nine(d(o2, net_o2))} * ${nine(d(net_o2, h1))} = ${wide(throughO2)}
  dE/dh1       = their sum      = ${nine(throughO1 + throughO2)}
  dh1/dnet_h1  = h1 * (1 - h1)  = ${nine(d(h1, net_h1))}
  dnet_h1/dw1  = i1             = ${nine(d(net_h1, w1))}
  dE/dw1       = their product  = ${nine(w1Product)}`)

// ── Update: every weight a step down its slope, all from one gradient; then again and again ─────────────────────

const rate = 0.5

function update(): void {
  zeroGrad(weights)
  E.backward()
  for (const w of weights) w.data -= rate * w.grad
  E.forward()
}

update()
const updated = weights.map(w => w.data)

console.log(`\nThe weights before and after one update: w - ${rate} * dE/dw`)
weights.forEach((w, i) => {
  console.log(`  ${w.label} = ${started[i]!.toFixed(2)}  ->  ${nine(updated[i]!)}`)
})

const marks = [1, 10, 100, 1000, 10_000]
const errors: Point[] = [[1, E.data]]
while (errors.length < marks.at(-1)!) {
  update()
  errors.push([errors.length + 1, E.data])
}
const table: Point[] = [[0, forward.at(-1)!.data], ...marks.map(n => errors[n - 1]!)]

console.log('\nThe error, update after update\n  updates   E')
for (const [n, error] of table) {
  console.log(`  ${n.toLocaleString('en-US').padStart(7)}   ${error.toPrecision(9)}`)
}
console.log(`The outputs are now ${nine(o1.data)} and ${nine(o2.data)}.

A text that prints 0.291027924 after one update changes w5 to w8 first and takes the
gradients of w1 to w4 with the new ones; one gradient for all weights gives ${nine(errors[0]![1])}.
`)

const picture = savePicture(
  'two-two-two-error',
  descentCurve({
    title: 'The error of the 2-2-2 network falls',
    xLabel: 'updates (logarithmic)',
    yLabel: 'error E (logarithmic)',
    curve: errors,
    logarithmicSteps: true,
    named: marks.map(n => [...errors[n - 1]!, errors[n - 1]![1].toPrecision(3)] as const),
  }),
)
console.log(`Picture: ${picture}`)

// ── Checks ──────────────────────────────────────────────────────────────────────────────────────────────────────

// Computed once in double precision from the formulas above, outside chainrule.
const EXPECTED_FORWARD = [
  0.3775, 0.39249999999999996, 0.5932699921071872, 0.596884378259767, 1.10590596705977, 1.2249214040964653,
  0.7513650695523157, 0.7729284653214625, 0.274811083176155, 0.023560025583847746, 0.2983711087600027,
]
const EXPECTED_GRADIENT = [
  0.0004385677344743465, 0.000877135468948693, 0.0004977127352608599, 0.0009954254705217198,
  0.08216704056423077, 0.08266762784753325, -0.02260254047747507, -0.022740242215978222,
]
const EXPECTED_UPDATED = [
  0.1497807161327628, 0.19956143226552567, 0.24975114363236958, 0.29950228726473915, 0.35891647971788465,
  0.4086661860762334, 0.5113012702387375, 0.5613701211079891,
]
const EXPECTED_ERRORS = [
  0.2983711087600027, 0.29102777369359933, 0.22091859205390404, 0.02004682824942521, 0.001114349453733746,
  3.510187782978859e-5,
]
const EXPECTED_OUTPUTS = [0.01591362044355068, 0.9840642735146238]

const check = createChecks()
EXPECTED_FORWARD.forEach((expected, i) => {
  check.close(forward[i]!.name, forward[i]!.data, expected)
})
weights.forEach((w, i) => {
  check.close(`dE/d${w.label}`, gradients[i]!, EXPECTED_GRADIENT[i]!)
  check.close(`${w.label} after one update`, updated[i]!, EXPECTED_UPDATED[i]!)
})
check.close('dE/dw5 from its factors', w5Product, EXPECTED_GRADIENT[4]!)
check.close('dE/dw1 from its factors', w1Product, EXPECTED_GRADIENT[0]!)
EXPECTED_ERRORS.forEach((expected, i) => {
  check.close(`the error after ${table[i]![0]} updates`, table[i]![1], expected)
})
check.close('o1 after 10,000 updates', o1.data, EXPECTED_OUTPUTS[0]!)
check.close('o2 after 10,000 updates', o2.data, EXPECTED_OUTPUTS[1]!)
check.finish()

function snapshot(node: Value): { name: string; data: number } {
  return { name: node.label ?? '', data: node.data }
}

function nine(x: number): string {
  return x.toFixed(9)
}

/** Room for a sign, so that numbers below one another line up. */
function wide(x: number): string {
  return nine(x).padStart(12)
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
