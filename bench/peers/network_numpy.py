#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The course's networks with hidden layers in NumPy or PyTorch, trained as the course does. Prints one JSON object.

It is kinder to NumPy than the course: the cost is computed every 100 iterations, not in each. The initial weights are those of
lanewise --init numpy:0.01 (one hidden layer) or numpy:fan-in (more) with --seed 1.
"""

import time

start = time.perf_counter()

import argparse  # noqa: E402  the clock starts before the imports

import numpy as np  # noqa: E402

import tutorial_data as tutorial  # noqa: E402


def initial(units, dtype):
    """W of each layer, units x inputs, and b, units x 1."""
    random = np.random.RandomState(1)
    layers = []
    for inputs, outputs in zip(units, units[1:]):
        w = random.randn(outputs, inputs)
        w = w * 0.01 if len(units) == 3 else w / np.sqrt(inputs)
        layers.append((w.astype(dtype), np.zeros((outputs, 1), dtype)))
    return layers


def forward(layers, x):
    """The inputs of each layer, and z of the output."""
    inputs = [x]
    for w, b in layers[:-1]:
        inputs.append(np.maximum(0, w @ inputs[-1] + b))  # (1), (2)
    w, b = layers[-1]
    return inputs, w @ inputs[-1] + b


def train(layers, x, y, iterations, rate):
    """Full-batch gradient descent. x is d x m, y is 1 x m."""
    m = x.shape[1]
    rate = x.dtype.type(rate)
    costs = []
    for iteration in range(iterations):
        inputs, z = forward(layers, x)
        if iteration % 100 == 0:
            costs.append({"iteration": iteration, "cost": tutorial.cost(z, y)})  # (3), (4)
        dz = 1 / (1 + np.exp(-z)) - y
        for l in range(len(layers) - 1, -1, -1):
            w, b = layers[l]
            dw = dz @ inputs[l].T / m  # (6)
            db = np.sum(dz, axis=1, keepdims=True) / m  # (7)
            if l > 0:
                dz = (w.T @ dz) * (inputs[l] > 0)
            layers[l] = (w - rate * dw, b - rate * db)  # (8), (9)
    return costs


def train_torch(layers, x, y, iterations, rate):
    """The same descent by PyTorch, with its own derivatives and step. x is d x m, y is 1 x m."""
    import torch

    xs, ys = torch.tensor(x.T.copy()), torch.tensor(y.T.copy())
    parameters = [
        (torch.tensor(w, requires_grad=True), torch.tensor(b.ravel(), requires_grad=True))
        for w, b in layers
    ]
    descent = torch.optim.SGD([p for layer in parameters for p in layer], lr=rate)
    linear = torch.nn.functional.linear
    costs = []
    for iteration in range(iterations):
        a = xs
        for w, b in parameters[:-1]:
            a = torch.relu(linear(a, w, b))  # (1), (2)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            linear(a, *parameters[-1]), ys
        )  # (3), (4)
        if iteration % 100 == 0:
            costs.append({"iteration": iteration, "cost": float(loss)})
        descent.zero_grad()
        loss.backward()  # (5), (6), (7)
        descent.step()  # (8), (9)
    layers[:] = [(w.detach().numpy(), b.detach().numpy()[:, None]) for w, b in parameters]
    return costs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", help="train_catvnoncat.h5")
    parser.add_argument("test", help="test_catvnoncat.h5")
    parser.add_argument("--hidden", default="20,7,5")
    parser.add_argument("--framework", choices=["numpy", "torch"], default="numpy")
    parser.add_argument("--dtype", choices=["float64", "float32"], default="float64")
    parser.add_argument("--iterations", type=int, default=2500)
    parser.add_argument("--learning-rate", type=float, default=0.0075)
    args = parser.parse_args()

    dtype = np.dtype(args.dtype).type
    x_train, y_train = tutorial.load(args.train, "train", dtype)
    x_test, y_test = tutorial.load(args.test, "test", dtype)
    units = [x_train.shape[1], *map(int, args.hidden.split(",")), 1]
    framework = np
    if args.framework == "torch":
        import torch as framework
    loaded, loaded_cpu = time.perf_counter(), time.process_time()

    layers = initial(units, dtype)
    costs = (train if framework is np else train_torch)(
        layers, x_train.T, y_train.reshape(1, -1), args.iterations, args.learning_rate
    )
    trained, trained_cpu = time.perf_counter(), time.process_time()

    train_scores = forward(layers, x_train.T)[1].ravel()
    test_scores = forward(layers, x_test.T)[1].ravel()
    tutorial.tell(
        {
            "peer": args.framework + " " + framework.__version__,
            "dtype": args.dtype,
            "blas": tutorial.blas(),
            "hidden": args.hidden,
            "iterations": args.iterations,
            "learningRate": args.learning_rate,
            "costs": costs,
            "trainAccuracy": tutorial.accuracy(train_scores, y_train),
            "testAccuracy": tutorial.accuracy(test_scores, y_test),
            "trainCost": tutorial.cost(train_scores, y_train),
            "testCost": tutorial.cost(test_scores, y_test),
            "seconds": {
                "load": loaded - start,
                "train": trained - loaded,
                "trainCpu": trained_cpu - loaded_cpu,
                "process": time.perf_counter() - start,
            },
        }
    )


if __name__ == "__main__":
    main()
