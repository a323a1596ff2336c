"""Units of numbers in the record, in KPIs and in conditions (sim/core/unit.cpp).

The record holds numbers in base units: ms, fen, TEU, t, m, m/h, fen/m, fen/h, or 1.
"""

from __future__ import annotations

_MINUTE = 60_000.0
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR

# unit: its base unit, and how many of those make one.
UNITS: dict[str, tuple[str, float]] = {
    "": ("1", 1.0),
    "1": ("1", 1.0),
    "%": ("1", 0.01),
    "ms": ("ms", 1.0),
    "s": ("ms", 1000.0),
    "min": ("ms", _MINUTE),
    "h": ("ms", _HOUR),
    "d": ("ms", _DAY),
    "w": ("ms", 7 * _DAY),
    "CNY": ("fen", 100.0),
    "TEU": ("TEU", 1.0),
    "t": ("t", 1.0),
    "m": ("m", 1.0),
    "km": ("m", 1000.0),
    "nm": ("m", 1852.0),
    "km/h": ("m/h", 1000.0),
    "kn": ("m/h", 1852.0),
    "CNY/km": ("fen/m", 0.1),
    "CNY/h": ("fen/h", 100.0),
}

# What tables show instead of a base unit: money in CNY, speed in km/h.
SHOWN: dict[str, str] = {"fen": "CNY", "fen/h": "CNY/h", "fen/m": "CNY/km", "m/h": "km/h"}


def milliseconds_in(unit: str) -> float:
    """Milliseconds in a unit of time; 1 for any other word."""
    base, factor = UNITS.get(unit, ("", 1.0))
    return factor if base == "ms" else 1.0


def ledger_parts_in(unit: str) -> float:
    """Parts of a ledger in one `unit`: 100 of CNY, a milliard of an event (sim/core/quantity.hpp)."""
    base, factor = UNITS.get(unit, ("", 1.0))
    return factor * (1e9 if base == "1" else 1.0)


def share_in(unit: str) -> float:
    """What a share of 1 reads in `unit`: 100 for %, else 1."""
    return 100.0 if unit == "%" else 1.0


def conversion(recorded: str, unit: str) -> float:
    """What one of the base unit `recorded` is in `unit`; 1 where the two are unrelated."""
    if recorded == unit or unit not in UNITS:
        return 1.0
    base, factor = UNITS[unit]
    return 1.0 / factor if base == recorded else 1.0
