/** A fit by Levenberg-Marquardt as the places it goes through, to be shown one after another. */

import { fit } from 'chainrule/fit'
import type { Problem } from './problem.js'

export interface FitPath {
  /** Whether the path is that of these parameters, from where they stand. */
  continues(values: Float64Array, learned: readonly boolean[]): boolean
  /** The next place; none at the end. */
  next(): Float64Array | undefined
  /** How it ended, for people. */
  readonly said: string
}

const MOST_ITERATIONS = 500

export function fitPath(problem: Problem, start: Float64Array, learned: readonly boolean[]): FitPath {
  const names = problem.parameters.map(({ label }) => label!)
  const ofLearned = (wanted: boolean): Record<string, number> =>
    Object.fromEntries(
      names.flatMap((name, i) => (learned[i] === wanted ? [[name, start[i]!] as const] : [])),
    )
  const free = names.flatMap((_, i) => (learned[i]! ? [i] : []))
  const places = [Float64Array.from(start)]
  let said = 'No parameter is ticked to be learnt.'
  if (free.length > 0) {
    try {
      const result = fit(problem.formula, problem.table.columns, {
        start: ofLearned(true),
        fixed: ofLearned(false),
        maxIterations: MOST_ITERATIONS,
        onStep: ({ parameters }) => {
          const place = Float64Array.from(start)
          for (const [j, i] of free.entries()) place[i] = parameters[j]!
          places.push(place)
        },
      })
      const ended = result.converged ? 'Converged' : 'Stopped'
      const iterations = places.length === 2 ? '1 iteration' : `${places.length - 1} iterations`
      said = [`${ended} after ${iterations}.`, ...result.warnings.map(sentence)].join(' ')
    } catch (error) {
      if (!(error instanceof Error)) throw error
      said = sentence(error.message.replace(/^fit: /, ''))
    }
  }
  let at = 0
  return {
    said,
    continues: (values, ticked) =>
      values.every((value, i) => Object.is(value, places[at]![i])) &&
      ticked.every((is, i) => is === learned[i]),
    next: () => (at + 1 < places.length ? places[++at] : undefined),
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
