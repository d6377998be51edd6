"""Makes seeds/*: small files that the tests damage in many ways. Run in this folder; needs h5py and NumPy."""

import gzip
import io
import io
import os
import zipfile

import h5py
import numpy as np

os.makedirs("seeds", exist_ok=True)
random = np.random.default_rng(1)
M = 6
PIXELS = random.integers(0, 256, (M, 3, 2), dtype=np.uint8)
FLOATS = random.standard_normal((M, 3)).astype(np.float32)
LABELS = np.array([0, 1, 1, 0, 2, 1], dtype=np.int64)
NAMES = np.array([b"cat", b"dog", b"fish"])


def hdf5(name, libver, fill):
    with h5py.File("seeds/" + name, "w", libver=libver, track_order=False) as file:
        fill(file)


def chunked(file, **options):
    file.create_dataset("X", data=FLOATS, chunks=(2, 2), **options)
    file.create_dataset("y", data=LABELS, track_times=False)
    file.create_dataset("classes", data=NAMES, track_times=False)


# B-trees and symbol tables of version 1, variable-length texts in a global heap.
def old(file):
    chunked(file, compression="gzip", shuffle=True, fletcher32=True, track_times=False)
    del file["classes"]
    file.create_dataset("classes", data=["cat", "dog", "fish"], dtype=h5py.string_dtype(), track_times=False)


hdf5("old.hdf5", "earliest", old)
# A fixed array, an extensible array and a B-tree of version 2 as index of the chunks.
hdf5("fixed.hdf5", "latest", lambda f: chunked(f, compression="lzf", track_times=False))
hdf5("extensible.hdf5", "latest", lambda f: chunked(f, maxshape=(None, 3), track_times=False))
hdf5("tree.hdf5", "latest", lambda f: chunked(f, maxshape=(None, None), compression="gzip", track_times=False))


# So many links and attributes that they move into fractal heaps.
def dense(file):
    file.create_dataset("X", data=PIXELS, track_times=False)
    file.create_dataset("y", data=LABELS.astype(np.uint8), track_times=False)
    for i in range(9):
        file.create_dataset("note%d" % i, data=np.int8(i), track_times=False)
        file.attrs["note%d" % i] = "n" * i


hdf5("dense.hdf5", "latest", dense)

np.save("seeds/X.npy", FLOATS)
np.save("seeds/y.npy", LABELS)
np.save("seeds/fortran_x.npy", np.asfortranarray(FLOATS.astype(">f8")))
np.savez("seeds/stored.npz", X=PIXELS, y=LABELS, classes=np.array(["cat", "dog", "fish"]))
np.savez_compressed("seeds/deflated.npz", X=FLOATS, y=np.array(["cat", "dog", "dog", "cat", "fish", "dog"]))

# Groups of old files are trees. In these a node names the next one twice, forty times over, or names itself.
UNDEFINED = b"\xff" * 8


def number(value, size=8):
    return value.to_bytes(size, "little")


def tree(nodes):
    start = 96 + 40 + 32 + 16
    file = b"\x89HDF\r\n\x1a\n" + bytes(5) + b"\x08\x08\0" + number(4, 2) + number(16, 2) + bytes(4)
    file += number(0) + UNDEFINED + number(start + 96 * len(nodes)) + UNDEFINED
    file += number(0) + number(96) + bytes(24)
    file += b"\1\0" + number(1, 2) + number(1, 4) + number(24, 4) + bytes(4)
    file += number(0x11, 2) + number(16, 2) + bytes(4) + number(start) + number(136)
    file += b"HEAP" + bytes(4) + number(16) + number(1) + number(168) + bytes(16)
    for level, children in nodes:
        keys = b"".join(number(0) + number(start + 96 * child) for child in children)
        node = b"TREE\0" + number(level, 1) + number(len(children), 2) + UNDEFINED + UNDEFINED + keys
        file += node.ljust(96, b"\0")
    return file


def corpus(name, content):
    path = os.path.join("corpus", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


corpus("refused/tree-that-doubles.hdf5", tree([(40 - i, [i + 1, i + 1]) for i in range(40)] + [(0, [])]))
corpus("refused/tree-of-itself.hdf5", tree([(1, [0])]))
corpus("refused/tree-of-nothing.hdf5", tree([(0, [])]))
with open("seeds/old.hdf5", "rb") as file:
    names = b"X".ljust(8, b"\0")
    content = file.read()
    assert content.count(names + b"y".ljust(8, b"\0")) == 1
    corpus("refused/name-twice.hdf5", content.replace(names + b"y", names + b"X"))
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as twice, open("seeds/X.npy", "rb") as file:
    content = file.read()
    for name in ("X.npy", "X.npy"):
        twice.writestr(zipfile.ZipInfo(name), content)
corpus("refused/name-twice.npz", archive.getvalue())
header = b"{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}"
corpus("refused/key-twice.npy", b"\x93NUMPY\1\0" + number(len(header), 2) + header + bytes(8))
corpus("read/quotes.csv", b'"a, b",y\r\n"1",x\r\n2,"y""z"\r\n')
corpus("read/comments.svm", b"# made\n1 1:1 # 2:2\n\n-1 2:-3e-2")
corpus("read/scikit.csv", b"3,2,no,yes\n1,2,0\n3,4,1\n5,6,1\n")
corpus("refused/nan.csv", b"a,y\nnan,0\n1,1\n")
corpus("refused/half-a-row.csv", b"a,b,y\n1,2,0\n1,2\n")
corpus("refused/index-twice.svm", b"1 1:1 1:2\n0 1:1\n")
corpus("refused/index-0.svm", b"1 0:1\n0 1:1\n")
corpus("refused/negative-sizes.idx", bytes([0, 0, 8, 2]) + b"\xff" * 8 + b"12345678")
corpus("refused/overflowing-sizes.idx", bytes([0, 0, 8, 3]) + b"\x80\0\0\0\x80\0\0\0\0\0\0\4" + bytes(100))
corpus("refused/nothing.npz", b"PK\5\6" + bytes(18))
