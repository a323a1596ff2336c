"""Runs the program that is under test; its path stands in the environment variable PORTFLOW."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TINY = "scenarios/small/tiny_port.yaml"
FEW_COUNTERS = "facilities.hall.resources.counter.servers=1"

sys.path.insert(0, str(ROOT / "analysis" / "python"))

FOLDER = Path(tempfile.mkdtemp(prefix="portflow-python-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def portflow(*words: str | Path) -> str:
    """What `portflow WORDS` prints, run at the top of the source tree."""
    program = os.environ["PORTFLOW"]
    done = subprocess.run(
        [program, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise AssertionError(f"portflow {' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def traced(name: str, *words: str, scenario: str = TINY) -> Path:
    """A trace of the tiny port, and beside it NAME.json with its KPIs; made once."""
    path = FOLDER / f"{name}.h5"
    if not path.exists():
        kpis = path.with_suffix(".json")
        portflow("run", scenario, "--trace", path, "--kpi", kpis, "--all", *words)
    return path


def base() -> Path:
    """The tiny port as it is, level full."""
    return traced("a", "--level", "full")


def policy() -> Path:
    """The same with one counter at the border in place of four."""
    return traced("b", "--level", "full", "--set", FEW_COUNTERS)


def cut_short() -> Path:
    """The tiny port stopped after nine days: many boxes are unfinished."""
    return traced("cut", "--until", "9 d")
