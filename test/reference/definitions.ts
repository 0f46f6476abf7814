/**
 * What each entry of the table means, in plain mathematics, and where it is tried: ordinary points and the nasty ones.
 * A definition is a Python expression over mpmath in `x`, `y`, `z` or the list `xs`, without numerical care; the
 * reference values (primitives.json) are computed from it in high precision. An entry that stands here with nothing is
 * tried at points of its domain (test/support/samples.ts).
 */
export const definitions: Readonly<
  Record<string, { readonly definition?: string; readonly samples: readonly (readonly number[])[] }>
> = {
  add: {
    definition: 'x + y',
    samples: [
      [2, 3],
      [1e308, 1e308],
      [0.1, -0.1],
      [-0, -0],
      [5e-324, 1],
    ],
  },
  sub: {
    definition: 'x - y',
    samples: [
      [2, 3],
      [1, 1],
      [1e308, -1e308],
      [-0, 0],
      [5e-324, 1],
    ],
  },
  mul: {
    definition: 'x * y',
    samples: [
      [2, 3],
      [-0.5, 4],
      [1e200, 1e200],
      [1e-200, 1e-200],
      [0, -3],
      [0.1, 0.1],
    ],
  },
  div: {
    definition: 'x / y',
    samples: [
      [1, 3],
      [-2, 7],
      [1e-300, 1e10],
      [0, 5],
      [6, -0.1],
    ],
  },
  neg: {
    definition: '-x',
    samples: [[2], [-0.25], [0]],
  },
  pow: {
    definition: 'x ** y',
    samples: [
      [2, 3],
      [2, 0.5],
      [1.5, -2.5],
      [10, 2],
      [0.5, 10],
      [3, -1],
      [1e-5, 3],
      [1.0000001, 1e6],
      [7, 1],
      [3, 0],
      [1e300, 0.1],
      [1e200, -1 / 3],
    ],
  },
  powOfDifference: {
    definition: 'x ** (y - z)',
    samples: [
      [2, 3, 1],
      [1e300, 0.1, 1],
      [1e-300, 1 / 3, 1],
      [10, -0.3, 2],
      [0.7, 0.1, 3],
      [1.5, 2.5, 0.1],
    ],
  },
  sqrt: {
    definition: 'sqrt(x)',
    samples: [[2], [4], [1e-300], [1e300], [0.3]],
  },
  cbrt: {
    definition: 'sign(x) * abs(x) ** (mpf(1) / 3)',
    samples: [[2], [-27], [1e-200], [1e200], [-0.3]],
  },
  exp: {
    definition: 'exp(x)',
    samples: [[0], [1], [-1.5], [1e-10], [700], [-700], [709.5], [-40]],
  },
  expm1: {
    definition: 'expm1(x)',
    samples: [[0], [1e-10], [-1e-300], [0.5], [-0.3], [-40], [700], [3]],
  },
  log: {
    definition: 'log(x)',
    samples: [[1], [2], [0.3], [1.0000001], [0.99999], [1e-300], [1e300], [10]],
  },
  log1p: {
    definition: 'log1p(x)',
    samples: [[0], [1e-10], [-1e-300], [0.5], [-0.5], [-0.9999], [1e300], [3]],
  },
  log2: {
    definition: 'log(x) / log(mpf(2))',
    samples: [[1], [8], [0.3], [1.00001], [1e-300], [1e300]],
  },
  log10: {
    definition: 'log(x) / log(mpf(10))',
    samples: [[1], [1000], [0.3], [1.00001], [1e-300], [1e300]],
  },
  sigmoid: {
    definition: '1 / (1 + exp(-x))',
    samples: [[0], [1], [-1.5], [40], [-40], [700], [-700], [-745], [1000], [1e-9]],
  },
  sigmoidSlope: {
    definition: 'exp(-x) / (1 + exp(-x)) ** 2',
    samples: [[0], [1], [-1.5], [40], [-40], [700], [-700], [-745], [1000], [1e-9]],
  },
  logSigmoid: {
    definition: '-log1p(exp(-x))',
    samples: [[0], [1], [-1.5], [40], [-40], [700], [-745], [1000]],
  },
  softplus: {
    definition: 'log1p(exp(x))',
    samples: [[0], [1], [-1.5], [40], [-40], [700], [-745], [1000]],
  },
  tanh: {
    definition: 'tanh(x)',
    samples: [[0], [0.5], [-1.5], [20], [-20], [300], [1e-10]],
  },
  sech2: {
    definition: '1 / cosh(x) ** 2',
    samples: [[0], [0.5], [-1.5], [20], [-300], [1e-10]],
  },
  relu: {
    definition: 'x if x > 0 else mpf(0)',
    samples: [[2], [-3], [1e-300], [-1e300]],
  },
  gelu: {
    definition: 'x * erfc(-x / sqrt(2)) / 2',
    samples: [[0], [1], [-1.5], [-0.75], [-10.7], [-20], [10], [-37]],
  },
  erf: {
    definition: 'erf(x)',
    samples: [[0], [1e-10], [0.5], [-1], [2.5], [-5], [20]],
  },
  erfc: {
    definition: 'erfc(x)',
    samples: [[0], [1e-10], [0.5], [-1], [2.5], [10], [26], [-5]],
  },
  gaussian: {
    definition: 'exp(-x * x)',
    samples: [[0], [0.5], [-1.3], [10.1], [-26]],
  },
  normalDensity: {
    definition: 'exp(-x * x / 2) / sqrt(2 * pi)',
    samples: [[0], [0.5], [-1.3], [10.1], [-37]],
  },
  normalCdf: {
    definition: 'erfc(-x / sqrt(2)) / 2',
    samples: [[0], [0.5], [-1.3], [-10.7], [-37], [6]],
  },
  sin: {
    definition: 'sin(x)',
    samples: [[0], [0.5], [-1.5], [3], [100], [1e5], [1e-10]],
  },
  cos: {
    definition: 'cos(x)',
    samples: [[0], [0.5], [-1.5], [3], [100], [1e5], [1e-10]],
  },
  tan: {
    definition: 'tan(x)',
    samples: [[0], [0.5], [-1.5], [3], [100], [1e-10]],
  },
  asin: {
    definition: 'asin(x)',
    samples: [[0], [0.5], [-0.9], [0.999999], [1e-10]],
  },
  acos: {
    definition: 'acos(x)',
    samples: [[0], [0.5], [-0.9], [0.999999], [1e-10]],
  },
  oneMinusSquare: {
    definition: '1 - x * x',
    samples: [[0], [0.5], [-0.9], [0.999999], [1e-10], [3]],
  },
  atan: {
    definition: 'atan(x)',
    samples: [[0], [0.5], [-1.5], [1e8], [-1e100], [1e-10]],
  },
  atan2: {
    definition: 'atan2(x, y)',
    samples: [
      [1, 2],
      [-3, 1],
      [2, -1],
      [-1, -1],
      [1e-100, 1e100],
      [1e200, 1e199],
    ],
  },
  sinh: {
    definition: 'sinh(x)',
    samples: [[0], [0.5], [-1.5], [20], [700], [1e-10]],
  },
  cosh: {
    definition: 'cosh(x)',
    samples: [[0], [0.5], [-1.5], [20], [700], [1e-10]],
  },
  asinh: {
    definition: 'asinh(x)',
    samples: [[0], [0.5], [-1.5], [1e8], [-1e200], [1e-10]],
  },
  acosh: {
    definition: 'acosh(x)',
    samples: [[1.5], [1.000001], [3], [1e8], [1e200]],
  },
  atanh: {
    definition: 'atanh(x)',
    samples: [[0], [0.5], [-0.9], [0.999999], [1e-10]],
  },
  hypot: {
    definition: 'sqrt(x * x + y * y)',
    samples: [
      [3, 4],
      [1, -2],
      [1e200, 1e200],
      [1e-200, 2e-200],
      [-5, 0.001],
    ],
  },
  directionCosine: {
    definition: 'x / sqrt(x * x + y * y)',
    samples: [
      [3, 4],
      [1, -2],
      [1e100, 1e100],
      [-5, 0.001],
      [0.001, 5],
    ],
  },
  abs: {
    definition: 'abs(x)',
    samples: [[2], [-3], [1e-300]],
  },
  sign: {
    definition: 'sign(x)',
    samples: [[2], [-3], [1e-300]],
  },
  floor: {
    definition: 'floor(x)',
    samples: [[2.5], [-2.5], [1e300]],
  },
  ceil: {
    definition: 'ceil(x)',
    samples: [[2.5], [-2.5], [1e300]],
  },
  max: {
    definition: 'max(x, y)',
    samples: [
      [2, 3],
      [3, -2],
      [1e-300, 0],
    ],
  },
  min: {
    definition: 'min(x, y)',
    samples: [
      [2, 3],
      [3, -2],
      [1e-300, 0],
    ],
  },
  clamp: {
    definition: 'min(max(x, y), z)',
    samples: [
      [0.5, 0, 1],
      [-3, 0, 1],
      [7, 0, 1],
    ],
  },
  gt: {
    definition: 'mpf(x > y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  ge: {
    definition: 'mpf(x >= y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  lt: {
    definition: 'mpf(x < y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  le: {
    definition: 'mpf(x <= y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  eq: {
    definition: 'mpf(x == y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  ne: {
    definition: 'mpf(x != y)',
    samples: [
      [2, 1],
      [1, 2],
    ],
  },
  where: {
    definition: 'y if x else z',
    samples: [
      [1, 2, 3],
      [0, 2, 3],
      [-0.5, 2, 3],
    ],
  },
  productWhere: {
    definition: 'y * z if x else mpf(0)',
    samples: [
      [1, 2, 3],
      [0, 2, 3],
      [-0.5, 2, 3],
    ],
  },
  stopGradient: {
    samples: [[2]],
  },
  sum: {
    definition: 'fsum(xs)',
    samples: [[1, 2, 3], [0.1, 0.2, 0.3, 0.4], [1e16, 1, -1e16], [5]],
  },
  dot: {
    definition: 'fsum(x * y for x, y in zip(xs[: len(xs) // 2], xs[len(xs) // 2 :]))',
    samples: [
      [1, 2, 3, 4],
      [0.1, -0.2, 0.3, 4, 5, 6],
      [3, 7],
    ],
  },
  logsumexp: {
    definition: 'log(fsum(exp(x) for x in xs))',
    samples: [[1, 2, 3], [0, -40], [0.3, 0.2], [-5], [700, 701]],
  },
  shiftedExp: {
    definition: 'exp(x - y)',
    samples: [
      [1, 3],
      [-40, 0],
      [700, 701],
    ],
  },
  fraction: {
    definition: 'x / (x + y)',
    samples: [
      [1, 3],
      [1, 1e-20],
      [1e-20, 1],
      [0.3, 0.1],
    ],
  },
  norm: {
    definition: 'sqrt(fsum(x * x for x in xs))',
    samples: [[2, 3, 6], [0, 3, 4], [0, 0, -5], [-3], [3, 4], [1e200, -2e200, 2e200], [1, 1e-9, 0, 3]],
  },
}
