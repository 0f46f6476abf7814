import type { BoundColumns, Kernel } from '../engines/engine.js'
import type { Program } from '../program/program.js'
import type { Part, Rolled } from './roll.js'

/** Runs the parts of a rolled program one after another, by the kernels of their programs. */
export function rolledKernel(rolled: Rolled, kernels: ReadonlyMap<Program, Kernel>): Kernel {
  const { parts, memory, outputs } = rolled
  const runs = parts.map(part => {
    const kernel = kernels.get(part.program)!
    return part.isLoop ? loop(part, kernel, memory) : straight(part, kernel, memory)
  })
  return {
    run(inputs, out) {
      memory.set(inputs)
      for (let i = 0; i < runs.length; i++) runs[i]!()
      fetch(memory, outputs, out)
    },
    dispose() {
      for (const kernel of kernels.values()) kernel.dispose()
    },
  }
}

const NOTHING = new Float64Array(0)

function loop({ addresses, rows, at }: Part, kernel: Kernel, memory: Float64Array): () => void {
  const out = memory.subarray(at, at + rows)
  // A run of memory is a column as it stands; any other is gathered.
  const columns = addresses.map(from =>
    isRun(from) ? memory.subarray(from[0]!, from[0]! + rows) : new Float64Array(rows),
  )
  const gathered = addresses.flatMap((from, c) => (isRun(from) ? [] : [{ from, column: columns[c]! }]))
  const bound: { -readonly [K in keyof BoundColumns]: BoundColumns[K] } = { columns, rows, version: 0 }
  return () => {
    for (let i = 0; i < gathered.length; i++) fetch(memory, gathered[i]!.from, gathered[i]!.column)
    bound.version += 1
    kernel.run(NOTHING, out, bound, 0, rows)
  }
}

function straight({ program, addresses, at }: Part, kernel: Kernel, memory: Float64Array): () => void {
  const [from] = addresses as [Int32Array]
  const inputs = new Float64Array(from.length)
  const out = memory.subarray(at, at + program.outputs.length)
  return () => {
    fetch(memory, from, inputs)
    kernel.run(inputs, out, undefined, 0, 1)
  }
}

function isRun(addresses: Int32Array): boolean {
  return addresses.every((address, i) => address === addresses[0]! + i)
}

function fetch(memory: Float64Array, from: Int32Array, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[i] = memory[from[i]!]!
}
