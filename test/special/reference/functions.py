"""Values of the special functions in high precision, for functions.json: for every function a list of points, each with
its operands, its value and the size against which an error is judged.

    pip install mpmath gmpy2
    python3 functions.py > functions.json          some points of each function
    python3 functions.py 20000 name ... > FILE     as many points of the functions named, to measure with

The size is |f| and, for a function with zeros, what the rounding of its operands can move it by near one of them:
|f| + min(|x|, 1) |f'|.
"""
import json
import random
import sys

import mpmath
from mpmath import (
    besseli, besselj, besselk, bessely, erfc, exp, expm1, floor, lambertw, log, log1p, loggamma, mp, mpf, pi, psi, sin, sincpi, sqrt,
)

mp.dps = 50
random.seed(20261202)


def uniform(low, high):
    return lambda: random.uniform(low, high)


def powers(low, high, sign=1):
    """Evenly over the logarithm to base 10."""
    return lambda: sign * 10 ** random.uniform(low, high)


def near(point, low=-16, high=-1):
    return lambda: point + random.choice((-1, 1)) * 10 ** random.uniform(low, high)


def of(*choices):
    return lambda: random.choice(choices)()


def whole(low, high):
    return lambda: random.randint(low, high)


def lgamma(x):
    return mpmath.re(loggamma(x)) if x > 0 else log(abs(mpmath.gamma(x)))


def lgamma_size(x):
    if x > 0:
        return abs(lgamma(x)) + min(x, 1) * abs(psi(0, x))
    return abs(lgamma(-x)) + abs(log(pi / abs(x * mpmath.sinpi(x)))) 


def polygamma_size(n, x):
    if x > 0:
        return abs(psi(n, x)) + (min(x, 1) * abs(psi(1, x)) if n == 0 else 0)
    return abs(psi(n, 1 - x)) + abs(psi(n, x) - (-1) ** n * psi(n, 1 - x)) + min(abs(x), 1) * abs(psi(n + 1, x)) * mpf(2) ** -4


def erfcx(x):
    with mpmath.workdps(60 + int(min(abs(x), 30) ** 2 * 0.9)):
        if x > 30:
            z = 1 / (2 * x * x)
            total, term = mpf(0), mpf(1)
            for k in range(1, 60):
                total += term
                following = -term * (2 * k - 1) * z
                if abs(following) > abs(term):
                    break
                term = following
            return total / (x * sqrt(pi))
        return exp(x * x) * erfc(x)


def log_normal_cdf(x):
    return log(erfcx(-x / sqrt(mpf(2))) / 2) - x * x / 2 if x < 0 else log1p(-erfc(x / sqrt(mpf(2))) / 2)


def inverse_mills(x):
    return sqrt(2 / pi) / erfcx(-x / sqrt(mpf(2)))


def mills_moment(n, z):
    # u^n e^(-u^2/2 - zu) over u > 0: parabolic cylinder function, DLMF 12.5.1.
    with mpmath.workdps(80):
        return exp(z * z / 4) * mpmath.gamma(n + 1) * mpmath.pcfu(n + mpf(1) / 2, z)


def normal_quantile(p):
    with mpmath.workdps(60):
        if p == 0.5:
            return mpf(0)
        x = -mpmath.sqrt(-2 * log(min(p, 1 - p)))
        goal = log(min(p, 1 - p))
        for _ in range(60):
            step = (log_normal_cdf(x) - goal) / inverse_mills(x)
            x -= step
            if abs(step) < mpf(10) ** -48:
                break
        return x if p < 0.5 else -x


def erfinv(y):
    with mpmath.workdps(60):
        if abs(y) < mpf(10) ** -3:
            return mpmath.erfinv(y)
        x = -normal_quantile((1 - abs(y)) / 2) / sqrt(mpf(2))
        return x if y > 0 else -x


def exprel_slope(n, x):
    with mpmath.workdps(60 + int(abs(x) / 2)):
        return mpmath.hyp1f1(n + 1, n + 2, x) / (n + 1)


def sinc_slope(n, x):
    with mpmath.workdps(90 + 10 * n):
        if x == 0:
            return [1, 0, -pi**2 / 3, 0][n] if n < 4 else mpf(0)
        z = pi * x
        # Leibniz's rule for sin(z) / z.
        total = mpf(0)
        for k in range(n + 1):
            total += mpmath.binomial(n, k) * sin(z + (n - k) * pi / 2) * (-1) ** k * mpmath.factorial(k) / z ** (k + 1)
        return pi**n * total


def lambert_w(x):
    with mpmath.workdps(70):
        return mpmath.re(lambertw(x)) if x > -exp(mpf(-1)) else mpf("nan")


def log_beta(a, b):
    with mpmath.workdps(80):
        return loggamma(a) + loggamma(b) - loggamma(a + b)


def gamma_tails(a, x):
    """Both as series with as many digits as the smaller costs."""
    with mpmath.workdps(60 + int(max(0, x - a) * 0.5)):
        term = total = mpf(1)
        k = 0
        while term > total * mpf(10) ** -mp.dps:
            k += 1
            term = term * x / (a + k)
            total += term
        lower = exp(a * log(x) - x - loggamma(a + 1)) * total
        return lower, 1 - lower


def beta_inc(a, b, x):
    with mpmath.workdps(120):
        if x * (a + b) > a:
            return 1 - beta_inc(b, a, 1 - x)
        term = total = mpf(1)
        k = 0
        while term > total * mpf(10) ** -mp.dps:
            term = term * x * (a + b + k) / (a + 1 + k)
            total += term
            k += 1
        return exp(a * log(x) + b * log1p(-x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def derivative(f, n):
    """By central differences with a step that costs less digits than there are."""

    def at(x):
        with mpmath.workdps(240):
            h = mpf(10) ** -40
            return sum((-1) ** k * mpmath.binomial(n, k) * f(x + (n - 2 * k) * h / 2) for k in range(n + 1)) / h**n

    return at


def lower_gamma_fine(a, x):
    with mpmath.workdps(240):
        term = total = mpf(1)
        k = 0
        while term > total * mpf(10) ** -240:
            k += 1
            term = term * x / (a + k)
            total += term
        return exp(a * log(x) - x - loggamma(a + 1)) * total


def gamma_shape(n, a, x):
    return derivative(lambda s: lower_gamma_fine(s, x), n)(a)


def shape_size(value, tails, n, variance, slope):
    """Near a zero the terms are as large as the tail times the power of the slope of the log of the density."""
    return abs(value) + min(tails) * max(abs(slope), sqrt(variance)) ** n * mpf(2) ** -4


def beta_fine(a, b, x):
    with mpmath.workdps(240):
        term = total = mpf(1)
        k = 0
        while term > total * mpf(10) ** -240:
            term = term * x * (a + b + k) / (a + 1 + k)
            total += term
            k += 1
        return exp(a * log(x) + b * log1p(-x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def beta_shape(n, m, a, b, x):
    return derivative(lambda s: derivative(lambda t: beta_fine(s, t, x), m)(b), n)(a)


def bessel_size(f):
    def size(n, x):
        around = max(abs(f(n, x)), abs(f(n - 1, x) - f(n + 1, x)) / 2 * min(abs(x), 1))
        return around

    return size


WIDE = of(powers(-300, 0), powers(0, 300), uniform(0, 10))
FUNCTIONS = {
    "lgamma": (lgamma, [of(uniform(0, 20), near(1), near(2), powers(-300, 0), powers(1, 300), uniform(-30, 0), near(-2.4570247382208, -6))], lgamma_size),
    "digamma": (lambda x: psi(0, x), [of(uniform(0, 20), near(1.4616321449683622), powers(-300, 0), powers(1, 300), uniform(-30, 0))], lambda x: polygamma_size(0, x)),
    "polygamma": (psi, [whole(0, 8), of(uniform(0.001, 30), powers(-20, 10), uniform(-12, 0))], polygamma_size),
    "lbeta": (log_beta, [of(uniform(0.01, 20), powers(-10, 12)), of(uniform(0.01, 20), powers(-10, 12))], lambda a, b: abs(log_beta(a, b)) + min(a, 1) * abs(psi(0, a) - psi(0, a + b)) + min(b, 1) * abs(psi(0, b) - psi(0, a + b))),
    "erfcx": (erfcx, [of(uniform(-26.6, 30), uniform(0, 3), powers(-20, 1), powers(1, 200))], None),
    "millsMoment": (mills_moment, [whole(0, 6), of(uniform(-30, 30), uniform(0, 3), powers(0, 5))], None),
    "logNormalCdf": (log_normal_cdf, [of(uniform(-40, 37), powers(0, 100, -1), powers(-20, 0), near(-1), near(0))], None),
    "inverseMills": (inverse_mills, [of(uniform(-40, 37), powers(0, 100, -1), powers(-20, 0), near(0))], None),
    "erfinv": (erfinv, [of(uniform(-1, 1), powers(-300, 0), near(0.5), lambda: 1 - 10 ** random.uniform(-15.9, -1))], None),
    "normalQuantile": (normal_quantile, [of(uniform(0, 1), powers(-300, 0), near(0.25), near(0.5), lambda: 1 - 10 ** random.uniform(-15.9, -1))], None),
    "xlogy": (lambda x, y: x * log(y), [uniform(-9, 9), of(WIDE, near(1))], None),
    "xlog1py": (lambda x, y: x * log1p(y), [uniform(-9, 9), of(WIDE, uniform(-1, 1), lambda: -1 + 10 ** random.uniform(-16, -1))], None),
    "log1mexp": (lambda x: log1p(-exp(-x)) if x > 1 else log(-expm1(-x)), [of(powers(-300, 0), uniform(0, 745), uniform(0, 3), near(0.6931471805599453))], None),
    "exprel": (lambda x: exprel_slope(0, x), [of(uniform(-700, 709), uniform(-3, 3), powers(-20, 0), powers(-20, 0, -1))], None),
    "exprelSlope": (exprel_slope, [whole(0, 6), of(uniform(-300, 300), uniform(-3, 3), powers(-20, 0))], None),
    "sinc": (sincpi, [of(uniform(-20, 20), uniform(-1e6, 1e6), powers(-20, 0), near(3))], None),
    "sincSlope": (sinc_slope, [whole(0, 6), of(uniform(-20, 20), uniform(-1e6, 1e6), uniform(-1, 1))], lambda n, x: abs(sinc_slope(n, x)) + abs(sinc_slope(n + 1, x)) * min(1, abs(x))),
    "lambertW": (lambert_w, [of(uniform(-0.3678794, 3), powers(-300, 0), powers(0, 300), lambda: -0.3678794411714423 + 10 ** random.uniform(-16, -2))], None),
    "lambertWPlus1": (lambda x: 1 + lambert_w(x), [of(uniform(-0.3678794, 3), powers(0, 300), lambda: -0.3678794411714423 + 10 ** random.uniform(-15.9, -2))], None),
    "mod": (lambda x, y: x - y * floor(x / y), [uniform(-99, 99), of(uniform(-9, 9), lambda: 0.1, lambda: -0.3)], None),
    "gammaP": (lambda a, x: gamma_tails(a, x)[0], [of(uniform(0.1, 20), powers(-2, 3)), of(uniform(0, 30), powers(-20, 3))], None),
    "gammaQ": (lambda a, x: gamma_tails(a, x)[1], [of(uniform(0.1, 20), powers(-6, 3)), of(uniform(0, 30), powers(-20, 3))], None),
    "gammaDensity": (lambda a, x: exp((a - 1) * log(x) - x - loggamma(a)), [of(uniform(0.1, 20), powers(-2, 4)), of(uniform(0, 30), powers(-20, 3))], None),
    "betaInc": (beta_inc, [of(uniform(0.3, 20), powers(-0.5, 3)), of(uniform(0.3, 20), powers(-0.5, 3)), of(uniform(0, 1), powers(-9, 0))], None),
    "betaDensity": (lambda a, b, x: exp((a - 1) * log(x) + (b - 1) * log1p(-x) - log_beta(a, b)), [of(uniform(0.1, 20), powers(-2, 4)), of(uniform(0.1, 20), powers(-2, 4)), of(uniform(0, 1), powers(-9, 0))], None),
    "gammaShape": (gamma_shape, [whole(1, 4), of(uniform(0.3, 20), powers(-0.5, 2)), of(uniform(0, 30), powers(-5, 2))], lambda n, a, x: shape_size(gamma_shape(n, a, x), gamma_tails(a, x), n, psi(1, a), log(x) - psi(0, a))),
    "betaShape": (beta_shape, [whole(0, 2), whole(1, 2), uniform(0.5, 20), uniform(0.5, 20), of(uniform(0, 0.98), powers(-5, 0))], lambda n, m, a, b, x: abs(beta_shape(n, m, a, b, x))),
    "besselJ": (besselj, [of(whole(0, 1), whole(0, 30)), of(uniform(0, 50), uniform(20, 30), powers(-5, 0), powers(1, 6), uniform(-50, 0))], bessel_size(besselj)),
    "besselY": (bessely, [of(whole(0, 1), whole(0, 30)), of(uniform(0.01, 50), uniform(20, 30), powers(-5, 0), powers(1, 6))], bessel_size(bessely)),
    "besselI": (besseli, [of(whole(0, 1), whole(0, 30)), of(uniform(0, 700), uniform(0, 10), powers(-5, 0), uniform(-50, 0))], None),
    "besselK": (besselk, [of(whole(0, 1), whole(0, 30)), of(uniform(0.01, 700), uniform(0, 3), powers(-5, 0))], None),
}


def rows(name, count):
    f, operands, size = FUNCTIONS[name]
    found = []
    while len(found) < count:
        at = [float(operand()) for operand in operands]
        exact = [int(x) if operand_is_order(name, i) else mpf(x) for i, x in enumerate(at)]
        value = mpmath.re(f(*exact))
        scale = abs(value) if size is None else mpf(size(*exact))
        if mpf(10) ** -307 < abs(value) < mpf(10) ** 308:
            found.append([*at, float(value), float(scale)])
    return found


def operand_is_order(name, i):
    return (i == 0 and (name.startswith("bessel") or name in ("polygamma", "millsMoment", "exprelSlope", "sincSlope", "gammaShape", "betaShape"))) or (i == 1 and name == "betaShape")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    names = sys.argv[2:] or list(FUNCTIONS)
    data = {}
    for name in names:
        data[name] = rows(name, count)
        print(name, file=sys.stderr, flush=True)
    print(json.dumps(data).replace('], "', '],\n"').replace("], [", "],\n["))
