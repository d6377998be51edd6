#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The tutorial's network in NumPy, trained as the tutorial does. Prints one JSON object.

It is kinder to NumPy than the tutorial: the cost is computed every 100 iterations, not in each, and
X stays as h5py and reshape leave it (one sample after the other), so that nothing is copied.
"""

import time

start = time.perf_counter()

import argparse  # noqa: E402  the clock starts before the imports

import numpy as np  # noqa: E402

import tutorial_data as tutorial  # noqa: E402


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def train(x, y, iterations, rate):
    """Full-batch gradient descent from zeros. x is d x m, y is 1 x m."""
    d, m = x.shape
    w = np.zeros((d, 1), dtype=x.dtype)
    b = x.dtype.type(0)
    rate = x.dtype.type(rate)
    costs = []
    for iteration in range(iterations):
        z = np.dot(w.T, x) + b  # (1)
        a = sigmoid(z)  # (2)
        if iteration % 100 == 0:
            costs.append({"iteration": iteration, "cost": tutorial.cost(z, y)})  # (3), (4)
        dz = a - y
        dw = np.dot(x, dz.T) / m  # (6)
        db = np.sum(dz) / m  # (7)
        w = w - rate * dw  # (8)
        b = x.dtype.type(b - rate * db)  # (9)
    return w, b, costs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", help="train_catvnoncat.h5")
    parser.add_argument("test", help="test_catvnoncat.h5")
    parser.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    parser.add_argument("--iterations", type=int, default=2000)
    parser.add_argument("--learning-rate", type=float, default=0.005)
    args = parser.parse_args()

    dtype = np.dtype(args.dtype).type
    x_train, y_train = tutorial.load(args.train, "train", dtype)
    x_test, y_test = tutorial.load(args.test, "test", dtype)
    loaded = time.perf_counter()

    w, b, costs = train(
        x_train.T, y_train.reshape(1, -1), args.iterations, args.learning_rate
    )
    trained = time.perf_counter()

    train_scores = (np.dot(x_train, w) + b).ravel()
    test_scores = (np.dot(x_test, w) + b).ravel()
    tutorial.tell(
        {
            "peer": "numpy " + np.__version__,
            "dtype": args.dtype,
            "blas": tutorial.blas(),
            "iterations": args.iterations,
            "learningRate": args.learning_rate,
            "costs": costs,
            "trainAccuracy": tutorial.accuracy(train_scores, y_train),
            "testAccuracy": tutorial.accuracy(test_scores, y_test),
            "trainCost": tutorial.cost(train_scores, y_train),
            "testCost": tutorial.cost(test_scores, y_test),
            "bias": float(b),
            "weightsNorm": float(np.linalg.norm(w.astype(np.float64))),
            "seconds": {
                "load": loaded - start,
                "train": trained - loaded,
                "total": time.perf_counter() - start,
            },
        }
    )


if __name__ == "__main__":
    main()
