#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Logistic regression by scikit-learn on the tutorial's data, to the tutorial's training cost.

No solver of scikit-learn is full-batch gradient descent, so nothing here does what Lanewise does,
step by step. The data can be separated, so that without a penalty the cost has no minimum: what can
be compared is how long each takes to bring the training cost to where 2000 iterations at 0.005 bring
it, 0.135608. They get there in other ways, and so to other weights and other test accuracies.

    lbfgs      LogisticRegression without a penalty: quasi-Newton steps
    newton-cg  LogisticRegression without a penalty: Newton steps
    liblinear  LogisticRegression, C = 1: it cannot do without a penalty, and penalises the bias too
    sgd        SGDClassifier without a penalty at a constant rate of 0.005: one step a sample, not one
               a pass over all samples

Each is stopped after the fewest iterations that reach the cost; --iterations says how many, and is
found before the clock starts where it is not given. Prints one JSON object.
"""

import time

start = time.perf_counter()

import argparse  # noqa: E402  the clock starts before the imports
import sys  # noqa: E402
import warnings  # noqa: E402

import numpy as np  # noqa: E402
import sklearn  # noqa: E402
from sklearn.exceptions import ConvergenceWarning  # noqa: E402
from sklearn.linear_model import LogisticRegression, SGDClassifier  # noqa: E402

import tutorial_data as tutorial  # noqa: E402

MOST_ITERATIONS = 200


def lbfgs(iterations):
    return LogisticRegression(penalty=None, solver="lbfgs", tol=1e-12, max_iter=iterations)


def newton_cg(iterations):
    return LogisticRegression(penalty=None, solver="newton-cg", tol=1e-12, max_iter=iterations)


def liblinear(iterations):
    return LogisticRegression(
        solver="liblinear", C=1.0, tol=1e-12, max_iter=iterations, random_state=0
    )


def sgd(iterations):
    return SGDClassifier(
        loss="log_loss",
        penalty=None,
        learning_rate="constant",
        eta0=0.005,
        tol=None,
        max_iter=iterations,
        random_state=0,
    )


SOLVERS = {"lbfgs": lbfgs, "newton-cg": newton_cg, "liblinear": liblinear, "sgd": sgd}


def reached(solver, iterations, x, y):
    return tutorial.cost(SOLVERS[solver](iterations).fit(x, y).decision_function(x), y)


def fewest(solver, target, x, y):
    """One by one, because the cost of sgd rises and falls."""
    for iterations in range(1, MOST_ITERATIONS + 1):
        if reached(solver, iterations, x, y) <= target:
            return iterations
    return sys.exit(f"tutorial_sklearn: {solver} does not reach a cost of {target}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", help="train_catvnoncat.h5")
    parser.add_argument("test", help="test_catvnoncat.h5")
    parser.add_argument("--solver", choices=sorted(SOLVERS), default="lbfgs")
    parser.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    parser.add_argument("--target", type=float, default=0.135608, help="the training cost")
    parser.add_argument("--iterations", type=int, help="default: the fewest that reach the target")
    args = parser.parse_args()
    # Every solver is stopped before it has converged: that is the point.
    warnings.simplefilter("ignore", ConvergenceWarning)

    dtype = np.dtype(args.dtype).type
    x_train, y_train = tutorial.load(args.train, "train", dtype)
    x_test, y_test = tutorial.load(args.test, "test", dtype)
    loaded = time.perf_counter()

    iterations = args.iterations or fewest(args.solver, args.target, x_train, y_train)
    model = SOLVERS[args.solver](iterations)
    fitting = time.perf_counter()
    model.fit(x_train, y_train)
    trained = time.perf_counter()

    train_scores = model.decision_function(x_train)
    test_scores = model.decision_function(x_test)
    tutorial.tell(
        {
            "peer": "scikit-learn " + sklearn.__version__,
            "solver": args.solver,
            "dtype": args.dtype,
            "blas": tutorial.blas(),
            "iterations": iterations,
            "trainAccuracy": tutorial.accuracy(train_scores, y_train),
            "testAccuracy": tutorial.accuracy(test_scores, y_test),
            "trainCost": tutorial.cost(train_scores, y_train),
            "testCost": tutorial.cost(test_scores, y_test),
            "bias": float(model.intercept_[0]),
            "weightsNorm": float(np.linalg.norm(model.coef_.astype(np.float64))),
            "seconds": {
                "load": loaded - start,
                "search": fitting - loaded,
                "train": trained - fitting,
                "total": time.perf_counter() - start,
            },
        }
    )


if __name__ == "__main__":
    main()
