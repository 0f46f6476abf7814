import { checkOptions, describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import { dataOf, type Operand, Value } from '../core/value.js'
import { formulaOf } from './formula.js'
import { type LocalPartial, localPartials } from './partials.js'
import { textStyle } from './styles.js'
import { namer, waypointsBetween } from './waypoints.js'
import { type Style, write } from './write.js'

/** What {@link toDot} and {@link toMermaid} can be told. */
export interface GraphOptions {
  /** Whether nodes show their adjoints; unless told, if `backward()` has been called on the output. */
  readonly adjoints?: boolean
  /**
   * Draws leaves and labelled nodes alone: an edge then carries the derivative over all that lies between, and a node
   * shows its formula if it is short.
   */
  readonly labelledOnly?: boolean
  /** Whether constants without a label are nodes of their own; unless told, they stand in what uses them. */
  readonly constants?: boolean
  /** From left to right, which suits wide screens, or from top to bottom, which suits phones. */
  readonly direction?: 'LR' | 'TB'
  /** Significant digits of the numbers shown; 6 unless told. */
  readonly digits?: number
  /** The most nodes that are drawn; 250 unless told. A larger graph is refused. */
  readonly limit?: number
}

/** A graph as it is drawn, in whatever language. */
export interface Picture {
  readonly direction: 'LR' | 'TB'
  readonly edges: readonly PictureEdge[]
  readonly clusters: readonly Cluster[]
}

export interface PictureNode {
  readonly id: string
  readonly kind: Value['kind']
  /** The last part of its label, if it has one; where only labelled nodes are drawn, else the name it prints under. */
  readonly name: string | undefined
  /** What it does to its operands: `sigmoid`, `*`, `_ * 3`, or its formula. `undefined` for a leaf. */
  readonly operation: string | undefined
  readonly data: string
  readonly adjoint: string | undefined
}

export interface PictureEdge {
  readonly from: string
  readonly to: string
  /** d to / d from; `undefined` from a constant, by which nothing is differentiated, and where there is no dependence. */
  readonly partial: string | undefined
  /** Dashed where a selection takes another operand, so that this one gets exactly 0; dotted without dependence. */
  readonly line: 'solid' | 'dashed' | 'dotted'
}

/** The nodes whose labels share all parts before the last, `layer1/neuron1` of `layer1/neuron1/w1`. */
export interface Cluster {
  readonly path: readonly string[]
  readonly nodes: readonly PictureNode[]
}

/**
 * The colours of each kind of node: blue for what is fed, by Okabe and Ito, whose colours people with any kind of colour
 * vision tell apart.
 */
export const COLOURS: Readonly<Record<Value['kind'], { readonly fill: string; readonly line: string }>> = {
  result: { fill: '#ffffff', line: '#222222' },
  value: { fill: '#dcebf7', line: '#0072b2' },
  column: { fill: '#dcebf7', line: '#0072b2' },
  constant: { fill: '#f0f0f0', line: '#767676' },
}

const LIMIT = 250
const OPTIONS = ['adjoints', 'labelledOnly', 'constants', 'direction', 'digits', 'limit']

/** What is to be drawn of the graph of `output`; throws where that would not be a picture any more. */
export function pictureOf(caller: string, output: Value, options: GraphOptions): Picture {
  if (!(output instanceof Value)) {
    throw new TypeError(`${caller}: the output is ${describe(output)}; wanted a Value`)
  }
  checkOptions(caller, options, OPTIONS)
  const { direction = 'LR', digits = 6, limit = LIMIT, constants = false, labelledOnly = false } = options
  if (direction !== 'LR' && direction !== 'TB') {
    throw new RangeError(`${caller}: the direction is ${describe(direction)}; wanted 'LR' or 'TB'`)
  }
  const isDrawn = (node: Value): boolean =>
    constants || node === output || node.kind !== 'constant' || node.label !== undefined
  const shown = topologicalOrder(output).filter(isDrawn)
  const style = textStyle(digits)
  const { drawn, edges } = (labelledOnly ? labelledGraph : wholeGraph)(output, shown, style)
  if (drawn.length > limit) {
    const name = output.label === undefined ? 'the output' : `'${output.label}'`
    const advice = labelledOnly ? '' : 'set `labelledOnly`, '
    throw new RangeError(
      `${caller}: the graph of ${name} has ${drawn.length.toLocaleString('en-US')} nodes; wanted at most ${limit}: ` +
        `${advice}draw a part of it, from one of its inner nodes, or raise \`limit\``,
    )
  }
  const ids = new Map(drawn.map(({ node }, i) => [node, `n${i + 1}`]))
  const adjoints = options.adjoints ?? (output.primitive !== null && output.grad !== 0)
  const clusters = new Map<string, { path: readonly string[]; nodes: PictureNode[] }>()
  for (const { node, name, operation } of drawn) {
    const path = node.label?.split('/') ?? []
    const key = JSON.stringify(path.slice(0, -1))
    const cluster = clusters.get(key) ?? { path: path.slice(0, -1), nodes: [] }
    clusters.set(key, cluster)
    cluster.nodes.push({
      id: ids.get(node)!,
      kind: node.kind,
      name: path.at(-1) ?? name,
      operation,
      data: style.number(node.data),
      adjoint: adjoints && node.kind !== 'constant' ? style.number(node.grad) : undefined,
    })
  }
  return {
    direction,
    // Clusters within a cluster follow it, so that a writer can open and close them as the path changes.
    clusters: [...clusters.values()].sort((a, b) => comparePaths(a.path, b.path)),
    edges: edges().map(({ from, to, local }) => ({
      from: ids.get(from)!,
      to: ids.get(to)!,
      partial:
        local === undefined || from.kind === 'constant'
          ? undefined
          : style.number(local.taken ? local.partial : 0),
      line: local === undefined ? 'dotted' : local.taken ? 'solid' : 'dashed',
    })),
  }
}

/** Nodes and edges before they have identifiers. */
interface Drawing {
  readonly drawn: readonly { readonly node: Value; readonly name?: string; readonly operation?: string }[]
  /** Looked for only once it is known that the nodes are not too many. */
  readonly edges: () => readonly {
    readonly from: Value
    readonly to: Value
    readonly local: LocalPartial | undefined
  }[]
}

function wholeGraph(_output: Value, shown: readonly Value[], style: Style): Drawing {
  const set = new Set(shown)
  const isCollapsed = (operand: Operand): boolean => typeof operand === 'number' || !set.has(operand)
  return {
    drawn: shown.map(node => {
      const operation = operationOf(node, isCollapsed, style)
      return { node, ...(operation !== undefined && { operation }) }
    }),
    edges: () =>
      shown.flatMap(to => {
        const partials = localPartials(to)
        return to.inputs.flatMap((from, i) => {
          if (typeof from === 'number' || !set.has(from)) return []
          return [{ from, to, local: partials[i] }]
        })
      }),
  }
}

/** Longer formulas make wide pictures. */
const SHORT_FORMULA = 40

function labelledGraph(output: Value, shown: readonly Value[], style: Style): Drawing {
  const waypoints = waypointsBetween(
    output,
    shown.filter(({ primitive }) => primitive === null),
  )
  const nodes = waypoints.nodes.length === 0 ? [output] : waypoints.nodes
  const nameOf = namer(output, waypoints)
  const drawn = nodes.map(node => {
    const formula = node.primitive === null ? undefined : formulaOf(node, nameOf)
    const operation = formula === undefined ? node.primitive?.name : write(formula, style)
    const name = nameOf(node)
    return {
      node,
      ...(name !== undefined && { name }),
      ...(operation !== undefined && operation.length <= SHORT_FORMULA && { operation }),
    }
  })
  const edges = (): ReturnType<Drawing['edges']> =>
    waypoints.edges
      .flatMap((list, k) =>
        list.map(({ to, value, taken }) => ({
          from: nodes[to]!,
          to: nodes[k]!,
          local: { partial: value, taken },
        })),
      )
      .reverse()
  return { drawn: drawn.reverse(), edges }
}

/** `sigmoid`, `*`; with the numbers that are not nodes of their own: `_ * 3`, `clamp(_, 0, 1)`. */
function operationOf(
  { primitive, inputs }: Value,
  isCollapsed: (operand: Operand) => boolean,
  { number }: Style,
): string | undefined {
  if (primitive === null) return undefined
  const { name, notation } = primitive
  if (!inputs.some(isCollapsed)) return notation?.symbol ?? name
  // Of a long list, the numbers are left out.
  if (inputs.length > 4) return `${name} of ${inputs.length}`
  const operands = inputs.map(operand => (!isCollapsed(operand) ? '_' : number(dataOf(operand))))
  return notation === undefined ? `${name}(${operands.join(', ')})` : operands.join(` ${notation.symbol} `)
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1
  }
  return a.length - b.length
}

/**
 * Walks the clusters as nested groups: `open` and `close` stand around what belongs to a part of a path. Without
 * recursion, for labels of any depth.
 */
export function walkClusters(
  clusters: readonly Cluster[],
  on: {
    open: (name: string, depth: number) => void
    node: (node: PictureNode, depth: number) => void
    close: (depth: number) => void
  },
): void {
  let at: readonly string[] = []
  const closeTo = (depth: number): void => {
    for (let d = at.length; d > depth; d--) on.close(d - 1)
  }
  for (const { path, nodes } of clusters) {
    let common = 0
    while (common < at.length && at[common] === path[common]) common++
    closeTo(common)
    for (let d = common; d < path.length; d++) on.open(path[d]!, d)
    at = path
    for (const node of nodes) on.node(node, path.length)
  }
  closeTo(0)
}
