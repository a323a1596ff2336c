"""KPIs that every trace has: of resources, of procedures and of causes.

`resource.<facility>.<resource>.wait | utilisation | queue_length` in s, 1 and entities;
`procedure.<name>.time` in s; `cause.<procedure>.<cause>` in h (sim/kpi/resources.cpp,
sim/kpi/procedures.cpp).
"""

from __future__ import annotations

import numpy as np

from .figure import Figure, daily_means, summarise
from .file import File
from .roster import Roster
from .stored import CAUSES
from .units import milliseconds_in


def resource_figures(file: File) -> list[Figure]:
    """Sums over the intervals that lie in [cohort_from, to]; the curve is the whole record."""
    schema = file.schema
    resource = file.column("levels", "resource", len(schema.resources))
    names = ("at", "span", "busy", "queued", "capacity", "waited", "started")
    columns = {name: file.column("levels", name) for name in (*names, "queue_max", "queue_now")}
    begin = columns["at"] - columns["span"]
    inside = (begin >= schema.cohort_from_ms) & (columns["at"] <= schema.to_ms)
    figures: list[Figure] = []
    for code, info in enumerate(schema.resources):
        own = resource == code
        rows = own & inside
        total = {name: int(columns[name][rows].sum()) for name in names[1:]}
        count, stem = total["started"], f"resource.{info.name}."
        queue_max, queue_now = columns["queue_max"][rows], columns["queue_now"][rows]

        wait = Figure(stem + "wait", "wait", "mean", "s", "lower", automatic=True, count=count)
        wait.unfinished = int(queue_now[-1]) if len(queue_now) else 0
        wait.target = info.wait_target_ms / 1000.0 if info.wait_target_ms > 0 else None
        wait.value = wait.mean = total["waited"] / count / 1000.0 if count else None

        use = Figure(
            stem + "utilisation", "level", "mean", "1", "neither", automatic=True, count=count
        )
        use.value = use.mean = total["busy"] / total["capacity"] if total["capacity"] > 0 else None

        queue = Figure(
            stem + "queue_length", "level", "mean", "1", "lower", automatic=True, count=count
        )
        if total["span"] > 0:
            queue.value = queue.mean = total["queued"] / total["span"]
            queue.max = float(queue_max.max())
        drawn = own & (columns["span"] > 0)
        queue.curve_at = columns["at"][drawn]
        queue.curve = columns["queued"][drawn] / columns["span"][drawn]
        figures += [wait, use, queue]
    return figures


def outage(file: File, of: str, unit: str) -> float | None:
    """How long a unit of the resource `of` was out of service, in `unit` (sim/kpi/outage.cpp)."""
    schema = file.schema
    names = [info.name for info in schema.resources]
    if of not in names:
        return None
    at, span = file.column("levels", "at"), file.column("levels", "span")
    own = file.column("levels", "resource", len(names)) == names.index(of)
    rows = own & (span > 0) & (at - span >= schema.cohort_from_ms) & (at <= schema.to_ms)
    capacity = file.column("levels", "capacity")[rows]
    full = float((capacity / span[rows]).max()) if rows.any() else 0.0
    if full <= 0:
        return None
    return (float(span[rows].sum()) - float(capacity.sum()) / full) / milliseconds_in(unit)


def procedure_figures(file: File, roster: Roster) -> list[Figure]:
    """Times of the cohort by procedure; the ten causes of a procedure add up to its mean."""
    schema = file.schema
    roles = file.column("ended", "role", len(schema.roles))
    ids, created = file.column("ended", "entity"), file.column("ended", "created")
    ms = file.column("ended", "end") - created
    causes = {cause: file.column("ended", cause) for cause in CAUSES}
    in_cohort = (created >= schema.cohort_from_ms) & (created < schema.to_ms)
    figures: list[Figure] = []
    for procedure in dict.fromkeys(role.procedure for role in schema.roles):
        if not procedure:
            continue
        codes = [code for code, role in enumerate(schema.roles) if role.procedure == procedure]
        rows = in_cohort & np.isin(roles, codes)
        born = 0
        for code in codes:
            at = roster.births[code].created
            born += int(((at >= schema.cohort_from_ms) & (at < schema.to_ms)).sum())

        time = Figure(f"procedure.{procedure}.time", "span", "mean", "s", "lower", automatic=True)
        summarise(time, ms[rows], milliseconds_in("s"))
        time.unfinished = born - min(born, time.count)
        time.ids, time.values = ids[rows], ms[rows] / milliseconds_in("s")
        daily_means(time, created[rows], ms[rows].astype(np.float64))
        time.curve = time.curve * (1.0 / milliseconds_in("s"))
        figures.append(time)
        for cause in CAUSES:
            better = "neither" if cause == "working" else "lower"
            name = f"cause.{procedure}.{cause}"
            one = Figure(name, "cause", "mean", "h", better, automatic=True)
            one.count, one.unfinished = time.count, time.unfinished
            if time.count:
                total = int(causes[cause][rows].sum())
                one.value = one.mean = total / time.count / milliseconds_in("h")
            figures.append(one)
    return figures
