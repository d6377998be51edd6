# SPDX-License-Identifier: Apache-2.0
"""A problem from a file, what a solution of it is worth, and who is good enough to be timed."""

import h5py
import numpy as np
from scipy.special import logsumexp

# A solver counts where its objective is within this share of the best that is known.
GOOD = 1e-7


def read(path):
    """Pixels as float64 from 0 to 1, and labels as numbers of classes."""
    with h5py.File(path) as file:
        x, y = (file[a] for a in (("X", "y") if "X" in file else ("train_set_x", "train_set_y")))
        x, y = x[:], y[:]
    y = np.unique(y, return_inverse=True)[1]
    return x.reshape(len(x), -1).astype(np.float64) / 255, y.astype(np.int64)


def objective(x, y, l2, w, b):
    """m J in float64, of w with a row for each class, or one row for class 1 of two."""
    w, b = np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64)
    z = x @ w.T + b
    if len(b) == 1:
        losses = np.logaddexp(0, np.where(y == 1, -z[:, 0], z[:, 0]))
    else:
        losses = logsumexp(z, axis=1) - z[np.arange(len(y)), y]
    return losses.sum() + l2 / 2 * np.sum(w * w)


def is_good(value, known):
    return known is None or value <= known * (1 + GOOD)
