#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""scikit-learn's LogisticRegressionCV on a file: search_sklearn.py FILE FROM TO PENALTIES FOLDS SOLVER[:TOL] ...

Of each solver the time of one run: stratified folds, the penalty picked by log-loss, and a training on
all samples. Penalties are lambda = 1/C. On all processors, a fold each.
"""

import sys
import time
import warnings

import h5py
import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

warnings.filterwarnings("ignore")


def read(path):
    with h5py.File(path) as file:
        x, y = (file[a] for a in (("X", "y") if "X" in file else ("train_set_x", "train_set_y")))
        x, y = x[:], y[:]
    return x.reshape(len(x), -1).astype(np.float64) / 255, y.astype(np.int64)


x, y = read(sys.argv[1])
low, high, count, folds = float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
penalties = np.geomspace(low, high, count) if count > 1 else np.array([low])
for asked in sys.argv[6:]:
    solver, _, tol = asked.partition(":")
    search = LogisticRegressionCV(
        Cs=1 / penalties,
        cv=StratifiedKFold(folds, shuffle=True, random_state=0),
        scoring="neg_log_loss",
        solver=solver,
        tol=float(tol or 1e-4),
        max_iter=20000,
        n_jobs=-1,
    )
    start = time.perf_counter()
    search.fit(x, y)
    seconds = time.perf_counter() - start
    losses = -search.scores_[1].mean(axis=0)
    print(
        "%s tol %s: %.3f s, best %g, log-loss %.6f, iterations %d"
        % (solver, tol or "1e-4", seconds, 1 / search.C_[0], losses.min(), search.n_iter_.sum()),
        flush=True,
    )
