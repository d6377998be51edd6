#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Ten epochs of Adam on 784-128-10 in batches of 200, by Lanewise, scikit-learn and PyTorch in turn.

    network_digits.py [--samples M] [--epochs N] [--rounds R] [--data FILE.npz TEST.npz] LANEWISE

Without --data the samples are drawn: uint8 pixels of ten overlapping classes. LANEWISE is the launcher; it is
asked for its own training time (--json), that of compiling kernels included. All use all cores, and give the seconds of training alone and the
accuracy on the test samples. Each round runs each once; medians and the range are printed.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

import numpy as np


def draw(samples, seed):
    """Pixels of ten classes: a pattern a class, shifted and under noise."""
    patterns = np.random.RandomState(0).rand(10, 28, 28) ** 3
    random = np.random.RandomState(seed)
    labels = random.randint(0, 10, samples)
    shifts = random.randint(-3, 4, (samples, 2))
    x = np.empty((samples, 28, 28))
    for j in range(samples):
        x[j] = np.roll(patterns[labels[j]], shifts[j], axis=(0, 1))
    x = 0.35 * x + 0.65 * random.rand(samples, 28, 28)
    return (255 * x).astype(np.uint8).reshape(samples, 784), labels.astype(np.int64)


def lanewise(launcher, train, test, epochs):
    command = [launcher, "train", "--train", train, "--test", test, "--features", "x", "--labels", "y"]
    command += ["--hidden", "128", "--epochs", str(epochs), "--seed", "1", "--cost-every", "0", "--json"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = json.loads(printed.splitlines()[-1])
    return result["seconds"]["warmUp"] + result["seconds"]["train"], result["testAccuracy"]


def sklearn_mlp(x, y, xt, yt, epochs):
    from sklearn.neural_network import MLPClassifier
    import warnings

    warnings.simplefilter("ignore")
    # Its alpha is divided by the batch; ours is no penalty. No early stop: n_iter_no_change.
    mlp = MLPClassifier(
        (128,), batch_size=200, alpha=0, max_iter=epochs, n_iter_no_change=epochs + 1, random_state=1
    )
    start = time.perf_counter()
    mlp.fit(x, y)
    return time.perf_counter() - start, float(mlp.score(xt, yt))


def torch_mlp(x, y, xt, yt, epochs):
    import torch

    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)
    )
    xs, ys = torch.tensor(x), torch.tensor(y)
    adam = torch.optim.Adam(model.parameters(), lr=0.001)
    loss = torch.nn.CrossEntropyLoss()
    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(ys))
        for batch in order.split(200):
            adam.zero_grad()
            loss(model(xs[batch]), ys[batch]).backward()
            adam.step()
    seconds = time.perf_counter() - start
    with torch.no_grad():
        right = (model(torch.tensor(xt)).argmax(1) == torch.tensor(yt)).double().mean()
    return seconds, float(right)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("launcher")
    parser.add_argument("--samples", type=int, default=60000)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", nargs=2, metavar="FILE")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = asked.data or [os.path.join(folder, name) for name in ("train.npz", "test.npz")]
        if not asked.data:
            for seed, file in enumerate(files, 1):
                x, y = draw(asked.samples if seed == 1 else asked.samples // 6, seed)
                np.savez(file, x=x.reshape(-1, 28, 28, 1), y=y)
        parts = []
        for file in files:
            loaded = np.load(file)
            x = loaded["x"].reshape(len(loaded["y"]), -1)
            parts += [(x * np.float32(1 / 255)).astype(np.float32), loaded["y"].astype(np.int64)]
        ways = {"lanewise": lambda: lanewise(asked.launcher, files[0], files[1], asked.epochs)}
        for name, run in (("scikit-learn", sklearn_mlp), ("PyTorch", torch_mlp)):
            try:
                __import__("sklearn" if run is sklearn_mlp else "torch")
                ways[name] = lambda run=run: run(*parts, asked.epochs)
            except ImportError:
                print(name, "is not installed")
        found = {name: [] for name in ways}
        for _ in range(asked.rounds):
            for name, run in ways.items():
                found[name].append(run())
        for name, results in found.items():
            seconds = [result[0] for result in results]
            accuracy = statistics.median(result[1] for result in results)
            print(
                f"{name:13} {statistics.median(seconds):7.2f} s ({min(seconds):.2f} to {max(seconds):.2f}),"
                f" test accuracy {100 * accuracy:.2f} %"
            )


if __name__ == "__main__":
    main()
