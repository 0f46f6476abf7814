"""Quantiles and tail probabilities of Student's t distribution to 17 digits, for student.json.

    pip install mpmath
    python3 student.py > student.json
"""
import json

from mpmath import betainc, findroot, mp, mpf, nstr, sqrt

mp.dps = 40


def upper_tail(t, dof):
    return betainc(mpf(dof) / 2, mpf(1) / 2, 0, dof / (dof + t * t), regularized=True) / 2


def double(x):
    return float(nstr(x, 20))


rows = []
for dof in (1, 2, 3, 5, 10, 33, 100, 1000, 99993):
    for confidence in (0.5, 0.9, 0.95, 0.99, 0.999):
        tail = (1 - mpf(confidence)) / 2
        # In the logarithm of t, where the tail is close to a straight line.
        t = mp.exp(findroot(lambda u: mp.log(upper_tail(mp.exp(u), dof)) - mp.log(tail), mp.log(sqrt(3) / (1 - confidence) ** (mpf(1) / dof))))
        rows.append({"dof": dof, "confidence": confidence, "halfWidth": double(t)})
tails = [
    {"dof": dof, "t": t, "twoSided": double(2 * upper_tail(mpf(t), dof))}
    for dof in (1, 2, 3, 10, 100, 99993)
    for t in (0.0, 0.5, 2.0, 7.75, 30.0)
]
print(json.dumps({"quantiles": rows, "tails": tails}, indent=1))
