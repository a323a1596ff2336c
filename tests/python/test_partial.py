"""A trace that is being written, and what a kill leaves of it."""

from __future__ import annotations

import json
import os
import subprocess
import time
import unittest
from pathlib import Path

import pandas as pd
from program import FOLDER, ROOT, portflow as run

import portflow

WEEK = "scenarios/dalian/2023_week.yaml"


class Killed(unittest.TestCase):
    """A week of Dalian, whose rarest roles are born a few times a day, killed on its way."""

    partial: Path

    @classmethod
    def setUpClass(cls) -> None:
        trace = FOLDER / "killed.h5"
        cls.partial = FOLDER / "killed.h5.partial"
        words = ["run", WEEK, "--quiet", "--level", "full", "--checkpoint", "6 h", "--trace"]
        program = os.environ["PORTFLOW"]
        child = subprocess.Popen(
            [program, *words, str(trace)], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        patience = time.monotonic() + 120
        cls.seen: list[pd.Timestamp] = []
        while len(cls.seen) < 2 and child.poll() is None and time.monotonic() < patience:
            time.sleep(0.01)
            try:
                with portflow.open(cls.partial) as live:
                    if live.sealed is not None and live.sealed not in cls.seen:
                        cls.seen.append(live.sealed)
            except (OSError, portflow.TraceError):
                continue  # not made yet
        child.kill()
        child.wait()
        # A machine that is fast enough to be done leaves the whole trace, which serves as well.
        if not cls.partial.exists():
            cls.partial = trace

    def test_it_was_followed_while_it_was_written(self) -> None:
        self.assertGreaterEqual(len(self.seen), 1)
        self.assertEqual(self.seen, sorted(self.seen))

    def test_all_tables_end_at_one_instant(self) -> None:
        with portflow.open(self.partial) as trace:
            if trace.sealed is None:
                self.assertTrue(trace.finished)
                return
            self.assertGreaterEqual(trace.sealed, self.seen[-1])
            for frame, column in ((trace.stages(), "end"), (trace.causes(), "ended")):
                self.assertGreater(len(frame), 0)
                self.assertLess(frame[column].max(), trace.sealed)

    def test_entities_of_all_roles_are_there(self) -> None:
        with portflow.open(self.partial) as trace:
            born = sum(len(trace.entities(role)) for role in trace.roles())
            self.assertEqual(born, trace.rows()["born"])
            self.assertGreater(len(trace.entities("changchun_trains")), 0)
            self.assertLess(len(trace.entities("changchun_trains")), 16384)

    def test_kpis_are_those_of_the_program(self) -> None:
        told = FOLDER / "killed.json"
        run("trace", "kpi", self.partial, "--kpi", told, "--all")
        means = {one["name"]: one["mean"] for one in json.loads(told.read_text())["kpis"]}
        with portflow.open(self.partial) as trace:
            frame = trace.kpis()
        self.assertGreater(len(frame), 5)
        for name, value in frame.value.items():
            if means[name] is None:
                self.assertTrue(pd.isna(value), name)
            elif frame.statistic[name] in ("mean", "share"):
                self.assertEqual(value, means[name], name)


if __name__ == "__main__":
    unittest.main()
