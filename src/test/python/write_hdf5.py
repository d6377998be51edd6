# SPDX-License-Identifier: Apache-2.0
"""Writes HDF5 files with h5py in every way that h5py has, and what h5py reads of them: write_hdf5.py FOLDER [--few]

Each data set of each file stands in FOLDER/expected.txt with the SHA-256 of its numbers as float64, or `refused` where h5py
itself cannot read it; and whether these are the numbers that were written. (Chunks that were allocated early keep the old mask
where write_direct_chunk gives them another one of the same size: what h5py reads of them is chance.) Hdf5PeerTest
compares Lanewise with that:

    mvn test -Dtest=Hdf5PeerTest -Dhdf5.peer.dir=FOLDER

With --few there is a small part of it, packed, which the tests always read.
"""

import gzip
import hashlib
import itertools
import os
import sys
import zlib

import h5py
import numpy as np

DONT_FILTER_PARTIAL_CHUNKS = 2
FILTERS = {
    "gzip": lambda created: created.set_deflate(6),
    "lzf": lambda created: created.set_filter(h5py.h5z.FILTER_LZF, h5py.h5z.FLAG_OPTIONAL),
    "shuffle": lambda created: created.set_shuffle(),
    "fletcher32": lambda created: created.set_fletcher32(),
}
PIPELINES = [()] + [
    order for count in (1, 2, 3, 4) for order in itertools.permutations(FILTERS, count)
]
UNLIMITED = h5py.h5s.UNLIMITED
# Shapes, sides of chunks, limits, early allocation; what index that makes is HDF5's choice by the version.
SPACES = {
    "single": ((4, 6), (4, 6), (4, 6), False),
    "single_edge": ((3, 5), (4, 6), (4, 6), False),
    "fixed": ((5, 7), (2, 3), (5, 7), False),
    "fixed_limits": ((5, 7), (2, 3), (9, 8), False),
    "implicit": ((5, 7), (2, 3), (5, 7), True),
    "extensible": ((5, 7), (2, 3), (UNLIMITED, 7), False),
    "extensible_second": ((5, 7), (2, 3), (6, UNLIMITED), False),
    "tree": ((5, 7), (2, 3), (UNLIMITED, UNLIMITED), False),
    "line": ((23,), (4,), (UNLIMITED,), False),
    "cube": ((3, 4, 5), (2, 3, 2), (3, 4, 5), False),
}
TYPES = ["u1", "i1", "<i2", ">u4", "<i8", "<f2", ">f4", "<f4", "<f8"]
VERSIONS = ("earliest", "latest")


def numbers(shape, code, seed):
    """Some of them easy to compress, some not, some of white pixels."""
    rng = np.random.default_rng(seed)
    count = int(np.prod(shape))
    kind = seed % 3
    if kind == 0:
        values = rng.integers(0, 127, count)
    elif kind == 1:
        values = np.arange(count) // 7
    else:
        values = np.full(count, 255 if code == "u1" else -1 if code[-2] == "i" else 1)
    return values.astype(code).reshape(shape)


def filtered(name, data, size):
    """What a filter makes of the bytes of a chunk, by its definition and not by h5py's; None if it cannot."""
    if name == "gzip":
        return zlib.compress(data, 6)
    if name == "shuffle":
        whole = len(data) // size * size
        body = np.frombuffer(data[:whole], "u1").reshape(-1, size)
        return body.T.tobytes() + data[whole:] if size > 1 and len(body) > 1 else data
    if name == "fletcher32":
        low = high = 0
        for i in range(0, len(data), 2):
            low += data[i] << 8 | (data[i + 1] if i + 1 < len(data) else 0)
            low = low - 65535 if low > 65535 else low
            high += low
            high = high - 65535 if high > 65535 else high
        return data + ((high << 16) | low).to_bytes(4, "little")
    # LZF: runs of literals alone are valid.
    return b"".join(bytes([len(part) - 1]) + part for part in (data[i : i + 32] for i in range(0, len(data), 32)))


def create(file, name, data, chunk, limits, early, pipeline, raw_edges):
    created = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    created.set_chunk(chunk)
    if early:
        created.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    created.set_obj_track_times(False)
    for each in pipeline:
        FILTERS[each](created)
    if raw_edges:
        set_raw_edges(created)
    space = h5py.h5s.create_simple(data.shape, limits)
    type_ = h5py.h5t.py_create(data.dtype)
    return h5py.h5d.create(file.id, name.encode(), type_, space, created)


def set_raw_edges(created):
    """h5py does not have H5Pset_chunk_opts: the same library's own is called."""
    import ctypes

    library = ctypes.CDLL(raw_edges_library())
    library.H5Pset_chunk_opts.argtypes = [ctypes.c_int64, ctypes.c_uint]
    if library.H5Pset_chunk_opts(created.id, DONT_FILTER_PARTIAL_CHUNKS) < 0:
        raise ValueError("H5Pset_chunk_opts failed")


def raw_edges_library():
    """The HDF5 library that this process has loaded with h5py."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            path = line.split()[-1]
            if os.path.basename(path).startswith(("libhdf5_serial.so", "libhdf5-", "libhdf5.so")):
                return path
    raise ValueError("no HDF5 library is loaded")


def write_masked(dataset, data, chunk, pipeline, masks):
    """Writes chunk by chunk, each with the next of the masks."""
    places = itertools.product(*(range(0, side, step) for side, step in zip(data.shape, chunk)))
    for number, place in enumerate(places):
        whole = np.zeros(chunk, data.dtype)
        part = data[tuple(slice(at, at + step) for at, step in zip(place, chunk))]
        whole[tuple(slice(0, side) for side in part.shape)] = part
        mask = masks[number % len(masks)]
        content = whole.tobytes()
        for bit, each in enumerate(pipeline):
            if not mask & 1 << bit:
                content = filtered(each, content, data.dtype.itemsize)
        dataset.write_direct_chunk(place, content, mask)


def masks_of(pipeline):
    """None: h5py writes the chunks itself. Else each mask alone, and all of them one after the other."""
    every = range(1 << len(pipeline))
    return [None] + ([[mask] for mask in every] + [list(every)] if pipeline else [])


def cases(few):
    """Name of the case, and all that it takes."""
    count = 0
    for (space, (shape, chunk, limits, early)), pipeline in itertools.product(SPACES.items(), PIPELINES):
        if few and len(pipeline) > 2:
            continue
        for masks in masks_of(pipeline):
            for raw_edges in (False, True):
                if raw_edges and (masks is not None or not pipeline):
                    continue
                codes = [TYPES[count % len(TYPES)]] if few else [TYPES[(count + k * 4) % len(TYPES)] for k in range(2)]
                for code in codes:
                    count += 1
                    # A few are one in so many, whatever comes in between.
                    if few and count % 29:
                        continue
                    name = "%s %s %s%s %s %d" % (
                        space,
                        "+".join(pipeline) or "none",
                        "own" if masks is None else "mask" + ",".join(map(str, masks)),
                        " raw" if raw_edges else "",
                        code,
                        count,
                    )
                    yield name, shape, chunk, limits, early, pipeline, masks, raw_edges, code, count


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values).astype("<f8").tobytes()).hexdigest()


def write(path, version, few):
    written = {}
    with h5py.File(path, "w", libver=version) as file:
        for name, shape, chunk, limits, early, pipeline, masks, raw_edges, code, seed in cases(few):
            data = numbers(shape, code, seed)
            dataset = create(file, name, data, chunk, limits, early, pipeline, raw_edges)
            if masks is None:
                dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
            else:
                write_masked(dataset, data, chunk, pipeline, masks)
            written[name] = digest(data)
    return written


def expected(path, written, out):
    counts = dict.fromkeys(("as written", "otherwise", "refused"), 0)
    with h5py.File(path, "r") as file:
        for name in file:
            try:
                found = digest(file[name][()])
            except OSError:
                found = "refused"
            stale = name.startswith("implicit") and " mask" in name
            what = "as written" if found == written[name] and not stale else "otherwise"
            counts["refused" if found == "refused" else what] += 1
            out.write("%s\t%s\t%s\t%s\n" % (os.path.basename(path), name, found, what))
    print(path, "read by h5py:", counts)


def main(folder, few):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "expected.txt"), "w") as out:
        for version in VERSIONS:
            path = os.path.join(folder, version + ".hdf5")
            expected(path, write(path, version, few), out)
            if few:
                with open(path, "rb") as plain, open(path + ".gz", "wb") as packed:
                    packed.write(gzip.compress(plain.read(), 9, mtime=0))
                os.remove(path)


if __name__ == "__main__":
    main(sys.argv[1], "--few" in sys.argv)
