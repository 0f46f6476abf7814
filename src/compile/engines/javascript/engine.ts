import * as bits from '../../../math/bits.js'
import * as functions from '../../../math/index.js'
import type { Engine, Kernel } from '../engine.js'
import { type Source, sourceOf } from './source.js'

/** Generated source, for wherever `new Function` is allowed. */
export const javascript: Engine = {
  name: 'javascript',
  longest: 20_000,
  isAvailable: () => (isAllowed ??= probe()),
  create: ({ looped }, options) => kernelOf(sourceOf(looped(), options.reduction)),
}

/** Asked once: every refusal is reported in the page's console. */
let isAllowed: boolean | undefined

function probe(): boolean {
  try {
    return new Function('return true')() as boolean
  } catch {
    return false
  }
}

type Run = (
  inputs: Float64Array,
  out: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  to: number,
) => void

function kernelOf({ body, names, tables, hosts }: Source): Kernel {
  const scope: Record<string, unknown> = {}
  for (const name of names) scope[name] = NAMES[name]
  for (const { name, values } of tables) scope[`${name}_VALUES`] = values
  hosts.forEach(({ evaluate }, i) => {
    scope[`host${i}`] = evaluate
  })
  const run = new Function(...Object.keys(scope), `'use strict'\n${body}`)(...Object.values(scope)) as Run
  return {
    run(inputs, out, bound, from, to) {
      run(inputs, out, bound === undefined ? NO_COLUMNS : bound.columns, from, to)
    },
    dispose() {},
  }
}

const NO_COLUMNS: readonly Float64Array[] = []

/** 2^(i - 1074) for every exponent of a double, and as many more entries as make any masked index one of them. */
const POWERS_OF_TWO_MASKED = new Float64Array(4096)
POWERS_OF_TWO_MASKED.set(bits.POWERS_OF_TWO)

const NAMES: Readonly<Record<string, unknown>> = { ...functions, ...bits, POWERS_OF_TWO_MASKED }
