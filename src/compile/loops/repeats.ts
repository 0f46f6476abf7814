/** Runs of equal shape in a list of symbols, innermost first: found in time that is linear in the length of the list. */

/** A list whose elements are numbers from 0 on, or repeats: element -1 - i is repeat i. */
export interface Repeats {
  readonly elements: Int32Array
  readonly repeats: readonly Repeat[]
}

export interface Repeat {
  /** `period` elements for each of `count` times. */
  readonly elements: Int32Array
  readonly period: number
  readonly count: number
}

/** What decides about repeats. */
export interface Judge {
  /** Whether so many times a body of so much code is worth a loop; one whose code there is anyway, for others. */
  isWorth(count: number, weight: number, isKnown: boolean): boolean
  /** The lengths of the stretches into which a run without repeats in it is to be cut, or undefined. */
  stretches(elements: Int32Array, period: number, count: number): readonly number[] | undefined
}

/** Lengths of the contexts by which the next occurrence is looked for: the period is the distance to it. */
const CONTEXTS = [1, 4, 16, 64, 256]

/** Short periods first, so that what is within a longer one is a repeat already, whereever the longer one begins. */
const LONGEST_PERIODS = [1, 4, 32, 256, Number.POSITIVE_INFINITY]

/**
 * `symbols` and `weights` of the elements 0, 1, …; a run of one body is the same symbol whatever its count, so that loops in a
 * loop may differ in length.
 */
export function findRepeats(
  symbols: Int32Array,
  weights: Int32Array,
  symbolCount: number,
  judge: Judge,
): Repeats {
  const repeats: Repeat[] = []
  const bodies = new Map<string, number>()
  let nextSymbol = symbolCount
  let level: Level = { elements: Int32Array.from(symbols, (_, i) => i), symbols, weights }
  for (const longest of LONGEST_PERIODS) {
    for (let before = -1; before < repeats.length; ) {
      before = repeats.length
      level = scan(level, longest)
    }
  }
  return { elements: level.elements, repeats }

  function scan({ elements, symbols, weights }: Level, longest: number): Level {
    const { length } = symbols
    const hash = new Windows(symbols)
    const next = CONTEXTS.filter(size => 2 * size <= length || size === 1).map(size => hash.next(size))
    const newElements = new Int32Array(length)
    const newSymbols = new Int32Array(length)
    const newWeights = new Int32Array(length)
    let end = 0
    const push = (element: number, symbol: number, weight: number): void => {
      newElements[end] = element
      newSymbols[end] = symbol
      newWeights[end++] = weight
    }
    for (let at = 0; at < length; ) {
      const found = runAt(at)
      if (found === undefined) {
        push(elements[at]!, symbols[at]!, weights[at]!)
        at += 1
        continue
      }
      const { period, count, weight } = found
      const body = bodyAt(at, period)
      let symbol = bodies.get(body)
      if (symbol === undefined) {
        symbol = nextSymbol++
        bodies.set(body, symbol)
      }
      const isFlat = elements.subarray(at, at + period).every(element => element >= 0)
      const all = elements.subarray(at, at + period * count)
      const stretches = (isFlat ? judge.stretches(all, period, count) : undefined) ?? [count]
      for (const times of stretches) {
        if (times === 1) {
          for (let i = at; i < at + period; i++) push(elements[i]!, symbols[i]!, weights[i]!)
        } else {
          repeats.push({ elements: elements.slice(at, at + period * times), period, count: times })
          push(-repeats.length, symbol, weight)
        }
        at += period * times
      }
    }
    return {
      elements: newElements.slice(0, end),
      symbols: newSymbols.slice(0, end),
      weights: newWeights.slice(0, end),
    }

    function bodyAt(at: number, period: number): string {
      return symbols.subarray(at, at + period).join()
    }

    function runAt(at: number): { period: number; count: number; weight: number } | undefined {
      let tried = 0
      for (const nextOf of next) {
        const other = nextOf[at]!
        if (other === 0) return undefined
        const period = other - at
        if (period === tried) continue
        tried = period
        if (period > longest) return undefined
        if (at + 2 * period > length || !hash.areEqual(at, other, period)) continue
        let same = 0
        while (at + period + same < length && symbols[at + same] === symbols[at + period + same]) same += 1
        const count = 1 + Math.floor(same / period)
        let weight = 0
        for (let i = at; i < at + period; i++) weight += weights[i]!
        if (judge.isWorth(count, weight, bodies.has(bodyAt(at, period)))) return { period, count, weight }
      }
      return undefined
    }
  }
}

interface Level {
  readonly elements: Int32Array
  readonly symbols: Int32Array
  /** How much code an element is. */
  readonly weights: Int32Array
}

const BASE = 0x01000193

/** Hash codes of any stretch of a list in constant time: those of its beginnings. */
class Windows {
  private readonly codes: Int32Array
  private readonly powers: Int32Array

  constructor(symbols: Int32Array) {
    const { length } = symbols
    this.codes = new Int32Array(length + 1)
    this.powers = new Int32Array(length + 1)
    this.powers[0] = 1
    for (let i = 0; i < length; i++) {
      const symbol = Math.imul(symbols[i]! + 1, 0x9e3779b1)
      this.codes[i + 1] = (Math.imul(this.codes[i]!, BASE) + (symbol ^ (symbol >>> 15))) | 0
      this.powers[i + 1] = Math.imul(this.powers[i]!, BASE)
    }
  }

  private codeOf(at: number, size: number): number {
    return (this.codes[at + size]! - Math.imul(this.codes[at]!, this.powers[size]!)) | 0
  }

  areEqual(first: number, second: number, size: number): boolean {
    return this.codeOf(first, size) === this.codeOf(second, size)
  }

  /** For each place the next one at which the same `size` symbols stand, or 0. */
  next(size: number): Int32Array {
    const length = this.codes.length - 1
    const next = new Int32Array(length)
    let mask = 1023
    while (mask < 2 * length) mask = 2 * mask + 1
    const table = new Int32Array(mask + 1)
    for (let at = length - size; at >= 0; at--) {
      const code = this.codeOf(at, size)
      let slot = (code ^ (code >>> 16)) & mask
      while (table[slot] !== 0 && this.codeOf(table[slot]! - 1, size) !== code) slot = (slot + 1) & mask
      if (table[slot] !== 0) next[at] = table[slot]! - 1
      table[slot] = at + 1
    }
    return next
  }
}
