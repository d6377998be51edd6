# SPDX-License-Identifier: Apache-2.0
"""Reads damaged files that Lanewise accepted with h5py and NumPy, and compares digests: read_damaged.py FOLDER

FOLDER is what a campaign wrote that was started with -Dlanewise.hostile.accepted=FOLDER. Each file is read in a process of
its own, as some end it. A difference is status 1.
"""

import collections
import glob
import gzip
import hashlib
import io
import multiprocessing
import os
import re
import sys

import h5py
import numpy as np

FACTOR = np.float32(1 / 255)
HIGHEST = 65535
SECONDS = 20
NAMES = (("X", "y"), ("train_set_x", "train_set_y"))


def digest(x, y):
    flat = x.reshape(len(x), -1)
    features = flat.astype(np.float32) * FACTOR if flat.dtype == np.uint8 else flat.astype(np.float32)
    found = hashlib.sha256(np.array([features.shape[1], len(features)], "<i4").tobytes())
    found.update(features.astype("<f4").tobytes())
    if y is not None:
        found.update(np.asarray(y).reshape(-1).astype("<i4").tobytes())
    return found.hexdigest()


def numbered(labels):
    """Class numbers as they are, other numbers and texts by their order."""
    if labels.dtype.kind in "iufb" and labels.min() >= 0 and labels.max() <= HIGHEST:
        return labels
    return np.unique(labels.reshape(-1), return_inverse=True)[1]


def from_hdf5(path):
    with h5py.File(path, "r") as file:
        for x, y in NAMES:
            if x in file and y in file:
                return digest(file[x][()], numbered(file[y][()]))
    return None


def load(path):
    with open(path, "rb") as file:
        content = file.read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return np.load(io.BytesIO(content))


def from_npy(folder, name):
    labels = os.path.join(folder, name.replace("X", "y").replace("_x", "_y"))
    return digest(load(os.path.join(folder, name)), numbered(load(labels)))


def from_npz(path):
    with np.load(path) as file:
        return digest(file["X"], numbered(file["y"])) if "X" in file and "y" in file else None


def expected(folder):
    for path in glob.glob(os.path.join(folder, "*")):
        name = os.path.basename(path)
        if name.endswith((".hdf5", "own.h5")):
            return from_hdf5(path)
        if name.endswith(".npz"):
            return from_npz(path)
        if name.endswith(".npy") and "y" not in name[:-4].lower().split("_")[-1]:
            return from_npy(folder, name)
    return None


def answer(folder, pipe):
    try:
        pipe.send((expected(folder), None))
    except Exception as problem:  # Whatever the other reader has against it.
        pipe.send((None, str(problem)[:150]))


def ask(folder):
    """The digest that the other reader finds, and what it says instead of one."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=answer, args=(folder, there))
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(SECONDS) else (None, "takes longer than %d s" % SECONDS)
    except EOFError:
        process.join()
        return None, "ends the process with status %d" % process.exitcode
    finally:
        process.kill()
        process.join()


def main(parent):
    counts = collections.defaultdict(collections.Counter)
    for folder in sorted(glob.glob(os.path.join(parent, "*"))):
        with open(os.path.join(folder, "reader.txt")) as file:
            reader = file.read()
        with open(os.path.join(folder, "found.txt")) as file:
            found = re.search(r'sha256="([0-9a-f]+)"', file.read())
        if not found or not reader.startswith(("HDF5", "NP")):
            continue
        right, problem = ask(folder)
        if problem:
            counts[reader]["refused by the other"] += 1
            print(folder, reader, "refused by the other:", problem)
        elif right is None:
            counts[reader]["not comparable"] += 1
        elif right == found.group(1):
            counts[reader]["equal"] += 1
        else:
            counts[reader]["DIFFERENT"] += 1
            print(folder, reader, "DIFFERENT")
    for reader, count in sorted(counts.items()):
        print(reader, dict(count))
    sys.exit(any(count["DIFFERENT"] for count in counts.values()))


if __name__ == "__main__":
    main(sys.argv[1])
