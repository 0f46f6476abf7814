import type { Instruction, Program } from '../program/program.js'

/** The program without the instructions that no output depends on. */
export function prune(program: Program): Program {
  const { instructions, outputs } = program
  const isUsed = new Uint8Array(instructions.length)
  for (const output of outputs) isUsed[output] = 1
  let count = 0
  for (let place = instructions.length - 1; place >= 0; place--) {
    if (isUsed[place] === 0) continue
    count += 1
    const { operands } = instructions[place]!
    for (let i = 0; i < operands.length; i++) isUsed[operands[i]!] = 1
  }
  if (count === instructions.length) return program
  const order = new Int32Array(count)
  for (let place = 0, at = 0; at < count; place++) if (isUsed[place] === 1) order[at++] = place
  return select(program, order)
}

/** The program of these instructions in this order, which must put operands first and hold all that is used. */
export function select(program: Program, order: Int32Array): Program {
  const places = new Int32Array(program.instructions.length)
  const instructions: Instruction[] = []
  for (let i = 0; i < order.length; i++) {
    places[order[i]!] = i
    instructions.push(moved(program.instructions[order[i]!]!, places))
  }
  return { ...program, instructions, outputs: program.outputs.map(output => places[output]!) }
}

/** An instruction whose operands have come to other places: itself, if none has. Most passes move little, of very much. */
export function moved(instruction: Instruction, places: Int32Array): Instruction {
  const { operation, operands, label } = instruction
  const given = movedTo(operands, places)
  return given === operands ? instruction : { operation, operands: given, label }
}

/** The new places of operands: the same array, if none has moved. */
export function movedTo(operands: readonly number[], places: Int32Array): readonly number[] {
  if (operands.length === 2) {
    const [x, y] = operands as [number, number]
    return places[x] === x && places[y] === y ? operands : [places[x]!, places[y]!]
  }
  for (let i = 0; i < operands.length; i++) {
    if (places[operands[i]!] !== operands[i]) return operands.map(operand => places[operand]!)
  }
  return operands
}
