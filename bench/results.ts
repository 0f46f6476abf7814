/** What the benches leave behind: bench/results/*.json, from which the tables are written. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

export interface Conditions {
  readonly node: string
  readonly cpu: string
  readonly date: string
}

export interface HotLoopResult {
  readonly conditions: Conditions
  readonly models: readonly {
    readonly name: string
    readonly title: string
    readonly nodes: number
    /** Median time of one evaluation of loss and gradient. */
    readonly microseconds: { closure: number; record: number; forward: number; hand: number }
    /** How many times as long as the second the first takes. */
    readonly ratios: {
      closureToRecord: number
      closureToForward: number
      recordToHand: number
      forwardToHand: number
    }
    /** The closure style against itself. */
    readonly control: number
  }[]
}

export interface GrowthResult {
  readonly conditions: Conditions
  readonly shapes: readonly {
    readonly name: string
    readonly sizes: readonly {
      readonly nodes: number
      /** Nanoseconds a node. */
      readonly record: number
      readonly firstBackward: number
      readonly backward: number
      readonly forwardBackward: number
      /** Of the graph alone, and with the order that the first sweep keeps. */
      readonly bytes: number
      readonly bytesWithOrder: number
    }[]
    /** forward() + backward() a node: the largest graph over the smallest, in turns; and the control. */
    readonly largestToSmallest: number
    readonly control: number
  }[]
}

export interface CompileResult {
  readonly conditions: Conditions
  readonly models: readonly {
    readonly title: string
    /** Median time of one evaluation by hand. */
    readonly microseconds: number
    /** By engine, the time of the compiled program over that of the code by hand. */
    readonly ratios: Readonly<Record<string, number>>
    readonly control: number
  }[]
  /** A random graph of sums and products with its gradient. */
  readonly growth: readonly {
    readonly engine: string
    readonly operations: number
    /** To compile, and run once. */
    readonly milliseconds: number
    /** An operation, in the fastest block. */
    readonly nanoseconds: number
  }[]
}

/** What `npm run bench:compile-c` finds. */
export interface RivalsResult {
  readonly conditions: Conditions
  readonly models: readonly {
    readonly title: string
    /** Median time of one run of the compiled program. */
    readonly nanoseconds: number
    /** By rival, the time of the compiled program over that of the code by hand. */
    readonly ratios: Readonly<Record<string, number>>
    /** The compiled program against itself. */
    readonly control: number
  }[]
}

export interface DerivativesResult {
  readonly conditions: Conditions
  readonly costs: readonly {
    readonly title: string
    readonly engine: string
    /** The time of loss and gradient over that of the loss. */
    readonly gradientToLoss: number
    /** The time of a Hessian-vector product over that of loss and gradient. */
    readonly productToGradient: number
    readonly control: number
  }[]
  /** The Hessian of a chained Rosenbrock function. */
  readonly sparse: readonly {
    readonly variables: number
    /** Median time by hand. */
    readonly microseconds: number
    /** By engine, the time of the compiled Hessian over that of the code by hand. */
    readonly ratios: Readonly<Record<string, number>>
    /** The engine that is taken if none is asked for. */
    readonly auto: string
    readonly control: number
  }[]
}

export interface OpsResult {
  readonly conditions: Conditions
  readonly suites: readonly {
    readonly name: string
    readonly cases: readonly { readonly name: string; readonly ops: number; readonly margin: number }[]
  }[]
}

export interface FitResult {
  readonly conditions: Conditions
  readonly rows: number
  /** Median time of one fit. */
  readonly milliseconds: number
  /** How many times as long as chainrule the other library takes. */
  readonly ratios: { numeric: number; analytic: number; analyticSixIterations: number }
  readonly control: number
}

/** Whether this run is to show only that everything works: `-- --quick`. Nothing is written then. */
export const quick: boolean = process.argv.includes('--quick')

export function conditions(): Conditions {
  const date = new Date().toISOString().slice(0, 10)
  return { node: process.version, cpu: cpus()[0]?.model.trim() ?? 'unknown', date }
}

/** Four digits: more would be noise. */
export function rounded(x: number): number {
  return Number(x.toPrecision(4))
}

export function save(
  name: string,
  result:
    | HotLoopResult
    | GrowthResult
    | OpsResult
    | CompileResult
    | RivalsResult
    | DerivativesResult
    | FitResult,
): void {
  if (quick) return
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
}
