"""What can go wrong with a trace; each message names the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class TraceError(Exception):
    """Any failure to read a trace."""


class NotATrace(TraceError):
    """The file is no HDF5 file, no trace of portflow, or of a schema version not known here."""


class DamagedTrace(TraceError):
    """The file is a trace, but cut short or changed: what it holds contradicts itself."""


class MissingTable(TraceError):
    """The trace was written at a level of detail that leaves the table out."""


class UnknownName(TraceError, KeyError):
    """There is no KPI, entity, role, step or resource of that name."""

    def __str__(self) -> str:
        # KeyError would show the sentence in quotes.
        return str(self.args[0]) if self.args else ""


def unknown(path: str, what: str, name: str, known: Iterable[str]) -> UnknownName:
    """The error for `name`, with the nearest name that there is."""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return UnknownName(f"{path}: no {what} '{name}'{hint}")
