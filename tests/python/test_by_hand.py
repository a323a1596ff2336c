"""KPIs of a trace that was reckoned on paper (made.py)."""

from __future__ import annotations

import math
import unittest
from typing import Any

import made
import pandas as pd
from program import FOLDER

import portflow


def kpis(*definitions: dict[str, Any], all: bool = False) -> pd.DataFrame:
    with portflow.open(made.write(FOLDER / "made.h5", list(definitions))) as trace:
        return trace.kpis(all=all)


def one(**fields: Any) -> pd.Series:
    return kpis({"name": "k", "of": "box", **fields}).loc["k"]


class Spans(unittest.TestCase):
    def test_mean_quantiles_and_unfinished(self) -> None:
        row = kpis(made.SPAN).loc["clearance"]
        # 3 h and 7 h; quantiles are observed values, of rank ceil(p n).
        self.assertEqual([row.value, row.p50, row.p90, row.p95, row["max"]], [5, 3, 7, 7, 7])
        self.assertEqual([row["count"], row.unfinished], [2, 1])

    def test_restricted_counts_the_unfinished_at_follow(self) -> None:
        # Landed at 40, seen until 60, 10 h asked: (3 + 7 + 10) / 3.
        row = kpis(made.SPAN).loc["clearance"]
        self.assertAlmostEqual(row.restricted, 20 / 3)
        self.assertEqual(row.restricted_unknown, 0)

    def test_restricted_counts_longer_spans_at_follow(self) -> None:
        # Box 2 is cleared at 19, after 15 h: (3 + 10 + 10) / 3, and (3 + 15) / 2 as it is.
        late = [made.at(h) for h in (2, 4, 5, 19, 33, 40)]
        with portflow.open(made.write(FOLDER / "late.h5", marks__at=late)) as trace:
            row = trace.kpis().loc["clearance"]
        self.assertAlmostEqual(row.restricted, 23 / 3)
        self.assertEqual(row.value, 9)

    def test_a_mark_set_after_it_was_skipped_is_set(self) -> None:
        # Landing of box 1 of ship 1 is first void, then set.
        marks = {
            "marks__at": [made.at(h) for h in (1.5, 2, 5)],
            "marks__entity": [21, 21, 21],
            "marks__mark": [1, 1, 0],
            "marks__is_void": [1, 0, 0],
        }
        with portflow.open(made.write(FOLDER / "void.h5", **marks)) as trace:
            self.assertEqual(trace.kpis().value["clearance"], 3)

    def test_groups_by_an_attribute_of_the_ship(self) -> None:
        frame = kpis(made.SPAN)
        self.assertEqual(list(frame.index), ["clearance", "clearance.A", "clearance.B"])
        self.assertEqual([frame.value["clearance.A"], frame["count"]["clearance.B"]], [5, 0])
        self.assertTrue(math.isnan(frame.value["clearance.B"]))
        self.assertEqual(list(frame.unfinished), [1, 0, 1])

    def test_where_and_statistic(self) -> None:
        span = {**made.SPAN, "by": [], "name": "k"}
        self.assertEqual(one(**{**span, "where": "teu >= 2 TEU"}).value, 7)
        self.assertEqual(one(**{**span, "where": "not reefer and ship.line == A"}).value, 3)
        self.assertEqual(one(**{**span, "where": "fee > 100 CNY"}).value, 3)
        self.assertEqual(one(**{**span, "statistic": "max"}).value, 7)
        self.assertEqual(one(**{**span, "unit": "min"}).value, 300)

    def test_created_and_done(self) -> None:
        row = one(kind="span", **{"from": "created", "to": "done"}, unit="h")
        self.assertEqual(row.value, (5 + 10 + 1) / 3)
        self.assertEqual(row.unfinished, 1)

    def test_a_mark_that_no_step_sets_never_comes(self) -> None:
        row = one(kind="span", **{"from": "landed", "to": "sold"}, unit="h")
        # The three that ended are outside.
        self.assertEqual([row["count"], row.unfinished], [0, 1])


class OtherKinds(unittest.TestCase):
    def test_share_by_mark_and_weight(self) -> None:
        # Cleared: 3.25 of 1 + 2.25 + 1 TEU; the third is still open.
        row = one(kind="share", marked="cleared", weight="teu", unit="%")
        self.assertAlmostEqual(row.value, 100 * 3.25 / 4.25)
        self.assertEqual([row["count"], row.unfinished], [3, 1])

    def test_share_over_counts_who_still_waits(self) -> None:
        over = {"kind": "share", "from": "landed", "to": "cleared", "unit": "1"}
        # 3 h, 7 h, and one that has waited for 20 h.
        self.assertEqual(one(**over, over_ms=6 * made.HOUR).value, 2 / 3)
        row = one(**over, over_ms=20 * made.HOUR)
        self.assertEqual([row.value, row["count"], row.unfinished], [0, 2, 1])

    def test_counts(self) -> None:
        self.assertEqual(one(kind="count", weight="teu", unit="TEU").value, 6.25)
        self.assertEqual(one(kind="count", marked="cleared").value, 2)
        row = one(kind="count", weight="fee", marked="landed", unit="CNY")
        self.assertEqual(row.value, 102.55)  # 10050 + 200 + 5 fen

    def test_unfinished(self) -> None:
        row = one(kind="unfinished")
        self.assertEqual([row.value, row["count"]], [1, 4])
        # The ship of hour 100 is no longer of the cohort.
        self.assertEqual(one(kind="unfinished", of="ship")["count"], 2)

    def test_resources_procedures_and_causes(self) -> None:
        frame = kpis(made.SPAN, all=True)
        self.assertEqual(frame.value["resource.quay.crane.wait"], 30)  # 90 s over 3
        self.assertEqual(frame.unfinished["resource.quay.crane.wait"], 1)
        self.assertEqual(frame.target["resource.quay.crane.wait"], 60)
        self.assertEqual(frame.value["resource.quay.crane.utilisation"], 0.25)
        self.assertAlmostEqual(frame.value["resource.quay.crane.queue_length"], 0.5 / 3)
        self.assertEqual(frame["max"]["resource.quay.crane.queue_length"], 3)
        self.assertAlmostEqual(frame.value["procedure.import_box.time"], 3600 * 16 / 3)
        self.assertAlmostEqual(frame.value["cause.import_box.working"], 16 / 3)


if __name__ == "__main__":
    unittest.main()
