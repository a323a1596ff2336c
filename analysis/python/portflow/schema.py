"""What a trace says of itself: roles, resources, marks and the definitions of its KPIs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Attribute:
    """A value that every entity of a role has from birth."""

    name: str
    unit: str  # base unit; empty for categories and flags
    categories: tuple[str, ...]  # empty for numbers; ("no", "yes") for flags


@dataclass(frozen=True)
class Role:
    """A kind of entity as born by one source: `liners`, `liners/lots`."""

    name: str
    type: str  # ship, lot, box, passenger, ...
    procedure: str
    flow: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Resource:
    """A resource of a facility."""

    name: str  # `facility.resource`
    unit: str
    wait_target_ms: float  # 0 where none is promised


@dataclass(frozen=True)
class Item:
    """What money or a risk is booked as, and between whom."""

    name: str
    unit: str  # CNY, 1 (events) or a unit of time
    payer: str  # of costs
    payee: str
    ledger: str  # costs or risks
    bearer: str  # of risks


@dataclass(frozen=True)
class Definition:
    """A KPI as the scenario defines it (sim/kpi/definition.hpp)."""

    name: str
    kind: str
    of: str
    where: str
    begin: str  # mark, `created` or `done`
    end: str
    marked: str
    over_ms: int
    weight: str
    items: tuple[str, ...]  # ledger: these alone; none: all
    payer: str
    payee: str
    book: str  # ledger: costs or risks
    bearer: str
    statistic: str
    unit: str
    better: str
    target: float | None
    by: tuple[str, ...]
    title_zh: str
    title_en: str
    definition_zh: str
    definition_en: str


@dataclass(frozen=True)
class Schema:
    """Dictionaries of a trace, in the order of their codes, and its period in ms."""

    scenario: str
    title_zh: str
    title_en: str
    measures: tuple[str, ...]
    engine: str
    seed: int
    replication: int
    from_ms: int
    to_ms: int
    cohort_from_ms: int
    follow_ms: int
    level_span_ms: int
    marks: tuple[str, ...]
    steps: tuple[str, ...]
    items: tuple[Item, ...]
    routes: tuple[str, ...]
    roles: tuple[Role, ...]
    resources: tuple[Resource, ...]
    definitions: tuple[Definition, ...]


def _role(entry: dict[str, Any]) -> Role:
    attributes = tuple(
        Attribute(one["name"], one["unit"], tuple(one["categories"]))
        for one in entry["attributes"]
    )
    return Role(entry["name"], entry["type"], entry["procedure"], entry["flow"], attributes)


def _definition(entry: dict[str, Any]) -> Definition:
    def text(key: str, default: str = "") -> str:
        return str(entry.get(key, default))

    return Definition(
        name=text("name"),
        kind=text("kind", "span"),
        of=text("of"),
        where=text("where"),
        begin=text("from"),
        end=text("to"),
        marked=text("marked"),
        over_ms=int(entry.get("over_ms", 0)),
        weight=text("weight"),
        items=tuple(entry.get("items", ())),
        payer=text("payer"),
        payee=text("payee"),
        book=text("book", "costs"),
        bearer=text("bearer"),
        statistic=text("statistic", "mean"),
        unit=text("unit", "1"),
        better=text("better", "lower"),
        target=entry.get("target"),
        by=tuple(entry.get("by", ())),
        title_zh=text("title_zh"),
        title_en=text("title_en"),
        definition_zh=text("definition_zh"),
        definition_en=text("definition_en"),
    )


def read_schema(text: str) -> Schema:
    """Reads the JSON of `/schema`.

    Raises ValueError, KeyError or TypeError for what is no such JSON.
    """
    document = json.loads(text)
    definitions = json.loads(document["kpi_definitions"] or "[]")
    return Schema(
        scenario=document["scenario_name"],
        title_zh=document["scenario_title"]["zh"],
        title_en=document["scenario_title"]["en"],
        measures=tuple(document["measures"]),
        engine=document["engine"],
        seed=int(document["seed"]),
        replication=int(document["replication"]),
        from_ms=int(document["from_ms"]),
        to_ms=int(document["to_ms"]),
        cohort_from_ms=int(document["cohort_from_ms"]),
        follow_ms=int(document["follow_ms"]),
        level_span_ms=int(document["level_span_ms"]),
        marks=tuple(document["marks"]),
        steps=tuple(document["steps"]),
        items=tuple(
            Item(*(entry[name] for name in ("name", "unit", "payer", "payee", "ledger", "bearer")))
            for entry in document["items"]
        ),
        routes=tuple(entry["name"] for entry in document["routes"]),
        roles=tuple(_role(entry) for entry in document["roles"]),
        resources=tuple(
            Resource(entry["name"], entry["unit"], float(entry["wait_target_ms"]))
            for entry in document["resources"]
        ),
        definitions=tuple(_definition(entry) for entry in definitions),
    )
