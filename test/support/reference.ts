import { readFileSync } from 'node:fs'

/** One sample of a row in test/reference/primitives.json; null marks a derivative that does not exist there. */
export interface ReferenceSample {
  readonly at: readonly number[]
  readonly value: number
  readonly first: readonly (number | null)[]
  /** The upper triangle, row by row. */
  readonly second: readonly (number | null)[]
  /** sum |term| of a result that adds terms of both signs, by the operands differentiated by: '' , '0', '01'. */
  readonly scales?: Readonly<Record<string, number>>
}

export interface ReferenceRow {
  readonly definition: string
  readonly samples: readonly ReferenceSample[]
}

/** By row name. The infinities stand as strings in the file. */
export const reference: Readonly<Record<string, ReferenceRow>> = JSON.parse(
  readFileSync(new URL('../reference/primitives.json', import.meta.url), 'utf8'),
  (_key, field) => (field === 'Infinity' ? Infinity : field === '-Infinity' ? -Infinity : field),
)

/** Where the entry of operands i <= j stands in `second`. */
export function upperIndex(i: number, j: number, n: number): number {
  return i * n - (i * (i - 1)) / 2 + (j - i)
}
