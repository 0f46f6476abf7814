import { describe, expect, it } from 'vitest'
import '../../src/index.js'
import { gradient } from '../../src/calculus/gradient.js'
import { topologicalOrder } from '../../src/core/order.js'
import { sum } from '../../src/core/primitives.js'
import { type Operand, Value, value } from '../../src/core/value.js'
import { random } from '../support/points.js'

/** A random graph in which most nodes are shared. */
function randomGraph(seed: number, size: number): Value {
  const r = random(seed)
  const nodes: Value[] = [value(1, 'a'), value(2, 'b'), value(3, 'c')]
  const any = (): Operand => (r.unit() < 0.1 ? 7 : nodes[Math.floor(nodes.length * r.unit())]!)
  for (let i = 0; i < size; i++) {
    const first = nodes[Math.floor(nodes.length * r.unit())]!
    const pick = r.unit()
    nodes.push(
      pick < 0.2
        ? first.sin()
        : pick < 0.7
          ? first.mul(any())
          : pick < 0.85
            ? first.clamp(any(), any())
            : sum([first, any(), any(), any()] as Value[]),
    )
  }
  return nodes.at(-1)!
}

/** The specification, by recursion: depth first, operands from the left, after the inputs. */
function specified(output: Value): Value[] {
  const order: Value[] = []
  const seen = new Set<Value>()
  const visit = (node: Operand): void => {
    if (!(node instanceof Value) || seen.has(node)) return
    seen.add(node)
    node.inputs.forEach(visit)
    order.push(node)
  }
  visit(output)
  return order
}

describe('topologicalOrder', () => {
  it('has each node once, after its inputs, the output last', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const output = randomGraph(seed, 60)
      const order = topologicalOrder(output)
      const place = new Map(order.map((node, i) => [node, i]))
      expect(place.size).toBe(order.length)
      expect(order.at(-1)).toBe(output)
      for (const [i, node] of order.entries()) {
        for (const input of node.inputs) {
          if (input instanceof Value) expect(place.get(input)).toBeLessThan(i)
        }
      }
      expect(order.length).toBe(specified(output).length)
    }
  })

  it('depends on the graph alone: not on earlier traversals from other outputs', () => {
    const [plain, disturbed] = [randomGraph(3, 60), randomGraph(3, 60)]
    // Traversals from inside leave marks on the nodes of the second graph.
    for (const node of specified(disturbed)) {
      node.backward()
      node.forward()
    }
    const place = (output: Value) => {
      const index = new Map(specified(output).map((node, i) => [node, i]))
      return topologicalOrder(output).map(node => index.get(node))
    }
    expect(place(disturbed)).toEqual(place(plain))
  })

  it('takes operands from the left', () => {
    const [x, y] = [value(1, 'x'), value(2, 'y')]
    const [left, right] = [x.sin().as('left'), y.sin().as('right')]
    const out = left.mul(right).as('out')
    const labels = topologicalOrder(out).map(node => node.label)
    expect(labels.indexOf('left')).toBeLessThan(labels.indexOf('right'))
    expect(labels.at(-1)).toBe('out')
  })

  it('of a leaf is the leaf, and numbers have no place in it', () => {
    const x = value(1)
    expect(topologicalOrder(x)).toEqual([x])
    expect(topologicalOrder(x.add(5))).toHaveLength(2)
  })

  it('sees selections anywhere below the output, so that sweeps mask', () => {
    // The selection is found although it stands first in the order, and stays found from an output above it.
    const x = value(0)
    const inner = x.sqrt().relu()
    const y = inner.mul(2).add(x)
    y.backward()
    expect(x.grad).toBe(1)
    expect(gradient(y, [x])[0]!.data).toBe(1)
  })
})
