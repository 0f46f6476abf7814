/**
 * Backpropagation by hand and by machine: two inputs, two hidden neurons, two outputs, all sigmoid. The network is
 * written as its formulas; backward() applies the chain rule to them, and explain() shows how for two of the weights.
 */

import { instance } from '@viz-js/viz'
import { constant, mul, pow, sigmoid, sub, type Value, value, zeroGrad } from 'chainrule'
import { explain, toDot } from 'chainrule/view'
import { descentCurve, type Point } from './shared/charts.js'
import { createChecks } from './shared/checks.js'
import { save, savePicture } from './shared/pictures.js'

// ── The network ─────────────────────────────────────────────────────────────────────────────────────────────────

// What is learned is a value; what stays as it is, is a constant. The biases are shared by a layer and not trained.
const i1 = constant(0.05).as('i1')
const i2 = constant(0.1).as('i2')
const b1 = constant(0.35).as('b1')
const b2 = constant(0.6).as('b2')
const target1 = constant(0.01).as('target1')
const target2 = constant(0.99).as('target2')

const w1 = value(0.15, 'w1')
const w2 = value(0.2, 'w2')
const w3 = value(0.25, 'w3')
const w4 = value(0.3, 'w4')
const w5 = value(0.4, 'w5')
const w6 = value(0.45, 'w6')
const w7 = value(0.5, 'w7')
const w8 = value(0.55, 'w8')
const weights = [w1, w2, w3, w4, w5, w6, w7, w8]

const net_h1 = w1.mul(i1).add(w2.mul(i2)).add(b1).as('net_h1')
const net_h2 = w3.mul(i1).add(w4.mul(i2)).add(b1).as('net_h2')
const h1 = sigmoid(net_h1).as('h1')
const h2 = sigmoid(net_h2).as('h2')

const net_o1 = w5.mul(h1).add(w6.mul(h2)).add(b2).as('net_o1')
const net_o2 = w7.mul(h1).add(w8.mul(h2)).add(b2).as('net_o2')
const o1 = sigmoid(net_o1).as('o1')
const o2 = sigmoid(net_o2).as('o2')

const E_o1 = mul(0.5, pow(sub(target1, o1), 2)).as('E_o1')
const E_o2 = mul(0.5, pow(sub(target2, o2), 2)).as('E_o2')
const E = E_o1.add(E_o2).as('E')

// ── Forward: every quantity on the way from the inputs to the error ─────────────────────────────────────────────

console.log(`A 2-2-2 network: the error and its gradient

E as chainrule recorded it, line by line
${indent(String(E))}

Forward, with inputs ${i1.data} and ${i2.data}, targets ${target1.data} and ${target2.data}, fixed biases ${b1.data} and ${b2.data}`)

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

const rate = 0.5

// w5 reaches E along one path; w1 along two, through o1 and through o2, which the chain rule adds up.
for (const w of [w5, w1]) {
  console.log(`\n${w.label}, factor by factor\n${indent(String(explain(E, w, { rate })))}`)
}

const viz = await instance()
const graph = toDot(E, { labelledOnly: true, digits: 4, direction: 'TB' })
const graphPicture = save('two-two-two.svg', viz.renderString(graph, { format: 'svg' }))

const derivation = save(
  'two-two-two-derivation.md',
  `# Backpropagation through a 2-2-2 network, worked out

The network of the example \`two-two-two\`: two inputs, two hidden neurons, two outputs, all sigmoid. Its error is half the sum
of the squared differences between targets and outputs. The biases stay as they are, so the eight weights are all there is to
learn. \`explain\` of \`chainrule/view\` wrote what follows, from the graph that the formulas recorded.

![Every quantity of the network with its value and its gradient](images/two-two-two.svg)

## Forward

\`\`\`text
${E}
\`\`\`

| quantity | value |
| --- | --- |
${forward.map(({ name, data }) => `| \`${name}\` | ${nine(data)} |`).join('\n')}

## Backward: the weights of the output layer

Each reaches the error along one path. The learning rate is ${rate}.

${[w5, w6, w7, w8].map(derived).join('\n\n')}

## Backward: the weights of the hidden layer

Each reaches the error along two paths, one through each output, which are added up. All gradients are taken at the weights as
they were before the update.

${[w1, w2, w3, w4].map(derived).join('\n\n')}
`,
)

// ── Update: every weight a step down its slope, all from one gradient; then again and again ─────────────────────

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

const errorPicture = savePicture(
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
console.log(
  `Pictures: ${graphPicture}\n          ${errorPicture}\nThe derivation of all weights: ${derivation}`,
)

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
EXPECTED_ERRORS.forEach((expected, i) => {
  check.close(`the error after ${table[i]![0]} updates`, table[i]![1], expected)
})
check.close('o1 after 10,000 updates', o1.data, EXPECTED_OUTPUTS[0]!)
check.close('o2 after 10,000 updates', o2.data, EXPECTED_OUTPUTS[1]!)
check.finish()

/** A section of the derivation. */
function derived(w: Value): string {
  return `### ${w.label}\n\n${explain(E, w, { rate }).toMarkdown()}`
}

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
  return text.replaceAll(/^(?!$)/gm, '  ')
}
