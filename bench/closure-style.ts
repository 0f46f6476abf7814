/**
 * The baseline: scalar automatic differentiation in the style that JavaScript ports of micrograd use. A node holds a
 * `Set` of what it came from and a closure that hands its gradient on; `backward` sorts by recursion, with a `Set` of
 * the nodes it has seen. Written for this bench.
 */
export class Node {
  data: number
  grad: number
  _prev: Set<Node>
  _op: string
  _backward: () => void

  constructor(data: number, children: readonly Node[] = [], op = '') {
    this.data = data
    this.grad = 0
    this._prev = new Set(children)
    this._op = op
    this._backward = () => {}
  }

  add(operand: Node | number): Node {
    const other = operand instanceof Node ? operand : new Node(operand)
    const out = new Node(this.data + other.data, [this, other], '+')
    out._backward = () => {
      this.grad += out.grad
      other.grad += out.grad
    }
    return out
  }

  mul(operand: Node | number): Node {
    const other = operand instanceof Node ? operand : new Node(operand)
    const out = new Node(this.data * other.data, [this, other], '*')
    out._backward = () => {
      this.grad += other.data * out.grad
      other.grad += this.data * out.grad
    }
    return out
  }

  neg(): Node {
    return this.mul(-1)
  }

  sub(operand: Node | number): Node {
    return this.add(operand instanceof Node ? operand.neg() : -operand)
  }

  pow(exponent: number): Node {
    const out = new Node(this.data ** exponent, [this], `**${exponent}`)
    out._backward = () => {
      this.grad += exponent * this.data ** (exponent - 1) * out.grad
    }
    return out
  }

  sigmoid(): Node {
    const s = 1 / (1 + Math.exp(-this.data))
    const out = new Node(s, [this], 'sigmoid')
    out._backward = () => {
      this.grad += s * (1 - s) * out.grad
    }
    return out
  }

  softplus(): Node {
    const x = this.data
    const out = new Node(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), [this], 'softplus')
    out._backward = () => {
      this.grad += out.grad / (1 + Math.exp(-x))
    }
    return out
  }

  tanh(): Node {
    const t = Math.tanh(this.data)
    const out = new Node(t, [this], 'tanh')
    out._backward = () => {
      this.grad += (1 - t * t) * out.grad
    }
    return out
  }

  relu(): Node {
    const out = new Node(Math.max(this.data, 0), [this], 'relu')
    out._backward = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad
    }
    return out
  }

  backward(): void {
    const sorted: Node[] = []
    const visited = new Set<Node>()
    const build = (node: Node): void => {
      if (visited.has(node)) return
      visited.add(node)
      for (const child of node._prev) build(child)
      sorted.push(node)
    }
    build(this)
    this.grad = 1
    for (let i = sorted.length - 1; i >= 0; i--) sorted[i]!._backward()
  }
}
