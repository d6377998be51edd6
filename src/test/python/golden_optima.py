# SPDX-License-Identifier: Apache-2.0
"""Writes the golden optima that SolverGoldenTest compares with.

They come from scikit-learn, and then Newton steps in double until the gradient is at rounding. The
tables are not passed on: the test reads them where Debian's python3-sklearn and dataset-fashion-mnist
have them.

    python3 src/test/python/golden_optima.py [FOLDER] > src/test/resources/dev/lanewise/train/optima.json

With the folder of the tutorial's files (needs python3-h5py) it adds their optimum. It takes some
minutes, most of them with Fashion-MNIST.
"""

import gzip
import json
import sys

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.linear_model import LogisticRegression


def objective(x, y, s, l2, w, b):
    z = x @ w + b
    t = np.where(y == 1, -z, z)
    return np.sum(s * np.logaddexp(0, t)) + l2 / 2 * w @ w


def polish(x, y, s, l2, w, b):
    """Newton's method from where scikit-learn stopped."""
    d = x.shape[1]
    for _ in range(20 if len(y) < 10000 else 5):
        z = x @ w + b
        a = 1 / (1 + np.exp(-z))
        e = s * (a - y)
        g = np.append(x.T @ e + l2 * w, e.sum())
        c = s * a * (1 - a)
        h = np.empty((d + 1, d + 1))
        h[:d, :d] = (x.T * c) @ x + l2 * np.eye(d)
        h[:d, d] = h[d, :d] = x.T @ c
        h[d, d] = c.sum()
        p = np.linalg.solve(h, -g)
        w = w + p[:d]
        b = b + p[d]
    return w, b, np.linalg.norm(g)


def optimum(name, x, y, l2, balanced=False, solver="lbfgs"):
    x = x.astype(np.float32).astype(np.float64)
    s = np.ones(len(y))
    if balanced:
        s = np.array([len(y) / (2 * np.sum(y == k)) for k in y])
    model = LogisticRegression(
        C=1 / l2,
        solver=solver,
        tol=1e-8,
        max_iter=20000,
        class_weight="balanced" if balanced else None,
    )
    model.fit(x, y)
    w, b, norm = polish(x, y, s, l2, model.coef_[0], model.intercept_[0])
    value = objective(x, y, s, l2, w, b)
    assert value <= objective(x, y, s, l2, model.coef_[0], model.intercept_[0]) + 1e-9
    return {
        "name": name,
        "samples": len(y),
        "features": x.shape[1],
        "l2": l2,
        "balanced": balanced,
        "objective": value,
        "gradientNorm": norm,
        "bias": b,
        "weightsNorm": float(np.linalg.norm(w)),
    }


def softmax(z):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def many_objective(x, y, s, l2, w, b):
    z = x @ w + b
    top = z.max(axis=1)
    losses = top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - z[np.arange(len(y)), y]
    return s @ losses + l2 / 2 * np.sum(w * w)


def many(name, x, y, l2, balanced=False):
    """Softmax regression, one column of weights a class: scikit-learn, then Newton in double."""
    x = x.astype(np.float32).astype(np.float64)
    m, d = x.shape
    k = int(y.max()) + 1
    s = np.ones(m)
    if balanced:
        s = np.array([m / (k * np.sum(y == c)) for c in y])
    model = LogisticRegression(
        C=1 / l2,
        solver="lbfgs",
        multi_class="multinomial",
        tol=1e-8,
        max_iter=20000,
        class_weight="balanced" if balanced else None,
    )
    model.fit(x, y)
    w, b = model.coef_.T.copy(), model.intercept_.copy()
    before = many_objective(x, y, s, l2, w, b)
    one = np.hstack([x, np.ones((m, 1))])
    for _ in range(20):
        p = softmax(x @ w + b)
        e = p.copy()
        e[np.arange(m), y] -= 1
        e *= s[:, None]
        g = one.T @ e
        g[:d] += l2 * w
        h = np.zeros((k, d + 1, k, d + 1))
        for i in range(k):
            for j in range(k):
                c = s * p[:, i] * ((i == j) - p[:, j])
                h[i, :, j, :] = (one.T * c) @ one
            h[i, :d, i, :d] += l2 * np.eye(d)
        # The biases may all grow alike: of these the ones with a sum of zero.
        h[:, d, :, d] += 1
        step = np.linalg.solve(h.reshape(k * (d + 1), -1), -g.T.ravel()).reshape(k, d + 1)
        w += step[:, :d].T
        b += step[:, d]
    b -= b.mean()
    value = many_objective(x, y, s, l2, w, b)
    assert value <= before + 1e-9
    return {
        "name": name,
        "classes": k,
        "samples": m,
        "features": d,
        "l2": l2,
        "balanced": balanced,
        "objective": value,
        "gradientNorm": float(np.linalg.norm(g)),
        "biases": b.tolist(),
        "weightsNorms": np.linalg.norm(w, axis=0).tolist(),
    }


def tutorial(folder, l2):
    """More features than samples: Newton's method in the space of the samples, w = X'c."""
    import h5py

    with h5py.File(folder + "/train_catvnoncat.h5") as file:
        pixels = file["train_set_x"][:]
        y = file["train_set_y"][:]
    # What Lanewise makes of pixels: value times the float nearest 1/255, rounded once.
    x = pixels.reshape(len(y), -1).astype(np.float32) * np.float32(1 / 255)
    x = x.astype(np.float64)
    g = x @ x.T
    m = len(y)
    z, b = np.zeros(m), 0.0
    for _ in range(30):
        a = 1 / (1 + np.exp(-z))
        d = a * (1 - a)
        r = np.sqrt(d)
        k = l2 * np.eye(m) + r[:, None] * g * r
        u = np.linalg.solve(k, r * z - (a - y) / r)
        v = np.linalg.solve(k, r)
        b = (r @ u) / (r @ v)
        c = r * (u - b * v)
        z = g @ c + b
    w = x.T @ c
    e = 1 / (1 + np.exp(-(x @ w + b))) - y
    return {
        "name": "tutorial",
        "samples": m,
        "features": x.shape[1],
        "l2": l2,
        "balanced": False,
        "objective": objective(x, y, np.ones(m), l2, w, b),
        "gradientNorm": np.linalg.norm(np.append(x.T @ e + l2 * w, e.sum())),
        "bias": b,
        "weightsNorm": float(np.linalg.norm(w)),
    }


FASHION = "/usr/share/datasets/fashion-mnist/train-"


def fashion(samples):
    """The first samples of Fashion-MNIST, as Lanewise scales their pixels."""
    with gzip.open(FASHION + "images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:samples]
    with gzip.open(FASHION + "labels-idx1-ubyte.gz") as file:
        y = np.frombuffer(file.read(), np.uint8, offset=8)[:samples].astype(int)
    return pixels.astype(np.float32) * np.float32(1 / 255), y


def many_by_products(name, x, y, l2):
    """As many(), but steps by conjugate gradients: the second derivative would not fit."""
    x = x.astype(np.float64)
    m, d = x.shape
    k = int(y.max()) + 1
    s = np.ones(m)
    model = LogisticRegression(
        C=1 / l2, solver="lbfgs", multi_class="multinomial", tol=1e-6, max_iter=5000
    )
    model.fit(x, y)
    w, b = model.coef_.T.copy(), model.intercept_.copy()
    before = many_objective(x, y, s, l2, w, b)
    for _ in range(12):
        p = softmax(x @ w + b)
        e = p.copy()
        e[np.arange(m), y] -= 1
        g = np.vstack([x.T @ e + l2 * w, e.sum(axis=0)])
        if np.linalg.norm(g) < 1e-8:
            break

        def product(v):
            z = x @ v[:d] + v[d]
            z = p * (z - (p * z).sum(axis=1, keepdims=True))
            return np.vstack([x.T @ z + l2 * v[:d], z.sum(axis=0)])

        curvature = (x * x).T @ (p * (1 - p)) + l2
        scale = np.vstack([curvature, (p * (1 - p)).sum(axis=0)])
        r = -g
        step = np.zeros_like(r)
        q = u = r / scale
        size = np.sum(r * u)
        first = size
        for _ in range(3000):
            if size <= 1e-10 * first or size == 0:
                break
            h = product(q)
            a = size / np.sum(q * h)
            step += a * q
            r = r - a * h
            u = r / scale
            following = np.sum(r * u)
            q = u + following / size * q
            size = following
        w += step[:d]
        b += step[d]
    # The mean of the columns costs penalty and says nothing; the biases may all grow alike.
    w -= w.mean(axis=1, keepdims=True)
    b -= b.mean()
    value = many_objective(x, y, s, l2, w, b)
    assert value <= before + 1e-9
    return {
        "name": name,
        "classes": k,
        "samples": m,
        "features": d,
        "l2": l2,
        "balanced": False,
        "objective": value,
        "gradientNorm": float(np.linalg.norm(g)),
        "biases": b.tolist(),
        "weightsNorms": np.linalg.norm(w, axis=0).tolist(),
    }


def standardised(x):
    return (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)


def main():
    cancer = load_breast_cancer()
    wine = load_wine()
    digits = load_digits()
    optima = []
    for l2 in (1.0, 0.01, 100.0):
        optima.append(optimum("breast-cancer", standardised(cancer.data), cancer.target, l2))
        optima.append(optimum("wine", standardised(wine.data), (wine.target == 0).astype(int), l2))
        optima.append(optimum("digits", digits.data / 16, (digits.target % 2).astype(int), l2))
    optima.append(optimum("breast-cancer", standardised(cancer.data), cancer.target, 1.0, True))
    classes = []
    for l2 in (1.0, 0.01, 100.0):
        classes.append(many("wine", standardised(wine.data), wine.target, l2))
        classes.append(many("digits", digits.data / 16, digits.target, l2))
    classes.append(many("wine", standardised(wine.data), wine.target, 1.0, True))
    x, y = fashion(60000)
    top = np.isin(y, (0, 2, 3, 4, 6)).astype(int)
    optima.append(optimum("fashion-top", x, top, 1.0, solver="newton-cholesky"))
    for samples in (2000, 500):
        x, y = fashion(samples)
        classes.append(many_by_products("fashion", x, y, 1.0))
    if len(sys.argv) > 1:
        optima.append(tutorial(sys.argv[1], 1.0))
    json.dump(
        {
            "madeBy": "scikit-learn %s, NumPy %s" % (sklearn.__version__, np.__version__),
            "optima": optima,
            "manyClasses": classes,
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()
