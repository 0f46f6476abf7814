/** The lesson: ten points of two classes, a 2-2-2 network, twenty epochs of online gradient descent. */

import { decisionRegions } from '../shared/charts.js'
import { createChecks } from '../shared/checks.js'
import { savePicture } from '../shared/pictures.js'
import { createClassifier, type Row } from './network.js'

const rows: Row[] = [
  { inputs: [2.7810836, 2.550537003], classIndex: 0 },
  { inputs: [1.465489372, 2.362125076], classIndex: 0 },
  { inputs: [3.396561688, 4.400293529], classIndex: 0 },
  { inputs: [1.38807019, 1.850220317], classIndex: 0 },
  { inputs: [3.06407232, 3.005305973], classIndex: 0 },
  { inputs: [7.627531214, 2.759262235], classIndex: 1 },
  { inputs: [5.332441248, 2.088626775], classIndex: 1 },
  { inputs: [6.922596716, 1.77106367], classIndex: 1 },
  { inputs: [8.675418651, -0.242068655], classIndex: 1 },
  { inputs: [7.673756466, 3.508563011], classIndex: 1 },
]

const neurons = ['hidden 1', 'hidden 2', 'output 1', 'output 2']

// Neuron by neuron: two weights, then the bias.
const initialWeights = [
  [0.13436424411240122, 0.8474337369372327, 0.763774618976614],
  [0.2550690257394217, 0.49543508709194095, 0.4494910647887381],
  [0.651592972722763, 0.7887233511355132, 0.0938595867742349],
  [0.02834747652200631, 0.8357651039198697, 0.43276706790505337],
]

// Another network, already trained, for the predictions.
const trainedWeights = [
  [-1.482313569067226, 1.8308790073202204, 1.078381922048799],
  [0.23244990332399884, 0.3621998343835864, 0.40289821191094327],
  [2.5001872433501404, 0.7887233511355132, -1.1026649757805829],
  [-2.429350576245497, 0.8357651039198697, 1.0699217181280656],
]

export function runLesson(): void {
  const rate = 0.5
  const epochs = 20

  console.log(`A classifier trained row by row: ten points, two classes

network   2 inputs, 2 hidden neurons, 2 outputs, all sigmoid; the larger output names the class
per row   loss = 1/2 * sum of (output - target)^2; then each weight - ${rate} * slope

epoch   error, the sum of squared errors`)

  const classifier = createClassifier([2, 2, 2])
  classifier.setParameters(initialWeights.flat())
  const errors: number[] = []
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const error = classifier.trainEpoch(rows, rate)
    errors.push(error)
    console.log(`${String(epoch).padStart(5)}   ${error.toFixed(3)}`)
  }

  const finalWeights = classifier.parameters()
  console.log('\nThe weights now         w1               w2             bias')
  neurons.forEach((neuron, i) => {
    const own = finalWeights.slice(3 * i, 3 * i + 3)
    console.log(`  ${neuron}  ${own.map(w => w.toFixed(12).padStart(15)).join('  ')}`)
  })
  const correctNow = rows.filter(row => classifier.predict(row.inputs) === row.classIndex).length
  console.log(`  ${correctNow} of ${rows.length} points correct`)

  const trainedPicture = savePicture('classifier-regions', regions('After 20 epochs', classifier.scores))

  console.log('\nAnother trained network, given with the lesson\n      x1      x2   class   predicted')
  classifier.setParameters(trainedWeights.flat())
  const predictions = rows.map(row => classifier.predict(row.inputs))
  rows.forEach(({ inputs, classIndex }, i) => {
    const [x1, x2] = inputs.map(x => x.toFixed(3).padStart(6))
    console.log(`  ${x1}  ${x2}   ${classIndex}       ${predictions[i]}`)
  })
  const correct = rows.filter((row, i) => predictions[i] === row.classIndex).length
  console.log(`  ${correct} of ${rows.length} points correct`)

  const givenPicture = savePicture(
    'classifier-regions-given',
    regions('The given network', classifier.scores),
  )
  console.log(`\nPictures: ${trainedPicture}\n          ${givenPicture}`)

  // ── Checks ────────────────────────────────────────────────────────────────────────────────────────────────────

  const check = createChecks()
  errors.forEach((error, i) => {
    check.printed(`error of epoch ${i + 1}`, error, PRINTED_ERRORS[i]!)
    check.close(`error of epoch ${i + 1}`, error, EXPECTED_ERRORS[i]!)
  })
  finalWeights.forEach((weight, i) => {
    const name = `${neurons[Math.floor(i / 3)]}, ${['w1', 'w2', 'bias'][i % 3]}`
    check.close(name, weight, EXPECTED_WEIGHTS[i]!)
  })
  rows.forEach((row, i) => {
    check.equal(`predicted class of row ${i + 1}`, predictions[i]!, row.classIndex)
  })
  check.finish()
}

function regions(title: string, scores: (inputs: readonly number[]) => number[]) {
  return decisionRegions({
    title,
    xLabel: 'x1',
    yLabel: 'x2',
    classes: ['class 0', 'class 1'],
    scores: (x, y) => scores([x, y]),
    points: rows.map(({ inputs, classIndex }) => ({ at: [inputs[0]!, inputs[1]!], classIndex })),
  })
}

// As the published lesson prints them.
const PRINTED_ERRORS = [
  ...['6.350', '5.531', '5.221', '4.951', '4.519', '4.173', '3.835', '3.506', '3.192', '2.898'],
  ...['2.626', '2.377', '2.153', '1.953', '1.774', '1.614', '1.472', '1.346', '1.233', '1.132'],
]
const EXPECTED_WEIGHTS = [
  ...[-1.4688375095432327, 1.850887325439514, 1.0858178629550297],
  ...[0.37711098142462157, -0.0625909894552989, 0.2765123702642716],
  ...[2.515394649397849, -0.3391927502445986, -0.9671565426390275],
  ...[-2.5584149848484263, 1.0036422106209202, 0.42383086467582715],
]
// Computed once in double precision from the formulas, outside chainrule.
const EXPECTED_ERRORS = [
  ...[6.350126629022046, 5.531484306556622, 5.221165070156876, 4.951384134200833, 4.518943543011015],
  ...[4.173040617683735, 3.8349364324078232, 3.5057278938991407, 3.19211953584604, 2.89766994074587],
  ...[2.6255430928654997, 2.3774366973041525, 2.1534762232418574, 1.9527016772444175, 1.7735187847982],
  ...[1.614005242285368, 1.4721124369926266, 1.3458039602603284, 1.2331534301638887, 1.1324103021477214],
]
