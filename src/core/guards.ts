/**
 * Edges that carry nothing because the data decide.
 *
 * Where x is 0 in the data, x / E is 0 whatever E is: its derivative in E is exactly 0, at every order. The chain rule says
 * so too, as slope * 0, unless a slope above is infinite, as that of `pow(x / E, 0.5)` is at 0: Infinity * 0 is NaN.
 *
 * A node is *still* if nothing that it depends on can move it. Plain numbers and columns are still, and so is
 * whatever depends on them alone. A result is still if each operand is, or has no say: an operand has no say if another one is
 * still and decides the result alone, as a factor of 0 does (`leavesOpen` of the rule). Which nodes are still depends on the
 * data and on nothing else, so that a mask of it is exact under further differentiation; a guard on slopes that happen to be
 * 0 is not.
 *
 * Masks cost time, so only *guarded* nodes have them: those from which an infinite slope can meet a still 0. That is below a
 * rule with a singularity whose operand may be still (`pow`, `sqrt`, `log`, …), and below one that makes something finite of an
 * operand that may be still and infinite (`exp` of log(0)). Elsewhere, as in networks, nothing is looked at.
 */

import {
  dataOf,
  type Guards,
  type LeavesRule,
  type Operand,
  type Primitive,
  type Singularity,
  type Value,
} from './value.js'

/** How masks are put together: as numbers in a sweep of numbers, as graphs in one of graphs. */
export interface MaskAlgebra {
  readonly read: (operand: Operand) => Operand
  readonly both: (x: Operand, y: Operand) => Operand
  readonly either: (x: Operand, y: Operand) => Operand
}

/** Whether operand `i` of a node has a say in it: 1, 0, or a graph where that depends on the data. */
export type Say = (node: Value, i: number) => Operand

/**
 * Finds the nodes to guard; `undefined` if there are none, which is the rule.
 *
 * @param nodes in topological order
 * @param xs what is differentiated by
 */
export function guardsOf(nodes: readonly Value[], xs: readonly Value[] = []): Guards | undefined {
  if (!nodes.some(node => node.primitive?.singular !== undefined)) return undefined
  const variables = new Set([...xs, ...variablesOf(nodes)])
  const depends: ReadonlySet<Operand> = dependents(nodes, variables)
  /** Those that depend on what is differentiated by, and that data may hold still all the same. */
  const maybeStill = new Set<Value>()
  /** Those that may be infinite while they are still. */
  const maybeInfinite = new Set<Operand>()
  const mayBeStill = (operand: Operand): boolean => !depends.has(operand) || maybeStill.has(operand as Value)
  for (const node of nodes) {
    const { primitive, inputs } = node
    if (primitive === null) continue
    const isStillAtPole = (x: Operand, i: number): boolean =>
      singularityOf(primitive, inputs, i) === 'pole' && (typeof x !== 'number' || x === 0)
    if (inputs.some((x, i) => mayBeStill(x) && (isInfinite(x) || isStillAtPole(x, i)))) {
      maybeInfinite.add(node)
    }
    if (!depends.has(node) || variables.has(node)) continue
    const isHeld = inputs.every(
      (input, i) =>
        !depends.has(input) ||
        primitive.partials[i] === 0 ||
        maybeStill.has(input as Value) ||
        typeof primitive.taken?.[i] === 'function' ||
        mayHaveNoSay(node, i),
    )
    if (isHeld) maybeStill.add(node)
  }
  if (maybeStill.size === 0) return undefined

  const below = new Set<Value>()
  const guarded = new Set<Value>()
  const asked = new Set<Value>()
  for (let n = nodes.length - 1; n >= 0; n--) {
    const node = nodes[n]!
    const { primitive, inputs } = node
    if (primitive === null || !depends.has(node)) continue
    const isBelow = below.has(node)
    // As x ** Infinity, whose slope in x is Infinity * 0.
    const tamesItself =
      primitive.leavesOpen !== undefined &&
      inputs.some((x, i) => isInfinite(x) && isTamed(primitive, inputs, i))
    for (const [i, input] of inputs.entries()) {
      if (!depends.has(input)) continue
      const operand = input as Value
      const isSingular = singularityOf(primitive, inputs, i) !== undefined
      if (maybeStill.has(operand) && (isBelow || isSingular)) below.add(operand)
      if (isInfinite(operand) && isTamed(primitive, inputs, i)) below.add(operand)
      if ((isBelow || tamesItself) && mayHaveNoSay(node, i)) guarded.add(node)
    }
    if (guarded.has(node) || asked.has(node)) for (const input of inputs) ask(input)
  }
  if (guarded.size === 0) return undefined
  return { guarded, asked: nodes.filter(node => asked.has(node)), depends, maybeInfinite }

  function mayHaveNoSay(node: Value, i: number): boolean {
    const primitive = node.primitive!
    if (isList(primitive) && maybeInfinite.has(node)) return true
    const rule = ruleOfPartner(primitive, node.inputs, i)
    if (rule === undefined) return false
    const partner = partnerOf(primitive, node.inputs, i)
    // What the rule says of the operand itself is not known yet: 1 stands for any.
    return typeof partner === 'number' ? rule(partner, 1) === 0 : mayBeStill(partner)
  }

  function isInfinite(operand: Operand): boolean {
    if (typeof operand === 'number') return Math.abs(operand) === Number.POSITIVE_INFINITY
    return maybeInfinite.has(operand)
  }

  function ask(operand: Operand): void {
    if (maybeStill.has(operand as Value)) asked.add(operand as Value)
  }
}

/** Whether a result may be still by itself: a comparison, or one that a plain number decides, as a factor of 0 does. */
export function holdsStill({ primitive, inputs }: Value): boolean {
  const { leavesOpen, partials } = primitive!
  if (partials.length > 0 && partials.every(partial => partial === 0)) return true
  if (leavesOpen === undefined) return false
  // 1 stands for any operand beside it.
  return inputs.some(x => typeof x === 'number' && leavesOpen.some(rule => rule !== 1 && rule(x, 1) === 0))
}

/** What the guards say with the data, or with the graph that computes it. */
export function sayOf({ guarded, asked, depends, maybeInfinite }: Guards, algebra: MaskAlgebra): Say {
  const { read, both, either } = algebra
  const moving = new Map<Value, Operand>()
  const moves = (operand: Operand): Operand =>
    depends.has(operand) ? (moving.get(operand as Value) ?? 1) : 0
  /** Whether an operand that may decide leaves something to the others. */
  const leaves = (operand: Operand, rule: LeavesRule, other: Operand): Operand => {
    const moved = moves(operand)
    return moved === 1 ? 1 : either(moved, rule(read(operand), read(other)))
  }
  const ofLists = new Map<Value, Operand>()
  /** Whether no operand of a list is still and infinite. */
  const isOpen = (node: Value): Operand => {
    const [, rule] = node.primitive!.leavesOpen!
    const known = ofLists.get(node)
    const open =
      known ?? node.inputs.reduce<Operand>((all, x) => both(all, leaves(x, rule as LeavesRule, 1)), 1)
    ofLists.set(node, open)
    return open
  }
  const hasSay: Say = (node, i) => {
    const primitive = node.primitive!
    const ofAll = isList(primitive) && maybeInfinite.has(node) ? isOpen(node) : 1
    const rule = ruleOfPartner(primitive, node.inputs, i)
    return rule === undefined
      ? ofAll
      : both(ofAll, leaves(partnerOf(primitive, node.inputs, i), rule, node.inputs[i]!))
  }
  for (const node of asked) {
    const { primitive, inputs } = node
    let moved: Operand = 0
    for (const [i, input] of inputs.entries()) {
      if (!depends.has(input) || primitive!.partials[i] === 0) continue
      const taken = primitive!.taken?.[i] ?? 1
      const isTaken = taken === 1 ? 1 : taken(read(node), ...inputs.map(read))
      moved = either(moved, both(both(moves(input), isTaken), hasSay(node, i)))
    }
    moving.set(node, moved)
  }
  return (node, i) => (guarded.has(node) ? hasSay(node, i) : 1)
}

/** A list of terms or factors. */
function isList({ arity, leavesOpen }: Primitive): boolean {
  return arity === undefined && leavesOpen !== undefined
}

/** Masks as numbers, for {@link sayOf}. */
export const numericMasks: MaskAlgebra = {
  read: dataOf,
  both: (x, y) => (x && y ? 1 : 0),
  either: (x, y) => (x || y ? 1 : 0),
}

/** The operand that can decide what operand `i` has to say: the other one of two, or of `dot` the other factor. */
function partnerOf(primitive: Primitive, inputs: readonly Operand[], i: number): Operand {
  return inputs[partnerIndex(primitive, inputs, i)]!
}

function partnerIndex({ arity }: Primitive, inputs: readonly Operand[], i: number): number {
  return arity === undefined ? (i + inputs.length / 2) % inputs.length : 1 - i
}

function ruleOfPartner(primitive: Primitive, inputs: readonly Operand[], i: number) {
  const { leavesOpen, arity } = primitive
  const rule = leavesOpen?.[arity === undefined ? 0 : partnerIndex(primitive, inputs, i)]
  return rule === 1 ? undefined : rule
}

function singularityOf({ singular }: Primitive, inputs: readonly Operand[], i: number): Singularity {
  const rule = singular?.[i]
  return typeof rule === 'function' ? rule(...inputs) : rule
}

/** Whether a rule can make something finite of an infinite operand `i`. */
function isTamed(primitive: Primitive, inputs: readonly Operand[], i: number): boolean {
  const { arity, leavesOpen } = primitive
  if (arity === 1) {
    const evaluate = primitive.evaluate as (x: number) => number
    return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].some(x => Number.isFinite(evaluate(x)))
  }
  // Sums and products do not; powers and the denominators of quotients do.
  return leavesOpen === undefined || singularityOf(primitive, inputs, i) !== undefined
}

/**
 * What may be differentiated by, now or later: all leaves but columns, and results that stand for leaves, since their
 * operands are not among the nodes. (A constant may be the argument of a function that is being traced.) A mask that asked
 * for their data would lose mixed derivatives.
 */
function variablesOf(nodes: readonly Value[]): Value[] {
  const known = new Set<Operand>()
  return nodes.filter(node => {
    known.add(node)
    if (node.primitive === null) return node.kind !== 'column'
    return !node.inputs.every(input => typeof input === 'number' || known.has(input))
  })
}

/** The nodes that can change when one of the inputs does; `nodes` are in topological order. */
export function dependents(nodes: readonly Value[], inputs: Iterable<Value>): Set<Value> {
  const depends = new Set(inputs)
  for (const node of nodes) {
    const { primitive, inputs } = node
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]!
      if (typeof input === 'number' || !depends.has(input) || primitive!.partials[i] === 0) continue
      depends.add(node)
      break
    }
  }
  return depends
}
