"""Values of columns from what a trace stores of them: times as differences, entities as numbers.

docs/reference/trace.md says what each stored column is. Differences begin anew in every CHUNK rows.
"""

from __future__ import annotations

from typing import Any, Callable

import numpy as np
import numpy.typing as npt

CHUNK = 16384
CAUSES = (
    "working",
    "travel",
    "message",
    "down",
    "closed",
    "behind",
    "busy",
    "batch",
    "not_due",
    "not_yet_filed",
)

Column = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]
Read = Callable[[str], Column]  # a column of the table as stored, or a value that is made of some


def summed(steps: Column) -> Column:
    """Values of which each row has what it is more than the row above."""
    values = steps.copy()
    for begin in range(0, len(steps), CHUNK):
        part = slice(begin, begin + CHUNK)
        np.cumsum(steps[part], out=values[part])
    return values


def _goes_on(read: Read) -> Flags:
    """Whether a row of /paths belongs to the path of the row above."""
    same = np.zeros(len(read("at")), dtype=bool)
    for name in ("at", "number"):
        values = read(name)
        alike = values[1:] == values[:-1]
        same[1:] = alike if name == "at" else same[1:] & alike
    same[::CHUNK] = False
    return same


def _summed_by_path(steps: Column, same: Flags) -> Column:
    """Sums from the first row of each path on."""
    sums = np.cumsum(steps, dtype=steps.dtype)
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(same))))
    since: Column = sums - sums[first] + steps[first]
    return since


def _end_of_segment(read: Read) -> Column:
    same, lasts = _goes_on(read), read("lasts")
    before = np.append(lasts[:0], np.where(same[1:], lasts[:-1], 0))
    back = read("gap") + np.append(np.zeros(min(1, len(lasts)), dtype=lasts.dtype), before)
    return read("at") - _summed_by_path(back, same)


def _owner(read: Read) -> Column:
    owner: Column = read("number") - _summed_by_path(read("onto"), _goes_on(read))
    return owner


def _created(read: Read) -> Column:
    return read("end") - read("unexplained") - sum(read(cause) for cause in CAUSES)


_AT: dict[str, Callable[[Read], Column]] = {"at": lambda read: summed(read("after"))}
_OF_TABLE: dict[str, dict[str, Callable[[Read], Column]]] = {
    "steps": {
        "start": lambda read: read("at") - read("service"),
        "ready": lambda read: read("start") - read("wait"),
    },
    "ended": {"end": lambda read: read("at") - read("late"), "created": _created},
    "moves": {
        "begin": lambda read: read("at") + read("ahead"),
        "end": lambda read: read("begin") + read("lasts"),
    },
    "paths": {
        "number": lambda read: summed(read("further")),
        "end": _end_of_segment,
        "begin": lambda read: read("end") - read("lasts"),
        "owner_number": _owner,
    },
    "entities": {
        "created": lambda read: summed(read("after")),
        "number": lambda read: summed(read("further")),
        "parent_number": lambda read: summed(read("parent_further")),
        "ordinal": lambda read: summed(read("ordinal_further")),
    },
}
_NUMBERS = {
    "paths": {"entity": "number", "owner": "owner_number", "holder": "holder"},
    "entities": {"entity": "number", "parent": "parent_number"},
}


def rule(table: str, name: str) -> Callable[[Read], Column] | None:
    """How a column is made of others of its table; None where it is stored as it is."""
    kind = table.partition("/")[0]
    return _OF_TABLE.get(kind, {}).get(name) or (_AT.get(name) if kind != "keyframes" else None)


def number_column(table: str, name: str) -> str | None:
    """Which column of `table` has the numbers of the entities in its column `name`."""
    kind = table.partition("/")[0]
    if kind in _NUMBERS:
        return _NUMBERS[kind].get(name)
    return name if name == "entity" else None
