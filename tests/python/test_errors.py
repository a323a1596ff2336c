"""What is wrong with a file is said plainly, by its own kind of exception."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

import h5py
import made
import numpy as np
from program import FOLDER, ROOT, base, traced

import portflow
from portflow.condition import Read, Refused, holds


class WrongFiles(unittest.TestCase):
    def test_no_file(self) -> None:
        with self.assertRaises(FileNotFoundError):
            portflow.open(FOLDER / "nowhere.h5")

    def test_no_hdf5(self) -> None:
        with self.assertRaisesRegex(portflow.NotATrace, "README.md: this is not an HDF5 file"):
            portflow.open(ROOT / "README.md")

    def test_no_trace(self) -> None:
        path = FOLDER / "other.h5"
        with h5py.File(path, "w") as file:
            file["steps"] = [1, 2]
        with self.assertRaisesRegex(portflow.NotATrace, "not a trace of portflow"):
            portflow.open(path)

    def test_another_version(self) -> None:
        path = made.write(FOLDER / "version.h5")
        with h5py.File(path, "a") as file:
            file.attrs["schema_version"] = 5
        with self.assertRaisesRegex(portflow.NotATrace, "schema version 5"):
            portflow.open(path)

    def test_cut_short(self) -> None:
        whole = base().read_bytes()
        path = FOLDER / "short.h5"
        for share in (0.05, 0.5, 0.95):
            path.write_bytes(whole[: int(len(whole) * share)])
            with self.assertRaisesRegex(portflow.DamagedTrace, "short.h5: damaged or cut short"):
                portflow.open(path)

    def test_a_column_that_is_gone(self) -> None:
        path = made.write(FOLDER / "gone.h5", steps__ready=None)
        with portflow.open(path) as trace:
            with self.assertRaisesRegex(portflow.DamagedTrace, "/steps/wait cannot be read"):
                trace.stages()

    def test_columns_of_unlike_length(self) -> None:
        path = made.write(FOLDER / "unlike.h5", steps__ready=[1])
        with self.assertRaisesRegex(portflow.DamagedTrace, "columns of /steps differ in length"):
            portflow.open(path)

    def test_a_code_without_a_name(self) -> None:
        path = made.write(FOLDER / "code.h5", steps__step=[0, 7])
        with portflow.open(path) as trace:
            with self.assertRaisesRegex(portflow.DamagedTrace, "/steps/step holds a code"):
                trace.stages()

    def test_more_births_than_entities(self) -> None:
        path = made.write(FOLDER / "births.h5", born__role=[0, 1, 1, 0, 1, 1, 1])
        with portflow.open(path) as trace:
            with self.assertRaisesRegex(portflow.DamagedTrace, "more births than /entities"):
                trace.kpis()

    def test_a_schema_that_is_no_json(self) -> None:
        path = made.write(FOLDER / "schema.h5")
        with h5py.File(path, "a") as file:
            del file["schema"]
            file["schema"] = np.bytes_(b"{")
        with self.assertRaises(portflow.DamagedTrace):
            portflow.open(path)


class WrongQuestions(unittest.TestCase):
    def test_a_table_that_the_level_leaves_out(self) -> None:
        with portflow.open(traced("least", "--level", "kpi")) as trace:
            with self.assertRaisesRegex(portflow.MissingTable, "level kpi holds no steps"):
                trace.stages()
            self.assertGreater(len(trace.kpis()), 0)

    def test_names_with_a_slip(self) -> None:
        with portflow.open(base()) as trace:
            for ask, name in (
                (trace.series, "troughput"),
                (lambda name: trace.stages(step=name), "call.bert"),
                (lambda name: trace.stages(name), "liners-1/lots-1/boxes-11111"),
                (trace.entities, "liners/lot"),
            ):
                with self.assertRaisesRegex(portflow.UnknownName, f"no .* '{name}'; did you mean"):
                    ask(name)
            with self.assertRaisesRegex(portflow.UnknownName, "'throughput' is a count"):
                trace.series("throughput")

    def test_a_kpi_that_nobody_can_be_asked(self) -> None:
        wrong = {**made.SPAN, "where": "colour == red"}
        with portflow.open(made.write(FOLDER / "asked.h5", [wrong])) as trace:
            with self.assertRaisesRegex(portflow.DamagedTrace, "unknown name `colour`"):
                trace.kpis()


class Conditions(unittest.TestCase):
    def ask(self, text: str) -> list[bool]:
        names = {
            "credit": Read(np.array([0.0, 1.0, np.nan]), ("aeo", "ordinary")),
            "lot.fee": Read(np.array([0.0, 500.0, 5000.0]), ()),
            "cold": Read(np.array([1.0, 0.0, 0.0]), ()),
        }
        return list(holds(text, names.get, 3))

    def test_answers(self) -> None:
        for text, expected in {
            "": [True, True, True],
            "credit == aeo": [True, False, False],
            "credit != aeo": [False, True, True],
            "not cold and lot.fee <= 5 CNY": [False, True, False],
            "cold or lot.fee > 5 CNY": [True, False, True],
            "not (cold or credit == ordinary)": [False, False, True],
            "cold == false": [False, True, True],
            "true": [True, True, True],
        }.items():
            self.assertEqual(self.ask(text), expected, text)

    def test_refusals(self) -> None:
        texts = ["credit == gold", "colour", "credit <", "(cold", "cold cold", "cold & cold"]
        for text in [*texts, "lot.fee > 5 cows", "credit < aeo", "credit == lot.fee"]:
            with self.assertRaises(Refused, msg=text):
                self.ask(text)


class WhileWritten(unittest.TestCase):
    def test_a_running_simulation_is_read_as_far_as_sealed(self) -> None:
        path = FOLDER / "run.h5.partial"
        columns = made.stored(dict(made.tables()))
        columns["marks/is_void"] = (columns["marks/is_void"] or [])[:4]  # a column lags behind
        columns["entities/ships.boxes/teu"] = [1.0, 2.25]  # the last two births are not sealed
        with h5py.File(path, "w", libver="latest") as file:
            made.describe(file, [made.SPAN], fingerprint="")
            for name, values in columns.items():
                assert values is not None
                kind = made.cell(name)
                data = file.create_dataset(name, (0,), kind, maxshape=(None,), chunks=(2,))
                data.resize((len(values),))
                data[:] = made.cells(name, values)
            file.swmr_mode = True
            file.flush()
            code = (
                "import json, portflow, sys\n"
                "trace = portflow.open(sys.argv[1])\n"
                "row = trace.kpis().loc['clearance']\n"
                "marks = trace.rows()['marks']\n"
                "print(json.dumps([trace.finished, marks, row.value, int(row['count'])]))"
            )
            path_there = {**os.environ, "PYTHONPATH": str(Path(portflow.__file__).parents[1])}
            words = [sys.executable, "-c", code, str(path)]
            said = subprocess.run(words, capture_output=True, text=True, env=path_there)
        self.assertEqual(said.returncode, 0, said.stderr)
        # The first four marks, and the boxes of the first ship.
        self.assertEqual(json.loads(said.stdout), [False, 4, 5.0, 2])


if __name__ == "__main__":
    unittest.main()
