import { describe } from '../core/describe.js'
import { type Value, watchNodes } from '../core/value.js'

/** Where each node was made: an error that was never thrown, whose stack is turned into text only when asked for. */
const origins = new WeakMap<Value, Error>()

/** Enough for a few calls of this library and the line that made the first. */
const FRAMES = 16

/**
 * Runs `run` and remembers for every node made meanwhile the source line that made it, for {@link findNaN} to name.
 * That takes some ten times as long as recording alone; outside such a call nothing is remembered and nothing costs.
 *
 * @param run a synchronous function, for example one that records the model and its loss
 * @returns what `run` returns
 * @example
 * const loss = trackSources(() => model(data))
 * console.log(String(findNaN(loss)))
 */
export function trackSources<T>(run: () => T): T {
  if (typeof run !== 'function') {
    throw new TypeError(`trackSources: got ${describe(run)}; wanted a function that records`)
  }
  const errors = Error as unknown as { stackTraceLimit?: number }
  return watchNodes(node => {
    const limit = errors.stackTraceLimit
    errors.stackTraceLimit = FRAMES
    origins.set(node, new Error())
    if (limit === undefined) delete errors.stackTraceLimit
    else errors.stackTraceLimit = limit
  }, run)
}

/**
 * The folder of this library, as the engine writes it in a stack; this file is one of its modules or, built, part of a
 * chunk. Undefined where a bundler has made one file of all.
 */
function libraryFolder(): string | undefined {
  return /([^\s(@]+)(?:calculus\/trackSources|chunks\/calculus)\./.exec(new Error().stack ?? '')?.[1]
}

/** The source line that made the node, as the engine writes it, if the node was made within `trackSources`. */
export function sourceOf(node: Value): string | undefined {
  // V8 writes `at f (file:///…:12:8)`, Safari and Firefox `f@file:///…:12:8`.
  const lines = origins.get(node)?.stack?.split('\n') ?? []
  const frames = lines.filter(line => /:\d+:\d+\)?$/.test(line)).map(line => line.trim().replace(/^at /, ''))
  const library = libraryFolder()
  if (library === undefined) return frames.join(', called by ') || undefined
  return frames.find(frame => !frame.includes(library))
}
