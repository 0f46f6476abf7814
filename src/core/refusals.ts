/** What the core refuses, with what was got, what was wanted and what to do: apart from the work, which only asks. */

import { describe } from './describe.js'
import type { AnyRule, PartialRule } from './rule.js'
import { type Operand, Value } from './value.js'

const isNumber = (operand: unknown): operand is number => typeof operand === 'number'

/** The Values of an iterable; throws, before anything has changed, if it holds anything else. */
export function checkValues(caller: string, values: Iterable<Value>): Value[] {
  if (typeof (values as Iterable<Value> | undefined)?.[Symbol.iterator] !== 'function') {
    throw new TypeError(`${caller}: got ${describe(values)}; wanted an array of Values`)
  }
  return [...values].map((value, i) => {
    if (value instanceof Value) return value
    throw new TypeError(`${caller}: element ${i + 1} is ${describe(value)}; wanted a Value`)
  })
}

/** Throws unless `operands` is an array of Values and numbers, without holes. */
export function checkOperands(name: string, operands: readonly unknown[]): void {
  if (!Array.isArray(operands)) {
    throw new TypeError(`${name}: got ${describe(operands)}; wanted an array of Values or numbers`)
  }
  for (let i = 0; i < operands.length; i++) {
    if (!isNumber(operands[i]) && !(operands[i] instanceof Value)) throw wrongOperand(name, [...operands])
  }
}

/**
 * Throws for an argument too many, which JavaScript would drop: `add(x, y, z)` is no sum of three. The index that
 * `map` and `Array.from` hand over as well is no mistake, nor are the index and the list of `reduce`.
 */
export function checkSurplus(
  name: string,
  wanted: readonly unknown[],
  index?: unknown,
  list?: unknown,
): void {
  const isCallback = wanted.length === 1 || Array.isArray(list) || ArrayBuffer.isView(list)
  if (!(isNumber(index) && isCallback)) throw surplusError(name, wanted, index)
}

/** The error of an argument too many. */
export function surplusError(name: string, wanted: readonly unknown[], surplus: unknown): TypeError {
  const advice =
    wanted.length === 2 && !Array.isArray(wanted[0])
      ? `; of a list there are sum([…]), prod([…]) and […].reduce(${name})`
      : ''
  return new TypeError(
    `${callText(name, [...wanted, surplus])}: wanted ${wanted.length} argument${wanted.length === 1 ? '' : 's'}${advice}`,
  )
}

function callText(name: string, operands: readonly unknown[]): string {
  const shown = operands.map(o => (o instanceof Value ? (o.label ?? 'Value') : isNumber(o) ? String(o) : '?'))
  return `${name}(${shown.length > 6 ? `${shown.slice(0, 6).join(', ')}, …` : shown.join(', ')})`
}

export function wrongOperand(name: string, operands: readonly unknown[]): TypeError {
  const i = operands.findIndex(o => !(o instanceof Value) && !isNumber(o))
  const which = operands.length === 1 ? 'the operand' : `operand ${i + 1}`
  return new TypeError(
    `${callText(name, operands)}: ${which} is ${describe(operands[i])}; wanted a Value or a number`,
  )
}

function checkRule(name: string, rule: AnyRule): void {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `primitive: the name is ${describe(name)}; wanted the name by which the operation prints`,
    )
  }
  const wrong = (what: string): never => {
    throw new TypeError(`primitive '${name}': ${what}`)
  }
  if (typeof rule?.evaluate !== 'function') {
    wrong(`evaluate is ${describe(rule?.evaluate)}; wanted a function from numbers to a number`)
  }
  const { partials, partial } = rule
  if ((partials === undefined) === (partial === undefined)) {
    wrong('wanted either partials, one per operand, or for a list of operands one partial(i, out, operands)')
  }
  if (partials !== undefined && !Array.isArray(partials)) {
    wrong(`partials is ${describe(partials)}; wanted an array, one partial per operand`)
  }
  if (partials?.length === 0) wrong('partials is empty; wanted one per operand')
  if (partials !== undefined && rule.evaluate.length > partials.length) {
    wrong(
      `evaluate takes ${rule.evaluate.length} operands and there are ${partials.length} partials; wanted one each`,
    )
  }
  if (partial !== undefined && typeof partial !== 'function') {
    wrong(`partial is ${describe(partial)}; wanted a function of (i, out, operands)`)
  }
  for (const rule of partials ?? []) {
    if (typeof rule === 'function' || typeof rule === 'number' || rule === 'out' || rule === 'x') continue
    if (rule === 'y' && partials!.length > 1) continue
    wrong(
      `a partial is ${describe(rule)}; wanted a function of (out, ...operands), a number, 'out', 'x' or 'y'`,
    )
  }
  if (rule.steps !== undefined && typeof rule.steps !== 'function') {
    wrong(`steps is ${describe(rule.steps)}; wanted a function from symbolic operands to a step`)
  }
  if (rule.taken !== undefined && rule.taken.length !== partials?.length) {
    wrong(`taken has ${rule.taken.length} entries; wanted one per operand`)
  }
  for (const taken of rule.taken ?? []) {
    if (typeof taken === 'function' || taken === 1) continue
    wrong(`an entry of taken is ${describe(taken)}; wanted a function of (out, ...operands), or 1`)
  }
}

/**
 * The rule of a user, who may return what is no number or `Value`: the same rule, with a look at what it returns. The table
 * goes without, since a look at `evaluate` costs 5 % of recording.
 */
export function checkedRule(name: string, rule: AnyRule): AnyRule {
  checkRule(name, rule)
  const { evaluate, partials, partial } = rule
  return {
    ...rule,
    evaluate: checkedEvaluate(name, evaluate as Numeric, partials?.length),
    partials: partials?.map((partial, i) => checkedPartial(name, i, partial, partials.length)),
    partial: partial && ((i, ...given) => checkPartial(name, i, partial(i, ...given))),
  }
}

type Numeric = (...operands: number[]) => number

// Operands are written out for rules of one and two: a rest parameter makes a list, and a sweep took three times as long.

function checkedEvaluate(name: string, evaluate: Numeric, arity: number | undefined): Numeric {
  const check = (result: unknown): number => {
    if (typeof result === 'number') return result
    throw new TypeError(`${name}: evaluate returned ${describe(result)}; wanted a number`)
  }
  if (arity === 1) return x => check(evaluate(x))
  if (arity === 2) return (x, y) => check(evaluate(x, y))
  return (...operands) => check(evaluate(...operands))
}

function checkedPartial(
  name: string,
  i: number,
  rule: PartialRule<Operand[]>,
  arity: number,
): PartialRule<Operand[]> {
  if (typeof rule !== 'function') return rule
  if (arity === 1) return (out, x) => checkPartial(name, i, rule(out, x!))
  if (arity === 2) return (out, x, y) => checkPartial(name, i, rule(out, x!, y!))
  return (out, ...operands) => checkPartial(name, i, rule(out, ...operands))
}

function checkPartial(name: string, i: number, result: unknown): Operand {
  if (typeof result === 'number' || result instanceof Value) return result
  throw new TypeError(
    `${name}: the partial in operand ${i + 1} returned ${describe(result)}; wanted a number or a Value`,
  )
}
