/**
 * Two programs in which derivatives are taken of functions that take derivatives, after Pearlmutter and Siskind, "Using
 * programming language theory to make automatic differentiation sound and efficient" (2008), as GradBench states them
 * (github.com/gradbench/gradbench, evals/saddle and evals/particle; its answer to saddle is 8.246324826140356e-06).
 */
import { describe, expect, it } from 'vitest'
import {
  add,
  div,
  grad,
  jacfwd,
  jacrev,
  mul,
  neg,
  type Operand,
  sqrt,
  square,
  sub,
  type Value,
} from '../../src/index.js'

type Vector = readonly Operand[]
type Scalar = (x: Vector) => Operand
type Gradient = (f: Scalar) => (x: Vector) => Vector

const numberOf = (x: Operand): number => (typeof x === 'number' ? x : x.data)
const magnitude = (v: Vector): number => Math.sqrt(v.reduce<number>((sum, x) => sum + numberOf(x) ** 2, 0))
const distance = (u: Vector, v: Vector): number => magnitude(u.map((x, i) => sub(x, v[i]!)))

/** Gradient descent that doubles its rate after ten good steps and halves it after a bad one. */
function argmin(gradient: Gradient, f: Scalar, start: Vector): Vector {
  const slope = gradient(f)
  let x = start
  let fx = f(x)
  let gx = slope(x)
  let good = 0
  let rate = 1e-5
  for (;;) {
    if (magnitude(gx) <= 1e-5) return x
    if (good === 10) {
      rate *= 2
      good = 0
      continue
    }
    const next = x.map((xi, i) => sub(xi, mul(rate, gx[i]!)))
    if (distance(x, next) <= 1e-5) return x
    const fNext = f(next)
    if (numberOf(fNext) < numberOf(fx)) {
      x = next
      fx = fNext
      gx = slope(x)
      good++
    } else {
      rate /= 2
      good = 0
    }
  }
}

const argmax = (gradient: Gradient, f: Scalar, start: Vector): Vector =>
  argmin(gradient, x => neg(f(x)), start)

const forward: Gradient = f => jacfwd((x: Value[]) => f(x)) as (x: Vector) => Vector
const reverse: Gradient = f => grad((x: Value[]) => f(x)) as (x: Vector) => Vector

const modes = [
  ['forward over forward', forward, forward],
  ['forward over reverse', forward, reverse],
  ['reverse over reverse', reverse, reverse],
  ['reverse over forward', reverse, forward],
] as const

describe('saddle', () => {
  /** min over p of max over q of (p0^2 + p1^2) - (q0^2 + q1^2). */
  const cost = (p: Vector) => (q: Vector) =>
    sub(add(square(p[0]!), square(p[1]!)), add(square(q[0]!), square(q[1]!)))

  it.each(modes)(
    '%s',
    (_mode, outer, inner) => {
      const start = [1, 1]
      const p = argmin(outer, p => cost(p)(argmax(inner, cost(p), start)), start)
      const q = argmax(outer, cost(p), start)
      for (const x of [...p, ...q]) expect(x).toBe(8.246324826140356e-6)
    },
    60_000,
  )
})

describe('particle', () => {
  /** Where a particle repelled by two charges crosses the axis, squared; w places one of the charges. */
  const crossing =
    (gradient: Gradient) =>
    ([w]: Vector): Operand => {
      const charges = [
        [10, sub(10, w!)],
        [10, 0],
      ] as const
      const potential = ([x, y]: Vector): Operand =>
        charges
          .map(([cx, cy]) => div(1, sqrt(add(square(sub(x!, cx)), square(sub(y!, cy))))))
          .reduce((a, b) => add(a, b))
      const step = 0.1
      let at: Vector = [0, 8]
      let velocity: Vector = [0.75, 0]
      for (;;) {
        const force = gradient(potential)(at).map(x => neg(x))
        const next = at.map((x, i) => add(x, mul(step, velocity[i]!)))
        if (numberOf(next[1]!) <= 0) break
        at = next
        velocity = velocity.map((v, i) => add(v, mul(step, force[i]!)))
      }
      const time = div(neg(at[1]!), velocity[1]!)
      return square(add(at[0]!, mul(time, velocity[0]!)))
    }

  it.each([modes[1], modes[3]])(
    '%s',
    (_mode, outer, inner) => {
      const [w] = argmin(outer, crossing(inner), [0])
      // The same steps with derivatives derived by hand, in Python; a thousand of them round.
      expect(numberOf(w!)).toBeCloseTo(0.20719187464861216, 14)
    },
    60_000,
  )

  it('has the derivative of differences', () => {
    const f = crossing(reverse)
    const h = 1e-5
    const slope = ((f([0.2 + h]) as number) - (f([0.2 - h]) as number)) / (2 * h)
    expect(reverse(f)([0.2])[0]).toBeCloseTo(slope, 6)
    expect(jacrev((x: Value[]) => f(x))([0.2])[0]).toBe(reverse(f)([0.2])[0])
  })
})
