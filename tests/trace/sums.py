"""Prints rows and sum modulo 2**64 of every value of a trace, as any HDF5 tool sees it.

Columns that store differences or numbers of entities are taken back to what they stand for, row by
row and as docs/reference/trace.md says: slow, and nothing shared with portflow.
"""
import sys

import h5py
import numpy as np

CHUNK = 16384
ABOVE = {"after", "birth_further"}
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


def unfold(value):
    return value // 2 if value % 2 == 0 else -(value + 1) // 2


def marks_of(table, steps):
    """Instants, entities and the rest of marks, which lean on steps."""
    later, further = table["later"][()].tolist(), table["further"][()].tolist()
    rows = above(table["steps"][()].tolist())
    made, last = {"at": [], "entity": []}, 0
    for row, step in enumerate(rows):
        last = 0 if row % CHUNK == 0 else last
        at, number = (steps["after"][step % 2**32 - 1], steps["entity"][step % 2**32 - 1]) if step else (last, 0)
        last = at + later[row]
        made["at"].append(last)
        made["entity"].append((number + further[row]) % 2**32)
    return made


def paths_of(table, heads, ended):
    """Segments of all paths, of which each goes on where its head says."""
    stored = {name: data[()].tolist() for name, data in table.items()}
    goes_on, owners, row = {}, [], 0
    made = {name: [] for name in ("at", "begin", "end", "entity", "owner", *stored)}
    for at, end, number, own, back in zip(
            ended["after"], ended["late"], ended["entity"], *(heads[name][()].tolist() for name in ("own", "back"))):
        first, owner = row, number
        for row in range(first, first + own):
            owner = (owner - unfold(stored["onto"][row])) % 2**32
            owners.append(owner)
            goes_on[row] = row + 1
        row = first + own
        then = first - back if back else None
        if own:
            goes_on[row - 1] = then
        here = first if own else then
        while here is not None:
            begin = end - stored["lasts"][here]
            for name, value in (("at", at), ("begin", begin), ("end", end), ("entity", number), ("owner", owners[here])):
                made[name].append(value)
            for name in ("holder", "step", "resource", "cause"):
                made[name].append(stored[name][here])
            here, end = goes_on[here], begin
    return {name: values for name, values in made.items() if name not in ("lasts", "onto")}


def births_of(table):
    """Numbers of those who were born, and of their groups; 0 for none."""
    numbers = [value % 2**32 for value in above(table["further"][()].tolist())]
    back = table["back"][()].tolist()
    return {"entity": numbers, "parent": [(n - b) % 2**32 if b else 0 for n, b in zip(numbers, back)]}


def names_of(trace, roles):
    """Hashes by number, as names make them."""
    hashes = trace["identities/hash"][()].tolist()
    born = births_of(trace["born"])
    rest = (trace["born"][name][()].tolist() for name in ("ordinal", "role"))
    called = {number: (roles[role].split("/")[-1], parent, ordinal)
              for number, parent, ordinal, role in zip(*born.values(), *rest)}
    for number in sorted(called):
        word, parent, ordinal = called[number]
        if parent < number:
            start = chain(hashes[parent - 1], name_hash(word)) if parent else name_hash(word)
            hashes[number - 1] ^= mix(chain(start, ordinal))
    return hashes


def mix(x):
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) % 2**64
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) % 2**64
    return x ^ x >> 31


def chain(h, value):
    return mix(((h << 25 | h >> 39) % 2**64 + 0x9E3779B97F4A7C15 + value) % 2**64)


def name_hash(name):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return mix(h)


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
    if name == "ended":
        rest = zip(values["late"], values["unexplained"], *(values[cause] for cause in CAUSES))
        values["unexplained"] = [end - sum(parts) for end, *parts in rest]
    return values


with h5py.File(sys.argv[1], "r") as trace:
    print("format", trace.attrs["format"].decode(), trace.attrs["schema_version"])
    print("seed", trace.attrs["seed"], trace.attrs["fingerprint"].decode())
    print("steps", *trace["/dictionary/steps"].asstr()[:])
    who = [0, *names_of(trace, trace["dictionary/roles"].asstr()[:])]
    tables = {name: trace[name] for name in trace if name not in ("dictionary", "entities")}
    tables.update((f"entities/{name}", table) for name, table in trace["entities"].items())
    made = {name: values_of(name, table) for name, table in tables.items() if isinstance(table, h5py.Group)}
    made["born"].update(births_of(trace["born"]))
    made["marks"].update(marks_of(trace["marks"], made["steps"]))
    made["paths"] = paths_of(trace["paths"], trace["path_heads"], made["ended"])
    for name, columns in made.items():
        for column, values in columns.items():
            if column in ("entity", "owner", "holder", "parent"):
                values = [who[number] for number in values]
            unit = trace[name][column].attrs["unit"].decode() if column in trace[name] else ""
            print(f"{name}/{column}", len(values), sum(values) % 2**64, unit or "-")
