/** The models of the page: each a formula, its data, where its parameters start, and what is worth drawing. */

export type ModelId = 'network' | 'dosage' | 'classifier' | 'formula'

/** What the first chart shows; without it, the page looks at the formula. */
export type Picture =
  | { readonly kind: 'targets'; readonly pairs: readonly (readonly [output: string, target: string])[] }
  | {
      readonly kind: 'regions'
      readonly x: string
      readonly y: string
      readonly classes: string
      readonly scores: readonly string[]
    }

export interface Lesson {
  readonly id: ModelId
  readonly name: string
  /** What there is to see, in a sentence or two. */
  readonly idea: string
  /** The loss of one row, or `observed ~ formula`. */
  readonly formula: string
  readonly data: string
  /** Where the parameters start; a seed draws other places. */
  readonly start: Readonly<Record<string, number>>
  /** Parameters that the lesson does not learn. */
  readonly fixed: readonly string[]
  readonly rate: number
  /** Descent unless said. */
  readonly method?: 'descent' | 'fit'
  /** Whether an update looks at all rows, or at one row after another. */
  readonly update: 'all rows' | 'row by row'
  /** The parameter and the row, from 0, that are looked at first. */
  readonly selected: string
  readonly row: number
  readonly picture?: Picture
}

const network: Lesson = {
  id: 'network',
  name: '2-2-2 network',
  idea:
    'Two inputs, two hidden neurons, two outputs. One example goes in, the error E comes out, and backpropagation ' +
    'says how E changes with every weight. Pick a weight to see its chain rule written out.',
  formula: `net_h1 = w1 * i1 + w2 * i2 + b1
net_h2 = w3 * i1 + w4 * i2 + b1
h1 = sigmoid(net_h1)
h2 = sigmoid(net_h2)
net_o1 = w5 * h1 + w6 * h2 + b2
net_o2 = w7 * h1 + w8 * h2 + b2
o1 = sigmoid(net_o1)
o2 = sigmoid(net_o2)
E_o1 = 0.5 * (target1 - o1) ** 2
E_o2 = 0.5 * (target2 - o2) ** 2
E = E_o1 + E_o2`,
  data: 'i1, i2, target1, target2\n0.05, 0.1, 0.01, 0.99',
  start: { w1: 0.15, w2: 0.2, w3: 0.25, w4: 0.3, w5: 0.4, w6: 0.45, w7: 0.5, w8: 0.55, b1: 0.35, b2: 0.6 },
  fixed: ['b1', 'b2'],
  rate: 0.5,
  update: 'all rows',
  selected: 'w5',
  row: 0,
  picture: {
    kind: 'targets',
    pairs: [
      ['o1', 'target1'],
      ['o2', 'target2'],
    ],
  },
}

const dosage: Lesson = {
  id: 'dosage',
  name: 'Dosage → efficacy',
  idea:
    'A low dosage does not work, a medium one does, a high one does not. Two bent lines, scaled and added, make a ' +
    'squiggle, and descent on the sum of squared residuals bends it through the observations.',
  formula: `first = softplus(w1 * dosage + b1) * w3
second = softplus(w2 * dosage + b2) * w4
efficacy ~ first + second + b3`,
  data: 'dosage, efficacy\n0, 0\n0.5, 1\n1, 0',
  start: { w1: 2.74, b1: 0, w2: -1.13, b2: 0, w3: 0.36, w4: 0.63, b3: 0 },
  fixed: [],
  rate: 0.03,
  update: 'all rows',
  selected: 'w1',
  row: 1,
}

const classifier: Lesson = {
  id: 'classifier',
  name: 'Classifier',
  idea:
    'Ten points of two classes. Each class has an output, and the larger one names the class. The weights change ' +
    'after every point, so ten updates are one pass through the data.',
  formula: `h1 = sigmoid(w1 * x1 + w2 * x2 + b1)
h2 = sigmoid(w3 * x1 + w4 * x2 + b2)
o1 = sigmoid(w5 * h1 + w6 * h2 + b3)
o2 = sigmoid(w7 * h1 + w8 * h2 + b4)
E = 0.5 * ((1 - class - o1) ** 2 + (class - o2) ** 2)`,
  data: `x1, x2, class
2.7810836, 2.550537003, 0
1.465489372, 2.362125076, 0
3.396561688, 4.400293529, 0
1.38807019, 1.850220317, 0
3.06407232, 3.005305973, 0
7.627531214, 2.759262235, 1
5.332441248, 2.088626775, 1
6.922596716, 1.77106367, 1
8.675418651, -0.242068655, 1
7.673756466, 3.508563011, 1`,
  start: {
    ...{ w1: 0.13436424411240122, w2: 0.8474337369372327, b1: 0.763774618976614 },
    ...{ w3: 0.2550690257394217, w4: 0.49543508709194095, b2: 0.4494910647887381 },
    ...{ w5: 0.651592972722763, w6: 0.7887233511355132, b3: 0.0938595867742349 },
    ...{ w7: 0.02834747652200631, w8: 0.8357651039198697, b4: 0.43276706790505337 },
  },
  fixed: [],
  rate: 0.5,
  update: 'row by row',
  selected: 'w1',
  row: 0,
  picture: { kind: 'regions', x: 'x1', y: 'x2', classes: 'class', scores: ['o1', 'o2'] },
}

const own: Lesson = {
  id: 'formula',
  name: 'Your own formula',
  idea:
    'Write a model, paste data, fit it. Names that are columns of the data are data; every other name is a parameter ' +
    'to learn. With observed ~ formula the squared error is made small; a formula without ~ is made small itself.',
  formula: `decay = exp(-rate * time)
signal ~ height * decay + base`,
  data: `time, signal
0, 5.02
0.5, 3.71
1, 2.83
1.5, 2.14
2, 1.77
3, 1.19
4, 0.86
5, 0.77
6, 0.63`,
  start: { rate: 0.2, height: 2, base: 0 },
  fixed: [],
  rate: 0.01,
  method: 'fit',
  update: 'all rows',
  selected: 'rate',
  row: 2,
}

export const lessons: Readonly<Record<ModelId, Lesson>> = { network, dosage, classifier, formula: own }
