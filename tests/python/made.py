"""A trace written by hand: two ships, four boxes, small enough to reckon on paper.

The cohort is born from hour 0 to before hour 100; the record follows it for 10 h. Times below are
hours since 2024-01-01 00:00 UTC+08:00.

    ship-1  A, born at 0, done at 50
      box-1   born  1, 1 TEU,    landed  2, cleared  5, done  6: 3 h
      box-2   born  2, 2.25 TEU, landed  4, cleared 11, done 12: 7 h
    ship-2  B, born at 30, not done
      box-1   born 31, 2 TEU,    landed 40, not cleared: unfinished, watched for 20 h
      box-2   born 32, 1 TEU,    its landing was skipped, done at 33: outside
    ship-3  A, born at 100: outside of the cohort
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

EPOCH = 1_704_067_200_000  # 2024-01-01 00:00 UTC+08:00
HOUR = 3_600_000
ROLES = ["ships", "ships/boxes"]

SPAN = {
    "name": "clearance",
    "kind": "span",
    "of": "box",
    "from": "landed",
    "to": "cleared",
    "statistic": "mean",
    "unit": "h",
    "better": "lower",
    "by": ["ship.line"],
}


def at(hours: float) -> int:
    return EPOCH + round(hours * HOUR)


def schema(definitions: list[dict[str, Any]]) -> dict[str, Any]:
    def attribute(name: str, unit: str, *categories: str) -> dict[str, Any]:
        return {"name": name, "unit": unit, "categories": categories}

    def role(name: str, kind: str, procedure: str, *attributes: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": name,
            "type": kind,
            "procedure": procedure,
            "flow": "import",
            "mode": "",
            "attributes": attributes,
        }

    return {
        "scenario_name": "by-hand",
        "scenario_title": {"zh": "手算", "en": "By hand"},
        "measures": ["m04"],
        "engine": "0",
        "seed": 7,
        "replication": 0,
        "from_ms": at(0),
        "to_ms": at(100),
        "cohort_from_ms": at(0),
        "follow_ms": 10 * HOUR,
        "level_span_ms": HOUR,
        "kpi_definitions": json.dumps(definitions),
        "marks": ["cleared", "landed"],
        "steps": ["box.land", "box.clear"],
        "routes": [],
        "items": [{"name": "thc", "unit": "CNY", "payer": "x", "payee": "y",
                   "ledger": "costs", "bearer": ""}],
        "roles": [
            role("ships", "ship", "call", attribute("line", "", "A", "B")),
            role(
                "ships/boxes",
                "box",
                "import_box",
                attribute("fee", "fen"),
                attribute("reefer", "", "no", "yes"),
                attribute("teu", "TEU"),
            ),
        ],
        "resources": [{"name": "quay.crane", "unit": "crane", "wait_target_ms": 60_000.0}],
    }


def tables() -> dict[str, list[Any]]:
    """Columns by path."""
    ship, box, steps = "entities/ships/", "entities/ships.boxes/", "steps/"
    return {
        "born/at": [at(h) for h in (0, 1, 2, 30, 31, 32, 100)],
        "born/role": [0, 1, 1, 0, 1, 1, 0],
        "born/entity": [11, 21, 22, 12, 23, 24, 13],
        "born/parent": [0, 11, 11, 0, 12, 12, 0],
        "born/ordinal": [1, 1, 2, 2, 1, 2, 3],
        ship + "line": [0, 1, 0],
        box + "fee": [10050.0, 200.0, 5.0, 0.0],
        box + "reefer": [0, 1, 1, 0],
        box + "teu": [1.0, 2.25, 2.0, 1.0],
        "marks/at": [at(h) for h in (2, 4, 5, 11, 33, 40)],
        "marks/entity": [21, 22, 21, 22, 24, 23],
        "marks/mark": [1, 1, 0, 0, 1, 1],
        "marks/is_void": [0, 0, 0, 0, 1, 0],
        steps + "at": [at(2), at(5)],
        steps + "ready": [at(1), at(2)],
        steps + "start": [at(1.5), at(4)],
        steps + "entity": [21, 21],
        steps + "step": [0, 1],
        steps + "resource": [0, 65535],
        "ended/at": [at(h) for h in (6, 12, 33, 50)],
        "ended/end": [at(h) for h in (6, 12, 33, 50)],
        "ended/created": [at(h) for h in (1, 2, 32, 0)],
        "ended/entity": [21, 22, 24, 11],
        "ended/role": [1, 1, 1, 0],
        **{f"ended/{cause}": [0, 0, 0, 0] for cause in
           "travel message down closed behind busy batch not_due not_yet_filed".split()},
        "ended/working": [5 * HOUR, 10 * HOUR, HOUR, 50 * HOUR],
        # Two hours of the crane, the record's last stamp at hour 60.
        "levels/at": [at(1), at(2), at(60)],
        "levels/span": [HOUR, HOUR, HOUR],
        "levels/busy": [HOUR, 0, 0],
        "levels/queued": [HOUR // 2, 0, 0],
        "levels/capacity": [2 * HOUR, 2 * HOUR, 0],
        "levels/waited": [90_000, 0, 0],
        "levels/started": [2, 1, 0],
        "levels/queue_max": [3, 0, 0],
        "levels/queue_now": [0, 0, 1],
        "levels/resource": [0, 0, 0],
        "ledger/at": [at(3)],
        "ledger/amount": [115_500],
        "ledger/entity": [21],
        "ledger/item": [0],
    }


def _steps(values: list[Any]) -> list[Any]:
    """Each value less the one before it."""
    return [value - before for value, before in zip(values, [0, *values])]


def _less(a: list[Any] | None, *others: list[Any] | None) -> list[Any] | None:
    """What is left of `a` without the others; None where one is not there."""
    if a is None or any(other is None for other in others):
        return None
    return [one - sum(rest) for one, *rest in zip(a, *(other or [] for other in others))]


_CAUSES = "working travel message down closed behind busy batch not_due not_yet_filed".split()


def stored(columns: dict[str, list[Any] | None]) -> dict[str, list[Any] | None]:
    """What a trace stores of columns: times as differences, entities as numbers."""
    left = dict(columns)
    held: dict[str, list[Any] | None] = {}
    hashes = [0]

    def numbers(values: list[Any]) -> list[int]:
        hashes.extend(dict.fromkeys(one for one in values if one not in hashes))
        return [hashes.index(one) for one in values]

    steps, ended = (
        {name: left.pop(f"{table}/{name}", None) for name in names.split()}
        for table, names in (("steps", "ready start"), ("ended", "end created"))
    )
    held["steps/service"] = _less(left["steps/at"], steps["start"])
    held["steps/wait"] = _less(steps["start"], steps["ready"])
    held["ended/late"] = _less(left["ended/at"], ended["end"])
    causes = [left[f"ended/{cause}"] for cause in _CAUSES]
    held["ended/unexplained"] = _less(ended["end"], ended["created"], *causes)
    for name, values in left.items():
        table, _, word = name.rpartition("/")
        if values is None:
            held[name] = None
        elif table == "marks" and word in ("at", "entity"):
            # No step set them: each is by itself.
            held["marks/later" if word == "at" else "marks/further"] = (
                _steps(values) if word == "at" else numbers(values)
            )
            held["marks/steps"] = [0] * len(values)
        elif word == "at":
            held[f"{table}/after"] = _steps(values)
        elif table == "born" and word == "entity":
            held["born/further"] = _steps(numbers(values))
        elif table == "born" and word == "parent":
            own = numbers(left["born/entity"] or [])
            held["born/back"] = [one - up if up else 0 for one, up in zip(own, numbers(values))]
        else:
            held[name] = numbers(values) if word == "entity" else values
    held["identities/hash"] = _changes(hashes, left, numbers)
    return held


def _changes(
    hashes: list[int], columns: dict[str, list[Any] | None], numbers: Callable[[list[Any]], list[int]]
) -> list[int]:
    """What is to be changed in the hashes that names say, so that these come out."""
    said = [0] * len(hashes)
    words = ("entity", "parent", "ordinal", "role")
    own, parent, ordinal, role = (columns[f"born/{word}"] or [] for word in words)
    for one, above, number, code in zip(numbers(own), numbers(parent), ordinal, role):
        if above < one:
            said[one] = called(ROLES[code], hashes[above], number)
    return [one ^ other for one, other in zip(hashes, said)][1:]


def called(role: str, parent: int, ordinal: int) -> int:
    """The hash of a name (sim/core/hash.hpp), in plain integers."""

    def mix(x: int) -> int:
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        x = (x ^ x >> 27) * 0x94D049BB133111EB % 2**64
        return x ^ x >> 31

    def chain(start: int, value: int) -> int:
        return mix(((start << 25 | start >> 39) + 0x9E3779B97F4A7C15 + value) % 2**64)

    word = 0xCBF29CE484222325
    for byte in role.rsplit("/", 1)[-1].encode():
        word = (word ^ byte) * 0x100000001B3 % 2**64
    return mix(chain(chain(parent, mix(word)) if parent else mix(word), ordinal))


_CELLS = {
    "role": "u2", "mark": "u2", "step": "u2", "resource": "u2", "item": "u2", "line": "u2",
    "reefer": "u2", "is_void": "u1", "entity": "u4", "hash": "u8",
    "steps": "u4", "further": "u4", "back": "u4", "ordinal": "u4",
    "fee": "f8", "teu": "f8", "started": "u4", "queue_max": "u4", "queue_now": "u4",
}  # fmt: skip


def cell(column: str) -> str:
    """Type of a column, from its last word."""
    return _CELLS.get(column.split("/")[-1], "i8")


def cells(name: str, values: list[Any]) -> np.ndarray[Any, Any]:
    """Values of a column as they stand in the file, where differences wrap around."""
    kind = cell(name)
    return np.array([one % 2**32 for one in values] if kind == "u4" else values, dtype=kind)


def describe(file: h5py.File, definitions: list[dict[str, Any]], fingerprint: str) -> None:
    """All but the columns."""
    file.attrs["format"] = np.bytes_("portflow-trace")
    file.attrs["schema_version"] = 4
    file.attrs["detail"] = np.bytes_("stages")
    file.attrs["fingerprint"] = np.bytes_(fingerprint)
    file.attrs["events"] = 9
    file.attrs["until_ms"] = at(110)
    file["schema"] = np.bytes_(json.dumps(schema(definitions)).encode())


def write(
    path: Path, definitions: list[dict[str, Any]] | None = None, **changes: list[Any] | None
) -> Path:
    """Writes the trace; `steps__at=[...]` replaces a column, `steps__at=None` leaves it out."""
    columns: dict[str, list[Any] | None] = dict(tables())
    columns.update((name.replace("__", "/"), values) for name, values in changes.items())
    with h5py.File(path, "w") as file:
        describe(file, definitions or [SPAN], "0123456789abcdef")
        for name, values in stored(columns).items():
            if values is not None:
                file[name] = cells(name, values)
    return path
