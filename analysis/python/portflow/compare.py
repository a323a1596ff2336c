"""Two traces of one scenario: KPI by KPI, each entity paired with itself."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from .errors import TraceError
from .figure import Figure
from .schema import Schema


def check_pair(a: Schema, b: Schema, path_a: str, path_b: str) -> None:
    """Warns where the traces are not of the same scenario, seed and replication.

    Then their entities did not meet the same luck, and differences are not due to measures alone.
    """
    unlike = [
        f"{word} {one} and {other}"
        for word, one, other in (
            ("scenario", a.scenario, b.scenario),
            ("seed", a.seed, b.seed),
            ("replication", a.replication, b.replication),
        )
        if one != other
    ]
    if unlike:
        warnings.warn(f"{path_a} and {path_b} differ in {', '.join(unlike)}", stacklevel=4)


def _changed(a: Figure, b: Figure) -> tuple[int, int]:
    """Entities with a value in either, and how many of them differ or have one in one only."""
    both, in_a, in_b = np.intersect1d(a.ids, b.ids, assume_unique=True, return_indices=True)
    lone = len(a.ids) + len(b.ids) - 2 * len(both)
    return len(both) + lone, int((a.values[in_a] != b.values[in_b]).sum()) + lone


def _values(a: Figure, b: Figure) -> tuple[float | None, float | None, bool]:
    """What the two are compared on, as `portflow compare` does.

    Where a span has unfinished entities in either trace, both are means (or quantiles) of
    min(T, follow): to drop the unfinished would make the slower trace look faster.
    """
    known = all(one.value is None or one.restricted is not None for one in (a, b))
    if a.kind == "span" and known and a.unfinished + b.unfinished > 0:
        return a.restricted, b.restricted, True
    return a.value, b.value, False


def compared(a: list[Figure], b: list[Figure]) -> pd.DataFrame:
    """One row a KPI that both have; see Trace.compare.

    Raises TraceError where they share none.
    """
    others = {figure.name: figure for figure in b}
    rows = []
    for one in a:
        other = others.get(one.name)
        if other is None or other.unit != one.unit:
            continue
        value_a, value_b, restricted = _values(one, other)
        both = value_a is not None and value_b is not None
        difference = value_b - value_a if value_a is not None and value_b is not None else np.nan
        pairs, changed = _changed(one, other)
        rows.append(
            {
                "name": one.name,
                "unit": one.unit,
                "better": one.better,
                "a": np.nan if value_a is None else value_a,
                "b": np.nan if value_b is None else value_b,
                "difference": difference,
                "percent": 100 * difference / value_a if both and value_a else np.nan,
                "changed": changed,
                "compared": pairs,
                "unfinished_a": one.unfinished,
                "unfinished_b": other.unfinished,
                "restricted": restricted,
            }
        )
    if not rows:
        raise TraceError("the two traces have no KPI in common")
    return pd.DataFrame(rows).set_index("name")
