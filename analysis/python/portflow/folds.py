"""The kinds of KPI: span, share, count, unfinished and ledger (sim/kpi/span.cpp and its neighbours)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .figure import Figure, daily_means, summarise
from .lives import Flags, Milliseconds, Moments, never
from .schema import Definition
from .units import ledger_parts_in, milliseconds_in, share_in


@dataclass
class Observed:
    """The entities of the cohort that a KPI is about."""

    ids: npt.NDArray[np.uint64]
    created: Milliseconds
    ended: Flags  # all its steps are over: what is missing will never come
    begin: Moments
    end: Moments
    marked: Moments
    weight: npt.NDArray[np.float64]  # base unit
    booked: npt.NDArray[np.int64]  # parts of the ledger
    known_until: int  # ms; how far the record reaches


def _standing(mark: Moments, ended: Flags) -> tuple[Flags, Flags]:
    """Known, and outside: skipped, or ended without it. What is neither may still come."""
    return mark.is_set, ~mark.is_set & (mark.is_void | ended)


def _span_standing(seen: Observed) -> tuple[Flags, Flags]:
    known_a, outside_a = _standing(seen.begin, seen.ended)
    known_b, outside_b = _standing(seen.end, seen.ended)
    return known_a & known_b, outside_a | outside_b


def weight_sum(weight: npt.NDArray[np.float64], unit: str) -> float:
    """The sum in the base unit: money in whole fen, volume in quarters of a TEU, so exact."""
    parts = {"fen": 1, "TEU": 4}.get(unit)
    if parts is None:
        return float(weight.sum())
    scaled = weight * parts
    # Halves away from zero, as the C++ rounds.
    whole = np.where(scaled < 0, np.trunc(scaled - 0.5), np.trunc(scaled + 0.5))
    return int(whole.astype(np.int64).sum()) / parts


def span(figure: Figure, definition: Definition, seen: Observed, follow_ms: int) -> None:
    """Time from one mark to another."""
    per_unit = milliseconds_in(definition.unit)
    known, outside = _span_standing(seen)
    unfinished = ~known & ~outside
    watched = unfinished & seen.begin.is_set & (seen.known_until - seen.begin.at >= follow_ms)
    ms = (seen.end.at - seen.begin.at)[known]
    if follow_ms > 0:
        limited = np.append(np.minimum(ms, follow_ms), np.full(int(watched.sum()), follow_ms))
        headline = Figure("", "span", figure.statistic, figure.unit, figure.better)
        summarise(headline, limited, per_unit)
        figure.restricted = headline.value
    summarise(figure, ms, per_unit)
    figure.unfinished = int(unfinished.sum())
    figure.restricted_unknown = figure.unfinished - int(watched.sum())
    figure.ids, figure.values = seen.ids[known], ms / per_unit
    daily_means(figure, seen.created[known], ms.astype(np.float64))
    figure.curve = figure.curve * (1.0 / per_unit)


def share(figure: Figure, definition: Definition, seen: Observed, weight_unit: str) -> None:
    """Share of entities (or of their weight) with a mark, or whose span is longer than `over`."""
    scale = share_in(definition.unit)
    if definition.marked:
        hit, outside = _standing(seen.marked, seen.ended)
        unfinished, counted = ~hit & ~outside, hit | outside
    else:
        known, outside = _span_standing(seen)
        open_ = ~known & ~outside
        # Who has waited longer than `over` is over it, finished or not.
        waited = seen.known_until - seen.begin.at > definition.over_ms
        over = open_ & seen.begin.is_set & waited
        hit = over | (known & (seen.end.at - seen.begin.at > definition.over_ms))
        unfinished, counted = open_ & ~over, known | over
    figure.count, figure.unfinished = int(counted.sum()), int(unfinished.sum())
    whole = weight_sum(seen.weight[counted], weight_unit)
    if whole > 0:
        figure.value = weight_sum(seen.weight[hit], weight_unit) / whole * scale
    figure.mean = figure.value
    figure.ids, figure.values = seen.ids[counted], hit[counted].astype(np.float64)
    daily_means(figure, seen.created[counted], figure.values, seen.weight[counted])
    figure.curve = figure.curve * scale


def count(
    figure: Figure, definition: Definition, seen: Observed, weight_unit: str, factor: float
) -> None:
    """How many entities (or how much of their weight) have a mark; without one, were born."""
    counted = np.ones(len(seen.ids), dtype=bool)
    if definition.marked:
        counted, outside = _standing(seen.marked, seen.ended)
        figure.unfinished = int((~counted & ~outside).sum())
    figure.count = int(counted.sum())
    figure.value = weight_sum(seen.weight[counted], weight_unit) * factor
    figure.ids, figure.values = seen.ids[counted], seen.weight[counted] * factor


def unfinished(figure: Figure, seen: Observed) -> None:
    """Entities that had not ended when the record did; `count` is how many there were in all."""
    figure.count = len(seen.ids)
    figure.unfinished = int((~seen.ended).sum())
    figure.value = float(figure.unfinished)


def ledger(figure: Figure, seen: Observed) -> None:
    """What was booked for those that have ended, on the mean or in all."""
    per_unit = ledger_parts_in(figure.unit)
    figure.count = int(seen.ended.sum())
    figure.unfinished = len(seen.ids) - figure.count
    total = int(seen.booked[seen.ended].sum()) / per_unit
    if figure.count:
        figure.mean = total / figure.count
    figure.value = total if figure.statistic == "sum" else figure.mean
    figure.ids, figure.values = seen.ids[seen.ended], seen.booked[seen.ended] / per_unit


def joined(parts: list[Observed]) -> Observed:
    """Entities of several roles as one; nobody where there are none."""
    if not parts:
        nobody = np.empty(0, dtype=np.int64)
        no = never(0)
        return Observed(
            nobody.astype(np.uint64), nobody, no.is_set, no, no, no, np.empty(0), nobody, 0
        )

    def moments(pick: Callable[[Observed], Moments]) -> Moments:
        return Moments(*(np.concatenate(column) for column in zip(*map(pick, parts))))

    return Observed(
        ids=np.concatenate([part.ids for part in parts]),
        created=np.concatenate([part.created for part in parts]),
        ended=np.concatenate([part.ended for part in parts]),
        begin=moments(lambda part: part.begin),
        end=moments(lambda part: part.end),
        marked=moments(lambda part: part.marked),
        weight=np.concatenate([part.weight for part in parts]),
        booked=np.concatenate([part.booked for part in parts]),
        known_until=parts[0].known_until,
    )
