#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""scikit-learn's solvers on a file, to the optimum:

    solve_sklearn.py [--known MJ] [--runs N] FILE L2 SOLVER[:TOL[,TOL ...]] ...

Of each solver, in float64 and, where it takes it, in float32: the tolerances one after the other until m J is
within 1e-7 of MJ, the least m J that is known; then the least time of the runs with that tolerance. m J is
computed in float64 at the weights found.
"""

import argparse
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

from problem import is_good, objective, read

warnings.filterwarnings("ignore")

parser = argparse.ArgumentParser()
parser.add_argument("--known", type=float)
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("file")
parser.add_argument("l2", type=float)
parser.add_argument("solvers", nargs="+")
asked = parser.parse_args()
x, y = read(asked.file)


def fit(solver, tol, samples):
    model = LogisticRegression(
        C=1 / asked.l2, solver=solver, tol=tol, max_iter=20000, intercept_scaling=100.0
    )
    start = time.perf_counter()
    model.fit(samples, y)
    return time.perf_counter() - start, objective(x, y, asked.l2, model.coef_, model.intercept_)


for name in asked.solvers:
    solver, _, tols = name.partition(":")
    # liblinear computes in float64 whatever it is given.
    for dtype in [np.float64] if solver == "liblinear" else [np.float64, np.float32]:
        samples = x.astype(dtype)
        for tol in [float(t) for t in (tols or "1e-4").split(",")]:
            seconds, value = fit(solver, tol, samples)
            good = is_good(value, asked.known)
            if good:
                seconds = min([seconds] + [fit(solver, tol, samples)[0] for _ in range(asked.runs - 1)])
            print(
                "scikit-learn %s, %s, tol %g: %.3f s, m J = %.9f%s"
                % (solver, dtype.__name__, tol, seconds, value, "" if good else ", not there yet"),
                flush=True,
            )
            if good:
                break
