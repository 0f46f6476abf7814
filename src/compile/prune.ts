import type { Instruction, Program } from './program.js'

/** The program without the instructions that no output depends on. */
export function prune(program: Program): Program {
  const { instructions, outputs } = program
  const isUsed = new Uint8Array(instructions.length)
  for (const output of outputs) isUsed[output] = 1
  for (let place = instructions.length - 1; place >= 0; place--) {
    if (isUsed[place] === 0) continue
    for (const operand of instructions[place]!.operands) isUsed[operand] = 1
  }
  return select(
    program,
    instructions.flatMap((_, place) => (isUsed[place] === 1 ? [place] : [])),
  )
}

/** The program of these instructions in this order, which must put operands first and hold all that is used. */
export function select(program: Program, order: ArrayLike<number>): Program {
  const places = new Int32Array(program.instructions.length)
  const instructions: Instruction[] = []
  for (let i = 0; i < order.length; i++) {
    const { operation, operands, label } = program.instructions[order[i]!]!
    places[order[i]!] = i
    instructions.push({ operation, operands: operands.map(operand => places[operand]!), label })
  }
  return { ...program, instructions, outputs: program.outputs.map(output => places[output]!) }
}
