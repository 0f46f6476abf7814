/** Fits a formula to the columns of a CSV file: prints a table, draws the fit, its residuals and its convergence. */

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { FormulaError, parseFormula } from 'chainrule'
import { type Fit, fit, numbersOf, readTable, TableError } from 'chainrule/fit'
import { descentCurve, fittedCurve, type Point, residualStems } from '../shared/charts.js'
import { savePicture } from '../shared/pictures.js'
import { startProgress } from '../shared/progress.js'

const HELP = `Usage: npm run example:fit                                          an enzyme and its substrate
       npm run example:fit -- FILE.csv 'y ~ a * exp(-k * x)' [options]  your own data

FILE.csv has a header; what the formula names and the header does not is a parameter. Commas, semicolons, tabs or
blanks separate; decimals may have commas; rows in which a column of the formula is empty or NA are left out.

  --start a=2,k=0.5   where to start                              (default 1 each)
  --fixed c=0         parameters that keep a value
  --weights NAME      the column of weights, 1 / variance
  --help              shows this`

type Columns = ReturnType<typeof numbersOf>['columns']

class UsageError extends Error {}

try {
  const { values, positionals } = readArguments()
  const example = fileURLToPath(new URL('puromycin.csv', import.meta.url))
  if (values.help) console.log(HELP)
  else if (positionals.length === 2) run(positionals[0]!, positionals[1]!, values)
  else if (positionals.length > 0) throw new UsageError('wanted FILE.csv and a formula in quotes')
  else run(relative(process.cwd(), example), 'rate ~ Vm * conc / (K + conc)', { start: 'Vm=100,K=1' })
} catch (error) {
  const expected =
    error instanceof UsageError ||
    error instanceof FormulaError ||
    (error instanceof Error && error.message.startsWith('fit:'))
  if (!expected) throw error
  console.error(error.message)
  if (error instanceof UsageError) console.error('npm run example:fit -- --help shows the options')
  process.exitCode = 1
}

function run(
  file: string,
  formula: string,
  options: { readonly start?: string; readonly fixed?: string; readonly weights?: string },
): void {
  const columns = readColumns(file, formula, options.weights)
  const progress = startProgress('iterations', 10_000)
  const result = fit(formula, columns, {
    start: assignments('--start', options.start),
    fixed: assignments('--fixed', options.fixed),
    ...(options.weights !== undefined && { weights: options.weights }),
    onStep: ({ step }) => progress.update(step),
  })
  progress.finish()
  console.log(String(result))
  const pictures = draw(result, columns)
  console.log(`\nPictures: ${pictures.join(', ')}`)
}

function draw(result: Fit, columns: Columns): string[] {
  const response = result.formula.split(/[;\n]/).at(-1)!.split('~')[0]!.trim()
  const fitted = result.predict(columns)
  const observed = result.residuals.map((r, i) => r + fitted.values[i]!)
  const [x, ...others] = result.predictors
  const against = x !== undefined && others.length === 0 ? x : undefined
  const places = against === undefined ? [...fitted.values] : [...columns[against]!]
  const xLabel = against ?? 'fitted'
  // Against one column a smooth curve; else the observations against what was fitted to them, and the diagonal.
  const ends = [places.reduce((a, b) => Math.min(a, b)), places.reduce((a, b) => Math.max(a, b))] as const
  const grid = Array.from({ length: 200 }, (_, i) => ends[0] + ((ends[1] - ends[0]) * i) / 199)
  const smooth = against === undefined ? undefined : result.predict({ [against]: grid })
  const above = result.history.map((ssr, i): Point => [i, ssr - result.sumOfSquares])
  // What is left at the end is rounding, of either sign.
  const history = above.filter(([, ssr]) => ssr > 1e-14 * result.sumOfSquares)
  return [
    savePicture(
      'fit-curve',
      fittedCurve({
        title: result.formula.length > 36 ? 'The fit' : result.formula,
        xLabel,
        yLabel: response,
        observed: places.map((x, i): Point => [x, observed[i]!]),
        curves: [{ name: 'fit', points: grid.map((x, i): Point => [x, smooth?.values[i] ?? x]) }],
        band: finiteBand(grid, smooth),
      }),
    ),
    savePicture(
      'fit-residuals',
      residualStems({
        title: 'Residuals',
        xLabel,
        yLabel: `${response}, observed - fitted`,
        fits: [{ name: 'fit', residuals: places.map((x, i): Point => [x, result.residuals[i]!]) }],
      }),
    ),
    ...(history.length < 2
      ? []
      : [
          savePicture(
            'fit-convergence',
            descentCurve({
              title: 'Convergence',
              xLabel: 'iteration',
              yLabel: 'SSR above its minimum',
              curve: history,
            }),
          ),
        ]),
  ]
}

/** Without standard errors there is no band. */
function finiteBand(
  grid: readonly number[],
  smooth: ReturnType<Fit['predict']> | undefined,
): [number, number, number][] {
  if (smooth === undefined) return []
  const { low, high } = smooth.confidence
  const band = grid.map((x, i): [number, number, number] => [x, low[i]!, high[i]!])
  return band.every(ends => ends.every(Number.isFinite)) ? band : []
}

/** The columns that the formula uses, as numbers. */
function readColumns(file: string, formula: string, weights: string | undefined): Columns {
  try {
    const table = readTable(readFileSync(file))
    const { leaves } = parseFormula(formula, { columns: Object.keys(table.columns) })
    const used = Object.values(leaves).flatMap(({ kind, label }) => (kind === 'column' ? [label!] : []))
    const { columns, leftOut } = numbersOf(table, weights === undefined ? used : [...used, weights])
    const left = `left out, since a value is missing: line${leftOut.length > 1 ? 's' : ''} ${leftOut.join(', ')}`
    console.log(`${file}: ${table.rows} rows, columns ${table.names.join(', ')}`)
    console.log([...table.notes, ...(leftOut.length > 0 ? [left] : []), ''].join('\n'))
    // Of the others fit wants the names, for what it has to say.
    return { ...table.columns, ...columns } as Columns
  } catch (error) {
    if (error instanceof TableError) throw new UsageError(`${file}, ${error.message}`)
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === undefined) throw error
    throw new UsageError(code === 'ENOENT' ? `${file}: there is no such file` : `${file}: ${String(code)}`)
  }
}

function assignments(option: string, text = ''): Record<string, number> {
  const parts = text.split(',').filter(part => part.trim() !== '')
  return Object.fromEntries(
    parts.map(part => {
      const [, name, number] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(part) ?? []
      if (name !== undefined && Number.isFinite(Number(number))) return [name, Number(number)]
      throw new UsageError(`${option}: "${part}" is no assignment; wanted name=number, separated by commas`)
    }),
  )
}

function readArguments() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      allowPositionals: true,
      options: { start: text, fixed: text, weights: text, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
