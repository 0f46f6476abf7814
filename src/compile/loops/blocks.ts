import { inline } from '../passes/expand.js'
import { schedule } from '../passes/schedule.js'
import type { Program } from '../program/program.js'
import { findLoops } from './find.js'
import type { Block, Item, Looped } from './looped.js'

/**
 * Written out, an elementary function is some fifty steps: worth it where a step costs a fraction of a nanosecond, and
 * out of the question for a hundred thousand of them.
 */
const LONGEST_INLINED = 20_000

/** A program of steps and calls as the blocks and loops that code is written from. */
export function blocksOf(program: Program): Looped {
  const looped = findLoops(program)
  const inlines = looped.length <= LONGEST_INLINED
  const written = (block: Block): Block => {
    const { program } = block
    return { ...block, program: schedule(inlines ? inline(program) : program) }
  }
  const mapped = (items: readonly Item[]): Item[] =>
    items.map(item => (item.kind === 'block' ? written(item) : { ...item, items: mapped(item.items) }))
  const [once, rows] = [mapped(looped.once), mapped(looped.rows)]
  const length = blocksIn([...once, ...rows]).reduce(
    (sum, { program }) => sum + program.instructions.length,
    0,
  )
  return { ...looped, once, rows, length }
}

/** All blocks, in order. */
export function blocksIn(items: readonly Item[]): Block[] {
  return items.flatMap(item => (item.kind === 'block' ? [item] : blocksIn(item.items)))
}

/** How many loops there are, those within others as well. */
export function loopsIn(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'block' ? 0 : 1 + loopsIn(item.items)), 0)
}
