import { gradient } from '../calculus/gradient.js'
import { checkOptions, describe } from '../core/describe.js'
import { topologicalOrder } from '../core/order.js'
import type { NameOf } from '../core/print.js'
import { Value } from '../core/value.js'
import type { DerivationData, Factor, Term } from './derivation.js'
import { derivativeFormula, formulaOf } from './formula.js'
import { toLatex, toMarkdown, toMathML, toText } from './layout.js'
import { type Edge, namer, type Waypoints, waypointsBetween } from './waypoints.js'

/** What {@link explain} can be told. */
export interface ExplainOptions {
  /** The learning rate: the derivation then ends with the update, `leaf - rate * derivative`. */
  readonly rate?: number
  /** The most paths that are written out wherever paths part and meet again; 4 unless told. */
  readonly paths?: number
  /** The most factors that are written out of one product; 12 unless told. The middle of a longer one is collapsed. */
  readonly factors?: number
  /** Significant digits of the numbers shown; 9 unless told. */
  readonly digits?: number
}

/** A derivative by the chain rule, as plain data and as text in several notations. */
export interface Derivation extends DerivationData {
  /** Lines of plain text. */
  toString(): string
  /** The formulas as code, the factors as a table. */
  toMarkdown(): string
  /** One `aligned` block, for a place where mathematics is typeset. */
  toLatex(): string
  /**
   * A `div` with a paragraph for each equation and a `math` element for each of its sides; browsers typeset it
   * themselves. The equations of one factor stand in a `div` of class `factor`.
   */
  toMathML(): string
}

/**
 * Derives d output / d leaf as a lesson does, from the graph itself. The labelled nodes on the way are its waypoints:
 * along each path the derivatives between successive waypoints are multiplied, and paths are added up where they meet
 * again. It reads the present data and changes nothing. Linear in the size of the graph, however many paths there are.
 *
 * @param output what is differentiated
 * @param leaf by what; any node that the output was computed from will do
 * @throws TypeError if either is no Value, or for an option that there is none of, RangeError for an option out of range
 * @example
 * const w = value(0.5, 'w')
 * const net = w.mul(3).as('net')
 * const E = net.sigmoid().as('E')
 * console.log(String(explain(E, w, { rate: 0.1 })))
 * // dE/dw = dE/dnet * dnet/dw
 * //
 * // E   = sigmoid(net)   dE/dnet = E * (1 - E) = 0.149146452
 * // net = w * 3          dnet/dw = 3
 * //
 * // dE/dw = 0.149146452 * 3 = 0.447439356
 * // w+ = w - 0.1 * dE/dw = 0.5 - 0.1 * 0.447439356 = 0.455256064
 */
export function explain(output: Value, leaf: Value, options: ExplainOptions = {}): Derivation {
  checkValue('output', output)
  checkValue('leaf', leaf)
  checkOptions('explain', options, ['rate', 'paths', 'factors', 'digits'])
  const { rate, paths = 4, factors = 12, digits = 9 } = options
  if (rate !== undefined && typeof rate !== 'number') {
    throw new TypeError(`explain: the rate is ${describe(rate)}; wanted a number`)
  }
  checkWhole('paths', paths, 1, Number.MAX_SAFE_INTEGER)
  checkWhole('factors', factors, 3, 100)
  checkWhole('digits', digits, 1, 17)
  const derivative = gradient(output, [leaf])[0]!.data
  const waypoints = waypointsBetween(output, [leaf])
  const nameOf = namer(output, waypoints)
  const series = seriesOf(waypoints)
  const build = builder(waypoints, nameOf, paths, factors)
  const derivation = {
    output: nameOf(output)!,
    leaf: nameOf(leaf) ?? 'input',
    derivative,
    factors: build(series),
    unbound: topologicalOrder(output)
      .filter(({ kind, data }) => kind === 'column' && Number.isNaN(data))
      .map(node => nameOf(node)!),
    paths: series.reduce((product, { paths }) => product * paths, waypoints.nodes.length === 0 ? 0 : 1),
    update:
      rate === undefined ? undefined : { rate, before: leaf.data, after: leaf.data - rate * derivative },
    digits,
  }
  return {
    ...derivation,
    toString: () => toText(derivation),
    toMarkdown: () => toMarkdown(derivation),
    toLatex: () => toLatex(derivation),
    toMathML: () => toMathML(derivation),
  }
}

/** A step between two waypoints, by their indices: one edge, or all that lies between where paths part and meet. */
interface Step {
  readonly from: number
  readonly to: number
  readonly value: number
  readonly taken: boolean
  readonly paths: number
}

/**
 * The waypoints that every path passes through, and the steps between them. A waypoint is one of these if no edge
 * leads from before it to behind it.
 */
function seriesOf({ nodes, edges }: Waypoints): Step[] {
  const steps: Step[] = []
  let from = 0
  let furthest = 0
  for (let k = 0; k + 1 < nodes.length; k++) {
    for (const { to } of edges[k]!) furthest = Math.max(furthest, to)
    if (furthest > k + 1) continue
    steps.push(step(edges, from, k + 1))
    from = k + 1
  }
  return steps
}

/** The derivative of one waypoint by another over all paths that lead there, and their number, by the chain rule. */
function step(edges: Waypoints['edges'], from: number, to: number): Step {
  if (to === from + 1) return { ...edges[from]![0]!, from, paths: 1 }
  const above = Array.from({ length: to - from + 1 }, () => ({ value: 0, taken: false, paths: 0 }))
  above[0] = { value: 1, taken: true, paths: 1 }
  for (let k = from; k < to; k++) {
    const node = above[k - from]!
    for (const edge of edges[k]!) {
      const sum = above[edge.to - from]
      if (sum === undefined) continue
      const taken = node.taken && edge.taken
      if (taken) sum.value += node.value * edge.value
      sum.taken ||= taken
      sum.paths += node.paths
    }
  }
  return { from, to, ...above[to - from]! }
}

/** Makes factors of steps, as many as are wanted. */
function builder(waypoints: Waypoints, nameOf: NameOf, mostPaths: number, mostFactors: number) {
  const { nodes, edges } = waypoints
  const made = new Map<string, Factor>()

  function factorsOf(steps: readonly Step[]): Factor[] {
    if (steps.length <= mostFactors) return steps.map(step => factor(step, 1))
    const head = Math.ceil((mostFactors - 1) / 2)
    const tail = steps.length - (mostFactors - 1 - head)
    const middle = steps.slice(head, tail)
    const collapsed = {
      ...along(middle),
      from: middle[0]!.from,
      to: middle.at(-1)!.to,
      paths: middle.reduce((product, { paths }) => product * paths, 1),
    }
    return [
      ...steps.slice(0, head).map(step => factor(step, 1)),
      factor(collapsed, middle.length),
      ...steps.slice(tail).map(step => factor(step, 1)),
    ]
  }

  function factor({ from, to, value, paths }: Step, collapsed: number): Factor {
    const key = `${from} ${to} ${paths} ${collapsed} ${value}`
    const known = made.get(key)
    if (known !== undefined) return known
    const [of, by] = [nodes[from]!, nodes[to]!]
    // Between waypoints that every path passes through, or on one path, a single way is a single edge.
    const within = paths === 1 && collapsed === 1 ? stretchBetween(waypoints, of) : undefined
    const result: Factor = {
      of: nameOf(of)!,
      by: nameOf(by)!,
      value,
      direct: paths === 1 && step(edges, from, to).paths > 1,
      definition: collapsed === 1 ? formulaOf(of, nameOf) : undefined,
      formula: within && derivativeFormula(within, by, nameOf),
      paths,
      terms: collapsed === 1 && paths > 1 ? termsOf(from, to) : [],
      collapsed,
    }
    made.set(key, result)
    return result
  }

  /** The first paths of a step, depth first. Every waypoint between leads to its end, so no way is in vain. */
  function termsOf(from: number, to: number): Term[] {
    const terms: Term[] = []
    const path: Step[] = []
    // For each waypoint on the path, how many of its edges have been followed.
    const followed = [0]
    while (followed.length > 0 && terms.length < mostPaths) {
      const at = path.at(-1)?.to ?? from
      const edge: Edge | undefined = at === to ? undefined : edges[at]![followed[followed.length - 1]!++]
      if (edge !== undefined) {
        path.push({ ...edge, from: at, paths: 1 })
        followed.push(0)
        continue
      }
      if (at === to) terms.push({ factors: factorsOf(path), value: along(path).value })
      path.pop()
      followed.pop()
    }
    return terms
  }

  return factorsOf
}

/** The product along steps: exactly 0 if one of them is not taken, whatever the others are. */
function along(steps: readonly Step[]): { value: number; taken: boolean } {
  const taken = steps.every(step => step.taken)
  return { value: taken ? steps.reduce((product, { value }) => product * value, 1) : 0, taken }
}

/** So many nodes of a stretch are looked at for its formula. */
const LONG_STRETCH = 30

/** The nodes in the stretch of a waypoint, each before what it is computed from; `undefined` if they are many. */
function stretchBetween({ stretchOf }: Waypoints, from: Value): Value[] | undefined {
  const found = new Set<Value>()
  // Depth first, each node once all that it is computed from is out: the reverse is the order wanted.
  const done: Value[] = []
  const stack: Value[] = [from]
  while (stack.length > 0) {
    const node = stack.at(-1)!
    if (found.has(node)) {
      stack.pop()
      if (!done.includes(node)) done.push(node)
      continue
    }
    found.add(node)
    if (found.size > LONG_STRETCH) return undefined
    for (const input of node.inputs) {
      if (typeof input !== 'number' && stretchOf.get(input) === from && !found.has(input)) stack.push(input)
    }
  }
  return done.reverse()
}

function checkValue(what: string, got: unknown): void {
  if (!(got instanceof Value)) throw new TypeError(`explain: the ${what} is ${describe(got)}; wanted a Value`)
}

function checkWhole(option: string, got: unknown, least: number, most: number): void {
  if (Number.isInteger(got) && (got as number) >= least && (got as number) <= most) return
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`
  throw new RangeError(`explain: ${option} is ${describe(got)}; wanted a whole number ${range}`)
}
