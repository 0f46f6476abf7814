import * as math from '../../src/math/index.js'
import { arity, names, points } from './points.js'

const COUNT = 100_000

const view = new DataView(new ArrayBuffer(8))

/** A hash of the bits of a function's results over its fixed arguments, every NaN being the same. */
function hash(name: string): string {
  const f = (math as unknown as Record<string, (x: number, y?: number) => number>)[name]!
  const width = arity(name)
  const xs = points(name, COUNT)
  let a = 0x2545f491
  let b = 0x6c8e9cf5
  for (let i = 0; i < xs.length; i += width) {
    const result = width === 2 ? f(xs[i]!, xs[i + 1]!) : f(xs[i]!)
    view.setFloat64(0, Number.isNaN(result) ? Number.NaN : result)
    a = Math.imul((a ^ view.getInt32(0)) + (a << 7), 0x9e3779b1) ^ (b >>> 15)
    b = Math.imul((b ^ view.getInt32(4)) + (b << 9), 0x85ebca77) ^ (a >>> 13)
  }
  return [a, b].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** One hash for each function, the same on every engine. */
export function hashes(): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, hash(name)]))
}
