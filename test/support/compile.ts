import type { Primitive } from '../../src/core/primitive.js'

/** Values at which functions change their ways: zeros, ends of the range, borders of the usual domains. */
export const SPECIAL: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2,
  3,
  -3,
  20.5,
  -41,
  707.9,
  -708.5,
  -744,
  16_001,
  2e6,
  1e-320,
  5e-324,
  -2e-308,
  1e200,
  -1e300,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
]

/** The samples of a row, and the special values in all pairs; three operands take them in turns. */
export function points(row: Primitive): readonly (readonly number[])[] {
  const { arity, samples } = row
  if (arity === 1) return [...samples, ...SPECIAL.map(x => [x])]
  if (arity === 2) return [...samples, ...SPECIAL.flatMap(x => SPECIAL.map(y => [x, y]))]
  const count = arity ?? 4
  const turns = SPECIAL.flatMap((_, i) =>
    [1, 5, 7].map(stride =>
      Array.from({ length: count }, (_, k) => SPECIAL[(i + k * stride) % SPECIAL.length]!),
    ),
  )
  return [...samples, ...turns]
}
