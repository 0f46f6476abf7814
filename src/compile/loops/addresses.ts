import type { Address } from '../program/program.js'

/** How often a loop runs. */
export interface Counts {
  /** For each time it is entered, in order. */
  readonly counts: Int32Array
  /** All of them together. */
  readonly total: number
}

/** The address of a place that takes these values one after another, in the innermost of these loops. */
export function addressOf(memory: Address['memory'], values: Int32Array, loops: readonly Counts[]): Address {
  const strides: number[] = loops.map(() => 0)
  let level = loops.length
  let starts = values
  for (; level > 0; level--) {
    const { counts } = loops[level - 1]!
    const stride = strideOf(starts, counts)
    if (stride === undefined) break
    strides[level - 1] = stride
    const firsts = new Int32Array(counts.length)
    for (let e = 0, at = 0; e < counts.length; e++) {
      // Of a loop that does not run at all here nothing is read
      firsts[e] = at < starts.length ? starts[at]! : 0
      at += counts[e]!
    }
    starts = firsts
  }
  return level === 0
    ? { memory, start: starts[0]!, table: undefined, level, strides }
    : { memory, start: 0, table: starts, level, strides }
}

/** The one difference between neighbours of a stretch, or undefined. */
function strideOf(values: Int32Array, counts: Int32Array): number | undefined {
  let stride: number | undefined
  for (let e = 0, at = 0; e < counts.length; at += counts[e++]!) {
    for (let i = at + 1; i < at + counts[e]!; i++) {
      const difference = values[i]! - values[i - 1]!
      if (stride === undefined) stride = difference
      else if (difference !== stride) return undefined
    }
  }
  return stride ?? 0
}

/** Equal addresses as one object. */
export class Addresses {
  private readonly known = new Map<string, Address[]>()

  of(memory: Address['memory'], values: Int32Array, loops: readonly Counts[]): Address {
    const address = addressOf(memory, values, loops)
    const { start, table, level, strides } = address
    const key = `${memory} ${start} ${level} ${strides} ${table?.[0]} ${table?.at(-1)}`
    const list = this.known.get(key) ?? []
    const same = list.find(other => other.table === table || isSame(other.table!, table!))
    if (same !== undefined) return same
    list.push(address)
    this.known.set(key, list)
    return address
  }
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i])
}
