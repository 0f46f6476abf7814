"""Writes compare.json: nested models of public data compared by statsmodels 0.15.0 (python3 compare.py > compare.json)."""

import json

import numpy as np
import scipy.stats
import statsmodels.api as sm

d = sm.datasets.stackloss.load_pandas().data
small = sm.OLS(d.STACKLOSS, sm.add_constant(d[['AIRFLOW']])).fit()
large = sm.OLS(d.STACKLOSS, sm.add_constant(d[['AIRFLOW', 'WATERTEMP']])).fit()
f, p, _ = large.compare_f_test(small)

c = sm.datasets.cpunish.load_pandas().data
few = sm.Poisson(c.EXECUTIONS, np.ones(len(c))).fit(disp=0, tol=1e-14, maxiter=200)
more = sm.Poisson(c.EXECUTIONS, sm.add_constant(c[['SOUTH']])).fit(disp=0, tol=1e-14, maxiter=200)
ratio = 2 * (more.llf - few.llf)
print(
    json.dumps(
        {
            'squares': {
                'data': {'loss': d.STACKLOSS.tolist(), 'flow': d.AIRFLOW.tolist(), 'temperature': d.WATERTEMP.tolist()},
                'F': f,
                'p': p,
            },
            'counts': {
                'data': {'executions': c.EXECUTIONS.tolist(), 'south': c.SOUTH.tolist()},
                'ratio': ratio,
                'p': scipy.stats.chi2.sf(ratio, 1),
                'aic': [few.aic, more.aic],
                'bic': [few.bic, more.bic],
            },
        },
        indent=1,
    )
)
