/** Fits as JSON, which has no NaN, no infinities and no -0, and which anybody may have written. */

import { describe } from '../../core/describe.js'
import type { FitRecord } from './result.js'

const FORMAT = 'chainrule fit 1'

/** Plain data for `JSON.stringify`. */
export function toPlain(record: FitRecord): unknown {
  return { format: FORMAT, ...(encode(record) as object) }
}

/** @throws Error for what {@link toPlain} has not written, naming the field */
export function fromPlain(json: unknown): FitRecord {
  const read: unknown = typeof json === 'string' ? JSON.parse(json) : json
  if (typeof read !== 'object' || read === null) throw wanted(`got ${describe(read)}`)
  const { format, ...fields } = read as Record<string, unknown>
  if (format !== FORMAT) {
    throw new Error(
      `Fit.fromJSON: the format is ${describe(format)}; wanted '${FORMAT}', as toJSON writes it`,
    )
  }
  const record = decode(fields) as Record<string, unknown>
  for (const [field, [kind, isKind]] of Object.entries(FIELDS)) {
    if (record[field] === undefined) throw wanted(`there is no ${field}`)
    if (!isKind(record[field])) throw wanted(`${field} is ${describe(record[field])}, not ${kind}`)
  }
  const { names, values, inverseRoot } = record as unknown as FitRecord
  const sizes = [values.length, inverseRoot.length, ...inverseRoot.map(row => row.length)]
  if (sizes.some(size => size !== names.length)) {
    throw wanted(`values and inverseRoot do not have the ${names.length} parameters of names`)
  }
  return record as unknown as FitRecord
}

function wanted(what: string): TypeError {
  return new TypeError(`Fit.fromJSON: ${what}; wanted what toJSON writes`)
}

type Kind = readonly [name: string, is: (x: unknown) => boolean]

const isNumber = (x: unknown): x is number => typeof x === 'number'
const isText = (x: unknown): x is string => typeof x === 'string'
const isListOf = (is: (x: unknown) => boolean) => (x: unknown) => Array.isArray(x) && x.every(is)
const NUMBER: Kind = ['a number', isNumber]
const COUNT: Kind = ['a whole number from 0', x => isNumber(x) && Number.isInteger(x) && x >= 0]
const TEXT: Kind = ['a text', isText]
const NUMBERS: Kind = ['a list of numbers', isListOf(isNumber)]
const TEXTS: Kind = ['a list of texts', isListOf(isText)]

const FIELDS: Readonly<Record<keyof FitRecord, Kind>> = {
  formula: TEXT,
  columns: TEXTS,
  names: TEXTS,
  values: NUMBERS,
  fixed: [
    'numbers by name',
    x => typeof x === 'object' && x !== null && !Array.isArray(x) && Object.values(x).every(isNumber),
  ],
  atBound: TEXTS,
  inverseRoot: ['rows of numbers', isListOf(isListOf(isNumber))],
  rank: COUNT,
  residuals: NUMBERS,
  sumOfSquares: NUMBER,
  logWeights: NUMBER,
  confidence: ['a number between 0 and 1', x => isNumber(x) && x > 0 && x < 1],
  converged: ['true or false', x => typeof x === 'boolean'],
  reason: TEXT,
  iterations: COUNT,
  evaluations: COUNT,
  history: NUMBERS,
  warnings: TEXTS,
}

const SPECIAL = /^(NaN|-?Infinity|-0)$/

function encode(x: unknown): unknown {
  if (typeof x === 'number')
    return Number.isFinite(x) && !Object.is(x, -0) ? x : { number: Object.is(x, -0) ? '-0' : String(x) }
  if (Array.isArray(x)) return x.map(encode)
  if (typeof x !== 'object' || x === null) return x
  return Object.fromEntries(Object.entries(x).map(([key, entry]) => [key, encode(entry)]))
}

function decode(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(decode)
  if (typeof x !== 'object' || x === null) return x
  const entries = Object.entries(x)
  if (entries.length === 1 && entries[0]![0] === 'number' && SPECIAL.test(String(entries[0]![1])))
    return Number(entries[0]![1])
  return Object.fromEntries(entries.map(([key, entry]) => [key, decode(entry)]))
}
