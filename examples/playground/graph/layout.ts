/** Where the boxes of the graph stand: the layered layout of dagre, from left to right, or down where there is no width. */

import { type Edge, Graph, layout } from '@dagrejs/dagre'
import { mul, topologicalOrder, type Value } from 'chainrule'
import type { Line, Sheet } from '../lines.js'
import { BOX_HEIGHT, type Box, type Direction, type Point, type Route, routesOf } from './routes.js'

export interface Arrow {
  readonly from: string
  readonly to: string
  /** The parameter that stands on it. */
  readonly weight: string | undefined
  readonly route: Route
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

export function layoutOf(sheet: Sheet, direction: Direction): Layout {
  const { leaves, lines } = sheet
  const graph = new Graph()
  const rankdir = direction === 'right' ? 'LR' : 'TB'
  graph.setGraph({ rankdir, ranksep: 30, nodesep: 8, edgesep: 8, marginx: 4, marginy: 4 })
  graph.setDefaultEdgeLabel(() => ({}))
  const kinds = new Map<string, Box['kind']>()
  for (const { name, kind } of leaves) kinds.set(name, kind)
  for (const { name } of lines) kinds.set(name, 'line')
  // Dagre makes them keys of objects, where a name from outside, such as __proto__, has no business.
  const ids = new Map([...kinds.keys()].map((name, i) => [name, `n${i}`]))
  const names = new Map([...ids].map(([name, id]) => [id, name]))
  const idOf = (name: string): string => ids.get(name)!
  const uses = new Map<string, number>()
  for (const { inputs } of lines) for (const { name } of inputs) uses.set(name, (uses.get(name) ?? 0) + 1)
  // Where several lines hand something back there must be room to say how many have.
  const size = (name: string) => ({
    width: Math.max(
      (uses.get(name) ?? 0) > 1 && kinds.get(name) !== 'data' ? 104 : 72,
      16 + 7.6 * Math.min(name.length, 20),
    ),
    height: BOX_HEIGHT,
  })

  // A label of an edge has a place of its own in the layout, as large as it is.
  const weights = weightsOf(sheet)
  const onArrows = new Map<string, { from: string; to: string }>()
  for (const { name: to, inputs } of lines) {
    for (const { name: from } of inputs) {
      const weight = weights.get(to)!.get(from)
      if (weight !== undefined) onArrows.set(weight, { from, to })
    }
  }
  for (const name of kinds.keys()) if (!onArrows.has(name)) graph.setNode(idOf(name), size(name))
  for (const { name: to, inputs } of lines) {
    for (const { name: from } of inputs) {
      if (onArrows.has(from)) continue
      const weight = weights.get(to)!.get(from)
      graph.setEdge(idOf(from), idOf(to), weight === undefined ? {} : { ...size(weight), labelpos: 'c' })
    }
  }
  layout(graph, { customOrder: (graph: Graph) => inReadingOrder(graph, sheet, weights, names) })

  const { width, height } = graph.graph() as { width: number; height: number }
  const boxes = [...kinds].map(([name, kind]): Box => {
    const edge = onArrows.get(name)
    const placed = edge === undefined ? graph.node(idOf(name)) : graph.edge(idOf(edge.from), idOf(edge.to))
    const { x, y } = placed as Point
    return { name, kind, x, y, width: size(name).width }
  })
  const between = (graph.edges() as readonly Edge[]).map(({ v, w }) => {
    const [from, to] = [names.get(v)!, names.get(w)!]
    const { points } = graph.edge(v, w) as { points: readonly Point[] }
    // The first and the last lie on the boxes at their ends.
    return { from, to, weight: weights.get(to)!.get(from), through: points.slice(1, -1) }
  })
  const routes = routesOf(boxes, between, direction)
  return { width, height, boxes, arrows: between.map((arrow, i) => ({ ...arrow, route: routes[i]! })) }
}

/**
 * Within a rank what the formula says first comes first: dagre's own order has fewer crossings now and then, but w1
 * below w2 is what a reader stumbles over. A long arrow goes where its parameter or its origin would stand.
 */
function inReadingOrder(
  graph: Graph,
  { lines }: Sheet,
  weights: Weights,
  names: ReadonlyMap<string, string>,
): void {
  const said = new Map<string, number>()
  for (const { name, inputs } of lines) {
    for (const each of [...inputs.map(input => input.name), name])
      if (!said.has(each)) said.set(each, said.size)
  }
  const ranks = new Map<number, { at: number; node: { order?: number } }[]>()
  for (const id of graph.nodes()) {
    const node = graph.node(id) as { rank: number; order?: number; edgeObj?: Edge }
    const { v, w } = node.edgeObj ?? { v: id, w: undefined }
    const [from, to] = [names.get(v)!, w === undefined ? undefined : names.get(w)!]
    const at = said.get((to === undefined ? undefined : weights.get(to)!.get(from)) ?? from)!
    ranks.set(node.rank, [...(ranks.get(node.rank) ?? []), { at, node }])
  }
  for (const places of ranks.values()) {
    places.sort((a, b) => a.at - b.at)
    for (const [order, { node }] of places.entries()) node.order = order
  }
}

/** By line, then by what it uses: the parameter that weighs it there. */
type Weights = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * For each line, which of the things it uses are weighed by a parameter of their own, as i1 is in w1 * i1 + w2 * i2:
 * that parameter stands on the arrow, and a network looks like one.
 */
function weightsOf({ leaves, lines }: Sheet): Weights {
  const parameters = new Set(leaves.filter(({ kind }) => kind === 'parameter').map(({ name }) => name))
  const uses = new Map<string, number>()
  for (const { inputs } of lines) for (const { name } of inputs) uses.set(name, (uses.get(name) ?? 0) + 1)
  const isOwn = (name: string): boolean => parameters.has(name) && uses.get(name) === 1
  return new Map(lines.map(line => [line.name, weightsIn(line, parameters, isOwn)]))
}

function weightsIn(
  { output }: Line,
  parameters: ReadonlySet<string>,
  isOwn: (name: string) => boolean,
): Map<string, string> {
  const nodes = topologicalOrder(output)
  const timesUsed = (leaf: Value): number =>
    nodes.reduce((times, { inputs }) => times + inputs.filter(input => input === leaf).length, 0)
  const weights = new Map<string, string>()
  for (const { primitive, inputs } of nodes) {
    if (primitive !== mul) continue
    const operands = inputs.filter(input => typeof input !== 'number' && input.primitive === null) as Value[]
    if (operands.length < 2 || !operands.every(leaf => timesUsed(leaf) === 1)) continue
    const weight = operands.find(({ label }) => isOwn(label!))?.label
    const weighed = operands.find(({ label }) => !parameters.has(label!))?.label
    if (weight !== undefined && weighed !== undefined) weights.set(weighed, weight)
  }
  return weights
}
