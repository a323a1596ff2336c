"""Reads traces of portflow: their KPIs, stages and series, and what differs between two.

    import portflow

    trace = portflow.open("a.h5")
    print(trace.kpis())

Needs h5py and pandas, nothing else: neither the program nor the scenario that made the trace.
Instants are pandas Timestamps at UTC+08:00, durations Timedeltas, money CNY, categories and
names text. Failures are TraceError and its kinds.
"""

from .errors import DamagedTrace, MissingTable, NotATrace, TraceError, UnknownName
from .trace import Trace, open

__all__ = [
    "DamagedTrace",
    "MissingTable",
    "NotATrace",
    "Trace",
    "TraceError",
    "UnknownName",
    "open",
]
