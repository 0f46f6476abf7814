import { describe, expect, it } from 'vitest'
import { compareGradients } from '../../src/calculus/checkGradients.js'
import * as table from '../../src/core/primitives.js'
import {
  abs,
  checkGradients,
  cos,
  dot,
  exp,
  floor,
  GradientCheckError,
  log,
  max,
  mul,
  type Operand,
  type Primitive,
  primitive,
  relu,
  sin,
  sqrt,
  square,
  stopGradient,
  sum,
  type Value,
  value,
  where,
} from '../../src/index.js'
import { samplesOf } from '../support/samples.js'

const rows: readonly Primitive[] = Object.values(table)

/** A row with its partial in operand `wrong` replaced, made with `primitive` from the row's own record. */
function withPartial(row: Primitive, wrong: number, replace: (right: Operand) => Operand): Primitive {
  const { name, evaluate } = row
  const replaced = (i: number, out: Operand, operands: readonly Operand[]): Operand => {
    const right = row.partial(i, out, operands)
    return i === wrong ? replace(right) : right
  }
  if (row.arity === undefined) return primitive(name, { evaluate: evaluate as never, partial: replaced })
  const partials = row.partials.map(
    (_, i) =>
      (out: Operand, ...operands: Operand[]) =>
        replaced(i, out, operands),
  )
  return primitive(name, { evaluate, partials, taken: row.taken } as never) as Primitive
}

function applied(row: Primitive): (...operands: Value[]) => Value {
  const call = row as unknown as (...operands: unknown[]) => Value
  if (row.arity !== undefined) return call
  // The lists of `dot` are made again from the flat list of operands that its rule sees.
  return (...xs) =>
    row === table.dot || call.length === 2
      ? call(xs.slice(0, xs.length / 2), xs.slice(xs.length / 2))
      : call(xs)
}

describe('a deliberately wrong rule is caught, for every row of the table', () => {
  for (const row of rows) {
    const operands = row.arity ?? samplesOf(row)[0]!.length
    for (let i = 0; i < operands; i++) {
      const constant = row.partials[i] === 0
      it(`${row.name}, operand ${i + 1}: ${constant ? '1 instead of 0' : '1 % too large'}`, () => {
        const wrong = withPartial(row, i, right => (constant ? 1 : mul(right, 1.01)))
        // A sample tells if the rule itself passes there and the change is larger than what differences can see.
        const telling = samplesOf(row).filter(sample => {
          if (i >= sample.length || !Number.isFinite(numbers(row)(...sample))) return false
          const report = compareGradients(spread(applied(row)), sample)
          const { reverse, allowed } = report.entries[i]!
          return (
            report.correct &&
            report.kinks.length === 0 &&
            (constant ? 1 : Math.abs(reverse) / 100) > 4 * allowed
          )
        })
        if (row === stopGradient) return // It differs from the slope of the identity on purpose.
        expect(telling.length, 'samples that tell').toBeGreaterThan(0)
        const caught = telling.filter(sample => !compareGradients(spread(applied(wrong)), sample).correct)
        expect(caught).toEqual(telling)
      })
    }
  }
})

describe('checkGradients', () => {
  it('returns a report with both numbers when all derivatives are right', () => {
    const report = checkGradients((x, y) => x.mul(y).add(sin(x)), [0.5, 2])
    expect(report.correct).toBe(true)
    expect(report.entries.map(entry => entry.derivative)).toEqual(['df/dx[0]', 'df/dx[1]'])
    expect(report.entries[0]!.reverse).toBe(2 + Math.cos(0.5))
    // Richardson's difference at h = 2^-10 errs by some 1e-13 here.
    expect(Math.abs(report.entries[0]!.difference - report.entries[0]!.reverse)).toBeLessThan(1e-11)
  })

  it('throws an error that carries the report and names the worst derivative, both numbers and the label', () => {
    const bad = primitive('bad', { evaluate: x => x * x, partials: [(_out, x) => mul(3, x)] })
    let caught: unknown
    try {
      checkGradients(({ w, b }) => bad(w).add(b), { w: 3, b: 1 })
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(GradientCheckError)
    const { report, message } = caught as GradientCheckError
    expect(report.correct).toBe(false)
    expect(report.worst).toMatchObject({ derivative: 'df/dw', reverse: 9 })
    expect(report.worst.difference).toBeCloseTo(6, 9)
    expect(message).toMatch(
      /^1 of 2 derivatives are wrong; the worst is df\/dw: reverse mode gives 9, differences give 6/,
    )
  })

  it('catches a second derivative that is wrong behind a first that is right', () => {
    const tricky = primitive('tricky', {
      evaluate: x => x ** 3,
      partials: [(_out, x) => mul(3 * (typeof x === 'number' ? x : x.data), x)],
    })
    expect(checkGradients(tricky, 2).correct).toBe(true)
    expect(() => checkGradients(tricky, 2, { order: 2 })).toThrow(/d2f\/dx dx: reverse mode gives 6/)
  })

  it('checks second derivatives of every pair of inputs', () => {
    const report = checkGradients(({ a, b }) => a.mul(b).exp(), { a: 0.3, b: -0.7 }, { order: 2 })
    expect(report.entries.map(entry => entry.derivative)).toEqual([
      'df/da',
      'df/db',
      'd2f/da da',
      'd2f/da db',
      'd2f/db da',
      'd2f/db db',
    ])
  })

  it('compares along one random direction on request', () => {
    const draws = [0.9, 0.2, 0.6]
    let next = 0
    const direction = (): number => draws[next++]!
    const report = checkGradients((xs: Value[]) => sum(xs.map(x => square(x))), [1, 2, 3], { direction })
    expect(report.entries.map(entry => entry.derivative)).toEqual(['df/dv'])
    const [a, b, c] = draws.map(u => 2 * u - 1) as [number, number, number]
    expect(report.entries[0]!.reverse).toBeCloseTo((2 * a + 4 * b + 6 * c) / Math.hypot(a, b, c), 12)
  })

  it('accepts a value between the one-sided slopes at a kink, and says so', () => {
    for (const [f, left, right] of [
      [relu, 0, 1],
      [abs, -1, 1],
      [(x: Value) => max(x, x.mul(3)), 1, 3],
    ] as const) {
      const report = checkGradients(f as (x: Value) => Value, 0)
      expect(report.kinks).toHaveLength(1)
      const { kink } = report.kinks[0]!
      expect(kink!.left).toBeCloseTo(left, 9)
      expect(kink!.right).toBeCloseTo(right, 9)
      expect(report.toString()).toContain('kink at df/dx')
    }
  })

  it('finds the slopes on both sides of a kink between curves, away from 0', () => {
    // At 1 the value is 3 from both sides; the slopes are 2 e^0 = 2 from the right and 3 from the left.
    const bent = (x: Value): Value =>
      where(x.gt(1), x.sub(1).exp().mul(2).add(1), x.sub(1).square().add(x.mul(3)))
    const { kinks, worst } = checkGradients(bent, 1)
    // The smallest step is 2^-25, so rounding leaves some 3 eps / h = 2e-8.
    expect(kinks[0]!.kink!.left).toBeCloseTo(3, 6)
    expect(kinks[0]!.kink!.right).toBeCloseTo(2, 6)
    expect(worst.difference).toBeCloseTo(2.5, 6)
    expect(worst.allowed).toBeLessThan(1e-5)
  })

  it('starts at the step 2^-10, relative to the larger of 1 and |x|', () => {
    const steps = (x: number): number => {
      const points: number[] = []
      checkGradients((v: Value) => {
        points.push(v.data)
        return v.square()
      }, x)
      return Math.max(...points) - x
    }
    expect(steps(0.25)).toBe(2 ** -10)
    expect(steps(4)).toBe(2 ** -8)
  })

  it('refuses a value outside the one-sided slopes at a kink', () => {
    const bent = primitive('bent', {
      evaluate: x => Math.abs(x),
      partials: [2],
      taken: [(_out, x) => where(x, 1, 1)],
    })
    const both = (x: Value): Value => bent(x).add(relu(x).mul(0))
    expect(() => checkGradients(both, 0)).toThrow(/reverse mode gives 2/)
  })

  it('takes smaller steps near a kink, a pole, the edge of a domain, and for tiny and huge inputs', () => {
    expect(checkGradients(relu, 1e-5).kinks).toEqual([])
    expect(checkGradients(log, 1e-8).correct).toBe(true)
    expect(checkGradients(log, 1e-300).correct).toBe(true)
    expect(checkGradients(sqrt, 1e300).correct).toBe(true)
    expect(checkGradients((x: Value) => sin(x.mul(3000)), 0.1234).correct).toBe(true)
  })

  it('sees a JavaScript branch on the data as a kink', () => {
    const branch = (x: Value): Value => (x.data > 1 ? x.mul(3) : x.add(2))
    const report = checkGradients(branch, 1)
    expect(report.kinks).toHaveLength(1)
  })

  it('gives a function of one parameter the point in its own shape, and several parameters an element each', () => {
    expect(checkGradients((xs: Value[]) => dot(xs, xs), [1, 2, 3]).entries).toHaveLength(3)
    expect(checkGradients((x, y, z) => x.mul(y).mul(z), [1, 2, 3]).entries).toHaveLength(3)
    expect(checkGradients(table.hypot, [3, 4]).entries).toHaveLength(2)
    expect(checkGradients(sum, [1, 2]).entries).toHaveLength(2)
    const report = checkGradients(
      (xs, ys) => dot(xs, ys),
      [
        [1, 2],
        [3, 4],
      ],
    )
    expect(checkGradients(([x, y]: [Value, Value]) => x.mul(y), [1, 2]).entries).toHaveLength(2)
    expect(checkGradients(([x]) => x.exp(), [1]).entries).toHaveLength(1)
    expect(report.entries.map(({ derivative }) => derivative)).toEqual([
      'df/dx[0][0]',
      'df/dx[0][1]',
      'df/dx[1][0]',
      'df/dx[1][1]',
    ])
    expect(checkGradients(exp, 1).entries).toHaveLength(1)
  })

  it('takes a function that returns a number to be constant', () => {
    expect(checkGradients(() => 3, [1]).correct).toBe(true)
  })

  it('refuses bad arguments by name', () => {
    const f = (x: Value): Value => x
    expect(() => checkGradients(3 as never, 1)).toThrow('checkGradients: got the number 3; wanted a function')
    expect(() => checkGradients(f, Number.NaN)).toThrow(
      'checkGradients: x is the number NaN; wanted a finite number',
    )
    expect(() => checkGradients(f, { w: '1' } as never)).toThrow('checkGradients: w is the string "1"')
    expect(() => checkGradients(f, value(1) as never)).toThrow(
      'checkGradients: x is an object of class Value',
    )
    expect(() => checkGradients(() => value(1), [])).toThrow('the point is empty')
    expect(() => checkGradients(f, 1, { order: 3 as never })).toThrow(
      'the order is the number 3; wanted 1 or 2',
    )
    expect(() => checkGradients(log, -1)).toThrow('the function is NaN at the point')
    expect(() => checkGradients((() => 'x') as never, 1)).toThrow('the function returned the string "x"')
  })

  it('reports a derivative that is not finite as wrong', () => {
    expect(() => checkGradients(sqrt, 0)).toThrow(/reverse mode gives Infinity/)
  })

  it('lets a piecewise constant function pass with derivative 0', () => {
    expect(checkGradients(floor, 2.5).entries[0]).toMatchObject({ reverse: 0, difference: 0 })
  })
})

/** The row as a function of numbers only. */
function numbers(row: Primitive): (...xs: readonly number[]) => number {
  const evaluate = row.evaluate as unknown as (...xs: unknown[]) => number
  return (...xs) => (row.arity === undefined ? evaluate(xs) : evaluate(...xs))
}

/** Lets a function of several operands be given each element of the point. */
function spread(f: (...operands: Value[]) => Value): (...operands: never[]) => Value {
  return (...operands) => f(...(operands as Value[]))
}

describe('what differences cannot tell', () => {
  const offset = (slope: (x: Operand) => Operand) =>
    primitive('offset', {
      evaluate: x => 1e12 + Math.sin(x),
      partials: [(_out, x) => slope(x)],
    })

  it('is not passed, right or wrong', () => {
    for (const sign of [1, -1]) {
      const report = compareGradients(
        offset(x => mul(sign, cos(x))),
        1,
      )
      expect(report.worst).toMatchObject({ correct: false, checked: false })
      expect(report.toString()).toContain('1 of 1 derivatives cannot be checked here')
    }
  })

  it('is said of the end of a domain, not that the derivative is wrong', () => {
    expect(() => checkGradients(sqrt, 0)).toThrow('cannot be checked here')
  })

  it('does not hold for what is 0 by both', () => {
    expect(checkGradients((x: Value) => x.mul(0).add(1e12), 1).correct).toBe(true)
  })
})

it('holds backward() against gradient(): a rule must give the same for numbers as for Values', () => {
  const twofold = primitive('twofold', {
    evaluate: x => x ** 3,
    partials: [(_out, x) => (typeof x === 'number' ? 17 : mul(3, mul(x, x)))],
  })
  expect(() => checkGradients(twofold, 2)).toThrow('df/dx is 17 by backward() and 12 by gradient()')
})

it('leaves the gradients alone of Values that the function takes from elsewhere', () => {
  const w = value(2, 'w')
  const twice = w.mul(2)
  twice.backward()
  checkGradients(x => x.mul(twice).add(w), 3, { order: 2 })
  expect([w.grad, twice.grad]).toEqual([2, 1])
})

it('accepts derivatives at kinks to the second order, and jumps as no slope', () => {
  expect(checkGradients(abs, 0, { order: 2 }).correct).toBe(true)
  expect(checkGradients((x: Value) => x.max(0), 0, { order: 2 }).correct).toBe(true)
  expect(checkGradients((x, y) => max(x.square(), y), [1, 1], { order: 2 }).correct).toBe(true)
  expect(checkGradients(table.sign, 0).correct).toBe(true)
  expect(checkGradients(floor, 2).correct).toBe(true)
})

it('takes as many inputs as there are, along one direction', () => {
  const xs = Array.from({ length: 150_000 }, (_, i) => (i % 7) / 7)
  let draw = 0
  const direction = (): number => (draw++ % 10) / 10
  expect(checkGradients((values: Value[]) => sum(values), xs, { direction }).correct).toBe(true)
})

it('refuses a tolerance or a direction that is none', () => {
  const f = (x: Value): Value => x
  expect(() => checkGradients(f, 1, { tolerance: '1' as never })).toThrow('the tolerance is the string "1"')
  expect(() => checkGradients(f, 1, { direction: 5 as never })).toThrow('direction is the number 5')
  expect(() => checkGradients(f, 1, { direction: () => 0.5 })).toThrow('direction drew no direction')
})
