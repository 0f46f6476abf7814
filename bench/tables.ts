/** The tables of the documentation, from bench/results/*.json. */

import { readFileSync } from 'node:fs'
import type { Conditions, FitResult, GrowthResult, HotLoopResult, OpsResult } from './results.js'

export interface Results {
  readonly hotLoop: HotLoopResult
  readonly growth: GrowthResult
  readonly ops: OpsResult
  readonly fit: FitResult
}

export function readResults(): Results {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`./results/${name}.json`, import.meta.url), 'utf8'))
  return {
    hotLoop: read('hot-loop') as HotLoopResult,
    growth: read('growth') as GrowthResult,
    ops: read('ops') as OpsResult,
    fit: read('fit') as FitResult,
  }
}

/** What stands between the markers of the README. */
export function summary({ hotLoop }: Results): string {
  const span = (ratio: keyof HotLoopResult['models'][number]['ratios']): string => {
    const all = hotLoop.models.map(({ ratios }) => ratios[ratio])
    return [Math.min(...all), Math.max(...all)].map(x => x.toPrecision(2)).join(' to ')
  }
  return [
    'Loss and gradient of four small models, against the style that ports of micrograd use, a closure and a set per node:',
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
  const { growth, hotLoop, ops } = results
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
