"""Writes likelihood.json: what maximum likelihood says of public data, in high precision.

The data come with the Python packages statsmodels and lifelines. Each model is written here with plain mpmath, started where
SciPy's optimiser ends, and polished by Newton's method with numerical derivatives at 40 digits. Where statsmodels or
lifelines fit the same model, the log-likelihood is held against theirs.

pip install statsmodels==0.15.0 lifelines==0.30.3 scipy==1.17.1 mpmath==1.4.1; python3 likelihood.py > likelihood.json
"""

import json
import warnings

import lifelines
import lifelines.datasets
import mpmath as mp
import numpy as np
import scipy.optimize
import statsmodels.api as sm
from statsmodels.miscmodels.tmodel import TLinearModel
from statsmodels.othermod.betareg import BetaModel

warnings.filterwarnings('ignore')
mp.mp.dps = 40

log, exp, lgamma = mp.log, mp.exp, mp.loggamma


def poisson(y, mean):
    return y * log(mean) - mean - lgamma(y + 1)


def binomial(n):
    return lambda y, p: lgamma(n + 1) - lgamma(y + 1) - lgamma(n - y + 1) + y * log(p) + (n - y) * log(1 - p)


def negative_binomial(y, mean, size):
    p = size / (size + mean)
    return lgamma(y + size) - lgamma(size) - lgamma(y + 1) + size * log(p) + y * log(1 - p)


def gamma(y, mean, shape):
    scale = mean / shape
    return (shape - 1) * log(y) - y / scale - shape * log(scale) - lgamma(shape)


def beta(y, mean, precision):
    a, b = mean * precision, (1 - mean) * precision
    return (a - 1) * log(y) + (b - 1) * log(1 - y) - lgamma(a) - lgamma(b) + lgamma(precision)


def normal(y, mean, deviation):
    return log(mp.npdf(y, mean, deviation))


def student(y, centre, scale, freedom):
    z = (y - centre) / scale
    constant = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(mp.pi * freedom) / 2 - log(scale)
    return constant - (freedom + 1) / 2 * log(1 + z * z / freedom)


def exponential(y, mean):
    return -log(mean) - y / mean


def weibull(y, scale, shape):
    return log(shape / scale) + (shape - 1) * log(y / scale) - (y / scale) ** shape


def log_normal(y, median, deviation):
    return log(mp.npdf(log(y), log(median), deviation)) - log(y)


def log_logistic(y, median, shape):
    odds = (y / median) ** shape
    return log(shape / y) + log(odds) - 2 * log(1 + odds)


SURVIVAL = {
    normal: lambda y, mean, deviation: log(mp.ncdf((mean - y) / deviation)),
    exponential: lambda y, mean: -y / mean,
    weibull: lambda y, scale, shape: -((y / scale) ** shape),
    log_normal: lambda y, median, deviation: log(mp.ncdf((log(median) - log(y)) / deviation)),
    log_logistic: lambda y, median, shape: -log(1 + (y / median) ** shape),
}

problems = []


def problem(name, family, formula, data, response, centre, start, density, further=(), event=None, trials=None, also=None, profiled=None):
    """`centre` is the right side of the formula as a function of the parameters and of a row."""
    columns = {key: [float(x) for x in values] for key, values in data.items()}
    rows = [dict(zip(columns, map(mp.mpf, row))) for row in zip(*columns.values())]

    def loss(*parameters):
        model, rest = parameters[: len(start)], parameters[len(start) :]
        if any(p <= 0 for p in rest):
            return mp.inf
        total = mp.mpf(0)
        for row in rows:
            f = binomial(row[trials]) if trials else density
            if event is not None and row[event] == 0:
                f = SURVIVAL[density]
            total -= f(row[response], centre(row, *model), *rest)
        return total

    names = [*start, *further]
    at = [float(x) for x in [*start.values(), *(further[f] for f in further)]]

    def coarse(p):
        mp.mp.dps = 16
        try:
            value = loss(*map(mp.mpf, p))
            return float(value.real) if mp.isfinite(value) else 1e300
        except (ValueError, ZeroDivisionError, OverflowError):
            return 1e300
        finally:
            mp.mp.dps = 40

    for _ in range(3):
        at = list(scipy.optimize.minimize(coarse, at, method='Nelder-Mead', options={'maxiter': 1200, 'xatol': 1e-9, 'fatol': 1e-9}).x)
    x = mp.matrix(at)
    n = len(names)
    scale = [mp.mpf(10) ** -10 * (abs(v) + mp.mpf(10) ** -4) for v in x]

    def derivatives(x):
        f = lambda *d: loss(*(x[i] + d[i] * scale[i] for i in range(n)))
        unit = lambda i, j=None: [(k == i) + (k == j) for k in range(n)]
        f0 = f(*[0] * n)
        plus = [f(*unit(i)) for i in range(n)]
        minus = [f(*[-d for d in unit(i)]) for i in range(n)]
        g = mp.matrix([(plus[i] - minus[i]) / (2 * scale[i]) for i in range(n)])
        h = mp.matrix(n, n)
        for i in range(n):
            h[i, i] = (plus[i] - 2 * f0 + minus[i]) / scale[i] ** 2
            for j in range(i):
                both = f(*unit(i, j)) + f(*[-d for d in unit(i, j)])
                h[i, j] = h[j, i] = (both - plus[i] - minus[i] - plus[j] - minus[j] + 2 * f0) / (2 * scale[i] * scale[j])
        return f0, g, h

    for _ in range(40):
        f0, g, h = derivatives(x)
        step = mp.lu_solve(h, g)
        x = x - step
        if all(abs(step[i]) <= abs(x[i]) * mp.mpf(10) ** -13 for i in range(n)):
            break
    else:
        raise RuntimeError(f'{name}: no convergence')
    f0, g, h = derivatives(x)
    covariance = h**-1
    if also is not None:
        assert abs(float(-f0) - also) < 2e-3 * max(1, abs(also)), (name, float(-f0), also)
    profile = {}
    if profiled is not None:
        # Where the other slopes are 0 and the log-likelihood has fallen by z^2 / 2.
        j = names.index(profiled)
        z = mp.sqrt(2) * mp.erfinv(mp.mpf(19) / 20)

        ends = []
        for side in (-1, 1):
            # Newton's method on these equations, with the Hessian as the Jacobian of the slopes.
            p = mp.matrix([x[i] + side * z * covariance[i, j] / mp.sqrt(covariance[j, j]) for i in range(n)])
            for _ in range(60):
                value, slopes, bends = derivatives(p)
                jacobian = bends.copy()
                rest = slopes.copy()
                for i in range(n):
                    jacobian[j, i] = slopes[i]
                rest[j] = value - f0 - z * z / 2
                step = mp.lu_solve(jacobian, rest)
                p = p - step
                if all(abs(step[i]) <= abs(p[i]) * mp.mpf(10) ** -12 for i in range(n)):
                    break
            else:
                raise RuntimeError(f'{name}: no end of the profile')
            ends.append(float(p[j]))
        profile = {'profile': {'name': profiled, 'interval': ends}}
    problems.append(
        {
            'name': name,
            'family': family,
            'formula': formula,
            'data': columns,
            **({'event': event} if event else {}),
            **({'trials': trials} if trials else {}),
            **profile,
            'logLikelihood': float(-f0),
            'parameters': {name: float(x[i]) for i, name in enumerate(names)},
            'standardErrors': {name: float(mp.sqrt(covariance[i, i])) for i, name in enumerate(names)},
        }
    )


sigmoid = lambda x: 1 / (1 + exp(-x))
load = lambda name: getattr(sm.datasets, name).load_pandas().data
column = lambda frame, *names: {name.split('.')[0].lower().replace('-', '_'): frame[name].tolist() for name in names}

d = load('cpunish')
problem('executions', 'poisson', 'executions ~ exp(a + b * south + c * degree)', column(d, 'EXECUTIONS', 'SOUTH', 'DEGREE'),
        'executions', lambda r, a, b, c: exp(a + b * r['south'] + c * r['degree']), {'a': 0, 'b': 0, 'c': 0}, poisson,
        also=sm.Poisson(d.EXECUTIONS, sm.add_constant(d[['SOUTH', 'DEGREE']])).fit(disp=0).llf)
problem('executions, overdispersed', 'negativeBinomial', 'executions ~ exp(a + b * south)', column(d, 'EXECUTIONS', 'SOUTH'),
        'executions', lambda r, a, b: exp(a + b * r['south']), {'a': 0, 'b': 0}, negative_binomial, {'size': 1}, profiled='b',
        also=sm.NegativeBinomial(d.EXECUTIONS, sm.add_constant(d[['SOUTH']])).fit(disp=0, maxiter=500).llf)

d = load('committee')
problem('bills, Poisson', 'poisson', 'bills104 ~ exp(a + b * subs + c * prestige)', column(d, 'BILLS104', 'SUBS', 'PRESTIGE'),
        'bills104', lambda r, a, b, c: exp(a + b * r['subs'] + c * r['prestige']), {'a': 1, 'b': 0, 'c': 0}, poisson,
        also=sm.Poisson(d.BILLS104, sm.add_constant(d[['SUBS', 'PRESTIGE']])).fit(disp=0).llf)
problem('bills, negative binomial', 'negativeBinomial', 'bills104 ~ exp(a + b * subs + c * prestige)', column(d, 'BILLS104', 'SUBS', 'PRESTIGE'),
        'bills104', lambda r, a, b, c: exp(a + b * r['subs'] + c * r['prestige']), {'a': 1, 'b': 0, 'c': 0}, negative_binomial, {'size': 1},
        also=sm.NegativeBinomial(d.BILLS104, sm.add_constant(d[['SUBS', 'PRESTIGE']])).fit(disp=0, maxiter=500).llf)

d = load('spector')
problem('grades', 'binomial', 'grade ~ sigmoid(a + b * gpa + c * tuce + d * psi)', column(d, 'GRADE', 'GPA', 'TUCE', 'PSI'),
        'grade', lambda r, a, b, c, d: sigmoid(a + b * r['gpa'] + c * r['tuce'] + d * r['psi']), {'a': -13, 'b': 3, 'c': 0.1, 'd': 2}, lambda y, p: binomial(1)(y, p), profiled='b',
        also=sm.Logit(d.GRADE, sm.add_constant(d[['GPA', 'TUCE', 'PSI']])).fit(disp=0).llf)
problem('grades, probit', 'binomial', 'grade ~ normalCdf(a + b * gpa + d * psi)', column(d, 'GRADE', 'GPA', 'PSI'),
        'grade', lambda r, a, b, d: mp.ncdf(a + b * r['gpa'] + d * r['psi']), {'a': -6, 'b': 1.5, 'd': 1}, lambda y, p: binomial(1)(y, p),
        also=sm.Probit(d.GRADE, sm.add_constant(d[['GPA', 'PSI']])).fit(disp=0).llf)

d = load('star98').head(60).copy()
d['ALL'] = d.NABOVE + d.NBELOW
problem('schools', 'binomial', 'nabove ~ sigmoid(a + b * lowinc + c * perasian)', column(d, 'NABOVE', 'ALL', 'LOWINC', 'PERASIAN'),
        'nabove', lambda r, a, b, c: sigmoid(a + b * r['lowinc'] + c * r['perasian']), {'a': 1, 'b': 0, 'c': 0}, None, trials='all',
        also=sm.GLM(d[['NABOVE', 'NBELOW']], sm.add_constant(d[['LOWINC', 'PERASIAN']]), family=sm.families.Binomial()).fit().llf)

d = load('scotland')
problem('votes, gamma with inverse link', 'gamma', 'yes ~ 1 / (a + b * unempf + c * age)', column(d, 'YES', 'UNEMPF', 'AGE'),
        'yes', lambda r, a, b, c: 1 / (a + b * r['unempf'] + c * r['age']), {'a': 0.016, 'b': 0, 'c': 0}, gamma, {'shape': 50})
problem('votes, gamma with log link', 'gamma', 'yes ~ exp(a + b * unempf)', column(d, 'YES', 'UNEMPF'),
        'yes', lambda r, a, b: exp(a + b * r['unempf']), {'a': 4, 'b': 0}, gamma, {'shape': 50})
d['SHARE'] = d.YES / 100
problem('votes, beta', 'beta', 'share ~ sigmoid(a + b * unempf + c * age)', column(d, 'SHARE', 'UNEMPF', 'AGE'),
        'share', lambda r, a, b, c: sigmoid(a + b * r['unempf'] + c * r['age']), {'a': 0, 'b': 0, 'c': 0}, beta, {'precision': 30}, profiled='c',
        also=BetaModel(d.SHARE, sm.add_constant(d[['UNEMPF', 'AGE']])).fit(disp=0).llf)

d = load('stackloss')
problem('stack loss, Student', 'student', 'stackloss ~ a + b * airflow + c * watertemp', column(d, 'STACKLOSS', 'AIRFLOW', 'WATERTEMP'),
        'stackloss', lambda r, a, b, c: a + b * r['airflow'] + c * r['watertemp'], {'a': -40, 'b': 0.8, 'c': 0.6}, student, {'scale': 1.5, 'freedom': 1.5})
problem('stack loss, normal', 'normal', 'stackloss ~ a + b * airflow + c * watertemp', column(d, 'STACKLOSS', 'AIRFLOW', 'WATERTEMP'),
        'stackloss', lambda r, a, b, c: a + b * r['airflow'] + c * r['watertemp'], {'a': -50, 'b': 0.7, 'c': 1.3}, normal, {'deviation': 3},
        also=sm.OLS(d.STACKLOSS, sm.add_constant(d[['AIRFLOW', 'WATERTEMP']])).fit().llf)

d = load('strikes')
problem('strikes, Weibull', 'weibull', 'duration ~ exp(a + b * iprod)', {'duration': d.duration.tolist(), 'iprod': d.iprod.tolist()},
        'duration', lambda r, a, b: exp(a + b * r['iprod']), {'a': 3.5, 'b': -5}, weibull, {'shape': 1})
problem('strikes, exponential', 'exponential', 'duration ~ exp(a + b * iprod)', {'duration': d.duration.tolist(), 'iprod': d.iprod.tolist()},
        'duration', lambda r, a, b: exp(a + b * r['iprod']), {'a': 3.5, 'b': -5}, exponential)

d = lifelines.datasets.load_leukemia()
leukemia = {'t': d.t.tolist(), 'status': d.status.tolist(), 'wbc': d.logWBC.tolist(), 'rx': d.Rx.tolist()}
aft = lambda fitter, frame, time, event: fitter().fit(frame, time, event).log_likelihood_
frame = d[['t', 'status', 'logWBC', 'Rx']]
lines = lambda r, a, b, c: exp(a + b * r['wbc'] + c * r['rx'])
problem('leukaemia, Weibull', 'weibull', 't ~ exp(a + b * wbc + c * rx)', leukemia, 't', lines, {'a': 5, 'b': -1, 'c': -1}, weibull, {'shape': 1.5},
        event='status', profiled='shape', also=aft(lifelines.WeibullAFTFitter, frame, 't', 'status'))
problem('leukaemia, log-normal', 'logNormal', 't ~ exp(a + b * wbc + c * rx)', leukemia, 't', lines, {'a': 5, 'b': -1, 'c': -1}, log_normal, {'deviation': 0.7},
        event='status', also=aft(lifelines.LogNormalAFTFitter, frame, 't', 'status'))
problem('leukaemia, log-logistic', 'logLogistic', 't ~ exp(a + b * wbc + c * rx)', leukemia, 't', lines, {'a': 5, 'b': -1, 'c': -1}, log_logistic, {'shape': 2},
        event='status', also=aft(lifelines.LogLogisticAFTFitter, frame, 't', 'status'))
problem('leukaemia, exponential', 'exponential', 't ~ exp(a + b * wbc + c * rx)', leukemia, 't', lines, {'a': 5, 'b': -1, 'c': -1}, exponential, event='status')

d = lifelines.datasets.load_larynx()
problem('larynx, Weibull', 'weibull', 'time ~ exp(a + b * age + c * stage4)', {'time': d.time.tolist(), 'death': d.death.tolist(), 'age': d.age.tolist(), 'stage4': d.Stage_IV.tolist()},
        'time', lambda r, a, b, c: exp(a + b * r['age'] + c * r['stage4']), {'a': 3, 'b': 0, 'c': -1}, weibull, {'shape': 1.1}, event='death',
        also=aft(lifelines.WeibullAFTFitter, d[['time', 'death', 'age', 'Stage_IV']], 'time', 'death'))
d = load('heart')
problem('heart transplants, log-normal', 'logNormal', 'survival ~ exp(a + b * age)', {'survival': d.survival.tolist(), 'event': d.censors.tolist(), 'age': d.age.tolist()},
        'survival', lambda r, a, b: exp(a + b * r['age']), {'a': 7, 'b': -0.05}, log_normal, {'deviation': 2}, event='event')
d = lifelines.datasets.load_psychiatric_patients()
problem('patients, normal, censored', 'normal', 't ~ a + b * age', {'t': d['T'].tolist(), 'c': d['C'].tolist(), 'age': d['Age'].tolist()},
        't', lambda r, a, b: a + b * r['age'], {'a': 40, 'b': -0.3}, normal, {'deviation': 10}, event='c')

print(json.dumps(problems, indent=1))
