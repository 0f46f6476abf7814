/**
 * The test functions of Moré, Garbow and Hillstrom, "Testing unconstrained optimization software", ACM Transactions on
 * Mathematical Software 7 (1981), 17-41, with their standard starts and the minima of the sum of squares that the paper
 * prints (6 digits), under the paper's numbers. Where it prints several, each counts.
 * The data are made with our own elementary functions, whose bits do not depend on the engine.
 */

import {
  abs,
  add,
  atan2,
  cos,
  exp,
  log,
  mul,
  type Operand,
  pow,
  sin,
  sqrt,
  square,
  sub,
  sum,
  type Value,
  where,
} from '../../src/index.js'

export interface TestFunction {
  readonly name: string
  readonly start: readonly number[]
  readonly minima: readonly number[]
  readonly residuals: (x: readonly Value[]) => Operand[]
}

const count = (m: number): number[] => Array.from({ length: m }, (_, i) => i + 1)
const total = (terms: readonly Operand[]): Operand => sum(terms)
const powers = (x: Value, n: number): Operand => pow(x, n)

const BARD = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39]
const GAUSSIAN = [0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989]
const MEYER = [
  34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
]
const KOWALIK_Y = [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]
const KOWALIK_U = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625]
const OSBORNE_1 = [
  0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.85, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
  0.603, 0.58, 0.558, 0.538, 0.522, 0.506, 0.49, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.42, 0.414,
  0.411, 0.406,
]
const OSBORNE_2 = [
  1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616,
  0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
  0.5, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672,
  0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.71, 0.729, 0.72, 0.636, 0.581,
  0.428, 0.292, 0.162, 0.098, 0.054,
]

/** t^n by products: the last bit of `**` depends on the engine. */
const power = (t: number, n: number): number =>
  Array.from({ length: n }).reduce<number>(product => product * t, 1)

/** e^(-t x). */
const decay = (x: Operand, t: number): Operand => exp(mul(-t, x))

export const functions: readonly TestFunction[] = [
  {
    name: '1 Rosenbrock',
    start: [-1.2, 1],
    minima: [0],
    residuals: ([x, y]) => [mul(10, sub(y!, square(x!))), sub(1, x!)],
  },
  {
    name: '2 Freudenstein and Roth',
    start: [0.5, -2],
    minima: [0, 48.9842],
    residuals: ([x, y]) => [
      add(add(-13, x!), mul(sub(mul(sub(5, y!), y!), 2), y!)),
      add(add(-29, x!), mul(sub(mul(add(y!, 1), y!), 14), y!)),
    ],
  },
  {
    name: '3 Powell badly scaled',
    start: [0, 1],
    minima: [0],
    residuals: ([x, y]) => [sub(mul(1e4, mul(x!, y!)), 1), sub(add(decay(x!, 1), decay(y!, 1)), 1.0001)],
  },
  {
    name: '4 Brown badly scaled',
    start: [1, 1],
    minima: [0],
    residuals: ([x, y]) => [sub(x!, 1e6), sub(y!, 2e-6), sub(mul(x!, y!), 2)],
  },
  {
    name: '5 Beale',
    start: [1, 1],
    minima: [0],
    residuals: ([x, y]) => [1.5, 2.25, 2.625].map((c, i) => sub(c, mul(x!, sub(1, powers(y!, i + 1))))),
  },
  {
    name: '6 Jennrich and Sampson',
    start: [0.3, 0.4],
    minima: [124.362],
    residuals: ([x, y]) => count(10).map(i => sub(2 + 2 * i, add(decay(x!, -i), decay(y!, -i)))),
  },
  {
    name: '7 helical valley',
    start: [-1, 0, 0],
    minima: [0],
    residuals: ([x, y, z]) => {
      const angle = mul(1 / (2 * Math.PI), atan2(y!, x!))
      // The paper's angle runs from -1/4 to 3/4.
      const theta = where(x!.lt(0).mul(y!.lt(0)), add(angle, 1), angle)
      return [mul(10, sub(z!, mul(10, theta))), mul(10, sub(sqrt(add(square(x!), square(y!))), 1)), z!]
    },
  },
  {
    name: '8 Bard',
    start: [1, 1, 1],
    minima: [8.21487e-3, 17.4286],
    residuals: ([x, y, z]) =>
      BARD.map((observed, i) => {
        const u = i + 1
        const v = 15 - i
        return sub(observed, add(x!, mul(u, add(mul(v, y!), mul(Math.min(u, v), z!)).pow(-1))))
      }),
  },
  {
    name: '9 Gaussian',
    start: [0.4, 1, 0],
    minima: [1.12793e-8],
    residuals: ([x, y, z]) =>
      count(15).map(i => {
        const t = (8 - i) / 2
        const observed = GAUSSIAN[Math.min(i, 16 - i) - 1]!
        return sub(mul(x!, exp(mul(mul(-0.5, y!), square(sub(t, z!))))), observed)
      }),
  },
  {
    name: '10 Meyer',
    start: [0.02, 4000, 250],
    minima: [87.9458],
    residuals: ([x, y, z]) =>
      MEYER.map((observed, i) => sub(mul(x!, exp(y!.div(add(50 + 5 * i, z!)))), observed)),
  },
  {
    name: '11 Gulf research and development',
    start: [5, 2.5, 0.15],
    minima: [0],
    residuals: ([x, y, z]) =>
      count(99).map(i => {
        const t = i / 100
        const observed = 25 + pow(-50 * log(t), 2 / 3)
        return sub(
          exp(
            pow(abs(sub(observed, y!)), z!)
              .div(x!)
              .neg(),
          ),
          t,
        )
      }),
  },
  {
    name: '12 Box three-dimensional',
    start: [0, 10, 20],
    minima: [0],
    residuals: ([x, y, z]) =>
      count(10).map(i => {
        const t = i / 10
        return sub(sub(decay(x!, t), decay(y!, t)), mul(z!, exp(-t) - exp(-10 * t)))
      }),
  },
  {
    name: '13 Powell singular',
    start: [3, -1, 0, 1],
    minima: [0],
    residuals: ([a, b, c, d]) => [
      add(a!, mul(10, b!)),
      mul(Math.sqrt(5), sub(c!, d!)),
      square(sub(b!, mul(2, c!))),
      mul(Math.sqrt(10), square(sub(a!, d!))),
    ],
  },
  {
    name: '14 Wood',
    start: [-3, -1, -3, -1],
    minima: [0],
    residuals: ([a, b, c, d]) => [
      mul(10, sub(b!, square(a!))),
      sub(1, a!),
      mul(Math.sqrt(90), sub(d!, square(c!))),
      sub(1, c!),
      mul(Math.sqrt(10), sub(add(b!, d!), 2)),
      mul(1 / Math.sqrt(10), sub(b!, d!)),
    ],
  },
  {
    name: '15 Kowalik and Osborne',
    start: [0.25, 0.39, 0.415, 0.39],
    minima: [3.07505e-4, 1.02734e-3],
    residuals: ([a, b, c, d]) =>
      KOWALIK_Y.map((observed, i) => {
        const u = KOWALIK_U[i]!
        const quotient = mul(a!, add(u * u, mul(u, b!))).div(add(add(u * u, mul(u, c!)), d!))
        return sub(observed, quotient)
      }),
  },
  {
    name: '16 Brown and Dennis',
    start: [25, 5, -5, -1],
    minima: [85822.2],
    residuals: ([a, b, c, d]) =>
      count(20).map(i => {
        const t = i / 5
        return add(square(sub(add(a!, mul(t, b!)), exp(t))), square(sub(add(c!, mul(sin(t), d!)), cos(t))))
      }),
  },
  {
    name: '17 Osborne 1',
    start: [0.5, 1.5, -1, 0.01, 0.02],
    minima: [5.46489e-5],
    residuals: ([a, b, c, d, e]) =>
      OSBORNE_1.map((observed, i) =>
        sub(observed, add(add(a!, mul(b!, decay(d!, 10 * i))), mul(c!, decay(e!, 10 * i)))),
      ),
  },
  {
    name: '18 Biggs EXP6',
    start: [1, 2, 1, 1, 1, 1],
    minima: [0, 5.65565e-3],
    residuals: ([a, b, c, d, e, f]) =>
      count(13).map(i => {
        const t = i / 10
        const observed = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)
        const terms = [
          mul(c!, decay(a!, t)),
          mul(mul(-1, d!), decay(b!, t)),
          mul(f!, decay(e!, t)),
          -observed,
        ]
        return total(terms)
      }),
  },
  {
    name: '19 Osborne 2',
    start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
    minima: [4.01377e-2],
    residuals: x =>
      OSBORNE_2.map((observed, i) => {
        const t = i / 10
        const peaks = [1, 2, 3].map(k => mul(x[k]!, exp(mul(mul(-1, x[k + 4]!), square(sub(t, x[k + 7]!))))))
        return sub(observed, total([mul(x[0]!, decay(x[4]!, t)), ...peaks]))
      }),
  },
  ...[
    [6, 2.28767e-3],
    [9, 1.39976e-6],
    [12, 4.72238e-10],
  ].map(([n, minimum]) => ({
    name: `20 Watson, ${n}`,
    start: Array<number>(n!).fill(0),
    minima: [minimum!],
    residuals: (x: readonly Value[]) => [
      ...count(29).map(i => {
        const t = i / 29
        const rising = total(x.slice(1).map((b, j) => mul((j + 1) * power(t, j), b)))
        const itself = total(x.map((b, j) => mul(power(t, j), b)))
        return sub(sub(rising, square(itself)), 1)
      }),
      x[0]!,
      sub(sub(x[1]!, square(x[0]!)), 1),
    ],
  })),
  {
    name: '21 extended Rosenbrock, 20',
    start: count(10).flatMap(() => [-1.2, 1]),
    minima: [0],
    residuals: x =>
      count(10).flatMap(i => {
        const [a, b] = [x[2 * i - 2]!, x[2 * i - 1]!]
        return [mul(10, sub(b, square(a))), sub(1, a)]
      }),
  },
  ...[
    [4, 2.24997e-5],
    [10, 7.08765e-5],
  ].map(([n, minimum]) => ({
    name: `23 penalty I, ${n}`,
    start: count(n!),
    minima: [minimum!],
    residuals: (x: readonly Value[]) => [
      ...x.map(b => mul(Math.sqrt(1e-5), sub(b, 1))),
      sub(total(x.map(b => square(b))), 0.25),
    ],
  })),
  ...[
    [4, 9.37629e-6],
    [10, 2.9366e-4],
  ].map(([n, minimum]) => ({
    name: `24 penalty II, ${n}`,
    start: Array<number>(n!).fill(0.5),
    minima: [minimum!],
    residuals: (x: readonly Value[]) => [
      sub(x[0]!, 0.2),
      ...x.slice(1).map((b, j) => {
        const observed = exp((j + 2) / 10) + exp((j + 1) / 10)
        return mul(Math.sqrt(1e-5), sub(add(decay(b, -0.1), decay(x[j]!, -0.1)), observed))
      }),
      ...x.slice(1).map(b => mul(Math.sqrt(1e-5), sub(decay(b, -0.1), exp(-0.1)))),
      sub(total(x.map((b, j) => mul(n! - j, square(b)))), 1),
    ],
  })),
  {
    name: '25 variably dimensioned, 10',
    start: count(10).map(j => 1 - j / 10),
    minima: [0],
    residuals: x => {
      const weighted = total(x.map((b, j) => mul(j + 1, sub(b, 1))))
      return [...x.map(b => sub(b, 1)), weighted, square(weighted)]
    },
  },
  {
    name: '26 trigonometric, 10',
    start: Array<number>(10).fill(0.1),
    minima: [0, 2.79506e-5],
    residuals: x => {
      const cosines = total(x.map(b => cos(b)))
      return x.map((b, j) => sub(sub(add(10, mul(j + 1, sub(1, cos(b)))), cosines), sin(b)))
    },
  },
  {
    name: '27 Brown almost-linear, 10',
    start: Array<number>(10).fill(0.5),
    minima: [0, 1],
    residuals: x => [
      ...x.slice(1).map((_, j) => sub(add(x[j]!, total(x)), 11)),
      sub(
        x.reduce((product, b) => product.mul(b)),
        1,
      ),
    ],
  },
  {
    name: '28 discrete boundary value, 10',
    start: count(10).map(j => (j / 11) * (j / 11 - 1)),
    minima: [0],
    residuals: x =>
      x.map((b, j) => {
        const cubic = mul(1 / 242, add(b, (j + 1) / 11 + 1).pow(3))
        return add(sub(sub(mul(2, b), x[j - 1] ?? 0), x[j + 1] ?? 0), cubic)
      }),
  },
  {
    name: '29 discrete integral equation, 10',
    start: count(10).map(j => (j / 11) * (j / 11 - 1)),
    minima: [0],
    residuals: x => {
      const t = (j: number): number => (j + 1) / 11
      const cubes = x.map((b, j) => add(b, t(j) + 1).pow(3))
      return x.map((b, i) => {
        const below = total(cubes.map((cube, j) => mul(j <= i ? (1 - t(i)) * t(j) : t(i) * (1 - t(j)), cube)))
        return add(b, mul(1 / 22, below))
      })
    },
  },
  {
    name: '30 Broyden tridiagonal, 10',
    start: Array<number>(10).fill(-1),
    minima: [0],
    residuals: x =>
      x.map((b, j) => add(sub(sub(mul(sub(3, mul(2, b)), b), x[j - 1] ?? 0), mul(2, x[j + 1] ?? 0)), 1)),
  },
  {
    name: '31 Broyden banded, 10',
    start: Array<number>(10).fill(-1),
    minima: [0],
    residuals: x =>
      x.map((b, i) => {
        const near = x.filter((_, j) => j !== i && j >= i - 5 && j <= i + 1)
        return sub(add(mul(b, add(2, mul(5, square(b)))), 1), total(near.map(c => mul(c, add(1, c)))))
      }),
  },
  {
    name: '32 linear, full rank, 5 by 10',
    start: Array<number>(5).fill(1),
    minima: [5],
    residuals: x => {
      const all = total(x)
      return count(10).map(i => sub(sub(x[i - 1] ?? 0, mul(2 / 10, all)), 1))
    },
  },
  {
    name: '33 linear, rank 1, 5 by 10',
    start: Array<number>(5).fill(1),
    minima: [(10 * 9) / (2 * 21)],
    residuals: x => {
      const weighted = total(x.map((b, j) => mul(j + 1, b)))
      return count(10).map(i => sub(mul(i, weighted), 1))
    },
  },
  {
    name: '34 linear, rank 1 with zero columns and rows, 5 by 10',
    start: Array<number>(5).fill(1),
    minima: [(100 + 30 - 6) / (2 * 17)],
    residuals: x => {
      const weighted = total(x.slice(1, 4).map((b, j) => mul(j + 2, b)))
      return count(10).map(i => (i === 1 || i === 10 ? sub(mul(0, x[0]!), 1) : sub(mul(i - 1, weighted), 1)))
    },
  },
  ...[
    [8, 3.51687e-3],
    [9, 0],
    [10, 6.50395e-3],
  ].map(([n, minimum]) => ({
    name: `35 Chebyquad, ${n}`,
    start: count(n!).map(j => j / (n! + 1)),
    minima: [minimum!],
    residuals: (x: readonly Value[]) => {
      const shifted = x.map(b => sub(mul(2, b), 1))
      let [before, now]: [Operand[], Operand[]] = [x.map(() => 1), shifted]
      return count(n!).map(i => {
        const residual = sub(mul(1 / n!, total(now)), i % 2 === 0 ? -1 / (i * i - 1) : 0)
        const next = now.map((polynomial, j) => sub(mul(2, mul(shifted[j]!, polynomial)), before[j]!))
        before = now
        now = next
        return residual
      })
    },
  })),
]
