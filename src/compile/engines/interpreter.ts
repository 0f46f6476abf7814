import { allocate } from '../passes/allocate.js'
import { hoist, uniformCount } from '../passes/hoist.js'
import { lastUses } from '../passes/liveness.js'
import { evaluateOperation } from '../program/evaluate.js'
import { type Instruction, kindOf, type Program, type StepOperation } from '../program/program.js'
import { BLOCK, type Engine, type Kernel, type KernelOptions } from './engine.js'

/**
 * The engine without code generation, for pages that forbid it and for programs too long for straight-line code: a tape
 * of instructions in typed arrays, and a loop. Elementary functions are called.
 */
export const interpreter: Engine = {
  name: 'interpreter',
  longest: Number.POSITIVE_INFINITY,
  isAvailable: () => true,
  create: ({ steps }, options) => new Tape(hoist(steps), options),
}

// Numbers of the operations of the tape.

/**
 * x * y + z, rounded twice. Sums, differences, products and opposites are all of this form, exactly: x + y = 1 * x + y,
 * x - y = -1 * y + x, x * y = x * y + -0, -x = -1 * x + -0. In most programs they follow each other without a pattern, and
 * a jump by operation, mispredicted half the time, would cost more than the arithmetic.
 */
const MULTIPLY_ADD = 0
const DIV = 1
const SQRT = 2
const ABS = 3
const MIN = 4
const MAX = 5
const FLOOR = 6
const CEIL = 7
const SELECT = 8
const LESS = 9
const LESS_OR_EQUAL = 10
const EQUAL = 11
const AND = 12
const COLUMN = 13
const CALL_1 = 14
const CALL_2 = 15
/** Everything that is rare, through the meaning of its operation. */
const OTHER = 16

const CODES: Readonly<Partial<Record<StepOperation['step'], number>>> = {
  div: DIV,
  sqrt: SQRT,
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

// Where the constants of MULTIPLY_ADD stand among the values; those of the program follow.
const ONE = 0
const MINUS_ONE = 1
const MINUS_ZERO = 2
const UNITS: readonly number[] = [1, -1, -0]

type Other = Pick<Instruction, 'operation' | 'operands'>

class Tape implements Kernel {
  private readonly options: KernelOptions
  /** The values: constants first, then the inputs, then the slots. Conditions are 1 and 0. */
  private readonly values: Float64Array
  private readonly inputStart: number
  private readonly inputCount: number
  /** By instruction: what it does, where its operands are and where its result goes. */
  private readonly codes: Uint8Array
  private readonly x: Int32Array
  private readonly y: Int32Array
  private readonly z: Int32Array
  private readonly results: Int32Array
  private length = 0
  private readonly callees: ((...operands: number[]) => number)[] = []
  private readonly others: Other[] = []
  /** Where the instructions begin that run for every row. */
  private readonly rowStart: number
  private readonly outputs: Int32Array
  private readonly sums: Float64Array

  constructor(program: Program, options: KernelOptions) {
    this.options = options
    const { instructions, outputs, inputs } = program
    const last = lastUses(program)
    const { slots, counts } = allocate(program, last)
    const uniform = uniformCount(program)
    const constants = [...UNITS]
    const addresses = new Int32Array(instructions.length)
    instructions.forEach(({ operation }, place) => {
      if (operation.kind === 'constant') addresses[place] = constants.push(operation.value) - 1
    })
    this.inputStart = constants.length
    this.inputCount = inputs.length
    // The kinds share one array: each has its own part of it.
    const double = this.inputStart + inputs.length
    const start = {
      double,
      integer: double + counts.double,
      condition: double + counts.double + counts.integer,
    }
    this.values = new Float64Array(start.condition + counts.condition)
    this.values.set(constants)
    this.codes = new Uint8Array(instructions.length)
    this.x = new Int32Array(instructions.length)
    this.y = new Int32Array(instructions.length)
    this.z = new Int32Array(instructions.length)
    this.results = new Int32Array(instructions.length)
    let rowStart = -1
    for (let place = 0; place < instructions.length; place++) {
      const { operation } = instructions[place]!
      if (place === uniform) rowStart = this.length
      if (operation.kind === 'constant') continue
      if (operation.kind === 'input') {
        addresses[place] = this.inputStart + operation.index
        continue
      }
      addresses[place] = start[kindOf(instructions[place]!)] + slots[place]!
      const fusible = place > 0 && last[place - 1] === place && isProduct(instructions[place - 1]!)
      this.translate(instructions[place]!, addresses, addresses[place]!, fusible ? place - 1 : -1)
    }
    this.rowStart = rowStart === -1 ? this.length : rowStart
    this.outputs = Int32Array.from(outputs, output => addresses[output]!)
    this.sums = new Float64Array(4 * outputs.length)
  }

  /** `product`: the place of the product that stands before the instruction and that nothing else reads, or -1. */
  private translate(
    { operation, operands }: Instruction,
    addresses: Int32Array,
    result: number,
    product: number,
  ): void {
    const [first = 0, second = 0, third = 0] = operands
    const x = addresses[first]!
    const y = addresses[second]!
    const z = addresses[third]!
    switch (operation.kind) {
      case 'column':
        this.write(COLUMN, operation.index, 0, 0, result)
        return
      case 'step': {
        const code = CODES[operation.step]
        if (operation.step === 'add') {
          if (first !== second && (first === product || second === product)) {
            const at = --this.length
            this.write(MULTIPLY_ADD, this.x[at]!, this.y[at]!, first === product ? y : x, result)
          } else {
            // What was computed last is added last: the wait for it is shorter than through the product.
            this.write(MULTIPLY_ADD, ONE, first < second ? x : y, first < second ? y : x, result)
          }
        } else if (operation.step === 'sub') this.write(MULTIPLY_ADD, MINUS_ONE, y, x, result)
        else if (operation.step === 'mul') this.write(MULTIPLY_ADD, x, y, MINUS_ZERO, result)
        else if (operation.step === 'neg') this.write(MULTIPLY_ADD, MINUS_ONE, x, MINUS_ZERO, result)
        else if (code !== undefined) this.write(code, x, y, z, result)
        else this.other(operation, operands, addresses, result)
        return
      }
      case 'host':
        if (!operation.isOfList && (operands.length === 1 || operands.length === 2)) {
          const callee = this.callees.push(operation.evaluate as (...operands: number[]) => number) - 1
          this.write(operands.length === 1 ? CALL_1 : CALL_2, x, y, callee, result)
          return
        }
    }
    this.other(operation as Other['operation'], operands, addresses, result)
  }

  private other(
    operation: Other['operation'],
    operands: readonly number[],
    addresses: Int32Array,
    result: number,
  ): void {
    const index = this.others.push({ operation, operands: operands.map(operand => addresses[operand]!) }) - 1
    this.write(OTHER, index, 0, 0, result)
  }

  private write(code: number, x: number, y: number, z: number, result: number): void {
    const at = this.length++
    this.codes[at] = code
    this.x[at] = x
    this.y[at] = y
    this.z[at] = z
    this.results[at] = result
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
    const end = this.length
    for (let i = 0; i < this.inputCount; i++) values[this.inputStart + i] = inputs[i]!
    this.execute(0, rowStart, columns, 0)
    if (this.options.reduction === 'none') {
      const rows = to - from
      for (let row = 0; row < rows; row++) {
        this.execute(rowStart, end, columns, from + row)
        for (let i = 0; i < outputs.length; i++) out[i * rows + row] = values[outputs[i]!]!
      }
      return
    }
    out.fill(-0, 0, outputs.length)
    for (let start = from; start < to; start += BLOCK) {
      sums.fill(-0)
      this.sumBlock(columns, start, Math.min(start + BLOCK, to))
      for (let i = 0; i < outputs.length; i++) {
        const at = 4 * i
        const block = sums[at]! + sums[at + 2]! + (sums[at + 1]! + sums[at + 3]!)
        out[i] = out[i]! + block
      }
    }
  }

  private sumBlock(columns: readonly Float64Array[], start: number, end: number): void {
    const { sums, outputs, values, rowStart } = this
    for (let row = start; row < end; row++) {
      this.execute(rowStart, this.length, columns, row)
      const lane = (row - start) & 3
      for (let i = 0; i < outputs.length; i++) sums[4 * i + lane]! += values[outputs[i]!]!
    }
  }

  private execute(from: number, to: number, columns: readonly Float64Array[], row: number): void {
    const { codes, x, y, z, results, values, callees } = this
    for (let i = this.calculate(from, to); i < to; i = this.calculate(i + 1, to)) {
      const a = x[i]!
      switch (codes[i]) {
        case COLUMN:
          values[results[i]!] = columns[a]![row]!
          break
        case CALL_1:
          values[results[i]!] = callees[z[i]!]!(values[a]!)
          break
        case CALL_2:
          values[results[i]!] = callees[z[i]!]!(values[a]!, values[y[i]!]!)
          break
        default: {
          const { operation, operands } = this.others[a]!
          values[results[i]!] = evaluateOperation(
            operation,
            operands.map(operand => values[operand]!),
          )
        }
      }
    }
  }

  /**
   * Executes from `from` to the next instruction that is more than arithmetic, and returns its number. In a loop with calls V8
   * would look up each array anew for every instruction.
   */
  private calculate(from: number, to: number): number {
    const { codes, x, y, z, results, values } = this
    let i = from
    for (; i < to; i++) {
      const a = x[i]!
      const b = y[i]!
      const result = results[i]!
      switch (codes[i]) {
        case MULTIPLY_ADD:
          values[result] = values[a]! * values[b]! + values[z[i]!]!
          break
        case DIV:
          values[result] = values[a]! / values[b]!
          break
        case SQRT:
          values[result] = Math.sqrt(values[a]!)
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
        default:
          return i
      }
    }
    return i
  }

  dispose(): void {}
}

function isProduct({ operation }: Instruction): boolean {
  return operation.kind === 'step' && operation.step === 'mul'
}
