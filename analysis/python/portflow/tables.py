"""Tables of a trace as data frames, with names instead of codes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .clock import durations, instants
from .errors import TraceError, unknown
from .file import NONE, Column, File
from .lives import Lives
from .roster import Roster
from .schema import Attribute
from .stored import CAUSES
from .units import SHOWN, UNITS, ledger_parts_in

Rows = npt.NDArray[np.bool_]


def named(codes: Column, names: tuple[str, ...]) -> npt.NDArray[np.object_]:
    """The name of each code; None where the code stands for nothing."""
    all_names = np.array([*names, None], dtype=object)
    texts: npt.NDArray[np.object_] = all_names[np.where(codes == NONE, len(names), codes)]
    return texts


def find_entity(roster: Roster, entity: str | int) -> int:
    """The id of an entity given by name or id.

    Raises UnknownName, and TraceError for a name that several entities bear.
    """
    found: list[int] = []
    for code, births in enumerate(roster.births):
        if isinstance(entity, int):
            found += [entity] * int((births.ids == np.uint64(entity)).any())
            continue
        stem = births.role.name.split("/")
        if [word.rpartition("-")[0] for word in entity.split("/")] == stem:
            found += [int(one) for one in births.ids[roster.names(code) == entity]]
    if len(found) == 1:
        return found[0]
    if found:
        raise TraceError(f"{roster.path}: {len(found)} entities are called '{entity}': {found}")
    names = [name for code in range(len(roster.roles)) for name in roster.names(code)]
    raise unknown(roster.path, "entity", str(entity), names if isinstance(entity, str) else [])


def stages(file: File, roster: Roster, entity: str | int | None, step: str | None) -> pd.DataFrame:
    """Steps that ended; see Trace.stages."""
    schema = file.schema
    codes = file.column("steps", "step", len(schema.steps))
    ids = file.column("steps", "entity")
    rows = np.ones(len(ids), dtype=bool)
    if step is not None:
        if step not in schema.steps:
            raise unknown(file.path, "step", step, schema.steps)
        rows &= codes == schema.steps.index(step)
    if entity is not None:
        rows &= ids == np.uint64(find_entity(roster, entity))
    ready, start = file.column("steps", "ready")[rows], file.column("steps", "start")[rows]
    end = file.column("steps", "at")[rows]
    resources = tuple(one.name for one in schema.resources)
    held = file.column("steps", "resource", len(resources))[rows]
    return pd.DataFrame(
        {
            "entity": roster.spell(ids[rows]),
            "step": named(codes[rows], schema.steps),
            "resource": named(held, resources),
            "ready": instants(ready),
            "start": instants(start),
            "end": instants(end),
            "wait": durations(start - ready),
            "service": durations(end - start),
            "id": ids[rows],
        }
    )


def entities(file: File, roster: Roster, lives: Lives, role: str) -> pd.DataFrame:
    """The entities of a role; see Trace.entities."""
    names = [one.name for one in file.schema.roles]
    if role not in names:
        raise unknown(file.path, "role", role, names)
    code = names.index(role)
    births = roster.births[code]
    ended, at = lives.ended(births.ids)
    frame = pd.DataFrame(
        {
            "created": instants(births.created),
            "ended": pd.Series(instants(at)).where(ended).array,
            "total": pd.Series(durations(at - births.created)).where(ended).array,
            "id": births.ids,
        },
        index=pd.Index(roster.names(code), name="entity"),
    )
    for attribute in births.role.attributes:
        heading, values = _shown(attribute, births.attributes[attribute.name])
        frame[heading] = values
    return frame


def _shown(attribute: Attribute, values: npt.NDArray[np.float64]) -> tuple[str, object]:
    """Heading and values: categories as text, flags as booleans, times as Timedeltas."""
    if attribute.categories:
        codes = np.where(np.isnan(values), NONE, values).astype(np.int64)
        words = named(codes, attribute.categories)
        if attribute.categories == ("no", "yes") and not np.isnan(values).any():
            return attribute.name, values == 1
        return attribute.name, words
    if attribute.unit == "ms":
        return attribute.name, pd.to_timedelta(values, unit="ms")
    unit = SHOWN.get(attribute.unit, attribute.unit)
    factor = UNITS[unit][1] if attribute.unit in SHOWN else 1.0
    heading = attribute.name if unit in ("", "1") else f"{attribute.name} [{unit}]"
    return heading, values / factor


def causes(file: File, roster: Roster) -> pd.DataFrame:
    """Where the time of every ended entity went; see Trace.causes."""
    roles = tuple(one.name for one in file.schema.roles)
    ids = file.column("ended", "entity")
    created, end = file.column("ended", "created"), file.column("ended", "end")
    frame = pd.DataFrame(
        {
            "role": named(file.column("ended", "role", len(roles)), roles),
            "created": instants(created),
            "ended": instants(end),
            "total": durations(end - created),
        },
        index=pd.Index(roster.spell(ids), name="entity"),
    )
    for cause in CAUSES:
        frame[cause] = durations(file.column("ended", cause))
    return frame


def ledger(file: File, roster: Roster, which: str) -> pd.DataFrame:
    """What was booked in one ledger; see Trace.ledger and Trace.risks."""
    schema = file.schema.items
    items = file.column("ledger", "item", len(schema))
    mine = np.array([item.ledger == which for item in schema], dtype=bool)[items]
    items = items[mine]
    parts = np.array([ledger_parts_in(item.unit) for item in schema])[items]
    frame = pd.DataFrame(
        {
            "at": instants(file.column("ledger", "at")[mine]),
            "item": named(items, tuple(item.name for item in schema)),
            "entity": roster.spell(file.column("ledger", "entity")[mine]),
        }
    )
    amounts = file.column("ledger", "amount")[mine] / parts
    if which == "costs":
        frame["amount [CNY]"] = amounts
        return frame
    frame["bearer"] = named(items, tuple(item.bearer for item in schema))
    frame["amount"] = amounts
    frame["unit"] = named(items, tuple(item.unit for item in schema))
    return frame
