"""One KPI of one trace, and how means, quantiles and daily means are taken."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from .clock import DAY_MS

Milliseconds = npt.NDArray[np.int64]


@dataclass
class Figure:
    """What a trace says of one KPI; numbers in `unit`, None where nothing was observed."""

    name: str
    kind: str  # span, share, count, unfinished, wait, level, cause
    statistic: str  # what `value` is: mean, p50, p90, p95, max, share, sum
    unit: str
    better: str
    automatic: bool = False  # of a resource, a procedure or a cause, not of the scenario
    target: float | None = None
    title_zh: str = ""
    title_en: str = ""

    value: float | None = None
    mean: float | None = None
    p50: float | None = None
    p90: float | None = None
    p95: float | None = None
    max: float | None = None
    count: int = 0  # entities (waits, for resources) that it rests on
    unfinished: int = 0  # for which it is not known yet
    restricted: float | None = None  # spans: `value` of min(T, follow)
    restricted_unknown: int = 0  # unfinished, and not watched for `follow` either

    ids: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, dtype=np.uint64))
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))  # by entity
    curve_at: Milliseconds = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    curve: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


def summarise(figure: Figure, ms: Milliseconds, per_unit: float) -> None:
    """Fills mean, quantiles, maximum, count and the value that `figure.statistic` names.

    Quantile p is the value of rank ceil(p n): an observed one, never one in between.
    """
    figure.count = len(ms)
    if figure.count == 0:
        return
    figure.mean = int(ms.sum()) / figure.count / per_unit
    ranked = np.sort(ms)

    def quantile(p: float) -> float:
        return int(ranked[max(math.ceil(p * figure.count), 1) - 1]) / per_unit

    figure.p50, figure.p90, figure.p95 = quantile(0.50), quantile(0.90), quantile(0.95)
    figure.max = int(ranked[-1]) / per_unit
    known = {"p50": figure.p50, "p90": figure.p90, "p95": figure.p95, "max": figure.max}
    figure.value = known.get(figure.statistic, figure.mean)


def daily_means(
    figure: Figure,
    created: Milliseconds,
    values: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64] | None = None,
) -> None:
    """The curve: weighted means by the day on which entities were created, at its midnight."""
    days, back = np.unique(created // DAY_MS, return_inverse=True)
    weights = np.ones(len(values)) if weights is None else weights
    sums = np.bincount(back, values * weights, len(days))
    weight = np.bincount(back, weights, len(days))
    some = weight > 0
    figure.curve_at = days[some] * DAY_MS
    figure.curve = sums[some] / weight[some]
