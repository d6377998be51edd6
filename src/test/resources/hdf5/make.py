"""Makes the HDF5 files beside it, with h5py: python3 make.py. They hold what jhdf cannot write."""

import gzip
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FEATURES = np.arange(24).reshape(4, 6)
LABELS = np.array([0, 1, 1, 0])


def new(name, **options):
    return h5py.File(os.path.join(HERE, name), "w", **options)


def low(file, name, space, type_, layout=None, data=None):
    """A data set through the low-level interface, for what the other one does not offer."""
    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if layout is not None:
        creation.set_layout(layout)
    dataset = h5py.h5d.create(file.id, name.encode(), type_, h5py.h5s.create_simple(space), creation)
    if data is not None:
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, data)


# One numeric type a data set, all with the same numbers, and labels in many types.
with new("types.hdf5") as f:
    for code in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"):
        f["little_" + code] = FEATURES.astype("<" + code)
        f["big_" + code] = FEATURES.astype(">" + code)
    f["bool"] = LABELS.astype(bool)
    f["int8"] = LABELS.astype("i1")
    f["row"] = LABELS.reshape(1, 4)
    f["column"] = LABELS.reshape(4, 1)
    f["uint64"] = np.array([[2**64 - 1, 2**63], [2**63 + 2**39 + 1, 5]], dtype="u8")
    f["negative"] = np.array([[-128, -1], [0, 127]], dtype="i1")
    low(f, "compact", (4, 6), h5py.h5t.STD_I16LE, h5py.h5d.COMPACT, FEATURES.astype("<i2"))
    f["fixed"] = np.array([b"non-cat", b"cat"])
    f["variable"] = np.array(["nicht", "Kätzchen"], dtype=h5py.string_dtype())
    padded = h5py.h5t.C_S1.copy()
    padded.set_size(4)
    padded.set_strpad(h5py.h5t.STR_SPACEPAD)
    low(f, "spaces", (2,), padded, None, np.array([b"ab  ", b"c d "]))

# Chunks: filters, kinds of index (old and new), edges, more dimensions.
rng = np.random.default_rng(1)
for name, version in (("chunked-old.hdf5", "earliest"), ("chunked-new.hdf5", "latest")):
    with new(name, libver=version) as f:
        x = np.arange(210, dtype="<i4").reshape(7, 5, 6)
        f.create_dataset("plain", data=x, chunks=(2, 2, 6))
        f.create_dataset("one", data=x, chunks=x.shape)
        f.create_dataset("gzip", data=x, chunks=(3, 5, 4), compression="gzip")
        f.create_dataset("shuffle", data=x, chunks=(3, 5, 6), compression="gzip", shuffle=True)
        f.create_dataset("fletcher", data=x, chunks=(3, 5, 6), shuffle=True, fletcher32=True)
        f.create_dataset(
            "all", data=x, chunks=(3, 2, 5), compression="gzip", shuffle=True, fletcher32=True
        )
        f.create_dataset("lzf", data=x, chunks=(4, 5, 6), compression="lzf", shuffle=True)
        f.create_dataset("extendible", data=x, chunks=(2, 5, 6), maxshape=(None, 5, 6))
        f.create_dataset("extendible2", data=x, chunks=(2, 3, 6), maxshape=(None, None, 6))
        f.create_dataset("noise", data=rng.integers(0, 256, (6, 50), "u1"), chunks=(2, 50),
                         compression="lzf", fletcher32=True)
        f["noise_plain"] = f["noise"][:]
        f.create_dataset("words", data=np.array(["a", "bc"], dtype=h5py.string_dtype()), chunks=(1,))

# Each kind of index, large enough for each kind of its blocks but for pages of an extensible array (from
# 131,060 chunks on). Where elements count the chunks by what the data set may get, and not by what it has.
with new("indexes.hdf5", libver="latest") as f:
    def counted(name, shape, **options):
        numbers = (np.arange(np.prod(shape)) % 251).astype("u1").reshape(shape)
        f.create_dataset(name, data=numbers, track_times=False, **options)

    counted("fixed", (1100,), chunks=(1,))
    counted("fixed_limits", (5, 12), chunks=(2, 3), maxshape=(8, 24))
    counted("fixed_filtered", (9, 4), chunks=(2, 2), shuffle=True, fletcher32=True)
    counted("extensible", (300,), chunks=(1,), maxshape=(None,))
    counted("extensible_second", (5, 12), chunks=(2, 3), maxshape=(7, None))
    counted("extensible_filtered", (30,), chunks=(1,), maxshape=(None,), fletcher32=True)
    counted("tree", (20, 10), chunks=(1, 1), maxshape=(None, None))
    counted("tree_filtered", (4, 9), chunks=(2, 2), maxshape=(None, None), fletcher32=True)
with open(os.path.join(HERE, "indexes.hdf5"), "rb") as plain:
    content = plain.read()
os.remove(os.path.join(HERE, "indexes.hdf5"))
with open(os.path.join(HERE, "indexes.hdf5.gz"), "wb") as packed:
    packed.write(gzip.compress(content, 9, mtime=0))

# Chunks without an index: one after the other, as many as there may ever be.
with new("implicit.hdf5", libver="latest") as f:
    for name, limits in (("same", (5, 12)), ("limits", (9, 24))):
        created = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        created.set_chunk((2, 5))
        created.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        created.set_obj_track_times(False)
        space = h5py.h5s.create_simple((5, 12), limits)
        made = h5py.h5d.create(f.id, name.encode(), h5py.h5t.STD_U8LE, space, created)
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, np.arange(60, dtype="u1").reshape(5, 12))

# What must be refused.
with new("refused.hdf5") as f:
    f.create_dataset("never", shape=(4, 6), dtype="f4")
    partly = f.create_dataset("partly", shape=(4, 6), dtype="f4", chunks=(2, 6), fillvalue=7)
    partly[0:2] = 1
    f.create_dataset("scaleoffset", data=FEATURES, chunks=(4, 6), scaleoffset=0)
    f.create_dataset("szip", data=FEATURES, chunks=(4, 6), compression="szip")
    f["compound"] = np.zeros(4, dtype=[("a", "i4"), ("b", "f4")])
    f["reference"] = np.array([f["never"].ref], dtype=h5py.ref_dtype)
    f["array"] = np.zeros(4, dtype=[("a", "i4", (2,))])
    ragged = f.create_dataset("ragged", (2,), dtype=h5py.vlen_dtype("i4"))
    ragged[0] = [1, 2]
    f["complex"] = np.zeros(4, dtype="c8")
    f["wide"] = np.zeros(4, dtype=np.longdouble)
    odd = h5py.h5t.STD_I32LE.copy()
    odd.set_precision(20)
    low(f, "20 bits", (4,), odd, None, np.zeros(4, "i4"))
    f["soft"] = h5py.SoftLink("/compound")
    f["loop"] = h5py.SoftLink("/loop")
    f["external"] = h5py.ExternalLink("types.hdf5", "/little_f4")
    f["scalar"] = 3.5
    f["null"] = h5py.Empty("f4")
    f["empty"] = np.zeros((0, 6), "f4")
    f["thin"] = np.zeros((4, 0), "f4")
    f["huge"] = np.array([[1, 2], [3, 1e300]])
    f["nan"] = np.array([[1, 2], [np.nan, 4]], dtype="f4")
    f["infinite"] = np.array([[1, np.inf], [3, 4]], dtype="f2")

# One data set of a type that jhdf cannot parse beside a good one.
with new("opaque.hdf5") as f:
    f["X"] = FEATURES
    f["opaque"] = np.zeros(4, dtype="V3")

# Data in another file.
with new("elsewhere.hdf5") as f:
    f.create_dataset("X", (4, 6), "f4", external=[("elsewhere.bin", 0, 96)])

# Groups, a user block, attributes.
with new("group.hdf5", userblock_size=512, track_order=True) as f:
    f["set/X"] = FEATURES.astype("u1")
    f["set/y"] = LABELS
    f["set/classes"] = np.array([b"no", b"yes"])
    f["other"] = np.zeros(3)
    f.attrs["text"] = "Grüße"
    f.attrs["bytes"] = np.bytes_(b"bytes")
    f.attrs["long"] = -5
    f.attrs["one"] = np.array([7], dtype=">u2")
    f.attrs["double"] = 0.005
    f.attrs["list"] = [1, 2]
    f.attrs["unsigned"] = np.uint64(2**63)

# As MATLAB 7.3, Octave and pandas write; labels that are texts; links; many members.
rng = np.random.default_rng(2)
X = (rng.permutation(15) - 7.0).reshape(5, 3)
WORDS = ["no", "yes", "yes", "no", "perhaps"]


def matlab(group, name, array, kind):
    """What MATLAB shows as `array`."""
    dataset = group.create_dataset(name, data=np.ascontiguousarray(np.transpose(array)))
    dataset.attrs["MATLAB_class"] = np.bytes_(kind)
    return dataset


def chars(words, width):
    return np.array([[ord(c) for c in word.ljust(width)] for word in words], "<u2")


with new("others.hdf5", userblock_size=512) as f:
    f["X"] = X
    matlab(f, "matlab/X", X, "double")
    matlab(f, "matlab/square", X[:3].astype("f4"), "single")
    matlab(f, "matlab/cube", np.arange(30, dtype="<i2").reshape(5, 2, 3), "int16")
    matlab(f, "matlab/logical", (X > 0).astype("u1"), "logical").attrs["MATLAB_int_decode"] = 1
    matlab(f, "matlab/y", np.array([[0, 1, 1, 0, 2]], "f8"), "double")
    matlab(f, "matlab/chars", chars(WORDS, 7), "char")
    cells = [matlab(f, "#refs#/%d" % i, chars([word], len(word)), "char").ref for i, word in enumerate(WORDS)]
    matlab(f, "matlab/cells", np.array([cells], dtype=h5py.ref_dtype).T, "cell")
    mixed = [f["matlab/chars"].ref, f["matlab/X"].ref]
    matlab(f, "matlab/mixed", np.array([mixed], dtype=h5py.ref_dtype).T, "cell")
    matlab(f, "matlab/categorical", np.arange(5, dtype="u4").reshape(5, 1), "categorical")
    matlab(f, "matlab/empty", np.array([[0, 3]], "u8"), "double").attrs["MATLAB_empty"] = np.uint8(1)
    f.create_group("octave").attrs["OCTAVE_NEW_FORMAT"] = np.uint8(1)
    f["octave/value"] = np.ascontiguousarray(X.T)
    f["texts/fixed"] = np.array([word.encode() for word in WORDS])
    f["texts/variable"] = np.array(["käse", "brot", "brot", "käse", "öl"], dtype=h5py.string_dtype())
    f.create_dataset("texts/ascii", data=np.array(["ä".encode(), "ö".encode()] * 2 + ["ü".encode()], dtype=object),
                     dtype=h5py.string_dtype("ascii"))
    f["texts/latin"] = np.array(["ä".encode("latin-1")] * 5)
    f["texts/numbers"] = np.array([b"0", b"1", b"1", b"0", b"1"])
    f["links/chain"] = h5py.SoftLink("next")
    f["links/next"] = h5py.SoftLink("/here/X")
    f["here"] = h5py.SoftLink("/")
    f["links/broken"] = h5py.SoftLink("/nowhere/X")
    f["links/loop"] = h5py.SoftLink("pool")
    f["links/pool"] = h5py.SoftLink("loop")
    f["links/other"] = h5py.ExternalLink("other.h5", "/train/X")
    f["type"] = np.dtype("<f4")
    f.create_dataset("shared", data=X, dtype=f["type"])
for kind, make in (
    ("groups", lambda f: (f.create_dataset("train/X", data=X), f.create_dataset("train/y", data=LABELS))),
    ("frame", lambda f: f.create_dataset("df/block0_values", data=X).parent.attrs.create("pandas_type", "frame")),
    ("sparse", lambda f: matlab(f, "X/data", X, "double").parent.attrs.create("MATLAB_sparse", np.uint64(5))),
    ("link", lambda f: f.__setitem__("X", h5py.ExternalLink("other.h5", "/X"))),
):
    with new(kind + ".hdf5") as f:
        make(f)

# Many members that are all one data set, and many attributes.
for version in ("earliest", "latest"):
    path = os.path.join(HERE, "many-" + version + ".hdf5")
    with h5py.File(path, "w", libver=version) as f:
        f["X"] = np.ascontiguousarray(X.T)
        for i in range(3000):
            f["name%04d" % i] = f["X"]
        for i in range(40):
            f["X"].attrs["attribute%d" % i] = i
        f["X"].attrs["MATLAB_class"] = np.bytes_("double")
    with open(path, "rb") as plain, open(path + ".gz", "wb") as packed:
        packed.write(gzip.compress(plain.read(), 9, mtime=0))
    os.remove(path)
