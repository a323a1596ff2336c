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
# A column of the table, or a value that is made of some; `=name` as stored, `/table/name` of another.
Read = Callable[[str], Column]


def summed(steps: Column) -> Column:
    """Values of which each row has what it is more than the row above."""
    values = steps.copy()
    for begin in range(0, len(steps), CHUNK):
        part = slice(begin, begin + CHUNK)
        np.cumsum(steps[part], out=values[part])
    return values


def unfolded(values: Column) -> Column:
    """Differences of either sign from the small numbers that stand for them."""
    return (values >> 1) ^ -(values & 1)


def _mark(read: Read, of_step: str, own: str) -> Column:
    """Values of marks, which lean on rows of /steps; in front and in level kpi on the mark above."""
    rows, values = read("rows_of_steps"), read(own).copy()
    first = int(np.searchsorted(rows, 1))
    if own == "later":
        values[:first] = summed(values[:first])
    if first < len(rows):
        values[first:] += read(of_step)[rows[first:].astype(np.int64) - 1]
    return values


def _walks(read: Read) -> Column:
    """Of each segment of all paths its row in /ended and its row in /paths: two columns."""
    own, back = read("/path_heads/own").astype(np.int64), read("/path_heads/back").astype(np.int64)
    if len(own) > len(read("/ended/at")) or own.sum() > len(read("=lasts")):
        raise IndexError("/path_heads does not fit /paths and /ended")
    first = np.cumsum(own) - own
    if np.any(back > first):
        raise IndexError("a path goes on before there is any")
    tail = np.where(back > 0, first - back, -1)
    then = np.arange(1, len(read("=lasts")) + 1)
    then[(first + own - 1)[own > 0]] = tail[own > 0]
    place = np.arange(len(own))
    row = np.where(own > 0, first, tail)
    walks = []
    while len(row):
        place, row = place[row >= 0], row[row >= 0]
        walks.append(np.stack([place, row], axis=1))
        row = then[row]
    segments = np.concatenate([np.zeros((0, 2), dtype=np.int64), *walks])
    # Each turn has one segment of every path that is not over.
    ordered: Column = segments[np.argsort(segments[:, 0], kind="stable")]
    return ordered


def _of_path(name: str) -> Callable[[Read], Column]:
    def values(read: Read) -> Column:
        column: Column = read(f"={name}")[read("walks")[:, 1]]
        return column

    return values


def _of_end(name: str) -> Callable[[Read], Column]:
    def values(read: Read) -> Column:
        column: Column = read(f"/ended/{name}")[read("walks")[:, 0]]
        return column

    return values


def _since_first(steps: Column, own: Column) -> Column:
    """Sums that begin anew where another path does; `own` says how many rows each has."""
    sums = np.cumsum(steps, dtype=steps.dtype)
    own = own[own > 0].astype(np.int64)
    first = np.cumsum(own) - own
    before: Column = np.repeat(sums[first] - steps[first], own)
    return sums[: len(before)] - before


def _end_of_segment(read: Read) -> Column:
    lasts = read("lasts")
    own = np.bincount(read("walks")[:, 0]) if len(lasts) else np.zeros(0, dtype=np.int64)
    end: Column = _of_end("end")(read) - _since_first(lasts, own) + lasts
    return end


def _owner(read: Read) -> Column:
    own = read("/path_heads/own").astype(np.int64)
    of_path = np.repeat(read("/ended/entity")[: len(own)], own)
    owners = of_path - _since_first(unfolded(read("=onto")), own)
    owner: Column = owners[read("walks")[:, 1]]
    return owner


def _parent_number(read: Read) -> Column:
    back = read("back")
    parent: Column = (read("number") - back) * (back != 0)
    return parent


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
    "marks": {
        "rows_of_steps": lambda read: summed(read("steps")),
        "at": lambda read: _mark(read, "/steps/at", "later"),
        "number": lambda read: _mark(read, "/steps/entity", "further"),
    },
    "paths": {
        "walks": _walks,
        "at": _of_end("at"),
        "number": _of_end("entity"),
        **{name: _of_path(name) for name in ("lasts", "step", "resource", "cause")},
        "end": _end_of_segment,
        "begin": lambda read: read("end") - read("lasts"),
        "owner_number": _owner,
        "holder_number": _of_path("holder"),
    },
    "born": {
        "number": lambda read: summed(read("further")),
        "parent_number": _parent_number,
    },
}
_NUMBERS = {
    "marks": {"entity": "number"},
    "paths": {"entity": "number", "owner": "owner_number", "holder": "holder_number"},
    "born": {"entity": "number", "parent": "parent_number"},
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
