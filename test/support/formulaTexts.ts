/** Texts that try to break the parser of formulas, and what must hold for each. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are to hold them as they are

import { CONSTANT } from '../../src/core/notation.js'
import { topologicalOrder } from '../../src/core/order.js'
import { FormulaError } from '../../src/formula/error.js'
import { parseFormula } from '../../src/formula/index.js'
import { vocabularyOf } from '../../src/formula/vocabulary.js'
import * as special from '../../src/special/all.js'
import type { Random } from './points.js'
import { rows } from './rows.js'

/** What a text calls if it gets out. */
export const canary = { sung: 0 }
Object.defineProperty(globalThis, 'canary', { value: () => ++canary.sung })

const callables = [...vocabularyOf().callables.values()]
const calls = callables.map(({ name }) => name)
const names = ['x', 'y1', 'w', 'β', '`a b`', '`\\n`', '``', 'pi', 'e', 'NaN', 'Infinity', 'sin', CONSTANT]
const numbers = ['0', '1', '2.5', '.5', '5.', '1e-320', '1e999', '007', '1e+21', '9'.repeat(400)]
const signs = ['+', '-', '*', '/', '**', '<', '<=', '>', '>=', '==', '!=', '=', '~', ',', ';', '\n', '(', ')']
const hostile = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'prototype',
  'canary()',
  'constructor.constructor("canary()")()',
  'x["constructor"]',
  '__proto__.polluted = 1',
  '__proto__ = 1',
  '${canary()}',
  '`${canary()}`',
  'eval("canary()")',
  'this',
  'import("fs")',
  '(() => canary())()',
  'new Function("canary()")()',
  '// comment',
  '/* */',
  '\\u0063',
  '\0',
  '\ud800',
  '\u2028',
  '\ufeff',
  '`\\',
  '^',
  '−',
  '🙂',
]
const formulas = [
  'h1 = softplus(w1 * dosage + b1); h2 = softplus(w2 * dosage + b2)\nw3 * h1 + w4 * h2 + b3',
  'efficacy ~ b3 + w3 * sigmoid(-w1 * (dosage - b1) ** 2)',
  'where(x > 0, sqrt(x), 0) + dot([a, b], [c, 1e-3]) / logsumexp(a, b, c)',
  'c = constant(-0)\nx ** -c ** 2 + exp(constant(2)) * mean([x, y, 3])',
  '`layer 1/w` * max(x, -y) - -clamp(z, 0, 1) + norm(x, y) + leakyRelu(x, 0.1)',
]

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random.unit() * from.length)]!

const character = (random: Random): string => {
  const any = random.unit() < 0.5 ? random.unit() * 128 : random.unit() * 0x10000
  return String.fromCharCode(Math.floor(any))
}

const piece = (random: Random): string => {
  const kind = random.unit()
  if (kind < 0.15) return `${pick(random, calls)}(`
  if (kind < 0.35) return pick(random, names)
  if (kind < 0.45) return pick(random, numbers)
  if (kind < 0.85) return pick(random, signs)
  if (kind < 0.9) return pick(random, ['[', ']', ' ', '\t', '\r\n'])
  if (kind < 0.97) return pick(random, hostile)
  return character(random)
}

/** A formula made by the grammar, most of them right. */
function sentence(random: Random, size: number): string {
  if (size < 1) return random.unit() < 0.7 ? pick(random, names.slice(0, 10)) : pick(random, numbers)
  const inner = (): string => sentence(random, size * random.unit() - 0.5)
  const kind = random.unit()
  if (kind < 0.5) return `${inner()} ${pick(random, signs.slice(0, 11))} ${inner()}`
  if (kind < 0.6) return `-${inner()}`
  if (kind < 0.8) return `(${inner()})`
  const { name, fewest, most } = pick(random, callables)
  const count = Math.min(most, fewest + Math.floor(random.unit() * 4))
  const operands = Array.from({ length: random.unit() < 0.9 ? count : 2 }, inner).join(', ')
  return random.unit() < 0.9 ? `${name}(${operands})` : `${name}([${operands}])`
}

/** The text with a few pieces put in, cut out, doubled or exchanged. */
function mutated(random: Random, text: string): string {
  let result = text
  for (let n = 1 + Math.floor(random.unit() * 4); n > 0; n--) {
    const from = Math.floor(random.unit() * (result.length + 1))
    const to = random.unit() < 0.3 ? from : from + Math.floor(random.unit() * 8)
    const put =
      random.unit() < 0.3 ? '' : random.unit() < 0.2 ? result.slice(from, to).repeat(2) : piece(random)
    result = result.slice(0, from) + put + result.slice(to)
  }
  return result
}

/** One text: soup, a sentence, a formula with errors, or one piece many times. */
export function formulaText(random: Random): string {
  const kind = random.unit()
  if (kind < 0.3) return Array.from({ length: Math.floor(random.unit() * 20) }, () => piece(random)).join('')
  if (kind < 0.6) return sentence(random, 6)
  if (kind < 0.75) return mutated(random, sentence(random, 6))
  if (kind < 0.98) return mutated(random, pick(random, formulas))
  if (kind < 0.995) return piece(random).repeat(Math.floor(random.unit() * 3000))
  return Array.from({ length: 200 }, () => character(random)).join('')
}

const table: ReadonlySet<unknown> = new Set([...rows, ...Object.values(special)])
const prototypeKeys = Reflect.ownKeys(Object.prototype).length

/** Parses a text and throws unless it ends as it must; says how it ended. */
export function examine(text: string): 'graph' | 'error' {
  const outcome = outcomeOf(text)
  if (canary.sung > 0) throw new Error(`the text was executed: ${JSON.stringify(text)}`)
  if (Reflect.ownKeys(Object.prototype).length !== prototypeKeys) {
    throw new Error(`Object.prototype was changed by ${JSON.stringify(text)}`)
  }
  return outcome
}

function outcomeOf(text: string): 'graph' | 'error' {
  let formula: ReturnType<typeof parseFormula>
  try {
    formula = parseFormula(text)
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    checkPlace(error, text)
    return 'error'
  }
  const printed = String(formula.expression)
  for (const node of topologicalOrder(formula.expression)) {
    if (node.primitive !== null && !table.has(node.primitive)) {
      throw new Error(`${JSON.stringify(text)} reached ${node.primitive.name}`)
    }
  }
  const again = String(parseFormula(printed).expression)
  if (again !== printed)
    throw new Error(`${JSON.stringify(text)} prints as\n${printed}\nand then as\n${again}`)
  return 'graph'
}

function checkPlace(error: FormulaError, text: string): void {
  const { position, line, column, excerpt, message } = error
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/)
  const [shown, caret] = excerpt.split('\n')
  const right =
    position >= 0 &&
    position <= text.length &&
    column >= 1 &&
    column <= (lines[line - 1]?.length ?? -1) + 1 &&
    caret!.endsWith('^') &&
    caret!.length <= shown!.length + 1 &&
    message.length < 500
  if (!right) throw new Error(`a wrong place for ${JSON.stringify(text)}: ${message}`)
}
