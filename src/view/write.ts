import { ATOM, operandStrengths, UNARY } from '../core/notation.js'
import type { Formula, NamedDerivative, Operation } from './formula.js'

/** A way to write formulas: how each kind of piece becomes text. */
export interface Style {
  number(x: number): string
  name(name: string): string
  derivative(derivative: NamedDerivative): string
  updated(name: string): string
  brackets(inner: string): string
  prefix(symbol: string, operand: string): string
  infix(symbol: string, operands: readonly string[]): string
  call(name: string, operands: readonly string[]): string
  /** For styles that set them in two dimensions, where what is above or below needs no brackets. */
  readonly quotient?: (x: string, y: string) => string
  readonly power?: (x: string, y: string) => string
}

const PRODUCT = 2
const POWER = 4

/** A formula in a style, in brackets if it binds less strongly than `strength`. Formulas are small: it recurses. */
export function write(formula: Formula, style: Style, strength = 0): string {
  const text = bare(formula, style)
  return strengthOf(formula) < strength ? style.brackets(text) : text
}

function bare(formula: Formula, style: Style): string {
  if (typeof formula === 'number') return style.number(formula)
  if (typeof formula === 'string') return style.name(formula)
  if ('of' in formula) return style.derivative(formula)
  if ('updated' in formula) return style.updated(formula.updated)
  const { operation, notation, operands } = formula
  if (notation === undefined)
    return style.call(
      operation,
      operands.map(operand => write(operand, style)),
    )
  const { symbol, precedence } = notation
  const [x, y] = operands as readonly [Formula, Formula]
  if (operands.length === 1) return style.prefix(symbol, write(x, style, precedence))
  const parts = infixParts(formula, style)
  if (parts !== undefined) return style.infix(symbol, parts.operands)
  if (precedence !== POWER) return style.quotient!(write(x, style), write(y, style))
  const [left, right] = operandStrengths(precedence)
  const base = write(x, style, left)
  return style.power?.(base, write(y, style)) ?? style.infix(symbol, [base, write(y, style, right)])
}

/** The operands of signs on one line, each as it stands there; `undefined` for what is not written so. */
export function infixParts(
  formula: Formula,
  style: Style,
): { readonly symbol: string; readonly operands: readonly string[] } | undefined {
  if (typeof formula !== 'object' || !('operation' in formula)) return undefined
  const { notation, operands } = formula
  if (notation === undefined || operands.length === 1 || notation.precedence === POWER) return undefined
  if (isQuotient(formula) && style.quotient !== undefined) return undefined
  const [left, right] = operandStrengths(notation.precedence)
  const written = operands.map((operand, i) => {
    if (i === 0) return write(operand, style, left)
    // A sign may stand at the head of an operation, and nowhere else without brackets.
    return strengthOf(operand) === UNARY ? style.brackets(bare(operand, style)) : write(operand, style, right)
  })
  return { symbol: notation.symbol, operands: written }
}

function isQuotient({ notation }: Operation): boolean {
  return notation?.precedence === PRODUCT && notation.symbol === '/'
}

function strengthOf(formula: Formula): number {
  if (typeof formula === 'number') return formula < 0 ? UNARY : ATOM
  if (typeof formula === 'string' || !('operation' in formula)) return ATOM
  return formula.notation?.precedence ?? ATOM
}

/** A number with at most so many significant digits: its mantissa, and its power of ten if it is written with one. */
export function decimals(x: number, digits: number): { mantissa: string; exponent?: string } {
  if (!Number.isFinite(x)) return { mantissa: String(x) }
  const [mantissa, exponent] = String(Number(x.toPrecision(digits))).split('e')
  return { mantissa: mantissa!, ...(exponent !== undefined && { exponent: exponent.replace('+', '') }) }
}

/** `w1`, `net_o1` as a letter or word and its index; `undefined` for what is no such name. */
export function indexed(name: string): { stem: string; index?: string } | undefined {
  const [, stem, index] =
    /^(\p{L}+?)(?:_?(\d+)|_([\p{L}\d]+))?$/u.exec(name)?.filter(part => part !== undefined) ?? []
  if (stem === undefined) return undefined
  return { stem, ...(index !== undefined && { index }) }
}
