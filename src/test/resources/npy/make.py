"""Makes the NumPy files beside it: python3 make.py."""

import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = np.arange(24).reshape(4, 6)
CUBES = np.arange(48).reshape(4, 2, 3, 2)
LABELS = np.array([0, 1, 2, 1])


def path(name):
    return os.path.join(HERE, name)


# One type a file, all with the same numbers.
for code in ("<i1", "<i2", ">i4", "<i8", "<u2", ">u2", "<u4", "<u8", "<f2", ">f4", "<f4", "<f8"):
    order = "big" if code[0] == ">" else "little"
    np.save(path("type_%s_%s.npy" % (order, code[1:])), FEATURES.astype(code))
np.save(path("bool.npy"), FEATURES % 3 == 0)

# Pixels and numbers in either order, with labels beside them.
np.save(path("X_train.npy"), CUBES.astype("u1"))
np.save(path("y_train.npy"), LABELS)
np.save(path("x_fortran.npy"), np.asfortranarray(CUBES.astype("u1")))
np.save(path("y_fortran.npy"), LABELS.astype("f4"))
np.save(path("table_fortran.npy"), np.asfortranarray(FEATURES.astype(">f8")))
with open(path("version2.npy"), "wb") as f:
    np.lib.format.write_array(f, FEATURES.astype("f4"), version=(2, 0))

# What must be refused.
np.save(path("objects.npy"), np.array([[1, "two"], [3, None]], dtype=object))
np.save(path("records.npy"), np.zeros((4, 2), dtype=[("a", "i4"), ("b", "f4")]))
np.save(path("complex.npy"), FEATURES.astype("c8"))
np.save(path("texts.npy"), FEATURES.astype("U"))
np.save(path("nan.npy"), np.array([[1.0, 2.0], [np.nan, 4.0]]))

# Archives.
ANIMALS = np.array(["dog", "cat", "björn", "cat"])
np.savez(path("plain.npz"), X=CUBES.astype("u1"), y=LABELS, target_names=["a", "b", "c"])
np.savez_compressed(path("compressed.npz"), features=FEATURES.astype("f4"), labels=ANIMALS)
np.savez(path("big_texts.npz"), X=FEATURES, y=ANIMALS.astype(">U9"))
np.savez(path("bytes.npz"), X=FEATURES, y=np.array([b"no", b"yes", b"yes", b"no"]))
np.savez(
    path("mnist_like.npz"),
    x_train=CUBES.astype("u1"),
    y_train=LABELS,
    x_test=CUBES[:2].astype("u1"),
    y_test=LABELS[:2],
)
np.savez(path("objects.npz"), X=FEATURES, y=np.array([0, "one", None, 1], dtype=object))
np.savez(path("nothing_of_use.npz"), once=np.array(3), twice=LABELS)

# Names of features, and what looks like them; the layouts of scipy.sparse.save_npz.
np.savez(path("named.npz"), X=FEATURES, y=LABELS % 2, feature_names=["a", "b", "größe", "d", "e", "f"])
np.savez(path("named_wrong.npz"), X=FEATURES, y=LABELS % 2, feature_names=["a", "b"])
np.savez(
    path("named_objects.npz"), X=FEATURES, y=LABELS % 2, feature_names=np.array(list("abcdef"), dtype=object)
)
SPARSE = {"format": np.array(b"csr"), "shape": np.array([4, 6]), "data": np.ones(2)}
np.savez(path("sparse_csr.npz"), indices=np.array([0, 1]), indptr=np.array([0, 1, 2, 2, 2]), **SPARSE)
np.savez(path("sparse_coo.npz"), row=np.array([0, 1]), col=np.array([0, 1]), **SPARSE)
np.savez(path("sparse_dia.npz"), offsets=np.array([0]), **SPARSE)
