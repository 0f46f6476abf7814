"""Writes primitives.json: for every row of the table and every sample of it the value, the first and the second
partial derivatives of its `definition`, rounded once to double.

    npm run generate:reference        (needs Python 3 with mpmath; reads the samples on standard input)

Nothing here knows a rule of the library. Derivatives are central differences of the definition in thousands of digits:
with a relative step of 2^-1700 they are right to about 1000 digits, so a tail such as sigmoid'(1000) = 5e-435 comes
out as well as any other. Everything is computed a second time with a step of 2^-2600 and more digits. Where the two do
not agree the definition has a jump at the sample; such an entry is stored as null, and what
happens there is the library's policy and not mathematics (test/core/special-values.test.ts).

A result that is a sum of terms of both signs cannot be closer than the rounding of its terms: gelu'(-0.75) is 0.2266
- 0.2259. TERMS names the terms of those derivatives, as mathematics writes them; the script checks that they add up
to the derivative, and stores sum |term| as the scale against which an error is to be judged. Where there is no entry
the scale is the magnitude of the number itself.

jets.json holds the third and fourth partial derivatives of the smooth rows, by the operands differentiated by ('001' is
d3/dx dx dy). There the scale is |D| + sum_i min(|x_i|, 1) |dD/dx_i| for every row: what a derivative D can lose to
the rounding of its operands, or of numbers of size 1 made from them, near a zero of its own. No rule
of the library enters it. In three rows terms cancel elsewhere too: SIZES has their size.
"""

import itertools
import json
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

# A name of TERMS is a row, its keys are the operands that are differentiated by ('' for the value); i and j stand for
# any two different operands of a list.
S, T = '1 / (1 + exp(-x))', '1 / (1 + exp(x))'
PHI = 'exp(-x * x / 2) / sqrt(2 * pi)'
TERMS = {
    'sum': {'': ['*xs']},
    'dot': {'': ['*[x * y for x, y in zip(xs[: len(xs) // 2], xs[len(xs) // 2 :])]']},
    'pow': {'01': ['x ** (y - 1)', 'y * x ** (y - 1) * log(x)']},
    'powOfDifference': {
        '01': ['x ** (y - z - 1)', '(y - z) * x ** (y - z - 1) * log(x)'],
        '02': ['-x ** (y - z - 1)', '-(y - z) * x ** (y - z - 1) * log(x)'],
    },
    'sigmoid': {'00': [f'{S} * ({T}) ** 2', f'-{T} * ({S}) ** 2']},
    'sigmoidSlope': {
        '0': [f'{S} * ({T}) ** 2', f'-{T} * ({S}) ** 2'],
        '00': [f'{S} * ({T}) ** 3', f'-4 * ({S}) ** 2 * ({T}) ** 2', f'{T} * ({S}) ** 3'],
    },
    'sech2': {'00': ['4 * tanh(x) ** 2 / cosh(x) ** 2', '-2 / cosh(x) ** 4']},
    'gelu': {'0': ['erfc(-x / sqrt(2)) / 2', f'x * {PHI}'], '00': [f'2 * {PHI}', f'-x * x * {PHI}']},
    'gaussian': {'00': ['4 * x * x * exp(-x * x)', '-2 * exp(-x * x)']},
    'normalDensity': {'00': [f'x * x * {PHI}', f'-{PHI}']},
    'atan2': {'01': ['x * x / (x * x + y * y) ** 2', '-y * y / (x * x + y * y) ** 2']},
    'directionCosine': {
        '01': ['2 * x * x * y / sqrt(x * x + y * y) ** 5', '-y ** 3 / sqrt(x * x + y * y) ** 5'],
        '11': ['2 * x * y * y / sqrt(x * x + y * y) ** 5', '-x ** 3 / sqrt(x * x + y * y) ** 5'],
    },
    'norm': {'ii': ['1 / norm(xs)', '-xs[i] ** 2 / norm(xs) ** 3']},
}

# The derivatives of these rows multiply e^argument, one for each operand k of `key`, where the argument and what it is
# made of have been rounded: each inherits |argument| times that rounding, and the scale grows by so much. (Exact
# softmax weights would need a sum over the whole list for each of them: a gradient would take quadratic time.)
OUT = 'log(fsum(exp(x) for x in xs))'
ARGUMENTS = {'logsumexp': f'fsum(abs({OUT}) + abs(xs[k] - {OUT}) for k in key)'}


# For jets: the size of the terms that a derivative by the operands of `key` adds, for rows in which they cancel where
# nothing is near 0. Every term of sigmoid and of its slope has the factor S T; every term of logsumexp has p of each
# operand in `key`.
SIZES = {'sigmoid': f'{S} * ({T})', 'sigmoidSlope': f'{S} * ({T})', 'logsumexp': 'fprod(p(i) for i in set(key))'}


def to_double(x):
    """The nearest double, subnormals included (mpmath's own conversion rounds those twice)."""
    if not x:
        return 0.0
    sign = -1 if x < 0 else 1
    mantissa, exponent = abs(x).man_exp
    magnitude = exponent + mantissa.bit_length()
    if magnitude < -1100:  # and not a fraction of astronomical size, for e^(-10^9)
        return sign * 0.0
    try:
        return sign * (float('inf') if magnitude > 1100 else float(Fraction(mantissa) * Fraction(2) ** exponent))
    except OverflowError:
        return sign * float('inf')


def names_for(row, operands):
    names = {name: getattr(mpmath, name) for name in dir(mpmath) if not name.startswith('_')}
    names.update(max=max, min=min, abs=abs, sum=sum, zip=zip, len=len)
    if row['variadic']:
        names['xs'] = list(operands)
        total = lambda: mpmath.fsum(mpmath.exp(x) for x in operands)
        names['norm'] = lambda xs: mpmath.sqrt(mpmath.fsum(x * x for x in xs))
        names['p'] = lambda i: mpmath.exp(operands[i]) / total()
    else:
        names.update(zip('xyz', operands))
    return names


def run(row, code, operands):
    return mpf(eval(code, names_for(row, operands)))


def derivatives(row, sample, bits, digits):
    """The value, the first and the upper triangle of the second partials at `sample`."""
    mp.dps = digits
    code = compile(row['definition'], row['name'], 'eval')
    at = [mpf(float(x)) for x in sample]
    # Powers of two: x + h and x - h are exact.
    steps = [mpf(2) ** ((mpmath.mag(x) if x else 0) - bits) for x in at]
    n = len(at)

    def shifted(*moves):
        operands = list(at)
        for i, sign in moves:
            operands[i] = operands[i] + sign * steps[i]
        return run(row, code, operands)

    middle = run(row, code, at)
    first, second = [], {}
    for i in range(n):
        above, below = shifted((i, 1)), shifted((i, -1))
        first.append((above - below) / (2 * steps[i]))
        second[i, i] = (above - 2 * middle + below) / steps[i] ** 2
        for j in range(i + 1, n):
            corners = (
                shifted((i, 1), (j, 1)) - shifted((i, 1), (j, -1)) - shifted((i, -1), (j, 1)) + shifted((i, -1), (j, -1))
            )
            second[i, j] = corners / (4 * steps[i] * steps[j])
    return middle, first, second


def scale_of(row, sample, key, expected):
    """sum |term| where TERMS has terms for this derivative, None elsewhere."""
    terms = TERMS.get(row['name'], {})
    indices = dict(zip('ij', key))
    pattern = ''.join(map(str, key))
    if pattern not in terms and len(key) == 2:
        pattern = 'ii' if key[0] == key[1] else 'ij'
    argument = ARGUMENTS.get(row['name']) if key else None
    if pattern not in terms and argument is None:
        return None
    names = names_for(row, [mpf(float(x)) for x in sample])
    names.update(indices, key=key)
    values = eval('[' + ', '.join(terms[pattern]) + ']', names) if pattern in terms else [expected]
    size = mpmath.fsum(values, absolute=True)
    error = abs(mpmath.fsum(values) - expected)
    assert error <= size * mpf(10) ** -400, f"TERMS of {row['name']} {key} do not add up at {sample}"
    return to_double(size * (1 + abs(eval(argument, names))) if argument else size)


def entry(row, sample):
    coarse = derivatives(row, sample, 1700, 2000)
    fine = derivatives(row, sample, 2600, 3000)

    def agreed(a, b):
        # At a jump both differences may overflow, to the same Infinity: what counts is that the digits agree.
        negligible = to_double(a) == to_double(b) == 0
        return to_double(b) if negligible or abs(a - b) <= abs(b) * mpf(10) ** -100 else None

    result = {
        'at': [float(x) for x in sample],
        'value': to_double(fine[0]),
        'first': [agreed(a, b) for a, b in zip(coarse[1], fine[1])],
        'second': [agreed(coarse[2][key], fine[2][key]) for key in sorted(fine[2])],
    }
    exact = {(): fine[0], **{(i,): d for i, d in enumerate(fine[1])}, **fine[2]}
    scales = {''.join(map(str, key)): scale_of(row, sample, key, d) for key, d in sorted(exact.items())}
    scales = {key: scale for key, scale in scales.items() if scale is not None}
    if scales:
        result['scales'] = scales
    return result


def jet(row, sample):
    """The third and fourth partials at `sample`, each with its scale."""
    n = len(sample)
    # A difference of fifth order loses five times the bits of its step, which are 1000 more at 1e-300, and in a tail
    # such as e^-1000 some 1500 besides.
    coarse, fine = (differences(row, sample, bits, digits) for bits, digits in ((600, 3400), (800, 4200)))

    partials, scales = {}, {}
    for order in (3, 4):
        for key in itertools.combinations_with_replacement(range(n), order):
            a, b = coarse(key), fine(key)
            moves = [min(abs(mpf(float(x))), 1) * abs(fine(tuple(sorted(key + (i,))))) for i, x in enumerate(sample)]
            names = names_for(row, [mpf(float(x)) for x in sample])
            names.update(key=key)
            scale = abs(b) + mpmath.fsum(moves) + eval(SIZES.get(row['name'], '0'), names)
            assert to_double(scale) == 0 or abs(a - b) <= scale * mpf(10) ** -100, f"{row['name']} {key} at {sample}"
            name = ''.join(map(str, key))
            # Where the derivative is 0, what is left is the error of the difference.
            partials[name] = to_double(b) if abs(b) > scale * mpf(10) ** -100 else 0.0
            scales[name] = to_double(scale)
    return {'at': [float(x) for x in sample], 'partials': partials, 'scales': scales}


def differences(row, sample, bits, digits):
    """A function from the operands to differentiate by to that derivative, by central differences along each."""
    mp.dps = digits
    code = compile(row['definition'], row['name'], 'eval')
    at = [mpf(float(x)) for x in sample]
    steps = [mpf(2) ** ((mpmath.mag(x) if x else 0) - bits) for x in at]
    values, found = {}, {}

    def value(moves):
        if moves not in values:
            values[moves] = run(row, code, [x + move * h / 2 for x, move, h in zip(at, moves, steps)])
        return values[moves]

    def derivative(key):
        mp.dps = digits
        if key not in found:
            counts = [key.count(i) for i in range(len(at))]
            terms = []
            # The k-th difference along each operand: (-1)^j (k over j) at (k / 2 - j) steps.
            for js in itertools.product(*(range(k + 1) for k in counts)):
                weight = mpf((-1) ** sum(js))
                for k, j in zip(counts, js):
                    weight *= mpmath.binomial(k, j)
                terms.append(weight * value(tuple(k - 2 * j for k, j in zip(counts, js))))
            total, size = mpmath.fsum(terms), mpmath.fsum(terms, absolute=True)
            # Where the derivative is 0 the terms cancel down to their rounding.
            total = total if abs(total) > size * mpf(10) ** (100 - digits) else mpf(0)
            found[key] = total / mpmath.fprod(h**k for h, k in zip(steps, counts))
        return found[key]

    return derivative


def text(x):
    """JSON, with the infinities as strings; repr is the shortest text that reads back to the same double."""
    if isinstance(x, dict):
        return '{' + ', '.join(f'{json.dumps(key)}: {text(value)}' for key, value in x.items()) + '}'
    if isinstance(x, list):
        return '[' + ', '.join(map(text, x)) + ']'
    if isinstance(x, float):
        if x in (float('inf'), float('-inf')):
            return '"Infinity"' if x > 0 else '"-Infinity"'
        return '-0' if x == 0 and str(x) == '-0.0' else repr(x).removesuffix('.0')
    return json.dumps(x)


# A jet of n operands has n (n + 1) (n + 2) (n + 7) / 24 entries.
LARGEST_JET = 3


def main():
    lines, jets = [], []
    for row in json.load(sys.stdin):
        print(row['name'], file=sys.stderr)
        samples = ',\n'.join('      ' + text(entry(row, sample)) for sample in row['samples'])
        definition = json.dumps(row['definition'])
        lines.append(f'  "{row["name"]}": {{\n    "definition": {definition},\n    "samples": [\n{samples}\n    ]\n  }}')
        if row['smooth']:
            short = [sample for sample in row['samples'] if len(sample) <= LARGEST_JET]
            samples = ',\n'.join('    ' + text(jet(row, sample)) for sample in short)
            jets.append(f'  "{row["name"]}": [\n{samples}\n  ]')
    Path(__file__).with_name('primitives.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')
    Path(__file__).with_name('jets.json').write_text('{\n' + ',\n'.join(jets) + '\n}\n')


main()
