"""Tails and quantiles of distributions to 17 digits, for distributions.json.

    pip install mpmath gmpy2
    python3 distributions.py > distributions.json

The incomplete functions are power series with positive terms (DLMF 8.7.1, 8.17.7); where the other tail is wanted, it is
1 less such a series, with as many digits as that costs.
"""
import json
import random

from mpmath import exp, log, loggamma, mp, mpf, sqrt, workdps

random.seed(20261201)


def lower_gamma(a, x):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -mp.dps:
        k += 1
        term = term * x / (a + k)
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def lower_beta(a, b, x, y):
    term = total = mpf(1)
    k = 0
    while term > total * mpf(10) ** -mp.dps or (a + b + k) * x > a + 1 + k:
        term = term * x * (a + b + k) / (a + 1 + k)
        total += term
        k += 1
    return exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * total


def gamma_tails(a, x):
    a, x = mpf(a), mpf(x)
    with workdps(360 if x > a else 45):
        lower = lower_gamma(a, x)
        return lower, 1 - lower


def beta_tails(a, b, x, y):
    """x + y = 1, both given, for neither may lose its digits."""
    a, b = mpf(a), mpf(b)
    mirrored = x > y
    if mirrored:
        a, b, x, y = b, a, y, x
    with workdps(360 if x * b > y * a else 45):
        lower = lower_beta(a, b, x, y)
        upper = 1 - lower
    return (upper, lower) if mirrored else (lower, upper)


def student_tails(df, t):
    with workdps(400):
        df, t = mpf(df), mpf(t)
        upper = beta_tails(df / 2, mpf(1) / 2, df / (df + t * t), t * t / (df + t * t))[0] / 2
        return (1 - upper, upper) if t > 0 else (upper, 1 - upper)


def fisher_tails(df1, df2, f):
    with workdps(400):
        df1, df2, f = mpf(df1), mpf(df2), mpf(f)
        return beta_tails(df1 / 2, df2 / 2, df1 * f / (df1 * f + df2), df2 / (df1 * f + df2))


def chi_squared_tails(df, x):
    return gamma_tails(mpf(df) / 2, mpf(x) / 2)


def point(tails, *where):
    lower, upper = tails(*where)
    return [*map(float, where), float(lower), float(upper)]


def spread(mean, deviation):
    for z in (-36, -20, -8, -3, -1, -0.3, -0.01, 0.01, 0.3, 1, 3, 8, 20, 36):
        z *= random.uniform(0.9, 1.1)
        yield z, mean + z * deviation


def around(mean, deviation):
    """Points of a positive variable, to the left in proportion where there is no room for deviations."""
    for z, x in spread(mean, deviation):
        if x > mean / 20:
            yield float(x)
        else:
            yield float(mean * 10.0 ** (z / 4))


FREEDOM = (1, 2, 3, 4, 7, 10, 30.5, 100, 999, 1e4, 123457, 1e6)
student = []
for df in FREEDOM:
    for t in (1e-9, 0.01, 0.5, 1.0, 2.0, 5.5, 12.3, 30.0, 36.5, 300.0, 1e6, 1e40, 1e150, 1e280):
        lower, upper = student_tails(df, t)
        if upper > mpf(10) ** -300:
            student.append([df, t, float(lower), float(upper)])
chi = [point(chi_squared_tails, df, x) for df in FREEDOM for x in around(df, sqrt(2 * df))]
fisher = []
for df1 in (1, 2, 5, 30.5, 1000, 1e6):
    for df2 in (1, 2, 5, 30.5, 1000, 1e6):
        for f in around(1, min(2, sqrt(2 / mpf(df1) + 2 / mpf(df2)))):
            fisher.append(point(fisher_tails, df1, df2, f))
keep = lambda rows: [r for r in rows if min(r[-2:]) > 1e-300]
chi, fisher = keep(chi), keep(fisher)

print(json.dumps({"student": student, "chiSquared": chi, "fisher": fisher}, indent=None).replace("], [", "],\n["))
