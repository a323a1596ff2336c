"""The figures of this package are those of the program, to the last bit."""

from __future__ import annotations

import json
import math
import unittest
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
from program import FOLDER, ROOT, base, cut_short, policy, portflow as run, traced

import portflow

NUMBERS = {"mean": "value", "p50": "p50", "p90": "p90", "p95": "p95", "max": "max",
           "count": "count", "unfinished": "unfinished"}  # fmt: skip


class Parity(unittest.TestCase):
    def check(self, trace: Path, kpis: Path) -> pd.DataFrame:
        with portflow.open(trace) as one:
            frame = one.kpis(all=True)
            self.assertEqual(list(one.kpis().index), [n for n in frame.index if "." not in n
                             or n.split(".")[0] in one.kpis().index])  # fmt: skip
        expected = json.loads(kpis.read_text())["kpis"]
        self.assertEqual(list(frame.index), [entry["name"] for entry in expected])
        for entry in expected:
            row = frame.loc[entry["name"]]
            for theirs, ours in NUMBERS.items():
                with self.subTest(kpi=entry["name"], number=theirs):
                    if entry[theirs] is None:
                        self.assertTrue(math.isnan(row[ours]))
                    else:
                        self.assertEqual(row[ours], entry[theirs])
            for text in ("kind", "statistic", "unit", "better"):
                self.assertEqual(row[text], entry[text], entry["name"])
        return frame

    def test_of_a_run(self) -> None:
        frame = self.check(base(), base().with_suffix(".json"))
        self.assertGreater(len(frame), 100)

    def test_of_the_trace_read_back(self) -> None:
        again = FOLDER / "again.json"
        run("trace", "kpi", base(), "--kpi", again, "--all")
        self.check(base(), again)

    def test_of_a_run_that_leaves_many_unfinished(self) -> None:
        frame = self.check(cut_short(), cut_short().with_suffix(".json"))
        self.assertGreater(frame.unfinished["import_clearance_time"], 0)

    def test_of_a_category_that_only_another_role_of_the_type_knows(self) -> None:
        # Neither role knows the other's words; `!=` of a word that nobody of a role has holds.
        text = """portflow: 1
name: words
horizon: {from: 2024-01-01, to: 2024-01-03}
confidence: assumption
facilities: {yard: {kind: station}}
demand:
  landed: {creates: box, arrivals: {every: 1 h}, procedure: go,
           attributes: {carrier: {choice: {inland: 50 %, feeder: 50 %}}}}
  brought: {creates: box, arrivals: {every: 2 h}, procedure: go,
            attributes: {carrier: {choice: {mainline: 100 %}}}}
procedures: {go: {for: box, steps: {go: {at: yard, takes: 1 min, marks: gone}}}}
kpis:
  ships: {count: {of: box, where: carrier != inland, marked: gone}, unit: "1", better: higher, by: [carrier]}
  main: {count: {of: box, where: carrier == mainline, marked: gone}, unit: "1", better: higher}
"""
        scenario = FOLDER / "words.yaml"
        scenario.write_text(text)
        trace = traced("words", scenario=str(scenario))
        frame = self.check(trace, trace.with_suffix(".json"))
        self.assertEqual(frame["count"]["main"], 23)  # the first after two hours
        self.assertEqual(frame["count"]["ships"], 23 + frame["count"]["ships.feeder"])
        self.assertGreater(frame["count"]["ships.feeder"], 10)

    def test_of_the_tables_of_results(self) -> None:
        for path in (base(), traced("tabled", scenario="scenarios/small/rough_port.yaml")):
            with portflow.open(path) as one, h5py.File(path) as file:
                frame = one.kpis(all=True)
                held, days = file["kpis"], file["kpi_series"]
                names = held["name"].asstr()[:]
                self.assertEqual(list(names), list(frame.index))
                for ours in ("value", "p50", "p90", "p95", "max", "count", "unfinished"):
                    np.testing.assert_array_equal(held[ours][:], frame[ours].to_numpy(float), ours)
                drawn = 0
                for row in np.unique(days["kpi"][:]):
                    mine = days["kpi"][:] == row
                    series = one.series(names[row])
                    np.testing.assert_array_equal(days["value"][:][mine], series.to_numpy())
                    drawn += len(series)
                self.assertGreater(drawn, 10)

    def test_of_the_least_level(self) -> None:
        path = traced("least", "--level", "kpi")
        self.check(path, path.with_suffix(".json"))

    def test_of_another_port(self) -> None:
        path = traced("rough", scenario="scenarios/small/rough_port.yaml")
        self.check(path, path.with_suffix(".json"))

    def test_of_kpis_that_ask_for_a_role(self) -> None:
        scenario = FOLDER / "roles.yaml"
        scenario.write_text(f"""portflow: 1
extends: {ROOT}/scenarios/small/tiny_port.yaml
kpis:
  of_liners: {{count: {{of: box, where: role == boxes}}, by: [role], unit: "1", better: neither}}
""")
        path = traced("roles", "--level", "kpi", scenario=str(scenario))
        frame = self.check(path, path.with_suffix(".json"))
        self.assertGreater(frame.value["of_liners.boxes"], 0)

    def test_of_ledgers_of_risk(self) -> None:
        scenario = FOLDER / "risks.yaml"
        scenario.write_text(f"""portflow: 1
extends: {ROOT}/scenarios/small/tiny_port.yaml
procedures:
  import_box:
    steps:
      collect:
        risks:
          - {{item: dropped, amount: 0.03 %, bearer: trader}}
          - {{item: delay, unit: h, amount: 1.5 h, bearer: haulier}}
kpis:
  dropped: {{ledger: {{of: box, book: risks, items: [dropped]}}, statistic: sum, unit: "1", better: lower}}
  dropped_each: {{ledger: {{of: box, book: risks, items: [dropped]}}, unit: "%", better: lower, by: [lot.credit]}}
  delay: {{ledger: {{of: box, book: risks, items: [delay], bearer: haulier}}, unit: min, better: lower}}
""")
        path = traced("risks", scenario=str(scenario))
        frame = self.check(path, path.with_suffix(".json"))
        self.assertGreater(frame.value["dropped"], 0)
        with portflow.open(path) as trace:
            risks, money = trace.risks(), trace.ledger()
        self.assertEqual(set(money.item), {"thc"})
        self.assertEqual(len(risks), 2 * len(money))
        delays = risks[risks.item == "delay"]
        self.assertEqual({*delays.bearer, *delays.unit, *delays.amount}, {"haulier", "h", 1.5})

    def test_a_difference_would_be_seen(self) -> None:
        with portflow.open(base()) as a, portflow.open(policy()) as b:
            self.assertFalse(a.kpis().value.equals(b.kpis().value))


if __name__ == "__main__":
    unittest.main()
