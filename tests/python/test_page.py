"""What docs/python.md says the examples print is what they print; and the example draws.

After a change that was meant, run this test with PORTFLOW_WRITE_DOCS=1 to bring the page up.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import unittest
from typing import Any

from program import FOLDER, ROOT, base, policy

PAGE = ROOT / "docs" / "python.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


class Page(unittest.TestCase):
    def test_examples_print_what_the_page_says(self) -> None:
        base(), policy()
        page = PAGE.read_text(encoding="utf-8")
        names: dict[str, Any] = {}
        said: list[str] = []
        with contextlib.chdir(FOLDER):
            for code, _ in EXAMPLE.findall(page):
                output = io.StringIO()
                with contextlib.redirect_stdout(output):
                    exec(compile(code, str(PAGE), "exec"), names)
                said.append(output.getvalue())
        if "PORTFLOW_WRITE_DOCS" in os.environ:
            outputs = iter(said)

            def fill(match: re.Match[str]) -> str:
                return f"```python\n{match[1]}```\n\n```text\n{next(outputs)}```"

            PAGE.write_text(EXAMPLE.sub(fill, page), encoding="utf-8")
            return
        self.assertEqual(len(said), 6)
        self.assertEqual(said, [text for _, text in EXAMPLE.findall(page)])


class Figure(unittest.TestCase):
    def draw(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "analysis/python/example.py"), *map(str, words)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "analysis/python")},
            check=False,
        )

    def test_is_drawn(self) -> None:
        picture = FOLDER / "figures.png"
        done = self.draw(base(), policy(), picture)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))

        import matplotlib.image

        pixels = matplotlib.image.imread(picture)
        self.assertGreater(pixels.shape[0], 500)
        # Something is drawn: neither one colour nor nothing but white.
        self.assertGreater((pixels[..., :3].min(axis=2) < 0.9).mean(), 0.005)

    def test_of_no_trace_fails(self) -> None:
        done = self.draw(ROOT / "README.md", base(), FOLDER / "none.png")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("NotATrace", done.stderr)


if __name__ == "__main__":
    unittest.main()
