"""Who was born: ids, names, ancestors and attributes of all entities of a trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from .condition import Read
from .errors import DamagedTrace
from .file import NONE, File, table_of
from .schema import Attribute, Role

Ids = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
_BORN = ("at", "entity", "parent", "ordinal")


def places_of(wanted: Ids, order: Places, keys: Ids) -> Places:
    """Where each of `wanted` stands in `keys`, which `order` sorts; -1 where it is not."""
    if len(keys) == 0:
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.searchsorted(keys, wanted, sorter=order)
    found = order[np.minimum(at, len(keys) - 1)]
    return np.where(keys[found] == wanted, found, -1)


@dataclass
class Births:
    """The entities of one role, in the order of their births."""

    role: Role
    ids: Ids
    parents: Ids  # 0 where there is none
    ordinals: npt.NDArray[np.uint32]
    created: npt.NDArray[np.int64]  # ms
    attributes: dict[str, npt.NDArray[np.float64]]  # base units, or codes; NaN where unknown
    order: Places = field(init=False)

    def __post_init__(self) -> None:
        self.order = np.argsort(self.ids, kind="stable")

    def find(self, ids: Ids) -> Places:
        """Places of these entities here; -1 for those of other roles."""
        return places_of(ids, self.order, self.ids)


def short_name(role: str) -> str:
    """`boxes` of `liners/lots/boxes`."""
    return role.rpartition("/")[2]


class Roster:
    """All births of a trace, by role; names are spelt when first asked for."""

    def __init__(self, file: File) -> None:
        self.path = file.path
        self.roles = file.schema.roles
        role_names = [role.name for role in self.roles]
        groups = [name.rpartition("/")[0] for name in role_names]
        self._parents = [role_names.index(one) if one in role_names else -1 for one in groups]
        flows: list[str] = []
        for role in self.roles:
            if role.flow not in flows:
                flows.append(role.flow)
        # A scenario calls `liners/lots/boxes` by its last word; two roles may share one.
        words = dict.fromkeys(short_name(name) for name in role_names)
        self._constants = {"flow": tuple(flows), "role": tuple(words)}
        self.births = self._read(file)
        self._names: list[npt.NDArray[np.object_] | None] = [None] * len(self.roles)

    def _read(self, file: File) -> list[Births]:
        roles = file.column("born", "role", len(self.roles))
        end = len(roles)
        for code, role in enumerate(self.roles):
            places = np.flatnonzero(roles == code)
            held = file.rows(table_of(role.name)) if role.attributes else len(places)
            if len(places) > held:
                end = min(end, int(places[held]))
        if end < len(roles) and file.fingerprint:
            raise DamagedTrace(f"{file.path}: /born lists more births than /entities holds")
        # The run was killed: births whose attributes were lost, and all after them, are left out.
        born = {name: file.column("born", name)[:end] for name in _BORN}
        return [
            self._read_role(file, code, {name: born[name][roles[:end] == code] for name in _BORN})
            for code in range(len(self.roles))
        ]

    def _read_role(self, file: File, code: int, born: dict[str, Any]) -> Births:
        role, table, count = self.roles[code], table_of(self.roles[code].name), len(born["at"])

        def values(attribute: Attribute) -> npt.NDArray[np.float64]:
            names = len(attribute.categories)
            raw = file.attribute(table, attribute.name, names or None)[:count]
            floats = raw.astype(np.float64)
            return np.where(raw == NONE, np.nan, floats) if names else floats

        return Births(
            role=role,
            ids=born["entity"],
            parents=born["parent"],
            ordinals=born["ordinal"],
            created=born["at"],
            attributes={one.name: values(one) for one in role.attributes},
        )

    def read(self, code: int, name: str) -> Read | None:
        """`credit`, `lot.credit`, `flow` or `role` for all entities of the role `code`.

        A leading word is the type of the entity itself or of an ancestor. None where the role has
        no such name; -1 for an entity whose ancestor is not in the record.
        """
        births = self.births[code]
        if name in self._constants:
            categories = self._constants[name]
            own = births.role.flow if name == "flow" else short_name(births.role.name)
            return Read(np.full(len(births.ids), float(categories.index(own))), categories)
        kind, dot, word = name.partition(".")
        if not dot:
            kind, word = births.role.type, name
        at, places = code, np.arange(len(births.ids), dtype=np.int64)
        while at >= 0:
            role = self.roles[at]
            if role.type == kind and word in self.births[at].attributes:
                values = np.append(self.births[at].attributes[word], -1.0)  # place -1: the orphans'
                return Read(values[places], self.attribute(at, word).categories)
            places = self._climb(at, places)
            at = self._parents[at]
        return None

    def unit(self, code: int, name: str) -> str:
        """The base unit of what read() gives; empty where it has none."""
        kind, dot, word = name.partition(".")
        if not dot:
            kind, word = self.roles[code].type, name
        at = code
        while at >= 0:
            if self.roles[at].type == kind and word in self.births[at].attributes:
                return self.attribute(at, word).unit
            at = self._parents[at]
        return ""

    def attribute(self, code: int, name: str) -> Attribute:
        """The attribute `name` of a role that has it."""
        return next(one for one in self.roles[code].attributes if one.name == name)

    def names(self, code: int) -> npt.NDArray[np.object_]:
        """Names of all entities of a role: `liners-112/lots-3/boxes-481`."""
        known = self._names[code]
        if known is not None:
            return known
        births, parent = self.births[code], self._parents[code]
        stem = births.role.name.rpartition("/")[2] + "-"
        own = np.array([stem + str(ordinal) for ordinal in births.ordinals], dtype=object)
        if parent >= 0 and len(own) and len(self.births[parent].ids):
            places = self.births[parent].find(births.parents)
            borne = places >= 0
            own[borne] = self.names(parent)[places[borne]] + "/" + own[borne]
        self._names[code] = own
        return own

    def spell(self, ids: Ids) -> npt.NDArray[np.object_]:
        """Names of entities of any role; 16 hexadecimal digits for one that is not known."""
        unique, back = np.unique(ids, return_inverse=True)
        names = np.full(len(unique), None, dtype=object)
        for code, births in enumerate(self.births):
            places = births.find(unique)
            borne = places >= 0
            if borne.any():
                names[borne] = self.names(code)[places[borne]]
        for lost in np.flatnonzero(names == None):  # noqa: E711 (elementwise)
            names[lost] = f"{int(unique[lost]):016x}" if unique[lost] else ""
        return names[back]

    def _climb(self, code: int, places: Places) -> Places:
        parent = self._parents[code]
        if parent < 0:
            return places
        births = self.births[code]
        ids = np.zeros(len(places), dtype=np.uint64)
        ids[places >= 0] = births.parents[places[places >= 0]]
        return self.births[parent].find(ids)
