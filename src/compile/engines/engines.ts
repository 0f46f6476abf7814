import { describe } from '../../core/describe.js'
import type { Engine } from './engine.js'
import { interpreter } from './interpreter.js'
import { javascript } from './javascript/engine.js'
import { wasm } from './wasm/index.js'

/** Every engine, the fastest first: what `auto` tries in turn. An engine is made known by standing here. */
export const engines: readonly Engine[] = [wasm, javascript, interpreter]

/** The engine of this name; for `auto` the fastest that is allowed here, for a program of so many instructions. */
export function engineNamed(name: unknown, length: () => number): Engine {
  if (name === 'auto') {
    return (
      engines.find(
        engine =>
          engine.isAvailable() && (engine.longest === Number.POSITIVE_INFINITY || length() <= engine.longest),
      ) ?? interpreter
    )
  }
  const engine = engines.find(engine => engine.name === name)
  if (engine === undefined) {
    const names = engines.map(engine => `'${engine.name}'`).join(', ')
    throw new RangeError(`compile: the engine is ${describe(name)}; wanted 'auto' or one of ${names}`)
  }
  if (!engine.isAvailable()) {
    throw new Error(
      `compile: the engine '${engine.name}' cannot run here: the page's content security policy forbids it, ` +
        "or it needs WebAssembly with vectors, which is missing; use 'auto', which takes the fastest that may run, or 'interpreter', which always may",
    )
  }
  return engine
}
