import { allocate } from './allocate.js'
import { BLOCK, type Engine, type Kernel, type KernelOptions } from './engine.js'
import { evaluateOperation } from './evaluate.js'
import { uniformCount } from './hoist.js'
import type { Instruction, Program, StepOperation } from './program.js'

/**
 * The engine without code generation, for pages that forbid it and for programs too long for straight-line code: a tape
 * of instructions in typed arrays, and a loop. Elementary functions are called.
 */
export const interpreter: Engine = {
  name: 'interpreter',
  inlines: false,
  longest: Number.POSITIVE_INFINITY,
  isAvailable: () => true,
  create: (program, options) => new Tape(program, options),
}

// Numbers of the operations of the tape.
const ADD = 0
const SUB = 1
const MUL = 2
const DIV = 3
const SQRT = 4
const NEG = 5
const ABS = 6
const MIN = 7
const MAX = 8
const FLOOR = 9
const CEIL = 10
const SELECT = 11
const LESS = 12
const LESS_OR_EQUAL = 13
const EQUAL = 14
const AND = 15
const INPUT = 16
const COLUMN = 17
const CALL_1 = 18
const CALL_2 = 19
/** Everything that is rare, through the meaning of its operation. */
const OTHER = 20

const CODES: Readonly<Partial<Record<StepOperation['step'], number>>> = {
  add: ADD,
  sub: SUB,
  mul: MUL,
  div: DIV,
  sqrt: SQRT,
  neg: NEG,
  abs: ABS,
  min: MIN,
  max: MAX,
  floor: FLOOR,
  ceil: CEIL,
  select: SELECT,
  less: LESS,
  lessOrEqual: LESS_OR_EQUAL,
  equal: EQUAL,
  and: AND,
}

type Other = Pick<Instruction, 'operands'> & {
  readonly operation: Exclude<Instruction['operation'], { kind: 'input' | 'column' }>
}

class Tape implements Kernel {
  private readonly options: KernelOptions
  /** The values: constants first, then the slots. Conditions are 1 and 0. */
  private readonly values: Float64Array
  /** By instruction: what it does, where its operands are and where its result goes. */
  private readonly codes: Uint8Array
  private readonly x: Int32Array
  private readonly y: Int32Array
  private readonly z: Int32Array
  private readonly results: Int32Array
  private readonly callees: ((...operands: number[]) => number)[] = []
  private readonly others: Other[] = []
  /** Where the instructions begin that run for every row. */
  private readonly rowStart: number
  private readonly outputs: Int32Array
  private readonly sums: Float64Array

  constructor(program: Program, options: KernelOptions) {
    this.options = options
    const { instructions, outputs } = program
    const { slots, counts } = allocate(program)
    const constants = instructions.flatMap(({ operation }) =>
      operation.kind === 'constant' ? [operation.value] : [],
    )
    const uniform = uniformCount(program)
    // The kinds share one array: each has its own part of it.
    const start = {
      double: constants.length,
      integer: constants.length + counts.double,
      condition: constants.length + counts.double + counts.integer,
    }
    this.values = new Float64Array(start.condition + counts.condition)
    this.values.set(constants)
    const addresses = new Int32Array(instructions.length)
    const count = instructions.length - constants.length
    this.codes = new Uint8Array(count)
    this.x = new Int32Array(count)
    this.y = new Int32Array(count)
    this.z = new Int32Array(count)
    this.results = new Int32Array(count)
    let constantsSoFar = 0
    let at = 0
    let rowStart = count
    instructions.forEach(({ operation, operands }, place) => {
      if (place === uniform) rowStart = at
      if (operation.kind === 'constant') {
        addresses[place] = constantsSoFar++
        return
      }
      addresses[place] = start[operation.kind === 'step' ? operation.result : 'double'] + slots[place]!
      this.write(
        at++,
        operation,
        operands.map(operand => addresses[operand]!),
        addresses[place]!,
      )
    })
    this.rowStart = rowStart
    this.outputs = Int32Array.from(outputs, output => addresses[output]!)
    this.sums = new Float64Array(4 * outputs.length)
  }

  private write(
    at: number,
    operation: Exclude<Instruction['operation'], { kind: 'constant' }>,
    operands: readonly number[],
    result: number,
  ): void {
    this.results[at] = result
    if (operation.kind === 'input' || operation.kind === 'column') {
      this.codes[at] = operation.kind === 'input' ? INPUT : COLUMN
      this.x[at] = operation.index
      return
    }
    const code = operation.kind === 'step' ? CODES[operation.step] : undefined
    const [x = 0, y = 0, z = 0] = operands
    if (code !== undefined) {
      this.codes[at] = code
      this.x[at] = x
      this.y[at] = y
      this.z[at] = z
    } else if (
      operation.kind === 'host' &&
      !operation.isOfList &&
      (operands.length === 1 || operands.length === 2)
    ) {
      this.codes[at] = operands.length === 1 ? CALL_1 : CALL_2
      this.x[at] = x
      this.y[at] = y
      this.z[at] = this.callees.length
      this.callees.push(operation.evaluate as (...operands: number[]) => number)
    } else {
      this.codes[at] = OTHER
      this.x[at] = this.others.length
      this.others.push({ operation, operands })
    }
  }

  run(
    inputs: Float64Array,
    out: Float64Array,
    bound: { readonly columns: readonly Float64Array[] } | undefined,
    from: number,
    to: number,
  ): void {
    const { outputs, values, sums, rowStart } = this
    const columns = bound?.columns ?? []
    const end = this.codes.length
    this.execute(0, rowStart, inputs, columns, 0)
    if (this.options.reduction === 'none') {
      const rows = to - from
      for (let row = 0; row < rows; row++) {
        this.execute(rowStart, end, inputs, columns, from + row)
        for (let i = 0; i < outputs.length; i++) out[i * rows + row] = values[outputs[i]!]!
      }
      return
    }
    out.fill(-0, 0, outputs.length)
    for (let start = from; start < to; start += BLOCK) {
      sums.fill(-0)
      this.sumBlock(inputs, columns, start, Math.min(start + BLOCK, to))
      for (let i = 0; i < outputs.length; i++) {
        const at = 4 * i
        const block = sums[at]! + sums[at + 2]! + (sums[at + 1]! + sums[at + 3]!)
        out[i] = out[i]! + block
      }
    }
  }

  private sumBlock(inputs: Float64Array, columns: readonly Float64Array[], start: number, end: number): void {
    const { sums, outputs, values, rowStart } = this
    for (let row = start; row < end; row++) {
      this.execute(rowStart, this.codes.length, inputs, columns, row)
      const lane = (row - start) & 3
      for (let i = 0; i < outputs.length; i++) sums[4 * i + lane]! += values[outputs[i]!]!
    }
  }

  private execute(
    from: number,
    to: number,
    inputs: Float64Array,
    columns: readonly Float64Array[],
    row: number,
  ): void {
    const { codes, x, y, z, results, values } = this
    for (let i = from; i < to; i++) {
      const a = x[i]!
      const b = y[i]!
      const result = results[i]!
      switch (codes[i]) {
        case ADD:
          values[result] = values[a]! + values[b]!
          break
        case SUB:
          values[result] = values[a]! - values[b]!
          break
        case MUL:
          values[result] = values[a]! * values[b]!
          break
        case DIV:
          values[result] = values[a]! / values[b]!
          break
        case SQRT:
          values[result] = Math.sqrt(values[a]!)
          break
        case NEG:
          values[result] = -values[a]!
          break
        case ABS:
          values[result] = Math.abs(values[a]!)
          break
        case MIN:
          values[result] = Math.min(values[a]!, values[b]!)
          break
        case MAX:
          values[result] = Math.max(values[a]!, values[b]!)
          break
        case FLOOR:
          values[result] = Math.floor(values[a]!)
          break
        case CEIL:
          values[result] = Math.ceil(values[a]!)
          break
        case SELECT:
          values[result] = values[a] !== 0 ? values[b]! : values[z[i]!]!
          break
        case LESS:
          values[result] = values[a]! < values[b]! ? 1 : 0
          break
        case LESS_OR_EQUAL:
          values[result] = values[a]! <= values[b]! ? 1 : 0
          break
        case EQUAL:
          values[result] = values[a]! === values[b]! ? 1 : 0
          break
        case AND:
          values[result] = values[a] !== 0 && values[b] !== 0 ? 1 : 0
          break
        case INPUT:
          values[result] = inputs[a]!
          break
        case COLUMN:
          values[result] = columns[a]![row]!
          break
        case CALL_1:
          values[result] = this.callees[z[i]!]!(values[a]!)
          break
        case CALL_2:
          values[result] = this.callees[z[i]!]!(values[a]!, values[b]!)
          break
        default: {
          const { operation, operands } = this.others[a]!
          values[result] = evaluateOperation(
            operation,
            operands.map(operand => values[operand]!),
          )
        }
      }
    }
  }

  dispose(): void {}
}
