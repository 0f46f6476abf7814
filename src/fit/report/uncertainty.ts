import type { LinearModel } from '../linear/linearModel.js'

/** What the data say of the parameters. */
export interface Uncertainty {
  /** F with F F' = (J'J)^-1: the rows of V / S / scale; NaN where a parameter is undetermined, 0 where it is held. */
  readonly inverseRoot: readonly (readonly number[])[]
  /** The parameters that others can make up for. */
  readonly undetermined: readonly string[]
}

/** A parameter that a singular direction moves is undetermined. */
export function uncertainty(
  { singular, right, scale, rank, held }: LinearModel,
  names: readonly string[],
): Uncertainty {
  const undetermined: string[] = []
  const inverseRoot = names.map((name, j) => {
    if (held[j]) return names.map(() => 0)
    const row = right.map(column => column[j]!)
    // Singular directions are known to about half the digits.
    if (row.some((v, k) => k >= rank && Math.abs(v) > 1e-8)) {
      undetermined.push(name)
      return names.map(() => Number.NaN)
    }
    return row.map((v, k) => (k < rank ? v / (singular[k]! * scale[j]!) : 0))
  })
  return { inverseRoot, undetermined }
}
