/** How well a classifier does on rows it has not seen: k-fold cross-validation. */

import seedrandom from 'seedrandom'
import { startProgress } from '../shared/progress.js'
import { type Classifier, createClassifier, type Row } from './network.js'
import { type Table, TableError } from './table.js'

export interface Settings {
  readonly hidden: number
  readonly epochs: number
  readonly rate: number
  readonly folds: number
  readonly seed: string
}

export interface Fold {
  readonly correct: number
  readonly rows: number
}

/** Deals the shuffled rows into folds; each fold is predicted by a network trained on all the others. */
export function crossValidate(table: Table, file: string, settings: Settings): Fold[] {
  const { folds, epochs, seed } = settings
  if (folds > table.rows.length) {
    throw new TableError(
      `${file}: ${folds} folds need at least ${folds} rows and there are ${table.rows.length}; ` +
        `use --folds ${table.rows.length} or fewer`,
    )
  }
  const rows = shuffled(table.rows, seed)
  const progress = startProgress('training epochs', folds * epochs)
  const results = Array.from({ length: folds }, (_, fold) => {
    const unseen = rows.filter((_, i) => i % folds === fold)
    const seen = rows.filter((_, i) => i % folds !== fold)
    const { classifier, scale } = train(table, seen, settings, epoch => {
      progress.update(fold * epochs + epoch)
    })
    const correct = unseen.filter(row => classifier.predict(scale(row.inputs)) === row.classIndex).length
    return { correct, rows: unseen.length }
  })
  progress.finish()
  return results
}

type Scale = (inputs: readonly number[]) => number[]

export function train(
  table: Table,
  rows: readonly Row[],
  { hidden, epochs, rate, seed }: Settings,
  report: (epoch: number) => void = () => {},
): { classifier: Classifier; scale: Scale } {
  // The scale comes from the rows trained on alone: looking at the others would be a hint.
  const scale = minMaxScale(rows)
  const scaled = rows.map(({ inputs, classIndex }) => ({ inputs: scale(inputs), classIndex }))
  const classifier = createClassifier([table.inputs.length, hidden, table.classes.length], { seed })
  for (let epoch = 1; epoch <= epochs; epoch++) {
    classifier.trainEpoch(scaled, rate)
    report(epoch)
  }
  return { classifier, scale }
}

/** Puts every column between 0 and 1, by its least and its greatest number; a column that is all the same becomes 0. */
function minMaxScale(rows: readonly Row[]): Scale {
  const columns = rows[0]!.inputs.map((_, i) => rows.map(row => row.inputs[i]!))
  const least = columns.map(numbers => numbers.reduce((a, b) => Math.min(a, b)))
  const greatest = columns.map(numbers => numbers.reduce((a, b) => Math.max(a, b)))
  return inputs =>
    inputs.map((x, i) => (greatest[i] === least[i] ? 0 : (x - least[i]!) / (greatest[i]! - least[i]!)))
}

/** Every order is equally likely, and the seed says which one it is. */
function shuffled(rows: readonly Row[], seed: string): Row[] {
  const random = seedrandom(seed)
  const result = [...rows]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j]!, result[i]!]
  }
  return result
}
