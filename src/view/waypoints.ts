import { dependents } from '../core/guards.js'
import { topologicalOrder } from '../core/order.js'
import { type NameOf, namesOf } from '../core/print.js'
import type { Value } from '../core/value.js'
import { localPartials } from './partials.js'

/** A derivative of one waypoint by another: that of the stretches between them which pass through no third one. */
export interface Edge {
  readonly to: number
  readonly value: number
  readonly taken: boolean
}

/** What lies between an output and some leaves, with everything but the waypoints collapsed. */
export interface Waypoints {
  /** The output first, each before what it is computed from. Empty if the output depends on none of the leaves. */
  readonly nodes: readonly Value[]
  /** By the index of the waypoint they start from, in topological order: leaves first, then as the formula reads. */
  readonly edges: readonly (readonly Edge[])[]
  /** For each node between, the waypoint in whose stretch it lies; a waypoint lies in its own. */
  readonly stretchOf: ReadonlyMap<Value, Value>
}

/** A derivative under construction: the chain rule adds to it. */
interface Sum {
  value: number
  taken: boolean
}

/**
 * The waypoints from `output` to `leaves` are these and the labelled nodes between them. A node without a label that
 * is reached from two waypoints is one as well, so that every other node lies in the stretch of a single waypoint, and
 * one sweep over the graph finds the derivatives of all stretches. Linear, and without recursion.
 */
export function waypointsBetween(output: Value, leaves: readonly Value[]): Waypoints {
  const order = topologicalOrder(output)
  const depends = dependents(order, leaves)
  const ends = new Set(leaves)
  const nodes: Value[] = []
  const edges: Edge[][] = []
  const stretchOf = new Map<Value, Value>()
  // For a node: the derivatives by it of the waypoints above it, through stretches alone. By index of the waypoint.
  const arrivals = new Map<Value, Map<number, Sum>>([[output, new Map()]])

  for (let n = order.length - 1; n >= 0; n--) {
    const node = order[n]!
    const arrived = arrivals.get(node)
    if (arrived === undefined || !depends.has(node)) continue
    arrivals.delete(node)
    let [[from, sum] = [0, { value: 1, taken: true }]] = arrived
    if (node === output || ends.has(node) || node.label !== undefined || arrived.size > 1) {
      for (const [above, { value, taken }] of arrived) edges[above]!.push({ to: nodes.length, value, taken })
      from = nodes.length
      sum = { value: 1, taken: true }
      nodes.push(node)
      edges.push([])
    }
    stretchOf.set(node, nodes[from]!)
    if (ends.has(node)) continue
    const partials = localPartials(node)
    node.inputs.forEach((input, i) => {
      const local = partials[i]
      if (typeof input === 'number' || local === undefined || !depends.has(input)) return
      const taken = sum.taken && local.taken
      add(arrivals, input, from, { value: taken ? sum.value * local.partial : 0, taken })
    })
  }
  // They were found in the reverse of that order.
  for (const list of edges) list.reverse()
  return { nodes, edges, stretchOf }
}

/** As in the backward sweep: the first contribution is stored as it is, the others are added. */
function add(arrivals: Map<Value, Map<number, Sum>>, to: Value, from: number, { value, taken }: Sum): void {
  let arrived = arrivals.get(to)
  if (arrived === undefined) {
    arrived = new Map()
    arrivals.set(to, arrived)
  }
  const sum = arrived.get(from)
  if (sum === undefined) {
    arrived.set(from, { value, taken })
  } else {
    sum.value += value
    sum.taken ||= taken
  }
}

/**
 * Names as `String(output)` gives them, for leaves, labelled nodes and waypoints; what has none is written out. An
 * output without a label is called `output`.
 */
export function namer(output: Value, { stretchOf }: Waypoints): NameOf {
  const printed = namesOf(topologicalOrder(output))
  return node => {
    if (node === output) return printed(node) ?? 'output'
    const isWaypoint = stretchOf.get(node) === node
    if (node.primitive !== null && node.label === undefined && !isWaypoint) return undefined
    return printed(node) ?? (isWaypoint ? 'input' : undefined)
  }
}
