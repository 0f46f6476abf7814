/** Where the boxes of the graph stand: the layered layout of dagre, from left to right. */

import { type Edge, Graph, layout } from '@dagrejs/dagre'
import type { Sheet } from '../lines.js'

export const BOX_HEIGHT = 56

export interface Box {
  readonly name: string
  readonly kind: 'parameter' | 'data' | 'line'
  /** Of the middle. */
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

export function layoutOf({ leaves, lines }: Sheet): Layout {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: 30, nodesep: 10, edgesep: 8, marginx: 4, marginy: 4 })
  graph.setDefaultEdgeLabel(() => ({}))
  const kinds = new Map<string, Box['kind']>()
  for (const { name, kind } of leaves) kinds.set(name, kind)
  for (const { name } of lines) kinds.set(name, 'line')
  for (const name of kinds.keys()) {
    graph.setNode(name, { width: Math.max(82, 16 + 7.6 * Math.min(name.length, 20)), height: BOX_HEIGHT })
  }
  for (const { name, inputs } of lines) for (const input of inputs) graph.setEdge(input.name, name)
  layout(graph)
  const { width, height } = graph.graph() as { width: number; height: number }
  return {
    width,
    height,
    boxes: [...kinds].map(([name, kind]) => {
      const { x, y, width } = graph.node(name) as { x: number; y: number; width: number }
      return { name, kind, x, y, width }
    }),
    arrows: graph.edges().map((edge: Edge) => ({
      from: edge.v,
      to: edge.w,
      points: (graph.edge(edge) as { points: { x: number; y: number }[] }).points,
    })),
  }
}
