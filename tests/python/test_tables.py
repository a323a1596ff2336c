"""Stages, entities, causes, money, series and the comparison of two traces."""

from __future__ import annotations

import csv
import unittest
import warnings
from datetime import timedelta

import made
import numpy as np
import pandas as pd
from program import FOLDER, base, cut_short, policy, portflow as run

import portflow
from portflow.names import hashes


class ByHand(unittest.TestCase):
    def setUp(self) -> None:
        self.trace = portflow.open(made.write(FOLDER / "tables.h5"))
        self.addCleanup(self.trace.close)

    def test_stages_of_one_entity(self) -> None:
        frame = self.trace.stages("ships-1/boxes-1")
        self.assertEqual(list(frame.step), ["box.land", "box.clear"])
        self.assertEqual(list(frame.resource), ["quay.crane", None])
        self.assertEqual(frame.wait[0], pd.Timedelta(minutes=30))
        self.assertEqual(frame.service[1], pd.Timedelta(hours=1))
        self.assertEqual(str(frame.end[0]), "2024-01-01 02:00:00+08:00")
        self.assertEqual(frame.end[0].utcoffset(), timedelta(hours=8))
        self.assertTrue(frame.equals(self.trace.stages(21)))
        self.assertEqual(len(self.trace.stages("ships-1")), 0)
        self.assertEqual(list(self.trace.stages(step="box.clear").entity), ["ships-1/boxes-1"])

    def test_entities_have_attributes_in_words_and_units(self) -> None:
        frame = self.trace.entities("ships/boxes")
        self.assertEqual(frame.index[3], "ships-2/boxes-2")
        self.assertEqual(list(frame["fee [CNY]"]), [100.5, 2.0, 0.05, 0.0])
        self.assertEqual(list(frame.reefer), [False, True, True, False])
        self.assertEqual(frame["teu [TEU]"][1], 2.25)
        self.assertEqual(frame.total[0], pd.Timedelta(hours=5))
        self.assertTrue(pd.isna(frame.ended[2]) and pd.isna(frame.total[2]))
        self.assertEqual(list(self.trace.entities("ships").line), ["A", "B", "A"])

    def test_money_and_causes(self) -> None:
        self.assertEqual(list(self.trace.ledger()["amount [CNY]"]), [1155.0])
        causes = self.trace.causes()
        self.assertEqual(causes.loc["ships-1", "working"], pd.Timedelta(hours=50))

    def test_series_are_means_by_day_of_birth(self) -> None:
        series = self.trace.series("clearance")
        self.assertEqual(series.index[0], pd.Timestamp("2024-01-01", tz="Asia/Shanghai"))
        self.assertEqual(list(series), [5.0])
        queue = self.trace.series("resource.quay.crane.queue_length")
        self.assertEqual(list(queue), [0.5, 0.0, 0.0])

    def test_values_by_entity(self) -> None:
        values = self.trace.values("clearance")
        self.assertEqual(values["ships-1/boxes-2"], 7.0)

    def test_two_entities_of_one_name(self) -> None:
        path = made.write(FOLDER / "twins.h5", born__ordinal=[1, 1, 2, 1, 1, 2, 3])
        with portflow.open(path) as trace:
            with self.assertRaisesRegex(portflow.TraceError, r"2 entities are called 'ships-1'"):
                trace.stages("ships-1")
            self.assertEqual(len(trace.stages(21)), 2)


class Compared(unittest.TestCase):
    def test_the_unfinished_are_not_dropped(self) -> None:
        # In B, box-1 of ship-2 is cleared at 43 (3 h), and box-1 of ship-1 at 6 (4 h).
        a = portflow.open(made.write(FOLDER / "one.h5"))
        marks = {
            "marks__at": [made.at(h) for h in (2, 4, 6, 11, 33, 40, 43)],
            "marks__entity": [21, 22, 21, 22, 24, 23, 23],
            "marks__mark": [1, 1, 0, 0, 1, 1, 0],
            "marks__is_void": [0, 0, 0, 0, 1, 0, 0],
        }
        b = portflow.open(made.write(FOLDER / "two.h5", **marks))
        row = a.compare(b).loc["clearance"]
        self.assertTrue(row.restricted)
        self.assertAlmostEqual(row.a, 20 / 3)
        self.assertAlmostEqual(row.b, 14 / 3)
        self.assertAlmostEqual(row.difference, -2)
        self.assertAlmostEqual(row.percent, -30)
        self.assertEqual([row.changed, row.compared], [2, 3])  # box-1 of ship-2 in B alone
        self.assertEqual([row.unfinished_a, row.unfinished_b], [1, 0])

    def test_a_trace_with_itself_does_not_differ(self) -> None:
        with portflow.open(cut_short()) as trace:
            frame = trace.compare(trace, all=True)
        self.assertEqual(frame.changed.sum(), 0)
        self.assertTrue((frame.difference.dropna() == 0).all())
        self.assertTrue(frame.restricted.any())

    def test_fewer_counters_make_passengers_wait(self) -> None:
        with portflow.open(base()) as a, portflow.open(policy()) as b:
            frame = a.compare(b)
            self.assertGreater(frame.difference["longest_border_wait"], 10)
            self.assertEqual(frame.difference["throughput"], 0)
            self.assertEqual(frame.changed["throughput"], 0)
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                a.compare(b)
            self.assertEqual(seen, [])

    def test_other_luck_is_remarked(self) -> None:
        with portflow.open(base()) as a, portflow.open(made.write(FOLDER / "one.h5")) as b:
            with self.assertWarnsRegex(UserWarning, "scenario tiny-port and by-hand, seed 1 and 7"):
                with self.assertRaisesRegex(portflow.TraceError, "no KPI in common"):
                    a.compare(b)


class AsTheProgramExports(unittest.TestCase):
    def test_stages_are_those_of_the_csv_export(self) -> None:
        run("trace", "export", base(), "--format", "csv", "--out", FOLDER / "csv", "--force")
        with open(FOLDER / "csv" / "stages.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        with portflow.open(base()) as trace:
            frame = trace.stages()
        self.assertEqual(len(frame), len(rows))
        self.assertEqual(list(frame.entity), [row[0] for row in rows])
        self.assertEqual(list(frame.step), [row[2] for row in rows])
        self.assertEqual([one or "" for one in frame.resource], [row[3] for row in rows])
        waits = [f"{wait:.3f}" for wait in frame.wait.dt.total_seconds()]
        self.assertEqual(waits, [row[7] for row in rows])
        ends = [one.strftime("%Y-%m-%d %H:%M:%S.%f")[:23] for one in frame.end]
        self.assertEqual(ends, [row[6].replace("T", " ") for row in rows])

    def test_causes_add_up(self) -> None:
        with portflow.open(base()) as trace:
            frame = trace.causes()
        ten = frame.drop(columns=["role", "created", "ended", "total"])
        self.assertEqual(ten.shape[1], 10)
        self.assertTrue((ten.sum(axis=1) == frame.total).all())


class Names(unittest.TestCase):
    def test_whoever_is_borne_twice_is_called_as_at_first(self) -> None:
        twice = np.array([1, 2, 1], dtype=np.uint32)
        none = np.zeros(3, dtype=np.uint32)
        roles, role = ["ships", "boxes"], np.array([0, 1, 1])
        named = hashes(np.zeros(2, dtype=np.uint64), roles, role, twice, none, twice)
        self.assertEqual(named[1], made.called("ships", 0, 1))
        self.assertEqual(named[2], made.called("boxes", 0, 2))


if __name__ == "__main__":
    unittest.main()
