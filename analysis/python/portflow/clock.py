"""Milliseconds of the record as pandas' times.

The record counts whole milliseconds since 1970-01-01 00:00 on a clock at UTC+08:00.
"""

from __future__ import annotations

from datetime import timedelta, timezone

import numpy as np
import numpy.typing as npt
import pandas as pd

ZONE = timezone(timedelta(hours=8))
DAY_MS = 86_400_000

Milliseconds = npt.NDArray[np.int64]


def instants(ms: Milliseconds) -> pd.DatetimeIndex:
    """Instants of the record as Timestamps at UTC+08:00."""
    return pd.to_datetime(np.asarray(ms).astype("datetime64[ms]")).tz_localize(ZONE)


def instant(ms: int) -> pd.Timestamp:
    """One instant."""
    return pd.Timestamp(ms, unit="ms").tz_localize(ZONE)


def durations(ms: Milliseconds) -> pd.TimedeltaIndex:
    """Durations as Timedeltas, exact to the millisecond."""
    return pd.to_timedelta(np.asarray(ms).astype("timedelta64[ms]"))
