import type { Forms } from './engines/engine.js'
import { blocksOf } from './loops/blocks.js'
import type { Looped } from './loops/looped.js'
import { expand } from './passes/expand.js'
import type { Program } from './program/program.js'

/** What engines take a program over primitives from. */
export function formsOf(program: Program): Forms {
  const steps = expand(program)
  let looped: Looped | undefined
  return {
    steps,
    looped: () => {
      looped ??= blocksOf(steps)
      return looped
    },
  }
}
