/**
 * What is decided about a program before code is written: which instructions run once, which run for every row, how
 * they are cut into functions of bounded size, and where in memory everything lies that does not stay in one function.
 */

import type { Operation, Program } from '../../program/program.js'

/** When an instruction is computed; `leaf` stands for constants and inputs, which lie in memory from the start. */
export type Phase = 'leaf' | 'once' | 'row'

/** The instructions of one function, in order. */
export type Piece = readonly number[]

/** Compiling takes more than linear time in the size of a function, and a function of too many locals is refused. */
const PIECE = 1500

/** Two vectors in flight, of two lanes each: the four accumulators of the row sum. */
export const FLIGHTS = 2
export const DOUBLE = 8
export const VECTOR = 16

/** Distances from the start of the frame, the memory of one kernel. */
export interface Layout {
  readonly inputs: number
  /** Pointers to the columns. */
  readonly columns: number
  /**
   * Where the value of an instruction is kept, or -1. A constant, an input and what is computed once take a double;
   * what is computed for every row takes two vectors.
   */
  readonly slots: Float64Array
  /** The operands of a host function that takes a long list. */
  readonly list: number
  /** A number for each output: of a run without columns, of one row, or of all the rows of a block. */
  readonly results: number
  /** Under 'sum' two vectors for each output, under 'none' the numbers of all the rows of a block. */
  readonly rows: number
  readonly size: number
}

export class Plan {
  readonly program: Program
  readonly phases: readonly Phase[]
  readonly once: readonly Piece[]
  readonly rows: readonly Piece[]
  /** The numbers of the outputs that an instruction gives. */
  readonly outputsOf: ReadonlyMap<number, readonly number[]>
  /** The last instruction of the rows that may call for a rescue, or -1: only behind it is a row sure to count. */
  readonly lastRescue: number
  /** The pieces, of both phases, in the order in which they run; the number of the piece of each instruction. */
  readonly pieceOf: Int32Array
  readonly layout: Layout

  constructor(program: Program, rowBytes: number) {
    const { instructions, outputs, columns } = program
    this.program = program
    this.phases = phasesOf(program)
    const places = (phase: Phase) => [...instructions.keys()].filter(place => this.phases[place] === phase)
    this.once = cut(places('once'), columns.length === 0)
    this.rows = cut(places('row'), columns.length > 0)
    const outputsOf = new Map<number, number[]>()
    outputs.forEach((place, output) => {
      const list = outputsOf.get(place)
      if (list === undefined) outputsOf.set(place, [output])
      else list.push(output)
    })
    this.outputsOf = outputsOf
    this.lastRescue = instructions.reduce(
      (last, { operation }, place) =>
        this.phases[place] === 'row' && operation.kind === 'rescue' ? place : last,
      -1,
    )
    this.pieceOf = new Int32Array(instructions.length).fill(-1)
    ;[...this.once, ...this.rows].forEach((piece, number) => {
      for (const place of piece) this.pieceOf[place] = number
    })
    this.layout = this.arrange(rowBytes)
  }

  operation(place: number): Operation {
    return this.program.instructions[place]!.operation
  }

  operands(place: number): readonly number[] {
    return this.program.instructions[place]!.operands
  }

  private arrange(rowBytes: number): Layout {
    const { instructions, inputs, columns, outputs } = this.program
    let size = 0
    const take = (bytes: number): number => {
      const start = size
      size += VECTOR * Math.ceil(bytes / VECTOR)
      return start
    }
    const layout = {
      inputs: take(DOUBLE * inputs.length),
      results: take(DOUBLE * outputs.length),
      columns: take(4 * columns.length),
      rows: take(columns.length === 0 ? 0 : rowBytes * outputs.length),
    }
    let longest = 0
    for (const { operation, operands } of instructions) {
      if (operation.kind === 'host') longest = Math.max(longest, operands.length)
    }
    const list = take(DOUBLE * longest)
    const slots = this.arrangeSlots(layout.inputs, take)
    return { ...layout, list, slots, size }
  }

  /** A slot for what crosses from one function to another, used again when the last function has read it. */
  private arrangeSlots(inputs: number, take: (bytes: number) => number): Float64Array {
    const { instructions } = this.program
    const slots = new Float64Array(instructions.length).fill(-1)
    const lastReader = this.findLastReaders()
    instructions.forEach(({ operation }, place) => {
      if (operation.kind === 'input') slots[place] = inputs + DOUBLE * operation.index
      else if (operation.kind === 'constant') slots[place] = take(DOUBLE)
    })
    const pieces = [...this.once, ...this.rows]
    const leaving: number[][] = pieces.map(() => [])
    const free: number[] = []
    pieces.forEach((piece, number) => {
      const isOnce = number < this.once.length
      // Free slots of one phase are of no use to the other, whose values have another size
      if (number === this.once.length) free.length = 0
      for (const place of piece) {
        if (lastReader[place]! <= number) continue
        slots[place] = free.pop() ?? take(isOnce ? DOUBLE : FLIGHTS * VECTOR)
        leaving[lastReader[place]!]?.push(slots[place]!)
      }
      for (const slot of leaving[number]!) free.push(slot)
    })
    return slots
  }

  /** The last piece that reads each value; none of them for what rows read again and again. */
  private findLastReaders(): Float64Array {
    const { instructions, outputs } = this.program
    const last = new Float64Array(instructions.length).fill(-1)
    const read = (place: number, piece: number): void => {
      const again = this.phases[place] === 'once' && piece >= this.once.length
      last[place] = Math.max(last[place]!, again ? Number.POSITIVE_INFINITY : piece)
    }
    instructions.forEach(({ operands }, place) => {
      for (const operand of operands) read(operand, this.pieceOf[place]!)
    })
    if (this.rows.length > 0) {
      const whereRowsCount = this.lastRescue === -1 ? this.once.length : this.pieceOf[this.lastRescue]!
      for (const place of outputs) read(place, whereRowsCount)
    }
    return last
  }
}

function phasesOf({ instructions }: Program): Phase[] {
  const phases: Phase[] = []
  for (const { operation, operands } of instructions) {
    const { kind } = operation
    if (kind === 'constant' || kind === 'input') phases.push('leaf')
    else phases.push(kind === 'column' || operands.some(place => phases[place] === 'row') ? 'row' : 'once')
  }
  return phases
}

/** At least one piece where there must be one. */
function cut(places: readonly number[], always: boolean): Piece[] {
  const pieces: number[][] = always && places.length === 0 ? [[]] : []
  for (let i = 0; i < places.length; i += PIECE) pieces.push(places.slice(i, i + PIECE))
  return pieces
}
