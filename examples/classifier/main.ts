/** The classifier: the lesson, or with --data a network for a CSV file. */

import { parseArgs } from 'node:util'
import { decisionRegions } from '../shared/charts.js'
import { savePicture } from '../shared/pictures.js'
import { crossValidate, type Settings, train } from './crossValidation.js'
import { runLesson } from './lesson.js'
import { readTable, type Table, TableError } from './table.js'

const HELP = `Usage: npm run example:classifier                             the lesson
       npm run example:classifier -- --data FILE.csv [options]  your own data

FILE.csv holds numbers, and in its last column the class. A header is allowed.

  --hidden N   neurons in the hidden layer              (default 5)
  --epochs N   passes over the rows                     (default 500)
  --rate X     learning rate                            (default 0.3)
  --folds N    parts for the cross-validation, from 2   (default 5)
  --seed TEXT  for the shuffle and the first weights    (default 1)
  --help       shows this`

class UsageError extends Error {}

try {
  const { values } = readArguments()
  if (values.help) {
    console.log(HELP)
  } else if (values.data !== undefined) {
    classify(values.data, {
      hidden: wholeNumber('--hidden', values.hidden ?? '5', 1),
      epochs: wholeNumber('--epochs', values.epochs ?? '500', 1),
      rate: positiveNumber('--rate', values.rate ?? '0.3'),
      folds: wholeNumber('--folds', values.folds ?? '5', 2),
      seed: values.seed ?? '1',
    })
  } else if (Object.keys(values).length > 0) {
    throw new UsageError(`--${Object.keys(values)[0]} goes with --data FILE.csv`)
  } else {
    runLesson()
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof TableError)) throw error
  console.error(error.message)
  if (error instanceof UsageError) console.error('npm run example:classifier -- --help shows the options')
  process.exitCode = 1
}

function classify(file: string, settings: Settings): void {
  const table = readTable(file)
  const { rows, inputs, classes } = table
  const { hidden, epochs, rate, seed } = settings
  console.log(`${file}: ${rows.length} rows, ${inputs.length} numbers each, classes ${classes.join(', ')}
network  ${inputs.length}-${hidden}-${classes.length}, sigmoid; ${epochs} epochs, rate ${rate}, seed ${seed}; columns scaled to 0..1
`)
  const folds = crossValidate(table, file, settings)
  folds.forEach((fold, i) => {
    console.log(`fold ${i + 1}   ${share(fold.correct, fold.rows)} of the rows it was not trained on`)
  })
  const correct = folds.reduce((total, fold) => total + fold.correct, 0)
  const commonest = Math.max(...classes.map((_, i) => rows.filter(row => row.classIndex === i).length))
  console.log(`
accuracy            ${share(correct, rows.length)}
commonest class     ${share(commonest, rows.length)}, for comparison: always the same answer`)
  if (inputs.length === 2) drawRegions(table, settings)
}

/** Two columns make a picture: a network trained on all rows, and what it answers everywhere. */
function drawRegions(table: Table, settings: Settings): void {
  const { classifier, scale } = train(table, table.rows, settings)
  const picture = savePicture(
    'classifier-data',
    decisionRegions({
      title: 'Trained on all rows',
      xLabel: table.inputs[0]!,
      yLabel: table.inputs[1]!,
      classes: table.classes,
      scores: (x, y) => classifier.scores(scale([x, y])),
      points: table.rows.map(({ inputs, classIndex }) => ({ at: [inputs[0]!, inputs[1]!], classIndex })),
    }),
  )
  console.log(`\nPicture: ${picture}`)
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} correct (${((100 * part) / whole).toFixed(1)} %)`
}

function readArguments() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      options: {
        data: text,
        hidden: text,
        epochs: text,
        rate: text,
        folds: text,
        seed: text,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // An unknown option, a missing value or a stray argument.
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
  throw new UsageError(`${option} is "${text}"; wanted a whole number from ${least}`)
}

function positiveNumber(option: string, text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number
  throw new UsageError(`${option} is "${text}"; wanted a number above 0`)
}
