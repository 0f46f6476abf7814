import { describe } from './describe.js'
import { numericMasks, type Say, sayOf } from './guards.js'
import { checkUntouched, nextMark, orderOf } from './order.js'
import { checkValues } from './refusals.js'
import { theFirst, theResult, theSecond } from './rule.js'
import { dataOf, type LocalRule, type Recorded, Value, wrongDataOf } from './value.js'

declare module './value.js' {
  interface Value {
    /**
     * Reverse-mode differentiation: adds `seed * d(this)/d(leaf)` into the `grad` of every leaf this value depends on,
     * and leaves the adjoint of every other node in its `grad`. Calling it twice doubles the leaf gradients and nothing
     * else.
     *
     * The derivative is that at the `data` which the nodes hold. After a leaf has been given new `data`, call `forward()`
     * first (or record anew): until then the new number of the leaf stands beside results of the old one, and what comes
     * out is the derivative at neither point. Nothing checks this, since it would cost as much as `forward()` itself.
     *
     * @param seed the cotangent of this output; 1 gives the gradient itself
     */
    backward(seed?: number): void

    /**
     * Evaluates the recorded graph again in place, after leaves have been given new `data`, and returns the new `data`
     * of this output. The graph is not recorded again: JavaScript `if`s taken while recording stay as they were; use
     * `where` for a choice that should follow the data.
     */
    forward(): number
  }
}

Value.prototype.backward = function (seed = 1) {
  if (typeof seed !== 'number')
    throw new TypeError(`backward: the seed is ${describe(seed)}; wanted a number`)
  sweepBackward(this, seed)
}

Value.prototype.forward = function () {
  sweepForward(this)
  return this.data
}

/** Evaluates every node below `output` again, in order, from the present `data` of the leaves. */
export function sweepForward(output: Value): void {
  const { leaves, results } = orderOf(output)
  for (let i = 0; i < leaves.length; i++) {
    if (typeof leaves[i]!.data !== 'number') throw new TypeError(`forward: ${wrongDataOf(leaves[i]!)}`)
  }
  for (let i = 0; i < results.length; i++) {
    const node = results[i]!
    const { x, y, operands, primitive } = node
    const evaluate = primitive.evaluate as (...operands: unknown[]) => number
    if (operands === undefined) node.data = evaluate(dataOf(x!), y === undefined ? 0 : dataOf(y))
    else if (primitive.arity === undefined) node.data = evaluate(operands.map(dataOf))
    else node.data = evaluate(...operands.map(dataOf))
  }
}

/**
 * The chain rule. The adjoint of a node is how fast the output changes with it. That of the output is the seed; that of any
 * other node is the sum, over its users, of the user's adjoint times the user's partial in it:
 *
 *     x ──┐                       adjoint(t) = adjoint(y) * cos(t)
 *         mul ── t ── sin ── y    adjoint(x) = adjoint(t) * w
 *     w ──┘                       adjoint(w) = adjoint(t) * x
 *
 * So nodes are visited from the output back, in the reverse of the order, when all their users have been; and each hands
 * `adjoint * partial` to each of its inputs, which gathers it in its `grad`.
 *
 * - A node without a contribution is cut off from the output by structural zeros, and hands nothing on.
 * - A leaf's adjoint is finished before it is added to the `grad` the leaf held.
 * - A rule that throws leaves the `grad` of every leaf as it was.
 *
 * For speed nothing is cleared before: in a graph of a million nodes each look at a node is a cache miss. A mark says whether
 * the `grad` of a node is of this sweep, here the seventh:
 *
 *     mark of the input      before 7                 7
 *     a contribution c       grad = c, mark = 7       grad += c
 *     its own turn           grad = 0, no more        hands on
 */
export function sweepBackward(output: Value, seed: number): void {
  const order = orderOf(output)
  const { leaves, results, selects, guards, held } = order
  const masks = selects || guards !== undefined
  for (let i = 0; i < leaves.length; i++) held[i] = leaves[i]!.grad
  const touched = nextMark()
  const reached = masks ? nextMark() : touched
  output.grad = seed
  output.mark = reached
  let complete = false
  try {
    if (masks) pullReached(results, touched, reached, guards && sayOf(guards, numericMasks))
    else pullAll(results, touched)
    checkUntouched(order, reached)
    complete = true
  } finally {
    for (let i = 0; i < leaves.length; i++) {
      const leaf = leaves[i]!
      if (leaf.mark < touched) continue
      leaf.grad = complete && leaf.kind !== 'constant' ? held[i]! + leaf.grad : held[i]!
    }
  }
}

/** The sweep of a graph without selections. One and two operands are written out: this is the hot loop. */
function pullAll(results: readonly Recorded[], touched: number): void {
  for (let i = results.length - 1; i >= 0; i--) {
    const node = results[i]!
    if (node.mark !== touched) {
      node.grad = 0
      continue
    }
    const { x, y } = node
    if (x === undefined) {
      pullList(node, touched, touched)
      continue
    }
    const { partials } = node.primitive
    const adjoint = node.grad
    if (typeof x !== 'number') {
      const rule = partials[0]!
      // The names that stand in the rows of mul and exp are looked up; any other is called, as every rule can be.
      if (typeof rule === 'number') {
        if (rule !== 0) hand(x, adjoint * rule, touched, touched)
      } else if (rule === theSecond) {
        hand(x, adjoint * dataOf(y!), touched, touched)
      } else if (rule === theResult) {
        hand(x, adjoint * node.data, touched, touched)
      } else {
        const partial = rule(node.data, x.data, y === undefined ? 0 : dataOf(y)) as number
        hand(x, adjoint * partial, touched, touched)
      }
    }
    if (y !== undefined && typeof y !== 'number') {
      const rule = partials[1]!
      if (typeof rule === 'number') {
        if (rule !== 0) hand(y, adjoint * rule, touched, touched)
      } else if (rule === theFirst) {
        hand(y, adjoint * dataOf(x), touched, touched)
      } else {
        hand(y, adjoint * (rule(node.data, dataOf(x), y.data) as number), touched, touched)
      }
    }
  }
}

/** Adds to the adjoint of `input`; `mark` is what the node carries at least from now on. */
function hand(input: Value, contribution: number, touched: number, mark: number): void {
  if (input.mark < touched) {
    input.mark = mark
    input.grad = contribution
  } else {
    input.grad += contribution
    if (input.mark < mark) input.mark = mark
  }
}

/**
 * The sweep of a graph with selections: what a selection did not take gets exactly 0, however wild the partials are below.
 * A node is reached if some reached user took it. A contribution is `where(reached and taken, adjoint * partial, 0)`. The
 * marks are three, in rising order:
 *
 *     before 7    nothing yet
 *     7           touched: it has contributions, all 0 so far
 *     8           reached
 */
function pullReached(results: readonly Recorded[], touched: number, reached: number, say?: Say): void {
  for (let i = results.length - 1; i >= 0; i--) {
    const node = results[i]!
    if (node.mark < touched) {
      node.grad = 0
      continue
    }
    const { x, y } = node
    if (x === undefined) {
      pullList(node, touched, reached, say)
      continue
    }
    const { partials, taken } = node.primitive
    for (let k = 0; k < 2; k++) {
      const input = k === 0 ? x : y
      if (input === undefined || typeof input === 'number' || partials[k] === 0) continue
      const isTaken = taken === undefined || numberOf(taken[k]!, node)
      if (node.mark === reached && isTaken && (say === undefined || say(node, k))) {
        hand(input, node.grad * numberOf(partials[k]!, node), touched, reached)
      } else {
        hand(input, 0, touched, touched)
      }
    }
  }
}

/** What a rule says at a node of one or two operands: a number, since it is given numbers. */
function numberOf(rule: LocalRule, { data, x, y }: Value): number {
  if (typeof rule === 'number') return rule
  return rule(data, dataOf(x!), y === undefined ? 0 : dataOf(y)) as number
}

/** One node's step in either sweep, for a list of operands. */
function pullList(node: Recorded, touched: number, reached: number, say?: Say): void {
  const inputs = node.operands!
  const primitive = node.primitive
  const operands = inputs.map(dataOf)
  const shared = primitive.share?.(node.data, operands)
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!
    if (typeof input === 'number' || primitive.partials[i] === 0) continue
    const rule = primitive.taken?.[i] ?? 1
    const isTaken = rule === 1 || rule(node.data, ...operands)
    if (node.mark === reached && isTaken && (say === undefined || say(node, i))) {
      hand(input, node.grad * (primitive.partial(i, node.data, operands, shared) as number), touched, reached)
    } else {
      hand(input, 0, touched, touched)
    }
  }
}

/**
 * Sets the `grad` of each given leaf to 0: `backward()` adds to what it finds there.
 *
 * @throws TypeError, before anything has changed, if one of them is no `Value`
 * @example
 * loss.backward()
 * descend(net.parameters, 0.1)
 * zeroGrad(net.parameters)
 */
export function zeroGrad(leaves: Iterable<Value>): void {
  for (const leaf of checkValues('zeroGrad', leaves)) leaf.grad = 0
}
