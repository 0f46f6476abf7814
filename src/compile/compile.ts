import { flatten, type Tree } from '../calculus/tree.js'
import { checkOptions, describe } from '../core/describe.js'
import { Value } from '../core/value.js'
import { type ColumnData, Columns } from './columns.js'
import type { EngineName, Kernel, KernelOptions } from './engines/engine.js'
import { engineNamed } from './engines/engines.js'
import { callsHost, GuardedKernel } from './engines/guarded.js'
import { type ModuleOptions, moduleOf } from './engines/javascript/module.js'
import { type NotFiniteInstruction, notFiniteIn } from './findNaN.js'
import { formsOf } from './forms.js'
import { loopsIn } from './loops/blocks.js'
import { findLoops } from './loops/find.js'
import { printLooped } from './loops/print.js'
import { lower } from './passes/lower.js'
import { simplify } from './passes/simplify.js'
import { print } from './program/print.js'
import type { Program } from './program/program.js'

/**
 * What {@link compile} is told besides the outputs.
 *
 * @example
 * compile(loss, { inputs: { w, b }, reduce: 'mean', engine: 'javascript' })
 */
export interface CompileOptions {
  /** The leaves whose values every run is given, in this order: a list, or a tree as `flatten` takes it. */
  readonly inputs: Tree<Value>
  /** What becomes of the rows: `'none'` keeps the outputs of each, `'sum'` and `'mean'` make one of them. */
  readonly reduce?: 'none' | 'sum' | 'mean'
  /** `'auto'` takes the fastest that may run here: wasm, else javascript, else interpreter. */
  readonly engine?: 'auto' | EngineName
  /** How many rows the engine wasm takes at a time; without it, two where there are columns. The bits are the same. */
  readonly lanes?: 1 | 2
}

/** A program with its listing: `String(program)`. */
export interface ListedProgram extends Program {
  /** What becomes of the rows: see {@link CompileOptions}. */
  readonly reduce: 'none' | 'sum' | 'mean'
  toString(): string
}

/** A recorded graph made into a function. */
export interface Compiled {
  /** The name of the engine that runs. */
  readonly engine: EngineName
  /** What is computed, simplified, over primitives. Its text is a listing. */
  readonly program: ListedProgram
  /**
   * The outputs for these values of the inputs. For a program without columns: columns are bound first.
   *
   * @param inputs one number for each listed input; as a Float64Array they need not be copied
   * @param out where the results go; it may be `inputs` itself. Without it a new array is made
   * @returns `out`
   */
  run(inputs: ArrayLike<number>, out?: Float64Array): Float64Array
  /** The program over these data, of which a copy is kept: one array for each column, all of one length. */
  bind(columns: ColumnData): Bound
  /**
   * Where NaN or an infinity in the outputs comes from, at these inputs: the first instruction whose result is not finite.
   * `undefined` if all outputs are finite.
   */
  findNaN(inputs: ArrayLike<number>): NotFiniteInstruction | undefined
  /**
   * The program as the text of an ES module, for builds: it depends on nothing but the primitives that you have made, and
   * needs no `eval`. It exports `run(inputs, out, columns, from, to)`, the labels of its `inputs` and `columns`, and the
   * number of its `outputs`.
   */
  toModule(options?: ModuleOptions): string
  /**
   * Frees what the engine holds, copies of bound columns included, at once and not at some collection: a loop that compiles
   * and never waits for anything is not interrupted by one. The program cannot be run afterwards.
   */
  dispose(): void
}

/** A compiled program with the data of its columns. */
export interface Bound {
  /** The name of the engine that runs. */
  readonly engine: EngineName
  /** How many rows the data have. */
  readonly rows: number
  /**
   * The outputs over the rows from `from` up to, not including, `to`; all rows if they are left out. Reduced, one number
   * for each output; else for each output one number per row, one output after another.
   */
  run(inputs: ArrayLike<number>, out?: Float64Array, from?: number, to?: number): Float64Array
  /** The same as {@link Compiled.findNaN}, in the first row that gives an output which is not finite. */
  findNaN(inputs: ArrayLike<number>): NotFiniteInstruction | undefined
  /** Puts the rows into another order: row i is from now on row `order[i]` of the data as they were bound. */
  permute(order: ArrayLike<number>): void
}

/**
 * Compiles recorded Values into a function of their inputs, with the bits that the graph itself would give. What is not
 * listed as an input must be a column or a constant. All outputs are computed together: a value and its gradient share
 * their work.
 *
 * @example
 * const x = value(2, 'x')
 * const y = x.mul(x).sigmoid()
 * const f = compile([y, ...gradient(y, [x])], { inputs: [x] })
 * f.run([0.5]) // Float64Array [sigmoid(0.25), …]
 *
 * @throws Error for a leaf that is neither listed, nor a column, nor a constant
 */
export function compile(outputs: Tree<number | Value>, options: CompileOptions): Compiled {
  return compileProgram(outputs, options)
}

/** @internal */
export function compileProgram(outputs: Tree<number | Value>, options: CompileOptions): CompiledProgram {
  const { create, finish } = prepare(outputs, options)
  return finish(create())
}

/**
 * The same as {@link compile}, for pages, in which a large program may not be translated on the main thread.
 *
 * @example
 * const f = await compileAsync([y, ...gradient(y, [x])], { inputs: [x] })
 */
export async function compileAsync(
  outputs: Tree<number | Value>,
  options: CompileOptions,
): Promise<Compiled> {
  const { createAsync, finish } = prepare(outputs, options)
  return finish(await createAsync())
}

interface Prepared {
  readonly create: () => Kernel
  readonly createAsync: () => Promise<Kernel>
  readonly finish: (kernel: Kernel) => CompiledProgram
}

function prepare(outputs: Tree<number | Value>, options: CompileOptions): Prepared {
  checkOptions('compile', options ?? {}, ['inputs', 'reduce', 'engine', 'lanes'])
  const reduce = options?.reduce ?? 'none'
  if (!['none', 'sum', 'mean'].includes(reduce)) {
    throw new RangeError(`compile: reduce is ${describe(reduce)}; wanted 'none', 'sum' or 'mean'`)
  }
  if (![undefined, 1, 2].includes(options?.lanes)) {
    throw new RangeError(`compile: lanes is ${describe(options.lanes)}; wanted 1 or 2`)
  }
  // Any tree will do; the checker would follow the type of every tree there is.
  const lowered = lower(flatten(outputs as readonly Value[]).leaves, inputsOf(options))
  const simplified = simplify(lowered)
  const forms = formsOf(simplified)
  const engine = engineNamed(options.engine ?? 'auto', () => forms.looped().length)
  const kernelOptions: KernelOptions = {
    reduction: reduce === 'none' ? 'none' : 'sum',
    lanes: options.lanes,
  }
  const create = (): Kernel => engine.create(forms, kernelOptions)
  return {
    create,
    createAsync: async () => engine.createAsync?.(forms, kernelOptions) ?? create(),
    finish: kernel => {
      const listing = (): string => {
        const counts = [lowered, simplified].map(({ instructions }) => instructions.length)
        const looped = findLoops(forms.steps)
        const loops = loopsIn([...looped.once, ...looped.rows])
        const form =
          loops === 0 ? `${forms.steps.instructions.length} as steps` : `${looped.length} as ${loops} loops`
        const lines = loops === 0 ? print(simplified) : printLooped(looped)
        return `; ${counts[0]} instructions, ${counts[1]} simplified, ${form}\n${lines}`
      }
      const guarded = callsHost(forms.steps) ? new GuardedKernel(kernel, simplified.inputs.length) : kernel
      return new CompiledProgram({ ...simplified, reduce, toString: listing }, engine.name, guarded)
    },
  }
}

/** @internal The leaves that are listed, checked. */
export function inputsOf(options: CompileOptions): Value[] {
  if (options?.inputs === undefined) {
    throw new TypeError(
      'compile: got no inputs; wanted { inputs: [...] }, the leaves whose values a run is given',
    )
  }
  const { leaves, paths } = flatten(options.inputs as readonly Value[])
  const seen = new Set<Value>()
  leaves.forEach((leaf, i) => {
    const name = (leaf as Value).label ?? paths[i]
    const wrong = (what: string): never => {
      throw new TypeError(`compile: input '${name}' is ${what}; wanted a leaf made with value(), listed once`)
    }
    if (!(leaf instanceof Value)) wrong(describe(leaf))
    if (leaf.kind !== 'value') wrong(leaf.kind === 'result' ? 'the result of a primitive' : `a ${leaf.kind}`)
    if (seen.has(leaf)) wrong('listed twice')
    seen.add(leaf)
  })
  return leaves
}

/** @internal */
export class CompiledProgram implements Compiled {
  readonly program: ListedProgram
  readonly engine: EngineName
  private readonly isMean: boolean
  private kernel: Kernel
  private readonly hasColumns: boolean
  private readonly keepsRows: boolean
  private readonly outputs: number
  /** For inputs that come as another kind of array. */
  private readonly scratch: Float64Array
  /** Of `runFirst`, where the kernel has none. */
  private results: Float64Array | undefined

  constructor(program: ListedProgram, engine: EngineName, kernel: Kernel) {
    this.program = program
    this.engine = engine
    this.isMean = program.reduce === 'mean'
    this.kernel = kernel
    this.hasColumns = program.columns.length > 0
    this.keepsRows = program.reduce === 'none'
    this.outputs = program.outputs.length
    this.scratch = new Float64Array(program.inputs.length)
  }

  run(inputs: ArrayLike<number>, out?: Float64Array): Float64Array {
    if (this.hasColumns) throw unbound(this.program)
    return this.execute(inputs, out, undefined, 0, 1)
  }

  /** The first output, with the others in `rest`: a loss and its gradient. */
  runFirst(inputs: ArrayLike<number>, rest: Float64Array): number {
    if (this.hasColumns) throw unbound(this.program)
    const { kernel } = this
    const numbers = this.numbers(inputs)
    if (kernel.runFirst !== undefined) return kernel.runFirst(numbers, rest)
    this.results ??= new Float64Array(this.outputs)
    const { results } = this
    kernel.run(numbers, results, undefined, 0, 1)
    for (let i = 1; i < results.length; i++) rest[i - 1] = results[i]!
    return results[0]!
  }

  findNaN(inputs: ArrayLike<number>, nameOfOutput = outputName): NotFiniteInstruction | undefined {
    this.run(inputs)
    return notFiniteIn(this.program, inputs, [], undefined, nameOfOutput)
  }

  /** The rows are searched by the engine; only the one that is found is looked at instruction by instruction. */
  findNaNIn(
    columns: Columns,
    inputs: ArrayLike<number>,
    nameOfOutput = outputName,
  ): NotFiniteInstruction | undefined {
    const out = new Float64Array(this.program.outputs.length)
    for (let row = 0; row < columns.rows; row++) {
      if (this.execute(inputs, out, columns, row, row + 1).every(Number.isFinite)) continue
      const data = columns.columns.map(column => column[row]!)
      return notFiniteIn(this.program, inputs, data, row, nameOfOutput)
    }
    return undefined
  }

  bind(data: ColumnData): Bound {
    return this.over(new Columns(this.program.columns, data))
  }

  /** Bound to columns that other programs may be bound to as well. */
  over(columns: Columns): Bound {
    return {
      engine: this.engine,
      rows: columns.rows,
      run: (inputs, out, from = 0, to = columns.rows) => {
        if (
          !(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= columns.rows)
        ) {
          throw new RangeError(
            `run: the rows are from ${from} to ${to}; wanted a range within 0 to ${columns.rows}`,
          )
        }
        return this.execute(inputs, out, columns, from, to)
      },
      findNaN: inputs => this.findNaNIn(columns, inputs),
      permute: order => columns.permute(order),
    }
  }

  private execute(
    inputs: ArrayLike<number>,
    out: Float64Array | undefined,
    columns: Columns | undefined,
    from: number,
    to: number,
  ): Float64Array {
    const size = this.keepsRows ? this.outputs * (to - from) : this.outputs
    const results = out ?? new Float64Array(size)
    if (!(results instanceof Float64Array) || results.length < size) throw wrongOut(results, size)
    this.kernel.run(this.numbers(inputs), results, columns, from, to)
    // Sums start at -0, the identity of addition; a sum of nothing is the number 0.
    if (from === to) results.fill(0, 0, size)
    if (this.isMean) divide(results, this.outputs, to - from)
    return results
  }

  private numbers(inputs: ArrayLike<number>): Float64Array {
    const { scratch } = this
    if (inputs?.length !== scratch.length) throw wrongInputs(inputs, this.program)
    if (inputs instanceof Float64Array) return inputs
    return copied(inputs, scratch)
  }

  toModule(options?: ModuleOptions): string {
    return moduleOf(this.program, formsOf(this.program).looped(), this.program.reduce, options)
  }

  dispose(): void {
    this.kernel.dispose()
    this.kernel = disposed
  }
}

function outputName(output: number): string {
  return `output ${output}`
}

const disposed: Kernel = {
  run() {
    throw new Error('run: the program has been disposed of; compile it again')
  },
  dispose() {},
}

// Kept out of a run, which is to be short enough for V8 to inline: where it did not, a call cost some 20 ns more.

function copied(inputs: ArrayLike<number>, scratch: Float64Array): Float64Array {
  for (let i = 0; i < scratch.length; i++) scratch[i] = inputs[i]!
  return scratch
}

function divide(results: Float64Array, count: number, rows: number): void {
  for (let i = 0; i < count; i++) results[i]! /= rows
}

function unbound({ columns }: Program): Error {
  const labels = columns.map(label => `${label}: …`).join(', ')
  return new Error(`run: the program has columns; bind their data first: .bind({ ${labels} }).run(…)`)
}

function wrongInputs(inputs: unknown, { inputs: labels }: Program): Error {
  const names = labels.map((label, i) => label ?? `#${i + 1}`)
  const shown = names.length > 8 ? `${names.slice(0, 8).join(', ')}, …` : names.join(', ')
  const wanted = `${labels.length} numbers${labels.length === 0 ? '' : `: ${shown}`}`
  const { length } = (inputs ?? {}) as { readonly length?: unknown }
  const got = typeof length === 'number' ? `an array of ${length}` : describe(inputs)
  return new RangeError(`run: the inputs are ${got}; wanted an array of ${wanted}`)
}

function wrongOut(out: unknown, size: number): Error {
  const got = out instanceof Float64Array ? `a Float64Array of ${out.length}` : describe(out)
  return new RangeError(`run: out is ${got}; wanted a Float64Array of ${size} or more`)
}
