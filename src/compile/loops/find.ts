import { Operations } from '../program/builder.js'
import type { Program } from '../program/program.js'
import type { Looped } from './looped.js'
import { Placement } from './place.js'
import { findRepeats, type Judge } from './repeats.js'

/** So much code is worth looking for loops: shorter programs are as fast in one piece, where all functions of one operand share. */
const SHORTEST = 1200

/** A straight stretch becomes blocks of so much code: engines take more than proportional time for long ones. */
const LONGEST_BLOCK = 1500

/** How much code a call is, once its function is written out. */
export const CALL = 40

/** Shorter stretches are not worth cutting a run for. */
const SHORTEST_STRETCH = 6

/** A program of steps and calls as blocks and loops. */
export function findLoops(program: Program): Looped {
  const { instructions, outputs, columns } = program
  const phases = phasesOf(program)
  const places: Record<'once' | 'row', number[]> = { once: [], row: [] }
  /** By instruction its place in the list of its phase; that of leaves is their index. */
  const order = new Int32Array(instructions.length)
  instructions.forEach(({ operation }, place) => {
    const phase = phases[place]!
    if (operation.kind === 'input' || operation.kind === 'column') order[place] = operation.index
    else if (operation.kind !== 'constant') {
      order[place] = places[phase].push(place) - 1
    }
  })
  for (const phase of ['once', 'row'] as const) {
    places[phase] = withFollowers(program, places[phase])
    for (const [i, place] of places[phase].entries()) order[place] = i
  }
  const last = columns.length > 0 ? 'row' : 'once'
  const numbers = new Operations()
  const shapes = new Map<string | number, number>()
  const placement = new Placement(program, phases)

  function symbolOf(element: number): number {
    const isOutput = element >= instructions.length
    const operands = isOutput ? [outputs[element - instructions.length]!] : instructions[element]!.operands
    let key: string | number = isOutput ? 0 : numbers.numberOf(instructions[element]!.operation)
    if (operands.length <= 4) {
      key = key * 8 + operands.length
      for (let i = 0; i < operands.length; i++) key = 2 * key + (phases[operands[i]!] === 'row' ? 1 : 0)
    } else key = `${key} ${operands.map(place => phases[place])}`
    let symbol = shapes.get(key)
    if (symbol === undefined) {
      symbol = shapes.size
      shapes.set(key, symbol)
    }
    return symbol
  }

  function weightOf(element: number): number {
    return instructions[element]?.operation.kind === 'host' ? CALL : 1
  }

  function add(phase: 'once' | 'row'): void {
    const elements = phase === last ? withOutputs(program, places[phase], phases, order, last) : places[phase]
    elements.forEach((element, i) => {
      if (element < instructions.length) order[element] = i
    })
    const symbols = Int32Array.from(elements, symbolOf)
    const weights = Int32Array.from(elements, weightOf)
    const judge: Judge = {
      isWorth: (count, weight, isKnown) => (count - 1) * weight >= (isKnown ? 5 : count >= 4 ? 24 : 400),
      stretches: (run, period, count) => stretchesOf(run, period, count),
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const { elements: list, repeats } =
      total < SHORTEST
        ? { elements: symbols.map((_, i) => i), repeats: [] }
        : findRepeats(symbols, weights, shapes.size, judge)
    const named = (list: Int32Array): Int32Array => list.map(i => (i < 0 ? i : elements[i]!))
    const ofElements = repeats.map(repeat => ({ ...repeat, elements: named(repeat.elements) }))
    placement.add(phase, { elements: named(list), repeats: ofElements }, weightOf, LONGEST_BLOCK)

    /** A run is cut where its operands do not go on as they do in most of it. */
    function stretchesOf(run: Int32Array, period: number, count: number): readonly number[] | undefined {
      const codes = new Int32Array(count - 1)
      for (let r = 0; r < period; r++) {
        let before = operandsOf(elements[run[r]!]!)
        for (let s = 1; s < count; s++) {
          const at = run[s * period + r]!
          const now = operandsOf(elements[at]!)
          let code = codes[s - 1]!
          for (let a = 0; a < now.length; a++) {
            code = Math.imul(code ^ stepBetween(before[a]!, now[a]!, at - r, period), 0x01000193) + 1
          }
          codes[s - 1] = code | 0
          before = now
        }
      }
      const usual = mostCommon(codes)
      const stretches: number[] = []
      let start = 0
      for (let s = 0; s < count - 1; s++) {
        if (codes[s] === usual) continue
        stretches.push(s + 1 - start)
        start = s + 1
      }
      stretches.push(count - start)
      return count / stretches.length >= SHORTEST_STRETCH ? stretches : undefined
    }

    /** How an operand goes on from one iteration to the next, which begins at `start`. */
    function stepBetween(before: number, now: number, start: number, period: number): number {
      if (instructions[now]!.operation.kind === 'constant') {
        return instructions[before]!.operation.kind === 'constant' ? -1 : -2
      }
      const position = order[now]!
      const isNear = elements[position] === now && position >= start - period && position < start + period
      if (isNear) return 0x40000000 + position - start
      return instructions[before]!.operation.kind === 'constant' ? -3 : position - order[before]!
    }
  }

  function operandsOf(element: number): readonly number[] {
    return element >= instructions.length
      ? [outputs[element - instructions.length]!]
      : instructions[element]!.operands
  }

  add('once')
  if (columns.length > 0) add('row')
  return placement.finish()
}

function phasesOf({ instructions }: Program): ('once' | 'row')[] {
  const phases: ('once' | 'row')[] = []
  for (const { operation, operands } of instructions) {
    phases.push(
      operation.kind === 'column' || operands.some(place => phases[place] === 'row') ? 'row' : 'once',
    )
  }
  return phases
}

/**
 * Functions of one operand, or of its opposite, stand together, so that they can share their steps: a softplus and the sigmoid
 * of its derivative.
 */
function withFollowers({ instructions }: Program, places: readonly number[]): number[] {
  const leaders = new Map<number, number>()
  const followers = new Map<number, number[]>()
  const isMoved = new Set<number>()
  const isOpposite = (place: number): boolean => {
    const { operation } = instructions[place]!
    return operation.kind === 'step' && operation.step === 'neg'
  }
  for (const place of places) {
    const { operation, operands } = instructions[place]!
    if (operation.kind !== 'host' || operands.length !== 1) continue
    const [x] = operands as [number]
    const root = isOpposite(x) ? instructions[x]!.operands[0]! : x
    const leader = leaders.get(root)
    if (leader === undefined) {
      leaders.set(root, place)
      continue
    }
    const list = followers.get(leader) ?? []
    followers.set(leader, list)
    for (const moved of x !== root && x > leader && !isMoved.has(x) ? [x, place] : [place]) {
      list.push(moved)
      isMoved.add(moved)
    }
  }
  return places.flatMap(place => (isMoved.has(place) ? [] : [place, ...(followers.get(place) ?? [])]))
}

/** Outputs stand in their order, each as soon as it is computed. Output i is the element that many above the instructions. */
function withOutputs(
  { instructions, outputs }: Program,
  places: readonly number[],
  phases: readonly string[],
  order: Int32Array,
  phase: string,
): number[] {
  const elements: number[] = []
  let next = 0
  for (const output of outputs.keys()) {
    const place = outputs[output]!
    const { kind } = instructions[place]!.operation
    const isComputed = phases[place] === phase && !['input', 'constant', 'column'].includes(kind)
    if (isComputed) while (next <= order[place]!) elements.push(places[next++]!)
    elements.push(instructions.length + output)
  }
  while (next < places.length) elements.push(places[next++]!)
  return elements
}

function mostCommon(codes: Int32Array): number {
  const counts = new Map<number, number>()
  let usual = codes[0]!
  for (const code of codes) {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count > counts.get(usual)!) usual = code
  }
  return usual
}
