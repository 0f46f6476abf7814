import { ulp } from './ulp.js'

export interface Difference {
  readonly slope: number
  /** How far the slope may be off: what the extrapolation left, and the rounding of f divided by the step. */
  readonly error: number
}

/**
 * The slope of f at x by central differences, extrapolated to step 0 (Ridders). The right step is a property of f:
 * relative to x for sqrt at 1e-300, absolute for cos at 1e-10, small beside a pole. So several are tried, from the
 * smallest up, and the first that settles to six digits counts; where none does (a slope of 0), the one with the
 * smallest error. Where `nearest`, the smallest operand that is not 0, is tiny, a kink may be as near, and only
 * steps relative to it can be right; among the subnormals no step is left, and the error is Infinity. `size` is the
 * size of the terms that f adds, where that is more than its result.
 */
export function difference(f: (x: number) => number, x: number, nearest: number, size = 0): Difference {
  const relative = [1e-7, 1e-3, 0.1].map(step => step * Math.abs(x || nearest))
  const absolute = nearest < 1e-100 ? [] : [1e-3, 0.02, 0.5]
  const steps = [...relative, ...absolute].filter(step => step > 0 && step < Infinity).sort((a, b) => a - b)
  let best: Difference = { slope: Number.NaN, error: Number.POSITIVE_INFINITY }
  for (const step of steps) {
    const candidate = extrapolated(f, x, step, size)
    if (candidate.error <= 1e-6 * Math.abs(candidate.slope)) return candidate
    if (candidate.error < best.error) best = candidate
  }
  return best
}

function extrapolated(f: (x: number) => number, x: number, first: number, size: number): Difference {
  let best: Difference = { slope: Number.NaN, error: Number.POSITIVE_INFINITY }
  let before: number[] = []
  for (let k = 0; k < 12; k++) {
    const step = first * 2 ** -k
    const [above, below] = [f(x + step), f(x - step)]
    // The step that was really taken, after rounding.
    const width = x + step - (x - step)
    const row = [(above - below) / width]
    const noise = ulp(Math.max(Math.abs(above), Math.abs(below), size)) / width
    for (let m = 1; m <= before.length; m++) {
      const better = row[m - 1]! + (row[m - 1]! - before[m - 1]!) / (4 ** m - 1)
      const left = Math.max(Math.abs(better - row[m - 1]!), Math.abs(better - before[m - 1]!))
      row.push(better)
      // Not `<` with the terms exchanged: a NaN beside a pole must lose.
      if (left + 4 * noise < best.error) best = { slope: better, error: left + 4 * noise }
    }
    before = row
  }
  return best
}
