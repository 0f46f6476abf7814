import type { Instruction, Program, RunOperation } from '../program/program.js'
import { prune } from './prune.js'

/** Fewer terms are faster written out on every engine (docs/decisions.md has the ratios). */
const SHORTEST = 256

/**
 * Sums of inputs that follow each other, or of their products with others that do, as one instruction, of which engines make
 * a loop: written out, ten thousand terms are as many instructions to fetch. Terms are added in the order they had. For a
 * program of steps without columns; in one with columns such a sum is computed once for all rows, and counts for little.
 */
export function gatherRuns(program: Program): Program {
  const { instructions, columns, outputs } = program
  if (columns.length > 0 || instructions.length < SHORTEST) return program
  const uses = new Int32Array(instructions.length)
  for (const { operands } of instructions) for (const operand of operands) uses[operand]! += 1
  for (const output of outputs) uses[output]! += 1
  /** Of each addition of a term: how many such additions, the last of them this one, are a run. */
  const lengths = new Int32Array(instructions.length)
  const isContinued = new Uint8Array(instructions.length)
  for (let place = 0; place < instructions.length; place++) {
    if (!isStep(instructions[place]!, 'add')) continue
    const [before, term] = instructions[place]!.operands as [number, number]
    const factors = factorsOf(term)
    if (factors === undefined) continue
    const isNext = lengths[before]! > 0 && uses[before] === 1 && follows(factors, lastFactors(before))
    lengths[place] = isNext ? lengths[before]! + 1 : 1
    if (isNext) isContinued[before] = 1
  }
  if (!lengths.some((length, place) => length >= SHORTEST && isContinued[place] === 0)) return program
  const gathered = instructions.map((instruction, place) =>
    lengths[place]! >= SHORTEST && isContinued[place] === 0 ? runTo(place) : instruction,
  )
  return prune({ ...program, instructions: gathered })

  /** The inputs of which a term is the product, or the input that it is. */
  function factorsOf(term: number): readonly number[] | undefined {
    const instruction = instructions[term]!
    if (instruction.operation.kind === 'input') return [term]
    if (!isStep(instruction, 'mul') || uses[term] !== 1) return undefined
    return instruction.operands.every(isInput) ? instruction.operands : undefined
  }

  function lastFactors(addition: number): readonly number[] {
    return factorsOf(instructions[addition]!.operands[1]!)!
  }

  function isInput(place: number): boolean {
    return instructions[place]!.operation.kind === 'input'
  }

  function follows(next: readonly number[], previous: readonly number[]): boolean {
    return (
      next.length === previous.length &&
      next.every((place, i) => indexOf(place) === indexOf(previous[i]!) + 1)
    )
  }

  function indexOf(place: number): number {
    return (instructions[place]!.operation as { readonly index: number }).index
  }

  function runTo(last: number): Instruction {
    const count = lengths[last]!
    const operation: RunOperation = { kind: 'run', count }
    const factors: (readonly number[])[] = []
    let addition = last
    let start = -1
    for (let i = count - 1; i >= 0; i--) {
      factors[i] = lastFactors(addition)
      start = addition = instructions[addition]!.operands[0]!
    }
    const lists = factors[0]!.map((_, k) => factors.map(places => places[k]!))
    return { operation, operands: [start, ...lists.flat()], label: instructions[last]!.label }
  }
}

function isStep({ operation }: Instruction, name: 'add' | 'mul'): boolean {
  return operation.kind === 'step' && operation.step === name
}
