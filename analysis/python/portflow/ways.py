"""Critical paths and moves of a trace as data frames."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .clock import durations, instants
from .errors import unknown
from .file import File
from .roster import Roster
from .stored import CAUSES
from .tables import find_entity, named


def paths(file: File, roster: Roster, entity: str | int | None) -> pd.DataFrame:
    """Segments of critical paths; see Trace.paths."""
    schema = file.schema
    resources = tuple(one.name for one in schema.resources)
    ids = file.column("paths", "entity")
    begin = file.column("paths", "begin")
    # The record has each path from its end, and the rows of an entity together.
    place = np.cumsum(np.append(False, ids[1:] != ids[:-1])) if len(ids) else ids.astype(np.int64)
    order = np.lexsort((-np.arange(len(ids)), place))
    if entity is not None:
        order = order[ids[order] == np.uint64(find_entity(roster, entity))]
    begin, end = begin[order], file.column("paths", "end")[order]
    return pd.DataFrame(
        {
            "entity": roster.spell(ids[order]),
            "cause": named(file.column("paths", "cause", len(CAUSES))[order], tuple(CAUSES)),
            "owner": roster.spell(file.column("paths", "owner")[order]),
            "step": named(file.column("paths", "step", len(schema.steps))[order], schema.steps),
            "resource": named(file.column("paths", "resource", len(resources))[order], resources),
            "holder": roster.spell(file.column("paths", "holder")[order]),
            "begin": instants(begin),
            "end": instants(end),
            "lasts": durations(end - begin),
            "id": ids[order],
        }
    )


def moves(
    file: File, roster: Roster, entity: str | int | None, route: str | None
) -> pd.DataFrame:
    """Ways on routes; see Trace.moves."""
    schema = file.schema
    roles = tuple(one.name for one in schema.roles)
    codes = file.column("moves", "route", len(schema.routes))
    ids = file.column("moves", "entity")
    rows = np.ones(len(ids), dtype=bool)
    if route is not None:
        if route not in schema.routes:
            raise unknown(file.path, "route", route, schema.routes)
        rows &= codes == schema.routes.index(route)
    if entity is not None:
        rows &= ids == np.uint64(find_entity(roster, entity))
    begin, end = file.column("moves", "begin")[rows], file.column("moves", "end")[rows]
    return pd.DataFrame(
        {
            "entity": roster.spell(ids[rows]),
            "route": named(codes[rows], schema.routes),
            "role": named(file.column("moves", "role", len(roles))[rows], roles),
            "begin": instants(begin),
            "end": instants(end),
            "lasts": durations(end - begin),
            "id": ids[rows],
        }
    )
