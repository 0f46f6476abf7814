import type { Kind } from '../../math/steps.js'
import { type Instruction, kindOf, type Program, type StepOperation } from './program.js'

/**
 * Throws unless a program is well formed: operands stand before their users, are of the kind that the operation takes
 * and as many, inputs and columns exist, outputs are doubles. For tests of passes; nobody's input leads here.
 */
export function check(program: Program): void {
  const { instructions, outputs, inputs, columns } = program
  instructions.forEach(({ operation, operands }, place) => {
    const wrong = (what: string): never => {
      throw new Error(`check: instruction ${place} (${operation.kind}): ${what}`)
    }
    for (const operand of operands) {
      if (!(Number.isInteger(operand) && operand >= 0 && operand < place))
        wrong(`operand ${operand} is not before it`)
    }
    if (operation.kind === 'input' && !(operation.index in inputs))
      wrong(`there is no input ${operation.index}`)
    if (operation.kind === 'column' && !(operation.index in columns))
      wrong(`there is no column ${operation.index}`)
    const wanted = wantedKinds(program.instructions[place]!)
    if (wanted !== undefined && wanted.length !== operands.length) {
      wrong(`it has ${operands.length} operands; wanted ${wanted.length}`)
    }
    operands.forEach((operand, i) => {
      const kind = kindOf(instructions[operand]!)
      const want = wanted?.[i] ?? 'double'
      if (kind !== want) wrong(`operand ${i + 1} is a ${kind}; wanted a ${want}`)
    })
  })
  for (const output of outputs) {
    const instruction = instructions[output]
    if (instruction === undefined) throw new Error(`check: there is no instruction ${output} for an output`)
    if (kindOf(instruction) !== 'double')
      throw new Error(`check: output ${output} is a ${kindOf(instruction)}`)
  }
}

/** The kinds of the operands; undefined for any number of doubles. */
function wantedKinds({ operation, operands }: Instruction): readonly Kind[] | undefined {
  switch (operation.kind) {
    case 'constant':
    case 'input':
    case 'column':
      return []
    case 'primitive': {
      const { arity } = operation.primitive
      return arity === undefined ? undefined : Array.from({ length: arity }, () => 'double')
    }
    case 'host':
      return undefined
    case 'rescue': {
      const values = 1 + operation.arity
      return operands.map((_, i) => (i < values ? 'double' : 'condition'))
    }
    case 'step':
      return OPERANDS[operation.step]
  }
}

const OPERANDS: Readonly<Record<StepOperation['step'], readonly Kind[]>> = {
  add: ['double', 'double'],
  sub: ['double', 'double'],
  mul: ['double', 'double'],
  div: ['double', 'double'],
  sqrt: ['double'],
  neg: ['double'],
  abs: ['double'],
  min: ['double', 'double'],
  max: ['double', 'double'],
  floor: ['double'],
  ceil: ['double'],
  copySign: ['double', 'double'],
  flipSign: ['double', 'integer'],
  select: ['condition', 'double', 'double'],
  lookup: ['integer'],
  scale: ['double', 'integer'],
  unscale: ['double', 'integer'],
  double: ['integer'],
  integer: ['double'],
  highWord: ['double'],
  exponentAbove: ['double', 'integer'],
  significandAbove: ['double'],
  plus: ['integer', 'integer'],
  minus: ['integer', 'integer'],
  bits: ['integer'],
  shift: ['integer'],
  less: ['double', 'double'],
  lessOrEqual: ['double', 'double'],
  equal: ['double', 'double'],
  hasBit: ['integer'],
  and: ['condition', 'condition'],
}
