#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""PyTorch's L-BFGS with a strong Wolfe line search on a file, to the optimum:

    solve_torch.py [--known MJ] [--runs N] FILE L2 [ITERATIONS ...]

In float32, and then in float64: so many iterations, one count after the other until m J is within 1e-7 of MJ,
the least m J that is known; then the least time of the runs with that count.
"""

import argparse
import os
import time

import torch

from problem import is_good, objective, read

parser = argparse.ArgumentParser()
parser.add_argument("--known", type=float)
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("file")
parser.add_argument("l2", type=float)
parser.add_argument("iterations", type=int, nargs="*", default=[50, 100, 200, 400, 800, 1600])
asked = parser.parse_args()
torch.set_num_threads(os.cpu_count())
x, y = read(asked.file)
classes = int(y.max()) + 1
columns = 1 if classes == 2 else classes


def fit(iterations, dtype):
    samples, labels = torch.tensor(x, dtype=dtype), torch.tensor(y)
    layer = torch.nn.Linear(x.shape[1], columns, dtype=dtype)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    if columns == 1:
        labels = labels.to(dtype)
        loss = lambda: torch.nn.functional.binary_cross_entropy_with_logits(layer(samples)[:, 0], labels)
    else:
        loss = lambda: torch.nn.functional.cross_entropy(layer(samples), labels)
    optimizer = torch.optim.LBFGS(
        layer.parameters(),
        max_iter=iterations,
        max_eval=2 * iterations,
        tolerance_grad=0,
        tolerance_change=0,
        history_size=20,
        line_search_fn="strong_wolfe",
    )

    def closure():
        optimizer.zero_grad()
        cost = loss() + asked.l2 / (2 * len(y)) * (layer.weight**2).sum()
        cost.backward()
        return cost

    start = time.perf_counter()
    optimizer.step(closure)
    seconds = time.perf_counter() - start
    w, b = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    return seconds, objective(x, y, asked.l2, w, b)


for dtype in [torch.float32, torch.float64]:
    for iterations in asked.iterations:
        seconds, value = fit(iterations, dtype)
        good = is_good(value, asked.known)
        if good:
            seconds = min([seconds] + [fit(iterations, dtype)[0] for _ in range(asked.runs - 1)])
        print(
            "PyTorch L-BFGS, %s, %d iterations: %.3f s, m J = %.9f%s"
            % (str(dtype)[6:], iterations, seconds, value, "" if good else ", not there yet"),
            flush=True,
        )
        if good:
            break
