/** The tables of the documentation, from bench/results/*.json. */

import { readFileSync } from 'node:fs'
import type {
  CompileResult,
  Conditions,
  DerivativesResult,
  FitResult,
  GrowthResult,
  HotLoopResult,
  OpsResult,
  RivalsResult,
} from './results.js'

export interface Results {
  readonly hotLoop: HotLoopResult
  readonly growth: GrowthResult
  readonly ops: OpsResult
  readonly fit: FitResult
  readonly compile: CompileResult
  readonly rivals: RivalsResult
  readonly derivatives: DerivativesResult
}

export function readResults(): Results {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`./results/${name}.json`, import.meta.url), 'utf8'))
  return {
    hotLoop: read('hot-loop') as HotLoopResult,
    growth: read('growth') as GrowthResult,
    ops: read('ops') as OpsResult,
    fit: read('fit') as FitResult,
    compile: read('compile') as CompileResult,
    rivals: read('rivals') as RivalsResult,
    derivatives: read('derivatives') as DerivativesResult,
  }
}

/** What stands between the markers of the README. */
export function summary({ hotLoop, rivals }: Results): string {
  const span = (ratio: keyof HotLoopResult['models'][number]['ratios']): string => {
    const all = hotLoop.models.map(({ ratios }) => ratios[ratio])
    return [Math.min(...all), Math.max(...all)].map(x => x.toPrecision(2)).join(' to ')
  }
  const against = (rival: string): string => {
    const all = rivals.models.map(({ ratios }) => ratios[rival]!)
    return [Math.min(...all), Math.max(...all)].map(x => x.toPrecision(2)).join(' to ')
  }
  return [
    'Compiled to WebAssembly, loss and gradient of five models, from one row to 100,000, take',
    `${against('JavaScript')} of the time of JavaScript written by hand, and ${against('C -O3')} of that of C by \`gcc -O3\`.`,
    `(${sentence(rivals)})`,
    '',
    'As a graph, loss and gradient of four small models, against the style that ports of micrograd use, a closure and a set per node:',
    `recorded anew each time, ${span('closureToRecord')} times as fast; recorded once, then \`forward()\` and \`backward()\`,`,
    `${span('closureToForward')} times. The latter takes ${span('forwardToHand')} times as long as code derived by hand.`,
    `(${sentence(hotLoop)})`,
  ].join('\n')
}

/** What stands between the markers of docs/fitting.md. */
export function fitTable({ fit }: Results): string {
  const { numeric, analytic, analyticSixIterations } = fit.ratios
  const rows = [
    ['numerical Jacobian, its defaults; right to four digits', numeric],
    ['analytic Jacobian, written by hand', analytic],
    ['the same, stopped by hand after six iterations', analyticSixIterations],
    ['chainrule against itself (control)', fit.control],
  ] as const
  const lines = rows.map(([way, ratio]) => [way, ratio.toPrecision(2)])
  return `${table(['ml-levenberg-marquardt', 'ratio'], lines)}\n\n${sentence(fit)}`
}

function hotLoopTable({ hotLoop }: Results): string {
  const rows = hotLoop.models.map(({ title, ratios, microseconds, control }) => [
    title,
    `${ratios.closureToRecord.toFixed(1)}×`,
    `${ratios.closureToForward.toFixed(1)}×`,
    time(microseconds.record),
    time(microseconds.forward),
    time(microseconds.hand),
    control.toFixed(2),
  ])
  const head = [
    'loss and gradient',
    'record + `backward()`, against closures',
    '`forward()` + `backward()`, against closures',
    'record + `backward()`',
    '`forward()` + `backward()`',
    'derived by hand',
    'A/A control',
  ]
  return `${table(head, rows)}\n\n${sentence(hotLoop)}`
}

/** The whole of docs/benchmarks.md. */
export function page(results: Results): string {
  const { compile, derivatives, growth, hotLoop, ops, rivals } = results
  return `<!-- Written by \`npm run bench:readme\` from bench/results. Do not edit. -->

# Benchmarks

\`npm run bench\` measures, \`npm run bench:readme\` writes this page and what the README and
[fitting.md](fitting.md) say.

## The hot loop

${hotLoopTable(results)}

*Closures* are the style that ports of micrograd use (\`bench/closure-style.ts\`): a closure and a \`Set\` per node, sorted by
recursion. All ways compute the same loss and gradient, which is checked before anything is timed. The multiples are
medians of ratios taken within one run, in rounds A B C C B A; the control is the same for one function against itself,
and what it misses 1 by is the noise. The times are for orientation.

${table(
  ['times as long as derived by hand', 'record + `backward()`', '`forward()` + `backward()`'],
  hotLoop.models.map(({ title, ratios }) => [
    title,
    `${Number(ratios.recordToHand.toPrecision(2))}×`,
    `${Number(ratios.forwardToHand.toPrecision(2))}×`,
  ]),
)}

## Compiled

The time of a compiled program over that of code written by hand, in rounds A B C C B A; below 1 is faster
(\`npm run bench:compile-c\`). *C fast-math* has two lanes as WebAssembly has: \`-O3 -ffast-math -fopenmp-simd -msse4.2\`. Processes differ: where
the stack happens to lie makes a compiled program up to a third slower ([decisions.md](decisions.md#compiled-programs)).

${rivalsTable(rivals)}

The engines, through \`objective()\`, the same parameters in every call (\`npm run bench:compile\`):

${enginesTable(compile)}

A random graph of sums and products with its gradient: to compile it and run it once, and then an operation in the fastest block.

${compileGrowthTable(compile)}

What derivatives cost (\`npm run bench:derivatives\`): loss and gradient over the loss, and a Hessian-vector product over loss and
gradient.

${derivativesTable(derivatives)}

## Growth

${growth.shapes.map(shapeTable).join('\n\n')}

Times are nanoseconds a node, medians over fresh graphs. The first \`backward()\` also sorts the graph and keeps the order.
Recording is bound by the garbage collector once the graph outgrows the young generation.

## Operations a second

By benny, one case after another. On a machine that others use, a case may differ by half from itself: compare with the
table above.

${ops.suites
  .map(({ name, cases }) =>
    table(
      [name, 'ops/s', '±'],
      cases.map(({ name, ops, margin }) => [name, ops.toLocaleString('en-US'), `${margin.toFixed(1)} %`]),
    ),
  )
  .join('\n\n')}
`
}

function rivalsTable(result: RivalsResult): string {
  const rivals = Object.keys(result.models[0]!.ratios)
  const rows = result.models.map(({ title, nanoseconds, ratios, control }) => [
    title,
    ...rivals.map(rival => ratios[rival]!.toFixed(2)),
    time(nanoseconds / 1000),
    control.toFixed(2),
  ])
  return `${table(['loss and gradient', ...rivals, 'compiled', 'A/A control'], rows)}\n\n${sentence(result)}`
}

function enginesTable(result: CompileResult): string {
  const engines = Object.keys(result.models[0]!.ratios)
  const rows = result.models.map(({ title, microseconds, ratios, control }) => [
    title,
    ...engines.map(engine => ratios[engine]!.toFixed(2)),
    time(microseconds),
    control.toFixed(2),
  ])
  return `${table(['over JavaScript by hand', ...engines, 'by hand', 'A/A control'], rows)}\n\n${sentence(result)}`
}

function compileGrowthTable({ growth }: CompileResult): string {
  const rows = growth.map(({ engine, operations, milliseconds, nanoseconds }) => [
    `${operations.toLocaleString('en-US')}, ${engine}`,
    time(1000 * milliseconds),
    `${nanoseconds.toPrecision(2)} ns`,
  ])
  return table(['operations, engine', 'compile and run once', 'an operation'], rows)
}

function derivativesTable(result: DerivativesResult): string {
  const rows = result.costs.map(({ title, engine, gradientToLoss, productToGradient, control }) => [
    `${title}, ${engine}`,
    gradientToLoss.toFixed(2),
    productToGradient.toFixed(2),
    control.toFixed(2),
  ])
  const head = ['model, engine', 'gradient over loss', 'product over gradient', 'A/A control']
  return `${table(head, rows)}\n\n${sentence(result)}`
}

function shapeTable({ name, sizes, largestToSmallest, control }: GrowthResult['shapes'][number]): string {
  const head = [
    `${name}, nodes`,
    'record',
    'first `backward()`',
    '`backward()`',
    '`forward()` + `backward()`',
    'bytes',
    'with the order',
  ]
  const rows = sizes.map(size => [
    size.nodes.toLocaleString('en-US'),
    ...[size.record, size.firstBackward, size.backward, size.forwardBackward].map(ns => ns.toFixed(1)),
    ...[size.bytes, size.bytesWithOrder].map(bytes => bytes.toFixed(0)),
  ])
  const last = `Largest over smallest, \`forward()\` + \`backward()\` a node, in turns: ${largestToSmallest.toFixed(2)} (control ${control.toFixed(2)}).`
  return `${table(head, rows)}\n\n${last}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

function time(microseconds: number): string {
  return microseconds < 1000
    ? `${Number(microseconds.toPrecision(2))} µs`
    : `${Number((microseconds / 1000).toPrecision(2))} ms`
}

function sentence({ conditions }: { readonly conditions: Conditions }): string {
  return `Node ${conditions.node}, ${conditions.cpu}, ${conditions.date}.`
}
