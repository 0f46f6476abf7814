/** Writes the parts of the documents that come from the code: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs'
import * as core from '../src/core/functions.js'
import * as table from '../src/core/generated/public.js'
import * as special from '../src/special/index.js'
import { walk } from './compile-walk.js'
import { sizesTable } from './sizes.js'

const { functionOperands: _, ...functions } = core

/** The rows of the table by the number of operands, and the plain functions, by name. */
function primitivesTable(): string {
  const listed = (names: readonly string[]): string =>
    [...names]
      .sort()
      .map(name => `\`${name}\``)
      .join(' ')
  const named = (arity: number | undefined): string =>
    listed(
      Object.values(table)
        .filter(primitive => primitive.arity === arity)
        .map(({ name }) => name),
    )
  return [
    '| operands | primitives |',
    '| --- | --- |',
    `| one | ${named(1)} |`,
    `| two | ${named(2)} |`,
    `| three | ${named(3)} |`,
    `| lists | ${named(undefined)} |`,
    `| special, functions only | ${listed(Object.keys(special))} |`,
    `| plain functions over them | ${listed(Object.keys(functions))} |`,
  ].join('\n')
}

/** The text with what stands between `<!-- name:start -->` and `<!-- name:end -->` replaced. */
export function replaceRegion(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`there is no region ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
}

/** What the code has to say in the documents: file, region, content. */
export function regions(): readonly (readonly [file: string, name: string, content: string])[] {
  return [
    ['docs/primitives.md', 'primitives', primitivesTable()],
    ['docs/compile.md', 'walk', walk()],
    ['docs/package.md', 'sizes', sizesTable()],
  ]
}

if (process.argv[1]?.endsWith('readme.ts')) {
  for (const [file, name, content] of regions()) {
    writeFileSync(file, replaceRegion(readFileSync(file, 'utf8'), name, content))
  }
}
