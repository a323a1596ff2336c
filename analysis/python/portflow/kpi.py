"""The KPIs of the scenario, and groups of them, folded from the record (sim/kpi/plan.cpp)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from . import folds
from .automatic import outage
from .condition import Read, Refused, holds
from .errors import DamagedTrace
from .figure import Figure
from .file import File
from .folds import Observed
from .lives import Lives, Moments, never
from .roster import Roster, short_name
from .schema import Definition, Schema
from .units import conversion

# What the value of a kind is.
_FIXED = {"share": "share", "count": "sum", "unfinished": "sum", "outage": "mean"}


@dataclass
class _Group:
    """The whole of a KPI, or one category of it."""

    name: str
    category: str
    by: str
    parts: list[Observed] = field(default_factory=list)
    weight_unit: str = ""
    factor: float = 1.0


def kpi_figures(file: File, roster: Roster, lives: Lives) -> list[Figure]:
    """Every KPI of the scenario in its order, each followed by its groups.

    The cohort is what was created in [cohort_from, to).
    """
    schema = file.schema
    figures: list[Figure] = []
    taken: set[str] = set()
    for definition in schema.definitions:
        groups = _groups(definition, roster, taken)
        _observe(definition, groups, schema, roster, lives)
        figures += [_figure(definition, group, file) for group in groups]
    return figures


def _groups(definition: Definition, roster: Roster, taken: set[str]) -> list[_Group]:
    groups = [_Group(definition.name, "", "")]
    taken.add(definition.name)
    for by in definition.by:
        seen: set[str] = set()
        for code, role in enumerate(roster.roles):
            read = roster.read(code, by) if role.type == definition.of else None
            if read is None:
                continue
            # Of the names that a role fixes, only its own is a group.
            fixed = {"flow": role.flow, "role": short_name(role.name)}.get(by)
            for category in read.categories if fixed is None else (fixed,):
                if category in seen:
                    continue
                seen.add(category)
                name = f"{definition.name}.{category}"
                if name in taken:
                    name = f"{definition.name}.{by.rpartition('.')[2]}.{category}"
                taken.add(name)
                groups.append(_Group(name, category, by))
    return groups


def _observe(
    definition: Definition, groups: list[_Group], schema: Schema, roster: Roster, lives: Lives
) -> None:
    refusal, measured = "", False
    for code, role in enumerate(roster.roles):
        if role.type != definition.of:
            continue
        try:
            wanted = _wanted(definition, code, schema, roster)
        except Refused as why:
            refusal = refusal or str(why)
            continue
        measured = True
        weight = roster.read(code, definition.weight) if definition.weight else None
        unit = roster.unit(code, definition.weight) if definition.weight else ""
        for group in groups:
            chosen = wanted
            if group.by:
                read = roster.read(code, group.by)
                if read is None or group.category not in read.categories:
                    continue
                chosen = wanted & (read.values == read.categories.index(group.category))
            group.weight_unit, group.factor = unit, conversion(unit, definition.unit)
            values = None if weight is None else weight.values[chosen]
            group.parts.append(_look(definition, code, chosen, values, schema, roster, lives))
    if refusal and not measured:
        raise DamagedTrace(
            f"{roster.path}: KPI {definition.name}: no {definition.of} "
            f"can be asked `{definition.where}`: {refusal}"
        )


def _own_categories(read: Read) -> tuple[str, ...]:
    # A flag stands alone: it has no categories to be compared with.
    return () if read.categories == ("no", "yes") else read.categories


def _comparable(name: str, code: int, read: Read, roster: Roster) -> tuple[str, ...]:
    """Those of the role, then those that only other roles of its type know: nobody has them."""
    known = list(_own_categories(read))
    if not known:
        return ()
    for other, role in enumerate(roster.roles):
        if other == code or role.type != roster.roles[code].type:
            continue
        found = roster.read(other, name)
        known += [word for word in _own_categories(found) if word not in known] if found else []
    return tuple(known)


def _wanted(
    definition: Definition, code: int, schema: Schema, roster: Roster
) -> npt.NDArray[np.bool_]:
    births = roster.births[code]

    def look_up(name: str) -> Read | None:
        read = roster.read(code, name)
        if read is None or not read.categories:
            return read
        return read._replace(categories=_comparable(name, code, read, roster))

    if definition.weight and roster.read(code, definition.weight) is None:
        raise Refused(f"it has no `{definition.weight}` to weigh by")
    in_cohort = (births.created >= schema.cohort_from_ms) & (births.created < schema.to_ms)
    return in_cohort & holds(definition.where, look_up, len(births.ids))


def _booked(
    definition: Definition, ids: npt.NDArray[np.uint64], schema: Schema, lives: Lives
) -> npt.NDArray[np.int64]:
    if definition.kind != "ledger":
        return np.zeros(len(ids), dtype=np.int64)
    items = [
        (not definition.items or item.name in definition.items)
        and definition.payer in ("", item.payer)
        and definition.book == item.ledger
        and definition.payee in ("", item.payee)
        and definition.bearer in ("", item.bearer)
        for item in schema.items
    ]
    return lives.booked(ids, np.array(items, dtype=bool))


def _look(
    definition: Definition,
    code: int,
    chosen: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64] | None,
    schema: Schema,
    roster: Roster,
    lives: Lives,
) -> Observed:
    births = roster.births[code]
    ids, created = births.ids[chosen], births.created[chosen]

    def moments(name: str) -> Moments:
        return lives.moments(name, ids, created) if name else never(len(ids))

    return Observed(
        ids=ids,
        created=created,
        ended=lives.ended(ids)[0],
        begin=moments(definition.begin),
        end=moments(definition.end),
        marked=moments(definition.marked),
        weight=np.ones(len(ids)) if weight is None else weight,
        booked=_booked(definition, ids, schema, lives),
        known_until=lives.known_until,
    )


def _figure(definition: Definition, group: _Group, file: File) -> Figure:
    suffix = f" ({group.category})" if group.category else ""
    figure = Figure(
        name=group.name,
        kind=definition.kind,
        statistic=_FIXED.get(definition.kind, definition.statistic),
        unit=definition.unit,
        better=definition.better,
        target=definition.target,
        title_zh=definition.title_zh + suffix if definition.title_zh else "",
        title_en=definition.title_en + suffix if definition.title_en else "",
    )
    seen = folds.joined(group.parts)
    if definition.kind == "span":
        folds.span(figure, definition, seen, file.schema.follow_ms)
    elif definition.kind == "share":
        folds.share(figure, definition, seen, group.weight_unit)
    elif definition.kind == "count":
        folds.count(figure, definition, seen, group.weight_unit, group.factor)
    elif definition.kind == "unfinished":
        folds.unfinished(figure, seen)
    elif definition.kind == "ledger":
        folds.ledger(figure, seen)
    elif definition.kind == "outage":
        figure.value = outage(file, definition.of, definition.unit)
    else:
        raise DamagedTrace(f"KPI {definition.name}: unknown kind {definition.kind}")
    return figure
