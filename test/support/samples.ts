import type { Primitive } from '../../src/core/value.js'
import { definitions } from '../reference/definitions.js'
import { apply, rows } from './rows.js'

/** Points for an entry that test/reference/definitions.ts says nothing of, if in its domain: away from 0, where many have a kink. */
const PROBES = [0.5, -1.5, 2, 0.25, 40, -0.75, 3]
const LISTS = [[5], [1, 2], [0.3, -0.2, 0.5, 4]]

function probes(primitive: Primitive): number[][] {
  const { arity } = primitive
  const candidates =
    arity === undefined
      ? LISTS
      : PROBES.map((_, i) => Array.from({ length: arity }, (_, k) => PROBES[(i + k) % PROBES.length]!))
  return candidates.filter(point => {
    try {
      return Number.isFinite(apply(primitive, point))
    } catch {
      // A function of two lists takes no odd number of operands.
      return false
    }
  })
}

const known: ReadonlyMap<Primitive, readonly (readonly number[])[]> = new Map(
  rows.flatMap(row => (definitions[row.name] === undefined ? [] : [[row, definitions[row.name]!.samples]])),
)

/** Where a primitive is tried: ordinary points and nasty ones. */
export function samplesOf(primitive: Primitive): readonly (readonly number[])[] {
  return known.get(primitive) ?? probes(primitive)
}
