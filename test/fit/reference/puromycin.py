"""A weighted nonlinear regression to 20 digits, for puromycin.json.

    pip install mpmath
    python3 puromycin.py > puromycin.json

The reaction velocity of an enzyme treated with puromycin against the concentration of its substrate (Bates and Watts,
"Nonlinear regression analysis and its applications", 1988, table A1.3; `Puromycin` in R), rate ~ Vm conc / (K + conc),
once plain and once with the weights 1 / rate. Newton's method on the normal equations in 50 digits; the definitions of
the statistics are those of R's nls, logLik, AIC, BIC.
"""
import json

from mpmath import betainc, findroot, log, matrix, mp, mpf, nstr, pi, sqrt

mp.dps = 50
CONC = "0.02 0.02 0.06 0.06 0.11 0.11 0.22 0.22 0.56 0.56 1.10 1.10".split()
RATE = "76 47 97 107 123 139 159 152 191 201 207 200".split()
# Doubles, as the tests hold them.
x = [mpf(float(c)) for c in CONC]
y = [mpf(float(r)) for r in RATE]
AT = mpf(float("0.3"))


def t_cdf(t, dof):
    tail = betainc(mpf(dof) / 2, mpf(1) / 2, 0, dof / (dof + t * t), regularized=True) / 2
    return 1 - tail if t > 0 else tail


def result(weights):
    n, p = len(x), 2

    def slopes(Vm, K, c):
        return (c / (K + c), -Vm * c / (K + c) ** 2)

    def normal_equations(Vm, K):
        residuals = [r - Vm * c / (K + c) for c, r in zip(x, y)]
        return [sum(w * r * slopes(Vm, K, c)[j] for w, r, c in zip(weights, residuals, x)) for j in range(p)]

    Vm, K = findroot(normal_equations, (mpf(212), mpf("0.064")))
    residuals = [r - Vm * c / (K + c) for c, r in zip(x, y)]
    ssr = sum(w * r * r for w, r in zip(weights, residuals))
    variance = ssr / (n - p)
    J = matrix([[sqrt(w) * s for s in slopes(Vm, K, c)] for w, c in zip(weights, x)])
    covariance = (J.T * J) ** -1 * variance
    errors = [sqrt(covariance[j, j]) for j in range(p)]
    log_likelihood = (sum(log(w) for w in weights) - n * (log(2 * pi * ssr / n) + 1)) / 2
    t = [Vm / errors[0], K / errors[1]]
    quantile = findroot(lambda q: t_cdf(q, n - p) - mpf(float("0.975")), mpf("2.2"))
    g = slopes(Vm, K, AT)
    curve_error = sqrt(sum(g[i] * covariance[i, j] * g[j] for i in range(p) for j in range(p)))
    value = Vm * AT / (K + AT)
    half = quantile * sqrt(curve_error**2 + variance)
    return {
        "parameters": {"Vm": Vm, "K": K},
        "standardErrors": errors,
        "t": t,
        "pValues": [2 * t_cdf(-abs(q), n - p) for q in t],
        "intervals": [[b - quantile * e, b + quantile * e] for b, e in zip((Vm, K), errors)],
        "covariance": [[covariance[i, j] for j in range(p)] for i in range(p)],
        "sumOfSquares": ssr,
        "residualStandardDeviation": sqrt(variance),
        "logLikelihood": log_likelihood,
        "aic": 2 * (p + 1) - 2 * log_likelihood,
        "bic": log(mpf(n)) * (p + 1) - 2 * log_likelihood,
        "residuals": residuals,
        "prediction": {"conc": AT, "value": value, "standardError": curve_error, "low": value - half, "high": value + half},
    }


def numbers(tree):
    if isinstance(tree, dict):
        return {key: numbers(entry) for key, entry in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [numbers(entry) for entry in tree]
    return float(nstr(tree, 20))


print(
    json.dumps(
        {
            "conc": [float(c) for c in CONC],
            "rate": [float(r) for r in RATE],
            "plain": numbers(result([mpf(1)] * len(x))),
            "weights": [float(1 / r) for r in y],
            "weighted": numbers(result([mpf(float(1 / r)) for r in y])),
        },
        indent=1,
    )
)
