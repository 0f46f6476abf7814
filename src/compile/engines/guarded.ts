import * as functions from '../../math/index.js'
import type { Program } from '../program/program.js'
import type { BoundColumns, Kernel } from './engine.js'

/** Whether a run leaves the engine for functions that may be anybody's. */
export function callsHost({ instructions }: Program): boolean {
  return instructions.some(({ operation }) => operation.kind === 'host' && !OURS.has(operation.evaluate))
}

const OURS: ReadonlySet<unknown> = new Set(Object.values(functions))

/**
 * A kernel that refuses to run while it runs. Its memory is that of one run, and a function that it calls may run the
 * same program. The run that goes on keeps its numbers, whatever the function does about the error.
 */
export class GuardedKernel implements Kernel {
  private readonly kernel: Kernel
  /** A copy: the array that is handed over may be used for the inputs of the run that is refused. */
  private readonly inputs: Float64Array
  private isRunning = false

  constructor(kernel: Kernel, inputs: number) {
    this.kernel = kernel
    this.inputs = new Float64Array(inputs)
  }

  run(
    inputs: Float64Array,
    out: Float64Array,
    bound: BoundColumns | undefined,
    from: number,
    to: number,
  ): void {
    if (this.isRunning) {
      throw new Error(
        'run: the program is running already: a primitive in it calls the program itself; ' +
          'compile the graph once more for the inner call',
      )
    }
    this.isRunning = true
    try {
      this.inputs.set(inputs)
      this.kernel.run(this.inputs, out, bound, from, to)
    } finally {
      this.isRunning = false
    }
  }

  dispose(): void {
    // What is given back would be another program's while this one still writes to it
    if (this.isRunning) {
      throw new Error('dispose: the program is running; dispose of it when the run has returned')
    }
    this.kernel.dispose()
  }
}
