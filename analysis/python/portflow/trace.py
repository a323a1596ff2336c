"""A trace as its readers see it."""

from __future__ import annotations

import os
from types import TracebackType

import pandas as pd

from . import tables, ways
from .automatic import procedure_figures, resource_figures
from .clock import instant, instants
from .compare import check_pair, compared
from .errors import UnknownName, unknown
from .figure import Figure
from .file import File
from .kpi import kpi_figures
from .lives import Lives
from .roster import Roster

_SHOWN = (
    "kind statistic unit better target value mean p50 p90 p95 max count unfinished "
    "restricted restricted_unknown title_en title_zh"
).split()
_NUMBERS = "target value mean p50 p90 p95 max restricted".split()


class Trace:
    """The record of one run. Instants are Timestamps at UTC+08:00, durations Timedeltas.

    The cohort, which KPIs are about, is what was created from `cohort_from` to before `end`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._file = File(path)
        self._roster: Roster | None = None
        self._lives: Lives | None = None
        self._of_scenario: list[Figure] | None = None
        self._automatic: list[Figure] | None = None
        schema = self._file.schema
        self.path: str = self._file.path
        self.scenario: str = schema.scenario
        self.measures: tuple[str, ...] = schema.measures  # that were on
        self.seed: int = schema.seed
        self.replication: int = schema.replication
        self.detail: str = self._file.detail  # kpi, stages or full
        self.fingerprint: str = self._file.fingerprint  # 16 digits; empty until the run is done
        self.finished: bool = bool(self._file.fingerprint)
        # Of a run that is not finished: everything recorded before this is there.
        sealed = self._file.sealed_ms
        first = 1 - 2**62  # a run that has sealed nothing yet counts from the clock's beginning
        self.sealed: pd.Timestamp | None = None
        if sealed is not None and first < sealed < -first:
            self.sealed = instant(sealed)
        self.begin: pd.Timestamp = instant(schema.from_ms)
        self.cohort_from: pd.Timestamp = instant(schema.cohort_from_ms)
        self.end: pd.Timestamp = instant(schema.to_ms)

    def __enter__(self) -> Trace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        back: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        measures = ", ".join(self.measures) or "none"
        state = self.fingerprint or "not finished"
        return f"<Trace {self.path}: {self.scenario}, measures {measures}, {state}>"

    def close(self) -> None:
        """Closes the file. Frames that were made stay; what was not read yet cannot be."""
        self._file.close()

    def rows(self) -> dict[str, int]:
        """Rows by table; a table that the level of detail leaves out is not there."""
        return self._file.tables()

    def kpis(self, all: bool = False) -> pd.DataFrame:
        """The KPIs, as `portflow trace kpi` prints them, each in its own `unit`.

        One row a KPI and group (`name.category`); with all=True also those of every resource,
        procedure and cause. `value` is what `statistic` names. NaN where nothing was observed.
        `restricted` is the value of min(T, follow), for spans with unfinished entities. One trace
        is one replication, so there is no interval.
        Raises DamagedTrace.
        """
        frame = pd.DataFrame(
            [[getattr(figure, column) for column in _SHOWN] for figure in self._figures(all)],
            columns=_SHOWN,
            index=pd.Index([figure.name for figure in self._figures(all)], name="name"),
        )
        return frame.astype({column: float for column in _NUMBERS})

    def stages(self, entity: str | int | None = None, step: str | None = None) -> pd.DataFrame:
        """Steps that ended, in the order of their ends; all of them, or those asked for.

        entity: name (`liners-112/lots-3/boxes-481`) or id; step: `procedure.step`.
        Columns entity, step, resource (the first that it held; None where none), ready, start, end,
        wait = start - ready, service = end - start, id.
        Raises MissingTable at level kpi, UnknownName, TraceError for a name that two entities bear.
        """
        return tables.stages(self._file, self._births(), entity, step)

    def paths(self, entity: str | int | None = None) -> pd.DataFrame:
        """Critical paths of entities that are done: what fixed when each was, without gaps.

        Entities in the order of their ends, or one (name or id), and of each its segments in the
        order of time. Columns entity, cause, owner (whose step it passes through), step, resource,
        holder (who held it; empty where nobody), begin, end, lasts, id. Of one entity, `lasts` adds
        up to its total, and by cause to its row of `causes()`.
        Raises MissingTable below level full, UnknownName.
        """
        return ways.paths(self._file, self._births(), entity)

    def moves(self, entity: str | int | None = None, route: str | None = None) -> pd.DataFrame:
        """Ways on routes, in the order of the record; all, or of an entity, or on a route.

        Columns entity, route, role, begin, end, lasts, id.
        Raises MissingTable at level kpi, UnknownName.
        """
        return ways.moves(self._file, self._births(), entity, route)

    def series(self, name: str) -> pd.Series[float]:
        """How a KPI went over time, in its unit, as the report draws it.

        Spans, shares and `procedure.*.time`: means by the day on which entities were created (also
        where the KPI's value is a maximum or a quantile). `resource.*.queue_length`: mean of every
        interval by its end; the report then takes means of days (`.resample("D").mean()`).
        Raises UnknownName, also for counts, waits, utilisations and causes, which have no series.
        """
        figure = self._figure(name)
        if figure.kind not in ("span", "share") and not name.endswith(".queue_length"):
            raise UnknownName(f"{self.path}: KPI '{name}' is a {figure.kind} and has no series")
        return pd.Series(figure.curve, index=instants(figure.curve_at), name=name)

    def compare(self, other: Trace, all: bool = False) -> pd.DataFrame:
        """The KPIs of this trace (a) and another (b): difference = b - a, in `unit`.

        `percent` is of a. `changed` counts entities whose value differs, or which have one in one
        trace only; `compared` those with a value in both. Where `restricted` is True, both are
        compared on min(T, follow), since some were unfinished. One pair of runs gives no interval.
        Warns where scenario, seed or replication differ. Raises TraceError where no KPI is shared.
        """
        check_pair(self._file.schema, other._file.schema, self.path, other.path)
        return compared(self._figures(all), other._figures(all))

    def values(self, name: str) -> pd.Series[float]:
        """The value of every entity that a KPI rests on, in its unit (shares: 0 or 1), by name.

        Raises UnknownName, also for KPIs that are not about entities.
        """
        figure = self._figure(name)
        if figure.kind not in ("span", "share", "count"):
            raise UnknownName(f"{self.path}: KPI '{name}' is a {figure.kind}: no value an entity")
        index = pd.Index(self._births().spell(figure.ids), name="entity")
        return pd.Series(figure.values, index=index, name=name)

    def roles(self) -> list[str]:
        """Names of all roles, as `entities` takes them; of one without attributes `rows` has no table."""
        return [role.name for role in self._births().roles]

    def entities(self, role: str) -> pd.DataFrame:
        """The entities of a role (`liners/lots`) by name, in the order of births.

        Columns created, ended and total (NaT while unfinished), id, and the attributes: categories
        as text, flags as booleans, times as Timedeltas, other numbers with their unit in the
        heading (`hurry [CNY/h]`; money in CNY).
        Raises UnknownName.
        """
        return tables.entities(self._file, self._births(), self._moments(), role)

    def causes(self) -> pd.DataFrame:
        """Of every ended entity, ten causes that add up to total = ended - created exactly."""
        return tables.causes(self._file, self._births())

    def ledger(self) -> pd.DataFrame:
        """Money that was booked, in CNY; `entity` is empty where it was for nobody."""
        return tables.ledger(self._file, self._births(), "costs")

    def risks(self) -> pd.DataFrame:
        """What was to be expected, line by line: `amount` in `unit` (1 is events), borne by `bearer`."""
        return tables.ledger(self._file, self._births(), "risks")

    def _births(self) -> Roster:
        if self._roster is None:
            self._roster = Roster(self._file)
        return self._roster

    def _moments(self) -> Lives:
        if self._lives is None:
            self._lives = Lives(self._file)
        return self._lives

    def _figures(self, all: bool) -> list[Figure]:
        if self._of_scenario is None:
            self._of_scenario = kpi_figures(self._file, self._births(), self._moments())
        if not all:
            return self._of_scenario
        if self._automatic is None:
            resources = resource_figures(self._file)
            self._automatic = resources + procedure_figures(self._file, self._births())
        return self._of_scenario + self._automatic

    def _figure(self, name: str) -> Figure:
        for every in (False, True):
            for figure in self._figures(every):
                if figure.name == name:
                    return figure
        raise unknown(self.path, "KPI", name, [figure.name for figure in self._figures(True)])


def open(path: str | os.PathLike[str]) -> Trace:
    """Opens a trace, also a `.partial` one: that is read up to its last checkpoint by now.

    Raises OSError where there is no such file, NotATrace, DamagedTrace.
    """
    return Trace(path)
