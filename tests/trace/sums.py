"""Prints rows and sum modulo 2**64 of every value of a trace, as any HDF5 tool sees it.

Columns that store differences or numbers of entities are taken back to what they stand for, row by
row and as docs/reference/trace.md says: slow, and nothing shared with portflow.
"""
import sys

import h5py
import numpy as np

CHUNK = 16384
ABOVE = {"after", "further", "parent_further", "ordinal_further", "since_after", "row_further"}
# Of the value before it in its table: a minus sign where the column is what is missing to it.
OF = {"steps/service": ("-", "after"), "steps/wait": ("-", "service"), "ended/late": ("-", "after"),
      "moves/ahead": ("+", "after"), "moves/lasts": ("+", "ahead")}
CAUSES = "working travel message down closed behind busy batch not_due not_yet_filed".split()


def above(steps):
    values, last = [], 0
    for row, step in enumerate(steps):
        last = step if row % CHUNK == 0 else last + step
        values.append(last)
    return values


def along(table, values):
    """Ends, begins and owners of segments, each from the segment in the row above."""
    gap, lasts, onto = (table[name][()].tolist() for name in ("gap", "lasts", "onto"))
    ends, begins, owners = [], [], []
    for row, (at, number) in enumerate(zip(values["after"], values["further"])):
        same = row % CHUNK and (at, number) == (values["after"][row - 1], values["further"][row - 1])
        ends.append((begins[-1] if same else at) - gap[row])
        begins.append(ends[-1] - lasts[row])
        owners.append(((owners[-1] if same else number) - onto[row]) % 2**32)
    values.update(gap=ends, lasts=begins, onto=owners)


def values_of(name, table):
    values = {}
    for column, data in table.items():
        stored = data[()].view(np.uint64) if data.dtype.kind == "f" else data[()]
        values[column] = stored.tolist()
        if column in ABOVE:
            values[column] = above(values[column])
        if data.dtype == np.uint32:
            values[column] = [value % 2**32 for value in values[column]]
    for column in ("service", "wait", "late", "ahead", "lasts"):
        sign, base = OF.get(f"{name}/{column}", ("", ""))
        if sign:
            values[column] = [b - v if sign == "-" else b + v
                              for b, v in zip(values[base], values[column])]
    if name == "paths":
        along(table, values)
    if name == "ended":
        rest = zip(values["late"], values["unexplained"], *(values[cause] for cause in CAUSES))
        values["unexplained"] = [end - sum(parts) for end, *parts in rest]
    return values


with h5py.File(sys.argv[1], "r") as trace:
    print("format", trace.attrs["format"].decode(), trace.attrs["schema_version"])
    print("seed", trace.attrs["seed"], trace.attrs["fingerprint"].decode())
    print("steps", *trace["/dictionary/steps"].asstr()[:])
    who = [0, *trace["identities/hash"][()].tolist()]
    tables = {name: trace[name] for name in trace if name not in ("dictionary", "entities")}
    tables.update((f"entities/{name}", table) for name, table in trace["entities"].items())
    for name, table in tables.items():
        if not isinstance(table, h5py.Group):
            continue
        for column, values in values_of(name, table).items():
            numbers = ("entity", "holder", "onto", "further", "parent_further")
            if column in numbers:
                values = [who[number] for number in values]
            unit = table[column].attrs["unit"].decode()
            print(f"{name}/{column}", len(values), sum(values) % 2**64, unit or "-")
