/**
 * Columns of one colour are differentiated together: one sweep with the sum of their directions. A. H. Gebremedhin,
 * F. Manne and A. Pothen, "What Color Is Your Jacobian? Graph Coloring for Computing Derivatives", SIAM Review 47 (2005).
 */

import type { Pattern } from './pattern.js'

/** Columns by colour, from 0; -1 for a column without entries. */
export interface Colouring {
  readonly colours: Int32Array
  readonly count: number
}

/**
 * No two columns of one colour have an entry in the same row, so that each entry of the matrix is a number of the
 * compressed one (Curtis, Powell and Reid 1974). Greedy, from the left.
 *
 * @param byColumn the transposed pattern
 */
export function colourColumns({ columns, rowStarts, shape }: Pattern, byColumn: Pattern): Colouring {
  const colours = new Int32Array(shape[1]).fill(-1)
  const palette = new Palette()
  for (let j = 0; j < shape[1]; j++) {
    const end = byColumn.rowStarts[j + 1]!
    if (byColumn.rowStarts[j] === end) continue
    for (let e = byColumn.rowStarts[j]!; e < end; e++) {
      const row = byColumn.columns[e]!
      for (let k = rowStarts[row]!; k < rowStarts[row + 1]!; k++) palette.forbid(colours[columns[k]!]!)
    }
    colours[j] = palette.take()
  }
  return { colours, count: palette.count }
}

/**
 * A star colouring of a symmetric matrix: neighbours differ, and every path of four vertices has three colours. Then entry
 * (i, j) is alone in its row i among the columns of j's colour, or alone in row j among those of i's. Greedy, with the
 * vertices of most neighbours first.
 *
 * A vertex with a colour of its own lies on no path of two colours. Those with very many neighbours get one, and the
 * neighbours of the others are few: a dense row costs no quadratic time.
 */
export function starColouring({ columns, rowStarts, shape }: Pattern): Colouring {
  const [n] = shape
  const degree = (v: number): number => rowStarts[v + 1]! - rowStarts[v]!
  const many = Math.sqrt(columns.length)
  const colours = new Int32Array(n).fill(-1)
  /** For each vertex, how many of its neighbours have each colour. */
  const around = Array.from({ length: n }, () => new Map<number, number>())
  const palette = new Palette()

  function forbidPaths(v: number, w: number): void {
    const colour = colours[w]!
    const isBetween = around[v]!.get(colour)! > 1
    for (let k = rowStarts[w]!; k < rowStarts[w + 1]!; k++) {
      const x = columns[k]!
      if (x !== v && x !== w && (isBetween || (around[x]!.get(colour) ?? 0) > 1)) palette.forbid(colours[x]!)
    }
  }

  const order = Array.from({ length: n }, (_, v) => v).filter(v => degree(v) > 0)
  const hubs = order.filter(v => degree(v) > many)
  const others = order.filter(v => degree(v) <= many).sort((a, b) => degree(b) - degree(a))
  for (const v of hubs) colours[v] = palette.takeForGood()
  for (const v of others) {
    for (let k = rowStarts[v]!; k < rowStarts[v + 1]!; k++) {
      const w = columns[k]!
      if (w === v || colours[w] === -1) continue
      palette.forbid(colours[w]!)
      if (degree(w) <= many) forbidPaths(v, w)
    }
    const colour = palette.take()
    colours[v] = colour
    for (let k = rowStarts[v]!; k < rowStarts[v + 1]!; k++) {
      if (columns[k] === v) continue
      const neighbours = around[columns[k]!]!
      neighbours.set(colour, (neighbours.get(colour) ?? 0) + 1)
    }
  }
  return { colours, count: palette.count }
}

/** The colours in use, and those that the next vertex may not have. */
class Palette {
  count = 0
  private readonly forbiddenFor: number[] = []
  private vertex = 0
  /** The colours below this one are of one vertex each. */
  private own = 0

  forbid(colour: number): void {
    if (colour !== -1) this.forbiddenFor[colour] = this.vertex
  }

  /** The first colour that is allowed. */
  take(): number {
    let colour = this.own
    while (colour < this.count && this.forbiddenFor[colour] === this.vertex) colour++
    if (colour === this.count) this.count++
    this.vertex++
    return colour
  }

  /** A colour that no other vertex gets; only before any `take`. */
  takeForGood(): number {
    this.own++
    return this.count++
  }
}
