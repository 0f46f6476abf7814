/**
 * Ratios of running times on a machine that others use too. A clock reading here means little: the machine's speed
 * drifts by tens of percent within seconds. So the functions take turns in one run, in rounds A B C C B A, and only
 * ratios within a round are used; their median is reported. The first function runs in a second place as well: the
 * ratio of its two places is the A/A control, and what it misses 1 by is the noise of the method.
 */

/** Results go here, so that no work can be optimised away. */
let sink = 0

export interface PairedOptions {
  readonly rounds: number
  /** A block of calls of one function lasts at least so long. */
  readonly blockMilliseconds: number
}

export const THOROUGH: PairedOptions = { rounds: 60, blockMilliseconds: 4 }
export const QUICK: PairedOptions = { rounds: 2, blockMilliseconds: 0.5 }

export interface Paired<Name extends string> {
  /** Median time of one call in microseconds: for orientation, no ratio is computed from it. */
  readonly microseconds: (name: Name) => number
  /** Median over the rounds of (time of `a`) / (time of `b`): how many times faster `b` is. */
  readonly ratio: (a: Name, b: Name) => number
  /** The same for the first function against itself. */
  readonly control: number
}

export function paired<Name extends string>(
  functions: Readonly<Record<Name, () => number>>,
  { rounds, blockMilliseconds }: PairedOptions,
): Paired<Name> {
  const names = Object.keys(functions) as Name[]
  const places = [...names, names[0]!].map(name => functions[name])
  const calls = places.map(f => calibrate(f, blockMilliseconds))
  const times: number[][] = places.map(() => [])
  for (let round = -1; round < rounds; round++) {
    const forth = places.map((f, i) => block(f, calls[i]!))
    const back = places.map((_, i) => places.length - 1 - i).map(i => block(places[i]!, calls[i]!))
    if (round < 0) continue // a warm-up with the functions in turns
    for (const [i, time] of times.entries()) time.push((forth[i]! + back[places.length - 1 - i]!) / 2)
  }
  const timesOf = (name: Name): number[] => times[names.indexOf(name)]!
  const ratioOf = (a: number[], b: number[]): number => median(a.map((time, i) => time / b[i]!))
  return {
    microseconds: name => median(timesOf(name)) * 1e3,
    ratio: (a, b) => ratioOf(timesOf(a), timesOf(b)),
    control: ratioOf(times[0]!, times[times.length - 1]!),
  }
}

/** Milliseconds a call takes in a block of `calls`. */
function block(f: () => number, calls: number): number {
  const start = performance.now()
  for (let i = 0; i < calls; i++) sink += f()
  return (performance.now() - start) / calls
}

/** Warms the function up, and finds how many calls make a block. */
function calibrate(f: () => number, milliseconds: number): number {
  let calls = 1
  for (let spent = 0; ; ) {
    const time = block(f, calls) * calls
    spent += time
    if (time >= milliseconds && spent >= 20 * milliseconds) return Math.ceil((calls * milliseconds) / time)
    if (time < milliseconds) calls *= 2
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** What the runner has summed up; printing it keeps the sum alive. */
export function sunk(): number {
  return sink
}
