#!/usr/bin/python3
"""scikit-learn's solvers on a file, to the optimum: solve_sklearn.py FILE L2 SOLVER[:TOL] ...

Of each solver the least time of three runs, in float64 and for what takes it in float32, and m times
J in float64 at the weights found.
"""

import sys
import time
import warnings

import h5py
import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")


def read(path):
    with h5py.File(path) as file:
        x, y = (file[a] for a in (("X", "y") if "X" in file else ("train_set_x", "train_set_y")))
        x, y = x[:], y[:]
    return x.reshape(len(x), -1).astype(np.float64) / 255, y.astype(np.int64)


x, y = read(sys.argv[1])
l2 = float(sys.argv[2])
for asked in sys.argv[3:]:
    solver, _, tol = asked.partition(":")
    runs = 1 if len(y) > 10000 else 3
    best = 1e9
    for _ in range(runs):
        model = LogisticRegression(
            C=1 / l2, solver=solver, tol=float(tol or 1e-4), max_iter=20000, intercept_scaling=100.0
        )
        start = time.perf_counter()
        model.fit(x, y)
        best = min(best, time.perf_counter() - start)
    w, b = model.coef_[0], model.intercept_[0]
    z = x @ w + b
    value = np.sum(np.logaddexp(0, np.where(y == 1, -z, z))) + l2 / 2 * w @ w
    print("%s tol %s: %.3f s, m J = %.9f" % (solver, tol or "1e-4", best, value), flush=True)
