/** Where the parameters of a model start. */

import seedrandom from 'seedrandom'
import type { Lesson } from './lessons.js'
import type { Problem } from './problem.js'

/**
 * The start of the lesson, or of a seed: uniform in [-1, 1) for each parameter in turn. What the lesson does not learn
 * keeps its value, and what it does not know (a formula of yours) is drawn even without a seed.
 */
export function startOf({ parameters }: Problem, { start, fixed }: Lesson, seed: string): Float64Array {
  const random = seedrandom(seed)
  return Float64Array.from(parameters, ({ label }) => {
    const drawn = 2 * random() - 1
    // A parameter may be called toString.
    const known = Object.hasOwn(start, label!) ? start[label!] : undefined
    return known !== undefined && (seed === '' || fixed.includes(label!)) ? known : drawn
  })
}
