"""Prints rows and sum modulo 2**64 of every column of a trace, as any HDF5 tool sees it."""
import sys

import h5py
import numpy as np


def show(name, item):
    if isinstance(item, h5py.Dataset) and item.dtype.kind in "iuf":
        values = item[()]
        if values.dtype.kind == "f":
            values = values.view(np.uint64)
        total = int(values.astype(np.uint64).sum(dtype=np.uint64))
        print(name, len(values), total, item.attrs["unit"].decode() or "-")


with h5py.File(sys.argv[1], "r") as trace:
    print("format", trace.attrs["format"].decode(), trace.attrs["schema_version"])
    print("seed", trace.attrs["seed"], trace.attrs["fingerprint"].decode())
    print("steps", *trace["/dictionary/steps"].asstr()[:])
    trace.visititems(show)
