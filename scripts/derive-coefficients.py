"""Derives every coefficient and table of src/math and writes src/math/generated/tables.ts.

    python3 scripts/derive-coefficients.py && npx biome format --write src/math/generated/tables.ts

Polynomials are minimax fits found by the Remez exchange in 60-digit arithmetic; the error claimed in the output is
the largest one of the polynomial with its coefficients already rounded to doubles, relative to the function that it
belongs to. Needs mpmath.
"""

import struct
from pathlib import Path
from mpmath import mp, mpf

mp.dps = 60
lines = []


def significant(x, bits):
    """x rounded to that many significant bits."""
    exponent = int(mp.floor(mp.log(abs(x), 2)))
    unit = mpf(2) ** (exponent - bits + 1)
    return mp.floor(x / unit + mpf(1) / 2) * unit


def truncated(x, bits):
    """The first `bits` significant bits of a positive x."""
    unit = mpf(2) ** (int(mp.floor(mp.log(x, 2))) - bits + 1)
    return mp.floor(x / unit) * unit


def fixed(x, bits):
    """x rounded to a multiple of 2^-bits."""
    return mp.floor(x * mpf(2) ** bits + mpf(1) / 2) / mpf(2) ** bits


def word(bits):
    return struct.unpack('<d', struct.pack('<Q', bits))[0]


def evaluate(coefficients, x):
    return mp.polyval(coefficients[::-1], x)


def remez(f, weight, count, low, high):
    """The `count` coefficients, lowest first, that minimise max |p - f| * weight on [low, high]."""
    low, high = mpf(low), mpf(high)
    # Chebyshev nodes, a little off centre: no point may fall on a zero of the weight
    angles = [mp.pi * (i + mpf('0.51')) / (count + mpf('1.03')) for i in range(count + 1)]
    points = [(low + high) / 2 - (high - low) / 2 * mp.cos(a) for a in angles]
    for _ in range(12):
        rows = [[x**k for k in range(count)] + [(-1) ** i / weight(x)] for i, x in enumerate(points)]
        solution = mp.lu_solve(mp.matrix(rows), mp.matrix([f(x) for x in points]))
        coefficients = [solution[k] for k in range(count)]
        grid = [low + (high - low) * i / (40 * count) for i in range(40 * count + 1)]
        errors = [(evaluate(coefficients, x) - f(x)) * weight(x) for x in grid]
        extrema = []  # the largest error of every run of equal sign
        for x, e in zip(grid, errors):
            if extrema and (extrema[-1][1] > 0) == (e > 0):
                if abs(e) > abs(extrema[-1][1]):
                    extrema[-1] = (x, e)
            else:
                extrema.append((x, e))
        while len(extrema) > count + 1:
            extrema.pop(0 if abs(extrema[0][1]) < abs(extrema[-1][1]) else -1)
        if len(extrema) < count + 1:
            break
        points = [x for x, _ in extrema]
        sizes = [abs(e) for _, e in extrema]
        if max(sizes) < min(sizes) * mpf('1.01'):
            break
    return coefficients


def constant(name, value, comment):
    lines.append(f'/** {comment} */\nexport const {name}: number = {float(value)!r}\n')


def table(name, rows, comment):
    width = len(rows[0])
    body = ',\n'.join('  ' + ', '.join(repr(float(v)) for v in row) for row in rows)
    lines.append(
        f'/** {comment} */\nexport const {name}: Table = {{\n  name: {name!r},\n  columns: {width},\n'
        f'  values: new Float64Array([\n// biome-ignore format: one row a line\n{body}\n]),\n}}\n'.replace(
            '  values: new Float64Array([\n// biome-ignore format: one row a line\n',
            '  // biome-ignore format: one row of the table a line\n  values: new Float64Array([\n',
        )
    )


def polynomial(name, f, weight, count, low, high, comment):
    """Writes the fit; `weight` turns an error of the polynomial into a relative error of the function."""
    body, bound = fit(name, f, weight, count, low, high)
    lines.append(
        f'/** {comment}; error at most {bound} of the function. Lowest power first. */\n'
        f'export const {name}: readonly number[] = [{body}]\n'
    )


def fit(name, f, weight, count, low, high):
    low, high = mpf(low), mpf(high)
    coefficients = [mpf(float(c)) for c in remez(f, weight, count, low, high)]
    grid = [low + (high - low) * i / 500 for i in range(501)]
    claimed = max(abs((evaluate(coefficients, x) - f(x)) * weight(x)) for x in grid)
    bound = f'2^{mp.nstr(mp.log(claimed, 2), 4)}'
    print(f'{name}: {count} coefficients, relative error of the function at most {bound}')
    return ', '.join(repr(float(c)) for c in coefficients), bound


def series(term, count=40):
    return lambda x: mp.fsum(term(k) * x**k for k in range(count))


# --- exp: 2^(j/128), and e^r on |r| <= ln 2 / 256 -------------------------------------------------------------------
N = 128
ln2 = mp.log(2)
step = ln2 / N
step_high = significant(step, 34)
constant('STEPS_PER_UNIT', 1 / step, '128 / ln 2')
constant('STEP_HIGH', step_high, 'ln 2 / 128 to 34 bits: its product with an integer below 2^19 is exact')
constant('STEP_LOW', step - step_high, 'what STEP_HIGH leaves')
rows = []
for j in range(N):
    v = mpf(2) ** (mpf(j) / N)
    rows.append((v, (v - mpf(float(v))) / v))
table('EXPONENTIALS', rows, '2^(j / 128) rounded, and the relative error of that rounding.')
r_max = step / 2 * mpf('1.01')
polynomial(
    'EXP_TAIL', series(lambda k: 1 / mp.factorial(k + 2)), lambda r: abs(r), 4, -r_max, r_max,
    '(e^r - 1 - r) / r^2 on |r| <= ln 2 / 256, weighted for e^r - 1',
)

# --- log: 256 z in [176, 352), in intervals of one about each integer n -----------------------------------------------
rows, radius = [[mpf(0)] * 4 for _ in range(256)], mpf(0)
for n in range(176, 353):
    reciprocal = mpf(1) if abs(n - 256) < 2 else fixed(mpf(256) / n, 8)
    rest = reciprocal * n / 256 - 1
    radius = max(radius, abs(rest + reciprocal / 512), abs(rest - reciprocal / 512))
    negative_log = -mp.log(reciprocal)
    head = fixed(negative_log, 42)
    rows[n % 256] = [reciprocal / 256, rest, head, negative_log - head]
table(
    'LOGARITHMS', rows,
    'For the integers n from 176 to 352, in row n mod 256: c / 256 with c near 256 / n of at most 9 bits (1 for 255, '
    '256 and 257), c n / 256 - 1, -ln c rounded to a multiple of 2^-42, and what that leaves.',
)
# --- log, coarser: 256 intervals of z in [0.6875, 1.375), 512 to the unit below 1 and 256 above -----------------------
def nearly_exact(middle):
    """The double c nearest `middle` with ln c a multiple of 2^-42, to 2^-66, and 1 / c a double, to 2^-59 (Gal 1986)."""
    precision = 120
    k = int(mp.nint(mp.log(middle) * 2**42))
    value = int(mp.exp(mpf(k) / 2**42) * 2**precision)
    factor = int(mp.exp(mpf(1) / 2**42) * 2**precision)

    def bits_after_double(v, below):
        shift = precision - (53 if below else 52)
        return abs((v + 2 ** (shift - 1)) % 2**shift - 2 ** (shift - 1)) / 2**shift

    while True:
        inverse = 2 ** (2 * precision) // value
        if bits_after_double(value, middle < 1) < 2**-13 and bits_after_double(inverse, middle > 1) < 2**-6:
            return mpf(float(mpf(value) / 2**precision)), mpf(k) / 2**42
        value, k = value * factor >> precision, k + 1


rows, low, high = [], mpf(0), mpf(0)
for i in range(256):
    first, last = (mpf(word((0x3FE60000 + (j << 12)) << 32)) for j in (i, i + 1))
    isNearOne = first >= 1 - mpf(2) / 512 and last <= 1 + mpf(2) / 256
    c, logarithm = (mpf(1), mpf(0)) if isNearOne else nearly_exact((first + last) / 2)
    assert abs(mp.log(c) - logarithm) < mpf(2) ** -65
    low, high = min(low, first / c - 1), max(high, last / c - 1)
    rows.append([c, 1 / c, logarithm])
table(
    'COARSE_LOGARITHMS', rows,
    'For z in [0.6875, 1.375), rows by its first bits: a double c in the interval with ln c a multiple of 2^-42, to 2^-65 '
    '(in the rows about 1, c is 1), 1 / c, ln c.',
)
polynomial(
    'COARSE_LOG_TAIL', series(lambda k: mpf(-1) ** k / (k + 3), 60), lambda r: r * r, 5, low, high,
    f'(ln(1 + r) - r + r^2 / 2) / r^3 on {mp.nstr(low, 5)} <= r <= {mp.nstr(high, 5)}',
)
head = fixed(ln2, 42)
constant('LN2_HIGH', head, 'ln 2 rounded to a multiple of 2^-42: exact when multiplied by an exponent')
constant('LN2_LOW', ln2 - head, 'what LN2_HIGH leaves')
for base, name in ((2, 'INVERSE_LN2'), (10, 'INVERSE_LN10')):
    value = 1 / mp.log(base)
    constant(f'{name}_HIGH', value, f'1 / ln {base}')
    constant(f'{name}_LOW', value - mpf(float(value)), f'what {name}_HIGH leaves')
radius *= mpf('1.0005')
polynomial(
    'FINE_LOG_TAIL', series(lambda k: mpf(-1) ** k / (k + 3), 60), lambda r: r * r, 7, -radius, radius,
    f'(ln(1 + r) - r + r^2 / 2) / r^3 on |r| <= {mp.nstr(radius, 5)}',
)

# --- sin, cos: x = k pi / 32 + r ------------------------------------------------------------------------------------
half_pi = mp.pi / 2
angle_step = half_pi / 16
constant('ANGLES_PER_UNIT', 1 / angle_step, '32 / pi')
for name, width, count in (('ANGLE_PARTS', 37, 2), ('ANGLE_FINE_PARTS', 29, 3)):
    rest, parts = angle_step, []
    for _ in range(count):
        parts.append(truncated(rest, width))  # all positive: k = 0 must give +0
        rest -= parts[-1]
    values = ', '.join(repr(float(part)) for part in parts + [rest])
    lines.append(
        f'/** pi / 32 in {count} parts of {width} bits and the rest. */\n'
        f"export const {name}: readonly [{', '.join(['number'] * (count + 1))}] = [{values}]\n"
    )
constant('HALF_PI_HIGH', half_pi, 'pi / 2')
constant('HALF_PI_LOW', half_pi - mpf(float(half_pi)), 'what HALF_PI_HIGH leaves')


def sine(k):
    """sin(k pi / 32) from the first quadrant, so that sin and cos have their symmetries to the bit."""
    j = abs((k + 16) % 32 - 16)
    return mp.sin(j * angle_step) * (-1 if k % 64 > 32 else 1)


rows = []
for k in range(64):
    s, c = sine(k), sine(k + 16)
    short = mp.sign(c) * mp.floor(2 * abs(c) + mpf(1) / 2) / 2
    rows.append([s if s else -0.0, s - mpf(float(s)), short, c - short])
table(
    'SINES', rows,
    'For the angles k pi / 32, k below 64: the sine rounded (-0 for 0), what that leaves, the cosine rounded to halves, '
    'what that leaves.',
)
z_max = (angle_step / 2 * mpf('1.0005')) ** 2
polynomial(
    'SINE_TAIL', series(lambda k: mpf(-1) ** (k + 1) / mp.factorial(2 * k + 3)), lambda z: z, 3, 0, z_max,
    '(sin r - r) / r^3 in z = r^2 on |r| <= pi / 64',
)
polynomial(
    'COSINE_TAIL', series(lambda k: mpf(-1) ** k / mp.factorial(2 * k + 2)), lambda z: z, 3, 0, z_max,
    '(1 - cos r) / r^2 in z = r^2 on |r| <= pi / 64',
)
bits = 1200
with mp.workprec(bits + 64):
    digits = int(mp.floor(2 / mp.pi * mpf(2) ** bits))
lines.append(
    f'/** The number of bits in INVERSE_HALF_PI_DIGITS. */\nexport const INVERSE_HALF_PI_BITS: number = {bits}\n\n'
    f'/** The first {bits} bits of 2 / pi after the point. */\n'
    f"export const INVERSE_HALF_PI_DIGITS: bigint = BigInt('0x{digits:x}')\n"
)

# --- atan -----------------------------------------------------------------------------------------------------------
rows = []
for i in range(65):
    v = mp.atan(mpf(i) / 64)
    rows.append((v, v - mpf(float(v))))
table('ARCTANGENTS', rows, 'atan(i / 64) rounded, and what that leaves.')
z_max = (mpf(1) / 127) ** 2
polynomial(
    'ATAN_TAIL', series(lambda k: mpf(-1) ** (k + 1) / (2 * k + 3)), lambda z: z, 4, 0, z_max,
    '(atan t - t) / t^3 in z = t^2 on |t| <= 1 / 127',
)

# --- cbrt -----------------------------------------------------------------------------------------------------------
polynomial('CBRT_START', lambda x: mp.cbrt(x), lambda x: 1 / mp.cbrt(x), 5, 1, 8, 'Cube root on [1, 8]')

# --- erf, erfc ------------------------------------------------------------------------------------------------------
two_over_root_pi = 2 / mp.sqrt(mp.pi)
constant('TWO_OVER_ROOT_PI_LESS_1', two_over_root_pi - 1, '2 / sqrt(pi) - 1')
polynomial(
    'ERF_TAIL', series(lambda k: two_over_root_pi * mpf(-1) ** (k + 1) / (mp.factorial(k + 1) * (2 * k + 3))),
    lambda z: z, 9, 0, mpf('0.2501'), '(erf(x) / x - 2 / sqrt(pi)) / z in z = x^2 on |x| <= 1/2',
)


def erfcx(x):
    return mp.exp(x * x) * mp.erfc(x)


rows, worst = [], mpf(0)
mp.dps = 45
for i in range(46):  # eight intervals in each octave from 1/2; the last ends at 28
    low, high = word((0x3FE00000 + (i << 17)) << 32), word((0x3FE00000 + ((i + 1) << 17)) << 32)
    middle, half = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    fit = mp.chebyfit(lambda t: erfcx(middle + t * half), [-1, 1], 13)[::-1]
    coefficients = [c / half**k for k, c in enumerate(fit)]
    head = mpf(float(coefficients[0]))
    row = [head, coefficients[0] - head] + coefficients[1:]
    stored = [mpf(float(c)) for c in row]
    for k in range(41):
        t = half * (k - 20) / 20
        value = stored[0] + stored[1] + t * evaluate(stored[2:], t)
        worst = max(worst, abs(value / erfcx(middle + t) - 1))
    rows.append([middle] + row)
mp.dps = 60
bound = f'2^{mp.nstr(mp.log(worst, 2), 4)}'
print(f'SCALED_ERFC: 46 polynomials of 13 coefficients, relative error at most {bound}')
table(
    'SCALED_ERFC', rows,
    'e^(x^2) erfc(x) about the middle of each of eight intervals an octave from 1/2 to 28: the middle, the '
    f'first coefficient rounded, what that leaves, then the higher ones (Chebyshev fits, relative error at most {bound}).',
)
for name, value in (('INVERSE_ROOT_2', 1 / mp.sqrt(2)), ('INVERSE_ROOT_2_PI', 1 / mp.sqrt(2 * mp.pi))):
    constant(f'{name}_HIGH', value, '1 / sqrt(2)' if name == 'INVERSE_ROOT_2' else '1 / sqrt(2 pi)')
    constant(f'{name}_LOW', value - mpf(float(value)), f'what {name}_HIGH leaves')

header = '''// Written by scripts/derive-coefficients.py. Do not edit.

// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: these numbers are derived, not copied

/** Rows of doubles that a step can look up. The values are part of the definition: same table, same bits. */
export interface Table {
  readonly name: string
  readonly columns: number
  readonly values: Float64Array
}

'''
target = Path(__file__).resolve().parent.parent / 'src' / 'math' / 'generated' / 'tables.ts'
target.write_text(header + '\n'.join(lines))
