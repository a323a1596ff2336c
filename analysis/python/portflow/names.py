"""Hashes of entities from what they are called, as sim/core/hash.hpp makes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]

_MASK = 2**64 - 1


def _mix(x: Column) -> Column:
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Column = x ^ (x >> np.uint64(31))
    return mixed


def _chain(start: Column, value: Column) -> Column:
    turned = (start << np.uint64(25)) | (start >> np.uint64(39))
    return _mix(turned + np.uint64(0x9E3779B97F4A7C15) + value)


def word_hash(role: str) -> Column:
    """The hash of the last word of a role's name (FNV-1a, then mixed)."""
    value = 0xCBF29CE484222325
    for byte in role.rsplit("/", 1)[-1].encode():
        value = (value ^ byte) * 0x100000001B3 & _MASK
    return _mix(np.array([value], dtype=np.uint64))


def hashes(
    changes: Column, roles: list[str], role: Column, number: Column, parent: Column, ordinal: Column
) -> Column:
    """The hash of entity n at n; 0 at 0, which is nobody.

    changes: /identities/hash: what is to be changed (xor) in the hash that a name says. Names
    count where the parent has a smaller number, else they say 0.
    roles: their names; the other columns are those of /born, `role` an index into these names.
    """
    made: Column = np.concatenate([np.zeros(1, dtype=np.uint64), changes])
    known = np.ones(len(made), dtype=bool)
    number, parent = number.astype(np.int64), parent.astype(np.int64)
    word = np.array([word_hash(name)[0] for name in roles], dtype=np.uint64)[role]
    if len(number) and int(number.max()) >= len(made):
        raise IndexError("an entity has no identity")
    first = np.zeros(len(made), dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    # Whoever a record bears twice is called as at first.
    left = np.flatnonzero((parent < number) & (first[number] == np.arange(len(number))))
    known[number[left]] = False
    while len(left):  # once for each generation
        ready = known[parent[left]]
        now, left = left[ready], left[~ready]
        start = np.where(parent[now] == 0, word[now], _chain(made[parent[now]], word[now]))
        made[number[now]] ^= _mix(_chain(start, ordinal[now].astype(np.uint64)))
        known[number[now]] = True
    return made
