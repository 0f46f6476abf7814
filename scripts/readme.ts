/** Writes the parts of README.md and docs/design.md that come from the code: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs'
import * as functions from '../src/core/functions.js'
import * as table from '../src/core/primitives.js'
import { walk } from './compile-walk.js'

/** The rows of the table by the number of operands, and the plain functions, by name. */
export function primitivesTable(): string {
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

if (process.argv[1]?.endsWith('readme.ts')) {
  const file = new URL('../README.md', import.meta.url)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, replaceRegion(text, 'primitives', primitivesTable()))
  const design = new URL('../docs/design.md', import.meta.url)
  writeFileSync(design, replaceRegion(readFileSync(design, 'utf8'), 'walk', walk()))
}
