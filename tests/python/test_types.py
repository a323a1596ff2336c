"""The package and its example are typed, strictly."""

from __future__ import annotations

import subprocess
import sys
import unittest

from program import FOLDER, ROOT


class Types(unittest.TestCase):
    def test_mypy_has_nothing_to_say(self) -> None:
        package = ROOT / "analysis" / "python"
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--ignore-missing-imports",
                f"--cache-dir={FOLDER / 'mypy'}",
                str(package / "portflow"),
                str(package / "example.py"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=package,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("no issues found", done.stdout)


if __name__ == "__main__":
    unittest.main()
