# SPDX-License-Identifier: Apache-2.0
"""Writes what scikit-learn and SciPy make of drawn scores: calibrations, bootstrap, importance.

    /usr/bin/python3 src/test/python/golden_judging.py src/test/resources/metric

The tests of dev.lanewise.metric and dev.lanewise.model compare Lanewise with judging.json.
scikit-learn stops at a gradient of 1e-5, so its Platt calibration is polished by Newton's method on
its own objective. scikit-learn 1.2 has no temperature scaling; SciPy finds the root of the slope.
"""

import json
import os
import sys

import numpy as np
import scipy
import sklearn
from scipy.optimize import brentq
from scipy.special import expit, softmax
from sklearn import metrics
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

MASK = (1 << 64) - 1


class SplitMix64:
    """The generator of the contract, section 6."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        drawn = self.next()
        if (drawn * bound & MASK) < bound:
            unfair = (-bound & MASK) % bound
            while (drawn * bound & MASK) < unfair:
                drawn = self.next()
        return drawn * bound >> 64

    def shuffle(self, numbers):
        for i in range(len(numbers) - 1, 0, -1):
            k = self.below(i + 1)
            numbers[i], numbers[k] = numbers[k], numbers[i]


def draw(seed, m, flatter):
    random = np.random.default_rng(seed)
    z = random.normal(0.3, 1.5, m).astype(np.float32)
    z[::7] = np.round(z[::7], 1)
    y = (random.random(m) < expit(z.astype(float) * 0.6 - 0.4)).astype(int)
    return (z * np.float32(flatter)).astype(np.float32), y


def platt(z, y):
    a, b = _sigmoid_calibration(z, y)
    close = expit(-(a * z + b))
    prior0, prior1 = float(np.sum(y <= 0)), float(np.sum(y > 0))
    target = np.where(y > 0, (prior1 + 1) / (prior1 + 2), 1 / (prior0 + 2))
    x = np.column_stack([z, np.ones(len(z))])
    w = np.array([-a, -b])
    for _ in range(20):
        p = expit(x @ w)
        w = w - np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (p - target))
    assert np.abs(expit(x @ w) - close).max() < 1e-4
    return {"slope": w[0], "intercept": w[1], "ofScikitLearn": list(map(float, close))}


def isotonic(z, y, at):
    fit = IsotonicRegression(out_of_bounds="clip").fit(z, y)
    least = 1 / (len(z) + 2)
    knots = np.clip(fit.y_thresholds_, least, 1 - least)
    return list(map(float, np.interp(at, fit.X_thresholds_, knots)))


def slope(beta, z, y):
    p = softmax(beta * z, axis=1)
    return float(np.sum(p * z) - np.sum(z[np.arange(len(y)), y]))


def temperature(z, y):
    return 1 / brentq(slope, 1e-3, 1e3, args=(z, y), xtol=1e-16, rtol=1e-15)


def values(z, y, threshold):
    """The metrics of evaluate, in its order."""
    p = expit(z)
    predicted = (p > threshold).astype(int)
    kind = dict(zero_division=0)
    return [
        metrics.accuracy_score(y, predicted),
        metrics.roc_auc_score(y, z),
        metrics.average_precision_score(y, z),
        metrics.brier_score_loss(y, p),
        float(np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))),
        metrics.precision_score(y, predicted, **kind),
        metrics.recall_score(y, predicted, **kind),
        metrics.f1_score(y, predicted, **kind),
        metrics.matthews_corrcoef(y, predicted),
    ]


def bootstrap(z, y, draws, seed):
    random = SplitMix64(seed ^ 0x626F6F74)
    found = []
    for _ in range(draws):
        rows = [random.below(len(y)) for _ in range(len(y))]
        found.append(values(z[rows].astype(float), y[rows], 0.5))
    return [[float(v) for v in np.quantile(column, [0.025, 0.975])] for column in np.transpose(found)]


def importance(seed, repeats):
    """Two numbers and a category of three levels, as one-hot, under fixed weights: scores are exact in float32."""
    random = np.random.default_rng(seed)
    m = 60
    x = np.column_stack([np.round(8 * random.normal(0, 1, (m, 2))) / 8, np.eye(3)[random.integers(0, 3, m)]])
    w = np.array([1.5, -0.5, 0.25, -1.0, 0.75])
    y = (random.random(m) < expit(x @ w)).astype(int)

    def scores(data):
        z = data @ w - 0.125
        return (
            float(np.mean(np.logaddexp(0, np.where(y == 1, -z, z)))),
            metrics.accuracy_score(y, z > 0),
        )

    whole = scores(x)
    shuffles = SplitMix64(seed ^ 0x7065726D)
    found = []
    for group in ([0], [1], [2, 3, 4]):
        losses, accuracies = [], []
        for _ in range(repeats):
            order = list(range(m))
            shuffles.shuffle(order)
            other = x.copy()
            other[:, group] = x[order][:, group]
            loss, accuracy = scores(other)
            losses.append(loss - whole[0])
            accuracies.append(whole[1] - accuracy)
        found.append([np.mean(losses), np.std(losses), np.mean(accuracies), np.std(accuracies)])
    return {
        "rows": x.tolist(),
        "labels": y.tolist(),
        "weights": w.tolist(),
        "bias": -0.125,
        "seed": seed,
        "repeats": repeats,
        "columns": found,
    }


def main(folder):
    os.makedirs(folder, exist_ok=True)
    cases = []
    for seed, m, flatter in ((1, 200, 1), (2, 1000, 3), (3, 50, 0.2)):
        z, y = draw(seed, m, flatter)
        exact = z.astype(float)
        at = np.concatenate([exact, np.linspace(exact.min() - 1, exact.max() + 1, 101)])
        cases.append(
            {
                "scores": exact.tolist(),
                "labels": y.tolist(),
                "platt": platt(exact, y),
                "at": at.tolist(),
                "isotonic": isotonic(exact, y, at),
                "temperature": temperature(np.column_stack([np.zeros(m), exact]), y),
            }
        )
    random = np.random.default_rng(9)
    many = random.normal(0, 2, (300, 4)).astype(np.float32).astype(float)
    labels = np.array([random.choice(4, p=p) for p in softmax(many * 0.7, axis=1)])
    z, y = draw(4, 150, 1)
    with open(os.path.join(folder, "judging.json"), "w") as out:
        json.dump(
            {
                "madeBy": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}",
                "calibrations": cases,
                "many": {
                    "scores": many.tolist(),
                    "labels": labels.tolist(),
                    "temperature": temperature(many, labels),
                },
                "bootstrap": {
                    "scores": z.astype(float).tolist(),
                    "labels": y.tolist(),
                    "draws": 40,
                    "seed": 11,
                    "intervals": bootstrap(z, y, 40, 11),
                },
                "importance": importance(21, 6),
            },
            out,
        )
        out.write("\n")


main(sys.argv[1])
