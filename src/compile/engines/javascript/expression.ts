import type { StepOperation } from '../../program/program.js'

/** The source of a step, given that of its operands, which are in parentheses if they are more than a name. */
type Write = (operands: readonly [string, string, string], step: StepOperation) => string

/** Off the range of exponents the result is not looked at; the mask keeps the look-up inside the table. */
function powerOfTwo(exponent: string): string {
  return `POWERS_OF_TWO_MASKED[(${exponent}) & 4095]`
}

export const EXPRESSIONS: Readonly<Record<StepOperation['step'], Write>> = {
  add: ([x, y]) => `${x} + ${y}`,
  sub: ([x, y]) => `${x} - ${y}`,
  mul: ([x, y]) => `${x} * ${y}`,
  div: ([x, y]) => `${x} / ${y}`,
  sqrt: ([x]) => `Math.sqrt(${x})`,
  neg: ([x]) => `-${x}`,
  abs: ([x]) => `Math.abs(${x})`,
  min: ([x, y]) => `Math.min(${x}, ${y})`,
  max: ([x, y]) => `Math.max(${x}, ${y})`,
  floor: ([x]) => `Math.floor(${x})`,
  ceil: ([x]) => `Math.ceil(${x})`,
  copySign: ([x, y]) => `copySign(${x}, ${y})`,
  flipSign: ([x, n], { value }) => `(${n} & ${2 ** value}) !== 0 ? -${x} : ${x}`,
  select: ([p, x, y]) => `${p} ? ${x} : ${y}`,
  lookup: ([row], { table, value }) => `${table!.name}_VALUES[${row} * ${table!.columns} + ${value}]`,
  scale: ([x, n]) => `${x} * ${powerOfTwo(`${n} + 1074`)}`,
  unscale: ([x, n]) => `${x} * ${powerOfTwo(`1074 - ${n}`)}`,
  double: ([n]) => n,
  integer: ([x]) => `${x} | 0`,
  highWord: ([x]) => `highWord(${x})`,
  exponentAbove: ([, above]) => `${above} >> 20`,
  significandAbove: ([x], { value, extra }) =>
    `${x} * ${powerOfTwo(`${1074 + extra} - ((highWord(${x}) - ${value}) >> 20)`)}`,
  plus: ([n, m]) => `${n} + ${m}`,
  minus: ([n, m]) => `${n} - ${m}`,
  bits: ([n], { value }) => `${n} & ${value}`,
  shift: ([n], { value }) => `${n} >> ${value}`,
  less: ([x, y]) => `${x} < ${y}`,
  lessOrEqual: ([x, y]) => `${x} <= ${y}`,
  equal: ([x, y]) => `${x} === ${y}`,
  hasBit: ([n], { value }) => `(${n} & ${value}) !== 0`,
  and: ([p, q]) => `${p} && ${q}`,
}

/** The steps whose source mentions their first operand twice. */
export const DOUBLED: ReadonlySet<string> = new Set(['flipSign', 'significandAbove'])

/** What the source of a step mentions beside its operands. */
export const MENTIONED: Partial<Readonly<Record<StepOperation['step'], readonly string[]>>> = {
  copySign: ['copySign'],
  scale: ['POWERS_OF_TWO_MASKED'],
  unscale: ['POWERS_OF_TWO_MASKED'],
  highWord: ['highWord'],
  significandAbove: ['highWord', 'POWERS_OF_TWO_MASKED'],
}
