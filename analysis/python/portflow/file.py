"""The HDF5 file behind a trace: opened, checked, and read a column at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from .errors import DamagedTrace, MissingTable, NotATrace
from .names import hashes
from .schema import Schema, read_schema
from .stored import Read, number_column, rule

FORMAT = "portflow-trace"
VERSION = 4
NONE = 65535  # the code that stands for nothing

Column = npt.NDArray[Any]


class File:
    """Tables of a trace by name (`steps`, `entities/liners.lots`).

    A file without a fingerprint is being written, or was left by a run that was killed. It is read
    up to the last checkpoint that was whole when it was opened: all tables end at `sealed_ms`.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._hashes: Column | None = None
        self._walks: Column | None = None
        self._h5 = self._open()
        try:
            self.schema = self._read_schema()
            self.fingerprint = self.text("fingerprint")
            self.detail = self.text("detail")
            self.events = int(self._h5.attrs["events"])
            self.until_ms = int(self._h5.attrs["until_ms"])
            self.sealed_ms: int | None = None
            # Before the tables, which may grow meanwhile and never shrink below it.
            kept = {} if self.fingerprint else self._checkpoint()
            counts = {name: self._count(name) for name in self._names()}
            self._rows = {name: min(rows, kept.get(name, rows)) for name, rows in counts.items()}
        except (OSError, KeyError, ValueError, TypeError, RuntimeError) as problem:
            self.close()
            raise DamagedTrace(f"{self.path}: damaged or cut short: {problem}") from problem
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Closes the file; what was read stays."""
        self._h5.close()

    def rows(self, table: str) -> int:
        """How many rows of `table` can be read; 0 where the level of detail leaves it out."""
        return self._rows.get(table, 0)

    def tables(self) -> dict[str, int]:
        """Rows by table."""
        return dict(self._rows)

    def column(self, table: str, name: str, codes: int | None = None) -> Column:
        """A whole column, as recorded: instants in ms, entities by the hash of their name.

        codes: how many names its dictionary has; a code beyond them is damage.
        Raises MissingTable and DamagedTrace.
        """
        if table not in self._rows:
            raise MissingTable(
                f"{self.path}: level {self.detail} holds no {table}; "
                "run again with --level stages or full"
            )
        numbers = number_column(table, name)
        if numbers is not None:
            return self._named(table, name, self._made(table, numbers))
        return self._checked(table, name, self._made(table, name), codes)

    def attribute(self, table: str, name: str, codes: int | None = None) -> Column:
        """An attribute of the entities of a role, whatever it is called; else like column()."""
        return self._checked(table, name, self._stored(table, name), codes)

    def _checked(self, table: str, name: str, values: Column, codes: int | None) -> Column:
        if codes is not None and np.any((values >= codes) & (values != NONE)):
            raise DamagedTrace(f"{self.path}: /{table}/{name} holds a code that has no name")
        return values

    def _made(self, table: str, name: str) -> Column:
        """A column that is stored, or made of some that are."""
        how = None if name.startswith("=") else rule(table, name)
        if how is None:
            return self._stored(table, name.removeprefix("="))
        if name != "walks":
            return self._by_rule(how, table)
        if self._walks is None:  # all columns of paths ask for it
            self._walks = self._by_rule(how, table)
        return self._walks

    def _by_rule(self, how: Callable[[Read], Column], table: str) -> Column:
        def read(name: str) -> Column:
            if not name.startswith("/"):
                return self._made(table, name)
            other, _, column = name[1:].rpartition("/")
            return self._made(other, column)

        try:
            return how(read)
        except IndexError as problem:
            raise DamagedTrace(f"{self.path}: /{table} leads astray: {problem}") from problem

    def _stored(self, table: str, name: str) -> Column:
        try:
            values: Column = self._h5[f"{table}/{name}"][: self._rows[table]]
        except (OSError, KeyError, RuntimeError, ValueError) as problem:
            what = f"{self.path}: /{table}/{name} cannot be read: {problem}"
            raise DamagedTrace(what) from problem
        return values

    def _named(self, table: str, name: str, numbers: Column) -> Column:
        """The hashes of numbered entities; 0 is nobody."""
        if self._hashes is None:
            self._hashes = self._identities()
        if np.any(numbers >= len(self._hashes)):
            raise DamagedTrace(f"{self.path}: /{table}/{name} names an entity that is not there")
        named: Column = self._hashes[numbers]
        return named

    def _identities(self) -> Column:
        names = ("number", "parent_number", "ordinal")
        number, parent, ordinal = (self._made("born", name) for name in names)
        role = self.column("born", "role", len(self.schema.roles))
        words = [one.name for one in self.schema.roles]
        try:
            return hashes(self._stored("identities", "hash"), words, role, number, parent, ordinal)
        except IndexError as problem:
            raise DamagedTrace(f"{self.path}: /identities is too short: {problem}") from problem

    def text(self, attribute: str) -> str:
        """A text attribute of the file."""
        value = self._h5.attrs[attribute]
        return value.decode("utf-8") if isinstance(value, bytes) else str(value)

    def _open(self) -> h5py.File:
        with open(self.path, "rb"):  # says plainly what is missing or not allowed
            pass
        if not h5py.is_hdf5(self.path):
            raise NotATrace(f"{self.path}: this is not an HDF5 file, so no trace")
        try:
            return h5py.File(self.path, "r")
        except OSError:
            pass
        # Being written, or left behind by a run that was killed.
        try:
            return h5py.File(self.path, "r", swmr=True)
        except OSError as problem:
            raise DamagedTrace(f"{self.path}: damaged or cut short: {problem}") from problem

    def _read_schema(self) -> Schema:
        if "format" not in self._h5.attrs or self.text("format") != FORMAT:
            raise NotATrace(f"{self.path}: this is an HDF5 file, but not a trace of portflow")
        version = int(self._h5.attrs["schema_version"])
        if version != VERSION:
            raise NotATrace(
                f"{self.path}: schema version {version}; this package reads version {VERSION}"
            )
        text = self._h5["schema"][()]
        return read_schema(text.decode("utf-8") if isinstance(text, bytes) else str(text))

    def _names(self) -> list[str]:
        plain = ["born", "marks", "steps", "ended", "paths", "moves", "levels", "ledger"]
        optional = {"steps", "paths", "moves"}
        derived = ["keyframes", "alive", "alive_steps", "under_way", "balances", "role_rows"]
        derived += ["level_tiles", "path_heads", "identities"]
        names = [name for name in plain if name not in optional or name in self._h5]
        names += [name for name in [*derived, "lane_tiles"] if name in self._h5]
        return names + [table_of(role.name) for role in self.schema.roles if role.attributes]

    def _count(self, table: str) -> int:
        counts = {name: self._reach(column) for name, column in self._h5[table].items()}
        if self.fingerprint and len(set(counts.values())) > 1:
            raise DamagedTrace(f"{self.path}: columns of /{table} differ in length: {counts}")
        return min(counts.values())

    def _reach(self, column: h5py.Dataset) -> int:
        """Rows that are there: the extent of a column may run ahead of its chunks."""
        extent = int(column.shape[0])
        if column.chunks is None:
            return extent
        size = int(column.chunks[0])
        chunks = int(column.id.get_num_chunks())
        if self.fingerprint and chunks != -(-extent // size):
            raise DamagedTrace(f"{self.path}: {column.name} misses chunks")
        return min(chunks * size, extent)

    def _checkpoint(self) -> dict[str, int]:
        """Rows of each table that belong together, by the newest whole slot of /checkpoint."""
        if "checkpoint" not in self._h5:
            return {}
        book = self._h5["checkpoint"]
        names = [name.decode("utf-8") for name in book.attrs["columns"]]
        whole = [slot for slot in book[()] if slot[0] and slot[0] == slot[-1]]
        if not whole:
            raise ValueError("no checkpoint is whole")
        newest = max(whole, key=lambda slot: int(slot[0]))
        self.sealed_ms = int(newest[1].astype(np.int64))
        return {name[1:]: int(rows) for name, rows in zip(names[2:-1], newest[2:-1])}


def table_of(role: str) -> str:
    """The table of the entities of a role."""
    return "entities/" + role.replace("/", ".")
