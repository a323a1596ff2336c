"""What became of entities: their marks and their ends, looked up for many at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .file import File
from .roster import Ids, places_of

Flags = npt.NDArray[np.bool_]
Milliseconds = npt.NDArray[np.int64]


class Moments(NamedTuple):
    """One instant of each of many entities: set, skipped (void) or missing."""

    is_set: Flags
    is_void: Flags
    at: Milliseconds  # where set


def never(count: int) -> Moments:
    """A moment that none of `count` entities has."""
    no = np.zeros(count, dtype=bool)
    return Moments(no, no, np.zeros(count, dtype=np.int64))


class _Index:
    """First row of every entity of some rows."""

    def __init__(self, ids: Ids, at: Milliseconds) -> None:
        self._keys, first = np.unique(ids, return_index=True)
        self._at = at[first]
        self._order = np.arange(len(self._keys))

    def find(self, ids: Ids) -> tuple[Flags, Milliseconds]:
        places = places_of(ids, self._order, self._keys)
        if len(self._keys) == 0:
            return places >= 0, np.zeros(len(ids), dtype=np.int64)
        return places >= 0, np.where(places >= 0, self._at[places], 0)


class Lives:
    """Marks and ends of a trace.

    A mark is written once; a branch that skipped its step may void it before another sets it.
    """

    def __init__(self, file: File) -> None:
        schema = file.schema
        self._codes = {name: code for code, name in enumerate(schema.marks)}
        self._mark = file.column("marks", "mark", len(schema.marks))
        self._entity = file.column("marks", "entity")
        self._void = file.column("marks", "is_void") != 0
        self._at = file.column("marks", "at")
        self._payer_of = file.column("ledger", "entity")
        self._item = file.column("ledger", "item", len(schema.items))
        self._amount = file.column("ledger", "amount")
        self._found: dict[str, tuple[_Index, _Index]] = {}
        self._ended = _Index(file.column("ended", "entity"), file.column("ended", "end"))
        # How far the record reaches, which a killed run cuts short.
        stamps = (self._at, file.column("ended", "at"), file.column("levels", "at"))
        self.known_until = max([0, *(int(at.max()) for at in stamps if len(at))])

    def ended(self, ids: Ids) -> tuple[Flags, Milliseconds]:
        """Which of these entities have ended, and when."""
        return self._ended.find(ids)

    def booked(self, ids: Ids, items: Flags) -> npt.NDArray[np.int64]:
        """Parts booked for each of these entities as one of `items` (by code)."""
        total = np.zeros(len(ids), dtype=np.int64)
        rows = items[self._item] if len(items) else np.zeros(len(self._item), dtype=bool)
        keys = np.unique(ids)
        if len(keys) == 0:
            return total
        places = np.searchsorted(keys, self._payer_of[rows])
        known = np.minimum(places, len(keys) - 1)
        mine = keys[known] == self._payer_of[rows]
        sums = np.zeros(len(keys), dtype=np.int64)
        np.add.at(sums, known[mine], self._amount[rows][mine])
        total[:] = sums[np.searchsorted(keys, ids)]
        return total

    def moments(self, name: str, ids: Ids, created: Milliseconds) -> Moments:
        """`created`, `done` or a mark of these entities; never where no step sets it."""
        if name == "created":
            yes = np.ones(len(ids), dtype=bool)
            return Moments(yes, ~yes, created)
        if name == "done":
            ended, at = self.ended(ids)
            return Moments(ended, np.zeros(len(ids), dtype=bool), at)
        if name not in self._codes:
            return never(len(ids))
        if name not in self._found:
            rows = self._mark == self._codes[name]
            one_set, void = rows & ~self._void, rows & self._void
            self._found[name] = (
                _Index(self._entity[one_set], self._at[one_set]),
                _Index(self._entity[void], self._at[void]),
            )
        of_set, of_void = self._found[name]
        is_set, at = of_set.find(ids)
        is_void, _ = of_void.find(ids)
        return Moments(is_set, is_void & ~is_set, at)
